//! Stations and flows of a run over replications.

use super::{fan, percentiles, perhaps};
use crate::disruption::flow::Flow;
use crate::disruption::plan::Plan;
use crate::disruption::record::{FlowRecord, RunRecord, StationRecord};
use crate::findings::{FlowFinding, StationFinding, WaitingFan};
use crate::param::Draw;

/// What waits at a station: the unit of the flows that pass it.
fn unit_of<'p>(plan: &'p Plan<'_>, station: usize) -> &'p str {
    let passes = |flow: &&Flow| {
        let mut stations = flow.visits.iter().flat_map(|visit| visit.stations());
        stations.any(|ix| ix == station)
    };
    let found = plan.flows.iter().find(passes).or(plan.flows.first());
    found.map_or("", |flow| flow.unit.as_str())
}

pub(super) fn stations(
    plan: &Plan<'_>,
    runs: &[&RunRecord],
    scenario: Option<usize>,
) -> Vec<StationFinding> {
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

pub(super) fn flows(plan: &Plan<'_>, runs: &[&RunRecord]) -> Vec<FlowFinding> {
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
            lightened: of(|record| record.lightened),
            held: of(|record| record.held),
            gave_up: of(|record| record.gave_up),
            inside: of(|record| record.inside),
            wait_h: perhaps("h", runs.iter().map(|run| run.flows[place].wait_h)),
        }
    };
    (0..plan.flows.len()).map(one).collect()
}

/// Days of waiting more than in the undisturbed run, added up over time, by what waits.
pub(super) fn waiting(
    plan: &Plan<'_>,
    runs: &[&RunRecord],
    calm: &[&RunRecord],
) -> Vec<WaitingFan> {
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
