//! The tables of a simulation. Figures over replications have the columns mean, p10, p50 and p90.

use super::sheet::{Sheet, sheet};
use crate::findings::{
    Fan, FlowFinding, FlowLoss, Percentiles, RecoveryDate, SimulationFindings, StationFinding,
};

/// Name of the undisturbed run in the column `scenario`.
const UNDISTURBED: &str = "undisturbed";

/// All tables.
pub(super) fn all(simulation: &SimulationFindings) -> Vec<Sheet> {
    vec![
        queues(simulation),
        waiting(simulation),
        stations(simulation),
        flows(simulation),
        recovery(simulation),
        losses(simulation),
        outcomes(simulation),
        replay(simulation),
        assumptions(simulation),
    ]
}

/// The undisturbed run and every scenario, with their stations.
fn runs(
    simulation: &SimulationFindings,
) -> impl Iterator<Item = (&str, &Vec<StationFinding>, &Vec<FlowFinding>)> {
    let calm = (UNDISTURBED, &simulation.stations, &simulation.flows);
    let scenarios = simulation.scenarios.iter();
    std::iter::once(calm).chain(scenarios.map(|one| (one.id.as_str(), &one.stations, &one.flows)))
}

/// A value of a fan at a time: hours from the start, then mean, P10, P50 and P90.
fn times(fan: &Fan, step_h: f64) -> impl Iterator<Item = [f64; 5]> {
    (0..fan.p50.len()).map(move |place| {
        let hours = place as f64 * step_h;
        [
            hours,
            fan.mean[place],
            fan.p10[place],
            fan.p50[place],
            fan.p90[place],
        ]
    })
}

fn queues(simulation: &SimulationFindings) -> Sheet {
    let step_h = simulation.step_h;
    let rows = runs(simulation).flat_map(|(scenario, stations, _)| {
        stations.iter().flat_map(move |station| {
            times(&station.queue, step_h).map(move |at| (scenario, station, at))
        })
    });
    sheet!("simulation_queues", rows, row => {
        "scenario": Text(row.0.to_owned()),
        "station": Text(row.1.id.clone()),
        "unit": Text(row.1.unit.clone()),
        "time_h": Number(Some(row.2[0])),
        "waiting_mean": Number(Some(row.2[1])),
        "waiting_p10": Number(Some(row.2[2])),
        "waiting_p50": Number(Some(row.2[3])),
        "waiting_p90": Number(Some(row.2[4])),
    })
}

fn waiting(simulation: &SimulationFindings) -> Sheet {
    let step_h = simulation.step_h;
    let rows = simulation.scenarios.iter().flat_map(|scenario| {
        scenario
            .waiting
            .iter()
            .flat_map(move |fan| times(&fan.days, step_h).map(move |at| (scenario, fan, at)))
    });
    sheet!("simulation_waiting", rows, row => {
        "scenario": Text(row.0.id.clone()),
        "unit": Text(row.1.unit.clone()),
        "time_h": Number(Some(row.2[0])),
        "waited_more_mean_d": Number(Some(row.2[1])),
        "waited_more_p10_d": Number(Some(row.2[2])),
        "waited_more_p50_d": Number(Some(row.2[3])),
        "waited_more_p90_d": Number(Some(row.2[4])),
    })
}

fn stations(simulation: &SimulationFindings) -> Sheet {
    let rows = runs(simulation).flat_map(|(scenario, stations, _)| {
        stations.iter().map(move |station| (scenario, station))
    });
    let p50 = |found: &Option<Percentiles>| found.as_ref().map(|found| found.p50);
    sheet!("simulation_stations", rows, row => {
        "scenario": Text(row.0.to_owned()),
        "station": Text(row.1.id.clone()),
        "title": Text(row.1.title.clone()),
        "unit": Text(row.1.unit.clone()),
        "load": Number(row.1.load),
        "wait_p50_h": Number(p50(&row.1.wait_h)),
        "wait_longest_p50_h": Number(p50(&row.1.wait_longest_h)),
        "waiting_most_p10": Number(Some(row.1.queue_most.p10)),
        "waiting_most_p50": Number(Some(row.1.queue_most.p50)),
        "waiting_most_p90": Number(Some(row.1.queue_most.p90)),
        "through_p50_per_day": Number(Some(row.1.per_day.p50)),
    })
}

fn flows(simulation: &SimulationFindings) -> Sheet {
    let rows = runs(simulation)
        .flat_map(|(scenario, _, flows)| flows.iter().map(move |flow| (scenario, flow)));
    sheet!("simulation_flows", rows, row => {
        "scenario": Text(row.0.to_owned()),
        "flow": Text(row.1.id.clone()),
        "title": Text(row.1.title.clone()),
        "unit": Text(row.1.unit.clone()),
        "came_mean": Number(Some(row.1.came.mean)),
        "finished_mean": Number(Some(row.1.finished.mean)),
        "rerouted_mean": Number(Some(row.1.rerouted.mean)),
        "diverted_mean": Number(Some(row.1.diverted.mean)),
        "rebooked_mean": Number(Some(row.1.rebooked.mean)),
        "lightened_mean": Number(Some(row.1.lightened.mean)),
        "held_mean": Number(Some(row.1.held.mean)),
        "gave_up_mean": Number(Some(row.1.gave_up.mean)),
        "inside_mean": Number(Some(row.1.inside.mean)),
        "wait_p50_h": Number(row.1.wait_h.as_ref().map(|wait| wait.p50)),
    })
}

