//! `foreland sweep`: a study in many runs, on this machine or in parts on many.

use std::path::{Path, PathBuf};
use std::time::Instant;

use foreland::sweep::{Design, Summary, Sweep, SweepOptions, summarise};
use foreland::{Error, Progress, RunRequest, Study};

use crate::arguments::{DesignName, SweepArguments};
use crate::failure::Failure;
use crate::progress::Stages;
use crate::{interrupt, outfile, sources, terminal};

/// Folder under which sweeps are written if none is named.
const OUT: &str = "out";

/// Sweeps a study, does some of its partitions, or makes the summary of those that are there.
///
/// # Errors
///
/// Everything that is wrong in study and atlas; a folder that holds something else.
pub(crate) fn run(arguments: &SweepArguments, named: Option<&Path>) -> Result<(), Failure> {
    if let Some(dir) = &arguments.summary {
        return finish(arguments, dir);
    }
    let study_path = arguments.study.as_deref().unwrap_or(Path::new("."));
    let study = Study::load(study_path)?;
    let atlas = sources::atlas(named)?;
    let atlas = atlas.with_services(&study)?;
    let request = RunRequest {
        atlas: &atlas,
        study: &study,
        sea: sources::ocean()?,
        seed: arguments.seed,
        replications: None,
        command: Vec::new(),
        cancel: Some(interrupt::flag()),
    };
    let stages = Stages::new();
    let sweep = Sweep::prepare(&request, &options(arguments), &shown_by(&stages))?;
    drop(stages);
    if arguments.plan && arguments.json {
        let plan = sweep.plan().to_json()?;
        return outfile::write_or_print(None, &plan);
    }
    let cost = sweep.cost()?;
    eprintln!("{}", terminal::cost(&cost, sweep.plan()));
    if arguments.plan {
        return Ok(());
    }
    let dir = match &arguments.out {
        Some(out) => out.clone(),
        None => PathBuf::from(OUT).join(format!("{}-sweep", study.id)),
    };
    let all = 0..sweep.plan().partitions();
    let partitions = arguments.partitions.clone().unwrap_or(all);
    let stages = Stages::new();
    let started = Instant::now();
    let outcome = sweep.run(&dir, partitions, &shown_by(&stages))?;
    let wall_s = started.elapsed().as_secs_f64();
    drop(stages);
    eprintln!("{}", terminal::outcome(&outcome, &cost, wall_s));
    match arguments.partitions {
        Some(_) => Ok(()),
        None => finish(arguments, &dir),
    }
}

fn options(arguments: &SweepArguments) -> SweepOptions {
    SweepOptions {
        design: match arguments.design {
            DesignName::Sobol => Design::Sobol,
            DesignName::LatinHypercube => Design::LatinHypercube,
            DesignName::FullFactorial => Design::FullFactorial,
        },
        runs: arguments.runs,
        levels: arguments.levels,
        vary: arguments.vary.clone(),
        runs_per_partition: arguments.partition_size,
    }
}

/// Makes the summary and shows it.
fn finish(arguments: &SweepArguments, dir: &Path) -> Result<(), Failure> {
    let stages = Stages::new();
    let summary = summarise(dir, &shown_by(&stages))?;
    drop(stages);
    interrupt::check()?;
    let text = match arguments.json {
        true => json(&summary)?,
        false => terminal::summary(&summary),
    };
    outfile::write_or_print(None, text.as_bytes())?;
    eprintln!(
        "{}: sweep.json, indices.csv, claims.csv, convergence.csv, index.html, runs/",
        dir.display()
    );
    Ok(())
}

fn json(summary: &Summary) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(summary).map_err(|error| Error::Encode {
        what: "the summary".to_owned(),
        why: error.to_string(),
    })?;
    Ok(format!("{text}\n"))
}

fn shown_by(stages: &Stages) -> impl Fn(Progress) + Sync {
    |progress| stages.update(progress.stage, progress.done, progress.total)
}
