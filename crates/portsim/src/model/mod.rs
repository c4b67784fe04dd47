//! The model as data: who comes, by which route, and what stands in the way.
//!
//! A [`Model`] is plain data that can be written in Rust, TOML or JSON. [`crate::Plan::new`] checks it
//! as a whole and tells all faults at once.

mod route;
mod source;
mod station;

use serde::{Deserialize, Serialize};

pub use route::{Branch, Carry, Exits, Go, Pick, Route, Seize, Stage, Units};
pub use source::{Arrivals, RateStep, Source};
pub use station::{
    Breakdowns, Change, Discipline, End, Kind, Level, Opening, Quota, Station, Tide, Window, Work,
};

use crate::time::Hours;

/// Everything that is simulated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// When a replication ends.
    pub horizon_h: Hours,
    /// What happens before this time is simulated and not counted: the model starts empty, and its
    /// first days are quieter than the others.
    #[serde(default)]
    pub warm_up_h: Hours,
    /// Distance between the times at which queue lengths are noted, from time 0 on; none if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample_every_h: Option<Hours>,
    /// Where entities come from.
    pub sources: Vec<Source>,
    /// What they queue for.
    pub stations: Vec<Station>,
    /// What they do.
    pub routes: Vec<Route>,
    /// When to give up.
    #[serde(default)]
    pub limits: Limits,
}

impl Model {
    /// A model without anything in it.
    #[must_use]
    pub fn new(horizon_h: Hours) -> Self {
        Self {
            horizon_h,
            warm_up_h: Hours::new(0.0),
            sample_every_h: None,
            sources: Vec::new(),
            stations: Vec::new(),
            routes: Vec::new(),
            limits: Limits::default(),
        }
    }
}

/// When a replication is given up as run wild.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Most events of one replication.
    pub events: u64,
    /// Most entities inside at the same time.
    pub entities: u32,
    /// Most stages passed without any time passing.
    pub stages_at_once: u64,
    /// Run a model in which a station gets more work than it can ever do, instead of refusing it.
    pub allow_unstable: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            events: 1_000_000_000,
            entities: 5_000_000,
            stages_at_once: 10_000_000,
            allow_unstable: false,
        }
    }
}
