//! What a disruption does over time: the section `[simulation]` of a study, played by `portsim`.
//!
//! Every replication draws all ranges anew and plays the undisturbed run and each scenario on the
//! same luck; what a scenario does is the difference between the two. The model, its equations and
//! how a study is written stand in `docs/disruption.md`.

mod answer;
mod clock;
mod compile;
mod flow;
mod gather;
mod hit;
mod lives;
mod loss;
mod measure;
mod measured;
mod outcome;
mod place;
mod plan;
mod record;
mod recovery;
mod recurrence;
mod replay;
mod replicate;
mod resolver;
mod scenario;
mod station;

pub(crate) use answer::sentences;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use jiff::civil::DateTime;
use rayon::prelude::*;

use crate::atlas::Atlas;
use crate::ensemble::Sampler;
use crate::error::{Error, Problem};
use crate::findings::SimulationFindings;
use crate::request::Progress;
use crate::study::Study;
use plan::Plan;
use record::Replication;

/// Replications of simulations that state none.
pub const DEFAULT_REPLICATIONS: u32 = 200;

/// What to simulate.
pub struct SimulationRequest<'a> {
    /// The facts.
    pub atlas: &'a Atlas,
    /// The study.
    pub study: &'a Study,
    /// Seed instead of the study's.
    pub seed: Option<u64>,
    /// Replications instead of the section's.
    pub replications: Option<u32>,
    /// End instead of the section's.
    pub until: Option<DateTime>,
    /// Folder in which each replication is kept as soon as it is done, and from which a run that was
    /// broken off goes on.
    pub checkpoint: Option<PathBuf>,
    /// Set from outside to stop the run.
    pub cancel: Option<&'a AtomicBool>,
}

impl SimulationRequest<'_> {
    fn is_cancelled(&self) -> bool {
        self.cancel.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}

/// Simulates the section `[simulation]` of a study; `None` if it has none.
///
/// The result is the same, bit for bit, for the same inputs and seed, whatever the number of
/// threads, and whether or not the run was broken off on the way.
///
/// # Errors
///
/// [`Error::Study`] with everything that is wrong in the section, [`Error::Input`] if a replication
/// draws what cannot be simulated, [`Error::Cancelled`] if the caller asked to stop.
pub fn simulate(
    request: &SimulationRequest<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Option<SimulationFindings>, Error> {
    Ok(simulation(request, progress)?.map(|simulation| simulation.findings))
}

/// What a simulation yields, with the figures of each replication that claims are tested with.
pub(crate) struct Simulation {
    pub(crate) findings: SimulationFindings,
    /// By the place of the measure in the study.
    pub(crate) claims: BTreeMap<usize, ClaimFigures>,
}

/// A measure in all replications.
#[derive(Clone, Debug)]
pub(crate) struct ClaimFigures {
    /// In rising order, those without a figure last.
    pub(crate) figures: Vec<Option<f64>>,
    pub(crate) unit: &'static str,
    pub(crate) scenario: String,
}

/// As [`simulate`], with the figures for claims.
///
/// # Errors
///
/// Those of [`simulate`].
pub(crate) fn simulation(
    request: &SimulationRequest<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Option<Simulation>, Error> {
    let Some(spec) = &request.study.spec.simulation else {
        return Ok(None);
    };
    let plan = Plan::new(request, spec)?;
    let replications = replicate_all(request, &plan, progress)?;
    let mut findings = gather::findings(&plan, &replications);
    findings.replays = replay::replays(&plan)?;
    let figures = |(number, claim): (usize, &outcome::ClaimProbe)| {
        let mut figures: Vec<Option<f64>> =
            replications.iter().map(|one| one.claims[number]).collect();
        let last = |figure: &Option<f64>| figure.unwrap_or(f64::INFINITY);
        figures.sort_by(|a, b| last(a).total_cmp(&last(b)));
        let scenario = claim
            .probe
            .scenario
            .map(|place| plan.scenarios[place].spec.title.clone());
        let figures = ClaimFigures {
            figures,
            unit: claim.probe.unit,
            scenario: scenario.unwrap_or_default(),
        };
        (claim.at, figures)
    };
    Ok(Some(Simulation {
        claims: plan.claims.iter().enumerate().map(figures).collect(),
        findings,
    }))
}

fn replicate_all(
    request: &SimulationRequest<'_>,
    plan: &Plan<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Replication>, Error> {
    let total = plan.replications;
    let folder = request.checkpoint.as_ref();
    let kept = folder
        .map(|folder| {
            // A run with another study, seed or number has a folder of its own.
            let identity = plan.identity();
            let name = blake3::hash(format!("{identity:?}").as_bytes()).to_hex();
            portsim::Checkpoint::open(&folder.join(&name[..16]), &identity)
        })
        .transpose()
        .map_err(|error| checkpoint_error(&error))?;
    let sampler = Sampler::new(&plan.params, plan.seed, total);
    let done = AtomicU64::new(0);
    let tell = |done| {
        progress(Progress {
            stage: "replications",
            done,
            total: u64::from(total),
        });
    };
    tell(0);
    let one = |number: u32| -> Result<Replication, Error> {
        if request.is_cancelled() {
            return Err(Error::Cancelled);
        }
        let found = kept.as_ref().and_then(|kept| kept.load(u64::from(number)));
        let replication = match found {
            Some(replication) => replication,
            None => {
                let fresh = replicate::replicate(plan, &sampler.draw(number), number)?;
                if let Some(kept) = &kept {
                    kept.save(u64::from(number), &fresh)
                        .map_err(|error| checkpoint_error(&error))?;
                }
                fresh
            }
        };
        tell(done.fetch_add(1, Ordering::Relaxed) + 1);
        Ok(replication)
    };
    // Of several errors that of the lowest replication is told, whatever the number of threads.
    let all: Vec<Result<Replication, Error>> = (0..total).into_par_iter().map(one).collect();
    all.into_iter().collect()
}

fn checkpoint_error(error: &portsim::RunError) -> Error {
    Error::Input(Problem::in_file(
        "replications that were kept",
        error.to_string(),
        "give another folder, or remove the one that is named",
    ))
}
