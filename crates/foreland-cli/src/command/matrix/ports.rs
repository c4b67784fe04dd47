//! Which ports a matrix is about.

use std::path::Path;

use foreland::Problem;
use foreland::route::Charts;
use sealane::PortIx;

use crate::command::pairs::table::{broken, read_bounded};
use crate::failure::Failure;

/// Largest file that is read.
const MAX_BYTES: u64 = 8 * 1024 * 1024;
/// At most this many problems are shown.
const MOST_PROBLEMS: usize = 20;
/// Columns that may hold the port, the first of them that there is.
const COLUMNS: [&str; 2] = ["unlocode", "port"];

/// The ports of a file, each once, or all of them for `all`.
///
/// # Errors
///
/// Wrong input with every port that is not known.
pub(super) fn read(path: &Path, charts: &Charts) -> Result<Vec<PortIx>, Failure> {
    if path == Path::new("all") {
        return Ok(charts.ocean.port_numbers().collect());
    }
    let shown = path.display().to_string();
    let bytes = read_bounded(path, MAX_BYTES)?;
    parse(&shown, &bytes, charts).map_err(|problems| Failure::inputs(shown, problems))
}

fn parse(shown: &str, bytes: &[u8], charts: &Charts) -> Result<Vec<PortIx>, Vec<Problem>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader
        .headers()
        .map_err(|error| vec![*broken(shown, &error)])?;
    let column = COLUMNS
        .iter()
        .find_map(|name| header.iter().position(|other| other.trim() == *name));
    let Some(column) = column else {
        let message = "the header has neither a column `unlocode` nor a column `port`";
        let remedy = "begin with the header unlocode, or give --ports all";
        return Err(vec![Problem::in_file(shown, message, remedy).on_line(1)]);
    };
    let name = header.get(column).unwrap_or_default().trim().to_owned();
    let mut ports: Vec<PortIx> = Vec::new();
    let mut problems = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| vec![*broken(shown, &error)])?;
        let line = record.position().map_or(0, csv::Position::line);
        match port(charts, record.get(column).unwrap_or_default()) {
            Ok(port) if ports.contains(&port) => {}
            Ok(port) => ports.push(port),
            Err((message, remedy)) => problems.push(
                Problem::in_file(shown, message, remedy)
                    .on_line(line)
                    .in_column(&name),
            ),
        }
        if problems.len() == MOST_PROBLEMS {
            return Err(problems);
        }
    }
    if problems.is_empty() && ports.is_empty() {
        problems.push(Problem::in_file(
            shown,
            "there are no rows",
            "add a row for each port",
        ));
    }
    if problems.is_empty() {
        Ok(ports)
    } else {
        Err(problems)
    }
}

/// The port that a cell names, or what is wrong and what would be right.
fn port(charts: &Charts, text: &str) -> Result<PortIx, (String, String)> {
    let place = charts
        .gazetteer
        .find(text)
        .map_err(|error| (error.to_string(), error.remedy()))?;
    let code = place.unlocode.as_deref();
    code.and_then(|code| charts.ocean.port(code))
        .ok_or_else(|| {
            (
                format!("{place} is no port that the ocean knows"),
                "give a port's UN/LOCODE or name; single points have routes, not a matrix"
                    .to_owned(),
            )
        })
}
