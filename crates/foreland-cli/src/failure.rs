//! What ends a command early, and the exit code that says so.

use std::io;
use std::path::Path;

use foreland::route::RouteFault;
use foreland::{Error, ErrorClass, Problem};

/// Why a command did not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// An error of the crate `foreland`, or wrong input found here.
    #[error(transparent)]
    Foreland(#[from] Error),
    /// There is no route; what bars it.
    #[error("{0}")]
    NoRoute(String),
    /// A check failed; the details were printed.
    #[error("{0}")]
    Unmet(String),
    /// Several things are wrong in one input.
    #[error("{0}")]
    Inputs(#[from] Inputs),
    /// The standard output cannot be written.
    #[error("cannot write the output: {0}")]
    Output(#[from] io::Error),
    /// Stopped by Ctrl-C.
    #[error("stopped; nothing was written")]
    Stopped,
}

impl From<RouteFault> for Failure {
    fn from(fault: RouteFault) -> Self {
        let remedy = fault.remedy();
        match fault.wrong_argument() {
            Some(end @ ("from" | "to")) => {
                Failure::argument(&end.to_uppercase(), fault.to_string(), remedy)
            }
            Some(name) => Failure::argument(&format!("--{name}"), fault.to_string(), remedy),
            None => Failure::Foreland(Error::Input(Problem::in_file(
                "route",
                fault.to_string(),
                remedy,
            ))),
        }
    }
}

/// Everything that is wrong in one input.
#[derive(Debug, thiserror::Error)]
#[error("{what} has {} problems", .problems.len())]
pub(crate) struct Inputs {
    /// The input.
    what: String,
    /// What is wrong with it.
    problems: Vec<Problem>,
}

impl Failure {
    /// A wrong argument: which, what is wrong, what would be right.
    pub(crate) fn argument(
        name: &str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Failure::Foreland(Error::Input(Problem::in_file(
            format!("argument {name}"),
            message,
            remedy,
        )))
    }

    /// All that is wrong in one input.
    pub(crate) fn inputs(what: impl Into<String>, problems: Vec<Problem>) -> Self {
        match <[Problem; 1]>::try_from(problems) {
            Ok([problem]) => Failure::Foreland(Error::Input(problem)),
            Err(problems) => Failure::Inputs(Inputs {
                what: what.into(),
                problems,
            }),
        }
    }

    /// A file that cannot be read or written.
    pub(crate) fn io(action: &'static str, path: &Path, cause: io::Error) -> Self {
        Failure::Foreland(Error::Io {
            action,
            path: path.to_owned(),
            cause,
        })
    }

    /// The exit code, as `foreland --help` lists them.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Failure::Foreland(Error::Cancelled) | Failure::Stopped => 130,
            Failure::Foreland(error) => match error.class() {
                ErrorClass::Input => 2,
                ErrorClass::Internal => 1,
            },
            Failure::Inputs(_) => 2,
            Failure::NoRoute(_) => 3,
            // A reader that has seen enough is no failure.
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => 0,
            Failure::Unmet(_) | Failure::Output(_) => 1,
        }
    }

    /// Says on the standard error what went wrong.
    pub(crate) fn report(self) {
        if self.code() == 0 {
            return;
        }
        match self {
            Failure::Foreland(error) => match error {
                Error::Atlas { ref problems, .. } | Error::World { ref problems, .. } => {
                    eprint!("{}", listed(&error.to_string(), problems));
                }
                Error::Input(ref problem) => {
                    eprintln!("error: {problem}\n  help: {}", problem.remedy);
                }
                // A study's errors are drawn with line and caret.
                other => eprint!("{:?}", miette::Report::new(other)),
            },
            Failure::Inputs(ref inputs) => {
                eprint!("{}", listed(&inputs.to_string(), &inputs.problems));
            }
            other => eprintln!("error: {other}"),
        }
    }
}

/// Problems below each other, each with its remedy.
fn listed(head: &str, problems: &[Problem]) -> String {
    let mut text = format!("error: {head}\n");
    for problem in problems {
        text.push_str(&format!("  {problem}\n    help: {}\n", problem.remedy));
    }
    text
}

/// Errors are drawn as wide as the terminal and in colour only on one.
pub(crate) fn install_hook() {
    let on_terminal = io::IsTerminal::is_terminal(&io::stderr());
    // A hook that is set twice stays the first; that is the one wanted.
    let _ = miette::set_hook(Box::new(move |_| {
        Box::new(
            miette::MietteHandlerOpts::new()
                .terminal_links(false)
                .color(on_terminal && crate::terminal::colours_wanted())
                .unicode(true)
                .width(crate::terminal::width(100).clamp(40, 120))
                .build(),
        )
    }));
}
