//! `foreland simulate`: what it prints, killed and resumed runs, bad input.
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::{refused, root};

const STUDY: &str = "studies/suez-2021";

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("foreland"));
    command.current_dir(root()).arg("simulate").args(arguments);
    command
}

fn output(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the program starts")
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// The tables and findings of a run, without what names the command.
fn tables(out: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(out.join("tables"))
        .expect("tables")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let bytes = std::fs::read(&file).expect("a file");
            (PathBuf::from(file.file_name().expect("a name")), bytes)
        })
        .collect()
}

#[test]
fn a_killed_run_goes_on_and_ends_with_the_same_bytes() {
    let dir = tempfile::tempdir().expect("a folder");
    let (killed, whole) = (dir.path().join("killed"), dir.path().join("whole"));
    let of = |out: &Path, threads: &str| -> Vec<String> {
        [
            STUDY,
            "--replications",
            "300",
            "--threads",
            threads,
            "--out",
            text(out),
        ]
        .map(str::to_owned)
        .to_vec()
    };
    let arguments = of(&killed, "1");
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut child = command(&arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    // Wait until some replications are kept, and kill it without warning.
    let kept = dir.path().join(".killed.replications");
    let count = || {
        let runs = std::fs::read_dir(&kept).into_iter().flatten().flatten();
        runs.flat_map(|run| std::fs::read_dir(run.path()).into_iter().flatten())
            .count()
    };
    let began = Instant::now();
    while count() < 5 && began.elapsed() < Duration::from_secs(300) {
        if child.try_wait().expect("a status").is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().expect("it is killed");
    child.wait().expect("it ends");
    assert!(
        kept.exists() && !killed.exists(),
        "it was killed too late to show anything"
    );
    assert_eq!(output(&arguments).status.code(), Some(0));
    assert!(!kept.exists(), "what was kept is no longer needed");
    let arguments = of(&whole, "2");
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let shown = output(&arguments);
    assert_eq!(shown.status.code(), Some(0));
    let shown = String::from_utf8(shown.stdout).expect("UTF-8");
    assert!(
        shown.contains("What was observed, beside the simulation"),
        "{shown}"
    );
    assert_eq!(tables(&killed), tables(&whole));
}

#[test]
fn bad_input_is_told_with_exit_code_2() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("out");
    let without = dir.path().join("without");
    std::fs::create_dir(&without).expect("a folder");
    let study = std::fs::read_to_string(root().join(STUDY).join("study.toml")).expect("a study");
    let (head, _) = study.split_once("[simulation]").expect("the section");
    std::fs::write(without.join("study.toml"), head).expect("a study");
    for (arguments, told) in [
        (vec![STUDY, "--until", "2021-02-01"], "--until"),
        (vec![STUDY, "--until", "soon"], "`soon` is no moment"),
        (
            vec![STUDY, "--until", "2021-03-25"],
            "the end is 2021-03-29",
        ),
        (vec![text(&without)], "no section [simulation]"),
    ] {
        let mut all = vec!["simulate"];
        all.extend(arguments);
        all.extend(["--out", text(&out)]);
        let errors = refused(&all, 2);
        assert!(errors.contains(told), "{all:?}: {errors}");
        assert!(!out.exists());
    }
}
