//! Builds of derived data and of the page: `cargo xtask ports`, `cargo xtask sealanes`, `cargo xtask web`.

#![forbid(unsafe_code)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::{
    api, countries, disruptions, land, package, ports, python, ray, release, sealanes, test_run,
    topojson, validate, web,
};

/// Builds the tables and graphs that are derived from named registry packages.
#[derive(Parser)]
#[command(name = "xtask", version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds atlas/ports.csv and the list of its repairs
    Ports {
        /// Fail if the committed files differ from a rebuild; write nothing
        #[arg(long)]
        check: bool,
    },
    /// Builds atlas/countries.csv
    Countries {
        /// Fail if the committed file differs from a rebuild; write nothing
        #[arg(long)]
        check: bool,
    },
    /// Builds the ocean that is embedded in the crate sealane
    Sealanes {
        /// Fail if the committed file differs from a rebuild; write nothing
        #[arg(long)]
        check: bool,
    },
    /// Builds the coastlines that the server sends to the map
    Land {
        /// Fail if a committed file differs from a rebuild; write nothing
        #[arg(long)]
        check: bool,
    },
    /// Holds routes against published distances and the land; writes docs/validation/sea-distances.md
    Validate {
        /// Fail if the committed document differs; write nothing
        #[arg(long)]
        check: bool,
    },
    /// Plays every back-test of a disruption; writes docs/validation/disruptions.md
    Disruptions {
        /// Fail if the committed document differs; write nothing
        #[arg(long)]
        check: bool,
    },
    /// Builds the page of `foreland serve` into web/dist
    Web {
        /// Run its unit tests too
        #[arg(long)]
        test: bool,
    },
    /// Asks a running server whatever its OpenAPI document allows; stores jobs in PostgreSQL
    Api,
    /// Tests the page in Chromium over a running server
    Browser,
    /// Installs the Python package into an environment of its own and tests it there
    Python,
    /// Sweeps on a Ray cluster of two nodes, one of which is killed
    Ray,
    /// Runs every check and test of the repository
    Test,
    /// Makes a release of the commit that is checked out: program, wheel, source, bill of materials
    Release {
        /// Folder for the files; it must be empty or new
        #[arg(long, default_value = "out/release")]
        out: PathBuf,
        /// Build a second time in another folder and compare the bytes
        #[arg(long)]
        check: bool,
        /// Leave the wheel out
        #[arg(long)]
        without_wheel: bool,
        /// Cargo profile of the program
        #[arg(long, default_value = "dist")]
        profile: String,
    },
    /// Checks licences, sources and known vulnerabilities of what the project depends on
    Supply,
    /// Fetches every package of atlas/packages.toml and checks its hashes
    Packages,
}

fn main() -> ExitCode {
    match run(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(task: Task) -> anyhow::Result<()> {
    match task {
        Task::Ports { check } => ports::run(&root(), check),
        Task::Countries { check } => countries::run(&root(), check),
        Task::Sealanes { check } => sealanes::run(&root(), check),
        Task::Land { check } => land::run(&root(), check),
        Task::Validate { check } => validate::run(&root(), check),
        Task::Disruptions { check } => disruptions::run(&root(), check),
        Task::Web { test } => web::build(&root(), test),
        Task::Api => api::run(&root()),
        Task::Browser => web::test_in_browser(&root()),
        Task::Python => python::run(&root()),
        Task::Ray => ray::run(&root()),
        Task::Test => test_run::run(&root()),
        Task::Release {
            out,
            check,
            without_wheel,
            profile,
        } => release::run(
            &root(),
            &release::Options {
                out,
                check,
                without_wheel,
                profile,
            },
        ),
        Task::Supply => release::supply(&root()),
        Task::Packages => list_packages(&root()),
    }
}

/// The repository's root: the folder above this crate.
fn root() -> PathBuf {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.parent().unwrap_or(crate_folder).to_owned()
}

fn list_packages(root: &Path) -> anyhow::Result<()> {
    let packages = package::Packages::open(root)?;
    for package in packages.list() {
        let bytes = match package.sha256 {
            Some(_) => packages.bytes(&package.name)?.len(),
            None => packages
                .json_files(&package.name)?
                .values()
                .map(Vec::len)
                .sum(),
        };
        eprintln!(
            "{} {} ({}): {}, {} bytes",
            package.name, package.version, package.licence, package.file, bytes
        );
    }
    let land = topojson::decode_polygons(&packages.bytes("world-atlas")?, "land")?;
    let points: usize = land
        .iter()
        .flat_map(|p| &p.rings)
        .map(|r| r.points.len())
        .sum();
    eprintln!("land: {} polygons, {points} points", land.len());
    Ok(())
}
