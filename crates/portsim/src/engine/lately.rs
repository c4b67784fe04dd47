//! How fast each class has been coming of late.

use super::{Engine, Observe};

/// Askings over which the mean interval of a class fades.
const MEMORY: f64 = 100.0;

/// What a class has asked of a station lately.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Lately {
    pub class: u8,
    /// Askings so far, up to the memory.
    seen: f64,
    last_h: f64,
    interval_h: f64,
    units: f64,
}

impl Lately {
    fn new(class: u8, now_h: f64, units: f64) -> Self {
        Self {
            class,
            seen: 1.0,
            last_h: now_h,
            interval_h: 0.0,
            units,
        }
    }

    fn asks(&mut self, now_h: f64, units: f64) {
        self.interval_h += (now_h - self.last_h - self.interval_h) / self.seen;
        self.units += (units - self.units) / (self.seen + 1.0);
        self.last_h = now_h;
        self.seen = (self.seen + 1.0).min(MEMORY);
    }

    /// Units asked for in an hour. A class that has not been seen twice has no rate yet, and one that
    /// stays away fades.
    pub fn rate(&self, now_h: f64) -> f64 {
        if self.seen < 2.0 {
            return 0.0;
        }
        let overdue_h = (now_h - self.last_h - self.interval_h).max(0.0);
        let interval_h = self.interval_h + overdue_h / self.seen;
        if interval_h > 0.0 {
            self.units / interval_h
        } else {
            0.0
        }
    }
}

impl<O: Observe> Engine<'_, O> {
    /// Remembers that somebody who stays has asked.
    pub(super) fn note_asking(&mut self, place: u32, station: u32) {
        if !self.plan.stations[station as usize].by_class {
            return;
        }
        let (class, units) = (self.class_of(place), f64::from(self.entities[place].asked));
        let now_h = self.now_h;
        let lately = &mut self.stations[station as usize].lately;
        match lately.binary_search_by_key(&class, |known| known.class) {
            Ok(known) => lately[known].asks(now_h, units),
            Err(new) => lately.insert(new, Lately::new(class, now_h, units)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_the_mean_of_late_and_fades_while_nobody_comes() {
        let mut lately = Lately::new(0, 0.0, 2.0);
        assert_eq!(lately.rate(5.0), 0.0, "one arrival is no rate");
        (1..=400).for_each(|n| lately.asks(f64::from(n) * 3.0, 2.0));
        assert!((lately.rate(1201.0) - 2.0 / 3.0).abs() < 1e-9);
        assert!(lately.rate(1200.0 + 303.0) < 1.0 / 3.0 + 1e-9);
        // A new pace is believed after some hundreds.
        (1..=400).for_each(|n| lately.asks(1200.0 + f64::from(n), 2.0));
        assert!((lately.rate(1600.0) - 2.0).abs() < 0.1);
    }
}
