//! The example program as somebody runs it.

use std::process::{Command, Output};

use serde_json::Value;

fn queue(arguments: &str) -> Output {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args([
        "run",
        "--quiet",
        "--package",
        "portsim",
        "--example",
        "queue",
        "--",
    ]);
    command
        .args(arguments.split_whitespace())
        .output()
        .expect("cargo runs")
}

fn answer(arguments: &str) -> Value {
    let output = queue(arguments);
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(
        text.lines().count(),
        1,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut found: Value = serde_json::from_str(&text).expect("one JSON object");
    let keys: Vec<&String> = found.as_object().expect("an object").keys().collect();
    assert_eq!(
        keys,
        ["ci95", "events", "peak_mb", "seconds", "wait_over_service"]
    );
    (found["seconds"], found["peak_mb"]) = (Value::Null, Value::Null);
    found
}

#[test]
fn threads_change_nothing_but_the_time() {
    let arguments = "--arrivals E2 --service M --servers 2 --rho 0.7 --customers 20000 --replications 6 --seed 3";
    let one = answer(&format!("{arguments} --threads 1"));
    assert_eq!(one, answer(&format!("{arguments} --threads 3")));
    assert_ne!(one, answer(&arguments.replace("--seed 3", "--seed 4")));
}

#[test]
fn bad_arguments_are_said_and_end_with_code_2() {
    let good = "--arrivals M --service D --servers 2 --rho 0.7 --customers 1000";
    let wrong = [
        ("--rho 0.7", "--rho 1", "unstable"),
        ("--rho 0.7", "--rho 1.5", "unstable"),
        ("--rho 0.7", "--rho NaN", "--rho is `NaN`"),
        ("--rho 0.7", "--rho -1", "--rho is `-1`"),
        ("--servers 2", "--servers 0", "--servers is `0`"),
        ("--servers 2", "--servers two", "--servers is `two`"),
        ("--customers 1000", "--customers 0", "--customers is `0`"),
        ("--customers 1000", "", "--customers is missing"),
        (
            "--arrivals M",
            "--arrivals G",
            "--arrivals is `G`; expected M",
        ),
        ("--service D", "--service e2", "--service is `e2`"),
        ("--service D", "--service", "is not known"),
        (
            "--customers 1000",
            "--customers 1000 --seed x",
            "--seed is `x`",
        ),
        (
            "--customers 1000",
            "--customers 1000 --rho 0.5",
            "given twice",
        ),
        (
            "--customers 1000",
            "--customers 1000 --speed 3",
            "`--speed` is not known",
        ),
    ];
    for (from, to, said) in wrong {
        let output = queue(&good.replace(from, to));
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{to}: {text}");
        assert!(
            text.contains(said) && text.starts_with("error: "),
            "{to}: {text}"
        );
        assert!(output.stdout.is_empty());
    }
}