fn recovery(simulation: &SimulationFindings) -> Sheet {
    let rows = simulation.scenarios.iter().flat_map(|scenario| {
        let recovery = &scenario.recovery;
        let whole = [
            ("end of the disruption", "", &recovery.end),
            ("backlog gone", "", &recovery.backlog_gone),
            ("service regular again", "", &recovery.regular_again),
        ];
        let by_station = recovery.by_station.iter();
        let by_station =
            by_station.map(|one| ("backlog gone", one.station.as_str(), &one.backlog_gone));
        whole
            .into_iter()
            .chain(by_station)
            .map(move |row| (scenario, row))
    });
    let of = |date: &Option<RecoveryDate>, pick: fn(&RecoveryDate) -> f64| date.as_ref().map(pick);
    sheet!("simulation_recovery", rows, row => {
        "scenario": Text(row.0.id.clone()),
        "date": Text(row.1.0.to_owned()),
        "station": Text(row.1.1.to_owned()),
        "after_end_p10_d": Number(of(row.1.2, |date| date.after_d.p10)),
        "after_end_p50_d": Number(of(row.1.2, |date| date.after_d.p50)),
        "after_end_p90_d": Number(of(row.1.2, |date| date.after_d.p90)),
        "p50": Text(row.1.2.as_ref().map(|date| date.p50.clone()).unwrap_or_default()),
        "reached": Number(of(row.1.2, |date| date.reached)),
    })
}

/// Kinds of loss with their figures.
fn kinds(loss: &FlowLoss) -> Vec<(String, &Percentiles)> {
    let mut kinds: Vec<(String, &Percentiles)> = Vec::new();
    let named = |name: &str| name.to_owned();
    kinds.extend(loss.delayed.iter().map(|found| (named("delayed"), found)));
    kinds.extend(loss.delay_d.iter().map(|found| (named("delay"), found)));
    kinds.extend([
        (named("delay times mass"), &loss.delay_t_d),
        (named("delay times boxes"), &loss.delay_teu_d),
        (named("mass delayed"), &loss.delayed_t),
        (named("boxes delayed"), &loss.delayed_teu),
        (named("value delayed"), &loss.value_delayed_usd),
        (named("value lost"), &loss.value_lost_usd),
        (named("extra emissions"), &loss.extra_wtw_t),
    ]);
    let costs = loss.extra_cost_usd.iter();
    kinds.extend(costs.map(|cost| (format!("extra cost, {}", cost.payer), &cost.usd)));
    kinds
}

fn losses(simulation: &SimulationFindings) -> Sheet {
    let scenarios = simulation.scenarios.iter();
    let once = scenarios.flat_map(|one| one.losses.iter().map(move |loss| (&one.id, "once", loss)));
    let years = simulation.recurrences.iter();
    let years = years.map(|year| (&year.scenario, "a year", &year.loss));
    let beside = simulation.scenarios.iter().filter_map(|one| {
        let loss = one.beside_first.as_ref()?;
        Some((&one.id, "less those of the first scenario", loss))
    });
    let rows = once
        .chain(years)
        .chain(beside)
        .flat_map(|(scenario, how, loss)| {
            let kinds = kinds(loss).into_iter();
            kinds.map(move |(kind, found)| (scenario, how, loss, kind, found))
        });
    sheet!("simulation_losses", rows, row => {
        "scenario": Text(row.0.clone()),
        "how_often": Text(row.1.to_owned()),
        "flow": Text(row.2.flow.clone()),
        "loss": Text(row.3.clone()),
        "unit": Text(row.4.unit.clone()),
        "mean": Number(Some(row.4.mean)),
        "p10": Number(Some(row.4.p10)),
        "p50": Number(Some(row.4.p50)),
        "p90": Number(Some(row.4.p90)),
    })
}

fn outcomes(simulation: &SimulationFindings) -> Sheet {
    let of = |found: &Option<Percentiles>, pick: fn(&Percentiles) -> f64| found.as_ref().map(pick);
    sheet!("simulation_outcomes", simulation.outcomes.iter(), row => {
        "scenario": Text(row.scenario.clone().unwrap_or_else(|| UNDISTURBED.to_owned())),
        "statement": Text(row.statement.clone()),
        "exam": Truth(Some(row.exam)),
        "unit": Text(row.unit.clone()),
        "observed": Number(Some(row.observed)),
        "observed_low": Number(Some(row.observed_low)),
        "observed_high": Number(Some(row.observed_high)),
        "modelled_p10": Number(of(&row.modelled, |found| found.p10)),
        "modelled_p50": Number(of(&row.modelled, |found| found.p50)),
        "modelled_p90": Number(of(&row.modelled, |found| found.p90)),
        "ratio": Number(row.ratio),
        "grade": Text(row.grade.label().to_owned()),
        "source": Text(row.source.clone()),
    })
}

fn replay(simulation: &SimulationFindings) -> Sheet {
    let rows = simulation.replays.iter().flat_map(|replay| {
        replay.stations.iter().flat_map(move |station| {
            (0..station.waiting.len()).map(move |hour| (replay, station, hour))
        })
    });
    sheet!("simulation_replay", rows, row => {
        "scenario": Text(row.0.scenario.clone()),
        "replication": Count(u64::from(row.0.replication)),
        "start": Text(row.0.start.clone()),
        "station": Text(row.1.station.clone()),
        "hour": Count(row.2 as u64),
        "waiting": Number(Some(row.1.waiting[row.2])),
        "through": Number(Some(row.1.through[row.2])),
    })
}

fn assumptions(simulation: &SimulationFindings) -> Sheet {
    sheet!("simulation_assumptions", simulation.assumptions.iter(), row => {
        "assumption": Text(row.id.clone()),
        "label": Text(row.label.clone()),
        "low": Number(Some(row.low)),
        "mid": Number(Some(row.mid)),
        "high": Number(Some(row.high)),
        "unit": Text(row.unit.clone()),
        "basis": Text(row.basis.as_str().to_owned()),
        "source": Text(row.source.clone()),
    })
}
