//! What is asked of a run, what it says on the way, and how it is stopped.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::atlas::Atlas;
use crate::error::Error;
use crate::sea::Sea;
use crate::study::Study;

/// Seed of studies that state none.
pub const DEFAULT_SEED: u64 = 20241114;
/// Parameter samples per world of studies that state none: shares of runs are then good to three
/// percentage points.
pub const DEFAULT_REPLICATIONS: u32 = 1000;
/// Chains shown per journey of studies that state none.
pub const DEFAULT_CHAINS: u32 = 3;
/// Changes of ship that a chain may hold in studies that state none.
pub const DEFAULT_TRANSSHIPMENTS: u32 = 2;

/// What to run.
#[derive(Clone)]
pub struct RunRequest<'a> {
    /// The facts.
    pub atlas: &'a Atlas,
    /// The study.
    pub study: &'a Study,
    /// The ocean.
    pub sea: &'a dyn Sea,
    /// Seed instead of the study's.
    pub seed: Option<u64>,
    /// Replications instead of the study's.
    pub replications: Option<u32>,
    /// The arguments from which the run can be repeated, for the manifest.
    pub command: Vec<String>,
    /// Set from outside to stop the run.
    pub cancel: Option<&'a AtomicBool>,
}

impl RunRequest<'_> {
    /// The same with another atlas.
    pub(crate) fn over<'b>(&'b self, atlas: &'b Atlas) -> RunRequest<'b> {
        RunRequest {
            atlas,
            ..self.clone()
        }
    }

    pub(crate) fn check_cancelled(&self) -> Result<(), Error> {
        match self.cancel {
            Some(flag) if flag.load(Ordering::Relaxed) => Err(Error::Cancelled),
            _ => Ok(()),
        }
    }
}

/// How far a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done: `worlds`, `sea legs`, `chains`, `runs`, `claims`.
    pub stage: &'static str,
    /// Steps done.
    pub done: u64,
    /// Steps in all.
    pub total: u64,
}
