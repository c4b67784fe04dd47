//! A port in the making: what the tables say of one code, and what is decided from it.

use super::coast::distance_km;
use super::context::Context;
use super::correction::Correction;
use super::ledger::Ledger;
use super::name::is_airport;
use super::place::decide;
use super::position::{COASTAL_KM, CONTRADICT_KM, Candidate};
use super::source::{Entry, Table};
use super::spelling::{Names, Standing, alike, choose_names};

/// A port that one table alone has lies no farther than this from the coast, in km.
const COASTAL_ALONE_KM: f64 = 12.0;
/// Nor farther than this if UN/LOCODE gives its code to another place, in km.
const COASTAL_STRANGER_KM: f64 = 5.0;
/// Farther out at sea than this a port is doubted, in km.
const OFFSHORE_KM: f64 = 30.0;

/// A port with everything decided but its duplicates.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// UN/LOCODE.
    pub unlocode: String,
    /// Name and other names.
    pub names: Names,
    /// Whether UN/LOCODE has the code for a place of that name.
    pub standing: Standing,
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
    /// Tables that have the port.
    pub tables: Vec<Table>,
    /// Countries served without transshipment, if a container terminal is known.
    pub countries_served: Option<usize>,
    /// Largest draught in m, where a correction gives it.
    pub max_draught_m: Option<f64>,
    /// River, lake or canal that leads to the port, where a correction names it.
    pub waterway: Option<String>,
}

impl Context<'_> {
    /// Decides on one port; `None` if it is dropped, which the ledger says.
    pub fn draft(&self, code: &str, entries: &[Entry], ledger: &mut Ledger) -> Option<Draft> {
        let untouched = Correction::default();
        let correction = self.corrections.get(code).unwrap_or(&untouched);
        let mut drop = |reason: &str| {
            let found = entries.first().map_or("", |entry| entry.name.as_str());
            ledger.note(code, "drop", found, "", reason);
        };
        if let Some(reason) = &correction.drop {
            drop(reason);
            return None;
        }
        if !is_unlocode(code) {
            drop("not a UN/LOCODE: two letters and three of A-Z, 2-9");
            return None;
        }
        if !entries.is_empty() && entries.iter().all(|entry| is_airport(&entry.name)) {
            drop("an airport");
            return None;
        }
        let candidates = self.candidates(code, entries, ledger);
        let Some(place) = decide(code, &candidates, correction, ledger) else {
            let found = entries.first().map_or("", |entry| entry.name.as_str());
            ledger.note(code, "drop", found, "", "no table has its position");
            return None;
        };
        if let Some(country) = self.foreign(code, place.position)
            && correction.position().is_none()
        {
            let found = entries.first().map_or("", |entry| entry.name.as_str());
            let reason = format!(
                "lies in {country}, far from every other {} port",
                &code[..2]
            );
            ledger.note(code, "drop", found, "", reason);
            return None;
        }
        let trusted = self.trusted(code, entries, &candidates, place.position, ledger);
        let (names, standing) = self.names(code, &trusted, correction, ledger);
        let shore = self.coast.shore(place.position);
        let mut tables: Vec<_> = trusted.iter().map(|entry| entry.table).collect();
        tables.dedup();
        let served = trusted
            .iter()
            .filter_map(|entry| entry.countries_served)
            .max();
        let draft = Draft {
            unlocode: code.to_owned(),
            names,
            standing,
            position: place.position,
            coast_km: shore.km,
            on_land: shore.on_land,
            source: place.source,
            disagreement_km: place.disagreement_km,
            tables,
            countries_served: served,
            max_draught_m: correction.max_draught_m,
            waterway: correction.waterway.clone(),
        };
        draft.is_reached(correction, ledger).then_some(draft)
    }

    /// The entries that speak of the chosen place: near it, or without a position, or of its name.
    fn trusted(
        &self,
        code: &str,
        entries: &[Entry],
        candidates: &[Option<Candidate>],
        position: [f64; 2],
        ledger: &mut Ledger,
    ) -> Vec<Entry> {
        let near = |candidate: &Option<Candidate>| {
            candidate
                .as_ref()
                .is_none_or(|c| distance_km(c.position, position) <= CONTRADICT_KM)
        };
        let both = || entries.iter().zip(candidates);
        let mut trusted: Vec<Entry> = both()
            .filter(|(_, candidate)| near(candidate))
            .map(|(entry, _)| entry.clone())
            .collect();
        for (entry, candidate) in both() {
            if let Some(prefix) = self.other_prefix(entry) {
                let reason = format!(
                    "{} counts it to {}, whose codes begin with {prefix}",
                    entry.table.label(),
                    entry.country
                );
                ledger.note(code, "doubt", &entry.name, "", reason);
            }
            let namesake =
                trusted.is_empty() || trusted.iter().any(|kept| alike(&kept.name, &entry.name));
            match near(candidate) {
                true => {}
                false if namesake => trusted.push(entry.clone()),
                false => {
                    let reason =
                        format!("another place under this code in {}", entry.table.label());
                    ledger.note(code, "drop", &entry.name, "", reason);
                }
            }
        }
        trusted
    }

    fn names(
        &self,
        code: &str,
        entries: &[Entry],
        correction: &Correction,
        ledger: &mut Ledger,
    ) -> (Names, Standing) {
        let (mut names, mut standing) = choose_names(code, entries, self.locode, ledger);
        if let Some(name) = &correction.name {
            let earlier = std::mem::replace(&mut names, Names::new(name));
            if !entries.is_empty() && *name != earlier.name {
                ledger.note(
                    code,
                    "name",
                    &earlier.name,
                    name,
                    &correction.sources["name"],
                );
            }
            // What a person replaced by an unlike name was wrong or belongs to another place.
            let replaced = !entries.is_empty() && alike(name, &earlier.name);
            let first = replaced.then_some(earlier.name.as_str());
            let others = earlier.alt_names.iter().map(String::as_str);
            first
                .into_iter()
                .chain(others)
                .for_each(|other| names.add(other));
            // A person has looked at the code and the name together.
            standing = standing.max(Standing::Unknown);
        }
        correction
            .alt_names
            .iter()
            .for_each(|other| names.add(other));
        (names, standing)
    }
}

