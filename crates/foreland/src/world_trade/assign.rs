//! Which way each trade goes: a choice of ports and of the way between them.

use rayon::prelude::*;

use super::demand::Trade;
use super::network::TradeNetwork;
use super::ship::Carriage;
pub(crate) use super::ship::Surcharge;
use crate::atlas::HandlingStage;
use crate::param::Draw;
use crate::sea::SeaWay;
use crate::world::PortIx;

/// What becomes of a trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is carried by sea.
    Carried,
    /// No way by sea is left, or no port is open.
    CutOff,
    /// Both countries use the same port: no ship is needed.
    SamePort,
    /// No seaport is known of one of the countries.
    NoPort,
}

/// Part of a trade that goes from a port to a port on one way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Branch {
    /// Port of loading.
    pub from: PortIx,
    /// Port of unloading.
    pub to: PortIx,
    /// The way.
    pub way: SeaWay,
    /// Share of the trade.
    pub share: f64,
    /// Cost, USD/t.
    pub cost_usd_per_t: f64,
    /// Time from port to port, h.
    pub time_h: f64,
}

/// A trade on its ways.
#[derive(Clone, Debug, PartialEq)]
pub struct Routed {
    /// What becomes of it.
    pub fate: Fate,
    /// Its parts, by port of loading, port of unloading and way; shares add up to 1.
    pub branches: Vec<Branch>,
    /// What the best mix costs, USD/t: the composite cost of the choice, up to a constant that is
    /// the same in every world.
    pub composite_usd_per_t: f64,
}

impl Routed {
    /// Mean time from port to port over its parts, h.
    pub fn mean_h(&self) -> f64 {
        self.branches.iter().map(|b| b.share * b.time_h).sum()
    }

    /// Mean length over its parts, nm.
    pub fn mean_nm(&self) -> f64 {
        self.branches
            .iter()
            .map(|b| b.share * b.way.distance_nm)
            .sum()
    }
}

/// Puts every trade of a network on its ways in a draw; in the order of the network's trades,
/// whatever the number of threads.
pub fn assign(network: &TradeNetwork, draw: &Draw) -> Vec<Routed> {
    assign_with(network, draw, &[])
}

/// The same with surcharges on passages.
pub(crate) fn assign_with(
    network: &TradeNetwork,
    draw: &Draw,
    surcharges: &[Surcharge],
) -> Vec<Routed> {
    let carriages: Vec<Carriage<'_>> = network
        .demand
        .goods
        .iter()
        .map(|goods| Carriage::new(&network.world, draw, goods, surcharges))
        .collect();
    let model = &network.world.model;
    let exponents = Exponents {
        way: draw.get(model.way_choice_exponent),
        port: draw.get(model.port_choice_exponent),
    };
    network
        .trades
        .par_iter()
        .map(|&trade| {
            let trade = &network.demand.trades[trade];
            route(network, trade, &carriages[trade.goods], exponents)
        })
        .collect()
}

#[derive(Clone, Copy)]
struct Exponents {
    way: f64,
    port: f64,
}

fn route(
    network: &TradeNetwork,
    trade: &Trade,
    carriage: &Carriage<'_>,
    exponents: Exponents,
) -> Routed {
    let seaports = &network.seaports;
    let mut branches = Vec::new();
    // Utilities of port pairs add up as share × cost^-exponent.
    let (mut weights, mut same_port) = (0.0, false);
    for &(a, share_a) in seaports.of_country(trade.from, trade.goods) {
        let out = carriage.port_usd(a, HandlingStage::Export);
        for &(b, share_b) in seaports.of_country(trade.to, trade.goods) {
            if a == b {
                same_port = true;
                continue;
            }
            let back = carriage.port_usd(b, HandlingStage::Import);
            let vessel = network.demand.goods[trade.goods].vessel;
            let first = branches.len();
            let mut of_ways = 0.0;
            for &way in network.ways(vessel, a, b) {
                let cost = out + back + carriage.way_usd(way.distance_nm, way.passages);
                let weight = cost.powf(-exponents.way);
                of_ways += weight;
                branches.push(Branch {
                    from: a,
                    to: b,
                    way,
                    share: weight,
                    cost_usd_per_t: cost,
                    time_h: carriage.way_h(way.distance_nm, way.passages),
                });
            }
            if of_ways == 0.0 {
                continue;
            }
            let composite = of_ways.powf(-1.0 / exponents.way);
            let weight = share_a * share_b * composite.powf(-exponents.port);
            weights += weight;
            for branch in &mut branches[first..] {
                branch.share *= weight / of_ways;
            }
        }
    }
    for branch in &mut branches {
        branch.share /= weights;
    }
    Routed {
        fate: match (branches.is_empty(), same_port) {
            (false, _) => Fate::Carried,
            (true, true) => Fate::SamePort,
            (true, false)
                if [trade.from, trade.to]
                    .iter()
                    .any(|c| seaports.without.contains(c)) =>
            {
                Fate::NoPort
            }
            (true, false) => Fate::CutOff,
        },
        composite_usd_per_t: if branches.is_empty() {
            0.0
        } else {
            weights.powf(-1.0 / exponents.port)
        },
        branches,
    }
}
