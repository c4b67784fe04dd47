//! `foreland matrix`: distances between all pairs of many ports.

mod ports;
mod write;

use std::path::Path;

use serde_json::json;

use crate::arguments::MatrixArguments;
use crate::failure::Failure;
use crate::progress::Stages;
use crate::{interrupt, outfile, sources};

/// Computes the matrix and writes it as Parquet or CSV.
///
/// # Errors
///
/// Wrong input; [`Failure::Foreland`] if the file cannot be written.
pub(crate) fn run(arguments: &MatrixArguments, atlas: Option<&Path>) -> Result<(), Failure> {
    let format = write::Format::of(&arguments.out)?;
    let charts = sources::charts(atlas)?;
    let ports = ports::read(&arguments.ports, &charts)?;
    let ship = arguments.ship.spec().resolve(charts.atlas.as_ref())?;
    let options = charts
        .ways()
        .closures(&ship, &arguments.avoid, &arguments.open)?;
    let stages = Stages::new();
    let pairs = (ports.len() as u64).pow(2);
    stages.update("distances", 0, pairs);
    let matrix = charts.ocean.matrix(&ports, &ports, &options);
    interrupt::check()?;
    let codes: Vec<&str> = ports
        .iter()
        .map(|port| charts.ocean.ports()[port.number()].unlocode.as_str())
        .collect();
    outfile::write(&arguments.out, |out| {
        write::write(format, &codes, &matrix, out, &|done| {
            stages.update("rows written", done, codes.len() as u64);
        })
    })?;
    drop(stages);
    let without = matrix.nm.iter().filter(|nm| nm.is_nan()).count();
    let shown = arguments.out.display();
    let text = if arguments.json {
        let value = json!({
            "ports": codes.len(), "pairs": pairs, "pairs_without_route": without,
            "out": shown.to_string(),
        });
        format!("{value:#}\n")
    } else {
        format!(
            "{shown}: {pairs} pairs of {} ports, {without} without a route\n",
            codes.len()
        )
    };
    outfile::write_or_print(None, text.as_bytes())
}
