//! Releases by one command: `cargo xtask release`.
//!
//! A release is a folder with the program for Linux (the page inside), the Python wheel, the source, a bill of
//! materials and the checksums of all. Everything is built from the committed files, never from the
//! working tree, and the same commit gives the same bytes in any folder: `--check` builds twice and
//! compares.

mod archive;
mod checksums;
mod compare;
mod container;
mod materials;
mod program;
mod supply;
mod tools;
mod tree;
mod wheel;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

pub use supply::run as supply;
use tools::Tools;
use tree::Tree;

/// How a release is made.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folder for the files; it must be empty or new.
    pub out: PathBuf,
    /// Build a second time in another folder and compare.
    pub check: bool,
    /// Leave the wheel out.
    pub without_wheel: bool,
    /// Cargo profile of the program.
    pub profile: String,
}

/// Makes a release of the commit that is checked out.
///
/// # Errors
/// If something cannot be built, or two builds differ.
pub fn run(root: &Path, options: &Options) -> Result<()> {
    let tools = Tools::install(root)?;
    make(root, options, &tools, &options.out)?;
    supply::check(root, &tools)?;
    if options.check {
        let again = tempfile::tempdir().context("no folder for the second build")?;
        let second = again.path().join("release");
        make(root, options, &tools, &second)?;
        compare::same_files(&options.out, &second)?;
        println!("two builds in different folders give the same bytes");
    }
    println!("release in {}", options.out.display());
    Ok(())
}

/// Builds everything in a folder of its own and puts the files into `out`.
fn make(root: &Path, options: &Options, tools: &Tools, out: &Path) -> Result<()> {
    let is_free = !out.exists() || out.read_dir()?.next().is_none();
    ensure!(is_free, "{} holds files: name a new folder", out.display());
    std::fs::create_dir_all(out)?;
    let tree = Tree::of_commit(root)?;
    println!("== source of {} ({})", tree.version, tree.commit);
    archive::source(&tree, out)?;
    println!("== page");
    crate::web::build(&tree.path(), false)?;
    println!("== program");
    program::build(&tree, &options.profile, out)?;
    if options.without_wheel {
        println!("== wheel: left out on request");
    } else if let Some(why) = wheel::build(&tree, tools, out)? {
        println!("== wheel: left out, {why}");
    }
    println!("== bill of materials");
    materials::write(&tree, tools, out)?;
    container::write(&tree, out)?;
    checksums::write(out)
}
