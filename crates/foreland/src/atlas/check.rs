//! What is wrong across rows and tables.

mod geography;
mod keys;
mod references;
pub(crate) mod services;
mod values;

use super::{Atlas, Row};
use crate::error::Problem;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Every table with its number of rows.
    pub tables: Vec<TableReport>,
    /// What must be corrected before the atlas can be used.
    pub problems: Vec<Problem>,
    /// What is odd, but usable.
    pub warnings: Vec<Problem>,
}

/// A checked table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableReport {
    /// File name.
    pub name: String,
    /// Data rows.
    pub rows: u64,
}

impl Atlas {
    /// Checks every table: keys and validity, references, provenance and ranges, geography,
    /// liner services.
    pub fn check(&self) -> CheckReport {
        let mut report = CheckReport {
            tables: self
                .files()
                .into_iter()
                .map(|file| TableReport {
                    name: file.name,
                    rows: file.rows,
                })
                .collect(),
            ..CheckReport::default()
        };
        keys::check(self, &mut report);
        references::check(self, &mut report);
        values::check(self, &mut report);
        geography::check(self, &mut report);
        services::check(self, &mut report);
        report
    }
}

/// A problem of a row's column.
fn at<R: Row>(
    row: &R,
    column: &str,
    message: impl Into<String>,
    remedy: impl Into<String>,
) -> Problem {
    Problem::in_file(format!("{}.csv", R::TABLE), message, remedy)
        .on_line(row.line())
        .in_column(column)
}
