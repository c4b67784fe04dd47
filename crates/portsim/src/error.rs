//! What can be wrong with a model or a run, said with place and remedy.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Everything that is wrong with a model.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelError {
    /// The faults, in the order of the model.
    pub faults: Vec<Fault>,
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.faults.len();
        write!(
            f,
            "the model has {count} fault{}",
            if count == 1 { "" } else { "s" }
        )?;
        self.faults
            .iter()
            .try_for_each(|fault| write!(f, "\n  {fault}"))
    }
}

impl std::error::Error for ModelError {}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct Fault {
    /// Where in the model, such as ``station `berth`, opening``.
    pub place: String,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

/// What is wrong at a place of a model.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A number is out of its range.
    #[error("{what} is {value}; expected {expected}")]
    Number {
        /// What the number is.
        what: &'static str,
        /// Its value.
        value: f64,
        /// What would be right.
        expected: &'static str,
    },
    /// Two numbers that must not fall do.
    #[error("{low} comes before {high}, but is greater; give them in rising order")]
    Order {
        /// The first.
        low: f64,
        /// The second.
        high: f64,
    },
    /// A list that needs something has nothing.
    #[error("{what} is empty; give at least one")]
    Empty {
        /// What is empty.
        what: &'static str,
    },
    /// A name is given twice.
    #[error("the name `{name}` is given twice; names of {what} must differ")]
    Twice {
        /// What kind of thing.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A name that nothing has.
    #[error("there is no {what} `{name}`{}", Hint(near))]
    Unknown {
        /// What kind of thing.
        what: &'static str,
        /// The name.
        name: String,
        /// The name that was perhaps meant.
        near: Option<String>,
    },
    /// A time that the run never reaches.
    #[error("{what} is {time_h} h, but the run goes from 0 to {horizon_h} h")]
    OutsideHorizon {
        /// What the time is.
        what: &'static str,
        /// The time, in hours.
        time_h: f64,
        /// The end of the run, in hours.
        horizon_h: f64,
    },
    /// Two parts of a calendar say different things of one time.
    #[error(
        "`{first}` and `{second}` both set the capacity at {time_h} h, to different values; end the one before the other begins"
    )]
    Contradiction {
        /// One change.
        first: String,
        /// The other.
        second: String,
        /// A time at which both hold, in hours.
        time_h: f64,
    },
    /// Something is asked for that can never be had.
    #[error(
        "{asked} units are asked of station `{station}`, which has {capacity}; it would wait for ever"
    )]
    NeverFits {
        /// The station.
        station: String,
        /// Units asked for.
        asked: u32,
        /// Units that there are.
        capacity: u32,
    },
    /// A station is released, worked at or handed on by someone who does not hold it.
    #[error("station `{station}` is not held here (on the way {way}); seize it before")]
    NotHeld {
        /// The station.
        station: String,
        /// Routes by which this place is reached.
        way: String,
    },
    /// A station is seized by someone who holds a part of it already.
    #[error(
        "station `{station}` is held already here (on the way {way}); release it before, or ask for all units at once"
    )]
    HeldTwice {
        /// The station.
        station: String,
        /// Routes by which this place is reached.
        way: String,
    },
    /// More stations are held at once than an entity can hold.
    #[error("{held} stations are held at once here (on the way {way}); at most {limit} can be")]
    TooManyHeld {
        /// Stations held.
        held: usize,
        /// Most that can be.
        limit: usize,
        /// Routes by which this place is reached.
        way: String,
    },
    /// Slots are used up when they are taken, and cannot be treated like servers.
    #[error("station `{station}` gives out slots, which are used up when they are taken: {remedy}")]
    Slots {
        /// The station.
        station: String,
        /// What would be right.
        remedy: &'static str,
    },
    /// Routes lead to each other without any time passing.
    #[error(
        "routes {way} lead round in a circle on which no time passes; add a hold of positive length"
    )]
    ZeroTimeLoop {
        /// The routes of the circle.
        way: String,
    },
    /// A station gets more work than it can do, for good.
    #[error(
        "station `{station}` is unstable: work comes at {load:.3} times its capacity, so that its queue grows without end; add capacity, take away arrivals, let entities give up waiting, or allow it (limits.allow_unstable)"
    )]
    Unstable {
        /// The station.
        station: String,
        /// Work that comes over capacity that is there, ρ.
        load: f64,
    },
}

