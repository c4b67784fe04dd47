//! The Python wheel: abi3, for any Linux with glibc 2.28 (manylinux_2_28).

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::tools::Tools;
use super::tree::{Tree, run};

/// Builds the wheel, or says why it cannot be built here.
pub(super) fn build(tree: &Tree, tools: &Tools, out: &Path) -> Result<Option<String>> {
    let package = tree.path().join("crates/foreland-python");
    if !package.join("pyproject.toml").exists() {
        return Ok(Some("the commit has no Python package".to_owned()));
    }
    let python = match tools.python() {
        Ok(python) => python,
        Err(error) => return Ok(Some(format!("maturin cannot be installed: {error:#}"))),
    };
    println!("== wheel");
    let bin = python.parent().unwrap_or(Path::new("")).to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path =
        std::env::join_paths(std::iter::once(bin.clone()).chain(std::env::split_paths(&path)))?;
    let mut maturin = Command::new(bin.join("maturin"));
    tree.blind(&mut maturin, &[]);
    maturin
        .args(["build", "--release", "--locked", "--zig"])
        .args(["--compatibility", "manylinux_2_28", "--out"])
        .arg(out)
        .env("PATH", path)
        .current_dir(package);
    run(&mut maturin)?;
    Ok(None)
}
