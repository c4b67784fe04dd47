//! The programs that a release needs beside cargo, installed by their registries' own clients into
//! the target folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use super::tree::run;

/// From crates.io, with their exact versions.
const CRATES: [(&str, &str); 2] = [("cargo-deny", "0.20.2"), ("cargo-cyclonedx", "0.5.9")];
/// From PyPI, with their exact versions: maturin builds wheels, zig links them against an old glibc.
const WHEELS: [&str; 2] = ["maturin==1.16.0", "ziglang==0.17.1"];

/// Where the tools are.
pub(super) struct Tools {
    folder: PathBuf,
}

impl Tools {
    fn at(root: &Path) -> Tools {
        Tools {
            folder: root.join("target/tools"),
        }
    }

    /// Installs what is not there yet; that takes some minutes the first time.
    pub(super) fn install(root: &Path) -> Result<Tools> {
        let tools = Tools::at(root);
        for (name, version) in CRATES {
            if tools.program(name).is_some() {
                continue;
            }
            println!("== installing {name} {version}");
            let mut cargo = Command::new("cargo");
            cargo.args(["install", "--locked", "--version", version, name, "--root"]);
            run(cargo.arg(&tools.folder).current_dir(root))?;
        }
        Ok(tools)
    }

    /// What is there already.
    pub(super) fn present(root: &Path) -> Tools {
        Tools::at(root)
    }

    /// A program of ours or of the machine.
    pub(super) fn program(&self, name: &str) -> Option<PathBuf> {
        let own = self.folder.join("bin").join(name);
        let is_there = |program: &Path| {
            let version = Command::new(program).arg("--version").output();
            version.is_ok_and(|output| output.status.success())
        };
        [own, PathBuf::from(name)]
            .into_iter()
            .find(|program| is_there(program))
    }

    /// A Python of our own with maturin; `Err` says why there is none.
    pub(super) fn python(&self) -> Result<PathBuf> {
        let folder = self.folder.join("python");
        let python = folder.join("bin/python");
        if !python.exists() {
            run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        }
        let mut pip = Command::new(&python);
        run(pip.args(["-m", "pip", "install", "--quiet"]).args(WHEELS))?;
        Ok(python)
    }
}