impl Draft {
    /// False, and noted, if no water is near and no waterway is named; far out at sea is doubted.
    fn is_reached(&self, correction: &Correction, ledger: &mut Ledger) -> bool {
        let limit_km = match (self.standing, self.tables.as_slice()) {
            _ if self.waterway.is_some() || correction.position().is_some() => f64::INFINITY,
            (Standing::Stranger, [_]) => COASTAL_STRANGER_KM,
            (_, [_]) if self.countries_served.is_none() => COASTAL_ALONE_KM,
            _ => COASTAL_KM,
        };
        let km = self.coast_km;
        if self.on_land && km > limit_km {
            let reason =
                format!("{km:.0} km from the coast and no waterway is known that leads to it");
            ledger.note(&self.unlocode, "drop", &self.names.name, "", reason);
            return false;
        }
        if !self.on_land && km > OFFSHORE_KM {
            let reason = format!("{km:.0} km off the coast of Natural Earth 1:10m");
            ledger.note(&self.unlocode, "doubt", &self.names.name, "", reason);
        }
        if let Some(reason) = &correction.doubt {
            ledger.note(&self.unlocode, "doubt", &self.names.name, "", reason);
        }
        true
    }
}

/// Two letters and three more of A-Z and 2-9.
pub fn is_unlocode(code: &str) -> bool {
    let letter = |byte: &u8| byte.is_ascii_uppercase();
    let place = |byte: &u8| letter(byte) || (b'2'..=b'9').contains(byte);
    let bytes = code.as_bytes();
    bytes.len() == 5 && bytes[..2].iter().all(letter) && bytes[2..].iter().all(place)
}
