//! How much terminals and services hold for the followed trades.

use super::case::stated_capacity;
use super::parameters::FlowParameters;
use crate::atlas::CargoKind;
use crate::chain::Prices;
use crate::geo::great_circle_km;
use crate::param::Draw;
use crate::world::{Port, Terminal, World};

/// Hours of a year.
const YEAR_H: f64 = 8760.0;
/// Berths of a terminal of which the atlas knows none.
const FEWEST_BERTHS: u32 = 1;

/// Berths, and the flow that keeps all of them busy: laden TEU, or t, a year.
pub(super) fn of_terminal(
    terminal: &Terminal,
    cargo: CargoKind,
    parameters: &FlowParameters,
    draw: &Draw,
) -> (u32, f64) {
    let per_berth = draw.get(parameters.teu_per_berth_year);
    let stated = stated_capacity(terminal, cargo).or(match cargo {
        CargoKind::Container => terminal.berths.map(|n| f64::from(n) * per_berth),
        CargoKind::Bulk => None,
    });
    let Some(stated) = stated else {
        return (FEWEST_BERTHS, 0.0);
    };
    let full = stated / draw.get(parameters.berth_occupancy_at_capacity);
    (
        berths(terminal, per_berth),
        match cargo {
            CargoKind::Container => full / draw.get(parameters.throughput_per_laden_teu),
            CargoKind::Bulk => full,
        },
    )
}

/// Berths of a terminal, as stated or by its capacity.
pub(super) fn berths(terminal: &Terminal, teu_per_berth_year: f64) -> u32 {
    terminal.berths.unwrap_or_else(|| {
        let by_capacity = terminal.capacity_teu_per_year.unwrap_or(0.0) / teu_per_berth_year;
        (by_capacity.round() as u32).max(FEWEST_BERTHS)
    })
}

/// Which part of a ship's slots the followed trades can have.
pub(super) struct Capacities {
    /// Ports of the countries whose trades are followed, and of their partners.
    followed: Vec<String>,
    partners: Vec<String>,
}

impl Capacities {
    /// Capacities for the trades of some countries with their partners.
    pub(super) fn new(followed: Vec<String>, partners: Vec<String>) -> Capacities {
        Capacities { followed, partners }
    }

    /// Slots of a service a year on each leg, TEU: sailings × ship × what can be sold × the share
    /// of the followed trades. Sailings are limited by the headway and by the ships there are.
    pub(super) fn slots_a_year(
        &self,
        prices: &Prices<'_>,
        parameters: &FlowParameters,
        service: usize,
    ) -> f64 {
        let (world, draw) = (prices.world(), prices.draw);
        let facts = &world.services[service];
        let ship = &world.vessels[facts.vessel.index()];
        let Some(rotation) = &prices.services[service] else {
            return 0.0;
        };
        let calls = facts.calls.len();
        let round_h = rotation.arrive_h[calls] + rotation.stay_h[0];
        let headway_h = draw.get(facts.headway_h);
        let headway_h = facts
            .ships
            .map_or(headway_h, |ships| headway_h.max(round_h / f64::from(ships)));
        YEAR_H / headway_h
            * ship.capacity_teu.unwrap_or(0.0)
            * draw.get(parameters.slot_use_max)
            * self.share(world, service)
    }

    /// Carriers allot slots to the countries at which a service calls: each country on the followed
    /// side of the sea has an equal part. A service that calls at none of the followed countries
    /// is shared with them too when it takes their transshipments.
    fn share(&self, world: &World, service: usize) -> f64 {
        let ports: Vec<&Port> = world.services[service]
            .calls
            .iter()
            .map(|call| world.port_at(call.port))
            .collect();
        let of = |countries: &[String]| -> Vec<&Port> {
            let named = |port: &&&Port| countries.contains(&port.country);
            ports.iter().filter(named).copied().collect()
        };
        let (own, far) = (of(&self.followed), of(&self.partners));
        let distance_km = |from: &Port, to: &[&Port]| {
            to.iter()
                .map(|p| great_circle_km((from.lon_deg, from.lat_deg), (p.lon_deg, p.lat_deg)))
                .fold(f64::INFINITY, f64::min)
        };
        let mut near: Vec<&str> = ports
            .iter()
            .filter(|port| !self.partners.contains(&port.country))
            .filter(|port| own.is_empty() || distance_km(port, &own) <= distance_km(port, &far))
            .map(|port| port.country.as_str())
            .collect();
        near.sort_unstable();
        near.dedup();
        let mut called: Vec<&str> = own.iter().map(|port| port.country.as_str()).collect();
        called.sort_unstable();
        called.dedup();
        match (called.len(), near.len()) {
            (0, others) => 1.0 / (others as f64 + 1.0),
            (own, all) => own as f64 / all as f64,
        }
    }
}
