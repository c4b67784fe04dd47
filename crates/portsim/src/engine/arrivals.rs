//! Sources: when the next entity comes.

use super::agenda::What;
use super::{Engine, Entity, Happening, Observe, State};
use crate::error::RunError;
use crate::ln::ln;
use crate::luck::{Kind, Stream};
use crate::model::{Arrivals, RateStep, Source};
use crate::tally::Counting;

/// A source in the middle of a replication, and what became of its entities.
#[derive(Clone, Debug, Default)]
pub(crate) struct SourceState {
    /// Entities made so far.
    pub number: u64,
    /// Key of all its entities, and of the next one.
    kind: Kind,
    key: u64,
    /// Time of the next arrival, before lateness.
    next_h: f64,
    /// All since the beginning.
    pub all_in: u64,
    pub all_out: u64,
    pub came: u64,
    pub finished: u64,
    pub gave_up: u64,
    pub sent: u64,
    pub sent_finished: u64,
    pub sent_gave_up: u64,
    pub time: Counting,
    pub sent_time: Counting,
}

impl SourceState {
    fn clear(&mut self) {
        (self.number, self.next_h, self.all_in, self.all_out) = (0, 0.0, 0, 0);
        self.warmed_up();
        self.time.clear();
        self.sent_time.clear();
    }

    pub fn warmed_up(&mut self) {
        (self.came, self.finished, self.gave_up) = (0, 0, 0);
        (self.sent, self.sent_finished, self.sent_gave_up) = (0, 0, 0);
    }
}

impl<O: Observe> Engine<'_, O> {
    pub(super) fn begin_source(&mut self, source: u32) {
        let state = &mut self.sources[source as usize];
        state.clear();
        state.kind = self.luck.kind(self.plan.sources[source as usize].key);
        state.next_h = self.plan.model().sources[source as usize].from_h.hours();
        self.schedule_arrival(source);
    }

    /// Schedules the arrival after the one that `next_h` holds.
    fn schedule_arrival(&mut self, source: u32) {
        let plan = &self.plan.sources[source as usize];
        let state = &mut self.sources[source as usize];
        if state.number >= plan.most {
            return;
        }
        let model = &self.plan.model().sources[source as usize];
        state.key = state.kind.entity(state.number);
        let mut stream = self.luck.stream(state.key, INTERVAL);
        let next = next_arrival(model, &mut stream, state.number, state.next_h);
        if let Some(next_h) = next.filter(|next_h| *next_h < plan.until_h) {
            state.next_h = next_h;
            self.agenda.add(next_h, What::Arrival { source });
        }
    }

    /// An entity comes, or is due and will be late.
    pub(super) fn arrive(&mut self, source: u32) -> Result<(), RunError> {
        let model = &self.plan.model().sources[source as usize];
        let plan = &self.plan.sources[source as usize];
        let state = &mut self.sources[source as usize];
        let number = state.number;
        let key = state.key;
        state.number += 1;
        state.all_in += 1;
        let size = |law: &Option<crate::Distribution>, purpose| {
            law.as_ref().map_or(0.0, |law| {
                law.draw(&mut self.luck.stream(key, purpose)) as f32
            })
        };
        let late_h = match &model.arrivals {
            Arrivals::Every {
                late_h: Some(law), ..
            }
            | Arrivals::Listed {
                late_h: Some(law), ..
            } => law.draw(&mut self.luck.stream(key, LATENESS)),
            _ => 0.0,
        };
        let entity = Entity {
            key,
            source,
            number,
            priority: model.priority,
            length_m: size(&model.length_m, LENGTH),
            draught_m: size(&model.draught_m, DRAUGHT),
            state: State::Moving,
            step: plan.step,
            arrived_h: self.now_h + late_h,
            ..Entity::default()
        };
        let place = self.entities.add(entity);
        match late_h > 0.0 {
            true => self
                .agenda
                .add(self.now_h + late_h, What::Appears { entity: place }),
            false => self.appear(place),
        }
        self.schedule_arrival(source);
        self.check_inside()
    }

    pub(super) fn appear(&mut self, place: u32) {
        let entity = &self.entities[place];
        self.sources[entity.source as usize].came += 1;
        self.observer
            .entity(self.now_h, place, entity, Happening::Came, None);
        self.ready.push_back(place);
    }

    pub(super) fn check_inside(&self) -> Result<(), RunError> {
        let limit = self.plan.model().limits.entities;
        if self.entities.inside() <= limit {
            return Ok(());
        }
        let longest = self
            .stations
            .iter()
            .zip(&self.plan.model().stations)
            .max_by_key(|(state, _)| state.queue.length);
        Err(RunError::TooManyEntities {
            replication: self.replication,
            limit,
            time_h: self.now_h,
            station: longest.map_or_else(String::new, |(_, model)| model.name.clone()),
            waiting: longest.map_or(0, |(state, _)| state.queue.length),
        })
    }
}

