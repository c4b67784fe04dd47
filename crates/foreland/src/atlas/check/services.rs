//! Liner services form closed rotations whose ships fit where they call.

use std::collections::HashMap;

use super::{CheckReport, at};
use crate::atlas::{
    Atlas, ServiceCallRow, ServiceRow, TerminalKind, TerminalRow, Validity, VesselRow,
};

pub(super) fn check(atlas: &Atlas, report: &mut CheckReport) {
    let mut calls: HashMap<&str, Vec<&ServiceCallRow>> = HashMap::new();
    for row in &atlas.service_calls.rows {
        calls.entry(row.service.as_str()).or_default().push(row);
    }
    for service in &atlas.services.rows {
        let mut rotation = calls.remove(service.id.as_str()).unwrap_or_default();
        rotation.sort_by_key(|row| row.seq);
        closed(service, &rotation, report);
        let vessel = atlas
            .vessels
            .rows
            .iter()
            .find(|row| row.id == service.vessel);
        if let Some(vessel) = vessel {
            speed(service, vessel, report);
            for call in rotation {
                fits(atlas, service, vessel, call, report);
            }
        }
    }
}

fn closed(service: &ServiceRow, rotation: &[&ServiceCallRow], report: &mut CheckReport) {
    if rotation.len() < 2 {
        report.problems.push(at(
            service,
            "id",
            format!("`{}` has {} calls", service.id, rotation.len()),
            "give at least two in service-calls.csv",
        ));
        return;
    }
    for (expected, call) in (1..).zip(rotation) {
        if call.seq != expected {
            report.problems.push(at(
                *call,
                "seq",
                format!("call {} stands where call {expected} is due", call.seq),
                "number the calls of a service 1, 2, 3, … without gaps",
            ));
            return;
        }
    }
    for (ix, call) in rotation.iter().enumerate() {
        let next = rotation[(ix + 1) % rotation.len()];
        if call.port == next.port {
            report.problems.push(at(
                next,
                "port",
                format!("the service sails from {} to itself", call.port),
                "merge the two calls; the last call connects back to the first",
            ));
        }
    }
}

fn speed(service: &ServiceRow, vessel: &VesselRow, report: &mut CheckReport) {
    let range = service.service_speed_kn;
    if range.low < vessel.min_speed_kn || range.high > vessel.max_speed_kn {
        report.problems.push(at(
            service,
            "service_speed_kn",
            format!(
                "{}–{} kn leaves what {} can sail, {}–{} kn",
                range.low, range.high, vessel.id, vessel.min_speed_kn, vessel.max_speed_kn
            ),
            "narrow the range or name another vessel class",
        ));
    }
}

fn fits(
    atlas: &Atlas,
    service: &ServiceRow,
    vessel: &VesselRow,
    call: &ServiceCallRow,
    report: &mut CheckReport,
) {
    let problem = match berth(atlas, service.validity, vessel, call.port.as_str()) {
        Berth::Fits => return,
        Berth::NoneOpen => at(
            call,
            "port",
            format!(
                "no container terminal at {} is open while `{}` runs",
                call.port, service.id
            ),
            "correct the validity of the service or of the terminal",
        ),
        Berth::TooSmall => at(
            call,
            "port",
            format!(
                "{} ({} × {} m) fits no container terminal at {}",
                vessel.id, vessel.loa_m, vessel.beam_m, call.port
            ),
            "correct the vessel class or the limits in terminals.csv",
        ),
    };
    report.problems.push(problem);
}

/// What a port has for a container ship.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Berth {
    /// A terminal that takes it, or no terminal at all: nothing is known against it.
    Fits,
    /// No container terminal is open while it would call.
    NoneOpen,
    /// No open container terminal is large enough.
    TooSmall,
}

/// Whether a container ship finds a terminal at a port. Draught is left to the model.
pub(crate) fn berth(atlas: &Atlas, validity: Validity, vessel: &VesselRow, port: &str) -> Berth {
    let mut known = false;
    let mut open = false;
    let terminals = atlas.terminals.rows.iter();
    for terminal in terminals.filter(|row| row.port.as_str() == port) {
        known = true;
        if handles_containers(terminal) && terminal.validity.overlaps(validity) {
            open = true;
            if takes(terminal, vessel) {
                return Berth::Fits;
            }
        }
    }
    match (known, open) {
        (false, _) => Berth::Fits,
        (true, false) => Berth::NoneOpen,
        (true, true) => Berth::TooSmall,
    }
}

pub(crate) fn handles_containers(terminal: &TerminalRow) -> bool {
    matches!(
        terminal.kind,
        TerminalKind::Container | TerminalKind::Multipurpose
    )
}

/// Length, beam and ship size. Draught is left to the model: ships call with less than their
/// scantling draught.
fn takes(terminal: &TerminalRow, vessel: &VesselRow) -> bool {
    let within = |limit: Option<f64>, value: f64| limit.is_none_or(|limit| value <= limit);
    within(terminal.max_loa_m, vessel.loa_m)
        && within(terminal.max_beam_m, vessel.beam_m)
        && within(terminal.max_ship_teu, vessel.capacity_teu.unwrap_or(0.0))
}
