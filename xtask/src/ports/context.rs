//! What is consulted while ports are decided on.

use std::collections::BTreeMap;

use super::coast::{Coast, distance_km};
use super::correction::Correction;
use super::locode::Locode;
use super::source::{Entry, Table};

/// So many entries must share a country's name before their prefix is taken for that country's.
const MAJORITY: usize = 3;

/// A port farther than this from every other port of its country may lie abroad, in km.
const ABROAD_KM: f64 = 1000.0;
/// It does if a port of another country is this near, in km.
const NEXT_DOOR_KM: f64 = 50.0;

/// Everything that is consulted while ports are drafted.
pub struct Context<'a> {
    /// Coastlines.
    pub coast: &'a Coast,
    /// UN/LOCODE.
    pub locode: &'a Locode,
    /// Hand-kept corrections.
    pub corrections: &'a BTreeMap<String, Correction>,
    peers: BTreeMap<String, Vec<[f64; 2]>>,
    prefixes: BTreeMap<(Table, String), String>,
}

impl<'a> Context<'a> {
    /// Learns from all entries where each country's ports lie and how its codes begin.
    pub fn new(
        coast: &'a Coast,
        locode: &'a Locode,
        corrections: &'a BTreeMap<String, Correction>,
        entries: &[Entry],
    ) -> Self {
        let mut peers: BTreeMap<String, Vec<[f64; 2]>> = BTreeMap::new();
        let mut votes: BTreeMap<(Table, String), BTreeMap<&str, usize>> = BTreeMap::new();
        for entry in entries {
            let Some(prefix) = entry.unlocode.get(..2) else {
                continue;
            };
            if let Some(position) = entry.position {
                peers.entry(prefix.to_owned()).or_default().push(position);
            }
            if entry.country.is_empty() {
                continue;
            }
            let country = (entry.table, entry.country.clone());
            *votes.entry(country).or_default().entry(prefix).or_default() += 1;
        }
        let winner = |votes: BTreeMap<&str, usize>| {
            let best = votes.into_iter().max_by_key(|(_, count)| *count)?;
            (best.1 >= MAJORITY).then(|| best.0.to_owned())
        };
        let prefixes = votes
            .into_iter()
            .filter_map(|(country, votes)| Some((country, winner(votes)?)))
            .collect();
        Self {
            coast,
            locode,
            corrections,
            peers,
            prefixes,
        }
    }

    /// Positions of all entries whose code begins like this one.
    pub fn peers(&self, code: &str) -> &[[f64; 2]] {
        let prefix = code.get(..2).unwrap_or_default();
        self.peers.get(prefix).map_or(&[], Vec::as_slice)
    }

    /// The country in which a position lies that is far from all other ports of its own: the prefix
    /// of another country's port near it.
    pub fn foreign(&self, code: &str, position: [f64; 2]) -> Option<&str> {
        let own = self.peers(code);
        let others = own.iter().map(|other| distance_km(*other, position));
        let far = others.filter(|km| *km > ABROAD_KM).count() + 1 >= own.len() && own.len() > 1;
        let near = |positions: &Vec<[f64; 2]>| {
            let mut km = positions.iter().map(|other| distance_km(*other, position));
            km.any(|km| km <= NEXT_DOOR_KM)
        };
        let prefix = code.get(..2).unwrap_or_default();
        let abroad = || {
            self.peers
                .iter()
                .find(|(other, at)| *other != prefix && near(at))
        };
        far.then(abroad)?.map(|(other, _)| other.as_str())
    }

    /// The prefix that codes of the entry's country have, if it is another than this code's.
    pub fn other_prefix(&self, entry: &Entry) -> Option<&str> {
        let usual = self.prefixes.get(&(entry.table, entry.country.clone()))?;
        (entry.unlocode.get(..2) != Some(usual.as_str())).then_some(usual.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(unlocode: &str, country: &str) -> Entry {
        Entry {
            table: Table::Searoute,
            unlocode: unlocode.into(),
            name: "A".into(),
            country: country.into(),
            position: Some([1.0, 2.0]),
            aliases: Vec::new(),
            countries_served: None,
        }
    }

    #[test]
    fn a_code_of_another_country_is_seen() {
        let codes = ["UAODS", "UAIEV", "UASVP", "ZAPOR"];
        let entries: Vec<_> = codes.iter().map(|code| entry(code, "Ukraine")).collect();
        let (coast, locode, corrections) = (Coast::new(&[]), Locode::default(), BTreeMap::new());
        let context = Context::new(&coast, &locode, &corrections, &entries);
        assert_eq!(context.other_prefix(&entries[3]), Some("UA"));
        assert_eq!(context.other_prefix(&entries[0]), None);
        assert_eq!(context.other_prefix(&entry("MOMFM", "China")), None);
        assert_eq!(context.peers("UAIZM").len(), 3);
        assert!(context.peers("").is_empty());
    }

    #[test]
    fn a_port_among_another_countrys_is_abroad() {
        let at = |code: &str, position| Entry {
            position: Some(position),
            ..entry(code, "")
        };
        let entries = [
            at("CLVAP", [-71.6, -33.0]),
            at("CLSAI", [-71.6, -33.6]),
            at("CLCAP", [-4.4, 43.4]),
            at("ESSDR", [-3.8, 43.4]),
            at("CLIPC", [-109.4, -27.2]),
        ];
        let (coast, locode, corrections) = (Coast::new(&[]), Locode::default(), BTreeMap::new());
        let context = Context::new(&coast, &locode, &corrections, &entries);
        assert_eq!(context.foreign("CLCAP", [-4.4, 43.4]), Some("ES"));
        assert_eq!(context.foreign("CLVAP", [-71.6, -33.0]), None);
        assert_eq!(context.foreign("CLIPC", [-109.4, -27.2]), None);
        assert_eq!(context.foreign("XXABC", [-4.4, 43.4]), None);
    }
}
