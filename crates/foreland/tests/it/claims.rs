//! Claims in the small world: every kind of measure, every verdict, by rule.

use crate::small::{OPENING, SCENARIO, run};
use foreland::findings::{ClaimFinding, PartFinding, Verdict};

/// Judges one part with a measure and a threshold given as TOML.
fn judged(measure: &str, holds: &str) -> ClaimFinding {
    let text = format!(
        r#"{OPENING}{SCENARIO}
[[claim]]
id = "claim"
title = "A claim"
statement = "Something was said."
speaker = "Somebody"
said_on = "2024-06-01"
source = "somewhere"
[[claim.part]]
id = "part"
statement = "something holds"
measure = {measure}
{holds}
published = {{ topic = "transit", same = ["saving"], related = ["transit_before"] }}
"#
    );
    match run(&text) {
        Ok(findings) => findings.claims[0].clone(),
        Err(error) => panic!("{:?}", miette::Report::new(error)),
    }
}

fn part(measure: &str, holds: &str) -> PartFinding {
    judged(measure, &format!("holds = {holds}")).parts[0].clone()
}

const SAVING: &str = "{ time_saving = { flows = [\"ore\"], scenario = \"opening\", scope = \"port_to_port\", choose = \"time\" } }";

#[test]
fn a_saving_is_measured_against_every_baseline() {
    let part = part(SAVING, "{ at_least = 0.8, unit = \"d\" }");
    let central: Vec<f64> = part
        .by_baseline
        .iter()
        .map(|b| (b.figure.as_ref().unwrap().central * 24.0).round())
        .collect();
    // 220 h by the new service, against 240 h, 289 h and 435 h.
    assert_eq!(central, [20.0, 69.0, 215.0]);
    assert_eq!(part.runs, 120);
    // At 18 kn the new service takes 244 h, longer than the old direct one.
    assert_eq!(part.verdict, Verdict::SupportedOnlyIf, "{part:?}");
    assert!(part.condition.unwrap().contains("direct services"));
    assert_eq!(part.by_baseline[1].share_holding, Some(1.0));
    assert_eq!(part.by_baseline[0].quantiles.len(), 21);
}

#[test]
fn the_tornado_names_what_decides_and_the_inversion_solves_it() {
    let part = part(SAVING, "{ at_least = 1, unit = \"d\" }");
    assert_eq!(part.tornado[0].assumption, "baseline");
    let bar = &part.tornado[1];
    assert_eq!(bar.assumption, "services/new-direct/service_speed_kn");
    assert_eq!((bar.low, bar.high), (18.0, 22.0));
    let inversion = part
        .inversions
        .iter()
        .find(|i| i.assumption == bar.assumption)
        .expect("the speed is solved for");
    assert_eq!(inversion.baseline, bar.baseline);
    // One day less than the baseline of the bar: 240, 289 or 435 h minus 24 h.
    let before = [("direct", 240.0), ("loop", 289.0), ("hub", 435.0)]
        .iter()
        .find(|(id, _)| *id == bar.baseline)
        .unwrap()
        .1;
    let expected = 4400.0 / (before - 24.0);
    assert!(
        (inversion.value.unwrap() - expected).abs() < 1e-3,
        "{inversion:?} {expected}"
    );
}

#[test]
fn thresholds_make_verdicts_by_share_of_runs() {
    assert_eq!(
        part(SAVING, "{ at_least = -1, unit = \"d\" }").verdict,
        Verdict::Supported
    );
    assert_eq!(
        part(SAVING, "{ at_least = 30, unit = \"d\" }").verdict,
        Verdict::NotSupported
    );
    let about = part(SAVING, "{ about = 9, unit = \"d\" }");
    let threshold = about.threshold.unwrap();
    assert_eq!(
        (threshold.at_least, threshold.at_most),
        (Some(7.65), Some(10.35))
    );
    assert_eq!(about.verdict, Verdict::SupportedOnlyIf);
}

#[test]
fn up_to_is_judged_on_the_upper_end() {
    // Against the hub the saving runs up to 435 − 200 h = 9.8 d; its P95 passes 9.5 d.
    let reached = part(SAVING, "{ up_to = 9.4, unit = \"d\" }");
    assert_eq!(reached.verdict, Verdict::SupportedOnlyIf, "{reached:?}");
    assert!(reached.share_holding.unwrap() < 0.34);
    assert_eq!(
        part(SAVING, "{ up_to = 10, unit = \"d\" }").verdict,
        Verdict::NotSupported
    );
    assert_eq!(
        part(SAVING, "{ up_to = 1, unit = \"d\" }").verdict,
        Verdict::Supported
    );
}

#[test]
fn published_figures_stand_beside_ours() {
    let part = part(SAVING, "{ at_least = 0, unit = \"d\" }");
    let agrees: Vec<Option<bool>> = part.published.iter().map(|p| p.agrees).collect();
    // 1 d lies in our range; 8–12 d touches its end; the level before is another quantity.
    assert_eq!(agrees, [Some(true), Some(true), None]);
}

#[test]
fn a_port_is_compared_with_the_best_without_it() {
    let part = part(
        "{ port_advantage = { flow = \"ore\", scenario = \"opening\", port = \"AANEW\" } }",
        "{ at_least = 0, unit = \"USD/TEU\" }",
    );
    let direct = part.by_baseline[0].figure.as_ref().unwrap();
    // 1,840 USD + 430 h × 10 USD by the old port, 1,380 USD + 388 h × 10 USD by the new one.
    assert!(
        (direct.central - (6140.0 - 5260.0)).abs() < 1e-6,
        "{direct:?}"
    );
    assert_eq!(part.verdict, Verdict::Supported);
    assert_eq!(part.evidence[0].rows[0][0], "New Port");
}

