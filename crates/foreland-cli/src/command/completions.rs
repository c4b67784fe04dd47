//! `foreland completions`: what a shell can complete.

use clap::CommandFactory;

use crate::arguments::{Arguments, CompletionsArguments};
use crate::failure::Failure;
use crate::outfile;

/// Prints the completions of a shell.
///
/// # Errors
///
/// [`Failure::Output`] if the standard output cannot be written.
pub(crate) fn run(arguments: &CompletionsArguments) -> Result<(), Failure> {
    let mut text = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Arguments::command(),
        "foreland",
        &mut text,
    );
    outfile::write_or_print(None, &text)
}
