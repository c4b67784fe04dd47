//! Tests of the page in a real browser over a real server.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::npm;

/// Where Debian's package puts the browser.
const CHROMIUM: &str = "/usr/bin/chromium";
/// The browser, and a font with Chinese characters for the pictures.
const PACKAGES: [&str; 2] = ["chromium", "fonts-wqy-microhei"];

/// Builds the server with the page inside and tests both with Chromium, which is installed if it is
/// missing and can be; where it cannot, the tests are skipped with a message.
///
/// # Errors
/// If the server cannot be built or a test fails.
pub fn test_in_browser(root: &Path) -> Result<()> {
    if !Path::new(CHROMIUM).exists() && std::env::var_os("CHROMIUM").is_none() && !install() {
        println!(
            "skipped: there is no {CHROMIUM}; install Debian's package chromium, or name a browser in CHROMIUM"
        );
        return Ok(());
    }
    let status = Command::new("cargo")
        .args(["build", "--release", "--package", "foreland-cli"])
        .current_dir(root)
        .status()
        .context("cargo cannot be started")?;
    if !status.success() {
        bail!("the server cannot be built: {status}");
    }
    npm(root, &["run", "browser"])
}

/// Installs the browser where that needs no question; whether it is there now.
fn install() -> bool {
    let apt = |arguments: &[&str]| {
        let status = Command::new("apt-get").args(arguments).status();
        status.is_ok_and(|status| status.success())
    };
    let wanted = [
        &["install", "--yes", "--no-install-recommends"],
        &PACKAGES[..],
    ]
    .concat();
    apt(&["update"]) && apt(&wanted) && Path::new(CHROMIUM).exists()
}
