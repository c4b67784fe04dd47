use std::fs;
use std::path::Path;

use super::{foreland, outcome_of, refused};

fn run(arguments: &[&str], out: &Path) -> super::Outcome {
    let mut command = foreland(&[&["run"], arguments].concat());
    outcome_of(command.arg("--out").arg(out))
}

#[test]
fn a_study_gives_a_report_and_a_replay_gives_the_same_bytes() {
    let dir = tempfile::tempdir().expect("a folder");
    let (first, second) = (dir.path().join("first"), dir.path().join("second"));
    let outcome = run(&["studies/chancay", "--replications", "3"], &first);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    for heading in ["Claims\n", "What changes", "Best chains\n"] {
        assert!(outcome.stdout.contains(heading), "{}", outcome.stdout);
    }
    for file in [
        "report/index.html",
        "findings.json",
        "manifest.json",
        "geo/routes.geojson",
    ] {
        assert!(first.join(file).is_file(), "{file} is missing");
    }
    let page = fs::read_to_string(first.join("report/index.html")).expect("a page");
    // The claims as data for readers of ClaimReview; nothing that runs.
    let data = page.matches("<script type=\"application/ld+json\"").count();
    assert_eq!(page.matches("<script").count(), data);
    assert!(!page.contains("src="));
    let manifest = first.join("manifest.json");
    let mut command = foreland(&["run", "--replay"]);
    let replayed = outcome_of(command.arg(&manifest).arg("--out").arg(&second));
    assert_eq!(replayed.code, 0, "{}", replayed.stderr);
    assert!(
        replayed.stderr.contains("The same bytes in all"),
        "{}",
        replayed.stderr
    );
    assert_eq!(
        fs::read(&manifest).expect("a manifest"),
        fs::read(second.join("manifest.json")).expect("a manifest")
    );
}

#[test]
fn a_folder_of_other_files_is_left_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("precious.txt"), "mine").expect("a file");
    let outcome = run(&["studies/chancay", "--replications", "1"], dir.path());
    assert_eq!(outcome.code, 2, "{}", outcome.stderr);
    assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 1);
}

/// Runs a study of a text and gives what is said about it.
fn said_of(text: &str) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("study.toml"), text).expect("a study");
    let out = dir.path().join("out");
    let outcome = run(&[dir.path().to_str().expect("a path")], &out);
    assert_eq!(outcome.code, 2, "{}", outcome.stderr);
    assert!(!out.exists(), "nothing is written");
    let folder = dir.path().display().to_string();
    outcome.stderr.replace(&folder, "DIR")
}

#[test]
fn errors_of_a_study_are_shown_with_line_and_caret() {
    insta::assert_snapshot!(said_of("title = \"x\"\nquestion = 3\n"));
}

#[test]
fn a_study_that_is_no_toml_is_refused() {
    let told = said_of("title = \"x\nquestion = \"y\"\n");
    assert!(told.contains("study.toml:1"), "{told}");
}

#[test]
fn flows_are_printed_as_rows_and_a_study_without_them_is_told() {
    let outcome = outcome_of(&mut foreland(&[
        "flows",
        "studies/chancay",
        "--format",
        "csv",
    ]));
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let mut lines = outcome.stdout.lines();
    let head = lines.next().unwrap_or_default();
    assert!(head.starts_with("world,by,id,name,value_musd"), "{head}");
    assert!(lines.any(|line| line.starts_with("opening,port,PECHY,")));
    let dir = tempfile::tempdir().expect("a folder");
    let text = "title = \"x\"\nquestion = \"y\"\nas_of = \"2024-11-15\"\nbaseline = []\n";
    fs::write(dir.path().join("study.toml"), text).expect("a study");
    let told = refused(&["flows", dir.path().to_str().expect("a path")], 2);
    assert!(told.contains("no section [flows]"), "{told}");
}

#[test]
fn a_study_or_a_manifest_that_is_not_there_is_named() {
    let told = refused(&["run", "no-such-study"], 2);
    assert!(told.contains("no-such-study"), "{told}");
    let told = refused(&["run", "--replay", "no-such-manifest.json"], 2);
    assert!(told.contains("no-such-manifest.json"), "{told}");
    let told = refused(&["run", "--replay", "Cargo.toml"], 2);
    assert!(told.contains("this is no manifest"), "{told}");
}
