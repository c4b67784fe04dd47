//! Watching a run, and stopping it.

use std::ops::ControlFlow;

/// What a run says of itself after each replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Replications done, with those that a checkpoint held.
    pub done: u64,
    /// Replications that are to be done as far as is known: with a stop rule it may become more, up
    /// to the most that the settings allow.
    pub planned: u64,
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// All replications were done.
    Done,
    /// The confidence interval is as narrow as was asked for.
    Narrow,
    /// All replications that the settings allow were done, and the interval is still wider.
    TooWide,
    /// The watcher asked to stop.
    Cancelled,
}

/// A callback after each replication, by whatever thread has done it: `ControlFlow::Break(())` stops
/// the run. Replications that are under way are given up; the outcome has those that are done.
pub type Watch<'a> = &'a mut (dyn FnMut(Progress) -> ControlFlow<()> + Send);

/// A watcher that never stops anything.
pub fn unwatched(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
