//! The capacity of a station over the time to come, as actors know or believe it.

use super::calendar::level;
use super::station::StationState;
use crate::model::{Change, End, Opening, Station};

/// What is known at a moment of the capacity from then on. A change that has begun lasts as long as is
/// known or believed, one that was announced comes as it was announced, and failed machines come back
/// after the mean time of repair.
pub(super) struct Outlook<'a> {
    pub model: &'a Station,
    pub state: &'a StationState,
    pub now_h: f64,
}

impl Outlook<'_> {
    /// Capacity at a time, in units or in slots in 24 hours, and until when it stays so.
    pub fn at(&self, time_h: f64) -> (f64, f64) {
        let mut until_h = f64::INFINITY;
        let mut passes = |edge_h: f64| {
            if edge_h > time_h {
                until_h = until_h.min(edge_h);
            }
        };
        let (open, edge_h) = self
            .model
            .opening
            .as_ref()
            .map_or((true, f64::INFINITY), |opening| opening.at(time_h));
        passes(edge_h);
        for (number, change) in self.model.changes.iter().enumerate() {
            if let Some((from_h, to_h)) = self.expected(number, change) {
                passes(from_h);
                passes(to_h);
            }
        }
        let mut down = self.state.machines.iter().filter(|m| m.down).count();
        if let (Some(breakdowns), true) = (&self.model.breakdowns, down > 0) {
            let repaired_h = self.now_h + breakdowns.repair_h.mean();
            passes(repaired_h);
            down = if time_h < repaired_h { down } else { 0 };
        }
        let in_force = |number: usize, change: &Change| {
            self.expected(number, change)
                .is_some_and(|(from_h, to_h)| from_h <= time_h && time_h < to_h)
        };
        (level(self.model, open, in_force, down), until_h)
    }

    /// From when until when actors reckon with a change; none if they do not, or if it is over.
    fn expected(&self, number: usize, change: &Change) -> Option<(f64, f64)> {
        let state = &self.state.changes[number];
        let believed_h = change.believed_h.map(|hours| hours.hours());
        if state.active {
            let to_h = believed_h.map_or(state.until_h, |believed| self.now_h + believed);
            return Some((f64::NEG_INFINITY, to_h));
        }
        let from_h = change.from_h.hours();
        let announced = change.foreseen_h.is_some_and(|at| at.hours() <= self.now_h);
        if !announced || from_h < self.now_h {
            return None;
        }
        let to_h = match (believed_h, &change.end) {
            (Some(believed), _) => from_h + believed,
            (None, End::At(end)) => end.hours(),
            (None, End::After(_)) => state.until_h,
            (None, End::Never) => f64::INFINITY,
        };
        Some((from_h, to_h))
    }
}

impl Opening {
    /// Whether it is open at a time, and the next edge after it.
    fn at(&self, time_h: f64) -> (bool, f64) {
        let period = self.period_h.hours();
        let round = (time_h / period).floor();
        for round in [round, round + 1.0] {
            let base = round * period;
            for window in &self.windows {
                let (from, until) = (base + window.from_h.hours(), base + window.until_h.hours());
                if time_h < from {
                    return (false, from);
                }
                if time_h < until {
                    return (true, until);
                }
            }
        }
        // A period has a window: one of the two rounds holds an edge after this time.
        (false, (round + 2.0) * period)
    }
}
