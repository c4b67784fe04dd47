//! Other names that belong to a neighbour.
//!
//! sea-ports lists Long Beach among the aliases of Los Angeles and Tacoma among those of Seattle.
//! Such a name would lead to the wrong port, so it stays with the port whose own name it is.

use std::collections::BTreeMap;

use super::coast::distance_km;
use super::draft::Draft;
use super::ledger::Ledger;
use super::name::fold;

/// A port farther away than this may share a name, in km.
const NEIGHBOUR_KM: f64 = 150.0;

/// Removes other names that are the name of a neighbour in the same country.
pub fn prune(ports: &mut [Draft], ledger: &mut Ledger) {
    let mut owners: BTreeMap<String, Vec<(String, [f64; 2])>> = BTreeMap::new();
    for port in ports.iter() {
        let owner = (port.unlocode.clone(), port.position);
        owners
            .entry(fold(&port.names.name))
            .or_default()
            .push(owner);
    }
    for port in ports {
        let neighbour = |name: &str| {
            owners.get(&fold(name))?.iter().find(|(code, position)| {
                *code != port.unlocode
                    && code[..2] == port.unlocode[..2]
                    && distance_km(*position, port.position) <= NEIGHBOUR_KM
            })
        };
        port.names.alt_names.retain(|name| {
            let Some((code, _)) = neighbour(name) else {
                return true;
            };
            let reason = format!("{name} is the name of {code} nearby");
            ledger.note(&port.unlocode, "alias", name, "", reason);
            false
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::spelling::{Names, Standing};

    fn port(unlocode: &str, names: &[&str], lon: f64) -> Draft {
        let mut all = Names::new(names[0]);
        names[1..].iter().for_each(|name| all.add(name));
        Draft {
            unlocode: unlocode.into(),
            names: all,
            standing: Standing::Unknown,
            position: [lon, 33.7],
            coast_km: 0.0,
            on_land: false,
            source: String::new(),
            disagreement_km: None,
            tables: Vec::new(),
            countries_served: None,
            max_draught_m: None,
            waterway: None,
        }
    }

    #[test]
    fn a_neighbours_name_is_no_alias_and_a_namesake_far_away_is() {
        let mut ports = vec![
            port(
                "USLAX",
                &["Los Angeles", "Long Beach", "San Pedro"],
                -118.28,
            ),
            port("USLGB", &["Long Beach"], -118.2),
            port("CLLAX", &["San Pedro", "Long Beach"], -118.25),
            port("USSPD", &["San Pedro"], -90.0),
        ];
        let mut ledger = Ledger::default();
        prune(&mut ports, &mut ledger);
        assert_eq!(ports[0].names.alt_names, ["San Pedro"]);
        assert_eq!(ports[2].names.alt_names, ["Long Beach"]);
        let rows = ledger.rows();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].reason, "Long Beach is the name of USLGB nearby");
    }
}
