//! The world's trade, in a small world worked out by hand.

use std::sync::Arc;

use foreland::World;
use foreland::param::Draw;
use foreland::world_trade::{Fate, TradeNetwork, WorldDemand, assign};
use jiff::civil::date;

use crate::small::{FlatSea, atlas};

fn network() -> TradeNetwork {
    let atlas = atlas();
    let world = World::at(&atlas, date(2024, 6, 1)).unwrap();
    let draw = Draw::central(&world.params);
    let demand = WorldDemand::estimate(&atlas, &world, &draw).unwrap();
    TradeNetwork::new(&atlas, world, Arc::new(demand), &FlatSea::new())
}

#[test]
fn totals_by_sea_are_those_of_the_atlas() {
    let network = network();
    let mass = |goods: usize| -> f64 {
        let trades = network.demand.trades.iter();
        trades.filter(|t| t.goods == goods).map(|t| t.mass_t).sum()
    };
    assert!((mass(0) / 1e6 - 1.0).abs() < 1e-9);
    assert!((mass(1) / 5e5 - 1.0).abs() < 1e-9);
    // Grain: Farland ships three parts of five to Aland and two to Hubland; nobody else ships.
    let grain: Vec<f64> = network
        .demand
        .trades
        .iter()
        .filter(|t| t.goods == 1)
        .map(|t| t.mass_t.round())
        .collect();
    assert_eq!(grain, [300_000.0, 200_000.0]);
    // Inland has no coast and a border with Aland: some of their goods stay on land.
    assert!(network.demand.land_mass_t[0] > 0.0 && network.demand.land_mass_t[1] == 0.0);
    assert!(
        network
            .demand
            .demands()
            .iter()
            .all(|d| d.source.starts_with("estimate"))
    );
}

#[test]
fn every_trade_is_carried_or_counted() {
    let network = network();
    let draw = Draw::central(&network.world.params);
    let routed = assign(&network, &draw);
    let fates = network.by_fate(&routed);
    let all: f64 = fates.iter().map(|(_, amount)| amount.mass_t).sum();
    let traded: f64 = network.demand.trades.iter().map(|t| t.mass_t).sum();
    assert!((all / traded - 1.0).abs() < 1e-12);
    // Aland and Inland share the old port where that is all there is between them.
    for routed in routed.iter().filter(|r| r.fate == Fate::Carried) {
        let shares: f64 = routed.branches.iter().map(|b| b.share).sum();
        assert!((shares - 1.0).abs() < 1e-12);
    }
}

#[test]
fn the_same_bits_for_any_number_of_threads() {
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let four = rayon::ThreadPoolBuilder::new()
        .num_threads(4)
        .build()
        .unwrap();
    let run = || {
        let network = network();
        let routed = assign(&network, &Draw::central(&network.world.params));
        (network.demand.trades.clone(), routed)
    };
    assert_eq!(one.install(run), four.install(run));
}

/// Hubland to Farland: 4,000 nm through the Cut, or not at all.
#[test]
fn a_passage_carries_what_has_no_other_way() {
    let network = network();
    let routed = assign(&network, &Draw::central(&network.world.params));
    let cut = network
        .world
        .passages
        .iter()
        .position(|p| p.id == "cut")
        .unwrap();
    let through = network.through(&routed, |branch| branch.way.passages >> cut & 1 == 1);
    let expected: f64 = network
        .demand
        .trades
        .iter()
        .filter(|t| [(1, 2), (2, 1)].contains(&(t.from, t.to)))
        .map(|t| t.mass_t)
        .sum();
    assert!((through.mass_t / expected - 1.0).abs() < 1e-12);
}
