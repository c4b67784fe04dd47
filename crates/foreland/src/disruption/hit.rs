//! What a disruption hits: stations and flows of the simulation.

use super::flow::Flow;
use super::station::Station;
use crate::change::{Disruption, Effect};
use crate::study::StationKind;
use crate::world::World;

/// What a disruption hits.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Hit {
    pub(super) stations: Vec<usize>,
    pub(super) flows: Vec<usize>,
}

/// What a disruption hits, or what would have to be named so that it hits something.
pub(super) fn hit(
    disruption: &Disruption,
    stations: &[Station],
    flows: &[Flow],
    world: &World,
) -> Result<Hit, String> {
    let mut hit = Hit::default();
    let at = |station: &Station| is_hit(&disruption.target, station, world);
    let places = || (0..stations.len()).filter(|&ix| at(&stations[ix]));
    match &disruption.effect {
        Effect::Arrivals(_) => {
            let flow = |flow: &Flow| {
                disruption.target == format!("flow/{}", flow.id)
                    || flow.target.as_deref() == Some(&disruption.target)
            };
            hit.flows = (0..flows.len()).filter(|&ix| flow(&flows[ix])).collect();
        }
        Effect::Avoid { flows: named, .. } => {
            hit.stations = places().collect();
            let passes = |flow: &Flow| {
                let mut visited = flow.visits.iter().flat_map(|visit| visit.stations());
                visited.any(|station| hit.stations.contains(&station))
                    && named.as_ref().is_none_or(|named| named.contains(&flow.id))
            };
            hit.flows = (0..flows.len()).filter(|&ix| passes(&flows[ix])).collect();
            if hit.flows.is_empty() {
                hit.stations.clear();
            }
        }
        Effect::Opens => {
            hit.stations = places().filter(|&ix| stations[ix].not_yet_open).collect();
            if hit.stations.is_empty() {
                return Err(
                    "name a station with not_yet_open = true, or remove the change".to_owned(),
                );
            }
        }
        Effect::Part { .. }
        | Effect::UnitsLost(_)
        | Effect::RampUp { .. }
        | Effect::Ration { .. }
        | Effect::Longer(_) => {
            hit.stations = places().collect();
        }
    }
    if hit == Hit::default() {
        return Err(format!(
            "give a station the target `{}`, or name a station as `station/id`",
            disruption.target
        ));
    }
    Ok(hit)
}

/// Whether a station stands for a target or a part of it.
fn is_hit(target: &str, station: &Station, world: &World) -> bool {
    let (kind, id) = target.split_once('/').unwrap_or((target, ""));
    if kind == "station" {
        return station.id == id;
    }
    if kind == "sector" {
        return station.kind.word() == id;
    }
    let Some(own) = station.target.as_deref() else {
        return false;
    };
    if own == target {
        return true;
    }
    let (own_kind, own_id) = own.split_once('/').unwrap_or((own, ""));
    let port = match own_kind {
        "port" => world.port(own_id),
        "terminal" => {
            let terminal = world
                .terminals
                .iter()
                .find(|terminal| terminal.id == own_id);
            terminal.map(|terminal| terminal.port)
        }
        _ => None,
    };
    match (kind, port) {
        ("port", Some(port)) => world.port_at(port).unlocode == id,
        ("country", Some(port)) => world.port_at(port).country == id,
        // `panama` names all locks of the canal.
        ("passage", _) if own_kind == "passage" => {
            station.kind == StationKind::Passage && own_id.starts_with(&format!("{id}-"))
        }
        _ => false,
    }
}
