//! Evaluating all runs of all cases.

use rayon::prelude::*;

use super::case::Case;
use super::plan::Plan;
use super::{Progress, RunRequest};
use crate::chain::{Cargo, Prices, Query, Split, Trip};
use crate::claim::measure::{Measure, Resolved, Run};
use crate::claim::resolve::Claim;
use crate::ensemble::{Sampler, hypercube};
use crate::error::Error;
use crate::param::Draw;
use crate::study::Criterion;

/// Runs evaluated between two reports of progress.
const BLOCK: u32 = 64;

/// What is kept of a chain in a run: time (d), transit (d), money, generalised cost (USD), TTW and
/// WTW (kg).
pub(crate) type Totals = [f64; 6];

/// All runs of a study.
pub(super) struct Runs {
    /// By case.
    pub(super) cases: Vec<CaseRuns>,
    /// By part, in the order of the study, for parts that know no baseline: the figure of each
    /// run.
    pub(super) today: Vec<Vec<Option<f64>>>,
    pub(super) today_sampler: Sampler,
}

/// All runs of a case.
pub(super) struct CaseRuns {
    pub(super) central: OneRun,
    pub(super) runs: Vec<OneRun>,
}

/// One run of a case.
pub(super) struct OneRun {
    /// By flow: the best chain before and after.
    pub(super) best: Vec<[Option<Totals>; 2]>,
    /// By flow: the few chains that are shown, before and after.
    pub(super) shown: Vec<[Vec<Option<Totals>>; 2]>,
    /// By part; `None` too for parts that do not look at this case.
    pub(super) parts: Vec<Option<f64>>,
}

/// The measures of all parts in the order of the study; `None` if unavailable.
pub(crate) fn measures<'c>(claims: &'c [Claim<'_>]) -> Vec<Option<&'c dyn Measure>> {
    claims
        .iter()
        .flat_map(|claim| &claim.parts)
        .map(|part| match &part.measure {
            Resolved::Measure(measure) => Some(measure.as_ref()),
            Resolved::Unavailable { .. } => None,
        })
        .collect()
}

pub(super) fn evaluate(
    plan: &Plan<'_>,
    cases: &[Case],
    claims: &[Claim<'_>],
    request: &RunRequest<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Runs, Error> {
    let settings = &plan.settings;
    let count = settings.replications;
    let measures = measures(claims);
    let places: Vec<Vec<f64>> = claims
        .iter()
        .flat_map(|claim| &claim.parts)
        .map(|part| hypercube(settings.seed, &format!("reading/{}", part.id), count))
        .collect();
    let total = u64::from(count) * cases.len() as u64;
    let mut done = 0;
    let mut all = Vec::new();
    for case in cases {
        let central_places: Vec<f64> = measures
            .iter()
            .map(|m| m.map_or(0.0, Measure::central_place))
            .collect();
        let centre = Draw::central(case.params());
        let central = one(plan, case, &measures, &centre, &central_places);
        let mut runs = Vec::with_capacity(count as usize);
        for block in (0..count).step_by(BLOCK as usize) {
            request.check_cancelled()?;
            progress(Progress {
                stage: "runs",
                done,
                total,
            });
            let end = (block + BLOCK).min(count);
            let evaluated: Vec<OneRun> = (block..end)
                .into_par_iter()
                .map(|run| {
                    let draw = case.sampler.draw(run);
                    let here: Vec<f64> = places.iter().map(|p| p[run as usize]).collect();
                    one(plan, case, &measures, &draw, &here)
                })
                .collect();
            done += u64::from(end - block);
            runs.extend(evaluated);
        }
        all.push(CaseRuns { central, runs });
    }
    progress(Progress {
        stage: "runs",
        done,
        total,
    });
    let sampler = Sampler::new(&plan.today.params, settings.seed, count);
    let today = today(plan, &measures, &sampler, &places, count);
    Ok(Runs {
        cases: all,
        today,
        today_sampler: sampler,
    })
}

/// Parts that know no baseline: one figure per run and part.
fn today(
    plan: &Plan<'_>,
    measures: &[Option<&dyn Measure>],
    sampler: &Sampler,
    places: &[Vec<f64>],
    count: u32,
) -> Vec<Vec<Option<f64>>> {
    let by_run: Vec<Vec<Option<f64>>> = (0..count)
        .into_par_iter()
        .map(|run| {
            let draw = sampler.draw(run);
            measures
                .iter()
                .zip(places)
                .map(|(measure, places)| {
                    let measure = measure.filter(|m| m.scenario().is_none())?;
                    measure.figure(&Run {
                        today: &plan.today,
                        draw: &draw,
                        place: places[run as usize],
                        worlds: None,
                        max_transshipments: plan.settings.max_transshipments,
                    })
                })
                .collect()
        })
        .collect();
    (0..measures.len())
        .map(|part| by_run.iter().map(|figures| figures[part]).collect())
        .collect()
}

/// Evaluates one draw of a case.
fn one(
    plan: &Plan<'_>,
    case: &Case,
    measures: &[Option<&dyn Measure>],
    draw: &Draw,
    places: &[f64],
) -> OneRun {
    case.priced(draw, plan.settings.freight, |before, after| {
        let worlds = [before, after];
        let best = plan
            .flows
            .iter()
            .map(|flow| {
                worlds
                    .map(|prices| best_totals(prices, &flow.trip, plan.settings.max_transshipments))
            })
            .collect();
        let shown = plan
            .flows
            .iter()
            .zip(&case.chains)
            .map(|(flow, chains)| {
                [(before, &chains.before), (after, &chains.after)].map(|(prices, paths)| {
                    paths
                        .iter()
                        .map(|path| {
                            let split = prices.evaluate(&flow.trip, path)?;
                            Some(totals(prices, &flow.trip, &split))
                        })
                        .collect()
                })
            })
            .collect();
        let parts = measures
            .iter()
            .zip(places)
            .map(|(measure, &place)| {
                let measure =
                    measure.filter(|m| m.scenario().is_some() && m.scenario() == case.scenario)?;
                measure.figure(&Run {
                    today: &plan.today,
                    draw,
                    place,
                    worlds: Some((before, after)),
                    max_transshipments: plan.settings.max_transshipments,
                })
            })
            .collect();
        OneRun { best, shown, parts }
    })
}

pub(crate) fn best_totals(
    prices: &Prices<'_>,
    trip: &Trip,
    max_transshipments: u32,
) -> Option<Totals> {
    let query = Query {
        criterion: Criterion::GeneralisedCost,
        max_transshipments,
        load_at: None,
        not_at: &[],
    };
    let (_, path) = prices.best(trip, &query)?;
    let split = prices.evaluate(trip, &path)?;
    Some(totals(prices, trip, &split))
}

pub(super) fn totals(prices: &Prices<'_>, trip: &Trip, split: &Split) -> Totals {
    let world = prices.world();
    let cargo = Cargo::of(world, &world.commodities[trip.commodity], prices.draw);
    let total = split.total();
    [
        total.time_h / 24.0,
        split.transit_h() / 24.0,
        total.money_usd(),
        total.money_usd() + cargo.vot_usd_per_h * total.time_h,
        total.ttw_kg,
        total.wtw_kg,
    ]
}
