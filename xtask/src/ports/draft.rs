//! A port in the making: what the tables say of one code, and what is decided from it.

use std::collections::BTreeMap;

use super::coast::{Coast, distance_km};
use super::correction::Correction;
use super::ledger::Ledger;
use super::locode::Locode;
use super::minutes;
use super::position::{self, CONTRADICT_KM, Candidate, explain};
use super::source::{Entry, Table};
use super::spelling::{Names, choose_names};

/// Beyond this distance from what else is known a position is taken for misread, in km.
const MISREAD_KM: f64 = 300.0;
/// A corrected misreading must come this close to what else is known, in km.
const EXPLAINED_KM: f64 = 60.0;

/// A port with everything decided but its duplicates.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// UN/LOCODE.
    pub unlocode: String,
    /// Name and other names.
    pub names: Names,
    /// Longitude and latitude in degrees.
    pub position: [f64; 2],
    /// Distance to the nearest coast in km.
    pub coast_km: f64,
    /// True if the position is on land.
    pub on_land: bool,
    /// Where the position comes from.
    pub source: String,
    /// How far the tables disagree, in km, if there is more than one.
    pub disagreement_km: Option<f64>,
    /// Labels of the tables that have the port.
    pub tables: Vec<&'static str>,
    /// Countries served without transshipment, if a container terminal is known.
    pub countries_served: Option<usize>,
    /// Largest draught in m, where a correction gives it.
    pub max_draught_m: Option<f64>,
    /// River, lake or canal that leads to the port, where a correction names it.
    pub waterway: Option<String>,
}

/// Everything that is consulted while ports are drafted.
pub struct Context<'a> {
    /// Coastlines.
    pub coast: &'a Coast,
    /// UN/LOCODE.
    pub locode: &'a Locode,
    /// Hand-kept corrections.
    pub corrections: &'a BTreeMap<String, Correction>,
    /// All positions in the tables by country prefix, to recognise misread ones.
    pub peers: BTreeMap<String, Vec<[f64; 2]>>,
}

/// Positions of all entries by the first two letters of their code.
pub fn peers(entries: &[Entry]) -> BTreeMap<String, Vec<[f64; 2]>> {
    let mut peers: BTreeMap<String, Vec<[f64; 2]>> = BTreeMap::new();
    for entry in entries {
        if let (Some(country), Some(position)) = (entry.unlocode.get(..2), entry.position) {
            peers.entry(country.to_owned()).or_default().push(position);
        }
    }
    peers
}

