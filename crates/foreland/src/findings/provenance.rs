//! Where every figure comes from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Basis, Invocation};

/// One ranged value of the atlas that entered the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assumption {
    /// Identifier `table/row/column`, such as `parameters/headway_wait_share`.
    pub id: String,
    /// Label for people.
    pub label: String,
    /// Atlas table.
    pub table: String,
    /// Central value.
    pub value: f64,
    /// Low end of the plausible range.
    pub low: f64,
    /// High end of the plausible range.
    pub high: f64,
    /// Unit.
    pub unit: String,
    /// How well it is grounded.
    pub basis: Basis,
    /// Publication, derivation, or why this value was assumed.
    pub source: String,
    /// Date of the figure, as published.
    pub as_of: String,
    /// Remark of the atlas.
    pub note: String,
    /// `claim.part` identifiers whose figure it enters.
    pub used_by: Vec<String>,
}

/// What the run was computed from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// Every file that was read, with its hash.
    pub inputs: Vec<InputFile>,
    /// Crates whose version shapes the result.
    pub software: Vec<Software>,
    /// How the run was started.
    pub invocation: Invocation,
}

/// One input file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InputFile {
    /// `atlas`, `study` or `ocean`.
    pub role: String,
    /// Name relative to its root, such as `services.csv`.
    pub name: String,
    /// Data rows, for tables.
    pub rows: Option<u64>,
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3 of the bytes, hexadecimal.
    pub blake3: String,
}

/// One piece of software.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Software {
    /// Crate name.
    pub name: String,
    /// Version.
    pub version: String,
}

/// Something the reader should know about how the figures came about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// Stable short code, such as `snapped_port`.
    pub code: String,
    /// What it concerns.
    pub subject: String,
    /// What was dropped, snapped or defaulted, with figures.
    pub text: String,
}
