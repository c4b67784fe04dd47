//! The seaports of countries.

use std::collections::{BTreeMap, BTreeSet};

use super::demand::WorldDemand;
use crate::atlas::{Atlas, CountryPortRow, Id};
use crate::world::{PortIx, World};

/// Ports by which the world's trade goes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seaports {
    /// By country and group: ports with their shares.
    shares: Vec<Vec<Vec<(PortIx, f64)>>>,
    /// Countries of which no open port is known.
    pub(crate) without: BTreeSet<usize>,
}

impl Seaports {
    pub(crate) fn of(atlas: &Atlas, world: &World, demand: &WorldDemand) -> Seaports {
        let mut seaports = Seaports {
            shares: Vec::new(),
            without: BTreeSet::new(),
        };
        let mut rows: BTreeMap<&str, Vec<&CountryPortRow>> = BTreeMap::new();
        for row in &atlas.country_ports.rows {
            rows.entry(row.country.as_str()).or_default().push(row);
        }
        for (ix, country) in demand.countries.iter().enumerate() {
            let rows = rows.get(country.as_str()).map_or(&[][..], Vec::as_slice);
            let of_goods: Vec<Vec<(PortIx, f64)>> = demand
                .goods
                .iter()
                .map(|goods| chosen(rows, &goods.commodity, world))
                .collect();
            if of_goods.iter().all(Vec::is_empty) {
                seaports.without.insert(ix);
            }
            seaports.shares.push(of_goods);
        }
        seaports
    }

    /// All ports that some country uses.
    pub(crate) fn all(&self) -> BTreeSet<PortIx> {
        let ports = self.shares.iter().flatten().flatten();
        ports.map(|(port, _)| *port).collect()
    }

    /// Ports of a country for some goods, with shares.
    pub(crate) fn of_country(&self, country: usize, goods: usize) -> &[(PortIx, f64)] {
        &self.shares[country][goods]
    }
}

/// Ports of a country for some goods: rows of those goods, else rows of all goods.
fn chosen(rows: &[&CountryPortRow], commodity: &str, world: &World) -> Vec<(PortIx, f64)> {
    let of = |goods: Option<&str>| {
        rows.iter()
            .filter(|row| row.commodity.as_ref().map(Id::as_str) == goods)
            .filter_map(|row| Some((world.port(row.port.as_str())?, row.share)))
            .filter(|(port, _)| !world.port_at(*port).closed)
            .collect::<Vec<_>>()
    };
    let own = of(Some(commodity));
    if own.is_empty() { of(None) } else { own }
}
