//! Whether each station can keep up in the long run.

use super::ways::{Flow, Pass, Ways};
use super::{Plan, fault};
use crate::error::{Fault, Problem};
use crate::model::{Arrivals, End, Kind, Level, Source, Station, Units, Window, Work};

/// Steps of the iteration after which entities are taken to go round for ever.
const MOST_ROUNDS: usize = 10_000;

/// Finds the load of each station, and refuses those that get more work than they can ever do.
pub(super) fn assess(plan: &mut Plan, ways: &Ways, faults: &mut Vec<Fault>) {
    let decided = decided(ways);
    let mut demand = vec![Some(0.0); plan.stations.len()];
    for node in &ways.nodes {
        for pass in &node.passes {
            set_hold(plan, pass);
        }
    }
    for (source, &start) in plan.model.sources.iter().zip(&ways.starts) {
        let rate = long_run_rate(source, plan.model.horizon_h.hours());
        let visits = visits(ways, start).filter(|_| ways.complete);
        for (number, node) in ways.nodes.iter().enumerate() {
            for pass in &node.passes {
                let units = mean_units(pass.units, source);
                let slots = matches!(plan.station_model(pass.station).kind, Kind::Slots { .. });
                let work = match (slots, pass.seized) {
                    (true, true) => 1.0,
                    (true, false) => 0.0,
                    (false, _) => units * pass.hours,
                };
                let sum = &mut demand[pass.station as usize];
                let known = match (&visits, pass.flow) {
                    (Some(visits), Flow::Mean(flow)) if decided[number] => {
                        Some(visits[number] * flow)
                    }
                    _ => None,
                };
                *sum = sum.zip(known).map(|(sum, flow)| sum + rate * flow * work);
            }
        }
    }
    for (station, demand) in demand.into_iter().enumerate() {
        let model = &plan.model.stations[station];
        let hold_h = plan.stations[station].hold_h;
        let load = demand.map(|demand| demand / long_run_capacity(model, hold_h));
        plan.stations[station].load = load;
        if let (Some(load), false) = (
            load.filter(|load| *load >= 1.0 - 1e-9),
            plan.model.limits.allow_unstable,
        ) {
            let place = format!("station `{}`", model.name);
            faults.push(fault(
                place,
                Problem::Unstable {
                    station: model.name.clone(),
                    load,
                },
            ));
        }
    }
}

/// Remembers the longest stated time for which a station is held: what the expected wait goes by
/// until somebody has held it.
fn set_hold(plan: &mut Plan, pass: &Pass) {
    let hold_h = &mut plan.stations[pass.station as usize].hold_h;
    *hold_h = hold_h.max(pass.hours);
}

/// Nodes that are only reached by ways whose flow is known.
fn decided(ways: &Ways) -> Vec<bool> {
    let mut decided = vec![true; ways.nodes.len()];
    loop {
        let mut changed = false;
        for (number, node) in ways.nodes.iter().enumerate() {
            for edge in &node.edges {
                let undecided = edge.flow == Flow::Undecided || !decided[number];
                changed |= undecided && std::mem::replace(&mut decided[edge.to], !undecided);
            }
        }
        if !changed {
            return decided;
        }
    }
}

/// How often one entity, and those that it sends out, enter each node; none if that has no end.
fn visits(ways: &Ways, start: usize) -> Option<Vec<f64>> {
    let mut total = vec![0.0; ways.nodes.len()];
    let mut now = total.clone();
    now[start] = 1.0;
    for _ in 0..MOST_ROUNDS {
        let mut next = vec![0.0; now.len()];
        for (number, node) in ways
            .nodes
            .iter()
            .enumerate()
            .filter(|(number, _)| now[*number] > 0.0)
        {
            total[number] += now[number];
            for edge in &node.edges {
                if let Flow::Mean(flow) = edge.flow {
                    next[edge.to] += now[number] * flow;
                }
            }
        }
        if next.iter().all(|&share| share < 1e-12) {
            return Some(total);
        }
        now = next;
    }
    None
}

/// Arrivals an hour that go on for good.
fn long_run_rate(source: &Source, horizon_h: f64) -> f64 {
    if source.most.is_some()
        || source
            .until_h
            .is_some_and(|until| until.hours() < horizon_h)
    {
        return 0.0;
    }
    match &source.arrivals {
        Arrivals::Poisson { per_day } => per_day / 24.0,
        Arrivals::Renewal { interval_h } => 1.0 / interval_h.mean(),
        Arrivals::Every { headway_h, .. } => 1.0 / headway_h.hours(),
        Arrivals::Listed { .. } => 0.0,
        Arrivals::Profile {
            steps,
            period_h: None,
        } => steps.last().map_or(0.0, |step| step.per_day / 24.0),
        Arrivals::Profile {
            steps,
            period_h: Some(period),
        } => {
            let ends = steps
                .iter()
                .skip(1)
                .map(|step| step.from_h)
                .chain([*period]);
            let sum: f64 = steps
                .iter()
                .zip(ends)
                .map(|(step, end)| (end - step.from_h).hours() * step.per_day)
                .sum();
            sum / 24.0 / period.hours()
        }
    }
}

fn mean_units(units: Units, source: &Source) -> f64 {
    match units {
        Units::Count(count) => f64::from(count),
        Units::Length { gap_m } => source.length_m.as_ref().map_or(0.0, |law| law.mean()) + gap_m,
    }
}

/// Units (servers) or slots an hour, with opening hours, breakdowns and changes for good. Work that is
/// finished after closing time makes each window longer by as much as one work at most.
fn long_run_capacity(station: &Station, hold_h: f64) -> f64 {
    let mut capacity = match &station.kind {
        Kind::Servers { capacity } => f64::from(*capacity),
        Kind::Slots { per_day, .. } => per_day / 24.0,
    };
    if let Some(breakdowns) = &station.breakdowns {
        let (up, down) = (breakdowns.to_failure_h.mean(), breakdowns.repair_h.mean());
        capacity -= f64::from(breakdowns.machines * breakdowns.units) * down / (up + down);
    }
    let for_good = station
        .changes
        .iter()
        .filter(|change| change.end == End::Never);
    let mut part = 1.0;
    for change in for_good {
        match change.level {
            Level::Set(level) if matches!(station.kind, Kind::Slots { .. }) => {
                capacity = level / 24.0
            }
            Level::Set(level) => capacity = level,
            Level::Part(more) => part *= more,
        }
    }
    let open = station.opening.as_ref().map_or(1.0, |opening| {
        let after = if opening.work == Work::Finish {
            hold_h
        } else {
            0.0
        };
        let open = |window: &Window| (window.until_h - window.from_h).hours() + after;
        let open: f64 = opening.windows.iter().map(open).sum();
        (open / opening.period_h.hours()).min(1.0)
    });
    (capacity * part * open).max(0.0)
}
