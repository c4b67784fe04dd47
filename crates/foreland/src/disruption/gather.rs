//! From replications to findings.

use portsim::Estimate;

use super::flow::Flow;
use super::loss;
use super::measure::Outcome;
use super::plan::{Plan, Scenario};
use super::record::{EffectRecord, FlowRecord, LossRecord, Replication, RunRecord, StationRecord};
use super::recurrence::{Recurrence, YEARS, Years};
use crate::change::DisruptionEnd;
use crate::ensemble::drivers_of;
use crate::findings::{
    DisruptionFinding, Fan, FlowFinding, FlowLoss, OutcomeGrade, PayerCost, Percentiles, Recovery,
    RecoveryDate, RecurrenceFinding, SimulatedAssumption, SimulatedOutcome, SimulatedScenario,
    SimulationCertificate, SimulationFindings, StationFinding, StationRecovery, WaitingFan,
};
use crate::param::Draw;

/// A figure within this share of the observed one is good enough.
const GOOD_ENOUGH: f64 = 0.15;

/// What all replications together say.
pub(super) fn findings(plan: &Plan<'_>, all: &[Replication]) -> SimulationFindings {
    let clock = &plan.clock;
    let runs = |world: usize| all.iter().map(|one| &one.runs[world]).collect::<Vec<_>>();
    let calm = runs(0);
    let scenarios = plan.scenarios.iter().enumerate();
    SimulationFindings {
        start: clock.start.to_string(),
        count_from: clock.date(clock.count_from_h).to_string(),
        until: clock.date(clock.horizon_h).to_string(),
        seed: plan.seed,
        replications: plan.replications,
        step_h: clock.step_h,
        stations: stations(plan, &calm, None),
        flows: flows(plan, &calm),
        scenarios: scenarios
            .map(|(number, scenario)| {
                let effects = |number: usize| all.iter().map(move |one| &one.effects[number]);
                let beside = (number > 0).then(|| beside(plan, effects(number).zip(effects(0))));
                SimulatedScenario {
                    beside_first: beside,
                    ..one_scenario(
                        plan,
                        scenario,
                        (number, &runs(1 + number)),
                        &calm,
                        effects(number).collect(),
                    )
                }
            })
            .collect(),
        outcomes: (0..plan.outcomes.len())
            .map(|number| {
                let figures = all.iter().map(|one| one.outcomes[number]);
                outcome(plan, &plan.outcomes[number], figures.collect())
            })
            .collect(),
        recurrences: plan
            .recurrences
            .iter()
            .map(|recurrence| recurring(plan, recurrence, all))
            .collect(),
        replays: Vec::new(),
        assumptions: assumptions(plan),
        certificate: certificate(all),
    }
}

/// A figure over replications; zeros if there is none.
fn percentiles(unit: &str, figures: impl Iterator<Item = f64>) -> Percentiles {
    let figures: Vec<f64> = figures.collect();
    let (mean, ci95, [p10, p50, p90]) = match Estimate::new(&figures) {
        Some(found) => (found.mean, found.ci95, [found.p10, found.p50, found.p90]),
        None => (0.0, None, [0.0; 3]),
    };
    Percentiles {
        unit: unit.to_owned(),
        mean,
        ci95: ci95.filter(|width| width.is_finite()),
        p10,
        p50,
        p90,
    }
}

fn perhaps(unit: &str, figures: impl Iterator<Item = Option<f64>>) -> Option<Percentiles> {
    let figures: Vec<f64> = figures.flatten().collect();
    (!figures.is_empty()).then(|| percentiles(unit, figures.into_iter()))
}

/// A series over replications.
fn fan(series: &[Vec<f64>]) -> Fan {
    let times = series.first().map_or(0, Vec::len);
    let mut fan = Fan::default();
    for time in 0..times {
        let at = percentiles("", series.iter().map(|one| one[time]));
        fan.mean.push(at.mean);
        fan.p10.push(at.p10);
        fan.p50.push(at.p50);
        fan.p90.push(at.p90);
    }
    fan
}

/// What waits at a station: the unit of the flows that pass it.
fn unit_of<'p>(plan: &'p Plan<'_>, station: usize) -> &'p str {
    let passes = |flow: &&Flow| {
        let mut stations = flow.visits.iter().flat_map(|visit| visit.stations());
        stations.any(|ix| ix == station)
    };
    let found = plan.flows.iter().find(passes).or(plan.flows.first());
    found.map_or("", |flow| flow.unit.as_str())
}

