//! The page of `foreland serve`: built, and tested in a browser.

mod browser;

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

pub use browser::test_in_browser;

/// What is run in `web/` to build the page, in order.
const BUILD: [&[&str]; 3] = [&["ci"], &["run", "check"], &["run", "build"]];

/// Installs what the page is made of, checks its types, and builds `web/dist`; with `test` its
/// unit tests run too.
///
/// # Errors
/// If Node.js or npm are missing, or a step fails.
pub fn build(root: &Path, test: bool) -> Result<()> {
    for arguments in BUILD {
        npm(root, arguments)?;
    }
    if test {
        npm(root, &["test"])?;
    }
    println!("built web/dist");
    Ok(())
}

/// Runs npm in `web/`.
fn npm(root: &Path, arguments: &[&str]) -> Result<()> {
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
