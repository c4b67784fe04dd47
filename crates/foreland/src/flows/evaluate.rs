//! All draws of all cases.

use rayon::prelude::*;

use super::calibrate::{Look, Point};
use super::case::Case;
use super::parameters::FlowParameters;
use super::solve::{Outcome, Setting};
use super::tally::Tally;
use crate::chain::Prices;
use crate::ensemble::Sampler;
use crate::error::Error;
use crate::param::Draw;
use crate::request::{Progress, RunRequest};

/// Samples whose flows are further than this from agreement are left out, and counted.
const WORST: f64 = 1e-3;
/// Draws evaluated between two reports of progress.
const BLOCK: u32 = 16;

/// Everything in one draw.
pub(super) struct Run {
    pub(super) scale: f64,
    /// By point of the calibration, 0–1.
    pub(super) modelled: Vec<Option<f64>>,
    /// By case.
    pub(super) tallies: Vec<Tally>,
}

/// The central draw with its flows, and all others counted.
pub(super) struct Evaluated {
    pub(super) central: Run,
    pub(super) outcomes: Vec<Outcome>,
    /// The samples whose flows agree.
    pub(super) runs: Vec<Run>,
    /// Their numbers.
    pub(super) kept: Vec<u32>,
}

pub(super) struct Bench<'a> {
    pub(super) setting: &'a Setting,
    pub(super) cases: &'a [Case],
    pub(super) points: &'a [Point],
}

impl Bench<'_> {
    /// Evaluates the central draw and the samples.
    pub(super) fn evaluate(
        &self,
        seed: u64,
        replications: u32,
        request: &RunRequest<'_>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Evaluated, Error> {
        let samplers: Vec<Sampler> = self
            .cases
            .iter()
            .map(|case| Sampler::new(&case.network.world.params, seed, replications))
            .collect();
        let centre: Vec<Draw> = self
            .cases
            .iter()
            .map(|case| Draw::central(&case.network.world.params))
            .collect();
        let (central, outcomes) = self.one(&centre)?;
        let mut runs = Vec::with_capacity(replications as usize);
        for block in (0..replications).step_by(BLOCK as usize) {
            request.check_cancelled()?;
            progress(Progress {
                stage: "flows",
                done: u64::from(block),
                total: u64::from(replications),
            });
            let end = (block + BLOCK).min(replications);
            let evaluated: Vec<Run> = (block..end)
                .into_par_iter()
                .map(|run| {
                    let draws: Vec<Draw> = samplers.iter().map(|s| s.draw(run)).collect();
                    Ok(self.one(&draws)?.0)
                })
                .collect::<Result<_, Error>>()?;
            runs.extend(evaluated);
        }
        progress(Progress {
            stage: "flows",
            done: u64::from(replications),
            total: u64::from(replications),
        });
        let agrees = |run: &Run| run.tallies.iter().all(|tally| tally.worst() <= WORST);
        let (kept, runs) = (0..).zip(runs).filter(|(_, run)| agrees(run)).unzip();
        Ok(Evaluated {
            central,
            outcomes,
            runs,
            kept,
        })
    }

    /// One draw; `draws` holds it for each case's parameters.
    fn one(&self, draws: &[Draw]) -> Result<(Run, Vec<Outcome>), Error> {
        let (before, draw) = (&self.cases[0], &draws[0]);
        let parameters: &FlowParameters = &self.setting.parameters;
        let look = Look::new(self.points, before, draw, self.setting.freight);
        let params = &before.network.world.params;
        let plausible = params.get(parameters.route_choice_scale_per_usd).range;
        let scale = look
            .fit([plausible.low, plausible.high])
            .unwrap_or_else(|| draw.get(parameters.route_choice_scale_per_usd));
        let other = self.setting.other_cargo(before, draw, scale)?;
        let mut outcomes = Vec::new();
        let mut tallies = Vec::new();
        for (case, draw) in self.cases.iter().zip(draws) {
            let outcome = self.setting.solve(case, draw, scale, &other)?;
            let prices = Prices::new(&case.network, draw, self.setting.freight);
            tallies.push(Tally::new(case, &self.setting.lanes, &prices, &outcome));
            outcomes.push(outcome);
        }
        let modelled = look.modelled(scale, before, &outcomes[0]);
        let run = Run {
            scale,
            modelled,
            tallies,
        };
        Ok((run, outcomes))
    }
}
