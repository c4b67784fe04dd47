//! Time in hours.

use std::fmt;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// A time or a length of time, in hours.
///
/// Times count from the start of the model; what date that is, the caller knows. Any number can be
/// held, so that a whole model can be checked at once: [`crate::Plan::new`] says which are not usable.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hours(f64);

impl Hours {
    /// Hours in a week.
    pub const WEEK: Self = Self(168.0);
    /// Hours in a day.
    pub const DAY: Self = Self(24.0);
    /// Hours in a year of 365 days.
    pub const YEAR: Self = Self(8760.0);

    /// A time of so many hours.
    #[must_use]
    pub const fn new(hours: f64) -> Self {
        Self(hours)
    }

    /// A time of so many days of 24 hours.
    #[must_use]
    pub const fn days(days: f64) -> Self {
        Self(days * 24.0)
    }

    /// The time in hours.
    #[must_use]
    pub const fn hours(self) -> f64 {
        self.0
    }

    /// The time in days of 24 hours.
    #[must_use]
    pub const fn in_days(self) -> f64 {
        self.0 / 24.0
    }
}

impl Add for Hours {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Hours {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} h", self.0)
    }
}
