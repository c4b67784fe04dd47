//! The command line as it is used: arguments in, text and exit codes out.

mod bad_input;
mod check;
mod depend;
mod files;
mod formats;
mod help;
mod import;
mod matrix;
mod pairs;
mod route;
mod serve;
mod simulate;
mod stop;
mod study;
mod sweep;

use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// The repository's root, where the atlas and the studies are.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The program in the repository's root, on no terminal.
fn foreland(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("foreland").expect("the program is built");
    command
        .current_dir(root())
        .env_remove("FORELAND_ATLAS")
        .env("NO_COLOR", "1")
        .args(arguments);
    command
}

/// What a command printed and how it ended.
struct Outcome {
    code: i32,
    stdout: String,
    stderr: String,
}

fn outcome(arguments: &[&str]) -> Outcome {
    outcome_of(&mut foreland(arguments))
}

fn outcome_of(command: &mut Command) -> Outcome {
    let output = command.output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    let outcome = Outcome {
        code: output.status.code().expect("the program ends by itself"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    };
    for text in [&outcome.stdout, &outcome.stderr] {
        assert!(
            !text.contains('\u{1b}'),
            "no colours away from a terminal: {text}"
        );
        assert!(!text.contains("panicked"), "{text}");
    }
    outcome
}

/// Standard output of a command that has to succeed.
fn printed(arguments: &[&str]) -> String {
    let outcome = outcome(arguments);
    assert_eq!(outcome.code, 0, "{arguments:?}: {}", outcome.stderr);
    outcome.stdout
}

/// What a command says that has to fail with a code and print nothing.
fn refused(arguments: &[&str], code: i32) -> String {
    let outcome = outcome(arguments);
    assert_eq!(outcome.code, code, "{arguments:?}: {}", outcome.stderr);
    assert_eq!(outcome.stdout, "", "{arguments:?} printed something");
    outcome.stderr
}

/// A text with every number replaced, so that snapshots hold words and layout.
fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_ascii_digit() {
            out.push(c);
            continue;
        }
        while let Some(next) = chars.next_if(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
            // A full stop or comma that ends a sentence is no part of the number.
            if !next.is_ascii_digit() && !chars.peek().is_some_and(char::is_ascii_digit) {
                out.push('#');
                out.push(next);
                break;
            }
        }
        if !out.ends_with(['#', '.', ',']) || out.ends_with(' ') {
            out.push('#');
        }
    }
    out.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n")
}
