//! Takes the built page into the program, if it is there. The page is built by `cargo xtask web`
//! before; nothing is built or fetched here.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?)
        .join("../../web/dist");
    let mut files = Vec::new();
    if dist.join("index.html").is_file() {
        collect(&dist, &mut files)?;
    }
    files.sort();
    watch(&dist);
    let mut code = String::from("&[\n");
    for file in &files {
        println!("cargo::rerun-if-changed={}", file.display());
        let inside = file.strip_prefix(&dist).map_err(io::Error::other)?;
        let name = inside.to_string_lossy().replace('\\', "/");
        let path = file.canonicalize()?;
        writeln!(
            code,
            "    ({name:?}, include_bytes!({:?})),",
            path.display().to_string()
        )
        .map_err(io::Error::other)?;
    }
    code.push(']');
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    fs::write(out.join("page.rs"), code)
}

/// Files below a folder.
fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// A page that appears, goes or changes makes cargo build again. A path that is not there would
/// make it build always, so the nearest folder that is there is watched.
fn watch(dist: &Path) {
    let nearest = dist.ancestors().find(|folder| folder.exists());
    if let Some(folder) = nearest {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
}
