//! The bill of materials (CycloneDX 1.5, JSON): every crate in the program, and every npm package
//! in the page.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::tools::Tools;
use super::tree::{Tree, output};

/// Writes `foreland-VERSION.cdx.json`, and `foreland-web-VERSION.cdx.json` if there is a page.
pub(super) fn write(tree: &Tree, tools: &Tools, out: &Path) -> Result<()> {
    let program = tools
        .program("cargo-cyclonedx")
        .context("cargo-cyclonedx is not installed")?;
    let mut cyclonedx = Command::new(program);
    tree.blind(&mut cyclonedx, &[]);
    cyclonedx.args(["cyclonedx", "--format", "json", "--spec-version", "1.5"]);
    cyclonedx.args(["--manifest-path", "crates/foreland-cli/Cargo.toml"]);
    cyclonedx.args(["--describe", "binaries", "--override-filename", "materials"]);
    output(&mut cyclonedx)?;
    let made = tree.path().join("crates/foreland-cli/materials.json");
    let text = std::fs::read_to_string(&made).with_context(|| made.display().to_string())?;
    let text = steady(&text, tree)?;
    std::fs::write(
        out.join(format!("foreland-{}.cdx.json", tree.version)),
        text,
    )?;
    page(tree, out)
}

/// The packages of the page, by npm itself.
fn page(tree: &Tree, out: &Path) -> Result<()> {
    let web = tree.path().join("web");
    if !web.join("package-lock.json").exists() {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["sbom", "--package-lock-only", "--sbom-format", "cyclonedx"]);
    let bytes = output(npm.current_dir(&web))?;
    let text = steady(&String::from_utf8(bytes)?, tree)?;
    let name = format!("foreland-web-{}.cdx.json", tree.version);
    Ok(std::fs::write(out.join(name), text)?)
}

/// Without what differs between two runs of the same tool: a serial number by chance, the time of
/// day, and the folder of the build.
fn steady(text: &str, tree: &Tree) -> Result<String> {
    let text = text.replace(&tree.path().display().to_string(), "/foreland");
    let mut document: serde_json::Value = serde_json::from_str(&text)?;
    if let Some(document) = document.as_object_mut() {
        document.remove("serialNumber");
        if let Some(metadata) = document.get_mut("metadata").and_then(|m| m.as_object_mut()) {
            metadata.remove("timestamp");
        }
    }
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
