//! Disruptions over time: invariants that hold for any study.

use std::path::Path;
use std::sync::OnceLock;

use foreland::findings::SimulationFindings;
use foreland::{Atlas, Error, SimulationRequest, Study, simulate};

/// The atlas of the project; loaded once.
fn atlas() -> &'static Atlas {
    static ATLAS: OnceLock<Atlas> = OnceLock::new();
    ATLAS.get_or_init(|| {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../atlas");
        Atlas::load(&dir).expect("the atlas loads")
    })
}

const HEAD: &str = r#"
title = "A canal"
question = "What does a closure do?"
as_of = "2021-06-01"

[[baseline]]
id = "now"
title = "now"
description = "now"
date = "2021-03-01"

[simulation]
start = "2021-03-01"
count_from = "2021-03-11"
until = "2021-04-29"
replications = 24

[[simulation.station]]
id = "canal"
title = "the canal"
kind = "passage"
target = "passage/suez"
slots = { per_day = [36, 40, 44] }

[[simulation.station]]
id = "port"
title = "the port"
kind = "berths"
servers = 6

[[simulation.flow]]
id = "ships"
title = "ships"
unit = "ships"
per_day = [22, 24, 26]
day_cost = [{ payer = "carrier", usd = 20000 }]

[[simulation.flow.cargo]]
goods = "iron-ore"
t = 50000

[[simulation.flow.visit]]
station = "canal"
before_h = 1

[[simulation.flow.visit]]
station = "port"
stay_h = 4
stay_law = "erlang2"

[[simulation.flow]]
id = "reefers"
title = "reefers"
unit = "ships"
per_day = 3
lot = 1

[[simulation.flow.cargo]]
goods = "blueberries"
t = 1000
decay = { free_d = 2, pct_per_day = 10 }

[[simulation.flow.visit]]
station = "canal"
"#;

fn closure(id: &str, days: u32) -> String {
    let end = 20 + days - 1;
    format!(
        r#"
[[simulation.scenario]]
id = "{id}"
title = "{id}"
description = "The canal is shut for {days} days."

[[simulation.scenario.change]]
close = {{ target = "passage/suez", start = "2021-03-20", end = "2021-03-{end}" }}
"#
    )
}

pub(crate) fn study(text: &str) -> Study {
    Study::parse(Path::new("a/study.toml"), text).expect("a study")
}

pub(crate) fn simulated(text: &str) -> Result<SimulationFindings, Error> {
    let study = study(text);
    let request = SimulationRequest {
        atlas: atlas(),
        study: &study,
        seed: Some(7),
        replications: None,
        until: None,
        checkpoint: None,
        cancel: None,
    };
    simulate(&request, &|_| {}).map(|found| found.expect("the study has a simulation"))
}

#[test]
fn without_a_disruption_everything_is_as_in_the_undisturbed_run() {
    let nothing = "\n[[simulation.scenario]]\nid = \"calm\"\ntitle = \"calm\"\n\
                   description = \"Nothing happens.\"\nchange = []\n";
    let found = simulated(&format!("{HEAD}{nothing}")).expect("it runs");
    let calm = &found.scenarios[0];
    assert_eq!(calm.flows, found.flows);
    for (with, without) in calm.stations.iter().zip(&found.stations) {
        assert_eq!(with.queue, without.queue);
        assert_eq!(with.wait_h, without.wait_h);
        assert_eq!(with.per_day, without.per_day);
    }
    for loss in &calm.losses {
        for figure in [
            &loss.delay_t_d,
            &loss.value_delayed_usd,
            &loss.value_lost_usd,
            &loss.extra_wtw_t,
        ] {
            assert_eq!((figure.mean, figure.p10, figure.p90), (0.0, 0.0, 0.0));
        }
    }
}

#[test]
fn a_longer_closure_never_does_less() {
    let text = format!(
        "{HEAD}{}{}{}",
        closure("short", 2),
        closure("longer", 4),
        closure("longest", 7)
    );
    let found = simulated(&text).expect("it runs");
    let canal = |scenario: usize| &found.scenarios[scenario].stations[0];
    let all = |scenario: usize| found.scenarios[scenario].losses.last().expect("all flows");
    for scenario in 1..3 {
        assert!(canal(scenario).queue_most.mean > canal(scenario - 1).queue_most.mean);
        assert!(all(scenario).delay_t_d.mean > all(scenario - 1).delay_t_d.mean);
        assert!(all(scenario).value_lost_usd.mean > all(scenario - 1).value_lost_usd.mean);
        let gone = |scenario: usize| {
            let recovery = &found.scenarios[scenario].recovery;
            recovery
                .backlog_gone
                .as_ref()
                .expect("the backlog goes")
                .after_d
                .mean
        };
        assert!(gone(scenario) > gone(scenario - 1));
    }
    // Six days at 27 ships a day; the queue grows by what comes.
    let most = canal(2).queue_most.p50;
    assert!((150.0..230.0).contains(&most), "{most}");
}

#[test]
fn the_books_balance_and_nobody_is_lost() {
    let found = simulated(&format!("{HEAD}{}", closure("shut", 4))).expect("it runs");
    assert_eq!(found.certificate.missing, 0);
    assert!(found.certificate.little_residual < 1e-9);
    for flow in &found.scenarios[0].flows {
        let left = flow.finished.mean + flow.gave_up.mean + flow.inside.mean;
        assert!((flow.came.mean - left).abs() < 1e-9, "{flow:?}");
    }
}

