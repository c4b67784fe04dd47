//! Why a text names no place.

/// The ways to name a place.
const WAYS: &str =
    "give a UN/LOCODE (PECLL), a port's name (Callao), or coordinates (lon=-77.3,lat=-11.6)";

/// Why a text is not a place.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PlaceError {
    /// Nothing was given.
    #[error("no place is given")]
    Empty,
    /// The text is longer than any name.
    #[error("a text of {characters} characters is no place")]
    TooLong {
        /// Its length.
        characters: usize,
    },
    /// No port has that code or name.
    #[error("no port is called `{text}`")]
    Unknown {
        /// What was asked for.
        text: String,
        /// The nearest names, with their codes.
        suggestions: Vec<String>,
    },
    /// Several ports have that name.
    #[error("{} ports are called `{text}`", .candidates.len())]
    Ambiguous {
        /// What was asked for.
        text: String,
        /// All of them, with country and code.
        candidates: Vec<String>,
    },
    /// The coordinates are none.
    #[error("`{text}` is not a position: {why}")]
    Position {
        /// What was given.
        text: String,
        /// What is wrong with it.
        why: String,
        /// What would be right.
        remedy: String,
    },
}

impl PlaceError {
    /// What would be right.
    pub fn remedy(&self) -> String {
        match self {
            PlaceError::Empty | PlaceError::TooLong { .. } => WAYS.to_owned(),
            PlaceError::Unknown { suggestions, .. } if suggestions.is_empty() => WAYS.to_owned(),
            PlaceError::Unknown { suggestions, .. } => {
                format!("did you mean {}?", suggestions.join(", "))
            }
            PlaceError::Ambiguous { candidates, .. } => {
                format!("give the code of one of {}", candidates.join(", "))
            }
            PlaceError::Position { remedy, .. } => remedy.clone(),
        }
    }
}
