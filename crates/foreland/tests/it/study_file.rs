//! Study files: what is read, what bad ones get, and their published schema.

use std::path::{Path, PathBuf};

use crate::small::{OPENING, SCENARIO};
use foreland::{Error, ErrorClass, Study};
use miette::{GraphicalReportHandler, GraphicalTheme};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn rendered(error: &Error) -> String {
    let mut text = String::new();
    GraphicalReportHandler::new_themed(GraphicalTheme::none())
        .with_width(100)
        .render_report(&mut text, error)
        .unwrap();
    text
}

fn parse(text: &str) -> Result<Study, Error> {
    Study::parse(Path::new("study.toml"), text)
}

/// The errors of a study that parses but does not resolve.
fn faults(text: &str) -> Vec<String> {
    match crate::small::run(text) {
        Ok(_) => panic!("the study should be refused"),
        Err(Error::Study(error)) => error.faults.iter().map(ToString::to_string).collect(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn the_published_schemas_are_current() {
    is_current("study.schema.json", &Study::json_schema());
    is_current("findings.schema.json", &foreland::Findings::json_schema());
}

fn is_current(name: &str, schema: &serde_json::Value) {
    let path = root().join("docs/schema").join(name);
    let mut current = serde_json::to_string_pretty(schema).unwrap();
    current.push('\n');
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        published == current,
        "docs/schema/{name} differs from the code: run the tests once with UPDATE_SCHEMAS=1"
    );
}

#[test]
fn an_unknown_field_is_shown_with_line_and_caret() {
    let error = parse(&OPENING.replace("replications", "repetitions")).unwrap_err();
    assert_eq!(error.class(), ErrorClass::Input);
    let text = rendered(&error);
    assert!(
        text.contains("study.toml:8:1: unknown field `repetitions`"),
        "{text}"
    );
    assert!(text.contains("repetitions = 40"), "{text}");
    assert!(text.contains("here"), "{text}");
}

#[test]
fn broken_toml_is_shown_with_line() {
    let error = parse("title = \"a\"\nquestion = \n").unwrap_err();
    assert!(
        rendered(&error).contains("study.toml:2:12"),
        "{}",
        rendered(&error)
    );
}

#[test]
fn a_date_that_is_none_is_refused() {
    let error = parse(&OPENING.replacen("2024-06-02", "2024-13-02", 1)).unwrap_err();
    assert!(
        rendered(&error).contains("study.toml:4:"),
        "{}",
        rendered(&error)
    );
}

#[test]
fn an_unknown_kind_of_change_or_measure_is_refused() {
    let error = parse(&format!(
        "{OPENING}{}",
        SCENARIO.replace("serve =", "sail =")
    ))
    .unwrap_err();
    assert!(
        rendered(&error).contains("unknown variant `sail`"),
        "{}",
        rendered(&error)
    );
}

#[test]
fn unknown_names_are_reported_together_with_what_comes_near() {
    let text = OPENING
        .replace("origin = \"mine\"", "origin = \"mined\"")
        .replace("commodity = \"boxes\"", "commodity = \"boxs\"")
        .replacen("kinds = [\"loop\"]", "kinds = [\"lop\"]", 1);
    let found = faults(&text);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found
            .iter()
            .any(|f| f.contains("no service of that day is of kind `lop`"))
    );
    assert!(
        found
            .iter()
            .any(|f| f.contains("the atlas has no place or port `mined`"))
    );
    assert!(
        found
            .iter()
            .any(|f| f.contains("the atlas has no commodity `boxs`"))
    );
}

#[test]
fn doubled_identifiers_are_refused() {
    let found = faults(&OPENING.replace("id = \"loop\"", "id = \"direct\""));
    assert!(
        found[0].contains("baseline `direct` stands twice"),
        "{found:?}"
    );
}

#[test]
fn numbers_out_of_range_are_refused() {
    let found = faults(&OPENING.replace("chains = 3", "chains = 21"));
    assert!(
        found[0].contains("study.toml:9:10: 21 is out of range"),
        "{found:?}"
    );
}

#[test]
fn a_threshold_in_another_unit_is_refused() {
    let claim = r#"
[[claim]]
id = "c"
title = "t"
statement = "s"
speaker = "p"
said_on = "2024-06-01"
source = "s"
[[claim.part]]
id = "p"
statement = "s"
measure = { time_saving = { flows = ["ore"], scenario = "opening", scope = "door_to_door", choose = "time" } }
holds = { about = 24, unit = "h" }
"#;
    let found = faults(&format!("{OPENING}{SCENARIO}{claim}"));
    assert!(
        found[0].contains("the measure is in d, not in h"),
        "{found:?}"
    );
}

#[test]
fn a_study_without_baseline_is_refused() {
    let start = OPENING.find("[[baseline]]").unwrap();
    let text = OPENING[..start].replacen("title", "baseline = []\ntitle", 1);
    let found = faults(&text);
    assert!(found[0].contains("the study has no baseline"), "{found:?}");
}

#[test]
fn an_oversized_study_is_not_read() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("study.toml"), "#".repeat(1024 * 1024 + 1)).unwrap();
    let error = Study::load(dir.path()).unwrap_err();
    assert!(
        error.to_string().contains("at most 1048576 are read"),
        "{error}"
    );
}

#[test]
fn an_absent_study_is_the_callers_slip() {
    let error = Study::load(Path::new("nowhere/study.toml")).unwrap_err();
    assert_eq!(error.class(), ErrorClass::Input);
}

#[test]
fn a_study_in_another_encoding_is_refused_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(
        dir.path().join("study.toml"),
        b"title = \"a\"\nquestion = \"\xff\"\n",
    )
    .unwrap();
    let error = Study::load(dir.path()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains(":2: the file is not valid UTF-8"),
        "{error}"
    );
}

#[test]
fn the_chancay_study_parses() {
    let study = Study::load(&root().join("studies/chancay")).unwrap();
    assert_eq!(study.id, "chancay");
    assert_eq!(study.spec.claim.len(), 9);
}