#[test]
fn trade_shares_read_every_figure_that_counts() {
    let part = part(
        "{ trade_share = { reporter = \"AA\", flow = \"export\", partner = \"CC\", commodities = [\"total\"] } }",
        "{ about = 30, unit = \"%\" }",
    );
    // 30 % as published for 2022, 320 of 1,000 for 2023; 5 % of 2009 is too old.
    let figure = part.figure.unwrap();
    assert_eq!((figure.p5, figure.p95), (30.0, 32.0));
    assert_eq!(part.verdict, Verdict::Supported);
    assert!(
        part.evidence[0]
            .rows
            .iter()
            .any(|row| row[3] == "older than 5 years")
    );
}

#[test]
fn trade_ratios_compare_partners_in_the_same_year() {
    let part = part(
        "{ trade_ratio = { reporter = \"AA\", flow = \"export\", partner = \"CC\", rival = \"DD\", commodity = \"total\" } }",
        "{ at_least = 2, unit = \"times\" }",
    );
    assert_eq!(part.figure.unwrap().central, 3.2);
    assert_eq!(part.verdict, Verdict::Supported);
}

#[test]
fn figures_too_old_are_not_checkable() {
    let claim = judged(
        "{ trade_share = { reporter = \"AA\", flow = \"fdi_stock\", partner = \"CC\", commodities = [\"total\"] } }",
        "holds = { about = 25, unit = \"%\" }",
    );
    assert_eq!(claim.verdict, Verdict::NotCheckable);
    assert!(
        claim.because.contains("none from the years that count"),
        "{}",
        claim.because
    );
}

#[test]
fn operators_depend_on_how_the_country_is_read() {
    let measure = "{ operator_share = { places = [{ title = \"the hub\", ends = [[\"BBHUB\"]] }], countries = [[\"CC\"]], weights = [\"count\", \"capacity\", \"largest\"] } }";
    let part = part(measure, "{ at_least = 60, unit = \"%\" }");
    let readings = part.evidence.last().unwrap();
    let figures: Vec<&str> = readings.rows.iter().map(|row| row[1].as_str()).collect();
    // One of two terminals, two of three million TEU, the larger one.
    assert_eq!(figures, ["50", "66.7", "100"]);
    assert_eq!(part.verdict, Verdict::SupportedOnlyIf);
    assert!(
        part.condition
            .unwrap()
            .contains("not if read as: the hub, CC, each terminal counts one")
    );
}

#[test]
fn ships_fit_by_dimension_and_by_stated_size() {
    let largest = part(
        "{ largest_ship = { port = \"AANEW\" } }",
        "{ at_least = 24000, unit = \"TEU\" }",
    );
    // The giant's 16.5 m at 80–100 % on arrival passes 16 m in most runs.
    assert_eq!(largest.figure.as_ref().unwrap().central, 24_000.0);
    assert!(largest.share_holding.unwrap() > 0.9);
    let alone = part(
        "{ rival_ports = { port = \"AANEW\", vessel = \"giant\", countries = [\"AA\", \"BB\"] } }",
        "{ at_most = 0, unit = \"ports\" }",
    );
    assert_eq!(alone.verdict, Verdict::Supported);
    assert_eq!(alone.evidence[0].rows.len(), 3);
}

#[test]
fn distances_depend_on_the_way() {
    let part = part(
        "{ distance = { from = \"AANEW\", to = [\"AAOLD\"], paths = [\"great_circle\", \"sea\", \"land\"] } }",
        "{ about = 500, unit = \"km\" }",
    );
    let rows: Vec<&str> = part.evidence[0]
        .rows
        .iter()
        .map(|row| row[1].as_str())
        .collect();
    // √(4² + 2²)° straight, 300 nm by sea, 300 + 630 km by road.
    assert_eq!(rows, ["497", "556", "930"]);
    assert_eq!(part.verdict, Verdict::SupportedOnlyIf);
}

#[test]
fn nearest_share_counts_destinations() {
    let part = part(
        "{ nearest_share = { from = \"AANEW\", rivals = [\"AAOLD\"], to = [\"CCFAR\"] } }",
        "{ at_least = 50, unit = \"%\" }",
    );
    assert_eq!(part.figure.unwrap().central, 100.0);
}

#[test]
fn published_figures_are_read_with_their_range() {
    let part = part(
        "{ published_figure = { subject = \"new-port\", metric = \"cost\" } }",
        "{ about = 1300, unit = \"M USD\" }",
    );
    let figure = part.figure.unwrap();
    assert_eq!(
        (figure.p5, figure.central, figure.p95),
        (1213.0, 1300.0, 1400.0)
    );
    assert_eq!(part.verdict, Verdict::Supported);
}

#[test]
fn a_compound_claim_is_as_weak_as_its_weakest_part() {
    let text = format!(
        r#"{OPENING}{SCENARIO}
[[claim]]
id = "claim"
title = "A claim"
statement = "Two things were said."
speaker = "Somebody"
said_on = "2024-06-01"
source = "somewhere"
[[claim.part]]
id = "cost"
statement = "it cost about 1,300 M USD"
measure = {{ published_figure = {{ subject = "new-port", metric = "cost" }} }}
holds = {{ about = 1300, unit = "M USD" }}
[[claim.part]]
id = "saving"
statement = "it saves a month"
measure = {SAVING}
holds = {{ about = 30, unit = "d" }}
"#
    );
    let claim = run(&text).unwrap().claims[0].clone();
    assert_eq!(claim.parts[0].verdict, Verdict::Supported);
    assert_eq!(claim.verdict, Verdict::NotSupported);
    assert!(
        claim.because.contains("it saves a month: not supported"),
        "{}",
        claim.because
    );
}
