//! The `foreland` command line: reads input, calls the crate `foreland`, shows what it finds.
#![forbid(unsafe_code)]

mod arguments;
mod command;
mod failure;
mod interrupt;
mod outfile;
mod output;
mod progress;
mod sources;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};
use failure::Failure;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    failure::install_hook();
    let done = match &arguments.command {
        // The server listens for Ctrl-C itself, to let requests under way finish.
        Command::Serve(_) => run(&arguments),
        _ => interrupt::listen().and_then(|()| run(&arguments)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let code = failure.code();
            failure.report();
            ExitCode::from(code)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Failure> {
    let atlas = arguments.atlas.as_deref();
    match &arguments.command {
        Command::Run(run) => command::run::run(run, atlas),
        Command::Flows(flows) => command::flows::run(flows, atlas),
        Command::Simulate(simulate) => command::simulate::run(simulate, atlas),
        Command::Sweep(sweep) => command::sweep::run(sweep, atlas),
        Command::Route(route) => command::route::run(route, atlas),
        Command::Matrix(matrix) => command::matrix::run(matrix, atlas),
        Command::Check(check) => command::check::run(check, atlas),
        Command::Depend(depend) => command::depend::run(depend, atlas),
        Command::Serve(serve) => command::serve::run(serve, atlas),
        Command::Atlas(task) => command::atlas::run(task, atlas),
        Command::Completions(completions) => command::completions::run(completions),
    }
}
