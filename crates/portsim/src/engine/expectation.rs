//! What somebody who stands before a station may expect.

use super::entity::NONE;
use super::outlook::Outlook;
use super::{Engine, Observe};
use crate::model::{Kind, Quota, Tide};

/// Pieces of time with one capacity after which a wait counts as endless.
const MOST_PIECES: usize = 10_000;

/// Who asks how long the wait would be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asker {
    /// Place in the queue, for those who have joined it.
    place: Option<u32>,
    units: u32,
    /// By which the queue is ordered.
    rank: f64,
}

impl Asker {
    /// Somebody who has joined the queue.
    pub fn waiting(place: u32, units: u32, rank: f64) -> Self {
        Self {
            place: Some(place),
            units,
            rank,
        }
    }

    /// Somebody who would come for one unit.
    pub fn coming(class: u8) -> Self {
        Self {
            place: None,
            units: 1,
            rank: f64::from(class),
        }
    }
}

/// A class before a station, seen as a fluid: what is asked for drains at the rate of the capacity that
/// better classes leave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lane {
    /// Units that stand before the asker.
    queue: f64,
    /// Units that come in an hour, all before the asker.
    rate: f64,
    /// The most that it gets of the capacity, 0 to 1.
    share: f64,
}

impl<O: Observe> Engine<'_, O> {
    /// Expected wait in hours of somebody who asks now: until those who are served before have what
    /// they ask for, by the capacity of the time to come as far as it is known or believed. Where
    /// classes are served one before the other, those who are better and still to come are before, at
    /// the rate of late. Infinite if better classes leave nothing.
    pub(super) fn expected_wait_h(&mut self, station: u32, asker: Asker) -> f64 {
        let mut lanes = std::mem::take(&mut self.lanes);
        lanes.clear();
        self.line_up(station, asker, &mut lanes);
        let model = self.plan.station_model(station);
        let state = &self.stations[station as usize];
        // Half a tick until slots are given out; or the units that have to come free before.
        let (tick_h, per_unit_h) = match &model.kind {
            Kind::Slots { every_h, .. } => (every_h.hours() / 2.0, 24.0),
            Kind::Servers { capacity } => {
                let own = match state.capacity {
                    0 => u64::from(*capacity),
                    units => units,
                };
                let mut free = own as f64 - state.in_use as f64;
                if let Some(last) = lanes.last_mut() {
                    last.queue += f64::from(asker.units);
                }
                for lane in &mut lanes {
                    let taken = if free < 0.0 {
                        free
                    } else {
                        free.min(lane.queue)
                    };
                    lane.queue -= taken;
                    free -= taken;
                }
                (0.0, self.mean_hold_h(station))
            }
        };
        let outlook = Outlook {
            model,
            state,
            now_h: self.now_h,
        };
        let limit_h = self.now_h + self.plan.model().horizon_h.hours();
        let wait_h = drained_h(&mut lanes, &outlook, per_unit_h, limit_h);
        self.lanes = lanes;
        tick_h + wait_h
    }

    /// Who is before an asker, class by class, best first; the asker's own class is the last.
    fn line_up(&self, station: u32, asker: Asker, lanes: &mut Vec<Lane>) {
        let state = &self.stations[station as usize];
        let lane = |rate, share| Lane {
            queue: 0.0,
            rate,
            share,
        };
        if !self.plan.stations[station as usize].by_class {
            let own = asker.place.map_or(0, |_| u64::from(asker.units));
            lanes.push(Lane {
                queue: (state.queue.units - own) as f64,
                ..lane(0.0, 1.0)
            });
            return;
        }
        let quotas: &[Quota] = match &self.plan.station_model(station).kind {
            Kind::Slots { quotas, .. } => quotas,
            Kind::Servers { .. } => &[],
        };
        let share = |class: u8| {
            let quota = quotas.iter().find(|quota| quota.priority == class);
            quota.map_or(1.0, |quota| quota.share)
        };
        let better = state.lately.iter();
        let better = better.filter(|lately| f64::from(lately.class) < asker.rank);
        let classes = better.clone().map(|lately| f64::from(lately.class));
        lanes.extend(better.map(|lately| lane(lately.rate(self.now_h), share(lately.class))));
        lanes.push(lane(0.0, share(asker.rank as u8)));
        let mut next = state.queue.first;
        while next != NONE && Some(next) != asker.place && self.entities[next].rank <= asker.rank {
            let entity = &self.entities[next];
            // Whoever waits has been noted as coming, so that its class has a lane.
            let found = classes.clone().position(|class| class == entity.rank);
            let lane = found.unwrap_or(lanes.len() - 1);
            lanes[lane].queue += f64::from(entity.asked);
            next = entity.behind;
        }
    }

    /// Mean time for which a unit was held so far; before anybody has held one, as the model states.
    fn mean_hold_h(&self, station: u32) -> f64 {
        let seen = &self.stations[station as usize].seen;
        match seen.held_units {
            0 => self.plan.stations[station as usize].hold_h,
            units => seen.held_unit_h / units as f64,
        }
    }
}

