//! One place under two codes.

use std::cmp::Reverse;

use super::coast::distance_km;
use super::draft::Draft;
use super::ledger::Ledger;
use super::name::fold_loosely;
use super::source::Table;
use super::spelling::{Standing, alike};

/// Two codes of one name closer than this are one place, in km.
const SAME_NAME_KM: f64 = 10.0;
/// Two codes of names that resemble each other closer than this are one place, in km.
const SAME_SPOT_KM: f64 = 2.0;

/// Joins ports that are one place under two codes, unless UN/LOCODE has both codes for it.
/// The code that stays is the one that UN/LOCODE has, else the one in more tables.
pub fn join(drafts: Vec<Draft>, ledger: &mut Ledger) -> Vec<Draft> {
    let mut ranked = drafts;
    ranked.sort_by_key(|draft| {
        let published = draft.tables.contains(&Table::Pub151);
        (
            Reverse(draft.standing),
            Reverse(published),
            Reverse(draft.tables.len()),
            Reverse(draft.countries_served),
            draft.unlocode.clone(),
        )
    });
    let mut kept: Vec<Draft> = Vec::new();
    for draft in ranked {
        let twin = kept.iter_mut().find(|other| same_place(other, &draft));
        let both_known =
            draft.standing == Standing::Confirmed || draft.tables.contains(&Table::Pub151);
        match twin {
            Some(twin) if !both_known => absorb(twin, draft, ledger),
            Some(twin) => {
                let reason = format!("same place as {}; both codes are in use", twin.unlocode);
                ledger.note(&draft.unlocode, "doubt", &draft.names.name, "", reason);
                kept.push(draft);
            }
            None => kept.push(draft),
        }
    }
    kept
}

fn same_place(a: &Draft, b: &Draft) -> bool {
    let km = distance_km(a.position, b.position);
    let same_name = || fold_loosely(&a.names.name) == fold_loosely(&b.names.name);
    let resemble = || {
        a.names
            .all()
            .any(|name| b.names.all().any(|other| alike(name, other)))
    };
    a.unlocode[..2] == b.unlocode[..2]
        && (km <= SAME_NAME_KM && same_name() || km <= SAME_SPOT_KM && resemble())
}

/// The code that goes stays findable among the other names.
fn absorb(twin: &mut Draft, draft: Draft, ledger: &mut Ledger) {
    let km = distance_km(twin.position, draft.position);
    let why = match twin.standing {
        Standing::Confirmed => "the code that UN/LOCODE has",
        _ => "the code in more tables, or the first",
    };
    let reason = format!(
        "{km:.1} km from {} {}: {why}",
        twin.unlocode, twin.names.name
    );
    ledger.note(
        &draft.unlocode,
        "duplicate",
        &draft.names.name,
        &twin.unlocode,
        reason,
    );
    draft.names.all().for_each(|name| twin.names.add(name));
    twin.names.add(&draft.unlocode);
    twin.countries_served = twin.countries_served.max(draft.countries_served);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::spelling::Names;

    fn draft(unlocode: &str, name: &str, lon: f64, standing: Standing) -> Draft {
        Draft {
            unlocode: unlocode.into(),
            names: Names::new(name),
            standing,
            position: [lon, 0.0],
            coast_km: 0.0,
            on_land: false,
            source: String::new(),
            disagreement_km: None,
            tables: vec![Table::Searoute],
            countries_served: None,
            max_draught_m: None,
            waterway: None,
        }
    }

    fn joined(drafts: Vec<Draft>) -> (Vec<Draft>, Vec<&'static str>) {
        let mut ledger = Ledger::default();
        let kept = join(drafts, &mut ledger);
        (kept, ledger.rows().iter().map(|row| row.what).collect())
    }

    #[test]
    fn the_known_code_absorbs_the_other_and_keeps_its_name_and_code() {
        let (kept, findings) = joined(vec![
            draft("CLTAL", "Talcahuano", 0.0, Standing::Unknown),
            draft("CLTHO", "Talcahuano", 0.05, Standing::Confirmed),
        ]);
        assert_eq!(findings, ["duplicate"]);
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].unlocode, "CLTHO");
        assert_eq!(kept[0].names.alt_names, ["CLTAL"]);
    }

    #[test]
    fn two_known_codes_stay_and_are_listed() {
        let (kept, findings) = joined(vec![
            draft("CNSGH", "Shanghai", 0.0, Standing::Confirmed),
            draft("CNSHA", "Shanghai", 0.02, Standing::Confirmed),
        ]);
        assert_eq!((kept.len(), findings), (2, vec!["doubt"]));
    }

    #[test]
    fn neighbours_and_other_countries_stay() {
        let far = draft("PEAAA", "San Juan", 1.0, Standing::Unknown);
        let other = draft("ECAAA", "San Juan", 0.0, Standing::Unknown);
        let neighbour = draft("PEBBB", "Ilo", 0.05, Standing::Unknown);
        let (kept, findings) = joined(vec![
            draft("PECCC", "San Juan", 0.0, Standing::Unknown),
            far,
            other,
            neighbour,
        ]);
        assert_eq!((kept.len(), findings.len()), (4, 0));
    }
}
