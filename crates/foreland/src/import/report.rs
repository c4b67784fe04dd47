//! What became of every row of an imported file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::header::shorten;

/// What was imported: provenance, and what became of every row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Kind of the file, as on the command line.
    pub kind: String,
    /// Which of the kind's files: `flows`, `exports`.
    pub variant: String,
    /// Name of the file, without its folder.
    pub file: String,
    /// Size of the file, bytes.
    pub bytes: u64,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// When the file was last modified, if its file system says so (UTC).
    pub modified: Option<jiff::Timestamp>,
    /// Vintage of the product codes, such as `HS17`.
    pub hs: Option<String>,
    /// Who publishes the file.
    pub source: String,
    /// What may be done with it.
    pub licence: String,
    /// Rows below the header; `rows_kept` and `rows_rejected` add up to it.
    pub rows_read: u64,
    /// Rows in the store.
    pub rows_kept: u64,
    /// Rows left out.
    pub rows_rejected: u64,
    /// Why rows were left out; each row counts once, by its first fault.
    pub rejected: Vec<Tally>,
    /// What was filled in, put right or noticed in rows that were kept.
    pub noted: Vec<Tally>,
    /// Name of the table in the store.
    pub table: String,
}

/// Rows that share a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Column; empty if the row as a whole is meant.
    pub column: String,
    /// What is the matter.
    pub reason: String,
    /// How many rows.
    pub rows: u64,
    /// Line of the first, from 1.
    pub first_line: u64,
    /// What stands there, shortened.
    pub example: String,
}

/// Counts reasons.
#[derive(Default)]
pub(super) struct Tallies(BTreeMap<(&'static str, &'static str), (u64, u64, String)>);

impl Tallies {
    pub(super) fn add(
        &mut self,
        column: &'static str,
        reason: &'static str,
        line: u64,
        text: &[u8],
    ) {
        let first = || (0, line, shorten(&String::from_utf8_lossy(text)));
        self.0.entry((column, reason)).or_insert_with(first).0 += 1;
    }

    pub(super) fn rows(&self) -> u64 {
        self.0.values().map(|(rows, ..)| rows).sum()
    }

    pub(super) fn into_list(self) -> Vec<Tally> {
        let tally = |((column, reason), (rows, first_line, example)): ((&str, &str), _)| Tally {
            column: column.to_owned(),
            reason: reason.to_owned(),
            rows,
            first_line,
            example,
        };
        self.0.into_iter().map(tally).collect()
    }
}
