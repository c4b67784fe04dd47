//! The committed files in a folder of their own.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// The files of a commit, laid out where nothing else is.
pub(super) struct Tree {
    /// Gone with the tree.
    folder: tempfile::TempDir,
    /// Version of the workspace.
    pub(super) version: String,
    /// The commit.
    pub(super) commit: String,
    /// When it was committed, in seconds since 1970: the time that all files of a release bear.
    pub(super) epoch_s: u64,
    /// The files as one tar.
    pub(super) tar: Vec<u8>,
}

#[derive(Deserialize)]
struct Manifest {
    workspace: Workspace,
}

#[derive(Deserialize)]
struct Workspace {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    version: String,
}

impl Tree {
    pub(super) fn of_commit(root: &Path) -> Result<Tree> {
        let commit = git(root, &["rev-parse", "HEAD"])?;
        let epoch_s = git(root, &["show", "-s", "--format=%ct", "HEAD"])?
            .parse()
            .context("git tells no time of the commit")?;
        let manifest = std::fs::read_to_string(root.join("Cargo.toml"))?;
        let manifest: Manifest = toml::from_str(&manifest).context("Cargo.toml")?;
        let version = manifest.workspace.package.version;
        let prefix = format!("--prefix=foreland-{version}/");
        let tar = output(Command::new("git").current_dir(root).args([
            "archive",
            "--format=tar",
            &prefix,
            "HEAD",
        ]))?;
        let folder = tempfile::tempdir().context("no folder for the build")?;
        tar::Archive::new(tar.as_slice())
            .unpack(folder.path())
            .context("the files of the commit cannot be laid out")?;
        Ok(Tree {
            folder,
            version,
            commit,
            epoch_s,
            tar,
        })
    }

    /// Where the files are.
    pub(super) fn path(&self) -> PathBuf {
        self.folder
            .path()
            .join(format!("foreland-{}", self.version))
    }

    /// Where builds go.
    pub(super) fn target(&self) -> PathBuf {
        self.folder.path().join("target")
    }

    /// A cargo that leaves no trace of this machine's folders in what it builds.
    pub(super) fn cargo(&self, rustflags: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        self.blind(&mut command, rustflags);
        command
    }

    /// Makes a command build for the time of the commit and blind to where it runs.
    pub(super) fn blind(&self, command: &mut Command, rustflags: &[&str]) {
        let home = std::env::var_os("CARGO_HOME").map_or_else(
            || std::env::home_dir().unwrap_or_default().join(".cargo"),
            PathBuf::from,
        );
        let mut flags: Vec<String> = rustflags.iter().map(|flag| (*flag).to_owned()).collect();
        for (from, to) in [
            (self.path(), "/foreland"),
            (self.target(), "/target"),
            (home, "/cargo"),
        ] {
            flags.push(format!("--remap-path-prefix={}={to}", from.display()));
        }
        command
            .current_dir(self.path())
            .env("CARGO_TARGET_DIR", self.target())
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
            .env("CARGO_INCREMENTAL", "0")
            .env("SOURCE_DATE_EPOCH", self.epoch_s.to_string())
            .env("TZ", "UTC")
            .env("LC_ALL", "C");
    }
}

fn git(root: &Path, arguments: &[&str]) -> Result<String> {
    let bytes = output(Command::new("git").current_dir(root).args(arguments))?;
    Ok(String::from_utf8(bytes)?.trim().to_owned())
}

/// What a program prints, if it ends well.
pub(super) fn output(command: &mut Command) -> Result<Vec<u8>> {
    let shown = format!("{command:?}");
    let output = command
        .output()
        .with_context(|| format!("{shown} cannot be started"))?;
    if !output.status.success() {
        let mut why = String::new();
        output.stderr.as_slice().read_to_string(&mut why)?;
        bail!("{shown}: {}: {}", output.status, why.trim());
    }
    Ok(output.stdout)
}

/// Runs a program and waits.
pub(super) fn run(command: &mut Command) -> Result<()> {
    let shown = format!("{command:?}");
    let status = command
        .status()
        .with_context(|| format!("{shown} cannot be started"))?;
    if !status.success() {
        bail!("{shown}: {status}");
    }
    Ok(())
}
