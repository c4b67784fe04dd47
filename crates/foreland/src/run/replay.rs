//! Repeating a run from its manifest.

use std::path::{Path, PathBuf};

use super::assemble::{inputs, software};
use super::{Progress, RunRequest, run};
use crate::atlas::Atlas;
use crate::error::{Error, Problem};
use crate::findings::{Findings, InputFile, Manifest, Software};
use crate::sea::Sea;
use crate::study::Study;

/// Where a replay finds its inputs.
pub struct Replay<'a> {
    /// The manifest of the run to repeat.
    pub manifest: &'a Path,
    /// Folder of the atlas.
    pub atlas: PathBuf,
    /// The study.
    pub study: PathBuf,
    /// The ocean.
    pub sea: &'a dyn Sea,
}

/// Runs a study again with the inputs, seed and replications of a manifest.
///
/// # Errors
///
/// [`Error::Input`] naming the first input whose bytes differ from those of the manifest; errors
/// of [`run`].
pub fn replay(
    replay: &Replay<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Findings, Error> {
    let manifest = Manifest::read(replay.manifest)?;
    let set: Vec<(String, f64)> = manifest.invocation.set.clone().into_iter().collect();
    let atlas = Atlas::load(&replay.atlas)?.with_values(&set)?;
    let study = Study::load(&replay.study)?;
    let shown = replay.manifest.display().to_string();
    same_inputs(&shown, &manifest, &inputs(&atlas, &study, replay.sea))?;
    same_software(&shown, &manifest, &software(replay.sea))?;
    let mut findings = run(
        &RunRequest {
            atlas: &atlas,
            study: &study,
            sea: replay.sea,
            seed: manifest.invocation.seed,
            replications: manifest.invocation.replications,
            command: Vec::new(),
            cancel: None,
        },
        progress,
    )?;
    // The inputs may lie elsewhere now; the findings are those of the first run.
    findings.provenance.invocation = manifest.invocation;
    findings.run.study = manifest.study;
    Ok(findings)
}

fn same_inputs(shown: &str, manifest: &Manifest, now: &[InputFile]) -> Result<(), Error> {
    for then in &manifest.inputs {
        let found = now
            .iter()
            .find(|input| input.role == then.role && input.name == then.name);
        if found.is_none_or(|found| found.blake3 != then.blake3) {
            return Err(Error::Input(Problem::in_file(
                shown,
                format!(
                    "the {} file {} is not the one of the manifest",
                    then.role, then.name
                ),
                format!("restore the file with BLAKE3 {}", then.blake3),
            )));
        }
    }
    Ok(())
}

fn same_software(shown: &str, manifest: &Manifest, now: &[Software]) -> Result<(), Error> {
    match manifest.software.iter().find(|then| !now.contains(then)) {
        None => Ok(()),
        Some(then) => Err(Error::Input(Problem::in_file(
            shown,
            format!("the run was made with {} {}", then.name, then.version),
            "replay it with that version",
        ))),
    }
}
