use std::fs;

use super::{foreland, outcome_of};

#[test]
fn an_output_in_no_folder_is_refused() {
    let dir = tempfile::tempdir().expect("a folder");
    for (out, expected) in [
        (
            dir.path().join("no/such/route.json"),
            "its folder does not exist",
        ),
        (dir.path().to_owned(), "the output is a folder"),
    ] {
        let mut command = foreland(&["route", "Callao", "Shanghai", "--json", "--out"]);
        let outcome = outcome_of(command.arg(out));
        assert_eq!(outcome.code, 2);
        assert!(outcome.stderr.contains(expected), "{}", outcome.stderr);
    }
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 0);
}

#[test]
fn without_an_atlas_ports_are_still_known() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut command = foreland(&["route", "Callao", "CNSHA", "--format", "csv"]);
    let outcome = outcome_of(command.current_dir(dir.path()));
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains("PECLL,CNSHA,"));
    let mut command = foreland(&["route", "Callao", "CNSHA", "--vessel", "neopanamax"]);
    let outcome = outcome_of(command.current_dir(dir.path()));
    assert_eq!(outcome.code, 2);
    assert!(
        outcome.stderr.contains("folder of an atlas"),
        "{}",
        outcome.stderr
    );
}