impl Context<'_> {
    /// Decides on one port; `None` if it is dropped, which the ledger says.
    pub fn draft(&self, unlocode: &str, entries: &[Entry], ledger: &mut Ledger) -> Option<Draft> {
        let untouched = Correction::default();
        let correction = self.corrections.get(unlocode).unwrap_or(&untouched);
        let found = entries.first().map_or("", |entry| entry.name.as_str());
        if let Some(reason) = &correction.drop {
            ledger.note(unlocode, "drop", found, "", reason);
            return None;
        }
        let code = correction.unlocode.as_deref().unwrap_or(unlocode);
        if code != unlocode {
            ledger.note(
                code,
                "code",
                unlocode,
                code,
                &correction.sources["unlocode"],
            );
        }
        if !is_unlocode(code) {
            ledger.note(
                code,
                "drop",
                found,
                "",
                "not a UN/LOCODE: two letters and three of A-Z, 2-9",
            );
            return None;
        }
        let candidates = self.candidates(code, entries, ledger);
        let place = self.place(code, &candidates, correction, ledger);
        let Some((position, source, disagreement_km)) = place else {
            ledger.note(code, "drop", found, "", "no table has its position");
            return None;
        };
        let shore = self.coast.shore(position);
        let mut tables: Vec<_> = entries.iter().map(|entry| entry.table.label()).collect();
        tables.dedup();
        Some(Draft {
            unlocode: code.to_owned(),
            names: self.names(code, entries, correction, ledger),
            position,
            coast_km: shore.km,
            on_land: shore.on_land,
            source,
            disagreement_km,
            tables,
            countries_served: entries
                .iter()
                .filter_map(|entry| entry.countries_served)
                .max(),
            max_draught_m: correction.max_draught_m,
            waterway: correction.waterway.clone(),
        })
    }

    /// The tables' positions, each freed of swaps and lost signs.
    fn candidates(&self, code: &str, entries: &[Entry], ledger: &mut Ledger) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            let Some(found) = entry.position else {
                continue;
            };
            let rest: Vec<_> = entries
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .filter_map(|(_, other)| other.position)
                .collect();
            let repaired = self.repair(code, entry.table, found, &rest);
            let position = repaired.map_or(found, |(_, position)| position);
            if let Some((what, _)) = repaired {
                let reason = format!("{what} in {}", entry.table.label());
                ledger.note(code, "position", degrees(found), degrees(position), reason);
            }
            let shore = self.coast.shore(position);
            candidates.push(Candidate {
                table: entry.table,
                position,
                shore,
            });
        }
        candidates
    }

    /// What is wrong with a position, if anything, and the right one.
    fn repair(
        &self,
        code: &str,
        table: Table,
        found: [f64; 2],
        rest: &[[f64; 2]],
    ) -> Option<(&'static str, [f64; 2])> {
        let minutes = (table == Table::Searoute)
            .then(|| minutes::repair(found, rest, |at| self.coast.shore(at).km))
            .flatten();
        minutes
            .map(|position| ("degrees and minutes read as decimals", position))
            .or_else(|| self.explain(code, found, rest))
    }

    /// A misreading must bring the position to another table's, and not away from the country.
    fn explain(
        &self,
        code: &str,
        found: [f64; 2],
        rest: &[[f64; 2]],
    ) -> Option<(&'static str, [f64; 2])> {
        let none = Vec::new();
        let peers = self.peers.get(code.get(..2)?).unwrap_or(&none);
        let nearest = |to: &[[f64; 2]], position| {
            let away = to.iter().filter(|other| **other != found);
            away.map(|other| distance_km(*other, position))
                .fold(f64::INFINITY, f64::min)
        };
        if rest.is_empty() {
            return explain(found, 3.0 * MISREAD_KM, EXPLAINED_KM, |at| {
                nearest(peers, at)
            });
        }
        let alone = nearest(peers, found) > MISREAD_KM;
        alone.then(|| explain(found, MISREAD_KM, EXPLAINED_KM, |at| nearest(rest, at)))?
    }

    fn place(
        &self,
        code: &str,
        candidates: &[Candidate],
        correction: &Correction,
        ledger: &mut Ledger,
    ) -> Option<([f64; 2], String, Option<f64>)> {
        if let Some(position) = correction.position() {
            let apart = candidates
                .iter()
                .map(|other| distance_km(position, other.position));
            let before = candidates
                .first()
                .map(|first| degrees(first.position))
                .unwrap_or_default();
            let source = &correction.sources["lon_deg"];
            ledger.note(code, "position", before, degrees(position), source);
            return Some((position, source.clone(), apart.reduce(f64::max)));
        }
        let choice = position::choose(candidates)?;
        let chosen = &candidates[choice.index];
        for other in candidates {
            let km = distance_km(chosen.position, other.position);
            if km <= CONTRADICT_KM {
                continue;
            }
            let reason = format!(
                "{} and {} lie {km:.0} km apart; {}",
                chosen.table.label(),
                other.table.label(),
                if choice.in_doubt {
                    "nothing decides, the first is kept"
                } else {
                    "confirmed by another table or by the coast"
                }
            );
            let what = if choice.in_doubt { "doubt" } else { "position" };
            ledger.note(
                code,
                what,
                degrees(other.position),
                degrees(chosen.position),
                reason,
            );
        }
        Some((
            chosen.position,
            chosen.table.label().to_owned(),
            choice.disagreement_km,
        ))
    }

    fn names(
        &self,
        code: &str,
        entries: &[Entry],
        correction: &Correction,
        ledger: &mut Ledger,
    ) -> Names {
        let mut names = choose_names(code, entries, self.locode, ledger);
        if let Some(name) = &correction.name {
            if !entries.is_empty() && *name != names.name {
                ledger.note(code, "name", &names.name, name, &correction.sources["name"]);
            }
            let earlier = std::mem::replace(&mut names.name, name.clone());
            let others = std::mem::take(&mut names.alt_names);
            if !entries.is_empty() {
                names.add(&earlier);
            }
            others.iter().for_each(|other| names.add(other));
        }
        correction
            .alt_names
            .iter()
            .for_each(|other| names.add(other));
        names
    }
}

/// Two letters and three more of A-Z and 2-9.
pub fn is_unlocode(code: &str) -> bool {
    let letter = |byte: &u8| byte.is_ascii_uppercase();
    let place = |byte: &u8| letter(byte) || (b'2'..=b'9').contains(byte);
    let bytes = code.as_bytes();
    bytes.len() == 5 && bytes[..2].iter().all(letter) && bytes[2..].iter().all(place)
}

/// A position as it stands in the ledger.
fn degrees([lon, lat]: [f64; 2]) -> String {
    let round = |value: f64| (value * 1e5).round() / 1e5;
    format!("lon={} lat={}", round(lon), round(lat))
}
