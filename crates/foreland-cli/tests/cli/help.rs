use super::{outcome, printed};

#[test]
fn help_documents_commands_and_exit_codes() {
    insta::assert_snapshot!(printed(&["--help"]));
}

#[test]
fn help_of_route() {
    insta::assert_snapshot!(printed(&["route", "--help"]));
}

#[test]
fn help_of_run_and_matrix() {
    insta::assert_snapshot!(printed(&["run", "-h"]) + &printed(&["matrix", "-h"]));
}

#[test]
fn version_is_that_of_the_package() {
    assert_eq!(
        printed(&["--version"]),
        concat!("foreland ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn completions_name_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        for command in ["run", "route", "matrix", "check", "atlas"] {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
}

#[test]
fn usage_errors_end_with_two() {
    for arguments in [
        &["route"][..],
        &["route", "Callao"],
        &["nonsense"],
        &["run"],
        &["matrix", "--ports", "all"],
        &["route", "Callao", "Shanghai", "--pairs", "p.csv"],
        &["route", "Callao", "Shanghai", "--alternatives", "0"],
        &["route", "Callao", "Shanghai", "--depart", "2024-11-15"],
        &["run", "studies/chancay", "--replications", "0"],
    ] {
        assert_eq!(outcome(arguments).code, 2, "{arguments:?}");
    }
}
