//! The store: a folder for each kind, a table and its provenance for each import.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::report::ImportReport;
use crate::error::{Error, Problem};

/// Name of the store.
const STORE: &str = "store";

/// Where the store lies unless another is named: beside the atlas.
pub fn store_beside(atlas: &Path) -> PathBuf {
    atlas.parent().unwrap_or(Path::new("")).join(STORE)
}

/// The tables that are being written, for a program that ends at once.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Removes what imports have left so far, for a program that ends without waiting for them.
pub fn remove_unfinished() {
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    for path in unfinished.drain(..) {
        // Nothing more can be done on the way out.
        let _ = std::fs::remove_file(path.with_extension("json.part"));
        let _ = std::fs::remove_file(path);
    }
}

/// An entry that is being written. Unless it is committed, nothing of it stays.
pub(super) struct Entry {
    folder: PathBuf,
    /// File stem of the table and of its provenance.
    name: String,
    unfinished: PathBuf,
}

impl Entry {
    /// Makes room for the import of a file.
    pub(super) fn begin(store: &Path, kind: &str, file: &Path) -> Result<Entry, Error> {
        let Some(stem) = file.file_stem() else {
            return Err(Error::Input(Problem::in_file(
                file.display().to_string(),
                "the file has no name",
                "name a file",
            )));
        };
        let folder = store.join(kind);
        std::fs::create_dir_all(&folder).map_err(Error::io("write", &folder))?;
        let name = stem.to_string_lossy().into_owned();
        let unfinished = folder.join(format!(".{name}.{}.part", std::process::id()));
        Ok(Entry {
            folder,
            name,
            unfinished,
        })
    }

    /// The table's file, for writing.
    pub(super) fn file(&self) -> Result<BufWriter<File>, Error> {
        let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        unfinished.push(self.unfinished.clone());
        let file = File::create(&self.unfinished).map_err(Error::io("write", &self.unfinished))?;
        Ok(BufWriter::new(file))
    }

    /// Name of the table.
    pub(super) fn table_name(&self) -> String {
        format!("{}.parquet", self.name)
    }

    /// Puts the table and its provenance into their places.
    pub(super) fn commit(self, table: BufWriter<File>, report: &ImportReport) -> Result<(), Error> {
        let path = self.folder.join(self.table_name());
        let written = table.into_inner().map_err(|error| error.into_error());
        written
            .and_then(|file| file.sync_all())
            .map_err(Error::io("write", &path))?;
        let provenance = self.folder.join(format!("{}.json", self.name));
        let beside = self.unfinished.with_extension("json.part");
        let text = crate::publish::json(report)?;
        std::fs::write(&beside, text).map_err(Error::io("write", &provenance))?;
        // The table comes first: a table is never without the provenance of its own bytes for
        // longer than a rename takes.
        let placed = std::fs::rename(&self.unfinished, &path)
            .map_err(Error::io("rename", &path))
            .and_then(|()| {
                std::fs::rename(&beside, &provenance).map_err(Error::io("rename", &provenance))
            });
        if placed.is_err() {
            // The error that is returned says what went wrong.
            let _ = std::fs::remove_file(&beside);
        }
        placed
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        unfinished.retain(|path| *path != self.unfinished);
        // Not there any more once committed. Folders stay only if they hold something.
        let _ = std::fs::remove_file(&self.unfinished);
        let _ = std::fs::remove_dir(&self.folder);
        if let Some(store) = self.folder.parent() {
            let _ = std::fs::remove_dir(store);
        }
    }
}
