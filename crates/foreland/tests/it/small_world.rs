//! Chains of the small world against times and costs worked out by hand.

use crate::small::{OPENING, SCENARIO, run};
use foreland::findings::{Chain, DifferenceQuantity, Findings, Journey, Stage};

fn findings(text: &str) -> Findings {
    match run(text) {
        Ok(findings) => findings,
        Err(error) => panic!("{:?}", miette::Report::new(error)),
    }
}

fn journey<'f>(findings: &'f Findings, world: &str) -> &'f Journey {
    let found = findings.journeys.iter().find(|j| j.world == world);
    found.unwrap_or_else(|| panic!("no journey in {world}"))
}

fn hours(chain: &Chain, stage: Stage) -> f64 {
    chain
        .stages
        .iter()
        .find(|s| s.stage == stage)
        .unwrap()
        .time_h
}

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-6, "{a} instead of {b}");
}

#[test]
fn the_direct_chain_takes_what_was_worked_out() {
    let findings = findings(&format!("{OPENING}{SCENARIO}"));
    let chain = &journey(&findings, "direct").chains[0];
    // Road: 400 km at 50 km/h and 230 km at 57.5 km/h are 12 h of driving, 12 h a day: 24 h.
    close(hours(chain, Stage::Inland), 24.0);
    close(hours(chain, Stage::Border), 10.0);
    // 24 h before sailing, 48 h after arrival.
    close(hours(chain, Stage::PortDwell), 72.0);
    // Half of a week.
    close(hours(chain, Stage::SailingWait), 84.0);
    // 4,800 nm at 20 kn.
    close(hours(chain, Stage::Sea), 240.0);
    close(hours(chain, Stage::IntermediateCalls), 0.0);
    close(hours(chain, Stage::Passage), 0.0);
    close(hours(chain, Stage::Transshipment), 0.0);
    close(chain.time_d.central, 430.0 / 24.0);
    close(chain.transit_d.central, 10.0);
    // Road 0.1 × 630 km × 10 t = 630, border 5 × 10 t = 50, ports 100 + 100, sea 240 h × 4.
    close(chain.money_usd.central, 630.0 + 50.0 + 200.0 + 960.0);
    close(chain.generalised_usd.central, 1840.0 + 10.0 * 430.0);
    // Sea: 48 t/d × 3 / 24 h = 6 t/h over 500 TEU = 12 kg/h; road 0.1 kg/t·km.
    close(chain.ttw_kg.central, 240.0 * 12.0 + 630.0);
    close(chain.wtw_kg.central, 240.0 * 16.0 + 756.0);
    close(chain.sea_nm, 4800.0);
    close(chain.land_km, 630.0);
}

#[test]
fn a_loop_adds_its_calls_and_passages() {
    let findings = findings(&format!("{OPENING}{SCENARIO}"));
    let chain = &journey(&findings, "loop").chains[0];
    // 1,000 nm and 4,000 nm at 20 kn, a stay of 24 h at the hub, 5 h of queue and 10 h of canal.
    close(hours(chain, Stage::Sea), 250.0);
    close(hours(chain, Stage::IntermediateCalls), 24.0);
    close(hours(chain, Stage::Passage), 15.0);
    close(chain.transit_d.central, 289.0 / 24.0);
    let passage = chain
        .stages
        .iter()
        .find(|s| s.stage == Stage::Passage)
        .unwrap();
    // 10,000 USD over 500 TEU, and 15 h at rest at 2 USD.
    close(passage.tolls_usd, 20.0);
    close(passage.carriage_usd, 30.0);
    assert_eq!(chain.passages, ["cut"]);
    assert_eq!(chain.legs.last().unwrap().calls, ["Hub"]);
}

#[test]
fn a_transshipment_adds_dwell_and_the_wait_for_the_next_ship() {
    let findings = findings(&format!("{OPENING}{SCENARIO}"));
    let chain = &journey(&findings, "hub").chains[0];
    // Feeder 1,000 nm at 10 kn, main line 4,000 nm at 20 kn.
    close(hours(chain, Stage::Sea), 300.0);
    close(hours(chain, Stage::Transshipment), 36.0 + 84.0);
    close(hours(chain, Stage::Passage), 15.0);
    close(
        chain.time_d.central,
        (24.0 + 10.0 + 72.0 + 84.0 + 300.0 + 120.0 + 15.0) / 24.0,
    );
    // The feeder burns 48 t × (10/20)³ = 6 t a day: (24,000 + 3,000) / 24 / 500 = 2.25 USD/h.
    let sea = chain.stages.iter().find(|s| s.stage == Stage::Sea).unwrap();
    close(sea.carriage_usd, 100.0 * 2.25 + 200.0 * 4.0);
}

#[test]
fn the_new_port_is_nearer_and_faster() {
    let findings = findings(&format!("{OPENING}{SCENARIO}"));
    let chain = &journey(&findings, "hub+opening").chains[0];
    // 300 km of road in 12 h, 4,400 nm in 220 h.
    close(chain.time_d.central, (12.0 + 72.0 + 84.0 + 220.0) / 24.0);
    close(chain.money_usd.central, 300.0 + 200.0 + 880.0);
    let saved = findings
        .differences
        .iter()
        .find(|d| d.baseline == "direct" && d.quantity == DifferenceQuantity::DoorToDoorTime)
        .unwrap();
    close(saved.change.central, (388.0 - 430.0) / 24.0);
    assert!(
        saved.change.p5 < saved.change.p95,
        "the new service's speed is uncertain"
    );
}

#[test]
fn split_and_search_agree_on_every_chain() {
    let findings = findings(&format!("{OPENING}{SCENARIO}"));
    for journey in &findings.journeys {
        let mut before = 0.0;
        for chain in &journey.chains {
            let hours: f64 = chain.stages.iter().map(|s| s.time_h).sum();
            close(hours / 24.0, chain.time_d.central);
            let usd: f64 = chain
                .stages
                .iter()
                .map(|s| s.carriage_usd + s.handling_usd + s.tolls_usd + s.time_cost_usd)
                .sum();
            close(usd, chain.generalised_usd.central);
            assert!(chain.generalised_usd.central >= before, "best first");
            before = chain.generalised_usd.central;
        }
    }
}

#[test]
fn a_bulk_voyage_needs_no_timetable() {
    let text = format!(
        "{}{SCENARIO}",
        OPENING.replace("commodity = \"boxes\"", "commodity = \"grain\"")
    );
    let findings = findings(&text);
    let journey = journey(&findings, "direct");
    let chain = &journey.chains[0];
    assert_eq!(chain.label, "Mine → New Port → [Grain ship] → Far Port");
    // 4,400 nm at 12 kn; no wait for a sailing.
    close(hours(chain, Stage::Sea), 4400.0 / 12.0);
    close(hours(chain, Stage::SailingWait), 0.0);
    close(hours(chain, Stage::PortDwell), 144.0);
    // (12,000 + 24 × 500) / 24 = 1,000 USD an hour over 40,000 t, half the way back in ballast;
    // 192 h of stays at 500 USD.
    let sea = chain.stages.iter().find(|s| s.stage == Stage::Sea).unwrap();
    close(sea.carriage_usd, 4400.0 / 12.0 * 1.5 * 1000.0 / 40_000.0);
    let port = chain
        .stages
        .iter()
        .find(|s| s.stage == Stage::PortDwell)
        .unwrap();
    close(port.carriage_usd, 192.0 * 500.0 / 40_000.0);
}
