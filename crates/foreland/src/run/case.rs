//! Cases: a baseline, with or without a scenario, ready to be evaluated.

use super::plan::Plan;
use super::{Progress, RunRequest};
use crate::chain::{Network, Path, Prices, Query, Trip};
use crate::ensemble::Sampler;
use crate::error::Error;
use crate::param::{Draw, Params};
use crate::sea::SeaCache;
use crate::study::{Criterion, FreightRule};
use crate::world::World;

/// A baseline and, if there is one, the same baseline under a scenario.
pub(crate) struct Case {
    pub(crate) baseline: usize,
    pub(crate) scenario: Option<usize>,
    pub(crate) before: Network,
    pub(crate) after: Option<Network>,
    pub(crate) sampler: Sampler,
    /// The best few chains of each flow at central values.
    pub(crate) chains: Vec<FlowChains>,
}

/// The best few chains of a flow, best first.
#[derive(Default)]
pub(crate) struct FlowChains {
    pub(crate) before: Vec<Path>,
    pub(crate) after: Vec<Path>,
}

impl Case {
    /// Parameters of both worlds: the changed world's hold the baseline's.
    pub(crate) fn params(&self) -> &Params {
        &self.after.as_ref().unwrap_or(&self.before).world.params
    }

    /// Evaluates something with both worlds priced in a draw.
    pub(crate) fn priced<T>(
        &self,
        draw: &Draw,
        freight: FreightRule,
        evaluate: impl FnOnce(&Prices<'_>, &Prices<'_>) -> T,
    ) -> T {
        let before = Prices::new(&self.before, draw, freight);
        match &self.after {
            Some(network) => evaluate(&before, &Prices::new(network, draw, freight)),
            None => evaluate(&before, &before),
        }
    }
}

pub(crate) fn build(
    plan: &Plan<'_>,
    cache: &SeaCache<'_>,
    request: &RunRequest<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Case>, Error> {
    let total = plan
        .worlds
        .iter()
        .map(|baseline| baseline.changed.len().max(1))
        .sum::<usize>() as u64;
    let mut cases = Vec::new();
    for (ix, baseline) in plan.worlds.iter().enumerate() {
        let scenarios: Vec<Option<usize>> = if baseline.changed.is_empty() {
            vec![None]
        } else {
            (0..baseline.changed.len()).map(Some).collect()
        };
        for scenario in scenarios {
            request.check_cancelled()?;
            progress(Progress {
                stage: "sea legs and chains",
                done: cases.len() as u64,
                total,
            });
            let before = network(plan, cache, baseline.world.clone());
            let after = scenario.map(|s| network(plan, cache, baseline.changed[s].world.clone()));
            cases.push(with_chains(plan, ix, scenario, before, after));
        }
    }
    progress(Progress {
        stage: "sea legs and chains",
        done: total,
        total,
    });
    Ok(cases)
}

fn network(plan: &Plan<'_>, cache: &SeaCache<'_>, world: World) -> Network {
    let mut network = Network::new(world, cache);
    let draw = Draw::central(&network.world.params);
    for flow in plan.bulk_flows() {
        let (from, to) =
            Prices::new(&network, &draw, plan.settings.freight).reachable_ports(&flow.trip);
        network.add_voyages(&from, &to, cache);
    }
    network
}

fn with_chains(
    plan: &Plan<'_>,
    baseline: usize,
    scenario: Option<usize>,
    before: Network,
    after: Option<Network>,
) -> Case {
    let settings = &plan.settings;
    let params = &after.as_ref().unwrap_or(&before).world.params;
    let sampler = Sampler::new(params, settings.seed, settings.replications);
    let mut case = Case {
        baseline,
        scenario,
        before,
        after,
        sampler,
        chains: Vec::new(),
    };
    let draw = Draw::central(case.params());
    let query = Query {
        criterion: Criterion::GeneralisedCost,
        max_transshipments: settings.max_transshipments,
        load_at: None,
        not_at: &[],
    };
    let few = |prices: &Prices<'_>, trip: &Trip| -> Vec<Path> {
        let found = prices.best_few(trip, &query, settings.chains);
        found.into_iter().map(|(_, path)| path).collect()
    };
    case.chains = case.priced(&draw, settings.freight, |before, after| {
        plan.flows
            .iter()
            .map(|flow| FlowChains {
                before: few(before, &flow.trip),
                after: few(after, &flow.trip),
            })
            .collect()
    });
    case
}
