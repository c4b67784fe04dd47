//! One row a route; the same columns as for many pairs.

use sealane::Route;

use super::{Answer, hundredths};
use crate::failure::Failure;

/// Columns that every answer appends to its question.
pub(crate) const ANSWER_COLUMNS: [&str; 5] = [
    "distance_nm",
    "passages",
    "snap_from_nm",
    "snap_to_nm",
    "status",
];

/// The appended cells of a route.
pub(crate) fn answer_cells(route: &Route) -> [String; 5] {
    let nm = |nm| format!("{:.2}", hundredths(nm));
    [
        nm(route.distance),
        passages(route),
        nm(route.snap_from),
        nm(route.snap_to),
        "ok".to_owned(),
    ]
}

/// Passages in order, joined by `;`.
fn passages(route: &Route) -> String {
    let mut passages: Vec<&str> = route.passages().collect();
    passages.dedup();
    passages.join(";")
}

pub(super) fn csv(answer: &Answer) -> Result<String, Failure> {
    let key = |place: &foreland::place::Place| {
        place.unlocode.clone().unwrap_or_else(|| place.name.clone())
    };
    let ends = [key(&answer.from), key(&answer.to)];
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |cells: &mut dyn Iterator<Item = &str>| {
        writer
            .write_record(cells)
            .map_err(|error| Failure::Output(std::io::Error::other(error)))
    };
    write(&mut ["from", "to"].into_iter().chain(ANSWER_COLUMNS))?;
    for found in &answer.routes {
        let cells = answer_cells(&found.route);
        write(&mut ends.iter().chain(&cells).map(String::as_str))?;
    }
    if let Some(why) = &answer.no_route {
        let status = format!("no_route: {why}");
        let cells = ["", "", "", "", status.as_str()];
        write(&mut ends.iter().map(String::as_str).chain(cells))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| Failure::Output(std::io::Error::other(error.to_string())))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
