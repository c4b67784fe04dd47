//! Places, ports and links lie where they say, and every place can be reached.

use std::collections::{HashMap, HashSet};

use super::{CheckReport, at};
use crate::atlas::{Atlas, PlaceKind};
use crate::geo::great_circle_km;

/// A place at a port lies within this distance of it; São Paulo–Santos would not.
const PLACE_AT_PORT_KM: f64 = 120.0;
/// Links are measured on maps of different detail: a little under the straight line is rounding.
const SHORTER_THAN_STRAIGHT: f64 = 0.97;
/// Mountain roads and rivers wind, but not tenfold.
const DETOUR_AT_MOST: f64 = 6.0;

pub(super) fn check(atlas: &Atlas, report: &mut CheckReport) {
    let mut positions: HashMap<&str, (f64, f64)> = HashMap::new();
    for row in &atlas.ports.rows {
        positions.insert(row.unlocode.as_str(), (row.lon_deg, row.lat_deg));
    }
    for row in &atlas.places.rows {
        positions.insert(row.id.as_str(), (row.lon_deg, row.lat_deg));
    }
    for row in &atlas.places.rows {
        let Some(port) = &row.port else { continue };
        if let Some(&there) = positions.get(port.as_str()) {
            let apart = great_circle_km((row.lon_deg, row.lat_deg), there);
            if apart > PLACE_AT_PORT_KM {
                report.problems.push(at(
                    row,
                    "port",
                    format!("`{}` lies {apart:.0} km from its port {port}", row.id),
                    "correct the position (are longitude and latitude swapped?) or the port",
                ));
            }
        }
    }
    for row in &atlas.links.rows {
        let ends = (
            positions.get(row.from.as_str()),
            positions.get(row.to.as_str()),
        );
        let (Some(&from), Some(&to)) = ends else {
            continue;
        };
        let straight = great_circle_km(from, to);
        if row.distance_km < straight * SHORTER_THAN_STRAIGHT {
            report.problems.push(at(
                row,
                "distance_km",
                format!(
                    "{} km is shorter than the straight line of {straight:.0} km",
                    row.distance_km
                ),
                "correct the length or the positions of the ends",
            ));
        } else if straight > 20.0 && row.distance_km > straight * DETOUR_AT_MOST {
            report.warnings.push(at(
                row,
                "distance_km",
                format!(
                    "{} km is {:.1} times the straight line",
                    row.distance_km,
                    row.distance_km / straight
                ),
                "is the length right, and are the ends the right places?",
            ));
        }
    }
    reachable(atlas, report);
}

/// Stations are reached by sea; everything else needs a link or a port.
fn reachable(atlas: &Atlas, report: &mut CheckReport) {
    let linked: HashSet<&str> = atlas
        .links
        .rows
        .iter()
        .flat_map(|row| [row.from.as_str(), row.to.as_str()])
        .collect();
    for row in &atlas.places.rows {
        let alone = row.port.is_none() && !linked.contains(row.id.as_str());
        if alone && row.kind != PlaceKind::Station {
            report.problems.push(at(
                row,
                "id",
                format!("`{}` has neither a link nor a port", row.id),
                "add a link in links.csv, or name its port",
            ));
        }
    }
}
