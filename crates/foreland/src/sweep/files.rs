//! Partitions computed and kept.

use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::cost::core_clock_s;
use super::model::Sweep;
use super::partition::{self, State, io};
use super::plan::{PLAN_FILE, SweepPlan};
use crate::error::{Error, Problem};
use crate::run::Progress;

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
        let all = self.plan().partitions();
        if partitions.start >= partitions.end || partitions.end > all {
            return Err(Error::Input(Problem::in_file(
                "argument --partitions",
                format!(
                    "there are no partitions {}..{}",
                    partitions.start, partitions.end
                ),
                format!("the sweep has the partitions 0..{all}"),
            )));
        }
        self.begin(dir)?;
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
            let state = partition::state(dir, number, &self.hash());
            if state == State::Whole {
                outcome.kept += 1;
                step(points(number));
                continue;
            }
            let (bytes, core_s) = self.partition(number, &|| step(1))?;
            partition::write(dir, number, &self.hash(), &bytes)?;
            outcome.made += 1;
            outcome.redone += u64::from(state == State::Damaged);
            outcome.runs += points(number) * per_point;
            outcome.bytes += bytes.len() as u64;
            outcome.core_s += core_s;
        }
        Ok(outcome)
    }

    /// The bytes of a partition, and the time that cores spent on it, s.
    fn partition(&self, number: u64, step: &(dyn Fn() + Sync)) -> Result<(Vec<u8>, f64), Error> {
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

    /// Makes the folder and its plan, or checks that it is this sweep's.
    fn begin(&self, dir: &Path) -> Result<(), Error> {
        std::fs::create_dir_all(dir).map_err(io("write", dir))?;
        let path = dir.join(PLAN_FILE);
        if path.exists() {
            return same_sweep(&path, &SweepPlan::read(dir)?, self.plan());
        }
        let mut entries = std::fs::read_dir(dir).map_err(io("read", dir))?;
        if entries.any(|entry| !is_plan_on_its_way(&entry)) {
            return Err(Error::Input(Problem::in_file(
                dir.display().to_string(),
                "the folder holds files, but no plan of a sweep",
                "name an empty or a new folder, or one in which a sweep was begun",
            )));
        }
        let staging = dir.join(format!("{STAGED_PLAN}{}", std::process::id()));
        std::fs::write(&staging, self.plan().to_json()?).map_err(io("write", &staging))?;
        std::fs::rename(&staging, &path).map_err(io("rename", &staging))
    }
}

/// Beginning of the plan's name before it is renamed.
const STAGED_PLAN: &str = ".plan-";

fn is_plan_on_its_way(entry: &std::io::Result<std::fs::DirEntry>) -> bool {
    entry.as_ref().is_ok_and(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        // Other workers begin the same sweep.
        name.starts_with(STAGED_PLAN) || name == PLAN_FILE || name == "runs"
    })
}

/// That a folder's sweep is the one that is asked for, or what differs.
fn same_sweep(path: &Path, there: &SweepPlan, asked: &SweepPlan) -> Result<(), Error> {
    if there == asked {
        return Ok(());
    }
    let differs = [
        ("study", there.study != asked.study),
        ("seed", there.seed != asked.seed),
        ("design or number of runs", there.extent != asked.extent),
        (
            "partition size",
            there.points_per_partition != asked.points_per_partition,
        ),
        ("assumptions", there.factors != asked.factors),
        ("study file, atlas or ocean", there.inputs != asked.inputs),
        ("version of the program", there.software != asked.software),
    ];
    let what = differs
        .iter()
        .find_map(|&(what, differs)| differs.then_some(what));
    Err(Error::Input(Problem::in_file(
        path.display().to_string(),
        format!(
            "the folder holds a sweep with another {}",
            what.unwrap_or("layout")
        ),
        "name another folder, or ask for the same sweep to go on with it",
    )))
}
