//! Every kind of disruption that a study may write does over time what it says.

use foreland::findings::{Percentiles, SimulationFindings};

use crate::simulation::{faults, simulated};

const HEAD: &str = r#"
title = "A port"
question = "What do disruptions do?"
as_of = "2024-06-01"

[[baseline]]
id = "now"
title = "now"
description = "now"
date = "2024-03-01"

[simulation]
start = "2024-03-01"
count_from = "2024-03-11"
until = "2024-05-31"
replications = 4

[[simulation.station]]
id = "berths"
title = "berths of a terminal"
kind = "berths"
target = "terminal/callao-sur"
servers = 4

[[simulation.station]]
id = "road"
title = "the road"
kind = "road"
slots = { per_day = 480 }

[[simulation.station]]
id = "border"
title = "the border"
kind = "border"
target = "border/tambo-quemado"
slots = { per_day = 480 }

[[simulation.station]]
id = "canal"
title = "the canal"
kind = "passage"
target = "passage/panama-panamax"
slots = { per_day = 40, every_h = 6 }

[[simulation.flow]]
id = "ships"
title = "ships at the terminal"
unit = "ships"
per_day = 3
target = "service/wsa3-callao"

[[simulation.flow.visit]]
station = "berths"
stay_h = 24

[[simulation.flow]]
id = "trucks"
title = "trucks"
unit = "trucks"
per_day = 360
lot = 10

[[simulation.flow.visit]]
station = "road"

[[simulation.flow]]
id = "crossings"
title = "trucks over the border"
unit = "trucks"
per_day = 360
lot = 10

[[simulation.flow.visit]]
station = "border"

[[simulation.flow]]
id = "transits"
title = "ships through the canal"
unit = "ships"
per_day = 30
draught_m = [10, 12, 15]

[[simulation.flow.visit]]
station = "canal"
stay_h = 10
"#;

/// The head with a scenario of one change.
fn with(change: &str) -> String {
    format!(
        "{HEAD}\n[[simulation.scenario]]\nid = \"it\"\ntitle = \"it\"\ndescription = \"It happens.\"\n\
         [[simulation.scenario.change]]\n{change}\n"
    )
}

fn play(change: &str) -> SimulationFindings {
    simulated(&with(change)).unwrap_or_else(|error| panic!("{change}: {error}"))
}

/// Mean wait for each station, hours more than in the undisturbed run.
fn longer_h(found: &SimulationFindings) -> Vec<f64> {
    let pairs = found.scenarios[0].stations.iter().zip(&found.stations);
    let mean = |wait: &Option<Percentiles>| wait.as_ref().map_or(0.0, |wait| wait.mean);
    pairs
        .map(|(with, without)| mean(&with.wait_h) - mean(&without.wait_h))
        .collect()
}

#[test]
fn what_takes_capacity_away_makes_queues_where_it_hits_and_nowhere_else() {
    let days = "start = \"2024-03-20\", end = \"2024-03-22\"";
    // Which stations a change hits, of berths, road, border and canal.
    let cases = [
        (
            "strike = { target = \"terminal/callao-sur\", D }",
            [1, 0, 0, 0],
        ),
        (
            "strike = { target = \"port/PECLL\", share = 0.5, D }",
            [1, 0, 0, 0],
        ),
        ("strike = { target = \"country/PE\", D }", [1, 0, 0, 0]),
        ("strike = { target = \"sector/road\", D }", [0, 1, 0, 0]),
        (
            "block = { target = \"station/road\", open_hours = [22, 5], D }",
            [0, 1, 0, 0],
        ),
        (
            "block = { target = \"border/tambo-quemado\", D }",
            [0, 0, 1, 0],
        ),
        ("close = { target = \"passage/panama\", D }", [0, 0, 0, 1]),
        ("close = { target = \"port/PECLL\", D }", [1, 0, 0, 0]),
        (
            "cordon = { target = \"port/PECLL\", share = 0.8, D }",
            [1, 0, 0, 0],
        ),
        (
            "lose = { target = \"terminal/callao-sur\", units = 2, D }",
            [1, 0, 0, 0],
        ),
        (
            "ration = { target = \"passage/panama\", slots = [{ from = \"2024-03-20\", per_day = 10 }], end = \"2024-03-22\" }",
            [0, 0, 0, 1],
        ),
        (
            "surge = { target = \"flow/transits\", arrivals = [{ from = \"2024-03-20\", times = 2 }], end = \"2024-03-22\" }",
            [0, 0, 0, 1],
        ),
        (
            "delay = { target = \"port/PECLL\", hours = [24, 24, 24], D }",
            [1, 0, 0, 0],
        ),
        (
            "reassign = { target = \"terminal/callao-sur\", operator = \"another\", operator_countries = [\"PE\"], start = \"2024-03-20\", ramp_up = { from_part = 0.3, days = 20 } }",
            [1, 0, 0, 0],
        ),
    ];
    for (change, hits) in cases {
        let change = change.replace('D', days);
        let found = play(&change);
        for ((more, hit), station) in longer_h(&found).iter().zip(hits).zip(&found.stations) {
            let fine = if hit == 1 { *more > 0.05 } else { *more == 0.0 };
            assert!(fine, "{change}: {} {more}", station.id);
        }
        // The trace is gone by the end of May in all of them.
        let recovery = &found.scenarios[0].recovery;
        let backlog = recovery.backlog_gone.as_ref().expect(&change);
        let regular = recovery.regular_again.as_ref().expect(&change);
        assert!(backlog.after_d.mean > 0.0, "{change}");
        assert_eq!((backlog.reached, regular.reached), (1.0, 1.0), "{change}");
    }
}

