//! Opening hours, and disruptions as dated changes of capacity.

use jiff::civil::DateTime;
use portsim::Hours;
use portsim::model::{Change, End, Level, Opening, Window, Work};

use super::super::plan::Plan;
use super::super::station::Capacity;
use crate::change::{Disruption, Effect};
use crate::param::Draw;
use crate::study::Value;

/// Steps in which capacity grows back.
const RAMP_STEPS: u32 = 10;

/// Opening hours of every day.
pub(super) fn opening([from, until]: [f64; 2]) -> Opening {
    let window = |from, until| Window {
        from_h: Hours::new(from),
        until_h: Hours::new(until),
    };
    let windows = if from < until {
        vec![window(from, until)]
    } else {
        let evening = (from < 24.0).then(|| window(from, 24.0));
        let morning = (until > 0.0).then(|| window(0.0, until));
        morning.into_iter().chain(evening).collect()
    };
    Opening {
        period_h: Hours::DAY,
        windows,
        work: Work::Finish,
    }
}

/// What a scenario's disruptions, and its not being there yet, do to a station.
pub(super) fn changes(
    plan: &Plan<'_>,
    draw: &Draw,
    scenario: Option<usize>,
    station: usize,
) -> Vec<Change> {
    let mut found = Vec::new();
    let hits = scenario.into_iter().flat_map(|scenario| {
        let scenario = &plan.scenarios[scenario];
        let all = scenario.disruptions.iter().zip(&scenario.hits);
        all.filter(|(_, hit)| hit.stations.contains(&station))
    });
    let mut opened_h = None;
    for (number, (disruption, _)) in hits.enumerate() {
        if disruption.effect == Effect::Opens {
            opened_h = Some(plan.clock.hours(disruption.start));
        }
        found.extend(of_disruption(plan, draw, disruption, station, number));
    }
    let until_h = opened_h.unwrap_or(plan.clock.horizon_h);
    if plan.stations[station].not_yet_open && until_h > 0.0 {
        let end = opened_h.map_or(End::Never, |at| End::At(Hours::new(at)));
        let from_h = Hours::new(0.0);
        found.push(Change::new("not yet open", from_h, end, Level::Part(0.0)));
    }
    found
}

