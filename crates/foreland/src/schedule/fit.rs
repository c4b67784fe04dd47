//! Imported services become rows of the atlas: its ports, its vessel classes.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, DraftCall, Drafts};
use super::said;
use crate::atlas::cell::Scalar;
use crate::atlas::check::services::{Berth, berth};
use crate::atlas::{
    Atlas, Id, Origin, Ranged, ServiceCallRow, ServiceRow, UnLocode, Validity, VesselKind,
    VesselRow,
};
use crate::error::count;
use crate::findings::{Basis, Warning};
use crate::import::stored::StoredTable;
use crate::number;
use crate::place::fold;

/// Kind of imported services, by which baselines choose.
const KIND: &str = "imported";
/// Headway where a table shows one sailing only: weekly, or half or twice as often, h.
const ASSUMED_HEADWAY_H: [f64; 3] = [84.0, 168.0, 336.0];
/// Parameter that stands for stays that a table does not tell.
const STAY: &str = "parameters/terminal_stay_h";
/// The same where the atlas has no such parameter, h.
const ASSUMED_STAY_H: [f64; 3] = [14.0, 24.0, 48.0];
/// Ports that a service must share with one of the atlas to be taken to sail like it.
const FEWEST_SHARED: usize = 2;
const ALWAYS: Validity = Validity {
    from: None,
    to: None,
};

/// Puts services into an atlas, and says how.
pub(super) struct Fitter<'a> {
    /// The atlas as it was.
    atlas: &'a Atlas,
    /// Class that the study states for ships of unknown size.
    stated: Option<&'a str>,
    ports: BTreeSet<&'a str>,
    /// Rotations that run, from their least port on, with the service's name.
    rotations: BTreeMap<Vec<String>, String>,
    pub(super) said: Vec<Warning>,
}

/// What was chosen for a service.
struct Choice<'a> {
    vessel: &'a VesselRow,
    speed: Ranged,
    headway: Ranged,
}

