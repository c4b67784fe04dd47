use super::{foreland, outcome_of};

/// An atlas whose ports the ocean does not have: the name is looked up before anything long.
const SMALL: &str = "crates/foreland/tests/data/small-atlas";

#[test]
fn dependence_says_that_it_is_an_estimate_and_a_miss_ends_with_two() {
    let outcome = outcome_of(&mut foreland(&["depend", "Hubland", "--atlas", SMALL]));
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(
        outcome.stdout.contains("Every figure is an estimate"),
        "{}",
        outcome.stdout
    );
    let outcome = outcome_of(&mut foreland(&[
        "depend", "hublant", "--json", "--atlas", SMALL,
    ]));
    assert_eq!(outcome.code, 2);
    assert!(outcome.stdout.is_empty());
    assert!(
        outcome.stderr.contains("did you mean hubland"),
        "{}",
        outcome.stderr
    );
    assert_eq!(outcome_of(&mut foreland(&["depend"])).code, 2);
}

#[test]
fn chokepoints_come_as_table_and_json() {
    let outcome = outcome_of(&mut foreland(&[
        "depend",
        "--chokepoints",
        "--atlas",
        SMALL,
    ]));
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains("The Cut"));
    let mut json = foreland(&["depend", "--chokepoints", "--json", "--atlas", SMALL]);
    let outcome = outcome_of(&mut json);
    let value: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    let basis = value["basis"].as_str().expect("a basis");
    assert!(basis.starts_with("estimate by a gravity model"), "{basis}");
    assert_eq!(value["chokepoints"][0]["id"], "cut");
}

/// A study whose flows pass the small atlas's operators.
const STUDY: &str = r#"
title = "Flows"
question = "Who depends on whom?"
as_of = "2024-06-02"

[[baseline]]
id = "day"
title = "the day"
description = "All services."
date = "2024-05-31"

[flows]
date = "2024-05-31"
countries = ["AA"]
replications = 3
"#;

#[test]
fn dependence_can_be_asked_of_a_studys_flows() {
    let dir = tempfile::tempdir().expect("a folder");
    let study = dir.path().join("study.toml");
    std::fs::write(&study, STUDY).expect("a study");
    let study = study.display().to_string();
    let ask = |name: &str| {
        outcome_of(&mut foreland(&[
            "depend", name, "--study", &study, "--atlas", SMALL,
        ]))
    };
    let found = ask("old line");
    assert_eq!(found.code, 0, "{}", found.stderr);
    assert!(found.stdout.contains("Old Line"), "{}", found.stdout);
    assert!(found.stdout.contains("operator"), "{}", found.stdout);
    let miss = ask("nobody");
    assert_eq!(miss.code, 2);
    assert!(miss.stderr.contains("Old Line"), "{}", miss.stderr);
}
