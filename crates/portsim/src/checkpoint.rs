//! Replications kept on disk as soon as they are done.
//!
//! The folder has one file a replication, and one that says what run they belong to. Each is written
//! beside its place and renamed, so that it is whole or not there: whoever kills the process loses the
//! replications under way and nothing else. A file that is not whole all the same, after a loss of
//! power, fails its checksum and counts as not there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{CheckpointProblem, RunError};
use crate::plan::Plan;
use crate::run::Settings;

/// Changes whenever a replication of the same model and seed could come out otherwise.
const VERSION: u32 = 1;

/// A folder that keeps replications: records, or what a caller has made of them.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    folder: PathBuf,
}

impl Checkpoint {
    /// Opens or makes the folder, and makes sure that it belongs to this run.
    pub(crate) fn of_run(
        folder: &Path,
        plan: &Plan,
        settings: &Settings,
    ) -> Result<Self, RunError> {
        Self::open(folder, &(settings.seed, settings.antithetic, plan.model()))
    }

    /// Opens or makes a folder for the run that `identity` stands for.
    ///
    /// # Errors
    ///
    /// [`RunError::Checkpoint`] if the folder belongs to a run of another identity, or cannot be
    /// read or made.
    pub fn open(folder: &Path, identity: &impl Serialize) -> Result<Self, RunError> {
        let folder = folder.to_owned();
        fs::create_dir_all(&folder).map_err(|error| failed(&folder, error))?;
        let identity = sealed(&(VERSION, identity)).map_err(|problem| RunError::Checkpoint {
            file: folder.clone(),
            problem,
        })?;
        let file = folder.join("run");
        match fs::read(&file) {
            Ok(found) if found == identity => {}
            Ok(_) => {
                return Err(RunError::Checkpoint {
                    file: folder,
                    problem: CheckpointProblem::Other,
                });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => write(&file, &identity)?,
            Err(error) => return Err(failed(&file, error)),
        }
        Ok(Self { folder })
    }

    fn file(&self, replication: u64) -> PathBuf {
        self.folder.join(format!("replication-{replication:08}"))
    }

    /// A replication that was done before; none if it was not, or not kept whole.
    #[must_use]
    pub fn load<T: DeserializeOwned>(&self, replication: u64) -> Option<T> {
        let bytes = fs::read(self.file(replication)).ok()?;
        let (body, sum) = bytes.split_last_chunk::<8>()?;
        if u64::from_le_bytes(*sum) != checksum(body) {
            return None;
        }
        postcard::from_bytes(body).ok()
    }

    /// Keeps a replication.
    ///
    /// # Errors
    ///
    /// [`RunError::Checkpoint`] if it cannot be encoded or written.
    pub fn save(&self, replication: u64, what: &impl Serialize) -> Result<(), RunError> {
        let file = self.file(replication);
        let bytes = sealed(what).map_err(|problem| RunError::Checkpoint {
            file: file.clone(),
            problem,
        })?;
        write(&file, &bytes)
    }
}

fn failed(file: &Path, error: io::Error) -> RunError {
    RunError::Checkpoint {
        file: file.to_owned(),
        problem: CheckpointProblem::Io(error),
    }
}

/// Writes beside the place and renames.
fn write(file: &Path, bytes: &[u8]) -> Result<(), RunError> {
    // The process in the name keeps two runs over one folder from writing into each other's file.
    let beside = file.with_extension(format!("{}.part", std::process::id()));
    fs::write(&beside, bytes).map_err(|error| failed(&beside, error))?;
    fs::rename(&beside, file).map_err(|error| failed(file, error))
}

fn sealed(what: &impl Serialize) -> Result<Vec<u8>, CheckpointProblem> {
    let mut bytes =
        postcard::to_stdvec(what).map_err(|error| CheckpointProblem::Encode(error.to_string()))?;
    let sum = checksum(&bytes);
    bytes.extend(sum.to_le_bytes());
    Ok(bytes)
}

/// FNV-1a: against torn files, not against malice.
fn checksum(bytes: &[u8]) -> u64 {
    let fold = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, fold)
}