impl<'a> Fitter<'a> {
    pub(super) fn new(atlas: &'a Atlas, stated: Option<&'a str>) -> Fitter<'a> {
        let ports = atlas.ports.rows.iter().map(|row| row.unlocode.as_str());
        Fitter {
            atlas,
            stated,
            ports: ports.collect(),
            rotations: BTreeMap::new(),
            said: Vec::new(),
        }
    }

    /// Adds the services of a table to `to`.
    pub(super) fn add(&mut self, table: &StoredTable, drafts: Drafts, to: &mut Atlas) {
        for row in &to.services.rows {
            let calls = to.service_calls.rows.iter();
            let mut calls: Vec<&ServiceCallRow> =
                calls.filter(|call| call.service == row.id).collect();
            calls.sort_by_key(|call| call.seq);
            let ports = calls.iter().map(|call| call.port.to_string()).collect();
            self.rotations
                .entry(turned(ports))
                .or_insert_with(|| row.name.clone());
        }
        let read = drafts.services.len();
        let before = to.services.rows.len();
        let at = self.said.len();
        for draft in drafts.services {
            self.service(table, draft, to);
        }
        for text in &drafts.left_out {
            self.said
                .push(said("left_out_of_import", &table.name, text.clone()));
        }
        let used = to.services.rows.len() - before;
        let text = format!(
            "{}: {} read = {used} used + {} left out. {}.",
            table.name,
            count(read, "service"),
            read - used,
            table.words()
        );
        self.said
            .insert(at, said("imported_services", &table.name, text));
    }

    fn service(&mut self, table: &StoredTable, mut draft: Draft, to: &mut Atlas) {
        let id = self.id(table, &draft, to);
        let name = draft.name.clone();
        self.known_ports(&id, &mut draft);
        let Some(choice) = self.choice(&id, &mut draft) else {
            return;
        };
        self.berths(&id, &mut draft, choice.vessel);
        let ports: Vec<String> = draft.calls.iter().map(|call| call.port.clone()).collect();
        if ports.len() < 2 {
            let text = format!("{name} is left out: fewer than two of its ports can be called at");
            self.said.push(said("dropped_service", &id, text));
            return;
        }
        if let Some(same) = self.rotations.get(&turned(ports.clone())) {
            let text = format!(
                "{name} is left out: {same} calls at the same ports in the same order ({}), and one \
                 service would count twice",
                ports.join(" – ")
            );
            self.said.push(said("duplicate_service", &id, text));
            return;
        }
        let Some((row, calls)) = self.rows(table, &id, &draft, &choice) else {
            return;
        };
        self.rotations.insert(turned(ports.clone()), name.clone());
        self.said.push(described(&id, &draft, &ports));
        to.services.rows.push(row);
        to.service_calls.rows.extend(calls);
    }

    /// `msc-2024-inv1`: table and code, in the letters of identifiers.
    fn id(&self, table: &StoredTable, draft: &Draft, to: &Atlas) -> String {
        let stem = table.name.split_once('/').map_or("", |(_, stem)| stem);
        let words = fold(&format!("{stem} {}", draft.code));
        let plain = words.chars().map(|c| if c == ' ' { '-' } else { c });
        let plain: String = plain.filter(|c| c.is_ascii()).collect();
        let taken = |id: &str| to.services.rows.iter().any(|row| row.id.as_str() == id);
        let mut id = plain.clone();
        let mut copies = 1;
        while taken(&id) {
            copies += 1;
            id = format!("{plain}-{copies}");
        }
        id
    }

    /// Leaves out calls at ports that the atlas does not know.
    fn known_ports(&mut self, id: &str, draft: &mut Draft) {
        let (known, unknown): (Vec<DraftCall>, Vec<DraftCall>) = std::mem::take(&mut draft.calls)
            .into_iter()
            .partition(|call| self.ports.contains(call.port.as_str()));
        draft.calls = joined(known);
        if !unknown.is_empty() {
            let text = format!(
                "{}: {} left out, at ports that ports.csv does not have: {}",
                draft.name,
                count(unknown.len(), "call"),
                names(&unknown)
            );
            self.said.push(said("dropped_call", id, text));
        }
    }

    /// Leaves out calls at ports that have no berth for the ship.
    fn berths(&mut self, id: &str, draft: &mut Draft, vessel: &VesselRow) {
        for (found, why) in [
            (Berth::NoneOpen, "no container terminal is open"),
            (Berth::TooSmall, "no container terminal takes the ship"),
        ] {
            let calls = std::mem::take(&mut draft.calls);
            let (without, kept): (Vec<DraftCall>, Vec<DraftCall>) = calls
                .into_iter()
                .partition(|call| berth(self.atlas, ALWAYS, vessel, &call.port) == found);
            draft.calls = joined(kept);
            if !without.is_empty() {
                let text = format!(
                    "{}: {} left out, where {why} ({}): {}",
                    draft.name,
                    count(without.len(), "call"),
                    vessel.id,
                    names(&without)
                );
                self.said.push(said("dropped_call", id, text));
            }
        }
    }

    /// Vessel class, speed and headway; assumed where the table does not tell.
    fn choice(&mut self, id: &str, draft: &mut Draft) -> Option<Choice<'a>> {
        let Some((vessel, how, is_known)) = self.vessel(draft) else {
            let text = format!(
                "{} is left out: vessels.csv has no container class",
                draft.name
            );
            self.said.push(said("dropped_service", id, text));
            return None;
        };
        let said = if is_known {
            &mut draft.derived
        } else {
            &mut draft.assumed
        };
        said.push(format!("ships of class {} ({how})", vessel.id));
        let (low, high) = (vessel.min_speed_kn, vessel.max_speed_kn);
        let speed = match draft.speed_kn {
            Some(kn) => {
                let kept = kn.clamp(low, high);
                let words = format!("{} kn", number::fixed(kept, 1));
                draft.derived.push(words);
                Ranged::exact(kept)
            }
            None => self.speed(vessel, draft),
        };
        let headway = draft.headway_h.unwrap_or_else(|| {
            let weekly = "weekly sailings (84 to 336 h): one sailing only is known";
            draft.assumed.push(weekly.to_owned());
            ASSUMED_HEADWAY_H
        });
        Some(Choice {
            vessel,
            speed,
            headway: ranged(headway),
        })
    }

    /// The class of a service's ships, why, and whether the table tells.
    fn vessel(&self, draft: &Draft) -> Option<(&'a VesselRow, String, bool)> {
        let classes = || {
            let rows = self.atlas.vessels.rows.iter();
            rows.filter(|row| row.kind == VesselKind::Container)
                .filter_map(|row| Some((row, row.capacity_teu?)))
        };
        if let Some(teu) = draft.capacity_teu {
            let off = |of: f64| (of / teu).ln().abs();
            let nearest = classes().min_by(|a, b| off(a.1).total_cmp(&off(b.1)))?;
            let how = format!("nearest to {} TEU", number::fixed(teu, 0));
            return Some((nearest.0, how, true));
        }
        let named = |id: &str| {
            classes()
                .map(|(row, _)| row)
                .find(|row| row.id.as_str() == id)
        };
        if let Some(row) = self.stated.and_then(named) {
            return Some((row, "stated by the study".to_owned(), false));
        }
        if let Some((row, like, shared)) = self.alike(draft)
            && let Some(row) = named(row)
        {
            return Some((
                row,
                format!("as {like}, with {shared} ports in common"),
                false,
            ));
        }
        let mut sizes: Vec<(&VesselRow, f64)> = classes().collect();
        sizes.sort_by(|a, b| a.1.total_cmp(&b.1));
        let middle = sizes.get(sizes.len() / 2)?;
        Some((middle.0, "the middle one of vessels.csv".to_owned(), false))
    }

    /// The service of the atlas with most ports in common: its class and name.
    fn alike(&self, draft: &Draft) -> Option<(&'a str, &'a str, usize)> {
        let own: BTreeSet<&str> = draft.calls.iter().map(|call| call.port.as_str()).collect();
        let services = self.atlas.services.rows.iter();
        services
            .map(|row| {
                let calls = self.atlas.service_calls.rows.iter();
                let ports: BTreeSet<&str> = calls
                    .filter(|call| call.service == row.id)
                    .map(|call| call.port.as_str())
                    .collect();
                let shared = own.intersection(&ports).count();
                (row.vessel.as_str(), row.name.as_str(), shared)
            })
            .filter(|(.., shared)| *shared >= FEWEST_SHARED)
            .rev()
            .max_by_key(|(.., shared)| *shared)
    }

    /// The speed of the atlas's services of a class, else what the class sails.
    fn speed(&self, vessel: &VesselRow, draft: &mut Draft) -> Ranged {
        let rows = self.atlas.services.rows.iter();
        let mut speeds: Vec<Ranged> = rows
            .filter(|row| row.vessel == vessel.id)
            .map(|row| row.service_speed_kn)
            .collect();
        speeds.sort_by(|a, b| a.mid.total_cmp(&b.mid));
        let (speed, how) = match speeds.get(speeds.len() / 2) {
            Some(speed) => (*speed, "as services of the class in services.csv"),
            None => (
                ranged([
                    vessel.min_speed_kn,
                    vessel.design_speed_kn,
                    vessel.max_speed_kn,
                ]),
                "what the class sails",
            ),
        };
        draft.assumed.push(format!(
            "{} to {} kn ({how})",
            number::fixed(speed.low, 1),
            number::fixed(speed.high, 1)
        ));
        speed
    }

    fn rows(
        &self,
        table: &StoredTable,
        id: &str,
        draft: &Draft,
        choice: &Choice<'_>,
    ) -> Option<(ServiceRow, Vec<ServiceCallRow>)> {
        let service = Id::parse(id).ok()?;
        let origin = |basis: Basis, note: String| Origin {
            basis,
            source: table.words(),
            as_of: draft
                .span
                .as_ref()
                .map_or_else(String::new, |[_, last]| last.clone()),
            note,
        };
        let assumed = if draft.assumed.is_empty() {
            String::new()
        } else {
            format!("assumed: {}", draft.assumed.join("; "))
        };
        let row = ServiceRow {
            id: service.clone(),
            name: draft.name.clone(),
            carrier: draft.carrier.clone(),
            kind: Id::parse(KIND).ok()?,
            headway_h: choice.headway,
            ships: draft.ships,
            vessel: choice.vessel.id.clone(),
            service_speed_kn: choice.speed,
            validity: ALWAYS,
            freight_usd_per_teu: None,
            origin: origin(
                if draft.assumed.is_empty() {
                    Basis::Derived
                } else {
                    Basis::Assumed
                },
                assumed,
            ),
            line: 0,
        };
        let unknown = self
            .atlas
            .params
            .ix(STAY)
            .map_or(ranged(ASSUMED_STAY_H), |ix| self.atlas.params.get(ix).range);
        let calls = (1u32..).zip(&draft.calls).map(|(seq, call)| {
            let (stay_h, basis, note) = match call.stay_h {
                Some(stay) => (ranged(stay), Basis::Derived, ""),
                None => (
                    unknown,
                    Basis::Assumed,
                    "assumed: stay as at terminals in general",
                ),
            };
            Some(ServiceCallRow {
                service: service.clone(),
                seq,
                port: UnLocode::parse(&call.port).ok()?,
                stay_h,
                origin: origin(basis, note.to_owned()),
                line: 0,
            })
        });
        Some((row, calls.collect::<Option<Vec<_>>>()?))
    }
}

