//! How far the estimate may be off: its figures over draws of every parameter.
//!
//! Each draw estimates the trade anew and lets it choose its ways anew; the ways themselves, and what
//! a tariff or a slot costs, stay those of the central values. Imported trade is not drawn: only what
//! its goods are worth and which way they go.

use std::sync::Arc;

use rayon::prelude::*;

use super::super::assign::{assign, assign_with};
use super::{After, Routed, TradeNetwork, WorldTrade, passage_bits};
use crate::demand::DemandBasis;
use crate::ensemble::{Sampler, spread};
use crate::error::Error;
use crate::findings::{ChokepointRange, Spread};
use crate::param::Draw;
use crate::request::{Progress, RunRequest};
use crate::world_trade::{Amount, WorldDemand};

/// Samples of studies that state none.
pub(super) const SAMPLES: u32 = 20;
/// Fewer samples than these show no range.
const FEWEST: u32 = 2;

/// The estimate in every draw.
pub(super) struct Sampled {
    /// Draws that count.
    pub(super) samples: u32,
    /// By draw: all trade by sea.
    total: Vec<Amount>,
    /// By draw and chokepoint.
    before: Vec<Vec<Amount>>,
    /// By scenario, draw and chokepoint.
    after: Vec<Vec<Vec<Amount>>>,
}

/// Draws the estimate `samples` times; `None` if there are too few of them for a range.
///
/// # Errors
///
/// [`Error::Cancelled`]; what is wrong in the atlas.
pub(super) fn sampled(
    request: &RunRequest<'_>,
    trade: &WorldTrade<'_>,
    after: &[After<'_>],
    seed: u64,
    samples: u32,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Option<Sampled>, Error> {
    if samples < FEWEST {
        return Ok(None);
    }
    let network = &trade.network;
    let here = Sampler::new(&network.world.params, seed, samples);
    let there: Vec<Sampler> = after
        .iter()
        .map(|a| Sampler::new(&a.network.world.params, seed, samples))
        .collect();
    let sets: Vec<u128> = trade
        .atlas
        .chokepoints
        .rows
        .iter()
        .map(|row| passage_bits(&network.world, &row.passage.0, |_| true))
        .collect();
    let mut found = Sampled {
        samples: 0,
        total: Vec::new(),
        before: Vec::new(),
        after: vec![Vec::new(); after.len()],
    };
    for run in 0..samples {
        request.check_cancelled()?;
        progress(Progress {
            stage: "trade samples",
            done: u64::from(run),
            total: u64::from(samples),
        });
        let draw = here.draw(run);
        let Some(demand) = drawn(trade, &draw)? else {
            continue;
        };
        let drawn = network.with_demand(Arc::clone(&demand));
        let routed = assign(&drawn, &draw);
        found.samples += 1;
        found.total.push(drawn.through(&routed, |_| true));
        found.before.push(loads(&drawn, &routed, &[], &sets));
        for ((case, sampler), list) in after.iter().zip(&there).zip(&mut found.after) {
            let changed = case.network.with_demand(Arc::clone(&demand));
            let chosen = assign_with(&changed, &sampler.draw(run), &case.surcharges);
            let routed = super::merged(&routed, &case.touched, chosen);
            list.push(loads(&drawn, &routed, &case.conflict.factors, &sets));
        }
    }
    Ok((found.samples >= FEWEST).then_some(found))
}

/// The demand in a draw; `None` if another set of countries trades.
fn drawn(trade: &WorldTrade<'_>, draw: &Draw) -> Result<Option<Arc<WorldDemand>>, Error> {
    let central = &trade.network.demand;
    if central.basis != DemandBasis::Gravity {
        return Ok(Some(Arc::clone(central)));
    }
    let demand = WorldDemand::estimate(trade.atlas, &trade.network.world, draw)?;
    let same = |(a, b): (&super::super::Trade, &super::super::Trade)| {
        (a.goods, a.from, a.to) == (b.goods, b.from, b.to)
    };
    let is_same = demand.trades.len() == central.trades.len()
        && demand.trades.iter().zip(&central.trades).all(same);
    Ok(is_same.then(|| Arc::new(demand)))
}

fn loads(network: &TradeNetwork, routed: &[Routed], factors: &[f64], sets: &[u128]) -> Vec<Amount> {
    sets.par_iter()
        .map(|set| network.through_scaled(routed, factors, |b| b.way.passages & set != 0))
        .collect()
}

impl Sampled {
    /// All trade by sea: value, then mass.
    pub(super) fn total(&self, central: &Amount) -> [Spread; 2] {
        pair(central, self.total.iter())
    }

    /// A chokepoint before and after a scenario.
    pub(super) fn chokepoint(
        &self,
        scenario: usize,
        number: usize,
        [before, after]: [&Amount; 2],
    ) -> ChokepointRange {
        let at = |list: &'_ [Vec<Amount>]| -> Vec<Amount> {
            list.iter().map(|amounts| amounts[number]).collect()
        };
        let (then, now) = (at(&self.before), at(&self.after[scenario]));
        let percent = |a: f64, b: f64| if a > 0.0 { 100.0 * (b / a - 1.0) } else { 0.0 };
        let both = || then.iter().zip(&now);
        let mass: Vec<f64> = both().map(|(a, b)| percent(a.mass_t, b.mass_t)).collect();
        let teu: Vec<f64> = both().map(|(a, b)| percent(a.teu, b.teu)).collect();
        let [before_busd, before_mt] = pair(before, then.iter());
        let [after_busd, after_mt] = pair(after, now.iter());
        ChokepointRange {
            before_busd,
            before_mt,
            after_busd,
            after_mt,
            change_mass_pct: spread("%", percent(before.mass_t, after.mass_t), &mass),
            change_teu_pct: spread("%", percent(before.teu, after.teu), &teu),
        }
    }
}

fn pair<'a>(central: &Amount, samples: impl Iterator<Item = &'a Amount> + Clone) -> [Spread; 2] {
    let value: Vec<f64> = samples.clone().map(|a| a.value_usd / 1e9).collect();
    let mass: Vec<f64> = samples.map(|a| a.mass_t / 1e6).collect();
    [
        spread("bn USD/year", central.value_usd / 1e9, &value),
        spread("Mt/year", central.mass_t / 1e6, &mass),
    ]
}
