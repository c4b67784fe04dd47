//! The program as one static file, with the facts beside it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::archive::{Entry, pack};
use super::tree::{Tree, run};

const MUSL: &str = "x86_64-unknown-linux-musl";
const GLIBC: &str = "x86_64-unknown-linux-gnu";

/// Builds `foreland-VERSION-linux-x86_64.tar.gz`: the program, the atlas, the studies, the licences.
pub(super) fn build(tree: &Tree, profile: &str, out: &Path) -> Result<()> {
    let target = target();
    println!("target {target}, linked statically");
    let mut cargo = tree.cargo(&["-Ctarget-feature=+crt-static"]);
    cargo.args(["build", "--locked", "--package", "foreland-cli"]);
    run(cargo.args(["--profile", profile, "--target", target]))?;
    let folder = if profile == "dev" { "debug" } else { profile };
    let program = tree.target().join(target).join(folder).join("foreland");
    is_static(&program)?;
    answers(&program, &tree.path())?;
    holds_page(&program, &tree.path())?;
    let name = format!("foreland-{}-linux-x86_64", tree.version);
    let files = [
        "atlas",
        "studies",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "CHANGELOG.md",
    ];
    let paths = files.map(|file| tree.path().join(file));
    let mut entries = vec![Entry {
        from: &program,
        name: "bin/foreland",
    }];
    entries.extend(
        files
            .iter()
            .zip(&paths)
            .map(|(name, from)| Entry { from, name }),
    );
    pack(tree, &entries, &name, &out.join(format!("{name}.tar.gz")))
}

/// musl where the toolchain has its standard library, else glibc: both can be linked statically, and
/// the program looks up neither users nor hosts, for which a static glibc would need its plugins.
fn target() -> &'static str {
    let libraries = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", MUSL])
        .output();
    let has_musl = libraries.is_ok_and(|output| {
        let folder = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Path::new(&folder)
            .read_dir()
            .is_ok_and(|mut files| files.next().is_some())
    });
    if has_musl { MUSL } else { GLIBC }
}

/// A static program names no interpreter: the ELF file has no program header of type 3.
fn is_static(program: &Path) -> Result<()> {
    let bytes = std::fs::read(program).with_context(|| program.display().to_string())?;
    ensure!(
        bytes.starts_with(b"\x7fELF\x02\x01"),
        "not a 64-bit ELF file"
    );
    let number = |at: usize, width: usize| -> u64 {
        let field = bytes.get(at..at + width).unwrap_or_default();
        field
            .iter()
            .rev()
            .fold(0, |n, &byte| n << 8 | u64::from(byte))
    };
    let (start, size, count) = (number(32, 8), number(54, 2), number(56, 2));
    let interpreter = (0..count).any(|ix| number((start + ix * size) as usize, 4) == 3);
    ensure!(!interpreter, "the program is linked dynamically");
    Ok(())
}

/// The program does what it is for, away from the tree that it was built in.
fn answers(program: &Path, tree: &Path) -> Result<()> {
    let mut route = Command::new(program);
    route.args(["route", "Callao", "Shanghai", "--format", "csv", "--atlas"]);
    run(route.arg(tree.join("atlas")).current_dir("/").env_clear())
}

/// The program holds the page: the folder of its files is named by what the page's entry loads.
fn holds_page(program: &Path, tree: &Path) -> Result<()> {
    let entry = std::fs::read(tree.join("web/dist/index.html"))?;
    let bytes = std::fs::read(program)?;
    let is_inside = bytes.windows(entry.len()).any(|window| window == entry);
    ensure!(is_inside, "the program was built without the page");
    Ok(())
}
