//! Whether two folders hold the same bytes.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Result, bail};

/// # Errors
/// Naming every file that is in one folder only or differs.
pub(super) fn same_files(one: &Path, other: &Path) -> Result<()> {
    let names = |folder: &Path| -> Result<BTreeSet<String>> {
        let entries = folder.read_dir()?;
        entries
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect()
    };
    let mut differ = Vec::new();
    for name in names(one)?.union(&names(other)?) {
        let read = |folder: &Path| std::fs::read(folder.join(name)).ok();
        match (read(one), read(other)) {
            (Some(one), Some(other)) if one == other => {}
            (Some(one), Some(other)) => {
                let at = one.iter().zip(&other).position(|(a, b)| a != b);
                let at = at.unwrap_or(one.len().min(other.len()));
                differ.push(format!("{name} (from byte {at})"));
            }
            _ => differ.push(format!("{name} (in one build only)")),
        }
    }
    if differ.is_empty() {
        return Ok(());
    }
    bail!("two builds differ: {}", differ.join(", "))
}

#[cfg(test)]
mod tests {
    use super::same_files;

    #[test]
    fn what_differs_is_named() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let write = |folder: &tempfile::TempDir, name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap();
        };
        write(&one, "same", "a");
        write(&other, "same", "a");
        assert!(same_files(one.path(), other.path()).is_ok());
        write(&one, "wheel", "abc");
        write(&other, "wheel", "abd");
        write(&other, "extra", "");
        let error = same_files(one.path(), other.path())
            .unwrap_err()
            .to_string();
        assert!(error.contains("wheel (from byte 2)"), "{error}");
        assert!(error.contains("extra (in one build only)"), "{error}");
    }
}
