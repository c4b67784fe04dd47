//! Sweeps from the command line: planned, parted, killed and resumed.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::{outcome, printed, root};

const SWEEP: [&str; 8] = [
    "sweep",
    "studies/chancay",
    "--design",
    "latin-hypercube",
    "--runs",
    "64",
    "--partition-size",
    "8",
];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    SWEEP.iter().copied().chain(more.iter().copied()).collect()
}

fn bytes(dir: &Path, name: &str) -> Vec<u8> {
    std::fs::read(dir.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn parts(dir: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(dir.join("runs")) else {
        return 0;
    };
    let names = entries.flatten().map(|entry| entry.file_name());
    names
        .filter(|name| name.to_string_lossy().starts_with("part="))
        .count()
}

#[test]
fn a_sweep_that_is_killed_goes_on_and_gives_the_same_bytes() {
    let (killed, parted) = (tempfile::tempdir(), tempfile::tempdir());
    let (killed, parted) = (killed.expect("a folder"), parted.expect("a folder"));
    let (killed, parted) = (killed.path(), parted.path());
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("foreland"))
        .current_dir(root())
        .args(SWEEP)
        .arg("--out")
        .arg(killed)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let began = Instant::now();
    while parts(killed) == 0 && began.elapsed() < Duration::from_secs(300) {
        std::thread::sleep(Duration::from_millis(2));
    }
    // SIGKILL: it has no chance to clean up.
    child.kill().expect("it is killed");
    child.wait().expect("it ends");
    let done = parts(killed);
    assert!(done > 0 && !killed.join("sweep.json").exists(), "{done}");
    let resumed = outcome(&with(&["--out", &killed.display().to_string()]));
    assert_eq!(resumed.code, 0, "{}", resumed.stderr);
    assert!(
        resumed.stderr.contains(&format!("{done} kept")),
        "{}",
        resumed.stderr
    );
    assert!(resumed.stderr.contains("predicted"), "{}", resumed.stderr);

    let out = parted.display().to_string();
    for range in ["5..8", "0..5"] {
        let worker = outcome(&with(&["--out", &out, "--partitions", range]));
        assert_eq!(worker.code, 0, "{}", worker.stderr);
    }
    let shown = printed(&["sweep", "--summary", &out]);
    assert_eq!(shown, resumed.stdout);
    for name in [
        "plan.json",
        "sweep.json",
        "indices.csv",
        "claims.csv",
        "convergence.csv",
    ] {
        assert!(bytes(killed, name) == bytes(parted, name), "{name} differs");
    }
    for part in 0..8 {
        let name = format!("runs/part={part:05}/runs.parquet");
        assert!(
            bytes(killed, &name) == bytes(parted, &name),
            "{name} differs"
        );
    }
}

#[test]
fn a_design_that_cannot_be_is_refused_with_what_can() {
    let few = outcome(&["sweep", "studies/chancay", "--runs", "100", "--plan"]);
    assert_eq!(few.code, 2);
    assert!(few.stderr.contains("give at least"), "{}", few.stderr);
    let wide = outcome(&["sweep", "studies/chancay", "--partitions", "5..5"]);
    assert_eq!(wide.code, 2);
    assert!(wide.stderr.contains("5 is not below 5"), "{}", wide.stderr);
}
