//! Running a study: from atlas, study and ocean to findings.

mod answer;
pub(crate) mod assemble;
mod bench;
pub(crate) mod case;
mod decide;
pub(crate) mod ensemble;
mod judge;
pub(crate) mod plan;
mod replay;
mod routes;
mod simulation;

pub use replay::{Replay, replay};
pub(crate) use simulation::figures_for_claims;
pub use simulation::{SimulationOptions, run_simulation};

use std::sync::atomic::{AtomicBool, Ordering};

use crate::atlas::Atlas;
use crate::error::Error;
use crate::findings::Findings;
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

/// Runs a study.
///
/// The result is the same, bit for bit, for the same inputs and seed, whatever the number of
/// threads.
///
/// # Errors
///
/// [`Error::Atlas`] and [`Error::Study`] with everything that is wrong in the inputs;
/// [`Error::Cancelled`] if the caller asked to stop.
pub fn run(
    request: &RunRequest<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Findings, Error> {
    let atlas = request.atlas.with_services(request.study)?;
    let request = &request.over(&atlas);
    let cache = crate::sea::SeaCache::new(request.sea);
    let plan = plan::Plan::new(request, progress)?;
    let cases = case::build(&plan, &cache, request, progress)?;
    let over_time = simulation::simulated(request, &SimulationOptions::default(), progress)?;
    let figures = over_time.as_ref().map(|found| found.claims.clone());
    let claims = plan.claims(&cache, &figures.unwrap_or_default())?;
    let runs = ensemble::evaluate(&plan, &cases, &claims, request, progress)?;
    let judged = judge::judge(&plan, &cases, &claims, &runs, request, progress)?;
    let mut findings = assemble::findings(request, &plan, &cases, &runs, judged);
    findings.flows = crate::flows::flows(request, progress)?;
    if let Some(flows) = &findings.flows {
        findings.run.answer.extend(crate::flows::sentences(flows));
        for warning in &flows.warnings {
            if !findings.warnings.contains(warning) {
                findings.warnings.push(warning.clone());
            }
        }
    }
    request.check_cancelled()?;
    findings.world_trade = crate::world_trade::study(request, progress)?;
    simulation::add(over_time, &mut findings);
    Ok(findings)
}