struct Hint<'a>(&'a Option<String>);

impl fmt::Display for Hint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => write!(f, "; did you mean `{name}`?"),
            None => Ok(()),
        }
    }
}

/// A run could not be finished.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// Settings of the run are not usable.
    #[error("{what} is {value}; expected {expected}")]
    Setting {
        /// Which.
        what: &'static str,
        /// Its value.
        value: f64,
        /// What would be right.
        expected: &'static str,
    },
    /// More events than allowed.
    #[error(
        "replication {replication}: more than {limit} events by {time_h:.3} h; the model runs wild, or limits.events is too low"
    )]
    TooManyEvents {
        /// The replication, from 0.
        replication: u64,
        /// Most events allowed.
        limit: u64,
        /// When it happened, in hours.
        time_h: f64,
    },
    /// More entities inside than allowed.
    #[error(
        "replication {replication}: more than {limit} entities inside at {time_h:.3} h, most of them ({waiting}) waiting for station `{station}`; it cannot keep up, or limits.entities is too low"
    )]
    TooManyEntities {
        /// The replication, from 0.
        replication: u64,
        /// Most entities allowed.
        limit: u32,
        /// When it happened, in hours.
        time_h: f64,
        /// The station with the longest queue.
        station: String,
        /// Entities in that queue.
        waiting: u32,
    },
    /// Time stands still.
    #[error(
        "replication {replication}: more than {limit} stages were passed at {time_h:.6} h without time passing, the last on route `{route}`; a route leads back to itself in no time"
    )]
    ZeroTimeLoop {
        /// The replication, from 0.
        replication: u64,
        /// Most stages allowed.
        limit: u64,
        /// When it happened, in hours.
        time_h: f64,
        /// The route.
        route: String,
    },
    /// Entities wait for what will never come.
    #[error(
        "replication {replication}: from {time_h:.3} h on nothing can happen any more, but {waiting} entities wait for {stations}; they hold what the others need, or their station never opens again"
    )]
    Deadlock {
        /// The replication, from 0.
        replication: u64,
        /// When everything stopped, in hours.
        time_h: f64,
        /// Entities that wait.
        waiting: u32,
        /// The stations that they wait for.
        stations: String,
    },
    /// The books of a replication do not balance: a fault of this crate.
    #[error(
        "replication {replication}: the books do not balance ({what}); this is a fault of portsim, please report it with the model"
    )]
    Books {
        /// The replication, from 0.
        replication: u64,
        /// Which account.
        what: String,
    },
    /// A checkpoint could not be read or written.
    #[error("checkpoint {}: {problem}", file.display())]
    Checkpoint {
        /// The file or folder.
        file: PathBuf,
        /// What is wrong.
        problem: CheckpointProblem,
    },
}

/// What is wrong with a checkpoint.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckpointProblem {
    /// The file system refused.
    #[error("{0}")]
    Io(#[source] io::Error),
    /// It belongs to another model, seed or version.
    #[error(
        "belongs to another model, seed or version of portsim; give another folder, or remove this one"
    )]
    Other,
    /// What was to be written cannot be.
    #[error("cannot be encoded: {0}")]
    Encode(String),
}

/// A trace could not be written.
#[cfg(feature = "parquet")]
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TraceError {
    /// The replication failed.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The file could not be written.
    #[error("{}: cannot be written: {why}", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What the file system or the format says.
        why: String,
    },
}
