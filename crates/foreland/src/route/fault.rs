//! What is wrong with a question about routes.

use sealane::RouteError;

use crate::place::PlaceError;

/// Why a question about routes cannot be put to the ocean, or what the ocean refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RouteFault {
    /// A text is no place.
    #[error("{error}")]
    Place {
        /// Which argument: `from`, `to`.
        argument: &'static str,
        /// What is wrong with it.
        error: PlaceError,
    },
    /// A value is wrong.
    #[error("{message}")]
    Argument {
        /// Which argument: `vessel`, `draught`, `avoid`, …
        argument: &'static str,
        /// What is wrong, with the value.
        message: String,
        /// What would be right.
        remedy: String,
    },
    /// The ocean cannot take the question.
    #[error(transparent)]
    Ocean(#[from] RouteError),
}

impl RouteFault {
    pub(super) fn argument(
        argument: &'static str,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        RouteFault::Argument {
            argument,
            message: message.into(),
            remedy: remedy.into(),
        }
    }

    /// The argument that is wrong; none where it is the question as a whole.
    pub fn wrong_argument(&self) -> Option<&'static str> {
        match self {
            RouteFault::Place { argument, .. } | RouteFault::Argument { argument, .. } => {
                Some(argument)
            }
            RouteFault::Ocean(_) => None,
        }
    }

    /// What would be right.
    pub fn remedy(&self) -> String {
        match self {
            RouteFault::Place { error, .. } => error.remedy(),
            RouteFault::Argument { remedy, .. } => remedy.clone(),
            RouteFault::Ocean(error) => remedy(error).to_owned(),
        }
    }
}

/// What would be right instead of what the ocean refused.
pub fn remedy(error: &RouteError) -> &'static str {
    match error {
        RouteError::OnLand { .. } => {
            "give a place at sea, a port, or a point nearer to the water; check that lon and lat \
             are not swapped"
        }
        RouteError::Contradiction(_) => {
            "leave the passage out of `via` or out of `avoid`, or open it with `open`"
        }
        RouteError::Position(_) => "give lon from -180 to 180 and lat from -90 to 90, in degrees",
        RouteError::Inland { .. } | RouteError::NoRoute { .. } => "choose another port",
    }
}
