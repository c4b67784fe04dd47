//! From replications to findings.

mod losses;
mod outcome;
mod recovery;
mod world;

use portsim::Estimate;

use super::plan::Plan;
use super::record::{EffectRecord, Replication, RunRecord};
use super::scenario::Scenario;
use crate::change::DisruptionEnd;
use crate::findings::{
    DisruptionFinding, Fan, Percentiles, SimulatedAssumption, SimulatedScenario,
    SimulationCertificate, SimulationFindings,
};
use crate::param::drivers_of;
use losses::{beside, losses, recurring};
use outcome::outcome;
use recovery::recovery;
use world::{flows, stations, waiting};

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
