//! The page of `foreland serve`: `cargo xtask web` builds `web/dist` with npm.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// What is run in `web/`, in order.
const STEPS: [&[&str]; 3] = [&["ci"], &["run", "check"], &["run", "build"]];

/// Installs what the page is made of, checks its types, and builds `web/dist`.
///
/// # Errors
/// If Node.js or npm are missing, or a step fails.
pub fn build(root: &Path) -> Result<()> {
    for arguments in STEPS {
        npm(root, arguments)?;
    }
    println!("built web/dist");
    Ok(())
}

/// Runs npm in `web/`.
///
/// # Errors
/// If npm is missing or ends with an error.
pub fn npm(root: &Path, arguments: &[&str]) -> Result<()> {
    let status = Command::new("npm")
        .args(arguments)
        .current_dir(root.join("web"))
        .status()
        .context("npm cannot be started; install Node.js 20.19 or newer, which brings it")?;
    if !status.success() {
        bail!("npm {} failed in web/: {status}", arguments.join(" "));
    }
    Ok(())
}
