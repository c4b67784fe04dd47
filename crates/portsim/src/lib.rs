//! Things moving in time.

#![forbid(unsafe_code)]

mod checkpoint;
mod distribution;
mod engine;
mod error;
mod interval;
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
#[cfg(feature = "parquet")]
mod trace;
mod visit;

pub use distribution::Distribution;
pub use engine::Happening;
#[cfg(feature = "parquet")]
pub use error::TraceError;
pub use error::{CheckpointProblem, Fault, ModelError, Problem, RunError};
pub use interval::Estimate;
pub use log::{EntityName, Entry, Log, replay};
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
