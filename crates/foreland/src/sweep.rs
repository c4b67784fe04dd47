//! Sweeps: a study in thousands to millions of runs over the ranges of its assumptions.
//!
//! A [`Sweep`] is a plan and the means to evaluate any of its points. Points are numbered, and
//! what a point is depends on the seed and on its number alone: partitions of points can be
//! computed anywhere, in any order and on any number of threads, and give the same bytes. They are
//! written as Parquet files ([`Sweep::run`]), and a summary is made from these files alone
//! ([`summarise`]): means, shares of runs in which each claim holds, and sensitivity indices, with
//! how they converge.
//!
//! docs/scale.md explains designs, estimators and costs.

mod cost;
mod design;
mod estimate;
mod extent;
mod files;
mod folder;
mod model;
mod page;
mod partition;
mod plan;
mod sobol;
mod space;
mod summary;

pub use cost::Cost;
pub use design::{Design, Extent};
pub use estimate::{Estimate, Index};
pub use files::Outcome;
pub use folder::SweepFolder;
pub use model::Sweep;
pub use plan::{
    Column, Condition, Factor, Output, OutputKind, PLAN_FILE, PLAN_VERSION, Rule, SweepPlan,
};
pub use summary::{Checkpoint, FactorIndex, OutputSummary, Summary, summarise};

/// Runs that a sweep may take if nobody says otherwise.
pub const DEFAULT_RUNS: u64 = 100_000;
/// Runs of a partition if nobody says otherwise.
pub const DEFAULT_RUNS_PER_PARTITION: u64 = 8192;
/// Levels of each assumption in a full factorial design if nobody says otherwise.
pub const DEFAULT_LEVELS: u32 = 3;

/// What is asked of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepOptions {
    /// How points are chosen.
    pub design: Design,
    /// Most runs that it may take. A Sobol' design takes the power of two of points that fits.
    pub runs: u64,
    /// Levels of each assumption in a full factorial design.
    pub levels: u32,
    /// Assumptions to vary, by identifier, with `*` for any text; all if there are none.
    pub vary: Vec<String>,
    /// About how many runs a partition holds; a point's runs are never parted.
    pub runs_per_partition: u64,
}

impl Default for SweepOptions {
    fn default() -> Self {
        SweepOptions {
            design: Design::Sobol,
            runs: DEFAULT_RUNS,
            levels: DEFAULT_LEVELS,
            vary: Vec::new(),
            runs_per_partition: DEFAULT_RUNS_PER_PARTITION,
        }
    }
}
