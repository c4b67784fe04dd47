//! The manifest of a run: what is needed to repeat it and to check that it was repeated.

use std::collections::BTreeMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{InputFile, Software};
use crate::error::{Error, Problem};

/// Largest manifest that is read.
const MAX_MANIFEST_BYTES: u64 = 4 * 1024 * 1024;

/// What a run was made from and what it wrote. It holds no time of day: the same inputs give the
/// same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of the findings' data model.
    pub version: u32,
    /// Study that was run.
    pub study: String,
    /// Seed that was used.
    pub seed: u64,
    /// Replications that were used.
    pub replications: u32,
    /// Where inputs were found and what the caller overrode.
    pub invocation: Invocation,
    /// Every file that was read.
    pub inputs: Vec<InputFile>,
    /// Versions that shape the result.
    pub software: Vec<Software>,
    /// Every file that was written, but for this one.
    pub outputs: Vec<OutputFile>,
}

/// How a run was started.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Invocation {
    /// Arguments of the command line.
    pub command: Vec<String>,
    /// The study file, as given.
    pub study_path: String,
    /// The atlas folder, as given.
    pub atlas_path: String,
    /// Seed that the caller gave instead of the study's.
    pub seed: Option<u64>,
    /// Replications that the caller gave instead of the study's.
    pub replications: Option<u32>,
    /// Values that the caller set instead of their ranges, by parameter.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<String, f64>,
}

/// One output file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutputFile {
    /// Path relative to the output folder, with `/`.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// BLAKE3 of the bytes, hexadecimal.
    pub blake3: String,
}

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the file cannot be read; [`Error::Input`] with line and column if it is
    /// no manifest.
    pub fn read(path: &Path) -> Result<Manifest, Error> {
        let io = |cause| Error::Io {
            action: "read",
            path: path.to_owned(),
            cause,
        };
        let shown = path.display().to_string();
        let size = std::fs::metadata(path).map_err(io)?.len();
        if size > MAX_MANIFEST_BYTES {
            return Err(Error::Input(Problem::in_file(
                shown,
                format!("the file has {size} bytes; no manifest has"),
                "name the manifest.json of a run",
            )));
        }
        Manifest::parse(&shown, &std::fs::read(path).map_err(io)?)
    }

    /// Reads a manifest from bytes; `name` is shown in errors.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with line and column.
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Manifest, Error> {
        serde_json::from_slice(bytes).map_err(|error| {
            Error::Input(
                Problem::in_file(
                    name,
                    format!("this is no manifest: {error}"),
                    "name the manifest.json of a run, unchanged",
                )
                .on_line(error.line() as u64)
                .in_column(error.column().to_string()),
            )
        })
    }
}
