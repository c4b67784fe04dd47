//! Where entities come from.

use serde::{Deserialize, Serialize};

use crate::distribution::Distribution;
use crate::time::Hours;

/// A stream of like entities: a trade's ships, a liner service, the trucks of a region.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name, unique among sources. The luck of its entities hangs on it: a source keeps its luck when
    /// others are added or removed.
    pub name: String,
    /// When they come.
    pub arrivals: Arrivals,
    /// Name of the route that they take.
    pub route: String,
    /// Class for stations that serve by priority; 0 is served first.
    #[serde(default)]
    pub priority: u8,
    /// Length over all in metres; 0 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length_m: Option<Distribution>,
    /// Draught in metres; 0 if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draught_m: Option<Distribution>,
    /// Nothing comes before this time.
    #[serde(default)]
    pub from_h: Hours,
    /// Nothing comes from this time on; the horizon if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_h: Option<Hours>,
    /// Most entities; no limit if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<u64>,
}

impl Source {
    /// A source of entities without length, draught or priority.
    #[must_use]
    pub fn new(name: &str, arrivals: Arrivals, route: &str) -> Self {
        Self {
            name: name.into(),
            arrivals,
            route: route.into(),
            priority: 0,
            length_m: None,
            draught_m: None,
            from_h: Hours::new(0.0),
            until_h: None,
            most: None,
        }
    }
}

/// When entities come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Arrivals {
    /// Independently of each other at a steady rate (M in Kendall's notation).
    Poisson {
        /// Mean number in 24 hours.
        per_day: f64,
    },
    /// With independent intervals of one distribution.
    Renewal {
        /// Interval in hours.
        interval_h: Distribution,
    },
    /// Like a liner service: at fixed intervals, each perhaps late.
    Every {
        /// Interval.
        headway_h: Hours,
        /// The first.
        first_h: Hours,
        /// Lateness in hours, independent for each; never late if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        late_h: Option<Distribution>,
    },
    /// At stated times.
    Listed {
        /// Times in rising order.
        times_h: Vec<Hours>,
        /// Lateness in hours, independent for each; never late if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        late_h: Option<Distribution>,
    },
    /// Independently of each other at a rate that changes: hours of the day, seasons, surges.
    Profile {
        /// The rate from each time on, in rising order from 0.
        steps: Vec<RateStep>,
        /// After this time the steps begin again; if absent, the last one stays.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        period_h: Option<Hours>,
    },
}

/// A rate of arrivals from a time on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateStep {
    /// When it begins.
    pub from_h: Hours,
    /// Mean number in 24 hours.
    pub per_day: f64,
}
