//! What a sweep will cost, from a few of its points.

use super::model::Sweep;
use super::partition;
use crate::error::Error;

/// How long the pilot runs at most beyond its first point, s of one core.
const PILOT_S: f64 = 2.0;
/// Points of the pilot at most.
const PILOT_POINTS: u64 = 256;
/// Seconds in an hour.
const HOUR_S: f64 = 3600.0;

/// What a sweep will cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// Runs in all.
    pub runs: u64,
    /// Partitions in all.
    pub partitions: u64,
    /// Runs of the pilot, on one core.
    pub pilot_runs: u64,
    /// Time of a run on one core, s.
    pub core_s_per_run: f64,
    /// Size of the partitions, bytes.
    pub bytes: u64,
}

impl Cost {
    /// Time on one core, h.
    pub fn core_h(&self) -> f64 {
        self.core_s_per_run * self.runs as f64 / HOUR_S
    }
}

impl Sweep<'_> {
    /// Runs the first points of the sweep on one core and extrapolates. The figures are for people:
    /// nothing that a sweep writes depends on them.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`]; [`Error::Encode`].
    pub fn cost(&self) -> Result<Cost, Error> {
        let plan = self.plan();
        let started_s = core_clock_s();
        let mut rows = Vec::new();
        let mut points = 0;
        while points < plan.extent.points.min(PILOT_POINTS) {
            self.check_cancelled()?;
            rows.extend(self.rows(points));
            points += 1;
            if core_clock_s() - started_s > PILOT_S {
                break;
            }
        }
        let pilot_s = core_clock_s() - started_s;
        let runs = plan.extent.runs();
        let partitions = plan.partitions();
        Ok(Cost {
            runs,
            partitions,
            pilot_runs: rows.len() as u64,
            core_s_per_run: pilot_s / rows.len() as f64,
            bytes: self.bytes(&rows)? as u64,
        })
    }

    /// The size of all partitions, from the first rows: a part of it comes with every partition,
    /// the rest with every run.
    fn bytes(&self, rows: &[Vec<f64>]) -> Result<f64, Error> {
        let size = |rows: &[Vec<f64>]| {
            let bytes = partition::encode(self.plan(), &self.hash(), 0, rows)?;
            Ok::<f64, Error>(bytes.len() as f64)
        };
        let few = &rows[..rows.len() / 2];
        let per_run = (size(rows)? - size(few)?) / (rows.len() - few.len()) as f64;
        let per_partition = (size(few)? - per_run * few.len() as f64).max(0.0);
        let plan = self.plan();
        Ok(per_partition * plan.partitions() as f64 + per_run * plan.extent.runs() as f64)
    }
}

/// Time that a core has spent on this thread, s: what a run costs does not depend on how busy the
/// machine is otherwise.
#[cfg(unix)]
pub(crate) fn core_clock_s() -> f64 {
    let spent = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    spent.tv_sec as f64 + spent.tv_nsec as f64 / 1e9
}

/// Time on the clock, s, where a thread's own is not to be had.
#[cfg(not(unix))]
pub(crate) fn core_clock_s() -> f64 {
    use std::time::{SystemTime, UNIX_EPOCH};
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0.0, |since| since.as_secs_f64())
}
