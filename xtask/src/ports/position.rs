//! Which of several positions of one port to believe, and how wrong ones are put right.

use super::coast::{Shore, distance_km};
use super::source::Table;

/// Positions that lie closer than this to each other confirm one another, in km.
pub const AGREE_KM: f64 = 5.0;
/// Positions that lie farther apart than this cannot both be the port, in km.
pub const CONTRADICT_KM: f64 = 25.0;
/// A port lies no farther than this from the coast unless a waterway leads to it, in km.
pub const COASTAL_KM: f64 = 30.0;

/// One table's position of a port.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Table that gives it.
    pub table: Table,
    /// Longitude and latitude in degrees.
    pub position: [f64; 2],
    /// Where the coast is, seen from there.
    pub shore: Shore,
}

/// The position that was chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Index of the candidate.
    pub index: usize,
    /// Greatest distance to another candidate in km, if there is one.
    pub disagreement_km: Option<f64>,
    /// True if nothing but the order of the tables decided between positions that contradict.
    pub in_doubt: bool,
}

/// Swapped and sign-flipped forms of a position that are still on the globe.
fn misreadings([lon, lat]: [f64; 2]) -> Vec<(&'static str, [f64; 2])> {
    let mut forms = vec![
        ("sign of the longitude", [-lon, lat]),
        ("sign of the latitude", [lon, -lat]),
        ("signs of both", [-lon, -lat]),
    ];
    if lon.abs() <= 90.0 {
        forms.push(("longitude and latitude swapped", [lat, lon]));
    }
    forms
}

/// Finds the one misreading that explains why a position is far from where the port must be.
///
/// `distance_from_truth_km` measures how far a position is from what else is known. A misreading
/// counts if the position itself is beyond `far_km` and the corrected one within `near_km`.
pub fn explain(
    position: [f64; 2],
    far_km: f64,
    near_km: f64,
    distance_from_truth_km: impl Fn([f64; 2]) -> f64,
) -> Option<(&'static str, [f64; 2])> {
    if distance_from_truth_km(position) <= far_km {
        return None;
    }
    let mut explained = misreadings(position)
        .into_iter()
        .map(|(what, corrected)| (distance_from_truth_km(corrected), what, corrected))
        .filter(|(km, _, _)| *km <= near_km)
        .collect::<Vec<_>>();
    explained.sort_by(|a, b| a.0.total_cmp(&b.0));
    explained
        .first()
        .map(|(_, what, corrected)| (*what, *corrected))
}

/// Chooses among candidates in the order of their tables: first what another table confirms, then
/// what is near the coast, then the first table.
pub fn choose(candidates: &[Candidate]) -> Option<Choice> {
    let apart = |a: usize, b: usize| distance_km(candidates[a].position, candidates[b].position);
    let others = |index: usize| (0..candidates.len()).filter(move |other| *other != index);
    let confirmed = |index: usize| others(index).any(|other| apart(index, other) <= AGREE_KM);
    let key = |index: &usize| {
        let ashore = candidates[*index].shore.km > COASTAL_KM;
        (!confirmed(*index), ashore, candidates[*index].table)
    };
    let index = (0..candidates.len()).min_by_key(key)?;
    let disagreement_km = others(index)
        .map(|other| apart(index, other))
        .reduce(f64::max);
    let rivals = others(index).filter(|other| {
        apart(index, *other) > CONTRADICT_KM && candidates[*other].shore.km <= COASTAL_KM
    });
    let in_doubt = !confirmed(index) && rivals.count() > 0;
    Some(Choice {
        index,
        disagreement_km,
        in_doubt,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn candidate(table: Table, position: [f64; 2], coast_km: f64) -> Candidate {
        let shore = Shore {
            km: coast_km,
            on_land: coast_km > 1.0,
        };
        Candidate {
            table,
            position,
            shore,
        }
    }

    fn near(truth: [f64; 2]) -> impl Fn([f64; 2]) -> f64 {
        move |position| distance_km(truth, position)
    }

    #[test]
    fn swapped_coordinates_are_explained() {
        let found = explain([-5.8238, 13.4509], 300.0, 60.0, near([13.47, -5.83]));
        assert_eq!(
            found,
            Some(("longitude and latitude swapped", [13.4509, -5.8238]))
        );
    }

    #[test]
    fn a_lost_sign_is_explained() {
        let found = explain([84.05, 9.56], 300.0, 60.0, near([-84.08, 9.93]));
        assert_eq!(found, Some(("sign of the longitude", [-84.05, 9.56])));
    }

    #[test]
    fn a_position_that_is_right_or_hopeless_is_left_alone() {
        assert_eq!(
            explain([13.5, -5.8], 300.0, 60.0, near([13.47, -5.83])),
            None
        );
        assert_eq!(
            explain([100.0, 50.0], 300.0, 60.0, near([13.47, -5.83])),
            None
        );
    }

    #[test]
    fn two_that_agree_outvote_the_first_table() {
        let chosen = choose(&[
            candidate(Table::Searoute, [14.342651, 35.946383], 0.0),
            candidate(Table::SeaPorts, [14.51, 35.90], 0.0),
            candidate(Table::Pub151, [14.5144, 35.8917], 0.0),
        ])
        .unwrap();
        assert_eq!(chosen.index, 2);
        assert!(!chosen.in_doubt);
        assert!((chosen.disagreement_km.unwrap() - 16.6).abs() < 0.1);
    }

    #[test]
    fn the_coast_decides_between_two_that_contradict() {
        let chosen = choose(&[
            candidate(Table::Searoute, [-84.98, 32.46], 250.0),
            candidate(Table::SeaPorts, [-81.1, 32.1], 3.0),
        ])
        .unwrap();
        assert_eq!(chosen.index, 1);
        assert!(!chosen.in_doubt);
    }

    #[test]
    fn two_coastal_positions_that_contradict_are_in_doubt() {
        let chosen = choose(&[
            candidate(Table::Searoute, [122.069, 30.625], 0.0),
            candidate(Table::SeaPorts, [121.869, 29.477], 1.0),
        ])
        .unwrap();
        assert_eq!(chosen.index, 0);
        assert!(chosen.in_doubt);
        assert_eq!(choose(&[]), None);
    }

    proptest! {
        #[test]
        fn a_repair_always_lands_near_the_truth(
            lon in -180.0..180.0_f64, lat in -90.0..90.0_f64,
            true_lon in -180.0..180.0_f64, true_lat in -90.0..90.0_f64,
        ) {
            if let Some((_, corrected)) = explain([lon, lat], 300.0, 60.0, near([true_lon, true_lat])) {
                prop_assert!(distance_km(corrected, [true_lon, true_lat]) <= 60.0);
                prop_assert!(corrected[1].abs() <= 90.0);
            }
        }
    }
}
