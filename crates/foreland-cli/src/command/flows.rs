//! `foreland flows`: who ships what which way in a study's worlds.

use std::path::Path;

use foreland::error::Problem;
use foreland::findings::{FlowFindings, Spread};
use foreland::{Atlas, Error, Progress, RunRequest, Study};

use crate::arguments::{FlowsArguments, FlowsFormat};
use crate::failure::Failure;
use crate::progress::Stages;
use crate::{interrupt, outfile, sources, terminal};

/// Solves a study's flows and shows them.
///
/// # Errors
///
/// Everything that is wrong in study and atlas; a study without a section `[flows]`.
pub(crate) fn run(arguments: &FlowsArguments, named: Option<&Path>) -> Result<(), Failure> {
    let study = Study::load(&arguments.study)?;
    let atlas = sources::atlas(named)?;
    let stages = Stages::new();
    let flows = solved(&study, arguments.seed, &atlas, &stages)?;
    drop(stages);
    let text = match arguments.format {
        _ if arguments.json => json(&flows)?,
        FlowsFormat::Json => json(&flows)?,
        FlowsFormat::Csv => csv(&flows)?,
        FlowsFormat::Table => terminal::flows(&flows),
    };
    outfile::write_or_print(arguments.out.as_deref(), text.as_bytes())
}

/// The flows of a study.
///
/// # Errors
///
/// Everything that is wrong in study and atlas; a study without a section `[flows]`.
pub(super) fn solved(
    study: &Study,
    seed: Option<u64>,
    atlas: &Atlas,
    stages: &Stages,
) -> Result<FlowFindings, Failure> {
    let found = foreland::flows::flows(
        &RunRequest {
            atlas,
            study,
            sea: sources::ocean()?,
            seed,
            replications: None,
            command: Vec::new(),
            cancel: Some(interrupt::flag()),
        },
        &|progress: Progress| stages.update(progress.stage, progress.done, progress.total),
    )?;
    interrupt::check()?;
    found.ok_or_else(|| {
        Error::Input(Problem::in_file(
            study.path.display().to_string(),
            "the study has no section [flows]",
            "add it with a date and countries; docs/schema/study.schema.json describes it",
        ))
        .into()
    })
}

fn json(flows: &FlowFindings) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(flows).map_err(|error| Error::Encode {
        what: "the flows".to_owned(),
        why: error.to_string(),
    })?;
    Ok(format!("{text}\n"))
}

/// One row for what passes somewhere in a world.
fn csv(flows: &FlowFindings) -> Result<String, Failure> {
    let failed = |error: csv::Error| Failure::Output(std::io::Error::other(error));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([
            "world",
            "by",
            "id",
            "name",
            "value_musd",
            "value_p5_musd",
            "value_p95_musd",
            "mass_kt",
            "mass_p5_kt",
            "mass_p95_kt",
            "laden_teu",
            "laden_p5_teu",
            "laden_p95_teu",
        ])
        .map_err(failed)?;
    for load in &flows.loads {
        let words = [&load.world, load.by.as_str(), &load.id, &load.name].map(str::to_owned);
        let figures = [&load.value_musd, &load.mass_kt, &load.teu];
        let cells = words.into_iter().chain(figures.into_iter().flat_map(three));
        writer.write_record(cells).map_err(failed)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| Failure::Output(std::io::Error::other(error.to_string())))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn three(spread: &Spread) -> [String; 3] {
    [spread.central, spread.p5, spread.p95].map(|value| format!("{value:.3}"))
}
