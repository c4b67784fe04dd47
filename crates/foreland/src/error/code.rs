//! Stable codes of errors, the same in the HTTP API, in Python and in files.

use std::fmt;

use serde::Serialize;

use super::{Error, PlaceError, Problem};

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $text:literal,)+) => {
        /// What kind of error it is. The text of a code never changes its meaning.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $text)] $code,)+
        }

        impl ErrorCode {
            /// Every code.
            pub const ALL: &[ErrorCode] = &[$(ErrorCode::$code,)+];

            /// The code as faces show it: `no_route`.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(ErrorCode::$code => $text,)+
                }
            }
        }
    };
}

codes! {
    /// No way over water, or only passages that are barred.
    NoRoute = "no_route",
    /// No port has that code or name, or the text is no position.
    UnknownPlace = "unknown_place",
    /// Several ports have that name.
    AmbiguousPlace = "ambiguous_place",
    /// A value that was given is wrong.
    BadRequest = "bad_request",
    /// More than is worked on at once.
    TooBig = "too_big",
    /// The study file is wrong.
    BadStudy = "bad_study",
    /// There is no such thing.
    NotFound = "not_found",
    /// A token is needed.
    Unauthorized = "unauthorized",
    /// Too many requests of one client.
    RateLimited = "rate_limited",
    /// Too many requests in all.
    Overloaded = "overloaded",
    /// No format that was asked for can be given.
    NotAcceptable = "not_acceptable",
    /// The format that was sent is not read.
    UnsupportedMediaType = "unsupported_media_type",
    /// Stopped on request.
    Cancelled = "cancelled",
    /// Stopped because it took too long.
    TimedOut = "timed_out",
    /// A file cannot be read or written, or the program is wrong.
    Internal = "internal",
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl ErrorCode {
    /// The code of what the ocean says.
    pub fn of_route(error: &sealane::RouteError) -> ErrorCode {
        match error {
            sealane::RouteError::NoRoute { .. } | sealane::RouteError::Inland { .. } => {
                ErrorCode::NoRoute
            }
            sealane::RouteError::Position(_)
            | sealane::RouteError::OnLand { .. }
            | sealane::RouteError::Contradiction(_) => ErrorCode::BadRequest,
        }
    }
}

impl PlaceError {
    /// The code of the error.
    pub fn code(&self) -> ErrorCode {
        match self {
            PlaceError::Unknown { .. } => ErrorCode::UnknownPlace,
            PlaceError::Ambiguous { .. } => ErrorCode::AmbiguousPlace,
            PlaceError::Empty | PlaceError::TooLong { .. } | PlaceError::Position { .. } => {
                ErrorCode::BadRequest
            }
        }
    }
}

impl Error {
    /// The code of the error.
    pub fn code(&self) -> ErrorCode {
        match self {
            Error::Input(problem) => problem.code,
            Error::Study(_) => ErrorCode::BadStudy,
            Error::Atlas { .. } | Error::World { .. } => ErrorCode::BadRequest,
            Error::Io { .. } if self.class() == super::ErrorClass::Input => ErrorCode::NotFound,
            Error::Io { .. } | Error::Flows(_) | Error::Encode { .. } => ErrorCode::Internal,
            Error::Cancelled => ErrorCode::Cancelled,
        }
    }

    /// The whole error as text: what is wrong and where, a line for each problem.
    pub fn detail(&self) -> String {
        let below = |problems: &mut dyn Iterator<Item = String>| {
            problems.fold(self.to_string(), |text, line| format!("{text}\n  {line}"))
        };
        match self {
            Error::Atlas { problems, .. } | Error::World { problems, .. } => {
                below(&mut problems.iter().map(Problem::to_string))
            }
            Error::Study(study) => below(&mut study.faults.iter().map(ToString::to_string)),
            Error::Io { cause, .. } => format!("{self}: {cause}"),
            Error::Input(_) | Error::Flows(_) | Error::Encode { .. } | Error::Cancelled => {
                self.to_string()
            }
        }
    }

    /// What would be right, where that is known; of several problems the first's.
    pub fn remedy(&self) -> Option<&str> {
        match self {
            Error::Input(problem) => Some(&problem.remedy),
            Error::Atlas { problems, .. } | Error::World { problems, .. } => {
                problems.first().map(|problem| problem.remedy.as_str())
            }
            Error::Study(study) => study.faults.iter().find_map(|f| f.remedy.as_deref()),
            Error::Io { .. } | Error::Flows(_) | Error::Encode { .. } | Error::Cancelled => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::ErrorCode;
    use crate::{Error, Problem, Study};

    #[test]
    fn codes_are_words_that_json_shows_too() {
        for code in ErrorCode::ALL {
            assert!(
                code.as_str()
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b == b'_')
            );
            let json = serde_json::to_value(code).expect("a word");
            assert_eq!(json, code.as_str());
        }
    }

    #[test]
    fn a_study_with_errors_tells_each_with_its_remedy() {
        let error = Study::parse(Path::new("s/study.toml"), "title = 1").expect_err("no study");
        assert_eq!(error.code(), ErrorCode::BadStudy);
        assert!(
            error.detail().contains("s/study.toml:1:"),
            "{}",
            error.detail()
        );
        assert!(error.remedy().is_some());
    }

    #[test]
    fn input_is_a_bad_request_unless_its_problem_says_more() {
        let problem = Problem::in_file("rows", "too many", "send fewer");
        assert_eq!(Error::Input(problem.clone()).code(), ErrorCode::BadRequest);
        let problem = problem.of_kind(ErrorCode::TooBig);
        assert_eq!(Error::Input(problem).code(), ErrorCode::TooBig);
    }

    #[test]
    fn an_absent_file_is_not_found() {
        let error = Study::load(Path::new("no/such/study")).expect_err("absent");
        assert_eq!(error.code(), ErrorCode::NotFound);
    }
}
