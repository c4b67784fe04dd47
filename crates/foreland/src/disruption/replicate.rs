//! One replication: the undisturbed run, and each scenario on the same luck.

use portsim::{Record, Settings};

use super::flow::Act;
use super::lives::{LifeEnd, Lives};
use super::plan::Plan;
use super::record::{EffectRecord, FlowRecord, Replication, RunRecord, StationRecord};
use super::{loss, recovery};
use crate::error::{Error, Problem};
use crate::param::Draw;

/// A run with what happened to each entity.
pub(super) struct Played {
    pub(super) record: Record,
    pub(super) lives: Lives,
}

/// Plays one world under a draw.
pub(super) fn play(
    plan: &Plan<'_>,
    draw: &Draw,
    number: u32,
    scenario: Option<usize>,
) -> Result<(Played, portsim::Log), Error> {
    let (compiled, engine) = plan
        .compiled(draw, scenario)
        .map_err(|error| plan.draw_error(number, &error))?;
    let settings = Settings::new(plan.seed, u64::from(plan.replications));
    let (record, log) =
        portsim::observe(&engine, &settings, u64::from(number)).map_err(|error| {
            Error::Input(Problem::in_file(
                plan.text.file().to_owned(),
                error.to_string(),
                "let actors turn away, end the disruption earlier, or simulate less time",
            ))
        })?;
    let lives = Lives::of(&log, &compiled.sources);
    let played = Played { record, lives };
    Ok((played, log))
}

/// Plays a replication.
pub(super) fn replicate(plan: &Plan<'_>, draw: &Draw, number: u32) -> Result<Replication, Error> {
    let (calm, _) = play(plan, draw, number, None)?;
    let mut runs = vec![run_record(plan, &calm)];
    let mut effects: Vec<EffectRecord> = Vec::new();
    let mut outcomes = vec![None; plan.outcomes.len()];
    let mut claims = vec![None; plan.claims.len()];
    let mut measured = |scenario: Option<usize>, run: &Played, effects: &[EffectRecord]| {
        let effect = scenario.map(|scenario| &effects[scenario]);
        let of_outcomes = plan.outcomes.iter().map(|outcome| &outcome.probe);
        let of_claims = plan.claims.iter().map(|claim| &claim.probe);
        let slots = outcomes.iter_mut().zip(of_outcomes);
        for (slot, probe) in slots.chain(claims.iter_mut().zip(of_claims)) {
            if probe.scenario == scenario {
                *slot = probe.measured(plan, run, &calm, effect);
            }
        }
    };
    measured(None, &calm, &effects);
    for scenario in 0..plan.scenarios.len() {
        let (run, _) = play(plan, draw, number, Some(scenario))?;
        runs.push(run_record(plan, &run));
        let tolerance_h = plan.regular_within_h.of(&plan.params, draw);
        let delays = loss::Delays::of(plan, &run, &calm);
        let end_h = recovery::end_h(plan, draw, scenario);
        effects.push(EffectRecord {
            end_h,
            backlog_gone_h: recovery::backlog_gone(plan, &run, &calm, end_h),
            last_late_h: recovery::last_late_h(&delays, tolerance_h),
            losses: loss::losses(plan, draw, &run, &calm, &delays, tolerance_h),
        });
        measured(Some(scenario), &run, &effects);
    }
    Ok(Replication {
        runs,
        effects,
        outcomes,
        claims,
    })
}

fn run_record(plan: &Plan<'_>, run: &Played) -> RunRecord {
    let count = run.record.queues.len() / plan.stations.len().max(1);
    let queues = run.record.queues.chunks(count.max(1));
    let stations = run.record.stations.iter().zip(&plan.stations).zip(queues);
    let stations = stations.map(|((record, station), queue)| StationRecord {
        queue: queue
            .iter()
            .map(|length| f64::from(*length) * station.lot)
            .collect(),
        served: record.served as f64 * station.lot,
        wait_h: record.wait.mean_h(),
        wait_longest_h: (record.wait.count > 0).then_some(record.wait.longest_h),
        queue_most: f64::from(record.queue_most) * station.lot,
    });
    RunRecord {
        stations: stations.collect(),
        flows: flow_records(plan, run),
        missing: run.record.certificate.missing,
        little_residual: run.record.certificate.little_residual,
    }
}

fn flow_records(plan: &Plan<'_>, run: &Played) -> Vec<FlowRecord> {
    let mut records = vec![FlowRecord::default(); plan.flows.len()];
    let mut waits: Vec<(f64, f64)> = vec![(0.0, 0.0); plan.flows.len()];
    let counted = run.lives.all.iter();
    for life in counted.filter(|life| life.came_h >= plan.clock.count_from_h) {
        let flow = &plan.flows[life.of.flow];
        let record = &mut records[life.of.flow];
        record.came += flow.lot;
        let add = |sum: &mut f64, what: bool| *sum += if what { flow.lot } else { 0.0 };
        let reroutes =
            life.of.avoids.is_some() || life.did(flow, |act| matches!(act, Act::Reroute(..)));
        add(&mut record.rerouted, reroutes);
        add(
            &mut record.diverted,
            life.did(flow, |act| matches!(act, Act::Divert(..))),
        );
        add(
            &mut record.rebooked,
            life.did(flow, |act| matches!(act, Act::Rebook(..))),
        );
        add(
            &mut record.lightened,
            life.did(flow, |act| matches!(act, Act::Lighten(_))),
        );
        add(
            &mut record.held,
            life.did(flow, |act| matches!(act, Act::Hold(_))),
        );
        match life.end {
            LifeEnd::Inside => record.inside += flow.lot,
            LifeEnd::GaveUp => record.gave_up += flow.lot,
            LifeEnd::Finished(_) => {
                record.finished += flow.lot;
                let stays = life.stays.iter();
                let wait_h = stays.map(|stay| {
                    let (from, until) = stay.waiting(plan.clock.horizon_h);
                    until - from
                });
                let (sum, number) = &mut waits[life.of.flow];
                *sum += wait_h.sum::<f64>();
                *number += 1.0;
            }
        }
    }
    for (record, (sum, number)) in records.iter_mut().zip(waits) {
        record.wait_h = (number > 0.0).then(|| sum / number);
    }
    records
}
