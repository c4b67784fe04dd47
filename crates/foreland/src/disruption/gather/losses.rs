//! Losses over replications: of a scenario, beside another one, and of years in which it comes again.

use super::percentiles;
use crate::disruption::loss;
use crate::disruption::plan::Plan;
use crate::disruption::record::{EffectRecord, LossRecord, Replication};
use crate::disruption::recurrence::{Recurrence, YEARS, Years};
use crate::findings::{FlowLoss, PayerCost, RecurrenceFinding};

/// Losses by flow, and of all flows together, kind by kind.
pub(super) fn losses(plan: &Plan<'_>, effects: &[&EffectRecord]) -> Vec<FlowLoss> {
    let payers = loss::payers(plan);
    let mut found: Vec<FlowLoss> = plan
        .flows
        .iter()
        .enumerate()
        .map(|(place, flow)| {
            let records: Vec<LossRecord> =
                effects.iter().map(|e| e.losses[place].clone()).collect();
            flow_loss(&flow.title, Some(&flow.unit), &payers, &records)
        })
        .collect();
    if plan.flows.len() > 1 {
        let all: Vec<LossRecord> = effects.iter().map(|effect| together(effect)).collect();
        found.push(flow_loss("all", None, &payers, &all));
    }
    found
}

/// The losses of all flows less those under another scenario.
pub(super) fn beside<'e>(
    plan: &Plan<'_>,
    pairs: impl Iterator<Item = (&'e EffectRecord, &'e EffectRecord)>,
) -> FlowLoss {
    let less = |(here, there)| {
        let mut difference = together(here);
        add(&mut difference, &together(there), -1.0);
        difference
    };
    let records: Vec<LossRecord> = pairs.map(less).collect();
    flow_loss("all", None, &loss::payers(plan), &records)
}

/// The losses of all flows, kind by kind.
fn together(effect: &EffectRecord) -> LossRecord {
    let mut sum = LossRecord::default();
    for loss in &effect.losses {
        add(&mut sum, loss, 1.0);
    }
    sum
}

/// Adds so many times a loss.
fn add(sum: &mut LossRecord, loss: &LossRecord, times: f64) {
    sum.delayed += times * loss.delayed;
    sum.delay_d += times * loss.delay_d;
    sum.delay_t_d += times * loss.delay_t_d;
    sum.delay_teu_d += times * loss.delay_teu_d;
    sum.delayed_t += times * loss.delayed_t;
    sum.delayed_teu += times * loss.delayed_teu;
    sum.value_delayed_usd += times * loss.value_delayed_usd;
    sum.value_lost_usd += times * loss.value_lost_usd;
    sum.extra_wtw_t += times * loss.extra_wtw_t;
    sum.extra_cost_usd.resize(loss.extra_cost_usd.len(), 0.0);
    for (sum, usd) in sum.extra_cost_usd.iter_mut().zip(&loss.extra_cost_usd) {
        *sum += times * usd;
    }
}

/// `unit` is none where units differ and cannot be counted together.
fn flow_loss(
    flow: &str,
    unit: Option<&str>,
    payers: &[String],
    records: &[LossRecord],
) -> FlowLoss {
    let of =
        |unit: &str, pick: &dyn Fn(&LossRecord) -> f64| percentiles(unit, records.iter().map(pick));
    let costs = payers.iter().enumerate().map(|(place, payer)| PayerCost {
        payer: payer.clone(),
        usd: of("USD", &|loss| {
            loss.extra_cost_usd.get(place).copied().unwrap_or(0.0)
        }),
    });
    FlowLoss {
        flow: flow.to_owned(),
        delayed: unit.map(|unit| of(unit, &|loss| loss.delayed)),
        delay_d: unit.map(|unit| of(&format!("{unit} × d"), &|loss| loss.delay_d)),
        delay_t_d: of("t × d", &|loss| loss.delay_t_d),
        delay_teu_d: of("TEU × d", &|loss| loss.delay_teu_d),
        delayed_t: of("t", &|loss| loss.delayed_t),
        delayed_teu: of("TEU", &|loss| loss.delayed_teu),
        value_delayed_usd: of("USD", &|loss| loss.value_delayed_usd),
        value_lost_usd: of("USD", &|loss| loss.value_lost_usd),
        extra_cost_usd: costs.collect(),
        extra_wtw_t: of("t CO2e", &|loss| loss.extra_wtw_t),
    }
}

pub(super) fn recurring(
    plan: &Plan<'_>,
    recurrence: &Recurrence<'_>,
    all: &[Replication],
) -> RecurrenceFinding {
    let years = Years::draw(plan, recurrence, all);
    let single: Vec<LossRecord> = all
        .iter()
        .map(|one| together(&one.effects[recurrence.scenario]))
        .collect();
    let payers = loss::payers(plan);
    let of_year = |events: &Vec<usize>| {
        let mut sum = LossRecord::default();
        events
            .iter()
            .for_each(|&event| add(&mut sum, &single[event], 1.0));
        sum
    };
    let losses: Vec<LossRecord> = years.events.iter().map(of_year).collect();
    let numbers = years.events.iter().map(|events| events.len() as f64);
    RecurrenceFinding {
        title: recurrence.spec.title.clone(),
        scenario: plan.scenarios[recurrence.scenario].spec.id.get().clone(),
        number: percentiles("1/year", numbers),
        loss: flow_loss("all", None, &payers, &losses),
        years: YEARS,
    }
}
