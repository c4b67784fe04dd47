//! A model that was checked and made ready to run.

mod check;
mod compile;
mod near;
mod stability;
mod ways;

use crate::distribution::Distribution;
use crate::error::{Fault, ModelError, Problem};
use crate::model::{Model, Pick, Station, Units};

/// A model without faults, ready to run.
#[derive(Clone, Debug)]
pub struct Plan {
    model: Model,
    /// Stages of all routes, one route after the other.
    pub(crate) steps: Vec<Step>,
    /// Route of each step, for messages.
    pub(crate) route_of_step: Vec<u32>,
    pub(crate) sources: Vec<SourcePlan>,
    pub(crate) stations: Vec<StationPlan>,
}

/// What an entity does next, with every name resolved.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Seize(Box<SeizeStep>),
    Hold {
        time_h: Distribution,
        at: Option<u32>,
        /// The station whose changes make it take longer.
        served_by: Option<u32>,
        purpose: u64,
    },
    Release {
        station: u32,
    },
    Choose {
        pick: Pick,
        branches: Vec<BranchStep>,
        purpose: u64,
    },
    Go {
        step: u32,
    },
    Send {
        count: Distribution,
        step: u32,
        carry: Option<(u32, u32)>,
        purpose: u64,
    },
    Leave,
}

#[derive(Clone, Debug)]
pub(crate) struct SeizeStep {
    pub station: u32,
    pub units: Units,
    pub priority: Option<u8>,
    pub too_large: Jump,
    pub queue_at_least: Option<(u32, Jump)>,
    pub draught_m: Option<f64>,
    pub expected_over_h: Option<(Distribution, Jump)>,
    pub patience_h: Option<(Distribution, Jump)>,
    /// Luck of the patience, and of the wait that is thought too long.
    pub purpose: u64,
    pub judging: u64,
    /// The first hold after it on the same route: what shortest first goes by.
    pub work: Option<u32>,
}

/// Where somebody goes who does not wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Jump {
    Leave,
    To(u32),
}

#[derive(Clone, Debug)]
pub(crate) struct BranchStep {
    pub step: u32,
    /// Sum of the weights up to and with this one, as a part of all.
    pub cumulated: f64,
    pub station: Option<u32>,
    pub extra_h: f64,
}

#[derive(Clone, Debug)]
pub(crate) struct SourcePlan {
    pub step: u32,
    pub key: u64,
    pub until_h: f64,
    pub most: u64,
}

#[derive(Clone, Debug)]
pub(crate) struct StationPlan {
    pub key: u64,
    /// Whether somebody asks how long the wait would be, where classes are served one before the other.
    pub by_class: bool,
    /// Whether work here can ever stand still.
    pub can_pause: bool,
    /// Mean time for which a unit is held when nobody waits for anything else, in hours: what the
    /// expected wait begins with.
    pub hold_h: f64,
    /// The most units that it ever has.
    pub most_units: u64,
    /// Work that comes over capacity that is there, ρ, in the long run; none where it depends on
    /// what the entities decide.
    pub load: Option<f64>,
}

impl Plan {
    /// Checks a model.
    ///
    /// # Errors
    ///
    /// Every fault of the model at once: numbers out of range, names that nothing has, calendars that
    /// contradict themselves, dates outside the run, stations held twice or never, circles on which
    /// no time passes, and stations that get more work than they can ever do.
    pub fn new(model: Model) -> Result<Self, ModelError> {
        let mut faults = Vec::new();
        check::check(&model, &mut faults);
        if !faults.is_empty() {
            return Err(ModelError { faults });
        }
        let mut plan = compile::compile(model, &mut faults);
        if faults.is_empty() {
            let ways = ways::explore(&plan, &mut faults);
            stability::assess(&mut plan, &ways, &mut faults);
        }
        match faults.is_empty() {
            true => Ok(plan),
            false => Err(ModelError { faults }),
        }
    }

    /// The model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Place of a station in [`Model::stations`].
    #[must_use]
    pub fn station(&self, name: &str) -> Option<usize> {
        self.model
            .stations
            .iter()
            .position(|station| station.name == name)
    }

    /// Place of a source in [`Model::sources`].
    #[must_use]
    pub fn source(&self, name: &str) -> Option<usize> {
        self.model
            .sources
            .iter()
            .position(|source| source.name == name)
    }

    /// Work that comes to a station over its capacity in the long run (ρ), by the stated rates and
    /// mean times, without dated changes that end. Not known where entities decide by the state of
    /// the queues, or go round for ever.
    #[must_use]
    pub fn load(&self, station: usize) -> Option<f64> {
        self.stations.get(station).and_then(|station| station.load)
    }

    pub(crate) fn station_model(&self, station: u32) -> &Station {
        &self.model.stations[station as usize]
    }

    pub(crate) fn route_name(&self, step: u32) -> &str {
        &self.model.routes[self.route_of_step[step as usize] as usize].name
    }
}

fn fault(place: impl Into<String>, problem: Problem) -> Fault {
    Fault {
        place: place.into(),
        problem,
    }
}
