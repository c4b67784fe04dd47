//! The world's trade, in a small world worked out by hand.

use std::sync::Arc;

use foreland::World;
use foreland::param::Draw;
use foreland::world_trade::{Fate, TradeNetwork, TradeSource, WorldDemand, WorldTrade, assign};
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

/// `line` is in the names of three operators; asked for by its whole name, one stands alone.
#[test]
fn a_word_stands_for_all_companies_that_have_it() {
    let (atlas, sea) = (atlas(), FlatSea::new());
    let trade = estimate(&atlas, &sea);
    let all = trade.dependence("line", None).unwrap();
    assert_eq!(
        (all.name.as_str(), all.kind.as_str()),
        ("Far Line, Old Line", "operator")
    );
    let one = trade.dependence("Old Line", None).unwrap();
    assert_eq!(one.name, "Old Line");
    assert!(all.total.mass_t > one.total.mass_t && one.total.mass_t > 0.0);
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

/// Hubland's boxes pay a duty in Aland: Aland buys fewer of them and more of the others', and all
/// changes add up.
#[test]
fn a_duty_sends_buyers_to_other_sellers() {
    let with_duty = RATIONED.replace(
        "[world_trade]",
        "[[scenario]]\nid = \"duty\"\ntitle = \"duty\"\ndescription = \"A duty.\"\n\n\
         [[scenario.change]]\ntariff = { origin = \"BB\", destination = \"AA\", commodity = \"boxes\", \
         rate_pct = [10, 50, 100], start = \"2024-06-01\" }\n\n[world_trade]",
    );
    let findings = rationed(&with_duty).unwrap();
    let trade = findings.world_trade.unwrap();
    let duty = trade
        .scenarios
        .iter()
        .find(|s| s.scenario == "duty")
        .unwrap();
    let of = |from: &str, to: &str| duty.diverted.iter().find(|d| d.from == from && d.to == to);
    assert!(of("BB", "AA").unwrap().change_musd.p95 < 0.0);
    assert!(of("CC", "AA").unwrap().change_musd.p5 > 0.0);
    assert!(
        of("CC", "BB").is_none(),
        "who buys elsewhere is not touched"
    );
    let (sum, listed) = duty.diverted.split_last().unwrap();
    let parts: f64 = listed.iter().map(|d| d.change_musd.central).sum();
    assert!((sum.change_musd.central - parts).abs() < 1e-9);
    let others = trade.scenarios.iter().filter(|s| s.scenario != "duty");
    assert!(others.into_iter().all(|s| s.diverted.is_empty()));
}

/// The elasticity of distance has a range in this atlas: so have the estimate's figures.
#[test]
fn the_estimate_comes_with_ranges_and_lines_for_the_map() {
    let findings = rationed(RATIONED).unwrap();
    let trade = findings.world_trade.as_ref().unwrap();
    assert_eq!(trade.samples, 20);
    let ends = |s: &foreland::findings::Spread| (s.p5, s.central, s.p95);
    for range in trade.total_range.as_ref().unwrap() {
        let (low, central, high) = ends(range);
        assert!(
            0.0 < low && low <= central * 1.5 && central <= high * 1.5,
            "{range:?}"
        );
    }
    let half = trade
        .scenarios
        .iter()
        .find(|s| s.scenario == "half")
        .unwrap();
    let cut = half.chokepoints[0].range.as_ref().unwrap();
    assert!(
        cut.before_mt.p5 <= cut.before_mt.p95 && cut.before_mt.p95 > 0.0,
        "{cut:?}"
    );
    let closed = trade
        .scenarios
        .iter()
        .find(|s| s.scenario == "closed")
        .unwrap();
    let cut = closed.chokepoints[0].range.as_ref().unwrap();
    assert_eq!(ends(&cut.change_mass_pct), (-100.0, -100.0, -100.0));
    let line = |world: &str, name: &str| {
        let lines = trade.lines.iter();
        lines.filter(|l| l.world == world && l.name == name).count()
    };
    assert_eq!(line("before", "Hub – Far Port"), 1);
    assert_eq!(
        line("closed", "Hub – Far Port"),
        0,
        "the Cut is its only way"
    );
    assert_eq!(line("closed", "Old Port – Far Port"), 1);
    let few = rationed(&RATIONED.replace("[world_trade]", "[world_trade]\nsamples = 1")).unwrap();
    let few = few.world_trade.unwrap();
    assert!(few.samples == 0 && few.total_range.is_none());
    let page = foreland::report::html(&findings);
    assert!(page.contains("map-trade-before") && page.contains("map-trade-closed"));
    assert!(
        page.contains("samples of every parameter"),
        "ranges are explained"
    );
}

const BACI: &str = "t,i,j,k,v,q\n\
    2022,3,1,990101,500,100\n\
    2022,3,1,990102,50,NA\n\
    2022,490,1,990101,7,1\n\
    2022,3,1,710812,9,1\n";

fn store(dir: &tempfile::TempDir) -> std::path::PathBuf {
    let file = dir.path().join("BACI_HS17_Y2022_V1.csv");
    std::fs::write(&file, BACI).unwrap();
    let store = dir.path().join("store");
    let request = foreland::import::ImportRequest {
        kind: foreland::import::Kind::Baci,
        file: &file,
        store: &store,
        hs: None,
        cancel: None,
    };
    foreland::import::import(&request, &|_, _| ()).unwrap();
    store
}

/// Farland sells Aland goods of 550 thousand USD, a part without a mass; the rest is counted.
#[test]
fn imported_trade_takes_the_estimates_place() {
    let dir = tempfile::tempdir().unwrap();
    let source = TradeSource::named(&store(&dir), "baci/BACI_HS17_Y2022_V1").unwrap();
    let (atlas, sea) = (atlas(), FlatSea::new());
    let day = date(2024, 6, 1);
    let trade = WorldTrade::by(&atlas, &sea, day, Some(&source), &|_| {}).unwrap();
    let demands = trade.network.demand.demands();
    let [demand] = demands.as_slice() else {
        panic!("{demands:?}")
    };
    assert_eq!(
        (demand.origin.as_str(), demand.destination.as_str()),
        ("CC", "AA")
    );
    assert!((demand.value_usd - 550_000.0).abs() < 1e-6);
    assert!(demand.mass_t > 100.0);
    assert!(
        demand.source.contains("BACI_HS17_Y2022_V1.csv"),
        "{}",
        demand.source
    );
    let remarks = trade.network.demand.remarks.join("\n");
    assert!(
        remarks.contains("4 rows read = 2 used + 2 left out"),
        "{remarks}"
    );
    assert!(
        remarks.contains("country 490 is not in countries.csv, 1 rows"),
        "{remarks}"
    );
    assert!(remarks.contains("7108 is gold"), "{remarks}");
}

#[test]
fn trade_that_the_store_does_not_have_is_an_error_with_its_remedy() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir);
    for (name, why) in [
        ("baci/other", "does not have"),
        ("baci/../baci/BACI_HS17_Y2022_V1", "does not have"),
        ("BACI_HS17_Y2022_V1", "names no table"),
        ("smdg/terminals", "a table of `smdg` does not serve here"),
    ] {
        let problem = TradeSource::named(&store, name).unwrap_err();
        assert!(problem.message.contains(why), "{}", problem.message);
    }
    let named = RATIONED.replace("[world_trade]", "[world_trade]\ntrade = \"baci/none\"");
    let error = rationed(&named).unwrap_err();
    let text = format!("{:?}", miette::Report::new(error));
    assert!(text.contains("does not have `baci/none`"), "{text}");
    assert!(text.contains("foreland atlas import baci"), "{text}");
}
