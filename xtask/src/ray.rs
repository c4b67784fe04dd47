//! The step of the full test run that sweeps on a real Ray cluster of two nodes on this machine.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::python::{call, missing};
use crate::target;

/// What the step needs beside the package.
const PACKAGES: [&str; 2] = ["ray==2.60.0", "pytest>=8"];

/// Installs Ray and the package into an environment of their own below the target folder and runs
/// the test in which a node is killed. Where Ray cannot be installed it only says so.
///
/// # Errors
/// If the package cannot be installed or the test fails.
pub fn run(root: &Path) -> Result<()> {
    if let Some(missing) = missing() {
        println!("skipped, {missing}");
        return Ok(());
    }
    let folder = target::folder(root).join("ray-tests");
    if !folder.join("bin/python").exists() {
        let folder = folder.display().to_string();
        call(root, Path::new("python3"), &["-m", "venv", &folder])?;
    }
    let python = folder.join("bin/python");
    let pip = ["-m", "pip", "install", "--quiet"];
    let installed = Command::new(&python).args(pip).args(PACKAGES).status();
    if !installed.is_ok_and(|status| status.success()) {
        println!("skipped, PyPI has no Ray for this machine or cannot be reached");
        return Ok(());
    }
    let mut arguments = pip.to_vec();
    arguments.extend([
        "--config-settings=build-args=--profile=dev",
        "./crates/foreland-python",
    ]);
    call(root, &python, &arguments)?;
    let test = "crates/foreland-python/tests/test_ray.py";
    call(root, &python, &["-m", "pytest", test])
}
