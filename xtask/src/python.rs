//! The step of the full test run that installs the Python package and tests it there.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::target;

/// The package with what its tests need.
const PACKAGE: &str = "./crates/foreland-python[test]";

/// Why the step cannot run here; `None` if it can.
pub(crate) fn missing() -> Option<&'static str> {
    let runs = |arguments: &[&str]| {
        let output = Command::new("python3").args(arguments).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !runs(&["-c", "import sys; sys.exit(sys.version_info < (3, 10))"]) {
        Some("python3 of version 3.10 or newer is needed")
    } else if !runs(&["-c", "import venv, ensurepip"]) {
        Some("python3 needs venv and pip (Debian: python3-venv)")
    } else {
        None
    }
}

/// Installs the package into an environment of its own below the target folder, as a user would,
/// and runs its tests, its notebooks, its documentation and the check of its types. Without Python
/// it only says so.
///
/// # Errors
/// If a program cannot be started or any of them fails.
pub fn run(root: &Path) -> Result<()> {
    if let Some(missing) = missing() {
        println!("skipped, {missing}");
        return Ok(());
    }
    let folder = target::folder(root).join("python-tests");
    if !folder.join("bin/python").exists() {
        let folder = folder.display().to_string();
        call(root, Path::new("python3"), &["-m", "venv", &folder])?;
    }
    let python = folder.join("bin/python");
    let with_python = |arguments: &[&str]| call(root, &python, arguments);
    // As a user does, with a build environment that pip makes. The profile is that of the other
    // tests, whose dependencies are compiled by now.
    with_python(&[
        "-m",
        "pip",
        "install",
        "--quiet",
        "--config-settings=build-args=--profile=dev",
        PACKAGE,
    ])?;
    with_python(&["-m", "pytest", "crates/foreland-python"])?;
    // Libraries that have no types are none of the package's faults.
    let untyped = "--disable-error-code=import-untyped";
    with_python(&["-m", "mypy", "--strict", untyped, "-p", "foreland"])?;
    with_python(&[
        "-m",
        "mypy.stubtest",
        "foreland._foreland",
        "--ignore-disjoint-bases",
    ])
}

pub(crate) fn call(root: &Path, program: &Path, arguments: &[&str]) -> Result<()> {
    let shown = format!("{} {}", program.display(), arguments.join(" "));
    println!("   {shown}");
    let status = Command::new(program)
        .args(arguments)
        .current_dir(root)
        .status()
        .with_context(|| format!("{shown} cannot be started"))?;
    ensure!(status.success(), "{shown}: {status}");
    Ok(())
}
