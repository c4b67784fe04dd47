//! What entities queue for.

use serde::{Deserialize, Serialize};

use crate::distribution::Distribution;
use crate::time::Hours;

/// Something with a capacity that entities take a part of: a quay, cranes, yard, gate lanes, pilots,
/// a stretch of road, or the slots of a canal, lock, convoy or train.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Station {
    /// Name, unique among stations.
    pub name: String,
    /// What its capacity is.
    pub kind: Kind,
    /// Who is served first.
    #[serde(default)]
    pub discipline: Discipline,
    /// Whether somebody who fits may pass one who does not fit yet: a short ship on a quay with a gap
    /// too small for the long ship before it.
    #[serde(default)]
    pub overtaking: bool,
    /// Weekly or daily hours; always open if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
    /// Dated changes of capacity: strikes, closures, rationing, works, expansions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// Failures and repairs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breakdowns: Option<Breakdowns>,
    /// Most draught in metres, at any tide; no limit if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_draught_m: Option<f64>,
    /// Most length over all in metres; no limit if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length_m: Option<f64>,
    /// Water that rises and falls; as deep as needed if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tide: Option<Tide>,
}

impl Station {
    /// A station that is always open, with so many servers and one queue.
    #[must_use]
    pub fn servers(name: &str, servers: u32) -> Self {
        Self::new(name, Kind::Servers { capacity: servers })
    }

    /// A station through which so many entities pass in 24 hours, in a batch at every tick.
    #[must_use]
    pub fn slots(name: &str, per_day: f64, every_h: Hours) -> Self {
        let kind = Kind::Slots {
            per_day,
            every_h,
            first_h: every_h,
            quotas: Vec::new(),
        };
        Self::new(name, kind)
    }

    fn new(name: &str, kind: Kind) -> Self {
        Self {
            name: name.into(),
            kind,
            discipline: Discipline::Fifo,
            overtaking: false,
            opening: None,
            changes: Vec::new(),
            breakdowns: None,
            max_draught_m: None,
            max_length_m: None,
            tide: None,
        }
    }
}

/// What the capacity of a station is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Kind {
    /// Units that are held and given back: berths, metres of quay, cranes, yard slots, lanes.
    Servers {
        /// Number of units.
        capacity: u32,
    },
    /// Slots that are used up: a canal's transits, a convoy, a lock, a train. At each tick the slots
    /// that have come up since the last are given out; who is not there then waits for the next tick,
    /// and slots that nobody takes are lost.
    Slots {
        /// Slots in 24 hours. Fractions add up: 22 a day with hourly ticks gives 0 or 1 an hour.
        per_day: f64,
        /// Time between ticks: 24 h for a daily convoy, 1 h for a steady flow.
        every_h: Hours,
        /// The first tick.
        first_h: Hours,
        /// Classes that may take only some of the slots; the others may take any.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        quotas: Vec<Quota>,
    },
}

/// The most slots that a class gets, such as those that can be booked.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// The class.
    pub priority: u8,
    /// Its share of the slots, between 0 and 1.
    pub share: f64,
}

/// Who is served first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Discipline {
    /// Who has come first.
    #[default]
    Fifo,
    /// Who has the lowest class; within a class who has come first.
    Priority,
    /// Who has the shortest work: the time of the first hold after the seizing.
    ShortestFirst,
}

/// What becomes of work under way when capacity goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// It is finished; nothing new begins.
    #[default]
    Finish,
    /// It stands still and goes on afterwards: whoever began last stops first.
    Pause,
}

/// Hours of opening that come again and again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// After this time the windows begin again.
    pub period_h: Hours,
    /// When it is open, in rising order within the period.
    pub windows: Vec<Window>,
    /// What becomes of work under way at closing time.
    #[serde(default)]
    pub work: Work,
}

/// From one time up to another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Begins.
    pub from_h: Hours,
    /// Ends.
    pub until_h: Hours,
}

/// A dated change of capacity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Name, unique among the changes of the station: what its random length hangs on.
    pub name: String,
    /// When it begins.
    pub from_h: Hours,
    /// When it ends.
    pub end: End,
    /// The capacity meanwhile.
    pub level: Level,
    /// What becomes of work under way.
    #[serde(default)]
    pub work: Work,
    /// How much longer actors believe that it will last, at any moment, as long as they do not know
    /// the end; they know it from the beginning if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub believed_h: Option<Hours>,
    /// From when on actors reckon with it, announced as it is; only once it has begun if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreseen_h: Option<Hours>,
    /// Most draught in metres of those who come meanwhile, where that is less than the station's own:
    /// low water. Whoever waits already is let through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_draught_m: Option<f64>,
    /// Time by which everything takes longer here that begins meanwhile: the work of servers, or what
    /// is served after a slot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longer_h: Option<Hours>,
}

impl Change {
    /// A change whose end is known as soon as it begins, during which work under way is finished.
    #[must_use]
    pub fn new(name: &str, from_h: Hours, end: End, level: Level) -> Self {
        Self {
            name: name.into(),
            from_h,
            end,
            level,
            work: Work::default(),
            believed_h: None,
            foreseen_h: None,
            max_draught_m: None,
            longer_h: None,
        }
    }
}

/// When a change ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum End {
    /// At a stated time.
    At(Hours),
    /// After a random time in hours, drawn for each replication.
    After(Distribution),
    /// Not before the horizon.
    Never,
}

/// The capacity during a change.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Level {
    /// This capacity (units, or slots in 24 hours) instead of the station's own.
    Set(f64),
    /// This part of what there would be otherwise: 0 for a strike of all, 0.5 for half. Units are
    /// rounded down.
    Part(f64),
}

/// Machines that fail, each by itself, while the station's own capacity is counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breakdowns {
    /// Number of machines.
    pub machines: u32,
    /// Units that one of them takes with it.
    pub units: u32,
    /// Hours from repair to failure.
    pub to_failure_h: Distribution,
    /// Hours from failure to repair. The work of the failed machine stands still.
    pub repair_h: Distribution,
}

/// Water that rises and falls as a cosine. A ship may begin when its draught and the clearance under
/// its keel are covered.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tide {
    /// Depth at mean water in metres.
    pub mean_depth_m: f64,
    /// Half the range in metres.
    pub amplitude_m: f64,
    /// Time from high water to high water.
    pub period_h: Hours,
    /// A time of high water.
    pub high_h: Hours,
    /// Clearance under the keel in metres.
    pub clearance_m: f64,
}
