//! One replication of each scenario, hour by hour.

use super::plan::Plan;
use super::replicate::{Played, play};
use crate::change::Effect;
use crate::ensemble::Sampler;
use crate::error::Error;
use crate::findings::{SimulationReplay, StationReplay};

/// The replication that is shown.
const SHOWN: u32 = 0;
/// Hours that are shown before the disruption.
const BEFORE_H: f64 = 24.0;
/// Hours that are shown at most.
const MOST_H: f64 = 21.0 * 24.0;
/// Hours that are shown after the last backlog is gone.
const AFTER_H: f64 = 24.0;

/// The same replication of every scenario that has a disruption.
pub(super) fn replays(plan: &Plan<'_>) -> Result<Vec<SimulationReplay>, Error> {
    let sampler = Sampler::new(&plan.params, plan.seed, plan.replications);
    let draw = sampler.draw(SHOWN);
    let mut replays = Vec::new();
    for (number, scenario) in plan.scenarios.iter().enumerate() {
        let mut disruptions = scenario.disruptions.iter();
        let Some(first) = disruptions.find(|one| one.effect != Effect::Opens) else {
            continue;
        };
        let (run, _) = play(plan, &draw, SHOWN, Some(number))?;
        let (calm, _) = play(plan, &draw, SHOWN, None)?;
        let begin_h = (plan.clock.hours(first.start) - BEFORE_H).max(0.0).floor();
        let end_h = super::recovery::end_h(plan, &draw, number);
        let gone = super::recovery::backlog_gone(plan, &run, &calm, end_h);
        let last_h = gone
            .into_iter()
            .map(|at| at.unwrap_or(f64::INFINITY))
            .fold(begin_h, f64::max);
        let until_h = (last_h + AFTER_H)
            .min(begin_h + MOST_H)
            .min(plan.clock.horizon_h)
            .floor();
        let hours = (until_h - begin_h) as usize;
        replays.push(SimulationReplay {
            scenario: scenario.spec.id.get().clone(),
            title: scenario.spec.title.clone(),
            replication: SHOWN,
            start: plan.clock.date(begin_h).to_string(),
            stations: (0..plan.stations.len())
                .map(|station| by_hour(plan, &run, station, begin_h, hours))
                .collect(),
        });
    }
    Ok(replays)
}

/// Waiting at each hour, and how many got the station in the hour that begins.
fn by_hour(
    plan: &Plan<'_>,
    run: &Played,
    station: usize,
    begin_h: f64,
    hours: usize,
) -> StationReplay {
    let mut change = vec![0i64; hours + 1];
    let mut through = vec![0.0; hours];
    let lot = plan.stations[station].lot;
    // The first whole hour at or after a time, among those that are shown.
    let at = |time_h: f64| ((time_h - begin_h).ceil().max(0.0) as usize).min(hours);
    for stay in run.lives.all.iter().flat_map(|life| &life.stays) {
        if stay.station != station {
            continue;
        }
        let (from, until) = stay.waiting(f64::INFINITY);
        change[at(from)] += 1;
        change[at(until)] -= 1;
        if let Some(seized) = stay.seized_h {
            let hour = (seized - begin_h).floor();
            if hour >= 0.0 && (hour as usize) < hours {
                through[hour as usize] += lot;
            }
        }
    }
    let waiting = change[..hours].iter().scan(0i64, |level, change| {
        *level += change;
        Some(*level as f64 * lot)
    });
    StationReplay {
        station: plan.stations[station].title.clone(),
        lon_lat_deg: plan.stations[station].lon_lat_deg,
        waiting: waiting.collect(),
        through,
    }
}
