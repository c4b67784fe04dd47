//! The folder of a sweep: its plan, and the partitions that are there.

use std::path::{Path, PathBuf};

use super::partition::{self, State};
use super::plan::{PLAN_FILE, SweepPlan};
use crate::error::{Error, Problem};

/// A folder into which the partitions of one sweep are put, by one machine or by many that share it.
#[derive(Clone, Debug)]
pub struct SweepFolder {
    dir: PathBuf,
    plan: SweepPlan,
    hash: blake3::Hash,
}

impl SweepFolder {
    /// Makes the folder and writes the plan, or checks that the folder is this sweep's.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] if it holds something else or another sweep; [`Error::Io`] if it cannot be
    /// written.
    pub fn begin(dir: &Path, plan: &SweepPlan) -> Result<SweepFolder, Error> {
        std::fs::create_dir_all(dir).map_err(Error::io("write", dir))?;
        let folder = SweepFolder {
            dir: dir.to_owned(),
            plan: plan.clone(),
            hash: plan.hash()?,
        };
        let path = dir.join(PLAN_FILE);
        if path.exists() {
            same_sweep(&path, &SweepPlan::read(dir)?, plan)?;
            return Ok(folder);
        }
        let mut entries = std::fs::read_dir(dir).map_err(Error::io("read", dir))?;
        if entries.any(|entry| !is_of_a_sweep(&entry)) {
            return Err(Error::Input(Problem::in_file(
                dir.display().to_string(),
                "the folder holds files, but no plan of a sweep",
                "name an empty or a new folder, or one in which a sweep was begun",
            )));
        }
        let staging = dir.join(format!("{STAGED_PLAN}{}", std::process::id()));
        std::fs::write(&staging, plan.to_json()?).map_err(Error::io("write", &staging))?;
        std::fs::rename(&staging, &path).map_err(Error::io("rename", &staging))?;
        Ok(folder)
    }

    /// The plan.
    pub fn plan(&self) -> &SweepPlan {
        &self.plan
    }

    /// The partitions that are not there and whole.
    pub fn missing(&self) -> Vec<u64> {
        let all = 0..self.plan.partitions();
        all.filter(|&number| self.state(number) != State::Whole)
            .collect()
    }

    pub(crate) fn state(&self, partition: u64) -> State {
        partition::state(&self.dir, partition, &self.hash)
    }

    /// Puts the bytes of a partition ([`super::Sweep::partition`]) in their place, as a whole or not
    /// at all.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] if the sweep has no such partition; [`Error::Io`] if it cannot be written.
    pub fn put(&self, partition: u64, bytes: &[u8]) -> Result<(), Error> {
        self.plan.check_partitions(&(partition..partition + 1))?;
        partition::write(&self.dir, partition, &self.hash, bytes)
    }
}

/// Beginning of the plan's name before it is renamed.
const STAGED_PLAN: &str = ".plan-";

/// Whether other workers that begin the same sweep may have made it.
fn is_of_a_sweep(entry: &std::io::Result<std::fs::DirEntry>) -> bool {
    entry.as_ref().is_ok_and(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
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
