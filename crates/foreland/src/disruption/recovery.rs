//! When the trace of a disruption is gone: two dates.

use super::loss::Delays;
use super::plan::Plan;
use super::replicate::Played;
use crate::change::Effect;
use crate::param::Draw;

/// When the last disruption of a scenario ends, in hours; none if that is not simulated. What opens
/// for good disrupts nothing.
pub(super) fn end_h(plan: &Plan<'_>, draw: &Draw, scenario: usize) -> Option<f64> {
    let disruptions = plan.scenarios[scenario].disruptions.iter();
    let disruptions = disruptions.filter(|disruption| disruption.effect != Effect::Opens);
    let ends = disruptions.map(|disruption| match &disruption.effect {
        // What grows back disrupts until all of it is there.
        Effect::RampUp { days, .. } => {
            let grown_h = plan.clock.hours(disruption.start) + 24.0 * days.of(&plan.params, draw);
            let grown_h = (grown_h < plan.clock.horizon_h).then_some(grown_h);
            match plan.end_h(disruption, draw) {
                Some(end_h) => Some(grown_h.map_or(end_h, |grown_h| grown_h.min(end_h))),
                None => grown_h,
            }
        }
        _ => plan.end_h(disruption, draw),
    });
    ends.reduce(|one, other| Some(one?.max(other?)))?
}

/// For each station, the first time from the end on at which no more wait than in the undisturbed
/// run on the same luck.
pub(super) fn backlog_gone(
    plan: &Plan<'_>,
    run: &Played,
    calm: &Played,
    end_h: Option<f64>,
) -> Vec<Option<f64>> {
    let Some(end_h) = end_h else {
        return vec![None; plan.stations.len()];
    };
    let mut moves: Vec<Vec<(f64, i64)>> = vec![Vec::new(); plan.stations.len()];
    for (played, sign) in [(run, 1), (calm, -1)] {
        for stay in played.lives.all.iter().flat_map(|life| &life.stays) {
            let (from, until) = stay.waiting(f64::INFINITY);
            if from < until {
                moves[stay.station].push((from, sign));
                moves[stay.station].push((until, -sign));
            }
        }
    }
    moves
        .into_iter()
        .map(|moves| first_level(moves, end_h, plan.clock.horizon_h))
        .collect()
}

/// The first time from `from_h` on at which the sum of the moves so far is not above zero.
fn first_level(mut moves: Vec<(f64, i64)>, from_h: f64, horizon_h: f64) -> Option<f64> {
    moves.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut level = 0;
    let mut moves = moves.into_iter().peekable();
    while let Some((at, _)) = moves.peek().copied() {
        if at > from_h && level <= 0 {
            break;
        }
        // All moves of one moment count together.
        while let Some((_, change)) = moves.next_if(|(time, _)| *time == at) {
            level += change;
        }
        if at >= from_h && level <= 0 {
            return (at <= horizon_h).then_some(at.max(from_h));
        }
    }
    (level <= 0).then_some(from_h)
}

/// When the last of those that are later than is regular has come through; 0 if nobody is, none if
/// somebody still is at the horizon.
pub(super) fn last_late_h(delays: &Delays, tolerance_h: f64) -> Option<f64> {
    let late = delays
        .all
        .iter()
        .filter(|delay| delay.delay_h > tolerance_h);
    let mut last = 0.0_f64;
    for delay in late {
        last = last.max(delay.finished_h?);
    }
    Some(last)
}

#[cfg(test)]
mod tests {
    use super::first_level;

    #[test]
    fn the_backlog_is_gone_when_no_more_wait_than_otherwise() {
        // Three wait from 1, 2 and 3 on; they are served at 10, 11 and 12. Undisturbed, one of them
        // would have waited from 3 to 11.5.
        let moves = vec![
            (1.0, 1),
            (2.0, 1),
            (3.0, 1),
            (10.0, -1),
            (11.0, -1),
            (12.0, -1),
            (3.0, -1),
            (11.5, 1),
        ];
        assert_eq!(first_level(moves.clone(), 5.0, 100.0), Some(11.0));
        assert_eq!(first_level(moves.clone(), 11.7, 100.0), Some(12.0));
        assert_eq!(first_level(moves, 20.0, 100.0), Some(20.0));
        assert_eq!(
            first_level(vec![(1.0, 1), (f64::INFINITY, -1)], 5.0, 100.0),
            None
        );
        assert_eq!(first_level(Vec::new(), 5.0, 100.0), Some(5.0));
    }
}
