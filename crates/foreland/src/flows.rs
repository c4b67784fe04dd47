//! Who ships what which way.
//!
//! The trades of some countries are taken from the atlas ([`crate::demand::Demand`]), spread over
//! places, and each lane chooses among its best door-to-door chains by a path-size logit over
//! generalised cost. Berths queue and services fill: `freightflow` finds the flows at which costs,
//! loads and choices agree. Every result says how good it is.

mod answer;
mod assemble;
mod barriers;
mod berths;
mod calibrate;
mod capacity;
mod case;
mod cost;
mod dependence;
mod evaluate;
mod judge;
mod lanes;
mod market;
mod parameters;
mod plan;
mod prices;
mod solve;
mod tally;
mod trades;
mod ways;
mod worth;

pub use crate::error::FlowError;
pub(crate) use answer::sentences;
pub(crate) use barriers::composite;
pub use parameters::FLOW_PARAMETERS;

use std::collections::BTreeMap;

use crate::atlas::Atlas;
use crate::chain::{Network, Prices};
use crate::ensemble::Sampler;
use crate::error::Error;
use crate::findings::{FlowFindings, Warning};
use crate::param::Draw;
use crate::request::{DEFAULT_SEED, DEFAULT_TRANSSHIPMENTS, Progress, RunRequest};
use crate::sea::SeaCache;
use crate::study::FreightRule;
use crate::world::World;
use assemble::Found;
use case::{Case, Search};
use evaluate::Bench;
use plan::Plan;
use solve::Setting;

