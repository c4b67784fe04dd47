//! `dist_dense.csv`.

use std::collections::HashMap;
use std::path::Path;

use super::ports::Ports;
use super::table::rows;
use crate::error::{ReadError, ReadProblem};
use crate::text::TextFile;

const COLUMNS: [&str; 6] = [
    "fromUNLOCODe",
    "ToUNLOCODE",
    "Distance",
    "Draft",
    "IsPanama",
    "IsSuez",
];

/// Shortest distances between ports. The file gives up to three routes a pair, with and without
/// canals; the published solutions all take the shortest.
#[derive(Clone, Debug, Default)]
pub struct Distances {
    shortest: HashMap<(usize, usize), f64>,
}

impl Distances {
    /// Reads `dist_dense.csv`.
    ///
    /// # Errors
    /// [`ReadError`] with file, line and column, also for a port that is not in `ports`.
    pub fn read(path: &Path, ports: &Ports) -> Result<Self, ReadError> {
        let file = TextFile::open(path)?;
        let mut distances = Self::default();
        for row in rows(&file, &COLUMNS)? {
            let port = |column: usize| {
                let field = row.cell(column);
                ports.position(field.text).ok_or_else(|| {
                    let name = field.text.to_owned();
                    let place = "the ports file".to_owned();
                    file.error_at(
                        field,
                        ReadProblem::Unknown {
                            what: "port",
                            name,
                            place,
                        },
                    )
                })
            };
            let pair = (port(0)?, port(1)?);
            let distance = file.amount(row.cell(2), "Distance")?;
            let shortest = distances.shortest.entry(pair).or_insert(distance);
            *shortest = shortest.min(distance);
        }
        Ok(distances)
    }

    /// Shortest distance in nautical miles from the port at position `from` to the one at `to`.
    pub fn nautical_miles(&self, from: usize, to: usize) -> Option<f64> {
        self.shortest.get(&(from, to)).copied()
    }
}
