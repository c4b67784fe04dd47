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

pub use crate::request::{
    DEFAULT_CHAINS, DEFAULT_REPLICATIONS, DEFAULT_SEED, DEFAULT_TRANSSHIPMENTS, Progress,
    RunRequest,
};

use crate::error::Error;
use crate::findings::Findings;

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
