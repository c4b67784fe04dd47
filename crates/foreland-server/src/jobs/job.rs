//! A job and what was asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a job is in its life (OGC API – Processes, statusCode).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It waits.
    Accepted,
    /// It runs.
    Running,
    /// Its results are there.
    Successful,
    /// It could not be done; its message says why.
    Failed,
    /// It was called off.
    Dismissed,
}

impl Status {
    const ALL: [Status; 5] = [
        Status::Accepted,
        Status::Running,
        Status::Successful,
        Status::Failed,
        Status::Dismissed,
    ];

    /// The word in the database and in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Accepted => "accepted",
            Status::Running => "running",
            Status::Successful => "successful",
            Status::Failed => "failed",
            Status::Dismissed => "dismissed",
        }
    }

    /// The status of a word.
    pub fn named(word: &str) -> Option<Status> {
        Status::ALL
            .into_iter()
            .find(|status| status.as_str() == word)
    }

    /// Whether nothing more happens.
    pub fn is_over(self) -> bool {
        !matches!(self, Status::Accepted | Status::Running)
    }
}

/// How a study is run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RunOptions {
    /// Seed instead of the study's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Parameter samples per world instead of the study's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 10000)]
    pub replications: Option<u32>,
    /// Values instead of ranges, by parameter.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub set: BTreeMap<String, f64>,
    /// What is switched off besides: port/PECLL, passage/panama, link/…, border/…, terminal/…,
    /// service/…. The run then follows the journeys with it and without it, and nothing else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    pub off: Vec<String>,
    /// The scenario under which things are switched off; the study's first, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<String>,
}

/// A job as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Identifier.
    pub id: String,
    /// Study that is run.
    pub study: String,
    /// How.
    pub options: RunOptions,
    /// Hash of the study, the atlas and the program that it was asked of.
    pub inputs: String,
    /// Where it is in its life.
    pub status: Status,
    /// What it does, or how it ended.
    pub message: String,
    /// Whole percent.
    pub progress: u8,
    /// When it was accepted, UTC.
    pub created: String,
    /// When it began.
    pub started: Option<String>,
    /// When it ended.
    pub finished: Option<String>,
    /// When any of this last changed.
    pub updated: String,
}
