//! `foreland simulate`: a study's disruptions over time.

use std::path::{Path, PathBuf};

use foreland::study::Moment;
use foreland::{Error, Findings, RunRequest, SimulationOptions, Study, run_simulation};

use super::run::{OUT, command_line, finish, shown_by};
use crate::arguments::SimulateArguments;
use crate::failure::Failure;
use crate::progress::Stages;
use crate::{interrupt, sources};

/// Simulates a study, or goes on where an earlier run was broken off.
///
/// # Errors
///
/// Everything that is wrong in study and atlas.
pub(crate) fn run(arguments: &SimulateArguments, named: Option<&Path>) -> Result<(), Failure> {
    let until = arguments.until.as_deref().map(moment).transpose()?;
    let study = Study::load(&arguments.study)?;
    let atlas = sources::atlas(named)?;
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => Path::new(OUT).join(format!("{}-simulation", study.id)),
    };
    let kept = kept_folder(&out)?;
    let request = RunRequest {
        atlas: &atlas,
        study: &study,
        sea: sources::ocean()?,
        seed: arguments.seed,
        replications: arguments.replications,
        command: command_line(),
        cancel: Some(interrupt::flag()),
    };
    let options = SimulationOptions {
        replications: arguments.replications,
        until: until.map(Moment::end),
        checkpoint: Some(kept.clone()),
    };
    match on_threads(arguments.threads, || simulated(&request, &options))? {
        Ok(findings) => {
            finish(arguments.json, &findings, &out)?;
            // The findings are written; what is left over costs only room.
            let _ = std::fs::remove_dir_all(&kept);
            Ok(())
        }
        Err(Error::Cancelled) => {
            eprintln!(
                "Replications that are done are kept in {}; give the same command to go on.",
                kept.display()
            );
            Err(Failure::Stopped)
        }
        Err(error) => {
            // Nothing was done: leave no empty folder behind.
            let _ = std::fs::remove_dir(&kept);
            Err(error.into())
        }
    }
}

fn simulated(request: &RunRequest<'_>, options: &SimulationOptions) -> Result<Findings, Error> {
    let stages = Stages::new();
    run_simulation(request, options, &shown_by(&stages))
}

/// Runs on so many threads; on one for each processor, if none are named.
fn on_threads<T: Send>(threads: Option<u16>, run: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let Some(threads) = threads else {
        return Ok(run());
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(threads))
        .build()
        .map_err(|error| Failure::Output(std::io::Error::other(error)))?;
    Ok(pool.install(run))
}

fn moment(text: &str) -> Result<Moment, Failure> {
    text.parse().map_err(|error: foreland::Problem| {
        Failure::argument("--until", error.message, error.remedy)
    })
}

/// Where replications are kept: beside the findings, hidden.
fn kept_folder(out: &Path) -> Result<PathBuf, Failure> {
    let name = out.file_name().ok_or_else(|| {
        Failure::argument("--out", "it names no folder", "give the path of a folder")
    })?;
    let name = format!(".{}.replications", name.to_string_lossy());
    Ok(out.with_file_name(name))
}