fn of_flow(
    found: &SimulationFindings,
    id: &str,
    what: fn(&foreland::findings::FlowFinding) -> &Percentiles,
) -> (f64, f64) {
    let place = found
        .flows
        .iter()
        .position(|flow| flow.id == id)
        .expect("the flow");
    let (calm, it) = (&found.flows[place], &found.scenarios[0].flows[place]);
    (what(calm).mean, what(it).mean)
}

#[test]
fn a_service_that_is_withdrawn_sends_no_more_ships() {
    let found = play("close = { target = \"service/wsa3-callao\", start = \"2024-04-20\" }");
    let (calm, it) = of_flow(&found, "ships", |flow| &flow.came);
    assert!(it < 0.6 * calm && it > 0.4 * calm, "{it} of {calm}");
}

#[test]
fn low_water_keeps_deep_ships_out_until_they_are_lighter() {
    let drought = "ration = { target = \"passage/panama\", draught = [{ from = \"2024-03-20\", m = 13.4 }], end = \"2024-04-30\" }";
    let told = faults(&with(drought));
    assert!(told.contains("that are too deep"), "{told}");
    let rule = |act: &str| {
        let rule = format!(
            "stay_h = 10\n\n[[simulation.flow.visit.rule]]\nwhen = \"too_deep\"\nact = {act}\n"
        );
        with(drought).replace("stay_h = 10\n", &rule)
    };
    let text = rule("{ lighten = { extra_h = 48, extra_usd = 100000, payer = \"owner\" } }");
    let found = simulated(&text).expect("it runs");
    let (calm, it) = of_flow(&found, "transits", |flow| &flow.lightened);
    let (came, _) = of_flow(&found, "transits", |flow| &flow.came);
    // 1.6² / (3 × 5) of a triangle from 10 to 15 m around 12 m are deeper than 13.4 m, in 42 of 82 days.
    let expected = came * 1.6 * 1.6 / 15.0 * 42.0 / 82.0;
    assert_eq!(calm, 0.0);
    assert!(
        (it / expected - 1.0).abs() < 0.15,
        "{it}, expected {expected}"
    );
    let loss = &found.scenarios[0].losses[3];
    let owner = loss
        .extra_cost_usd
        .iter()
        .find(|cost| cost.payer == "owner");
    let paid = owner.expect("the owner pays").usd.mean;
    assert!((paid - 100_000.0 * it).abs() < 1.0);
    // The same ships go round.
    let round = simulated(&rule("{ reroute = { extra_h = 400 } }")).expect("it runs");
    assert_eq!(of_flow(&round, "transits", |flow| &flow.rerouted).1, it);
    // A limit for nothing that has a draught is a slip of the pen.
    let told = faults(&with(drought).replace("draught_m = [10, 12, 15]\n", ""));
    assert!(told.contains("nothing that passes has a draught"), "{told}");
}

#[test]
fn who_was_told_before_decides_as_if_it_had_begun() {
    let hold = "\n[[simulation.flow.visit.rule]]\nwhen = { expected_over_h = 12 }\nact = { hold = { retry_h = 6 } }\n";
    let text = |announced: &str| {
        let strike = format!(
            "strike = {{ target = \"sector/road\", start = \"2024-03-20\", end = \"2024-03-22\"{announced} }}"
        );
        with(&strike).replace(
            "station = \"road\"\n",
            &format!("station = \"road\"\n{hold}"),
        )
    };
    let held = |text: &str| {
        let found = simulated(text).expect("it runs");
        of_flow(&found, "trucks", |flow| &flow.held).1
    };
    let surprised = held(&text(""));
    // A queue has to reach into the strike before anybody minds it, and the road is free until then.
    let told = held(&text(", announced = \"2024-03-19\""));
    assert!((told / surprised - 1.0).abs() < 0.01, "{told} {surprised}");
    // A busy road has a queue that does.
    let busy = |text: String| text.replacen("per_day = 480", "per_day = 365", 1);
    let (surprised, told) = (
        held(&busy(text(""))),
        held(&busy(text(", announced = \"2024-03-19\""))),
    );
    assert!(told > surprised, "{told} told, {surprised} surprised");
    let late = faults(&text(", announced = \"2024-03-21\""));
    assert!(late.contains("after it starts"), "{late}");
}

#[test]
fn patience_differs_from_ship_to_ship() {
    let close =
        "close = { target = \"passage/panama\", start = \"2024-03-20\", end = \"2024-03-25\" }";
    let rerouted = |own: &str| {
        let rule = format!(
            "stay_h = 10\n\n[[simulation.flow.visit.rule]]\nwhen = {{ expected_over_h = [24, 48, 140] }}\n\
             act = {{ reroute = {{ extra_h = 240 }} }}\n{own}"
        );
        let found = simulated(&with(close).replace("stay_h = 10\n", &rule)).expect("it runs");
        found.scenarios[0].flows[3].rerouted.clone()
    };
    let (alike, apart) = (rerouted(""), rerouted("each_its_own = true\n"));
    // One patience for all makes runs differ, a patience of each does so much less.
    let width = |found: &Percentiles| found.p90 - found.p10;
    assert!(width(&apart) < 0.5 * width(&alike), "{apart:?} {alike:?}");
}
