//! Output that appears whole or not at all: written beside its place, then renamed.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use foreland::Problem;

use crate::failure::Failure;

/// The file that is being written, for the second Ctrl-C.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Writes a file as a whole; an existing one is replaced at the end.
///
/// # Errors
///
/// Wrong input if the path names no file in an existing folder; [`Failure::Foreland`] if writing
/// fails. The file is then as it was.
pub(crate) fn write(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let unfinished = beside(path)?;
    remember(Some(unfinished.clone()));
    let written = fill_and_rename(path, &unfinished, fill);
    if written.is_err() {
        // The error that is returned says what went wrong; a leftover would be a second fault.
        let _ = std::fs::remove_file(&unfinished);
    }
    remember(None);
    written
}

fn fill_and_rename(
    path: &Path,
    unfinished: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let file = File::create(unfinished).map_err(|e| Failure::io("write", path, e))?;
    let mut writer = BufWriter::new(file);
    fill(&mut writer)?;
    crate::interrupt::check()?;
    let file = writer
        .into_inner()
        .map_err(|e| Failure::io("write", path, e.into_error()))?;
    file.sync_all().map_err(|e| Failure::io("write", path, e))?;
    std::fs::rename(unfinished, path).map_err(|e| Failure::io("rename", path, e))
}

/// Where a file is written before it is renamed.
fn beside(path: &Path) -> Result<PathBuf, Failure> {
    let shown = path.display().to_string();
    let refuse = |message: &str, remedy: &str| {
        Err(Failure::Foreland(foreland::Error::Input(Problem::in_file(
            &shown, message, remedy,
        ))))
    };
    let Some(name) = path.file_name() else {
        return refuse("the output has no file name", "name a file");
    };
    if path.is_dir() {
        return refuse("the output is a folder", "name a file in it");
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return refuse("its folder does not exist", "make the folder first");
    }
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(format!(".{}.part", std::process::id()));
    Ok(folder.join(hidden))
}

fn remember(path: Option<PathBuf>) {
    *UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner) = path;
}

/// Removes what a write has left so far.
pub(crate) fn remove_unfinished() {
    foreland::import::remove_unfinished();
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(path) = unfinished.take() {
        // Nothing more can be done on the way out.
        let _ = std::fs::remove_file(path);
    }
}

/// Writes to a file, or to the standard output if there is none.
///
/// # Errors
///
/// As [`write`]; [`Failure::Output`] if the standard output cannot be written.
pub(crate) fn write_or_print(path: Option<&Path>, text: &[u8]) -> Result<(), Failure> {
    match path {
        Some(path) => write(path, |out| Ok(out.write_all(text)?)),
        None => {
            let mut out = io::stdout().lock();
            out.write_all(text)?;
            Ok(out.flush()?)
        }
    }
}
