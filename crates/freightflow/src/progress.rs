//! Watching a long computation, and stopping it.

use std::ops::ControlFlow;

/// What a computation says of itself after each round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Rounds done.
    pub iteration: usize,
    /// Relative gap reached, without unit; infinite while none is known.
    pub relative_gap: f64,
    /// Objective of the best solution in hand, in the problem's own unit; not a number while none
    /// is known.
    pub objective: f64,
}

/// Why a computation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The relative gap asked for was reached.
    Converged,
    /// The most iterations allowed were done.
    IterationLimit,
    /// Rounding errors allow no smaller gap: round after round brought none.
    Stalled,
    /// The watcher asked to stop.
    Cancelled,
}

/// A callback after each round: `ControlFlow::Break(())` stops the computation.
///
/// A stopped computation still returns what it has, with a certificate that says how good it is.
pub type Watch<'a> = &'a mut dyn FnMut(Progress) -> ControlFlow<()>;

/// A watcher that never stops anything.
pub fn unwatched(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}