fn stations(plan: &Plan<'_>, runs: &[&RunRecord], scenario: Option<usize>) -> Vec<StationFinding> {
    let central = plan.compiled(&Draw::central(&plan.params), scenario).ok();
    let days = (plan.clock.horizon_h - plan.clock.count_from_h) / 24.0;
    let one = |place: usize| {
        let station = &plan.stations[place];
        let unit = unit_of(plan, place);
        let of = || runs.iter().map(move |run| &run.stations[place]);
        let queues: Vec<Vec<f64>> = of().map(|record| record.queue.clone()).collect();
        let hours = |pick: fn(&StationRecord) -> Option<f64>| perhaps("h", of().map(pick));
        StationFinding {
            id: station.id.clone(),
            title: station.title.clone(),
            kind: station.kind.word().to_owned(),
            unit: unit.to_owned(),
            load: match scenario {
                None => central.as_ref().and_then(|(_, engine)| engine.load(place)),
                Some(_) => None,
            },
            queue: fan(&queues),
            wait_h: hours(|record| record.wait_h),
            wait_longest_h: hours(|record| record.wait_longest_h),
            queue_most: percentiles(unit, of().map(|record| record.queue_most)),
            per_day: percentiles(
                &format!("{unit}/day"),
                of().map(|record| record.served / days),
            ),
        }
    };
    (0..plan.stations.len()).map(one).collect()
}

fn flows(plan: &Plan<'_>, runs: &[&RunRecord]) -> Vec<FlowFinding> {
    let one = |place: usize| {
        let flow = &plan.flows[place];
        let of = |pick: fn(&FlowRecord) -> f64| {
            percentiles(&flow.unit, runs.iter().map(|run| pick(&run.flows[place])))
        };
        FlowFinding {
            id: flow.id.clone(),
            title: flow.title.clone(),
            unit: flow.unit.clone(),
            came: of(|record| record.came),
            finished: of(|record| record.finished),
            rerouted: of(|record| record.rerouted),
            diverted: of(|record| record.diverted),
            rebooked: of(|record| record.rebooked),
            held: of(|record| record.held),
            gave_up: of(|record| record.gave_up),
            inside: of(|record| record.inside),
            wait_h: perhaps("h", runs.iter().map(|run| run.flows[place].wait_h)),
        }
    };
    (0..plan.flows.len()).map(one).collect()
}

fn one_scenario(
    plan: &Plan<'_>,
    scenario: &Scenario<'_>,
    (number, runs): (usize, &[&RunRecord]),
    calm: &[&RunRecord],
    effects: Vec<&EffectRecord>,
) -> SimulatedScenario {
    SimulatedScenario {
        id: scenario.spec.id.get().clone(),
        title: scenario.spec.title.clone(),
        description: scenario.spec.description.clone(),
        disruptions: disruptions(plan, scenario),
        stations: stations(plan, runs, Some(number)),
        flows: flows(plan, runs),
        waiting: waiting(plan, runs, calm),
        recovery: recovery(plan, scenario, &effects),
        losses: losses(plan, &effects),
        beside_first: None,
    }
}

fn disruptions(plan: &Plan<'_>, scenario: &Scenario<'_>) -> Vec<DisruptionFinding> {
    let pairs = scenario.disruptions.iter().zip(&scenario.hits);
    pairs
        .map(|(disruption, hit)| {
            let stations = hit
                .stations
                .iter()
                .map(|&ix| plan.stations[ix].title.clone());
            let flows = hit.flows.iter().map(|&ix| plan.flows[ix].title.clone());
            DisruptionFinding {
                kind: disruption.kind.to_owned(),
                target: disruption.target.clone(),
                effect: disruption.sentence.clone(),
                start: disruption.start.to_string(),
                end: match &disruption.end {
                    DisruptionEnd::At(end) => end.to_string(),
                    DisruptionEnd::After(_) => "differs".to_owned(),
                    DisruptionEnd::Never => "not before the end".to_owned(),
                },
                hits: stations.chain(flows).collect(),
            }
        })
        .collect()
}

/// Days of waiting more than in the undisturbed run, added up over time, by what waits.
fn waiting(plan: &Plan<'_>, runs: &[&RunRecord], calm: &[&RunRecord]) -> Vec<WaitingFan> {
    let mut units: Vec<&str> = (0..plan.stations.len())
        .map(|ix| unit_of(plan, ix))
        .collect();
    units.sort_unstable();
    units.dedup();
    let counted = |time: usize| time as f64 * plan.clock.step_h >= plan.clock.count_from_h;
    let of = |unit: &str| -> Vec<Vec<f64>> {
        let ours = |ix: &usize| unit_of(plan, *ix) == unit;
        let stations: Vec<usize> = (0..plan.stations.len()).filter(ours).collect();
        let one = |run: &RunRecord, calm: &RunRecord| {
            let times = calm
                .stations
                .first()
                .map_or(0, |station| station.queue.len());
            let more = |time: usize| -> f64 {
                let more =
                    |&ix: &usize| run.stations[ix].queue[time] - calm.stations[ix].queue[time];
                stations.iter().map(more).sum()
            };
            (0..times)
                .scan(0.0, |sum, time| {
                    if counted(time) {
                        *sum += more(time) * plan.clock.step_h / 24.0;
                    }
                    Some(*sum)
                })
                .collect()
        };
        runs.iter()
            .zip(calm)
            .map(|(run, calm)| one(run, calm))
            .collect()
    };
    units
        .into_iter()
        .map(|unit| WaitingFan {
            unit: unit.to_owned(),
            days: fan(&of(unit)),
        })
        .collect()
}