/// Hours until the last lane is empty and something is left for it. `per_unit_h` is what a unit of
/// capacity needs for a unit of work.
fn drained_h(lanes: &mut [Lane], outlook: &Outlook<'_>, per_unit_h: f64, limit_h: f64) -> f64 {
    let mut time_h = outlook.now_h;
    for _ in 0..MOST_PIECES {
        let (level, until_h) = outlook.at(time_h);
        // A rate above all rates stands for work that takes no time.
        let rate = match outlook.model.kind {
            Kind::Servers { .. } => (level + 1e-9).floor() / per_unit_h.max(1e-9),
            Kind::Slots { .. } => level / per_unit_h,
        };
        match drain(lanes, rate, until_h - time_h) {
            Some(done_h) => return time_h + done_h - outlook.now_h,
            None => time_h = until_h,
        }
        if time_h >= limit_h {
            break;
        }
    }
    f64::INFINITY
}

/// Lets lanes drain at a rate for some hours, better ones first. When the last is empty and there is
/// something for it, if that is within these hours.
fn drain(lanes: &mut [Lane], rate: f64, mut hours: f64) -> Option<f64> {
    let mut passed_h = 0.0;
    loop {
        let (mut left, mut step_h, mut own) = (rate, hours, (0.0, 0.0));
        for lane in lanes.iter() {
            let most = left.min(lane.share * rate);
            let flow = if lane.queue > 0.0 {
                most
            } else {
                most.min(lane.rate)
            };
            let net = flow - lane.rate;
            if lane.queue > 0.0 && net > 0.0 {
                step_h = step_h.min(lane.queue / net);
            }
            left -= flow;
            own = (lane.queue, most);
        }
        if own.0 <= 0.0 && own.1 > 0.0 {
            return Some(passed_h);
        }
        if step_h.is_infinite() || hours <= 0.0 {
            return None;
        }
        let mut left = rate;
        for lane in lanes.iter_mut() {
            let most = left.min(lane.share * rate);
            let flow = if lane.queue > 0.0 {
                most
            } else {
                most.min(lane.rate)
            };
            left -= flow;
            let rest = lane.queue - (flow - lane.rate) * step_h;
            // What is left of rounding is nothing.
            lane.queue = if rest < 1e-9 * (1.0 + lane.queue) {
                0.0
            } else {
                rest
            };
        }
        passed_h += step_h;
        hours -= step_h;
    }
}

impl Tide {
    /// The first time from `now_h` on at which a draught is covered; infinite if it never is.
    pub(super) fn afloat_h(&self, draught_m: f64, now_h: f64) -> f64 {
        let needed_m = draught_m + self.clearance_m - self.mean_depth_m;
        if needed_m <= -self.amplitude_m {
            return now_h;
        }
        if needed_m > self.amplitude_m {
            return f64::INFINITY;
        }
        // Afloat while the phase from high water is within ± the angle of this height.
        let period = self.period_h.hours();
        let half = libm::acos(needed_m / self.amplitude_m) / std::f64::consts::TAU * period;
        let phase = (now_h - self.high_h.hours() + half).rem_euclid(period);
        // A thousand-millionth of the period makes up for rounding at the moment of floating.
        if phase <= 2.0 * half + 1e-9 * period || period - phase < 1e-9 * period {
            return now_h;
        }
        now_h + (period - phase)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Hours;

    #[test]
    fn a_ship_floats_around_high_water() {
        let tide = Tide {
            mean_depth_m: 12.0,
            amplitude_m: 2.0,
            period_h: Hours::new(12.0),
            high_h: Hours::new(6.0),
            clearance_m: 1.0,
        };
        // 12 m of draught need 13 m of water: within 2 h of high water (cos 60° = ½).
        assert!((tide.afloat_h(12.0, 0.0) - 4.0).abs() < 1e-6);
        assert_eq!(tide.afloat_h(12.0, 5.0), 5.0);
        assert!((tide.afloat_h(12.0, 8.5) - 16.0).abs() < 1e-6);
        assert_eq!(tide.afloat_h(9.0, 0.0), 0.0);
        assert!(tide.afloat_h(13.5, 0.0).is_infinite());
        // The moment that is found counts as afloat, or a ship would wait for it for ever.
        for n in 0..1000 {
            let at = tide.afloat_h(11.9, f64::from(n) * 7.3);
            assert_eq!(tide.afloat_h(11.9, at), at);
        }
    }
}
