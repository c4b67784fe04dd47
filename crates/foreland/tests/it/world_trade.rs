//! The world's trade, in a small world worked out by hand.

use std::sync::Arc;

use foreland::World;
use foreland::param::Draw;
use foreland::world_trade::{Fate, TradeNetwork, WorldDemand, WorldTrade, assign};
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

fn estimate<'a>(atlas: &'a foreland::Atlas, sea: &'a FlatSea) -> WorldTrade<'a> {
    WorldTrade::of(atlas, sea, date(2024, 6, 1), &|_| {}).unwrap()
}

/// Between Hubland and Farland there is only the Cut: without it all is cut off.
#[test]
fn what_has_no_other_way_is_cut_off() {
    let (atlas, sea) = (atlas(), FlatSea::new());
    let found = estimate(&atlas, &sea).dependence("the cut", None).unwrap();
    let loss = found.loss.unwrap();
    assert!((loss.cut_off.mass_t / found.total.mass_t - 1.0).abs() < 1e-12);
    assert_eq!(loss.extra_cost_usd, 0.0);
    let users: Vec<&str> = found.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(users.len(), 2, "{users:?}");
    assert!((found.hhi - 0.5).abs() < 1e-12);
    assert!(found.basis.starts_with("estimate"));
}

/// Aland has two ports; without one its goods take the other, at a cost.
#[test]
fn losing_a_port_costs_but_never_gains() {
    let (atlas, sea) = (atlas(), FlatSea::new());
    let trade = estimate(&atlas, &sea);
    let port = trade.dependence("AANEW", None).unwrap();
    let loss = port.loss.unwrap();
    assert!(loss.extra_cost_usd > 0.0 && loss.cut_off.mass_t == 0.0);
    assert!(port.rows.iter().all(|row| row.loss.extra_cost_usd >= 0.0));
    for row in &port.rows {
        for share in [row.share.value_usd, row.share.mass_t, row.share.teu] {
            assert!((0.0..=1.0 + 1e-12).contains(&share));
        }
    }
    let grain = trade.dependence("BB", Some("grain")).unwrap();
    assert!((grain.total.mass_t - 200_000.0).abs() < 1.0);
    assert!((grain.hhi - 1.0).abs() < 1e-12, "one partner only");
}

#[test]
fn a_miss_names_what_was_near() {
    let (atlas, sea) = (atlas(), FlatSea::new());
    let trade = estimate(&atlas, &sea);
    let miss = |name: &str, goods: Option<&str>| match trade.dependence(name, goods) {
        Err(foreland::Error::Input(problem)) => problem.remedy,
        other => panic!("{other:?}"),
    };
    assert!(miss("Hublandd", None).contains("hubland"));
    assert!(miss("", None).contains("name a chokepoint"));
    assert!(miss(&"x".repeat(10_000), None).contains("name a chokepoint"));
    assert!(miss("AA", Some("grian")).contains("grain"));
}

const RATIONED: &str = r#"
title = "The Cut is rationed"
question = "What is a slot worth?"
as_of = "2024-06-01"

[run]
replications = 1

[[baseline]]
id = "now"
title = "now"
description = "as it is"
date = "2024-06-01"

[[scenario]]
id = "closed"
title = "closed"
description = "The Cut closes."

[[scenario.change]]
close = { target = "passage/cut", start = "2024-06-02" }

[[scenario]]
id = "half"
title = "half"
description = "Half the ships."

[world_trade]
date = "2024-06-01"
depend = ["cut"]

[[world_trade.slots]]
scenario = "half"
chokepoint = "cut"
per_day = 1
normal_per_day = 2

[[world_trade.outcome]]
statement = "nothing passes"
scenario = "closed"
observed = [-100]
measure = { change = { chokepoint = "cut", of = "mass" } }
source = "made up for the tests"
"#;

fn rationed(text: &str) -> Result<foreland::Findings, foreland::Error> {
    let (atlas, sea) = (atlas(), FlatSea::new());
    let study = foreland::Study::parse(std::path::Path::new("rationed/study.toml"), text)?;
    let request = foreland::RunRequest {
        atlas: &atlas,
        study: &study,
        sea: &sea,
        seed: None,
        replications: None,
        command: Vec::new(),
        cancel: None,
    };
    foreland::run(&request, &|_| {})
}

#[test]
fn a_study_compares_chokepoints_outcomes_and_slots() {
    let findings = rationed(RATIONED).unwrap();
    let trade = findings.world_trade.as_ref().unwrap();
    assert_eq!(trade.outcomes[0].modelled, Some(-100.0));
    assert_eq!(trade.outcomes[0].ratio, Some(1.0));
    let closed = &trade.scenarios[0];
    let before = closed.chokepoints[0].before.mass_t;
    assert!(before > 0.0 && closed.chokepoints[0].after.mass_t == 0.0);
    assert!((closed.cut_off.mass_t / before - 1.0).abs() < 1e-9);
    // There is no way round: no price makes anybody leave, and the highest is told.
    let slot = &trade.scenarios[1].slots[0];
    assert!(slot.price_usd > 6e7 && slot.after_per_day <= slot.before_per_day);
    let page = foreland::report::html(&findings);
    assert!(page.contains("The world’s trade by sea: an estimate"));
}

#[test]
fn names_that_are_not_there_are_faults_of_the_study() {
    let wrong = RATIONED.replace(
        "chokepoint = \"cut\"\nper_day",
        "chokepoint = \"cup\"\nper_day",
    );
    let error = rationed(&wrong).unwrap_err();
    assert!(matches!(error, foreland::Error::Study(_)), "{error}");
}
