//! Archives whose bytes depend on the files alone.

use std::path::Path;

use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};

use super::tree::Tree;

/// The source of the release: `foreland-VERSION.tar.gz`.
pub(super) fn source(tree: &Tree, out: &Path) -> Result<()> {
    let path = out.join(format!("foreland-{}.tar.gz", tree.version));
    gzip(&tree.tar, &path)
}

/// A file or folder and the name it has in an archive.
pub(super) struct Entry<'a> {
    pub(super) from: &'a Path,
    pub(super) name: &'a str,
}

/// Packs files and folders, in the order of their names, all of one time and of nobody.
pub(super) fn pack(tree: &Tree, entries: &[Entry<'_>], folder: &str, path: &Path) -> Result<()> {
    let mut builder = tar::Builder::new(Vec::new());
    for entry in entries {
        add(
            &mut builder,
            tree,
            entry.from,
            &format!("{folder}/{}", entry.name),
        )?;
    }
    gzip(&builder.into_inner()?, path)
}

fn add(builder: &mut tar::Builder<Vec<u8>>, tree: &Tree, from: &Path, name: &str) -> Result<()> {
    if from.is_dir() {
        let mut names: Vec<_> = from
            .read_dir()?
            .map(|entry| entry.map(|entry| entry.file_name()))
            .collect::<std::io::Result<_>>()?;
        names.sort();
        for child in names {
            let below = format!("{name}/{}", child.to_string_lossy());
            add(builder, tree, &from.join(&child), &below)?;
        }
        return Ok(());
    }
    let bytes = std::fs::read(from).with_context(|| from.display().to_string())?;
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mtime(tree.epoch_s);
    header.set_mode(if name.ends_with("bin/foreland") {
        0o755
    } else {
        0o644
    });
    header.set_uid(0);
    header.set_gid(0);
    builder.append_data(&mut header, name, bytes.as_slice())?;
    Ok(())
}

fn gzip(bytes: &[u8], path: &Path) -> Result<()> {
    let file = std::fs::File::create(path).with_context(|| path.display().to_string())?;
    // No name and no time in the header.
    let mut writer = GzBuilder::new().write(file, Compression::best());
    std::io::Write::write_all(&mut writer, bytes)?;
    writer.finish()?.sync_all()?;
    Ok(())
}
