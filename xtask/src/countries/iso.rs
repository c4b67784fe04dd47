//! ISO 3166-1 codes, from the table that the package `iso3166` holds as Python records.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};

/// One country's codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// English name of the standard.
    pub name: String,
    /// Alpha-2 code.
    pub alpha2: String,
    /// Alpha-3 code.
    pub alpha3: String,
    /// Numeric code, three digits.
    pub numeric: String,
}

/// Reads every `Country("name", "XX", "XXX", "000", …)` record, by alpha-2 code.
///
/// # Errors
/// If the text is not UTF-8, a record has no four texts, or there are fewer than 200.
pub fn read(bytes: &[u8]) -> Result<BTreeMap<String, Entry>> {
    let text = std::str::from_utf8(bytes).context("the ISO table is not UTF-8")?;
    let mut entries = BTreeMap::new();
    for record in text.split("Country(").skip(1) {
        let Some(entry) = entry(record) else {
            continue; // the class itself
        };
        entries.insert(entry.alpha2.clone(), entry);
    }
    ensure!(
        entries.len() >= 200,
        "the ISO table has {} countries; its layout has changed",
        entries.len()
    );
    Ok(entries)
}

fn entry(record: &str) -> Option<Entry> {
    let body = record.split(')').next().unwrap_or(record);
    // Names may hold brackets: read quoted texts from the whole record instead of its body.
    let mut quoted = record.split('"').skip(1).step_by(2).map(str::to_owned);
    if !body.trim_start().starts_with('"') {
        return None;
    }
    let entry = Entry {
        name: quoted.next()?,
        alpha2: quoted.next()?,
        alpha3: quoted.next()?,
        numeric: quoted.next()?,
    };
    let fits = entry.alpha2.len() == 2 && entry.alpha3.len() == 3 && entry.numeric.len() == 3;
    fits.then_some(entry)
}
