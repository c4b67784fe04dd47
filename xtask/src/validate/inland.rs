//! Ports whose routes begin over land.

use std::fmt::Write as _;

use sealane::{Ocean, Port};

/// A port this close to mapped water or to its channel is not listed, in km.
const NEAR_KM: f64 = 5.0;
const KM_PER_NM: f64 = 1.852;

/// The section that lists the ports that begin with more than 5 km over land, furthest first.
pub(super) fn inland_section(ocean: &Ocean) -> String {
    let mut inland: Vec<(f64, &Port)> = ocean
        .ports()
        .iter()
        .map(|port| (port.gap.nm() * KM_PER_NM, port))
        .filter(|&(km, _)| km > NEAR_KM)
        .collect();
    inland.sort_by(|a, b| {
        let codes = || a.1.unlocode.cmp(&b.1.unlocode);
        b.0.total_cmp(&a.0).then_with(codes)
    });
    let ports = ocean.ports().len();
    let unreached = ocean.ports().iter().filter(|port| !port.is_reached).count();
    let mut text = format!(
        "\n## Ports that begin over land\n\n{} of {ports} ports lie more than {NEAR_KM:.0} km from mapped water and from every channel; their \
         routes begin straight over land, and say so. {unreached} more have no way to the sea.\n",
        inland.len()
    );
    if !inland.is_empty() {
        text.push_str("\n| port | name | over land, km |\n|---|---|---:|\n");
    }
    for (km, port) in inland {
        let _ = writeln!(text, "| {} | {} | {km:.1} |", port.unlocode, port.name);
    }
    text
}