/// How a service came about, as a sentence.
fn described(id: &str, draft: &Draft, ports: &[String]) -> Warning {
    let unknown = draft.calls.iter().filter(|call| call.stay_h.is_none());
    let unknown = unknown.count();
    let mut assumed = draft.assumed.clone();
    if unknown > 0 {
        assumed.push(format!(
            "{} of {}",
            count(unknown, "stay"),
            draft.calls.len()
        ));
    }
    let mut text = format!(
        "{}: {}; {}",
        draft.name,
        ports.join(" – "),
        draft.derived.join(", ")
    );
    if !assumed.is_empty() {
        text.push_str(&format!("; assumed: {}", assumed.join(", ")));
    }
    if let Some([first, last]) = &draft.span {
        text.push_str(&format!(
            "; the table knows {first} to {last}, and it is taken to run always"
        ));
    }
    said("imported_service", id, text)
}

fn ranged([low, mid, high]: [f64; 3]) -> Ranged {
    Ranged {
        low,
        mid,
        high,
        stated: true,
    }
}

fn names(calls: &[DraftCall]) -> String {
    let names: BTreeSet<&str> = calls.iter().map(|call| call.port.as_str()).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// Calls without those that follow one at the same port, also from the last to the first.
fn joined(calls: Vec<DraftCall>) -> Vec<DraftCall> {
    let mut kept: Vec<DraftCall> = Vec::with_capacity(calls.len());
    for call in calls {
        if kept.last().is_none_or(|last| last.port != call.port) {
            kept.push(call);
        }
    }
    while kept.len() > 1 && kept[0].port == kept[kept.len() - 1].port {
        kept.pop();
    }
    kept
}

/// A rotation from its least beginning on: the same wherever it is taken to start.
fn turned(ports: Vec<String>) -> Vec<String> {
    let turns = (0..ports.len()).map(|start| {
        let mut turn = ports.clone();
        turn.rotate_left(start);
        turn
    });
    turns.min().unwrap_or_default()
}