#[test]
fn fruit_spoils_and_ore_does_not() {
    let found = simulated(&format!("{HEAD}{}", closure("shut", 6))).expect("it runs");
    let losses = &found.scenarios[0].losses;
    assert_eq!(losses[0].value_lost_usd.p90, 0.0);
    assert!(losses[0].value_delayed_usd.p50 > 0.0);
    assert!(losses[1].value_lost_usd.p50 > 0.0);
    assert!(losses[1].value_lost_usd.p50 < losses[1].value_delayed_usd.p50);
}

#[test]
fn the_same_seed_gives_the_same_findings_for_any_number_of_threads() {
    let text = format!("{HEAD}{}", closure("shut", 3));
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.expect("a pool")
            .install(|| simulated(&text).expect("it runs"))
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn who_turns_away_is_counted_and_pays() {
    let rule = "\n[[simulation.flow.visit.rule]]\nwhen = { expected_over_h = 48 }\n\
                act = { reroute = { extra_h = 240, extra_usd = 100000, payer = \"owner\" } }\n";
    let head = HEAD.replace("before_h = 1\n", &format!("before_h = 1\n{rule}"));
    let found = simulated(&format!("{head}{}", closure("shut", 6))).expect("it runs");
    let flow = &found.scenarios[0].flows[0];
    assert!(flow.rerouted.p50 > 20.0, "{:?}", flow.rerouted);
    let loss = &found.scenarios[0].losses[0];
    let owner = loss
        .extra_cost_usd
        .iter()
        .find(|cost| cost.payer == "owner");
    let usd = &owner.expect("the owner pays").usd;
    assert!((usd.mean - 100_000.0 * flow.rerouted.mean).abs() < 1.0);
}

/// What a study's error says, each with its line.
pub(crate) fn faults(text: &str) -> String {
    match simulated(text) {
        Err(Error::Study(error)) => error
            .faults
            .iter()
            .map(|fault| format!("{}: {}\n", fault.line, fault.message))
            .collect(),
        other => panic!("expected faults, found {other:?}"),
    }
}

#[test]
fn a_station_that_cannot_keep_up_is_refused() {
    let text = HEAD.replace("[22, 24, 26]", "[22, 38, 44]");
    assert!(faults(&text).contains("`canal` gets"), "{}", faults(&text));
    // At most plausible values it keeps up, in some draws it does not: that is told too.
    let text = HEAD.replace("[22, 24, 26]", "[22, 30, 44]");
    let error = simulated(&text)
        .expect_err("some draws are too much")
        .to_string();
    assert!(
        error.contains("replication") && error.contains("ρ"),
        "{error}"
    );
}

#[test]
fn dates_outside_and_changes_of_nothing_are_refused() {
    let late = closure("late", 4).replace("2021-03-20", "2021-05-20");
    let told = faults(&format!(
        "{HEAD}{}",
        late.replace("2021-03-23", "2021-05-23")
    ));
    assert!(told.contains("the simulation goes from"), "{told}");
    let elsewhere = closure("elsewhere", 4).replace("passage/suez", "passage/panama");
    let told = faults(&format!("{HEAD}{elsewhere}"));
    assert!(told.contains("hits nothing that is simulated"), "{told}");
    let backwards = closure("backwards", 4).replace("2021-03-23", "2021-03-13");
    let told = faults(&format!("{HEAD}{backwards}"));
    assert!(told.contains("before it starts"), "{told}");
}

#[test]
fn negative_times_and_unknown_names_are_refused() {
    let told = faults(&HEAD.replace("stay_h = 4", "stay_h = -4"));
    assert!(told.contains("-4 h is out of range"), "{told}");
    let told = faults(&HEAD.replace("station = \"port\"", "station = \"prot\""));
    assert!(told.contains("no station `prot`"), "{told}");
    let told = faults(&HEAD.replace("goods = \"iron-ore\"", "goods = \"iron-oar\""));
    assert!(told.contains("no commodity `iron-oar`"), "{told}");
    let rotting = HEAD.replace(
        "t = 50000",
        "t = 50000\ndecay = { free_d = 1, pct_per_day = 1 }",
    );
    assert!(faults(&rotting).contains("does not spoil"));
}

#[test]
fn two_closures_at_once_contradict_each_other() {
    let twice = closure("twice", 4)
        + "\n[[simulation.scenario.change]]\nclose = { target = \"passage/suez\", \
           start = \"2021-03-21\", end = \"2021-03-25\" }\n";
    let told = faults(&format!("{HEAD}{twice}"));
    assert!(told.contains("contradicts"), "{told}");
    let apart = closure("apart", 4)
        + "\n[[simulation.scenario.change]]\nclose = { target = \"passage/suez\", \
           start = \"2021-03-26\", end = \"2021-03-27\" }\n";
    assert!(simulated(&format!("{HEAD}{apart}")).is_ok());
}

#[test]
fn a_run_that_was_broken_off_goes_on_with_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = format!("{HEAD}{}", closure("shut", 3));
    let study = study(&text);
    let stop = std::sync::atomic::AtomicBool::new(false);
    let request = |cancel| SimulationRequest {
        atlas: atlas(),
        study: &study,
        seed: Some(7),
        replications: None,
        until: None,
        checkpoint: Some(folder.path().to_owned()),
        cancel,
    };
    let stopping = |progress: foreland::Progress| {
        if progress.done == 9 {
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    };
    let broken_off = simulate(&request(Some(&stop)), &stopping);
    assert!(matches!(broken_off, Err(Error::Cancelled)));
    let whole = simulate(&request(None), &|_| {})
        .expect("it goes on")
        .expect("a simulation");
    assert_eq!(whole, simulated(&text).expect("it runs"));
}
