//! What is consulted while ports are decided on.

use std::collections::BTreeMap;

use super::coast::Coast;
use super::correction::Correction;
use super::locode::Locode;
use super::source::{Entry, Table};

/// So many entries must share a country's name before their prefix is taken for that country's.
const MAJORITY: usize = 3;

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
}
