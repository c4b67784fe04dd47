//! Flows of the small world: shares, capacity and conservation worked out by hand, and what must
//! hold for any world.

use foreland::findings::{FlowFindings, LoadBy};
use foreland::{Progress, RunRequest};

use crate::small::{FlatSea, atlas, edited, study};

/// One trade from the mine to the far city: 320 M USD at 2,400 USD/t and 10 t/TEU are 13,333 TEU.
const HEAD: &str = r#"
title = "A new port"
question = "Who ships what which way?"
as_of = "2024-06-02"

[run]
seed = 1

[[baseline]]
id = "day"
title = "the day before"
description = "All services."
date = "2024-05-31"

[[scenario]]
id = "opening"
title = "The new port opens"
description = "Its terminal opens and a direct service starts."

[[scenario.change]]
open = { target = "terminal/new-terminal", start = "2024-06-01" }

[[scenario.change]]
serve = { target = "service/new-direct", start = "2024-06-01" }
"#;

const FLOWS: &str = r#"
[flows]
date = "2024-05-31"
countries = ["AA"]
replications = 12
"#;

fn solved_in(atlas: &foreland::Atlas, text: &str) -> Result<FlowFindings, foreland::Error> {
    let study = study(text);
    let found = foreland::flows::flows(
        &RunRequest {
            atlas,
            study: &study,
            sea: &FlatSea::new(),
            seed: None,
            replications: None,
            command: Vec::new(),
            cancel: None,
        },
        &|_: Progress| {},
    )?;
    Ok(found.expect("the study asks for flows"))
}

fn solved(text: &str) -> FlowFindings {
    match solved_in(&atlas(), text) {
        Ok(flows) => flows,
        Err(error) => panic!("{:?}", miette::Report::new(error)),
    }
}

fn teu(flows: &FlowFindings, world: &str, by: LoadBy, id: &str) -> f64 {
    let here =
        |load: &&foreland::findings::Load| load.world == world && load.by == by && load.id == id;
    flows
        .loads
        .iter()
        .find(here)
        .map_or(0.0, |load| load.teu.central)
}

#[test]
fn the_trade_is_what_value_and_stowage_make_of_it() {
    let flows = solved(&format!("{HEAD}{FLOWS}"));
    let demand = &flows.demands[0].demand;
    assert_eq!(
        (demand.origin.as_str(), demand.destination.as_str()),
        ("AA", "CC")
    );
    assert!((demand.value_usd - 320e6).abs() < 1.0);
    assert!((demand.mass_t - 320e6 / 2400.0).abs() < 1e-6);
    assert!((demand.teu - 320e6 / 24_000.0).abs() < 1e-6);
    // Goods without a commodity and the rest of the world, not listed by partner, are counted.
    let unplaced: Vec<(&str, Option<f64>)> = flows
        .unplaced
        .iter()
        .map(|u| (u.what.as_str(), u.value_musd))
        .collect();
    assert_eq!(
        unplaced,
        [
            ("exports of AA to DD: total", Some(100.0)),
            ("exports of AA with all other partners", Some(580.0)),
        ]
    );
}

/// Conservation: what leaves the mine arrives, by one way or another.
#[test]
fn flows_conserve_demand() {
    let flows = solved(&format!("{HEAD}{FLOWS}"));
    let demand = flows.demands[0].demand.teu;
    for world in ["before", "opening"] {
        let arrived = teu(&flows, world, LoadBy::Port, "CCFAR");
        assert!(
            (arrived - demand).abs() < 1e-6 * demand,
            "{world}: {arrived} of {demand}"
        );
        let left: f64 = ["AAOLD", "AANEW"]
            .iter()
            .map(|port| teu(&flows, world, LoadBy::Port, port))
            .sum();
        assert!(
            (left - demand).abs() < 1e-6 * demand,
            "{world}: {left} of {demand}"
        );
    }
    for world in &flows.worlds {
        let proof = &world.certificate;
        assert!(proof.relative_gap < 1e-5, "{proof:?}");
        assert!(proof.conservation_residual < 1e-9, "{proof:?}");
        assert!(proof.capacity_residual < 1e-5, "{proof:?}");
        assert!(proof.worst_sample < 1e-5, "{proof:?}");
    }
}

/// The new port saves 150 km of road, a border and 400 nm: it takes more than half.
#[test]
fn the_new_port_takes_what_its_cost_gives_it() {
    let flows = solved(&format!("{HEAD}{FLOWS}"));
    let before = teu(&flows, "opening", LoadBy::Port, "AAOLD");
    let new = teu(&flows, "opening", LoadBy::Port, "AANEW");
    assert!(
        new > before,
        "{new} at the new port, {before} at the old one"
    );
    let gain = flows
        .changes
        .iter()
        .find(|c| c.scenario == "opening" && c.port == "AANEW")
        .expect("the new port gains");
    assert!((gain.change.central - new).abs() < 1e-6);
    assert_eq!(gain.before.central, 0.0);
}

#[test]
fn the_empty_scenario_changes_no_flow() {
    let text = format!(
        "{HEAD}{FLOWS}\n[[flows.scenario]]\nid = \"nothing\"\ntitle = \"Nothing\"\ndescription = \"No change.\"\n"
    );
    let flows = solved(&text);
    let of = |world: &str| -> Vec<_> {
        let loads = flows.loads.iter().filter(|load| load.world == world);
        loads
            .map(|l| (l.by, l.id.clone(), l.teu.clone(), l.value_musd.clone()))
            .collect()
    };
    assert_eq!(of("before"), of("nothing"));
    assert!(
        flows
            .changes
            .iter()
            .all(|change| change.scenario != "nothing")
    );
}

