//! `Demand_*.csv`.

use std::collections::HashMap;
use std::path::Path;

use super::table::rows;
use crate::error::{ReadError, ReadProblem};
use crate::text::TextFile;

const COLUMNS: [&str; 5] = [
    "Origin",
    "Destination",
    "FFEPerWeek",
    "Revenue_1",
    "TransitTime",
];

/// A row of a demand file.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// Code of the port where the cargo is.
    pub origin: String,
    /// Code of the port where it shall be.
    pub destination: String,
    /// FFE a week.
    pub ffe_per_week: f64,
    /// Revenue in USD/FFE.
    pub revenue_usd: f64,
    /// Longest transit time, in days.
    pub transit_time_d: f64,
    /// Line of the file, from 1.
    pub line: usize,
}

/// Reads a demand file.
///
/// # Errors
/// [`ReadError`] with file, line and column; a pair of ports may stand once only.
pub fn read_demands(path: &Path) -> Result<Vec<Demand>, ReadError> {
    parse(&TextFile::open(path)?)
}

pub(super) fn parse(file: &TextFile) -> Result<Vec<Demand>, ReadError> {
    let mut demands = Vec::new();
    let mut lines: HashMap<(String, String), usize> = HashMap::new();
    for row in rows(file, &COLUMNS)? {
        let [origin, destination] = [row.cell(0), row.cell(1)];
        for (field, what) in [(origin, "Origin"), (destination, "Destination")] {
            if field.text.is_empty() {
                return Err(file.bad_value(field, what, "the code of a port"));
            }
        }
        let pair = (origin.text.to_owned(), destination.text.to_owned());
        if let Some(first) = lines.insert(pair.clone(), row.line.number) {
            let name = format!("{} {}", pair.0, pair.1);
            let problem = ReadProblem::Duplicate {
                what: "demand",
                name,
                first,
            };
            return Err(file.error_at(origin, problem));
        }
        demands.push(Demand {
            origin: pair.0,
            destination: pair.1,
            ffe_per_week: file.amount(row.cell(2), "FFEPerWeek")?,
            revenue_usd: file.amount(row.cell(3), "Revenue_1")?,
            transit_time_d: file.amount(row.cell(4), "TransitTime")?,
            line: row.line.number,
        });
    }
    Ok(demands)
}
