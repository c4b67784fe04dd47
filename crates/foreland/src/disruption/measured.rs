//! Figures of a replication, found in the lives of its entities.

use super::loss;
use super::measure::{Measure, Probe, Window};
use super::plan::Plan;
use super::record::EffectRecord;
use super::replicate::Played;

impl Probe {
    /// The measure in one replication; none where there is nothing to measure.
    pub(super) fn measured(
        &self,
        plan: &Plan<'_>,
        run: &Played,
        calm: &Played,
        effect: Option<&EffectRecord>,
    ) -> Option<f64> {
        let days_after = |since: Option<f64>, at: Option<f64>| {
            let since_h = since.or(effect?.end_h)?;
            Some((at? - since_h).max(0.0) / 24.0)
        };
        match &self.measure {
            Measure::Waiting(station, at_h) => Some(waiting(plan, run, *station, *at_h)),
            Measure::WaitingMost(station, from_h, until_h) => {
                Some(waiting_most(plan, run, *station, *from_h, *until_h))
            }
            Measure::Wait(window) => {
                let waits: Vec<f64> = window.waits(run).collect();
                let count = waits.len() as f64;
                (count > 0.0).then(|| waits.iter().sum::<f64>() / count / 24.0)
            }
            Measure::WaitLongest(window) => window.waits(run).reduce(f64::max).map(|h| h / 24.0),
            Measure::PassingPerDay(window) => Some(window.per_day(plan, run)),
            Measure::PassingChange(window) => {
                let before = window.per_day(plan, calm);
                (before > 0.0).then(|| 100.0 * (window.per_day(plan, run) / before - 1.0))
            }
            Measure::BacklogGone(station, since) => {
                let effect = effect?;
                let gone_h = match station {
                    Some(station) => effect.backlog_gone_h[*station],
                    None => effect.all_gone_h(),
                };
                days_after(*since, gone_h)
            }
            Measure::QueueCleared(station) => {
                days_after(None, cleared_h(run, *station, effect?.end_h?))
            }
            Measure::RegularAgain(since) => days_after(*since, effect?.last_late_h),
            Measure::TurnedAway(flow) => {
                let lives = run.lives.all.iter();
                let facts = &plan.flows[*flow];
                let turned = lives.filter(|life| {
                    life.of.flow == *flow
                        && life.came_h >= plan.clock.count_from_h
                        && life.turned_away(facts)
                });
                Some(turned.count() as f64 * facts.lot)
            }
            Measure::Loss(kind, flow) => {
                let losses = effect?.losses.iter().enumerate();
                let ours = losses.filter(|(place, _)| flow.is_none_or(|flow| flow == *place));
                let usd: f64 = ours.map(|(_, loss)| loss::of_kind(loss, *kind)).sum();
                Some(usd / 1e6)
            }
        }
    }
}

/// When the last of those that wait for a station at a time has got it or given way; none if one
/// still waits at the horizon.
fn cleared_h(run: &Played, station: usize, at_h: f64) -> Option<f64> {
    let stays = run.lives.all.iter().flat_map(|life| &life.stays);
    let mut last = at_h;
    for stay in stays.filter(|stay| stay.station == station) {
        let (from, until) = stay.waiting(f64::INFINITY);
        if from <= at_h && at_h < until {
            last = last.max(until);
        }
    }
    last.is_finite().then_some(last)
}

/// Number waiting for a station at a time.
fn waiting(plan: &Plan<'_>, run: &Played, station: usize, at_h: f64) -> f64 {
    let stays = run.lives.all.iter().flat_map(|life| &life.stays);
    let waits = stays.filter(|stay| {
        let (from, until) = stay.waiting(f64::INFINITY);
        stay.station == station && from <= at_h && at_h < until
    });
    waits.count() as f64 * plan.stations[station].lot
}

/// Most waiting for a station at the same time in a span of time.
fn waiting_most(plan: &Plan<'_>, run: &Played, station: usize, from_h: f64, until_h: f64) -> f64 {
    let mut moves: Vec<(f64, i64)> = Vec::new();
    let stays = run.lives.all.iter().flat_map(|life| &life.stays);
    for stay in stays.filter(|stay| stay.station == station) {
        let (from, until) = stay.waiting(f64::INFINITY);
        if from < until {
            moves.extend([(from, 1), (until, -1)]);
        }
    }
    // Who leaves at a moment makes room before who comes.
    moves.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (mut level, mut most) = (0, 0);
    for (at, change) in moves {
        if at >= from_h {
            most = most.max(level);
        }
        if at > until_h {
            break;
        }
        level += change;
    }
    most as f64 * plan.stations[station].lot
}

impl Window {
    /// Waits of those that got the station in the span, h.
    fn waits(self, run: &Played) -> impl Iterator<Item = f64> {
        let lives = run.lives.all.iter();
        let ours = lives.filter(move |life| self.flow.is_none_or(|flow| flow == life.of.flow));
        ours.flat_map(|life| &life.stays).filter_map(move |stay| {
            let at = stay.seized_h?;
            let within = stay.station == self.station && self.from_h <= at && at < self.until_h;
            within.then_some(at - stay.asked_h)
        })
    }

    fn per_day(self, plan: &Plan<'_>, run: &Played) -> f64 {
        let days = (self.until_h - self.from_h) / 24.0;
        self.waits(run).count() as f64 * plan.stations[self.station].lot / days
    }
}
