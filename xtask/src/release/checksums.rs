//! Checksums of everything in a release: `SHA256SUMS`, as `sha256sum --check` reads it.

use std::path::Path;

use anyhow::Result;
use sha2::{Digest, Sha256};

/// Name of the list.
pub(super) const LIST: &str = "SHA256SUMS";

pub(super) fn write(out: &Path) -> Result<()> {
    let mut names: Vec<String> = out
        .read_dir()?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    names.sort();
    let mut list = String::new();
    for name in names {
        let digest = Sha256::digest(std::fs::read(out.join(&name))?);
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        list.push_str(&format!("{digest}  {name}\n"));
    }
    Ok(std::fs::write(out.join(LIST), list)?)
}
