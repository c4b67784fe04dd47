//! `foreland run`: from a study to findings on disk and in the terminal.

use std::path::{Path, PathBuf};

use foreland::findings::Manifest;
use foreland::{Error, Findings, Progress, Replay, RunRequest, Study};

use crate::arguments::RunArguments;
use crate::failure::Failure;
use crate::progress::Stages;
use crate::{interrupt, outfile, sources, terminal};

/// Folder under which findings are written if none is named.
pub(super) const OUT: &str = "out";
/// The page for people among the files written.
const REPORT: &str = "report/index.html";
/// What a run was made from.
const MANIFEST: &str = "manifest.json";

/// Runs a study, or repeats a run.
///
/// # Errors
///
/// Everything that is wrong in study and atlas; [`Failure::Unmet`] if a replay gives other bytes.
pub(crate) fn run(arguments: &RunArguments, named: Option<&Path>) -> Result<(), Failure> {
    match &arguments.replay {
        Some(manifest) => repeat(arguments, manifest, named),
        None => first(arguments, named),
    }
}

fn first(arguments: &RunArguments, named: Option<&Path>) -> Result<(), Failure> {
    let study_path = arguments.study.as_deref().unwrap_or(Path::new("."));
    // Most mistakes are in the study: it is read before anything large.
    let study = Study::load(study_path)?;
    let atlas = sources::atlas(named)?;
    let out = out_folder(arguments, &study.id);
    let stages = Stages::new();
    let findings = foreland::run(
        &RunRequest {
            atlas: &atlas,
            study: &study,
            sea: sources::ocean()?,
            seed: arguments.seed,
            replications: arguments.replications,
            command: command_line(),
            cancel: Some(interrupt::flag()),
        },
        &shown_by(&stages),
    )?;
    drop(stages);
    finish(arguments.json, &findings, &out)
}

fn repeat(arguments: &RunArguments, manifest: &Path, named: Option<&Path>) -> Result<(), Failure> {
    let then = Manifest::read(manifest)?;
    let or_manifest = |given: Option<&Path>, then: &str| {
        given.map_or_else(|| PathBuf::from(then), Path::to_owned)
    };
    let study = or_manifest(arguments.study.as_deref(), &then.invocation.study_path);
    let out = out_folder(arguments, &format!("{}-replay", then.study));
    let stages = Stages::new();
    let findings = foreland::replay(
        &Replay {
            manifest,
            atlas: or_manifest(named, &then.invocation.atlas_path),
            study,
            sea: sources::ocean()?,
        },
        &shown_by(&stages),
    )?;
    drop(stages);
    interrupt::check()?;
    finish(arguments.json, &findings, &out)?;
    let now = Manifest::read(&out.join(MANIFEST))?;
    let differ: Vec<&str> = then
        .outputs
        .iter()
        .filter(|file| !now.outputs.contains(file))
        .map(|file| file.name.as_str())
        .collect();
    if differ.is_empty() {
        eprintln!("The same bytes in all {} files.", now.outputs.len());
        Ok(())
    } else {
        Err(Failure::Unmet(format!(
            "these files differ from those of the first run: {}",
            differ.join(", ")
        )))
    }
}

/// Writes the findings and shows them.
pub(super) fn finish(as_json: bool, findings: &Findings, out: &Path) -> Result<(), Failure> {
    interrupt::check()?;
    let files = findings.write(out)?;
    let text = if as_json {
        let json = serde_json::to_string_pretty(findings).map_err(|error| Error::Encode {
            what: "the findings".to_owned(),
            why: error.to_string(),
        })?;
        format!("{json}\n")
    } else {
        terminal::findings(findings)
    };
    outfile::write_or_print(None, text.as_bytes())?;
    let report = out.join(REPORT);
    let open = if files.contains(&report) {
        report
    } else {
        out.to_owned()
    };
    eprintln!(
        "{} files in {}; open {}",
        files.len(),
        out.display(),
        open.display()
    );
    Ok(())
}

fn out_folder(arguments: &RunArguments, study: &str) -> PathBuf {
    match &arguments.out {
        Some(out) => out.clone(),
        None => Path::new(OUT).join(study),
    }
}

/// The arguments as they were given, under the program's plain name.
pub(super) fn command_line() -> Vec<String> {
    let given = std::env::args_os()
        .skip(1)
        .map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once("foreland".to_owned())
        .chain(given)
        .collect()
}

pub(super) fn shown_by(stages: &Stages) -> impl Fn(Progress) + Sync {
    |progress| stages.update(progress.stage, progress.done, progress.total)
}
