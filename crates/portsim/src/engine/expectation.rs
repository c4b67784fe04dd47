//! What somebody who stands before a station may expect.

use super::{Engine, Observe};
use crate::model::{Kind, Level, Tide};

impl<O: Observe> Engine<'_, O> {
    /// Expected wait in hours of somebody who asks for so many units now: until the station opens, as
    /// far as that is known or believed, and then until those before are served.
    pub(super) fn expected_wait_h(&self, station: u32, asked: u32, in_queue: bool) -> f64 {
        let model = self.plan.station_model(station);
        let state = &self.stations[station as usize];
        let closed_h = self.closed_h(station);
        let ahead = state.queue.units - if in_queue { u64::from(asked) } else { 0 };
        match &model.kind {
            Kind::Slots {
                per_day, every_h, ..
            } => {
                let rate = if state.slots_per_day > 0.0 {
                    state.slots_per_day
                } else {
                    *per_day
                };
                closed_h + every_h.hours() / 2.0 + ahead as f64 / rate * 24.0
            }
            Kind::Servers { capacity } => {
                let units = if state.capacity > 0 {
                    state.capacity
                } else {
                    u64::from(*capacity)
                };
                let free = units.saturating_sub(state.in_use);
                let missing = (ahead + u64::from(asked)).saturating_sub(free);
                closed_h + missing as f64 / units as f64 * self.mean_hold_h(station)
            }
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

    /// How long the station stays closed, as actors see it; 0 if it is open.
    fn closed_h(&self, station: u32) -> f64 {
        let model = self.plan.station_model(station);
        let state = &self.stations[station as usize];
        let mut closed_h = 0.0_f64;
        if model.opening.is_some() && !state.open {
            closed_h = closed_h.max(state.edge_h - self.now_h);
        }
        for (change, change_state) in model.changes.iter().zip(&state.changes) {
            let shut =
                matches!(change.level, Level::Set(level) | Level::Part(level) if level <= 0.0);
            if change_state.active && shut {
                let known_h = change_state.until_h - self.now_h;
                closed_h = closed_h.max(change.believed_h.map_or(known_h, |belief| belief.hours()));
            }
        }
        closed_h
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
