//! Common borders, which the Factbook gives in words.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::Country;
use super::profile::Profile;

/// Names in border lists that differ from the short name of the profile; an empty code is no
/// country of the table.
const OTHER_NAMES: [(&str, &str); 9] = [
    ("Cote d'Ivoire", "CI"),
    ("Macedonia", "MK"),
    ("UK", "GB"),
    ("UAE", "AE"),
    ("US", "US"),
    ("French Guiana", "FR"),
    ("Gaza Strip", "PS"),
    ("Holy See", ""),
    ("US Naval Base at Guantanamo Bay", ""),
];

/// Borders that no goods cross: closed or without a road.
const CLOSED: [(&str, &str, &str); 3] = [
    ("KP", "KR", "the demilitarised zone"),
    ("CO", "PA", "no road through the Darién"),
    ("BR", "FR", "French Guiana: not on the way to France"),
];

/// Codes by every name that a border list may use.
pub fn names(profiles: &[Profile]) -> BTreeMap<String, String> {
    let mut names: BTreeMap<String, String> = OTHER_NAMES
        .iter()
        .map(|(name, code)| ((*name).to_owned(), (*code).to_owned()))
        .collect();
    for profile in profiles {
        for name in [&profile.name, &profile.long_name] {
            names.insert(name.clone(), profile.alpha2.clone());
        }
    }
    names
}

/// The countries that a profile's border list names.
///
/// # Errors
/// If a name is not known.
pub fn neighbours(profile: &Profile, names: &BTreeMap<String, String>) -> Result<Vec<String>> {
    let mut codes = Vec::new();
    for part in profile.borders.split(';') {
        let name = name_of(part);
        if name.is_empty() {
            continue;
        }
        match names.get(&name) {
            Some(code) if code.is_empty() || *code == profile.alpha2 => {}
            Some(code) => codes.push(code.clone()),
            None => bail!("{}: no profile for the neighbour `{name}`", profile.name),
        }
    }
    Ok(codes)
}

/// `China (southeast) 4,133 km and China (south) 46 km` is China.
fn name_of(part: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0;
    for c in part.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let end = plain
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(plain.len());
    plain[..end]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Makes every border known on both sides, among countries of the table, without closed ones.
pub fn both_ways(mut countries: Vec<Country>) -> Vec<Country> {
    let stated: Vec<(String, String)> = countries
        .iter()
        .flat_map(|c| {
            c.neighbours
                .iter()
                .map(|n| (c.iso.alpha2.clone(), n.clone()))
        })
        .collect();
    let codes: Vec<String> = countries.iter().map(|c| c.iso.alpha2.clone()).collect();
    let closed = |a: &str, b: &str| {
        CLOSED
            .iter()
            .any(|(x, y, _)| (a, b) == (*x, *y) || (b, a) == (*x, *y))
    };
    for country in &mut countries {
        let own = &country.iso.alpha2;
        let mut all: Vec<String> = stated
            .iter()
            .filter_map(|(a, b)| match (a == own, b == own) {
                (true, _) => Some(b.clone()),
                (_, true) => Some(a.clone()),
                _ => None,
            })
            .filter(|other| codes.contains(other) && !closed(own, other))
            .collect();
        all.sort();
        all.dedup();
        country.neighbours = all;
    }
    countries
}
