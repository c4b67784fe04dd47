//! Where the things are that stations stand for.

use crate::atlas::Atlas;

/// Longitude and latitude of a target of the atlas, degrees: of a port, terminal, border or place, of
/// the middle of a passage's gate or of a link. None for what has no place.
pub(super) fn place_of(atlas: &Atlas, target: &str) -> Option<[f64; 2]> {
    let (kind, id) = target.split_once('/')?;
    match kind {
        "port" => port(atlas, id),
        "terminal" => {
            let terminals = &atlas.terminals.rows;
            let terminal = terminals.iter().find(|row| row.id.as_str() == id)?;
            port(atlas, terminal.port.as_str())
        }
        "border" => place(atlas, id),
        "link" => {
            let link = atlas.links.rows.iter().find(|row| row.id.as_str() == id)?;
            middle([&link.from, &link.to].map(|end| place(atlas, end).or_else(|| port(atlas, end))))
        }
        "passage" => {
            let gates = atlas.passage_gates.rows.iter();
            let gate: Vec<[f64; 2]> = gates
                .filter(|row| row.passage.as_str() == id)
                .map(|row| [row.lon_deg, row.lat_deg])
                .collect();
            middle([gate.first().copied(), gate.last().copied()])
        }
        _ => None,
    }
}

fn port(atlas: &Atlas, unlocode: &str) -> Option<[f64; 2]> {
    let ports = atlas.ports.rows.iter();
    let mut found = ports.filter(|row| row.unlocode.as_str() == unlocode);
    found.next().map(|row| [row.lon_deg, row.lat_deg])
}

fn place(atlas: &Atlas, id: &str) -> Option<[f64; 2]> {
    let places = atlas.places.rows.iter();
    let mut found = places.filter(|row| row.id.as_str() == id);
    found.next().map(|row| [row.lon_deg, row.lat_deg])
}

fn middle([one, other]: [Option<[f64; 2]>; 2]) -> Option<[f64; 2]> {
    let ([lon, lat], [other_lon, other_lat]) = (one?, other?);
    // Across the date line the shorter way is meant.
    let east = (other_lon - lon + 180.0).rem_euclid(360.0) - 180.0;
    let lon = (lon + east / 2.0 + 180.0).rem_euclid(360.0) - 180.0;
    Some([lon, f64::midpoint(lat, other_lat)])
}

#[cfg(test)]
mod tests {
    use super::middle;

    #[test]
    fn the_middle_goes_the_shorter_way_round() {
        assert_eq!(
            middle([Some([10.0, 0.0]), Some([20.0, 4.0])]),
            Some([15.0, 2.0])
        );
        assert_eq!(
            middle([Some([170.0, 0.0]), Some([-170.0, 0.0])]),
            Some([-180.0, 0.0])
        );
        assert_eq!(middle([None, Some([0.0, 0.0])]), None);
    }
}
