//! The part of a run that plays out over time.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::DateTime;

use super::ensemble::Runs;
use super::judge::Judged;
use super::{Progress, RunRequest, assemble, plan};
use crate::disruption::{self, ClaimFigures, Simulation, SimulationRequest};
use crate::ensemble::Sampler;
use crate::error::{Error, Problem};
use crate::findings::Findings;

/// How a simulation is run by itself.
#[derive(Clone, Debug, Default)]
pub struct SimulationOptions {
    /// Replications instead of the section's.
    pub replications: Option<u32>,
    /// End instead of the section's.
    pub until: Option<DateTime>,
    /// Folder in which each replication is kept as soon as it is done, and from which a run that was
    /// broken off goes on.
    pub checkpoint: Option<PathBuf>,
}

/// Runs the section `[simulation]` of a study alone: findings without journeys, flows and claims.
///
/// # Errors
///
/// [`Error::Input`] if the study has no such section; errors of [`super::run`] and
/// [`crate::simulate`].
pub fn run_simulation(
    request: &RunRequest<'_>,
    options: &SimulationOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Findings, Error> {
    if request.study.spec.simulation.is_none() {
        return Err(Error::Input(Problem::in_file(
            request.study.text.file().to_owned(),
            "the study has no section [simulation]",
            "add one (docs/disruption.md says how), or use `foreland run`",
        )));
    }
    let atlas = request.atlas.with_services(request.study)?;
    let request = &request.over(&atlas);
    let plan = plan::Plan::new(request, &|_| {})?;
    let runs = Runs {
        cases: Vec::new(),
        today: Vec::new(),
        today_sampler: Sampler::new(&plan.today.params, plan.settings.seed, 1),
    };
    let judged = Judged {
        claims: Vec::new(),
        used_by: BTreeMap::new(),
    };
    let mut findings = assemble::findings(request, &plan, &[], &runs, judged);
    findings.run.answer.clear();
    add(simulated(request, options, progress)?, &mut findings);
    if let Some(simulation) = &findings.simulation {
        findings.run.replications = simulation.replications;
    }
    Ok(findings)
}

/// Plays the section `[simulation]`, if the study has one.
pub(super) fn simulated(
    request: &RunRequest<'_>,
    options: &SimulationOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Option<Simulation>, Error> {
    // A run with few samples of its parameters is a quick look at everything.
    let stated = request.study.spec.simulation.as_ref();
    let stated = stated.and_then(|spec| spec.replications.as_ref().map(|count| **count));
    let usual = stated.unwrap_or(disruption::DEFAULT_REPLICATIONS);
    let few = request.replications.map(|count| count.min(usual));
    let simulation = SimulationRequest {
        atlas: request.atlas,
        study: request.study,
        seed: request.seed,
        replications: options.replications.or(few),
        until: options.until,
        checkpoint: options.checkpoint.clone(),
        cancel: request.cancel,
    };
    disruption::simulation(&simulation, progress)
}

/// The simulated figures that claims are tested with, by the place of the measure in the study.
pub(crate) fn figures_for_claims(
    request: &RunRequest<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<BTreeMap<usize, ClaimFigures>, Error> {
    let found = simulated(request, &SimulationOptions::default(), progress)?;
    Ok(found.map(|found| found.claims).unwrap_or_default())
}

/// Adds what the section yields.
pub(super) fn add(simulation: Option<Simulation>, findings: &mut Findings) {
    let Some(simulation) = simulation else { return };
    let sentences = disruption::sentences(&simulation.findings);
    // Beside other answers, that of the first scenario is enough.
    let most = if findings.run.answer.is_empty() {
        sentences.len()
    } else {
        1
    };
    findings.run.answer.extend(sentences.into_iter().take(most));
    findings.simulation = Some(simulation.findings);
}
