//! `foreland atlas`: work on the atlas.

mod import;

use std::path::Path;

use foreland::atlas::CheckReport;
use foreland::{Atlas, Error, Problem};
use serde_json::{Value, json};

use crate::arguments::{AtlasArguments, AtlasTask};
use crate::failure::Failure;
use crate::terminal::Grid;
use crate::{outfile, sources};

/// Does a task on the atlas.
///
/// # Errors
///
/// Wrong input if there is no atlas or something is wrong with it or with the file to import.
pub(crate) fn run(arguments: &AtlasArguments, atlas: Option<&Path>) -> Result<(), Failure> {
    match &arguments.task {
        AtlasTask::Check { json } => check(*json, atlas),
        AtlasTask::Import(arguments) => import::run(arguments, atlas),
    }
}

fn check(json: bool, atlas: Option<&Path>) -> Result<(), Failure> {
    let dir = sources::atlas_folder(atlas)?;
    let report = report(&dir)?;
    let text = if json {
        format!("{:#}\n", as_json(&report))
    } else {
        as_text(&dir, &report)
    };
    outfile::write_or_print(None, text.as_bytes())?;
    if report.problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::inputs(dir.display().to_string(), report.problems))
    }
}

/// What is in the atlas and what is wrong with it; tables that cannot be read are problems like
/// others.
///
/// # Errors
///
/// Wrong input if there is no atlas.
pub(super) fn report(dir: &Path) -> Result<CheckReport, Failure> {
    match Atlas::load(dir) {
        Ok(atlas) => Ok(atlas.check()),
        Err(Error::Atlas { problems, .. }) => Ok(CheckReport {
            problems,
            ..CheckReport::default()
        }),
        Err(error) => Err(error.into()),
    }
}

fn as_text(dir: &Path, report: &CheckReport) -> String {
    let mut grid = Grid::new();
    grid.text("Table").number("Rows");
    for table in &report.tables {
        grid.row([table.name.clone(), table.rows.to_string()]);
    }
    let mut text = String::new();
    if !report.tables.is_empty() {
        text = format!("{}\n", grid.render());
    }
    for warning in &report.warnings {
        text.push_str(&format!("warning: {warning}; {}\n", warning.remedy));
    }
    text.push_str(&format!(
        "{}: {} rows in {} tables, {} problems, {} warnings\n",
        dir.display(),
        report.tables.iter().map(|table| table.rows).sum::<u64>(),
        report.tables.len(),
        report.problems.len(),
        report.warnings.len()
    ));
    text
}

/// The report for programs.
pub(super) fn as_json(report: &CheckReport) -> Value {
    let tables: Vec<Value> = report
        .tables
        .iter()
        .map(|table| json!({ "name": table.name, "rows": table.rows }))
        .collect();
    json!({
        "tables": tables,
        "problems": problems(&report.problems),
        "warnings": problems(&report.warnings),
    })
}

fn problems(problems: &[Problem]) -> Vec<Value> {
    let one = |p: &Problem| {
        json!({
            "file": p.file, "line": p.line, "column": p.column,
            "message": p.message, "remedy": p.remedy,
        })
    };
    problems.iter().map(one).collect()
}
