//! The full test run: `cargo xtask test`, the second command of the README.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// A step: its name, the arguments to cargo, and whether it needs packages
/// from the registries of npm and PyPI.
struct Step {
    name: &'static str,
    arguments: &'static [&'static str],
    needs_packages: bool,
    /// Whether exit code 1 only says that a goal of the validation is not
    /// reached: that is printed, and no failure of the code.
    may_fall_short: bool,
}

const fn step(name: &'static str, arguments: &'static [&'static str]) -> Step {
    Step {
        name,
        arguments,
        needs_packages: false,
        may_fall_short: false,
    }
}

const fn derived(name: &'static str, arguments: &'static [&'static str]) -> Step {
    Step {
        name,
        arguments,
        needs_packages: true,
        may_fall_short: false,
    }
}

const FEATURES: &str = "sealane/build";

const STEPS: [Step; 17] = [
    step("format", &["fmt", "--all", "--check"]),
    // Before all that compiles: the server takes the page in when it is built.
    derived("web page", &["xtask", "web", "--test"]),
    step(
        "lints",
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--features",
            FEATURES,
            "--",
            "-D",
            "warnings",
        ],
    ),
    step(
        "tests and doc tests",
        &[
            "test",
            "--workspace",
            "--no-fail-fast",
            "--features",
            FEATURES,
        ],
    ),
    step("python", &["xtask", "python"]),
    step("ray", &["xtask", "ray"]),
    step(
        "atlas",
        &["run", "--release", "--quiet", "--", "atlas", "check"],
    ),
    Step {
        name: "validation",
        arguments: &["run", "--release", "--quiet", "--", "check", "--validation"],
        needs_packages: false,
        may_fall_short: true,
    },
    step("back-tests", &["xtask", "disruptions", "--check"]),
    step("supply chain", &["xtask", "supply"]),
    derived("server", &["xtask", "api"]),
    derived("browser", &["xtask", "browser"]),
    derived("port table", &["xtask", "ports", "--check"]),
    derived("countries", &["xtask", "countries", "--check"]),
    derived("sea graph", &["xtask", "sealanes", "--check"]),
    derived("sea distances", &["xtask", "validate", "--check"]),
    derived("coastlines", &["xtask", "land", "--check"]),
];

/// Runs every step and says at the end which failed.
///
/// # Errors
/// If any step failed or could not be started.
pub fn run(root: &Path) -> Result<()> {
    let have_packages = ["npm", "pip"].iter().all(|p| is_there(p));
    let mut failed = Vec::new();
    for step in &STEPS {
        if step.needs_packages && !have_packages {
            println!(
                "== {}: skipped, npm and pip are needed to fetch what it takes",
                step.name
            );
            continue;
        }
        println!("== {}: cargo {}", step.name, step.arguments.join(" "));
        let started = Instant::now();
        let status = Command::new("cargo")
            .args(step.arguments)
            .current_dir(root)
            .status();
        let status = status
            .with_context(|| format!("cargo {} cannot be started", step.arguments.join(" ")))?;
        println!(
            "== {}: {status}, {:.0} s",
            step.name,
            started.elapsed().as_secs_f64()
        );
        if step.may_fall_short && status.code() == Some(1) {
            println!("== {}: goals not reached are marked above", step.name);
        } else if !status.success() {
            failed.push(step.name);
        }
    }
    if failed.is_empty() {
        println!("all steps passed");
        return Ok(());
    }
    bail!("failed: {}", failed.join(", "))
}

fn is_there(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|o| o.status.success())
}
