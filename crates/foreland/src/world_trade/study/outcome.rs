//! What was observed beside what the estimate says.

use super::super::assign::Routed;
use super::super::estimate::WorldTrade;
use super::{After, Amount, passage_bits};
use crate::findings::Outcome;
use crate::study::{OutcomeMeasure, OutcomeQuantity, OutcomeSpec, WorldTradeSpec};

/// All outcomes of a study.
pub(super) fn compared(
    spec: &WorldTradeSpec,
    trade: &WorldTrade<'_>,
    after: &[After<'_>],
) -> Vec<Outcome> {
    let one = |outcome: &OutcomeSpec| {
        let of = after
            .iter()
            .find(|a| a.spec.id.get() == outcome.scenario.get());
        let (modelled, unit) = match of {
            Some(after) => measured(outcome.measure.get(), trade, after),
            None => (None, ""),
        };
        let ends = || outcome.observed.iter().copied();
        let low = ends().fold(f64::INFINITY, f64::min);
        let high = ends().fold(f64::NEG_INFINITY, f64::max);
        let middle = (low + high) / 2.0;
        Outcome {
            statement: outcome.statement.clone(),
            scenario: outcome.scenario.get().clone(),
            observed_low: low,
            observed_high: high,
            ratio: modelled.filter(|_| middle != 0.0).map(|m| m / middle),
            modelled,
            unit: unit.to_owned(),
            source: outcome.source.clone(),
        }
    };
    spec.outcome
        .iter()
        .filter(|o| !o.observed.is_empty())
        .map(one)
        .collect()
}

fn measured(
    measure: &OutcomeMeasure,
    trade: &WorldTrade<'_>,
    after: &After<'_>,
) -> (Option<f64>, &'static str) {
    let mean = |from: &[String], to: &[String], goods: &str, of: fn(&Routed) -> f64| {
        let before = mean_of(trade, &trade.routed, from, to, goods, of)?;
        Some(mean_of(trade, &after.routed, from, to, goods, of)? - before)
    };
    match measure {
        OutcomeMeasure::Change {
            chokepoint,
            goods,
            of,
        } => (change(trade, after, chokepoint, goods.as_deref(), *of), "%"),
        OutcomeMeasure::DetourNm { from, to, goods } => {
            (mean(from, to, goods, Routed::mean_nm), "nm")
        }
        OutcomeMeasure::DetourD { from, to, goods } => (
            mean(from, to, goods, Routed::mean_h).map(|hours| hours / 24.0),
            "d",
        ),
        OutcomeMeasure::SlotPrice { chokepoint } => {
            let rows = &trade.atlas.chokepoints.rows;
            let name = rows.iter().find(|row| row.id.as_str() == chokepoint);
            let slot = name.and_then(|row| after.slots.iter().find(|s| s.chokepoint == row.name));
            (slot.map(|slot| slot.price_usd / 1e6), "M USD")
        }
    }
}

/// Change of what passes a chokepoint, %.
fn change(
    trade: &WorldTrade<'_>,
    after: &After<'_>,
    chokepoint: &str,
    goods: Option<&str>,
    of: OutcomeQuantity,
) -> Option<f64> {
    let rows = &trade.atlas.chokepoints.rows;
    let row = rows.iter().find(|row| row.id.as_str() == chokepoint)?;
    let set = passage_bits(&trade.network.world, &row.passage.0, |_| true);
    let demand = &trade.network.demand;
    let on = |routed: &[Routed]| -> f64 {
        let trades = demand.trades.iter().zip(routed);
        let ours =
            trades.filter(|(t, _)| goods.is_none_or(|g| demand.goods[t.goods].commodity == g));
        let amount: Amount = ours
            .map(|(t, routed)| {
                let through = routed.branches.iter().filter(|b| b.way.passages & set != 0);
                Amount::of(demand, t, through.map(|b| b.share).sum())
            })
            .sum();
        match of {
            OutcomeQuantity::Value => amount.value_usd,
            OutcomeQuantity::Mass => amount.mass_t,
            OutcomeQuantity::Teu => amount.teu,
        }
    };
    let before = on(&trade.routed);
    (before > 0.0).then(|| 100.0 * (on(&after.routed) / before - 1.0))
}

/// Mean over the mass of some goods from some countries to others.
fn mean_of(
    trade: &WorldTrade<'_>,
    routed: &[Routed],
    from: &[String],
    to: &[String],
    goods: &str,
    of: fn(&Routed) -> f64,
) -> Option<f64> {
    let demand = &trade.network.demand;
    let (mut sum, mut mass_t) = (0.0, 0.0);
    for (flow, routed) in demand.trades.iter().zip(routed) {
        let ours = demand.goods[flow.goods].commodity == goods
            && from.contains(&demand.countries[flow.from])
            && to.contains(&demand.countries[flow.to])
            && !routed.branches.is_empty();
        if ours {
            sum += flow.mass_t * of(routed);
            mass_t += flow.mass_t;
        }
    }
    (mass_t > 0.0).then(|| sum / mass_t)
}
