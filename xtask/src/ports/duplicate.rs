//! One place under two codes.

use std::cmp::Reverse;

use super::coast::distance_km;
use super::draft::Draft;
use super::ledger::Ledger;
use super::locode::Locode;
use super::spelling::alike;

/// Two codes of one name and country closer than this are one place, in km.
const SAME_PLACE_KM: f64 = 10.0;

/// Joins ports that are one place under two codes, unless UN/LOCODE has both codes.
pub fn join(drafts: Vec<Draft>, locode: &Locode, ledger: &mut Ledger) -> Vec<Draft> {
    let mut ranked = drafts;
    ranked.sort_by_key(|draft| {
        let known = locode.has(&draft.unlocode);
        (
            Reverse(known),
            Reverse(draft.tables.len()),
            draft.unlocode.clone(),
        )
    });
    let mut kept: Vec<Draft> = Vec::new();
    for draft in ranked {
        let twin = kept.iter_mut().find(|other| same_place(other, &draft));
        match twin {
            Some(twin) if !locode.has(&draft.unlocode) => absorb(twin, draft, ledger),
            Some(twin) => {
                let reason = format!("same place as {}; UN/LOCODE has both codes", twin.unlocode);
                ledger.note(&draft.unlocode, "doubt", &draft.names.name, "", reason);
                kept.push(draft);
            }
            None => kept.push(draft),
        }
    }
    kept
}

fn same_place(a: &Draft, b: &Draft) -> bool {
    a.unlocode[..2] == b.unlocode[..2]
        && distance_km(a.position, b.position) <= SAME_PLACE_KM
        && a.names
            .all()
            .any(|name| b.names.all().any(|other| alike(name, other)))
}

fn absorb(twin: &mut Draft, draft: Draft, ledger: &mut Ledger) {
    let km = distance_km(twin.position, draft.position);
    let reason = format!(
        "{km:.1} km from {} {}, which is the code in {}",
        twin.unlocode, twin.names.name, "UN/LOCODE or in more tables"
    );
    ledger.note(
        &draft.unlocode,
        "duplicate",
        &draft.names.name,
        &twin.unlocode,
        reason,
    );
    for name in draft.names.all() {
        twin.names.add(name);
    }
    twin.countries_served = twin.countries_served.max(draft.countries_served);
}
