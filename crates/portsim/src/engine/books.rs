//! The end of a replication: whether everything adds up, and what it yields.

use super::{Engine, Observe, State};
use crate::error::RunError;
use crate::plan::Step;
use crate::record::{Certificate, Record, SourceRecord};

/// Largest part by which Little's law may fail by rounding.
const LITTLE_TOLERANCE: f64 = 1e-6;

impl<O: Observe> Engine<'_, O> {
    /// Nothing more is to happen, before the horizon. If somebody waits at a station that is open and
    /// large enough, others hold what it needs, and they wait too.
    pub(super) fn check_deadlock(&self) -> Result<(), RunError> {
        let stuck = |station: usize| {
            let (state, model) = (
                &self.stations[station],
                &self.plan.model().stations[station],
            );
            let first = state.queue.first;
            let fits =
                state.queue.length > 0 && u64::from(self.entities[first].asked) <= state.capacity;
            fits.then_some(model.name.as_str())
        };
        let stations: Vec<&str> = (0..self.stations.len()).filter_map(stuck).collect();
        if stations.is_empty() {
            return Ok(());
        }
        Err(RunError::Deadlock {
            replication: self.replication,
            time_h: self.now_h,
            waiting: self.stations.iter().map(|state| state.queue.length).sum(),
            stations: stations
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", "),
        })
    }

    /// Adds up in two ways, and makes the record.
    pub(super) fn close_books(&mut self) -> Result<Record, RunError> {
        self.stations
            .iter_mut()
            .for_each(|station| station.settle(self.now_h));
        let certificate = self.certificate();
        if cfg!(debug_assertions)
            && (certificate.missing > 0 || certificate.little_residual > LITTLE_TOLERANCE)
        {
            let (replication, what) = (self.replication, format!("{certificate:?}"));
            return Err(RunError::Books { replication, what });
        }
        let counted_h = self.now_h - self.plan.model().warm_up_h.hours();
        let sources = self.sources.iter().map(|source| SourceRecord {
            came: source.came,
            finished: source.finished,
            gave_up: source.gave_up,
            sent: source.sent,
            sent_finished: source.sent_finished,
            sent_gave_up: source.sent_gave_up,
            inside_at_end: source.all_in - source.all_out,
            time: source.time.finish(),
            sent_time: source.sent_time.finish(),
        });
        Ok(Record {
            replication: self.replication,
            events: self.events,
            stations: self
                .stations
                .iter()
                .map(|station| station.record(counted_h))
                .collect(),
            sources: sources.collect(),
            queues: self.queues.clone(),
            certificate,
        })
    }

    fn certificate(&self) -> Certificate {
        let count = self.stations.len();
        let (mut waiting, mut held) = (vec![0.0; count], vec![0.0; count]);
        let (mut queued, mut units) = (vec![0_u64; count], vec![0_u64; count]);
        for entity in self.entities.iter() {
            if let (State::Waiting, Step::Seize(seize)) =
                (entity.state, &self.plan.steps[entity.step as usize])
            {
                waiting[seize.station as usize] += self.now_h - entity.since_h;
                queued[seize.station as usize] += 1;
            }
            for part in entity.held() {
                held[part.station as usize] += f64::from(part.units) * (self.now_h - part.since_h);
                units[part.station as usize] += u64::from(part.units);
            }
        }
        let (all_in, all_out) = self.sources.iter().fold((0, 0), |(a, b), source| {
            (a + source.all_in, b + source.all_out)
        });
        let mut missing = (all_in - all_out).abs_diff(u64::from(self.entities.inside()));
        let mut little_residual = 0.0_f64;
        for (number, station) in self.stations.iter().enumerate() {
            missing += station.in_use.abs_diff(units[number]);
            missing += u64::from(station.queue.length).abs_diff(queued[number]);
            little_residual =
                little_residual.max(station.little_residual(waiting[number], held[number]));
        }
        Certificate {
            missing,
            little_residual,
        }
    }
}
