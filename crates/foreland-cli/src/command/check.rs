//! `foreland check`: whether atlas, ocean and studies are in order, and, if asked, whether routes
//! are as exact and as fast as they should be.

mod speed;
mod validation;

use std::path::{Path, PathBuf};

use foreland::{Atlas, RunRequest, Study};
use serde_json::{Value, json};

use super::atlas;
use crate::arguments::CheckArguments;
use crate::failure::Failure;
use crate::{interrupt, outfile, sources};

/// Folder of studies beside the atlas.
const STUDIES: &str = "studies";
/// File that tells a study's folder from others.
const STUDY_FILE: &str = "study.toml";

/// Checks everything and prints what was found.
///
/// # Errors
///
/// Wrong input for whatever is not in order; [`Failure::Unmet`] if a goal is missed.
pub(crate) fn run(arguments: &CheckArguments, named: Option<&Path>) -> Result<(), Failure> {
    let dir = sources::atlas_folder(named)?;
    let checked = atlas::report(&dir)?;
    let ocean = sources::ocean()?;
    let mut lines = vec![
        format!(
            "atlas   {}: {} problems, {} warnings",
            dir.display(),
            checked.problems.len(),
            checked.warnings.len()
        ),
        format!(
            "ocean   {} ports, {} passages",
            ocean.ports().len(),
            ocean.passages().len()
        ),
    ];
    let mut value = json!({
        "atlas": atlas::as_json(&checked),
        "ocean": { "ports": ocean.ports().len(), "passages": ocean.passages().len() },
    });
    if !checked.problems.is_empty() {
        print(arguments, &lines.join("\n"), &value)?;
        return Err(Failure::inputs(dir.display().to_string(), checked.problems));
    }
    let loaded = Atlas::load(&dir)?;
    let mut studies = Vec::new();
    for path in studies_to_check(arguments, &dir) {
        let study = check_study(&path, &loaded, ocean)?;
        lines.push(format!("study   {}: {study}", path.display()));
        studies.push(json!({ "path": path.display().to_string(), "content": study }));
    }
    value["studies"] = Value::Array(studies);
    let mut unmet = 0;
    if arguments.validation {
        let validation = validation::validate(&dir, ocean)?;
        let speed = speed::measure(ocean)?;
        unmet = validation.unmet() + speed.unmet();
        lines.extend([validation.text(), speed.text()]);
        value["distances"] = validation.json();
        value["speed"] = speed.json();
    }
    print(arguments, &lines.join("\n"), &value)?;
    match unmet {
        0 => Ok(()),
        1 => Err(Failure::Unmet("1 goal is not met".to_owned())),
        n => Err(Failure::Unmet(format!("{n} goals are not met"))),
    }
}

fn print(arguments: &CheckArguments, text: &str, value: &Value) -> Result<(), Failure> {
    let text = if arguments.json {
        format!("{value:#}\n")
    } else {
        format!("{text}\n")
    };
    outfile::write_or_print(None, text.as_bytes())
}

/// The studies that were named, or all in the folder beside the atlas, by name.
fn studies_to_check(arguments: &CheckArguments, atlas_dir: &Path) -> Vec<PathBuf> {
    if !arguments.studies.is_empty() {
        return arguments.studies.clone();
    }
    let Ok(entries) = std::fs::read_dir(atlas_dir.with_file_name(STUDIES)) else {
        return Vec::new();
    };
    let mut studies: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.join(STUDY_FILE).is_file())
        .collect();
    studies.sort_unstable();
    studies
}

/// Runs a study with a single draw of its parameters: every reference is resolved on the way.
fn check_study(path: &Path, atlas: &Atlas, ocean: &sealane::Ocean) -> Result<String, Failure> {
    let study = Study::load(path)?;
    let request = RunRequest {
        atlas,
        study: &study,
        sea: ocean,
        seed: None,
        replications: Some(1),
        command: Vec::new(),
        cancel: Some(interrupt::flag()),
    };
    let findings = foreland::run(&request, &|_| {})?;
    Ok(format!(
        "{} worlds, {} flows, {} claims, {} warnings",
        findings.run.worlds.len(),
        findings.journeys.len() / findings.run.worlds.len().max(1),
        findings.claims.len(),
        findings.warnings.len()
    ))
}
