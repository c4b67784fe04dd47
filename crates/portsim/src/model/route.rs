//! What entities do.

use serde::{Deserialize, Serialize};

use crate::distribution::Distribution;
use crate::time::Hours;

/// A list of stages, done one after the other. At its end the entity gives back what it holds and
/// leaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// Name, unique among routes.
    pub name: String,
    /// What is done.
    pub stages: Vec<Stage>,
}

impl Route {
    /// A route of these stages.
    #[must_use]
    pub fn new(name: &str, stages: Vec<Stage>) -> Self {
        Self {
            name: name.into(),
            stages,
        }
    }
}

/// One thing that an entity does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Stage {
    /// Asks for a part of a station, and waits until it has it.
    Seize(Seize),
    /// Seizes, holds for a time that is the station's work, and releases.
    Serve {
        /// What is asked for.
        seize: Seize,
        /// How long the work takes, in hours.
        time_h: Distribution,
    },
    /// Lets time pass.
    Hold {
        /// How long, in hours.
        time_h: Distribution,
        /// The station whose work this is, if any: when its work stands still, so does this. The
        /// entity must hold a part of it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<String>,
    },
    /// Gives back what is held of a station.
    Release {
        /// The station.
        station: String,
    },
    /// Goes on with one of several routes, for good.
    Choose {
        /// How.
        pick: Pick,
        /// Between what; at least one.
        branches: Vec<Branch>,
    },
    /// Goes on with another route, for good.
    Go {
        /// Its name.
        route: String,
    },
    /// Sends out new entities, such as the lots of a ship's cargo, and goes on.
    Send {
        /// How many; drawn numbers are rounded to whole ones.
        count: Distribution,
        /// The route that they take.
        route: String,
        /// What each takes over of what the sender holds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        carry: Option<Carry>,
    },
}

impl Stage {
    /// One unit of a station for a time.
    #[must_use]
    pub fn serve(station: &str, time_h: Distribution) -> Self {
        Self::Serve {
            seize: Seize::one(station),
            time_h,
        }
    }

    /// One unit of a station until it is released.
    #[must_use]
    pub fn seize(station: &str) -> Self {
        Self::Seize(Seize::one(station))
    }

    /// A time that no station's calendar stops.
    #[must_use]
    pub fn delay(time_h: Distribution) -> Self {
        Self::Hold { time_h, at: None }
    }

    /// A time of a station's work.
    #[must_use]
    pub fn work(station: &str, time_h: Distribution) -> Self {
        Self::Hold {
            time_h,
            at: Some(station.into()),
        }
    }

    /// The giving back of a station.
    #[must_use]
    pub fn release(station: &str) -> Self {
        Self::Release {
            station: station.into(),
        }
    }
}

/// What is asked of a station, and what is done rather than waiting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seize {
    /// The station.
    pub station: String,
    /// How much of it.
    #[serde(default)]
    pub units: Units,
    /// The class here, instead of that of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// The draught here in metres, instead of its own: of a ship that has left cargo behind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draught_m: Option<f64>,
    /// When waiting is given up.
    #[serde(default)]
    pub exits: Exits,
}

impl Seize {
    /// One unit, waiting as long as it takes.
    #[must_use]
    pub fn one(station: &str) -> Self {
        let (units, exits) = (Units::default(), Exits::default());
        Self {
            station: station.into(),
            units,
            priority: None,
            draught_m: None,
            exits,
        }
    }
}

/// How much of a station an entity takes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Units {
    /// So many units.
    Count(u32),
    /// Its length over all and this gap in metres, rounded up: for stations whose units are metres of
    /// quay. Gaps between ships are pooled: the quay is taken as if ships could be shifted along it.
    Length {
        /// Gap to the next ship in metres.
        gap_m: f64,
    },
}

impl Default for Units {
    fn default() -> Self {
        Self::Count(1)
    }
}

/// When waiting is given up, and what is done then. Each may be absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Exits {
    /// Too long or too deep for the station. Without it such an entity leaves, and is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub too_large: Option<Go>,
    /// Balking by the length of the queue: at arrival so many wait already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue_at_least: Option<(u32, Go)>,
    /// Balking by what is known: at arrival the expected wait is longer than this (in hours, drawn once
    /// for each entity and stage: who asks again is as patient as before). The expectation counts those
    /// who are served before, those of a better class who are still to come among them, the mean time
    /// that the station has been held so far, and capacity over time as it is known or believed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_over_h: Option<(Distribution, Go)>,
    /// Reneging: after waiting so long (in hours, drawn for each entity).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patience_h: Option<(Distribution, Go)>,
}

/// What is done instead of waiting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Go {
    /// Gives back all and leaves.
    Leave,
    /// Takes another route, keeping what is held.
    Route(String),
}

/// How one of several branches is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pick {
    /// At random, by the weights of the branches.
    Weights,
    /// Where the expected wait at the branch's station and its extra time are least together; the
    /// first of equals.
    LeastTime,
}

/// A way to go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// The route.
    pub route: String,
    /// Its weight, for [`Pick::Weights`]; weights need not add up to 1.
    #[serde(default)]
    pub weight: f64,
    /// The station whose wait counts, for [`Pick::LeastTime`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub station: Option<String>,
    /// The time by which this way is longer, such as a detour, for [`Pick::LeastTime`].
    #[serde(default)]
    pub extra_h: Hours,
}

/// What an entity that is sent out takes over from its sender.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carry {
    /// The station.
    pub station: String,
    /// Units that each takes over. What is left stays with the sender; when there is nothing left,
    /// the last ones carry less or nothing.
    pub units: u32,
}
