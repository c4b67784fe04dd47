//! Queue lengths over time, across replications.

use serde::Serialize;

use crate::time::Hours;

/// Queue lengths at one time, across replications: how often each was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Seen(Vec<(u32, u32)>);

impl Seen {
    fn add(&mut self, length: u32) {
        match self.0.binary_search_by_key(&length, |(length, _)| *length) {
            Ok(place) => self.0[place].1 += 1,
            Err(place) => self.0.insert(place, (length, 1)),
        }
    }

    fn quantile(&self, part: f64) -> u32 {
        let count: u32 = self.0.iter().map(|(_, count)| count).sum();
        let wanted = (part * f64::from(count)).ceil().max(1.0) as u32;
        let mut below = 0;
        for (length, count) in &self.0 {
            below += count;
            if below >= wanted {
                return *length;
            }
        }
        0
    }

    fn mean(&self) -> f64 {
        let sum = |(sum, all): (f64, u32), (length, count): &(u32, u32)| {
            (sum + f64::from(*length) * f64::from(*count), all + count)
        };
        let (sum, count) = self.0.iter().fold((0.0, 0), sum);
        if count == 0 {
            0.0
        } else {
            sum / f64::from(count)
        }
    }
}

/// Queue lengths of all stations on the grid of times. Only counts are kept, so that neither the
/// order nor the number of the replications matters much for memory or at all for the result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct AllSeries {
    cells: Vec<Seen>,
}

impl AllSeries {
    pub fn add(&mut self, queues: &[u32]) {
        self.cells.resize(queues.len(), Seen::default());
        for (cell, length) in self.cells.iter_mut().zip(queues) {
            cell.add(*length);
        }
    }

    /// The series of one of so many stations.
    pub fn station(&self, station: usize, stations: usize, every_h: Hours) -> Vec<QueueAt> {
        let times = self.cells.len() / stations.max(1);
        let cells = self
            .cells
            .iter()
            .skip(station * times)
            .take(times)
            .enumerate();
        let at = |(number, seen): (usize, &Seen)| QueueAt {
            time_h: Hours::new(number as f64 * every_h.hours()),
            mean: seen.mean(),
            p10: seen.quantile(0.1),
            p50: seen.quantile(0.5),
            p90: seen.quantile(0.9),
        };
        cells.map(at).collect()
    }
}

/// The length of a queue at a time, across replications.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct QueueAt {
    /// The time.
    pub time_h: Hours,
    /// Mean number waiting.
    pub mean: f64,
    /// In a tenth of the replications not more wait.
    pub p10: u32,
    /// In half of the replications not more wait.
    pub p50: u32,
    /// In nine tenths of the replications not more wait.
    pub p90: u32,
}
