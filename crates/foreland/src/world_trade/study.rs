//! The section `[world_trade]` of a study: the world's trade before and after its scenarios.

mod lines;
mod outcome;
mod ranges;
mod slots;

use super::assign::{Fate, Routed, Surcharge};
use super::chokepoint;
use super::conflict::{self, Conflict};
use super::estimate::WorldTrade;
use super::imported::TradeSource;
use super::{Amount, TradeNetwork, passage_bits};
use crate::change;
use crate::error::{Error, Problem};
use crate::findings::{ChokepointChange, TradeScenario, WorldTradeFindings};
use crate::request::{Progress, RunRequest};
use crate::study::{Located, ScenarioSpec, StudyFault, WorldTradeSpec};

/// A scenario's trade on its ways.
struct After<'a> {
    spec: &'a ScenarioSpec,
    /// The trades that choose anew, in the scenario's world.
    network: TradeNetwork,
    /// Which trades of the study's network those are.
    touched: Vec<bool>,
    /// In the order of the study's network.
    routed: Vec<Routed>,
    slots: Vec<crate::findings::SlotPrice>,
    surcharges: Vec<Surcharge>,
    conflict: Conflict,
}

/// The world's trade in a study's worlds; `None` if the study does not ask for it.
///
/// # Errors
///
/// [`Error::Study`] with everything in the section that names what is not there, and what is wrong
/// in the atlas.
pub fn study(
    request: &RunRequest<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Option<WorldTradeFindings>, Error> {
    let Some(spec) = &request.study.spec.world_trade else {
        return Ok(None);
    };
    let source = source(request, spec)?;
    let trade = WorldTrade::by(
        request.atlas,
        request.sea,
        spec.date.0,
        source.as_ref(),
        progress,
    )?;
    let concerned = checked(request, spec, &trade)?;
    let mut after = Vec::new();
    for scenario in &request.study.spec.scenario {
        after.push(scenario_trade(request, spec, &trade, scenario, &concerned)?);
    }
    let mut dependence = Vec::new();
    for name in &spec.depend {
        dependence.push(trade.dependence(name.get(), None)?);
    }
    let seed = request.seed.or(request.study.spec.run.seed);
    let seed = seed.unwrap_or(crate::request::DEFAULT_SEED);
    let asked = spec.samples.as_ref().map_or(ranges::SAMPLES, |n| *n.get());
    let samples = request.replications.map_or(asked, |few| few.min(asked));
    let sampled = ranges::sampled(request, &trade, &after, seed, samples, progress)?;
    let total = trade.network.through(&trade.routed, |_| true);
    Ok(Some(WorldTradeFindings {
        samples: sampled.as_ref().map_or(0, |s| s.samples),
        total_range: sampled.as_ref().map(|s| s.total(&total).to_vec()),
        lines: lines::lines(&trade, &after, &concerned),
        basis: trade.network.demand.source.clone(),
        date: spec.date.0.to_string(),
        total,
        remarks: {
            let mut remarks = chokepoint::remarks(&trade);
            remarks.extend(
                after
                    .iter()
                    .flat_map(|a| a.conflict.remarks.iter().cloned()),
            );
            remarks
        },
        goods: goods_names(&trade, &concerned),
        scenarios: after
            .iter()
            .enumerate()
            .map(|(number, a)| {
                let mut changes = changes(&trade, a, &concerned);
                for (at, row) in changes.chokepoints.iter_mut().enumerate() {
                    let ends = [&row.before, &row.after];
                    row.range = sampled.as_ref().map(|s| s.chokepoint(number, at, ends));
                }
                changes
            })
            .collect(),
        outcomes: outcome::compared(spec, &trade, &after),
        dependence,
    }))
}

fn goods_names(trade: &WorldTrade<'_>, concerned: &[bool]) -> Vec<String> {
    let goods = trade.network.demand.goods.iter().zip(concerned);
    goods
        .filter(|(_, concerned)| **concerned)
        .map(|(goods, _)| goods.name.clone())
        .collect()
}

/// The imported trade that the section names.
fn source(request: &RunRequest<'_>, spec: &WorldTradeSpec) -> Result<Option<TradeSource>, Error> {
    let text = &request.study.text;
    let refuse = |name: &Located<String>, problem: Problem| -> Error {
        let fault = text.fault(name.span(), problem.message, Some(problem.remedy));
        text.error(vec![fault]).into()
    };
    if let (None, Some(other)) = (&spec.trade, spec.trade_with.first()) {
        let (message, remedy) = (
            "there is no `trade` for it to stand beside",
            "name it as `trade`",
        );
        return Err(refuse(
            other,
            Problem::in_file("trade_with", message, remedy),
        ));
    }
    let store = crate::import::store_beside(&request.atlas.dir);
    let mut source = None;
    for name in spec.tables() {
        let before: TradeSource = source.unwrap_or_default();
        let with = before.and(&store, name.get());
        source = Some(with.map_err(|problem| refuse(name, *problem))?);
    }
    Ok(source)
}

/// Which goods the changes concern; every name of the section is looked up.
fn checked(
    request: &RunRequest<'_>,
    spec: &WorldTradeSpec,
    trade: &WorldTrade<'_>,
) -> Result<Vec<bool>, Error> {
    let text = &request.study.text;
    let goods = &trade.network.demand.goods;
    let mut faults: Vec<StudyFault> = Vec::new();
    let mut need = |found: bool, what: &str, name: &Located<String>| {
        if !found {
            faults.push(text.fault(
                name.span(),
                format!("there is no {what} `{}`", name.get()),
                Some(format!("name a {what} of the study or the atlas")),
            ));
        }
    };
    for name in spec.goods.iter().flatten() {
        need(
            goods.iter().any(|g| g.commodity == *name.get()),
            "group of goods",
            name,
        );
    }
    let scenario = |id: &str| request.study.spec.scenario.iter().any(|s| s.id.get() == id);
    let chokepoints = &request.atlas.chokepoints.rows;
    for slots in &spec.slots {
        need(scenario(slots.scenario.get()), "scenario", &slots.scenario);
        let known = chokepoints
            .iter()
            .any(|row| row.id.as_str() == slots.chokepoint.get());
        need(known, "chokepoint", &slots.chokepoint);
    }
    for outcome in &spec.outcome {
        need(
            scenario(outcome.scenario.get()),
            "scenario",
            &outcome.scenario,
        );
    }
    if !faults.is_empty() {
        return Err(text.error(faults).into());
    }
    let asked = |commodity: &str| match &spec.goods {
        Some(names) => names.iter().any(|name| name.get() == commodity),
        None => true,
    };
    Ok(goods.iter().map(|g| asked(&g.commodity)).collect())
}

/// The trade in a scenario's world: concerned goods choose anew, others go as before.
fn scenario_trade<'a>(
    request: &RunRequest<'_>,
    spec: &WorldTradeSpec,
    trade: &WorldTrade<'_>,
    scenario: &'a ScenarioSpec,
    concerned: &[bool],
) -> Result<After<'a>, Error> {
    let text = &request.study.text;
    let id = format!("scenario/{}", scenario.id.get());
    let on = scenario.on.as_ref().map(|day| day.0);
    let world = &trade.network.world;
    let changed = change::apply(world, request.atlas, text, &id, &scenario.change, on)
        .map_err(|faults| text.error(faults))?;
    let seed = request.seed.or(request.study.spec.run.seed);
    let seed = seed.unwrap_or(crate::request::DEFAULT_SEED);
    let conflict = conflict::of(&trade.network, &changed.world, seed)?;
    let demand = &trade.network.demand;
    let touched: Vec<bool> = demand.trades.iter().map(|t| concerned[t.goods]).collect();
    let network = trade
        .network
        .of_trades(request.atlas, changed.world, request.sea, &touched);
    let draw = crate::param::Draw::central(&network.world.params);
    let (chosen, slots, surcharges) =
        slots::rationed(request.atlas, spec, scenario, &network, &draw);
    Ok(After {
        spec: scenario,
        network,
        routed: merged(&trade.routed, &touched, chosen),
        touched,
        slots,
        surcharges,
        conflict,
    })
}

