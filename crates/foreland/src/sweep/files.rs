//! Partitions computed and kept.

use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::cost::core_clock_s;
use super::folder::SweepFolder;
use super::model::Sweep;
use super::partition::{self, State};
use crate::error::Error;
use crate::request::Progress;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
    /// Partitions that were there and whole.
    pub kept: u64,
    /// Partitions that were computed.
    pub made: u64,
    /// Of these, partitions that were there and damaged.
    pub redone: u64,
    /// Runs that were computed.
    pub runs: u64,
    /// Bytes of the partitions that were computed.
    pub bytes: u64,
    /// Time that cores spent on runs, s.
    pub core_s: f64,
}

impl Sweep<'_> {
    /// Computes the partitions of a range that are not there and whole yet. `dir` may be shared
    /// by several machines, each with its own range.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] if the folder holds something else or another sweep, or if there are no
    /// such partitions; [`Error::Io`] if it cannot be written; [`Error::Cancelled`]. Partitions that
    /// were finished stay.
    pub fn run(
        &self,
        dir: &Path,
        partitions: Range<u64>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Outcome, Error> {
        self.plan().check_partitions(&partitions)?;
        let folder = SweepFolder::begin(dir, self.plan())?;
        let points = |partition: u64| {
            let points = self.plan().points_of(partition);
            points.end - points.start
        };
        let total: u64 = partitions.clone().map(points).sum();
        let per_point = self.plan().extent.runs_per_point();
        let done = AtomicU64::new(0);
        let step = |points: u64| {
            progress(Progress {
                stage: "runs",
                done: (done.fetch_add(points, Ordering::Relaxed) + points) * per_point,
                total: total * per_point,
            });
        };
        step(0);
        let mut outcome = Outcome::default();
        for number in partitions {
            let state = folder.state(number);
            if state == State::Whole {
                outcome.kept += 1;
                step(points(number));
                continue;
            }
            let (bytes, core_s) = self.timed(number, &|| step(1))?;
            folder.put(number, &bytes)?;
            outcome.made += 1;
            outcome.redone += u64::from(state == State::Damaged);
            outcome.runs += points(number) * per_point;
            outcome.bytes += bytes.len() as u64;
            outcome.core_s += core_s;
        }
        Ok(outcome)
    }

    /// The bytes of a partition, for [`SweepFolder::put`].
    ///
    /// # Errors
    ///
    /// [`Error::Input`] if the sweep has no such partition; [`Error::Cancelled`].
    pub fn partition(&self, number: u64) -> Result<Vec<u8>, Error> {
        self.plan().check_partitions(&(number..number + 1))?;
        Ok(self.timed(number, &|| {})?.0)
    }

    /// The bytes of a partition, and the time that cores spent on it, s.
    fn timed(&self, number: u64, step: &(dyn Fn() + Sync)) -> Result<(Vec<u8>, f64), Error> {
        let points = self.plan().points_of(number);
        let spent_ns = AtomicU64::new(0);
        let rows: Result<Vec<Vec<Vec<f64>>>, Error> = points
            .clone()
            .into_par_iter()
            .map(|point| {
                self.check_cancelled()?;
                let started_s = core_clock_s();
                let rows = self.rows(point);
                let ns = (core_clock_s() - started_s) * 1e9;
                spent_ns.fetch_add(ns as u64, Ordering::Relaxed);
                step();
                Ok(rows)
            })
            .collect();
        let rows: Vec<Vec<f64>> = rows?.into_iter().flatten().collect();
        let bytes = partition::encode(self.plan(), &self.hash(), points.start, &rows)?;
        Ok((bytes, spent_ns.into_inner() as f64 / 1e9))
    }
}
