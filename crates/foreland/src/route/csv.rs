//! One row a route; the same columns as for many pairs.

use sealane::Route;

use super::{Answer, hundredths};
use crate::error::Error;
use crate::place::Place;

/// Columns that every answer appends to its question.
pub const ANSWER_COLUMNS: [&str; 5] = [
    "distance_nm",
    "passages",
    "snap_from_nm",
    "snap_to_nm",
    "status",
];

/// The appended cells of a route.
pub fn answer_cells(route: &Route) -> [String; 5] {
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

impl Answer {
    /// One row a route, or one row that says why there is none.
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] if a row cannot be written.
    pub fn csv(&self) -> Result<String, Error> {
        let key = |place: &Place| place.unlocode.clone().unwrap_or_else(|| place.name.clone());
        let ends = [key(&self.from), key(&self.to)];
        let mut writer = csv::Writer::from_writer(Vec::new());
        let mut write = |cells: &mut dyn Iterator<Item = &str>| {
            writer
                .write_record(cells)
                .map_err(|error| failed(&error.to_string()))
        };
        write(&mut ["from", "to"].into_iter().chain(ANSWER_COLUMNS))?;
        for found in &self.routes {
            let cells = answer_cells(&found.route);
            write(&mut ends.iter().chain(&cells).map(String::as_str))?;
        }
        if let Some(why) = &self.no_route {
            let status = format!("no_route: {why}");
            let cells = ["", "", "", "", status.as_str()];
            write(&mut ends.iter().map(String::as_str).chain(cells))?;
        }
        let bytes = writer
            .into_inner()
            .map_err(|error| failed(&error.to_string()))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn failed(why: &str) -> Error {
    Error::Encode {
        what: "the routes as CSV".to_owned(),
        why: why.to_owned(),
    }
}
