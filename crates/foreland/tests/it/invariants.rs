//! What must hold whatever the numbers are.

use crate::small::{FlatSea, OPENING, SCENARIO, edited, run, study};
use foreland::findings::{DifferenceQuantity, Findings};
use foreland::{Atlas, Progress, RunRequest};
use proptest::prelude::*;

fn run_with(atlas: &Atlas, text: &str) -> Findings {
    let study = study(text);
    let request = RunRequest {
        atlas,
        study: &study,
        sea: &FlatSea::new(),
        seed: Some(3),
        replications: Some(16),
        command: Vec::new(),
        cancel: None,
    };
    foreland::run(&request, &|_: Progress| {}).unwrap()
}

/// The whole findings as bytes, on a pool of so many threads.
fn bytes(threads: usize) -> Vec<u8> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    let findings = pool.install(|| run(&format!("{OPENING}{SCENARIO}{CLAIM}")).unwrap());
    serde_json::to_vec(&findings).unwrap()
}

const CLAIM: &str = r#"
[[claim]]
id = "claim"
title = "t"
statement = "s"
speaker = "p"
said_on = "2024-06-01"
source = "s"
[[claim.part]]
id = "part"
statement = "s"
measure = { time_saving = { flows = ["ore"], scenario = "opening", scope = "door_to_door", choose = "generalised_cost" } }
holds = { about = 2, unit = "d" }
"#;

#[test]
fn one_thread_and_many_give_the_same_bytes() {
    let one = bytes(1);
    assert_eq!(one, bytes(2));
    assert_eq!(one, bytes(5));
}

#[test]
fn another_seed_gives_other_samples_and_the_same_central_figures() {
    let text = format!("{OPENING}{SCENARIO}");
    let first = run(&text).unwrap();
    let second = run(&text.replace("seed = 1", "seed = 2")).unwrap();
    let time = |f: &Findings| {
        let found = f
            .differences
            .iter()
            .find(|d| d.quantity == DifferenceQuantity::TransitTime);
        found.unwrap().change.clone()
    };
    assert_eq!(time(&first).central, time(&second).central);
    assert_ne!(time(&first).p50, time(&second).p50);
}

#[test]
fn the_empty_scenario_changes_nothing_at_all() {
    let text = format!(
        "{OPENING}\n[[scenario]]\nid = \"nothing\"\ntitle = \"Nothing\"\ndescription = \"Nothing happens.\"\n"
    );
    let findings = run(&text).unwrap();
    assert_eq!(findings.differences.len(), 18);
    for difference in &findings.differences {
        assert_eq!(difference.before, difference.after);
        let change = &difference.change;
        assert_eq!((change.central, change.p5, change.p95), (0.0, 0.0, 0.0));
        assert_eq!(difference.share_lower, 0.0);
    }
    for pair in findings.journeys.chunks(2) {
        let ids = |chains: &[foreland::findings::Chain]| -> Vec<String> {
            chains.iter().map(|c| c.label.clone()).collect()
        };
        assert_eq!(ids(&pair[0].chains), ids(&pair[1].chains));
    }
}

#[test]
fn no_figure_is_infinite_or_missing() {
    let findings = run(&format!("{OPENING}{SCENARIO}{CLAIM}")).unwrap();
    let text = serde_json::to_string(&findings).unwrap();
    // serde_json writes what is not finite as null, which a figure never is.
    let back: Findings = serde_json::from_str(&text).unwrap();
    assert_eq!(back, findings);
}

#[test]
fn a_closed_passage_is_never_used() {
    let text = format!(
        "{OPENING}\n[[scenario]]\nid = \"shut\"\ntitle = \"Shut\"\ndescription = \"The Cut closes.\"\n\
         [[scenario.change]]\nclose = {{ target = \"passage/cut\", start = \"2024-06-01\" }}\n"
    );
    let findings = run(&text).unwrap();
    for journey in findings
        .journeys
        .iter()
        .filter(|j| j.world.ends_with("+shut"))
    {
        assert!(
            journey.chains.iter().all(|c| c.passages.is_empty()),
            "{journey:?}"
        );
    }
    let hub = findings
        .journeys
        .iter()
        .find(|j| j.world == "hub+shut")
        .unwrap();
    assert!(
        hub.no_chain
            .as_ref()
            .unwrap()
            .contains("no service or ship connects")
    );
    assert!(
        findings
            .warnings
            .iter()
            .any(|w| w.code == "dropped_service" && w.subject == "old-loop")
    );
    assert!(findings.warnings.iter().any(|w| w.code == "no_chain"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// However slow, rare and dear an added service is, nobody is worse off.
    #[test]
    fn an_added_service_never_hurts(
        headway_h in 12.0f64..2000.0,
        speed_kn in 10.0f64..24.0,
        stay_h in 0.0f64..200.0,
    ) {
        let dir = edited("services", |text| {
            text.replace(
                "new-direct,New Direct,Far Line,direct,168,168,168,4,thousand,18,20,22",
                &format!(
                    "new-direct,New Direct,Far Line,direct,{headway_h},{headway_h},{headway_h},4,thousand,{speed_kn},{speed_kn},{speed_kn}"
                ),
            )
        });
        let calls = dir.path().join("service-calls.csv");
        let text = std::fs::read_to_string(&calls).unwrap();
        let text = text.replace("AANEW,24,24,24", &format!("AANEW,{stay_h},{stay_h},{stay_h}"));
        std::fs::write(&calls, text).unwrap();
        let atlas = Atlas::load(dir.path()).unwrap();
        let findings = run_with(&atlas, &format!("{OPENING}{SCENARIO}"));
        for difference in &findings.differences {
            if difference.quantity == DifferenceQuantity::GeneralisedCost {
                prop_assert!(difference.change.central <= 1e-9, "{difference:?}");
                prop_assert!(difference.change.p95 <= 1e-9, "{difference:?}");
            }
        }
    }

    /// Costs do not fall when something becomes slower or dearer.
    #[test]
    fn a_delay_never_helps(hours in 1.0f64..500.0, factor in 1.01f64..5.0) {
        let text = format!(
            "{OPENING}\n[[scenario]]\nid = \"worse\"\ntitle = \"Worse\"\ndescription = \"All is worse.\"\n\
             [[scenario.change]]\ndelay = {{ target = \"port/AAOLD\", start = \"2024-06-01\", hours = [{hours}, {hours}, {hours}] }}\n\
             [[scenario.change]]\nreprice = {{ target = \"fuel/oil\", start = \"2024-06-01\", factor = [{factor}, {factor}, {factor}] }}\n"
        );
        let findings = run_with(&crate::small::atlas(), &text);
        for difference in &findings.differences {
            if difference.quantity == DifferenceQuantity::GeneralisedCost {
                prop_assert!(difference.change.p5 >= -1e-9, "{difference:?}");
            }
        }
    }
}