/// The trades as before, and those that were touched as they choose now.
fn merged(before: &[Routed], touched: &[bool], chosen: Vec<Routed>) -> Vec<Routed> {
    let mut chosen = chosen.into_iter();
    before
        .iter()
        .zip(touched)
        .map(|(before, touched)| match touched {
            true => chosen.next().unwrap_or_else(|| before.clone()),
            false => before.clone(),
        })
        .collect()
}

fn changes(trade: &WorldTrade<'_>, after: &After<'_>, concerned: &[bool]) -> TradeScenario {
    let network = &trade.network;
    let chokepoints = trade.atlas.chokepoints.rows.iter().map(|row| {
        let set = passage_bits(&network.world, &row.passage.0, |_| true);
        let on = |routed: &[Routed], factors: &[f64]| {
            network.through_scaled(routed, factors, |b| b.way.passages & set != 0)
        };
        ChokepointChange {
            name: row.name.clone(),
            before: on(&trade.routed, &[]),
            after: on(&after.routed, &after.conflict.factors),
            range: None,
        }
    });
    let (mut extra_cost_usd, mut value_days, mut value) = (0.0, 0.0, 0.0);
    let mut cut_off = Amount::default();
    for (number, ((flow, then), now)) in network
        .demand
        .trades
        .iter()
        .zip(&trade.routed)
        .zip(&after.routed)
        .enumerate()
    {
        let factor = after.conflict.factors.get(number).copied().unwrap_or(1.0);
        let amount = Amount::of(&network.demand, flow, factor);
        match (then.fate, now.fate) {
            (Fate::Carried, Fate::Carried) => {
                let more = now.composite_usd_per_t - then.composite_usd_per_t;
                extra_cost_usd += flow.mass_t * factor * more;
                if concerned[flow.goods] {
                    value += amount.value_usd;
                    value_days += amount.value_usd * (now.mean_h() - then.mean_h()) / 24.0;
                }
            }
            (Fate::Carried, Fate::CutOff | Fate::NoPort) => cut_off += amount,
            _ => {}
        }
    }
    TradeScenario {
        scenario: after.spec.id.get().clone(),
        title: after.spec.title.clone(),
        chokepoints: chokepoints.collect(),
        extra_cost_usd,
        extra_time_d: if value > 0.0 { value_days / value } else { 0.0 },
        cut_off,
        slots: after.slots.clone(),
        diverted: after.conflict.diverted.clone(),
    }
}
