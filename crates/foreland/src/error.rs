//! What can go wrong, sorted by whose fault it is.

mod code;
mod engine;
mod place;
mod study;

pub use code::ErrorCode;
pub use engine::FlowError;
pub use place::PlaceError;
pub use study::{StudyError, StudyFault, StudyText};

use std::fmt;
use std::path::{Path, PathBuf};

use miette::Diagnostic;
use thiserror::Error;

/// Whether the caller or the program is at fault; faces turn it into an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorClass {
    /// Something in the input can be corrected by the caller (exit code 2).
    Input,
    /// A file cannot be read or written, or the program is wrong (exit code 1).
    Internal,
}

/// Everything that can stop a run.
#[derive(Debug, Error, Diagnostic)]
pub enum Error {
    /// The atlas has problems; all of them are listed.
    #[error("the atlas in {} has {}", dir.display(), count(problems.len(), "problem"))]
    Atlas {
        /// Folder of the atlas.
        dir: PathBuf,
        /// All problems found, in file order.
        #[related]
        problems: Vec<Problem>,
    },
    /// The study file cannot be read as a study.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Study(#[from] Box<StudyError>),
    /// A world cannot be built from the atlas.
    #[error("the world as of {date} has {}", count(problems.len(), "problem"))]
    World {
        /// Date of the world.
        date: jiff::civil::Date,
        /// All problems found.
        #[related]
        problems: Vec<Problem>,
    },
    /// Input other than the atlas or the study is wrong.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Input(#[from] Problem),
    /// A file or folder cannot be read or written.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// What was tried: `read`, `write`, `rename`.
        action: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why it failed.
        #[source]
        cause: std::io::Error,
    },
    /// Flows cannot be solved.
    #[error("the flows cannot be solved: {0}")]
    Flows(#[from] FlowError),
    /// Output cannot be encoded.
    #[error("cannot encode {what}: {why}")]
    Encode {
        /// What was being encoded.
        what: String,
        /// What the encoder said.
        why: String,
    },
    /// The caller asked to stop.
    #[error("stopped on request; nothing was written")]
    Cancelled,
}

impl Error {
    /// For `map_err` on what was tried with a file.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Error {
        let path = path.to_owned();
        move |cause| Error::Io {
            action,
            path,
            cause,
        }
    }

    /// Whose fault it is.
    pub fn class(&self) -> ErrorClass {
        match self {
            Error::Atlas { .. } | Error::Study(_) | Error::World { .. } | Error::Input(_) => {
                ErrorClass::Input
            }
            // A folder that is not there is the caller's slip, a full disk is not.
            Error::Io { action, cause, .. }
                if *action == "read" && cause.kind() == std::io::ErrorKind::NotFound =>
            {
                ErrorClass::Input
            }
            Error::Io { .. } | Error::Flows(_) | Error::Encode { .. } | Error::Cancelled => {
                ErrorClass::Internal
            }
        }
    }
}

/// One thing that is wrong in an input file, with its place and its remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// File name, relative to its folder.
    pub file: String,
    /// Line, from 1.
    pub line: Option<u64>,
    /// Column name.
    pub column: Option<String>,
    /// What is wrong, with the value that is wrong.
    pub message: String,
    /// What would be right.
    pub remedy: String,
    /// What kind of problem it is.
    pub code: ErrorCode,
}

impl Problem {
    /// A problem of a file as a whole.
    pub fn in_file(
        file: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Problem {
            file: file.into(),
            line: None,
            column: None,
            message: message.into(),
            remedy: remedy.into(),
            code: ErrorCode::BadRequest,
        }
    }

    /// The same problem, of another kind than [`ErrorCode::BadRequest`].
    pub fn of_kind(mut self, code: ErrorCode) -> Self {
        self.code = code;
        self
    }

    /// The same problem, placed on a line.
    pub fn on_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The same problem, placed in a column.
    pub fn in_column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {column}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for Problem {}

impl Diagnostic for Problem {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.remedy))
    }
}

/// `1 problem`, `3 problems`.
pub(crate) fn count(n: usize, noun: &str) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {noun}s")
    }
}
