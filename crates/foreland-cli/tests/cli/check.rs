use std::fs;
use std::path::Path;

use super::{foreland, outcome_of, root};

fn copy_of_the_atlas(to: &Path) {
    for entry in fs::read_dir(root().join("atlas")).expect("the atlas") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), to.join(entry.file_name())).expect("a copy");
    }
}

fn check(atlas: &Path, extra: &[&str]) -> super::Outcome {
    let mut command = foreland(&["atlas", "check"]);
    outcome_of(command.arg("--atlas").arg(atlas).args(extra))
}

/// Changes one cell of one table.
fn spoil(dir: &Path, table: &str, line: usize, change: impl Fn(&str) -> String) {
    let path = dir.join(table);
    let text = fs::read_to_string(&path).expect("a table");
    let lines: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(i, row)| {
            if i + 1 == line {
                change(row)
            } else {
                row.to_owned()
            }
        })
        .collect();
    fs::write(&path, lines.join("\n") + "\n").expect("a table");
}

#[test]
fn the_committed_atlas_is_in_order() {
    let outcome = check(&root().join("atlas"), &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains(" 0 problems"), "{}", outcome.stdout);
}

#[test]
fn what_is_wrong_is_named_by_file_line_and_column() {
    let dir = tempfile::tempdir().expect("a folder");
    copy_of_the_atlas(dir.path());
    // Swapped degrees, a draught in centimetres, a number that is none.
    spoil(dir.path(), "ports.csv", 2, |row| {
        row.replacen("53.08333,25.46667", "25.46667,153.08333", 1)
    });
    spoil(dir.path(), "vessels.csv", 2, |row| {
        row.replacen(",140,22,8,8.7,", ",140,22,800,8.7,", 1)
    });
    spoil(dir.path(), "fuels.csv", 2, |row| {
        let mut cells: Vec<&str> = row.split(',').collect();
        cells[2] = "NaN";
        cells.join(",")
    });
    let outcome = check(dir.path(), &[]);
    assert_eq!(outcome.code, 2, "{}", outcome.stdout);
    for expected in [
        "ports.csv:2, column lat_deg",
        "vessels.csv:2, column draught_m",
        "fuels.csv:2, column lhv_mj_per_kg",
    ] {
        assert!(
            outcome.stderr.contains(expected),
            "{expected}: {}",
            outcome.stderr
        );
    }
}

#[test]
fn a_header_that_drifted_and_a_table_that_is_missing_are_named() {
    let dir = tempfile::tempdir().expect("a folder");
    copy_of_the_atlas(dir.path());
    spoil(dir.path(), "fuels.csv", 1, |row| {
        row.replacen("name", "title", 1)
    });
    fs::remove_file(dir.path().join("modes.csv")).expect("a table");
    let outcome = check(dir.path(), &["--json"]);
    assert_eq!(outcome.code, 2);
    let value: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    let files: Vec<&str> = value["problems"]
        .as_array()
        .expect("problems")
        .iter()
        .filter_map(|problem| problem["file"].as_str())
        .collect();
    assert!(
        files.contains(&"fuels.csv") && files.contains(&"modes.csv"),
        "{files:?}"
    );
}
