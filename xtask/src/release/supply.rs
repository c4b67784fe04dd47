//! Whether what the project depends on is what it should be: licences, bans and sources by
//! `cargo deny`, known vulnerabilities by RustSec's list and by `npm audit`.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::tools::Tools;
use super::tree::run as run_command;

/// Checks with the tools that are there; what is not there is named, and nothing is installed.
///
/// # Errors
/// If a check finds something.
pub fn run(root: &Path) -> Result<()> {
    check(root, &Tools::present(root))
}

pub(super) fn check(root: &Path, tools: &Tools) -> Result<()> {
    match tools.program("cargo-deny") {
        Some(deny) => {
            let offline = [
                "check",
                "--hide-inclusion-graph",
                "bans",
                "licenses",
                "sources",
            ];
            run_command(Command::new(&deny).args(offline).current_dir(root))?;
            advisories(root, &deny)?;
        }
        None => println!(
            "cargo deny: not checked, it is not installed (`cargo install --locked cargo-deny`, or \
             any `cargo xtask release`)"
        ),
    }
    page(root)
}

/// RustSec's list is fetched from where it is published; a machine that cannot reach it says so.
fn advisories(root: &Path, deny: &Path) -> Result<()> {
    let output = Command::new(deny)
        .args(["check", "advisories"])
        .current_dir(root)
        .output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        println!("advisories: none");
        return Ok(());
    }
    match text.contains("failed to fetch advisory database") || text.contains("advisory databases")
    {
        true => println!("advisories: not checked, RustSec's list cannot be reached from here"),
        false => bail!("advisories:\n{text}"),
    }
    Ok(())
}

/// The packages of the page.
fn page(root: &Path) -> Result<()> {
    let web = root.join("web");
    if !web.join("package-lock.json").exists() {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["audit", "--package-lock-only", "--json"]);
    let output = match npm.current_dir(&web).output() {
        Ok(output) => output,
        Err(_) => {
            println!("npm audit: not checked, npm is not installed");
            return Ok(());
        }
    };
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let found = &answer["metadata"]["vulnerabilities"]["total"];
    match found.as_u64() {
        Some(0) => println!("npm audit: none"),
        Some(found) => bail!("npm audit: {found} known vulnerabilities; run `npm audit` in web/"),
        None => println!(
            "npm audit: not checked, the registry does not answer: {}",
            answer["error"]["summary"]
        ),
    }
    Ok(())
}