/// The flows that a study asks for; `None` if it has no section `[flows]`.
///
/// The result is the same, bit for bit, for the same inputs and seed, whatever the number of
/// threads.
///
/// # Errors
///
/// [`Error::Atlas`], [`Error::World`] and [`Error::Study`] with everything that is wrong in the
/// inputs; [`Error::Cancelled`] if the caller asked to stop.
pub fn flows(
    request: &RunRequest<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Option<FlowFindings>, Error> {
    let Some(spec) = &request.study.spec.flows else {
        return Ok(None);
    };
    let atlas = request.atlas.with_services(request.study)?;
    let request = &request.over(&atlas);
    let mut plan = Plan::new(request, spec)?;
    let run = &request.study.spec.run;
    let seed = request.seed.or(run.seed).unwrap_or(DEFAULT_SEED);
    let search = Search {
        chains: plan.chains,
        max_transshipments: run
            .max_transshipments
            .as_ref()
            .map_or(DEFAULT_TRANSSHIPMENTS, |n| *n.get()),
        freight: run.freight.unwrap_or(FreightRule::Derived),
    };
    let setting = setting(request.atlas, &mut plan, search.freight)?;
    let cases = cases(request, &plan, &setting, search, progress)?;
    let bench = Bench {
        setting: &setting,
        cases: &cases,
        points: &plan.points,
    };
    let evaluated = bench.evaluate(seed, plan.replications, request, progress)?;
    let found = Found {
        plan: &plan,
        setting: &setting,
        cases: &cases,
        evaluated: &evaluated,
    };
    let params = &cases[0].network.world.params;
    let sampler = Sampler::new(params, seed, plan.replications);
    let draws = judge::Draws {
        central: Draw::central(params),
        runs: evaluated
            .kept
            .iter()
            .map(|&run| sampler.draw(run))
            .collect(),
    };
    let mut findings = found.findings();
    findings.worth = found.worth(&draws, seed);
    findings.rival = found.rival();
    findings.diverted = found.diverted();
    findings.warnings = warnings(request.atlas, &setting, &cases);
    Ok(Some(findings))
}

/// What was said of imported services, and what the cases' services lost.
fn warnings(atlas: &Atlas, setting: &Setting, cases: &[Case]) -> Vec<Warning> {
    let mut warnings = atlas.imported.clone();
    for warning in cases.iter().flat_map(|case| &case.network.warnings) {
        if !warnings.contains(warning) {
            warnings.push(warning.clone());
        }
    }
    warnings.extend(cases.iter().flat_map(|case| unreachable(setting, case)));
    warnings
}

/// Trades of which some places have no chain in a case: those goods stay at home.
fn unreachable(setting: &Setting, case: &Case) -> Vec<Warning> {
    let lanes = &setting.lanes;
    let mut pairs: BTreeMap<usize, [usize; 2]> = BTreeMap::new();
    for kind in &case.kinds {
        for (&lane, chains) in kind.lanes.iter().zip(&kind.chains) {
            let [without, all] = pairs.entry(lanes.list[lane].trade).or_default();
            *without += usize::from(chains.is_empty());
            *all += 1;
        }
    }
    let cut_off = pairs.into_iter().filter(|(_, [without, _])| *without > 0);
    cut_off
        .map(|(trade, [without, all])| {
            let trade = &lanes.trades[trade];
            let goods = &case.network.world.commodities[trade.commodity].id;
            let subject = format!("{} → {}: {goods}", trade.origin, trade.destination);
            Warning {
                code: "no_chain".to_owned(),
                text: format!(
                    "{subject}: {without} of {all} pairs of places have no chain in the world \
                     `{}`; their goods stay at home",
                    case.id
                ),
                subject,
            }
        })
        .collect()
}

/// What all draws share.
fn setting(atlas: &Atlas, plan: &mut Plan<'_>, freight: FreightRule) -> Result<Setting, Error> {
    let trades = std::mem::take(&mut plan.trades.followed);
    let lanes = lanes::Lanes::new(atlas, &plan.world, trades, &mut plan.trades.unplaced);
    let followed: Vec<String> = plan
        .spec
        .countries
        .iter()
        .map(|c| c.get().clone())
        .collect();
    let mut partners: Vec<String> = lanes
        .trades
        .iter()
        .flat_map(|trade| [&trade.origin, &trade.destination])
        .filter(|country| !followed.contains(country))
        .cloned()
        .collect();
    partners.sort_unstable();
    partners.dedup();
    let draw = Draw::central(&plan.world.params);
    let per_berth = draw.get(plan.parameters.teu_per_berth_year);
    let worlds = std::iter::once(&plan.world).chain(plan.scenarios.iter().map(|s| &s.world));
    let counts: Vec<u32> = worlds
        .flat_map(|world| &world.terminals)
        .map(|terminal| capacity::berths(terminal, per_berth))
        .collect();
    Ok(Setting {
        parameters: plan.parameters.clone(),
        lanes,
        freight,
        berths: berths::Berths::new(
            counts.into_iter(),
            draw.get(plan.parameters.terminal_stay_h),
            draw.get(plan.parameters.terminal_busy_period_h),
        )?,
        capacities: capacity::Capacities::new(followed, partners),
        loads: plan.loads.clone(),
    })
}

/// The day itself, then every scenario.
fn cases(
    request: &RunRequest<'_>,
    plan: &Plan<'_>,
    setting: &Setting,
    search: Search,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Case>, Error> {
    let cache = SeaCache::new(request.sea);
    let before = ("before", "Before", &plan.world);
    let scenarios = plan
        .scenarios
        .iter()
        .map(|s| (s.spec.id.get().as_str(), s.spec.title.as_str(), &s.world));
    let ports: Vec<_> = setting.loads.iter().map(|(port, _)| *port).collect();
    let total = plan.scenarios.len() as u64 + 1;
    let mut cases = Vec::new();
    for (id, title, world) in std::iter::once(before).chain(scenarios) {
        request.check_cancelled()?;
        progress(Progress {
            stage: "choice sets",
            done: cases.len() as u64,
            total,
        });
        let network = network(world.clone(), &cache, setting);
        cases.push(Case::new(
            (id, title),
            network,
            &setting.lanes,
            &ports,
            search,
        )?);
    }
    progress(Progress {
        stage: "choice sets",
        done: total,
        total,
    });
    Ok(cases)
}

/// A world with the sea legs of its services and of the bulk voyages that lanes may take.
fn network(world: World, cache: &SeaCache<'_>, setting: &Setting) -> Network {
    let mut network = Network::new(world, cache);
    let draw = Draw::central(&network.world.params);
    for lane in &setting.lanes.list {
        let goods = &network.world.commodities[lane.trip.commodity];
        if goods.cargo == crate::atlas::CargoKind::Bulk {
            let (from, to) =
                Prices::new(&network, &draw, setting.freight).reachable_ports(&lane.trip);
            network.add_voyages(&from, &to, cache);
        }
    }
    network
}
