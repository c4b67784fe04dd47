#![cfg(unix)]

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::root;

#[test]
fn a_stopped_command_leaves_nothing_half_written() {
    let dir = tempfile::tempdir().expect("a folder");
    let out = dir.path().join("m.csv");
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("foreland"))
        .current_dir(root())
        .args(["matrix", "--ports", "all", "--out"])
        .arg(&out)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    // Wait until it has begun to write, so that there is something to clean up.
    let began = Instant::now();
    let part = |dir: &tempfile::TempDir| {
        std::fs::read_dir(dir.path()).is_ok_and(|mut d| d.next().is_some())
    };
    while !part(&dir) && began.elapsed() < Duration::from_secs(300) {
        assert!(
            child.try_wait().expect("a status").is_none(),
            "it ended too early"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    let asked = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(asked.expect("kill runs").success());
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(130));
    assert!(!part(&dir), "something is left behind");
}
