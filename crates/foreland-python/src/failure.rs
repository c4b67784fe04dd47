//! Errors of the crate as exceptions, with the codes that all faces share.

use foreland::{Error, ErrorCode, Problem};
use pyo3::prelude::*;

/// The exception of a code; its classes are written in Python.
pub(crate) fn raise(py: Python<'_>, code: ErrorCode, detail: &str, remedy: Option<&str>) -> PyErr {
    let made = py
        .import("foreland._errors")
        .and_then(|module| module.call_method1("of", (code.as_str(), detail, remedy)));
    match made {
        Ok(exception) => PyErr::from_value(exception),
        // The package is broken; the reason for that is the better exception.
        Err(broken) => broken,
    }
}

/// The exception of an error.
pub(crate) fn of_error(py: Python<'_>, error: &Error) -> PyErr {
    raise(py, error.code(), &error.detail(), error.remedy())
}

/// The exception of a problem.
pub(crate) fn of_problem(py: Python<'_>, problem: Problem) -> PyErr {
    of_error(py, &Error::Input(problem))
}

/// The exception of tables that cannot be made.
pub(crate) fn of_encoding(py: Python<'_>, what: &str, why: &dyn std::fmt::Display) -> PyErr {
    let error = Error::Encode {
        what: what.to_owned(),
        why: why.to_string(),
    };
    of_error(py, &error)
}