#[test]
fn added_service_never_makes_shippers_worse_off() {
    let flows = solved(&format!("{HEAD}{FLOWS}"));
    let cost = |world: &str| {
        let found = flows.worlds.iter().find(|w| w.id == world);
        &found.expect("the world").generalised_musd
    };
    let (before, after) = (cost("before"), cost("opening"));
    for (before, after) in [
        (before.central, after.central),
        (before.p5, after.p5),
        (before.p50, after.p50),
        (before.p95, after.p95),
    ] {
        assert!(
            after <= before * (1.0 + 1e-9),
            "{after} after, {before} before"
        );
    }
}

/// A trade of ten times the size fills the services; nothing goes beyond them, what is left over
/// stays at home only once all are full, and a further slot has a price.
#[test]
fn full_services_push_cargo_on_and_get_a_price() {
    let dir = edited("trade", |text| {
        text.replace(
            "AA,export,CC,boxes,2023,,320",
            "AA,export,CC,boxes,2023,,3200",
        )
    });
    let large = foreland::Atlas::load(dir.path()).expect("the edited atlas loads");
    let flows = solved_in(&large, &format!("{HEAD}{FLOWS}")).expect("flows");
    let world = &flows.worlds[0];
    assert!(
        world.certificate.capacity_residual < 1e-5,
        "{:?}",
        world.certificate
    );
    assert!(
        world.certificate.relative_gap < 1e-5,
        "{:?}",
        world.certificate
    );
    let full: Vec<_> = flows
        .surcharges
        .iter()
        .filter(|s| s.world == "before" && s.kind == "service")
        .collect();
    assert!(
        !full.is_empty(),
        "133,333 TEU over services of about 50,000 each"
    );
    for surcharge in full {
        let (load, room) = (surcharge.load_teu.central, surcharge.capacity_teu.central);
        assert!(
            load <= room * (1.0 + 1e-5),
            "{}: {load} of {room}",
            surcharge.name
        );
        assert!(
            surcharge.usd_per_teu.central < 0.5 || load >= room * (1.0 - 1e-4),
            "{} has room and a price",
            surcharge.name
        );
    }
}

#[test]
fn a_ban_moves_trade_or_ends_it() {
    let text = format!(
        "{HEAD}{FLOWS}\n[[flows.scenario]]\nid = \"ban\"\ntitle = \"Ban\"\ndescription = \"CC buys nothing.\"\n\
         [[flows.scenario.change]]\nban = {{ origin = \"AA\", destination = \"CC\", start = \"2024-06-01\" }}\n"
    );
    let flows = solved(&text);
    assert_eq!(teu(&flows, "ban", LoadBy::Port, "CCFAR"), 0.0);
    let changes: Vec<(&str, f64)> = flows
        .diverted
        .iter()
        .map(|d| (d.destination.as_str(), d.change_musd.central.round()))
        .collect();
    assert_eq!(changes, [("CC", -320.0), ("not traded", 320.0)]);
}

#[test]
fn barriers_that_make_no_sense_are_told() {
    let text = format!(
        "{HEAD}{FLOWS}\n[[flows.scenario]]\nid = \"odd\"\ntitle = \"Odd\"\ndescription = \"Odd.\"\n\
         [[flows.scenario.change]]\ntariff = {{ origin = \"Aa\", destination = \"CC\", commodity = \"boxen\", rate_pct = [0, 0, 0], start = \"2024-06-01\" }}\n"
    );
    let error = solved_in(&atlas(), &text).expect_err("faults");
    let shown = format!("{:?}", miette::Report::new(error));
    for part in [
        "`Aa` is not a country code",
        "no commodity `boxen`",
        "changes nothing",
    ] {
        assert!(shown.contains(part), "{shown}");
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let text = format!("{HEAD}{FLOWS}");
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let flows = pool.expect("a pool").install(|| solved(&text));
        serde_json::to_string(&flows).expect("JSON")
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn what_the_section_names_must_exist() {
    let text = format!(
        "{HEAD}\n[flows]\ndate = \"2024-05-31\"\ncountries = [\"ZZ\"]\nscenarios = [\"closing\"]\ntransship_at = [\"BBHUP\"]\n\
         [[flows.load]]\nport = \"AAOLD\"\nfact = \"old-port/teu\"\n"
    );
    let error = solved_in(&atlas(), &text).expect_err("faults");
    let shown = format!("{:?}", miette::Report::new(error));
    for part in [
        "names no place in `ZZ`",
        "no scenario `closing`",
        "no port `BBHUP`",
        "no value for `old-port/teu`",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

/// The run of a study shows its flows on the page and in tables.
#[test]
fn a_run_carries_the_flows() {
    let text = format!(
        "{HEAD}{FLOWS}\n[flows.investment]\ntitle = \"The new port\"\nport = \"AANEW\"\nscenario = \"opening\"\ncost = \"new-port/cost\"\n"
    );
    let findings = crate::small::run(&text).expect("findings");
    let flows = findings.flows.as_ref().expect("flows");
    let worth = flows.worth.as_ref().expect("worth");
    // 1,300 M USD against a trade of 13,333 boxes: nobody gets that back.
    assert!(worth.society.npv_musd.p95 < 0.0, "{:?}", worth.society);
    assert_eq!(worth.fan.len(), 31);
    assert!(worth.break_even_teu.central > 1e6);
    let page = foreland::report::html(&findings);
    for part in [
        "Who ships what which way",
        "map-flows-before",
        "What it is worth: The new port",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let dir = tempfile::tempdir().expect("a folder");
    let files = findings.write(&dir.path().join("out")).expect("files");
    assert!(
        files
            .iter()
            .any(|file| file.ends_with("tables/flow_loads.csv"))
    );
}
