//! Things moving in time: queues, berths, gates, rationed links, disruptions and recovery.
//!
//! The crate simulates entities (ships, trucks, trains, lots of boxes) that go from stage to stage over
//! stations with calendars, event by event, in many replications. It knows nothing else of the world: no
//! map, no freight, no dates. Times are hours from the start of the model.
//!
//! | question | where |
//! |---|---|
//! | What is simulated? | [`Model`]: sources, stations, routes, as data; the module [`model`] has its parts |
//! | Is it in order? | [`Plan::new`], which tells all faults at once; [`Plan::load`] |
//! | What happens? | [`simulate`] with [`Settings`]; it yields an [`Outcome`] |
//! | How long, how many, how sure? | [`Outcome::estimate`] of a [`Measure`]; [`Outcome::queue_over_time`]; [`Outcome::distribution`] |
//! | What does a change make? | [`Outcome::difference`], on the same luck |
//! | What happened to each? | [`replay`] (with the record: [`observe`]) gives a [`Log`], and [`Log::visits`]; with the feature `parquet`, `write_trace` |
//!
//! # A first model
//!
//! Ships call at a quay with two berths. A model has **stations**, which have a capacity; **routes**, which
//! are lists of stages; and **sources**, which send entities along a route.
//!
//! ```
//! use portsim::model::{Arrivals, Route, Source, Stage, Station};
//! use portsim::{Distribution, Hours, Measure, Model, Plan, Settings, simulate, unwatched};
//!
//! let mut model = Model::new(Hours::days(400.0));
//! model.warm_up_h = Hours::days(35.0);
//! model.stations.push(Station::servers("quay", 2));
//! let unloading = Distribution::Erlang { stages: 2, mean: 24.0 };
//! model.routes.push(Route::new("call", vec![Stage::serve("quay", unloading)]));
//! model.sources.push(Source::new("ships", Arrivals::Poisson { per_day: 1.4 }, "call"));
//!
//! let plan = Plan::new(model)?;
//! assert_eq!(plan.load(0), Some(0.7)); // 1.4 ships a day, a day each, two berths
//! let outcome = simulate(&plan, &Settings::new(1, 100), &mut unwatched)?;
//! let wait = outcome.estimate(Measure::Wait(0)).ok_or("no ship came")?;
//! // The M/E2/2 queue at ρ = 0.7 waits for 0.729 service times, 17.5 h.
//! assert!((wait.mean - 17.5).abs() < 1.5 && wait.ci95 < Some(1.5));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Stations
//!
//! A [`model::Station`] of *servers* has units that are held and given back: berths, cranes, lanes, pilots,
//! places in a yard, trucks on a road, or the metres of a quay ([`model::Units::Length`]). One of *slots*
//! has slots that are used up: a canal's transits, a convoy, a lock, a train. Whatever it is, it can have
//! opening hours, dated changes of capacity, breakdowns, limits of size, a tide, and a rule for who is
//! served first. Berth, crane, yard, gate and canal are not kinds of things here but settings of one.
//!
//! | what | how |
//! |---|---|
//! | berth by length and draught | servers whose units are metres, `max_draught_m`, `tide`, `overtaking` |
//! | crane | servers, held besides the berth; `breakdowns` |
//! | yard that blocks | servers seized by the ship before it unloads; [`model::Stage::Send`] hands the places over to the lots that it leaves behind |
//! | gate, pilots | servers with `opening` |
//! | road | servers: as many as can be on it |
//! | canal with booking | slots, [`model::Discipline::Priority`], and a quota for the booked class |
//! | lock, convoy, train | slots with a tick each time that it leaves |
//! | strike, closure, drought | a [`model::Change`], with an end that is known, random or never, and with what actors believe of it |
//!
//! # Routes and decisions
//!
//! Stages seize, hold, release, wait, choose, send out others, or go on with another route. Whoever seizes
//! may have [`model::Exits`]: balk at a long queue or a long expected wait, renege after some patience, or
//! be too large; each leads to another route or out. [`model::Pick::LeastTime`] chooses where expected wait
//! and detour are least together. The expected wait counts who stands before, the mean time for which the
//! station was held so far, and closures as they are known or believed.
//!
//! # A disruption, on the same luck
//!
//! A draw depends on the seed, the replication, the entity and the purpose, never on the order of calls.
//! Two scenarios with one seed share every ship and all its luck; what differs is what was changed.
//!
//! ```
//! use portsim::model::{Arrivals, Change, End, Level, Route, Source, Stage, Station, Work};
//! use portsim::{Distribution, Hours, Measure, Model, Plan, Settings, simulate, unwatched};
//!
//! let port = |strike: bool| {
//!     let mut model = Model::new(Hours::days(60.0));
//!     model.sample_every_h = Some(Hours::DAY);
//!     let mut quay = Station::servers("quay", 3);
//!     if strike {
//!         quay.changes.push(Change {
//!             name: "strike".into(),
//!             from_h: Hours::days(30.0),
//!             end: End::At(Hours::days(33.0)),
//!             level: Level::Part(0.0),
//!             work: Work::Pause,
//!             believed_h: None,
//!             foreseen_h: None,
//!             max_draught_m: None,
//!             longer_h: None,
//!         });
//!     }
//!     model.stations.push(quay);
//!     model.routes.push(Route::new("call", vec![Stage::serve("quay", Distribution::Exponential { mean: 18.0 })]));
//!     model.sources.push(Source::new("ships", Arrivals::Poisson { per_day: 3.0 }, "call"));
//!     Plan::new(model)
//! };
//! let settings = Settings::new(1, 200);
//! let calm = simulate(&port(false)?, &settings, &mut unwatched)?;
//! let struck = simulate(&port(true)?, &settings, &mut unwatched)?;
//! let added = struck.difference(&calm, Measure::Wait(0)).ok_or("no ship came")?;
//! assert!(added.mean > 8.0 && added.ci95 < Some(1.5), "{added:?}");
//! // Three days of three ships wait when the strike ends; the queue is gone days later.
//! let queue = struck.queue_over_time(0);
//! assert!(queue[33].p50 >= 8 && queue[59].p50 <= 2, "{queue:?}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Certainty
//!
//! An [`Estimate`] has a mean, the half width of its 95 % interval, and P10, P50 and P90 across
//! replications. [`Precision`] runs until an interval is narrow enough. A single long replication has
//! intervals from batches ([`Outcome::estimate_by_batches`]). Mirrored luck ([`Settings::antithetic`]) pays
//! where the figure rises steadily with the draws; the README says how much.
//!
//! Every model starts empty. What comes before `warm_up_h` is simulated and not counted; how long it has to
//! be, the model does not know. Five times the relaxation time of the slowest queue is plenty: for a
//! station with load ρ that is the time in which 5 ρ/(1 − √ρ)² entities come.
//!
//! # Certificates
//!
//! Every [`Record`] comes with a [`Certificate`], computed by adding up in two ways: nobody is missing, and
//! the time integral of each queue is the sum of the waits (Little's law, which holds exactly for a finite
//! time if those who still wait are counted). Builds with debug assertions fail a replication whose books
//! do not balance.
//!
//! # Determinism, threads, watching, resuming
//!
//! Replications run in the [rayon](https://docs.rs/rayon) pool of the caller. Results are the same, byte
//! for byte, for any number of threads, and on any processor: logarithms and the like do not come from the
//! system. A [`Watch`] is called after each replication and may stop the run. With
//! [`Settings::checkpoint`] each replication is kept on disk as soon as it is done; a run that was
//! cancelled or killed goes on from there and ends with the same bytes. A caller that makes more of a
//! replication than its record keeps that in a [`Checkpoint`] of its own.
//!
//! # What is refused
//!
//! [`Plan::new`] refuses models with faults, among them stations that get more work than they can ever do,
//! circles on which no time passes, and calendars that contradict themselves. [`simulate`] gives up
//! replications that run wild ([`model::Limits`]), stand still, or are deadlocked.

#![forbid(unsafe_code)]

mod checkpoint;
mod distribution;
mod engine;
mod error;
mod interval;
mod ln;
mod log;
mod luck;
pub mod model;
mod outcome;
mod plan;
mod progress;
mod record;
mod run;
mod series;
mod tally;
mod time;
mod together;
#[cfg(feature = "parquet")]
mod trace;
mod visit;

pub use checkpoint::Checkpoint;
pub use distribution::Distribution;
pub use engine::Happening;
#[cfg(feature = "parquet")]
pub use error::TraceError;
pub use error::{CheckpointProblem, Fault, ModelError, Problem, RunError};
pub use interval::Estimate;
pub use log::{EntityName, Entry, Log, observe, replay};
pub use model::Model;
pub use outcome::{Measure, Outcome};
pub use plan::Plan;
pub use progress::{Progress, Stop, Watch, unwatched};
pub use record::{Certificate, Record, SourceRecord, StationRecord};
pub use run::{Precision, Settings, simulate};
pub use series::QueueAt;
pub use tally::{Durations, Histogram};
pub use time::Hours;
#[cfg(feature = "parquet")]
pub use trace::write_trace;
pub use visit::{Visit, VisitEnd};
