//! `foreland atlas import`: a user's file into the local store.

use std::path::Path;

use foreland::import::{ImportReport, ImportRequest, Tally, import, store_beside};

use crate::arguments::ImportArguments;
use crate::failure::Failure;
use crate::progress::Stages;
use crate::terminal::Grid;
use crate::{interrupt, outfile, sources};

/// Imports a file and says what became of its rows.
///
/// # Errors
///
/// Wrong input if the file is not of the kind, or no store is named and there is no atlas.
pub(super) fn run(arguments: &ImportArguments, atlas: Option<&Path>) -> Result<(), Failure> {
    let store = match &arguments.store {
        Some(store) => store.clone(),
        None => store_beside(&sources::atlas_folder(atlas)?),
    };
    let request = ImportRequest {
        kind: arguments.kind,
        file: &arguments.file,
        store: &store,
        hs: arguments.hs.as_deref(),
        cancel: Some(interrupt::flag()),
    };
    let stages = Stages::new();
    let report = import(&request, &|done, total| {
        stages.update("bytes read", done, total);
    })?;
    drop(stages);
    let text = if arguments.json {
        format!("{:#}\n", serde_json::json!(report))
    } else {
        as_text(&store, &report)
    };
    outfile::write_or_print(None, text.as_bytes())
}

fn as_text(store: &Path, report: &ImportReport) -> String {
    let table = store.join(&report.kind).join(&report.table);
    let mut text = format!(
        "{} ({}, {}): {}\n",
        report.file, report.kind, report.variant, report.source
    );
    if let Some(hs) = &report.hs {
        text.push_str(&format!("product codes: {hs}\n"));
    }
    text.push_str(&format!("licence: {}\n\n", report.licence));
    for (title, tallies) in [("Rejected", &report.rejected), ("Kept with", &report.noted)] {
        if !tallies.is_empty() {
            text.push_str(&format!("{}\n", tally_table(title, tallies)));
        }
    }
    text.push_str(&format!(
        "{} rows read = {} kept + {} rejected\n{}\n",
        report.rows_read,
        report.rows_kept,
        report.rows_rejected,
        table.display()
    ));
    text
}

fn tally_table(title: &str, tallies: &[Tally]) -> String {
    let mut grid = Grid::new();
    grid.text(title)
        .text("Column")
        .number("Rows")
        .number("First line")
        .text("There");
    for tally in tallies {
        grid.row([
            tally.reason.clone(),
            tally.column.clone(),
            tally.rows.to_string(),
            tally.first_line.to_string(),
            tally.example.clone(),
        ]);
    }
    grid.render()
}