fn recovery(plan: &Plan<'_>, scenario: &Scenario<'_>, effects: &[&EffectRecord]) -> Recovery {
    let date = |pick: &dyn Fn(&EffectRecord) -> Option<f64>| {
        let found: Vec<(f64, f64)> = effects
            .iter()
            .filter_map(|effect| Some((pick(effect)?, effect.end_h?)))
            .collect();
        if found.is_empty() {
            return None;
        }
        let at = percentiles("h", found.iter().map(|(at, _)| *at));
        let shown = |hours: f64| plan.clock.date(hours).to_string();
        Some(RecoveryDate {
            after_d: percentiles("d", found.iter().map(|(at, end)| (at - end) / 24.0)),
            p10: shown(at.p10),
            p50: shown(at.p50),
            p90: shown(at.p90),
            reached: found.len() as f64 / effects.len() as f64,
        })
    };
    let all_gone = |effect: &EffectRecord| {
        let all = effect.backlog_gone_h.iter();
        all.copied()
            .reduce(|one, other| Some(one?.max(other?)))
            .flatten()
    };
    let hit = |station: usize| {
        scenario
            .hits
            .iter()
            .any(|hit| hit.stations.contains(&station))
    };
    let has_backlog = |station: usize| {
        effects
            .iter()
            .any(|effect| effect.backlog_gone_h[station] != effect.end_h)
    };
    let shown = (0..plan.stations.len()).filter(|&ix| hit(ix) || has_backlog(ix));
    Recovery {
        end: date(&|effect| effect.end_h),
        backlog_gone: date(&all_gone),
        by_station: shown
            .map(|station| StationRecovery {
                station: plan.stations[station].title.clone(),
                backlog_gone: date(&|effect| effect.backlog_gone_h[station]),
            })
            .collect(),
        regular_again: date(&EffectRecord::regular_h),
        regular_within_h: plan.regular_within_h.mid(),
    }
}

/// Losses by flow, and of all flows together, kind by kind.
fn losses(plan: &Plan<'_>, effects: &[&EffectRecord]) -> Vec<FlowLoss> {
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
fn beside<'e>(
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

fn outcome(plan: &Plan<'_>, outcome: &Outcome<'_>, figures: Vec<Option<f64>>) -> SimulatedOutcome {
    let observed = &outcome.observed;
    let reached = figures.iter().flatten().count() as f64 / figures.len().max(1) as f64;
    let modelled = perhaps(&observed.unit, figures.into_iter());
    let scenario = outcome.probe.scenario.map(|place| &plan.scenarios[place]);
    let grade = match &modelled {
        None => OutcomeGrade::NoFigure,
        Some(found) => grade(found.p50, observed.value, observed.low, observed.high),
    };
    SimulatedOutcome {
        statement: outcome.spec.statement.clone(),
        scenario: scenario.map(|scenario| scenario.spec.id.get().clone()),
        exam: outcome.is_exam(),
        fact: outcome.spec.fact.get().clone(),
        observed: observed.value,
        observed_low: observed.low,
        observed_high: observed.high,
        unit: observed.unit.clone(),
        ratio: modelled
            .as_ref()
            .filter(|_| observed.value != 0.0)
            .map(|found| found.p50 / observed.value),
        modelled,
        reached,
        grade,
        remark: outcome.spec.remark.clone(),
        source: observed.source.clone(),
    }
}

fn grade(figure: f64, observed: f64, low: f64, high: f64) -> OutcomeGrade {
    if low < high && (low..=high).contains(&figure) {
        OutcomeGrade::WithinRange
    } else if (figure - observed).abs() <= GOOD_ENOUGH * observed.abs() {
        OutcomeGrade::Within15Percent
    } else {
        OutcomeGrade::Off
    }
}

fn recurring(
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

fn assumptions(plan: &Plan<'_>) -> Vec<SimulatedAssumption> {
    let drivers = drivers_of(&plan.params).into_iter();
    drivers
        .map(|driver| SimulatedAssumption {
            id: driver.id,
            label: driver.label,
            low: driver.low,
            mid: driver.mid,
            high: driver.high,
            unit: driver.unit,
            basis: driver.origin.basis,
            source: driver.origin.source,
        })
        .collect()
}

fn certificate(all: &[Replication]) -> SimulationCertificate {
    let runs = || all.iter().flat_map(|one| &one.runs);
    SimulationCertificate {
        missing: runs().map(|run| run.missing).max().unwrap_or(0),
        little_residual: runs().map(|run| run.little_residual).fold(0.0, f64::max),
    }
}

#[cfg(test)]
mod tests {
    use super::{OutcomeGrade, grade};

    #[test]
    fn a_figure_is_good_within_the_range_or_within_fifteen_percent() {
        assert_eq!(grade(410.0, 422.0, 370.0, 422.0), OutcomeGrade::WithinRange);
        assert_eq!(grade(5.5, 5.0, 5.0, 5.0), OutcomeGrade::Within15Percent);
        assert_eq!(grade(5.0, 5.0, 5.0, 5.0), OutcomeGrade::Within15Percent);
        assert_eq!(grade(6.0, 5.0, 5.0, 5.0), OutcomeGrade::Off);
        assert_eq!(
            grade(-30.0, -29.0, -29.0, -29.0),
            OutcomeGrade::Within15Percent
        );
    }
}
