//! Deciding where a port lies.

use super::coast::distance_km;
use super::context::Context;
use super::correction::Correction;
use super::ledger::Ledger;
use super::minutes;
use super::position::{self, CONTRADICT_KM, Candidate, explain};
use super::source::{Entry, Table};

/// Beyond this distance from what else is known a position is taken for misread, in km.
const MISREAD_KM: f64 = 300.0;
/// A corrected misreading must come this close to another table's position, in km.
const EXPLAINED_KM: f64 = 60.0;
/// So many of a country's ports must be far for a position to be far from the country.
const NEIGHBOURS: usize = 3;
/// What the ledger says of positions in minutes that stand as decimals.
const READ_AS_DECIMALS: &str = "degrees and minutes read as decimals";

/// Where a port lies and who says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Longitude and latitude in degrees.
    pub position: [f64; 2],
    /// Table or publication that the position is taken from.
    pub source: String,
    /// Greatest distance to another table's position in km, if there is another.
    pub disagreement_km: Option<f64>,
}

impl Context<'_> {
    /// The tables' positions, each freed of misreadings, in the order of the entries.
    pub fn candidates(
        &self,
        code: &str,
        entries: &[Entry],
        ledger: &mut Ledger,
    ) -> Vec<Option<Candidate>> {
        let candidate = |(at, entry): (usize, &Entry)| {
            let found = entry.position?;
            let others = entries.iter().enumerate().filter(|(other, _)| *other != at);
            let others: Vec<_> = others.filter_map(|(_, other)| other.position).collect();
            let repaired = self.repair(code, entry.table, found, &others);
            let position = repaired.as_ref().map_or(found, |(_, position)| *position);
            if let Some((what, _)) = repaired {
                let reason = format!("{what} in {}", entry.table.label());
                ledger.note(code, "position", degrees(found), degrees(position), reason);
            }
            let shore = self.coast.shore(position);
            Some(Candidate {
                table: entry.table,
                position,
                shore,
            })
        };
        entries.iter().enumerate().map(candidate).collect()
    }

    /// What is wrong with a position, if anything, and the right one.
    fn repair(
        &self,
        code: &str,
        table: Table,
        found: [f64; 2],
        others: &[[f64; 2]],
    ) -> Option<(String, [f64; 2])> {
        let coast_km = |at| self.coast.shore(at).km;
        let minutes = (table == Table::Searoute)
            .then(|| minutes::repair(found, others, coast_km))
            .flatten();
        let misread = self.explain(code, minutes.unwrap_or(found), others);
        match (minutes, misread) {
            (None, None) => None,
            (Some(position), None) => Some((READ_AS_DECIMALS.to_owned(), position)),
            (None, Some((what, position))) => Some((what.to_owned(), position)),
            (Some(_), Some((what, position))) => {
                Some((format!("{READ_AS_DECIMALS}; {what}"), position))
            }
        }
    }

    /// A misreading must bring the position to another table's, and not away from the country.
    fn explain(
        &self,
        code: &str,
        found: [f64; 2],
        others: &[[f64; 2]],
    ) -> Option<(&'static str, [f64; 2])> {
        let nearest = |to: &[[f64; 2]], rank: usize, position| {
            let mut km: Vec<f64> = to
                .iter()
                .map(|other| distance_km(*other, position))
                .collect();
            km.sort_by(f64::total_cmp);
            km.get(rank.min(km.len() / 2))
                .copied()
                .unwrap_or(f64::INFINITY)
        };
        // A misread neighbour must not vouch for this position, and nor must the position itself.
        let from_country = |position| nearest(self.peers(code), NEIGHBOURS, position);
        if others.is_empty() {
            return explain(found, 3.0 * MISREAD_KM, MISREAD_KM, from_country);
        }
        let alone = from_country(found) > MISREAD_KM;
        alone.then(|| explain(found, MISREAD_KM, EXPLAINED_KM, |at| nearest(others, 0, at)))?
    }
}

/// Chooses a port's place: the correction's, else the best of the candidates. Notes every table
/// that contradicts the choice.
pub fn decide(
    code: &str,
    candidates: &[Option<Candidate>],
    correction: &Correction,
    ledger: &mut Ledger,
) -> Option<Place> {
    let known: Vec<Candidate> = candidates.iter().flatten().cloned().collect();
    if let Some(position) = correction.position() {
        let source = correction.sources.get("lon_deg")?.clone();
        let before = known
            .first()
            .map(|first| degrees(first.position))
            .unwrap_or_default();
        ledger.note(code, "position", before, degrees(position), &source);
        let apart = known
            .iter()
            .map(|other| distance_km(position, other.position));
        return Some(Place {
            position,
            source,
            disagreement_km: apart.reduce(f64::max),
        });
    }
    let choice = position::choose(&known)?;
    let chosen = known.get(choice.index)?;
    for other in &known {
        let km = distance_km(chosen.position, other.position);
        if km > CONTRADICT_KM {
            let (what, why) = match choice.in_doubt {
                true => ("doubt", "nothing decides, the first table is kept"),
                false => ("position", "another table or the coast decides"),
            };
            let [kept, left] = [chosen.table, other.table].map(Table::label);
            let reason = format!("{left} lies {km:.0} km from {kept}; {why}");
            ledger.note(
                code,
                what,
                degrees(other.position),
                degrees(chosen.position),
                reason,
            );
        }
    }
    Some(Place {
        position: chosen.position,
        source: chosen.table.label().to_owned(),
        disagreement_km: choice.disagreement_km,
    })
}

/// A position as it stands in the ledger.
fn degrees([lon, lat]: [f64; 2]) -> String {
    let round = |value: f64| (value * 1e5).round() / 1e5;
    format!("lon={} lat={}", round(lon), round(lat))
}