fn of_disruption(
    plan: &Plan<'_>,
    draw: &Draw,
    disruption: &Disruption,
    station: usize,
    number: usize,
) -> Vec<Change> {
    let params = &plan.params;
    let from_h = plan.clock.hours(disruption.start);
    let end_h = plan.end_h(disruption, draw);
    let last_h = end_h.unwrap_or(plan.clock.horizon_h);
    let end_at = |at: f64| match end_h {
        None if at >= plan.clock.horizon_h => End::Never,
        _ => End::At(Hours::new(at)),
    };
    let lot = plan.stations[station].lot;
    let believed_h = disruption.believed_h.as_ref();
    let announced_h = disruption.announced.map(|at| plan.clock.hours(at).max(0.0));
    let change = |piece: usize, from: f64, until: f64, level, work| {
        let name = format!("{} {number}.{piece}", disruption.kind);
        Change {
            work,
            believed_h: believed_h.map(|hours| Hours::new(hours.of(params, draw))),
            foreseen_h: announced_h.map(|at| Hours::new(at.min(from))),
            ..Change::new(&name, Hours::new(from), end_at(until), level)
        }
    };
    // What comes piece by piece is foreseen from its beginning, unless nobody knows for how long.
    let begun_h = announced_h.or(believed_h.is_none().then_some(from_h));
    let piecewise = |change: Change| Change {
        believed_h: None,
        foreseen_h: begun_h.map(|at| Hours::new(at.max(0.0).min(change.from_h.hours()))),
        ..change
    };
    match &disruption.effect {
        Effect::Part {
            part,
            open_hours,
            work_stops,
        } => {
            let level = Level::Part(part.of(params, draw).clamp(0.0, 1.0));
            let work = if *work_stops {
                Work::Pause
            } else {
                Work::Finish
            };
            let Some(hours) = open_hours else {
                return vec![change(0, from_h, last_h, level, work)];
            };
            let shut = shut_pieces(plan, from_h, last_h, *hours);
            let pieces = shut.into_iter().enumerate();
            // That it opens again within the day, everybody knows.
            pieces
                .map(|(piece, (from, until))| piecewise(change(piece, from, until, level, work)))
                .collect()
        }
        Effect::UnitsLost(units) => {
            let own = match &plan.stations[station].capacity {
                Capacity::Servers(servers) => servers.of(params, draw),
                Capacity::Slots { per_day, .. } => per_day.of(params, draw),
            };
            let left = ((own - units.of(params, draw)) / lot).max(0.0);
            let left = match plan.stations[station].capacity {
                Capacity::Servers(_) => left.round(),
                Capacity::Slots { .. } => left,
            };
            vec![change(0, from_h, last_h, Level::Set(left), Work::Finish)]
        }
        Effect::Ration { slots, draught_m } => {
            let given_out = dated(plan, slots, last_h).map(|(from, until, slots)| {
                let level = Level::Set(slots.of(params, draw) / lot);
                (from, until, level, None)
            });
            let deep = dated(plan, draught_m, last_h).map(|(from, until, most)| {
                let most_m = most.of(params, draw);
                (from, until, Level::Part(1.0), Some(most_m))
            });
            let pieces = given_out.chain(deep).enumerate();
            pieces
                .map(|(piece, (from, until, level, max_draught_m))| Change {
                    max_draught_m,
                    ..change(piece, from, until, level, Work::Finish)
                })
                .collect()
        }
        Effect::Longer(hours) => vec![Change {
            longer_h: Some(Hours::new(hours.of(params, draw))),
            ..change(0, from_h, last_h, Level::Part(1.0), Work::Finish)
        }],
        Effect::RampUp { from_part, days } => {
            let (part, hours) = (from_part.of(params, draw), 24.0 * days.of(params, draw));
            let steps = f64::from(RAMP_STEPS);
            let until_h = (from_h + hours).min(last_h);
            (0..RAMP_STEPS)
                .map(|step| {
                    let share = f64::from(step) / steps;
                    let from = from_h + share * hours;
                    let level = Level::Part(part + (1.0 - part) * share);
                    (step, from, (from + hours / steps).min(until_h), level)
                })
                .filter(|(_, from, until, _)| from < until)
                .map(|(step, from, until, level)| {
                    piecewise(Change {
                        end: End::At(Hours::new(until)),
                        ..change(step as usize, from, until, level, Work::Finish)
                    })
                })
                .collect()
        }
        Effect::Opens | Effect::Arrivals(_) | Effect::Avoid { .. } => Vec::new(),
    }
}

/// From when until when each of some dated values holds, h; the last up to a time.
fn dated<'s>(
    plan: &Plan<'_>,
    steps: &'s [(DateTime, Value)],
    last_h: f64,
) -> impl Iterator<Item = (f64, f64, &'s Value)> {
    let begins: Vec<f64> = steps.iter().map(|(at, _)| plan.clock.hours(*at)).collect();
    let ends: Vec<f64> = begins.iter().skip(1).copied().chain([last_h]).collect();
    let spans = begins.into_iter().zip(ends).zip(steps);
    let spans = spans.map(|((from, until), (_, value))| (from, until, value));
    spans.filter(|(from, until, _)| from < until)
}

/// The pieces of a span of time outside some hours of each day.
fn shut_pieces(plan: &Plan<'_>, from_h: f64, until_h: f64, hours: [f64; 2]) -> Vec<(f64, f64)> {
    let start = plan.clock.start.time();
    let midnight_h = -(f64::from(start.hour()) + f64::from(start.minute()) / 60.0);
    let [open, shut] = hours;
    // Shut from `shut` up to `open` of the same or of the next day.
    let length = (open - shut).rem_euclid(24.0);
    let mut pieces = Vec::new();
    let mut day = ((from_h - midnight_h) / 24.0).floor() - 1.0;
    loop {
        let begin = midnight_h + 24.0 * day + shut;
        if begin >= until_h {
            return pieces;
        }
        let (from, until) = (begin.max(from_h), (begin + length).min(until_h));
        if from < until {
            pieces.push((from, until));
        }
        day += 1.0;
    }
}