const INTERVAL: u64 = 0x1;
const LATENESS: u64 = 0x2;
const LENGTH: u64 = 0x3;
const DRAUGHT: u64 = 0x4;

/// When the entity of this number is due, after the one before it; none if no more come.
fn next_arrival(source: &Source, stream: &mut Stream, number: u64, before_h: f64) -> Option<f64> {
    match &source.arrivals {
        Arrivals::Poisson { per_day } => Some(before_h - 24.0 / per_day * ln(stream.unit())),
        Arrivals::Renewal { interval_h } => Some(before_h + interval_h.draw(stream)),
        Arrivals::Every {
            headway_h, first_h, ..
        } => {
            let (headway, first) = (headway_h.hours(), first_h.hours());
            let missed = ((source.from_h.hours() - first) / headway).ceil().max(0.0);
            Some(first + (missed + number as f64) * headway)
        }
        Arrivals::Listed { times_h, .. } => {
            let missed = times_h.partition_point(|time| *time < source.from_h);
            let place = missed.checked_add(usize::try_from(number).ok()?)?;
            times_h.get(place).map(|time| time.hours())
        }
        Arrivals::Profile { steps, period_h } => profile_arrival(
            steps,
            period_h.map(|period| period.hours()),
            before_h,
            -ln(stream.unit()),
        ),
    }
}

/// The time at which the integral of the rate has grown by `due` since `before_h`.
fn profile_arrival(
    steps: &[RateStep],
    period_h: Option<f64>,
    before_h: f64,
    mut due: f64,
) -> Option<f64> {
    let mut round = period_h.map_or(0.0, |period| (before_h / period).floor());
    let (mut at_h, period) = (before_h, period_h.unwrap_or(f64::INFINITY));
    let begin = |round: f64| if round > 0.0 { round * period } else { 0.0 };
    let within = at_h - begin(round);
    let mut step = steps
        .partition_point(|step| step.from_h.hours() <= within)
        .saturating_sub(1);
    loop {
        let rate = steps[step].per_day / 24.0;
        let last = step + 1 == steps.len();
        let end_h = if last {
            begin(round) + period
        } else {
            begin(round) + steps[step + 1].from_h.hours()
        };
        let grown = rate * (end_h - at_h).max(0.0);
        if rate > 0.0 && grown >= due {
            return Some(at_h + due / rate);
        }
        if end_h.is_infinite() {
            return None;
        }
        due -= if rate > 0.0 { grown } else { 0.0 };
        at_h = at_h.max(end_h);
        (step, round) = if last {
            (0, round + 1.0)
        } else {
            (step + 1, round)
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Hours;
    use crate::luck::{Luck, name_key};

    #[test]
    fn a_profile_gives_each_hour_its_share() {
        let step = |from, per_day| RateStep {
            from_h: Hours::new(from),
            per_day,
        };
        let steps = [step(0.0, 0.0), step(6.0, 240.0), step(18.0, 24.0)];
        let luck = Luck::new(3, 0, false);
        let (mut at, mut counts, mut number) = (0.0, [0_u32; 3], 0);
        while at < 24.0 * 1000.0 {
            let due = -luck
                .stream(luck.entity(name_key("trucks"), number), INTERVAL)
                .unit()
                .ln();
            at = profile_arrival(&steps, Some(24.0), at, due).unwrap();
            let hour = at % 24.0;
            counts[if hour < 6.0 {
                0
            } else if hour < 18.0 {
                1
            } else {
                2
            }] += 1;
            number += 1;
        }
        assert_eq!(counts[0], 0);
        assert!(
            (f64::from(counts[1]) / 120_000.0 - 1.0).abs() < 0.015,
            "{counts:?}"
        );
        assert!(
            (f64::from(counts[2]) / 6_000.0 - 1.0).abs() < 0.06,
            "{counts:?}"
        );
    }

    #[test]
    fn a_profile_that_ends_at_zero_sends_nobody_more() {
        let step = |from, per_day| RateStep {
            from_h: Hours::new(from),
            per_day,
        };
        assert_eq!(
            profile_arrival(&[step(0.0, 24.0), step(1.0, 0.0)], None, 0.0, 1.5),
            None
        );
        assert_eq!(
            profile_arrival(&[step(0.0, 24.0), step(1.0, 0.0)], None, 0.0, 0.5),
            Some(0.5)
        );
    }
}
