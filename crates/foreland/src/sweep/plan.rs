//! What a sweep is: a document that tells the same to every machine that works on it.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::design::Extent;
use crate::error::{Error, Problem};
use crate::findings::{Basis, InputFile, Software};

/// Version of [`SweepPlan`]; rises when a field changes its meaning.
pub const PLAN_VERSION: u32 = 1;

/// Name of the plan in a sweep's folder.
pub const PLAN_FILE: &str = "plan.json";

/// Largest plan that is read.
const MAX_PLAN_BYTES: u64 = 64 * 1024 * 1024;

/// Everything that decides the bytes of a sweep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SweepPlan {
    /// [`PLAN_VERSION`] of the writer.
    pub version: u32,
    /// Study.
    pub study: String,
    /// Title of the study.
    pub title: String,
    /// Seed of all sampling.
    pub seed: u64,
    /// Which points are visited.
    pub extent: Extent,
    /// Points of a partition; the last one may hold fewer.
    pub points_per_partition: u64,
    /// What is varied, in the order of the design's coordinates.
    pub factors: Vec<Factor>,
    /// Assumptions that the model does not look at in any of the probed draws; they stay at their
    /// atlas values.
    pub not_read: Vec<String>,
    /// Assumptions that the caller left out; they stay at their atlas values.
    pub left_out: Vec<String>,
    /// Figures of each run.
    pub columns: Vec<Column>,
    /// What indices, shares and means are computed for.
    pub outputs: Vec<Output>,
    /// Every file that the runs depend on.
    pub inputs: Vec<InputFile>,
    /// Versions that shape the result.
    pub software: Vec<Software>,
}

/// An assumption that is varied: a ranged value of the atlas, several that move together, or the
/// reading of a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Factor {
    /// Identifier, as in the assumptions of a run.
    pub id: String,
    /// Label for people.
    pub label: String,
    /// Unit.
    pub unit: String,
    /// Low end.
    pub low: f64,
    /// Most plausible value.
    pub mid: f64,
    /// High end.
    pub high: f64,
    /// How well it is grounded.
    pub basis: Basis,
}

/// A figure that every run yields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Column {
    /// Name in the Parquet files, with its unit.
    pub name: String,
    /// What it is, as a sentence.
    pub label: String,
    /// Unit.
    pub unit: String,
    /// Baseline that it was computed against; `None` for figures of the study's day.
    pub baseline: Option<String>,
    /// Scenario.
    pub scenario: Option<String>,
}

/// Something of which means, shares and indices are computed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Output {
    /// Identifier.
    pub id: String,
    /// What it is.
    pub label: String,
    /// Unit; `1` for shares.
    pub unit: String,
    /// What kind of output it is.
    pub kind: OutputKind,
    /// How it follows from a run's figures.
    pub rule: Rule,
}

/// What an output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutputKind {
    /// What a scenario changes for a journey.
    Change,
    /// The figure that a part of a claim is tested with.
    Figure,
    /// Whether a part of a claim holds: the share of baselines in which it does.
    PartHolds,
    /// Whether a claim holds with all its parts that can be tested: the share of baselines in
    /// which it does.
    ClaimHolds,
    /// Whether a part holds against one baseline.
    PartHoldsAgainst,
}

impl OutputKind {
    /// Whether it is a share of runs.
    pub fn is_share(self) -> bool {
        !matches!(self, OutputKind::Change | OutputKind::Figure)
    }

    /// Whether sensitivity indices are computed.
    pub fn has_indices(self) -> bool {
        self != OutputKind::PartHoldsAgainst
    }
}

/// How an output follows from the figures of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The figure of a column, by its number.
    Column(usize),
    /// Share of the alternatives (baselines) in which all conditions hold.
    Holds(Vec<Vec<Condition>>),
}

/// Bounds on a figure. Where there is no figure the condition does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Condition {
    /// Number of the column.
    pub column: usize,
    /// The figure must not be below this.
    pub at_least: Option<f64>,
    /// The figure must not be above this.
    pub at_most: Option<f64>,
}

impl Rule {
    /// The output of a run; NaN stands for no figure, in and out.
    pub(crate) fn of(&self, figure: impl Fn(usize) -> f64) -> f64 {
        match self {
            Rule::Column(column) => figure(*column),
            Rule::Holds(alternatives) => {
                let held = alternatives
                    .iter()
                    .filter(|conditions| conditions.iter().all(|c| c.holds(figure(c.column))))
                    .count();
                held as f64 / alternatives.len() as f64
            }
        }
    }
}

impl Condition {
    fn holds(&self, figure: f64) -> bool {
        // Comparisons with NaN are false: no figure, no hold.
        !figure.is_nan()
            && self.at_least.is_none_or(|bound| figure >= bound)
            && self.at_most.is_none_or(|bound| figure <= bound)
    }
}

impl SweepPlan {
    /// Number of partitions.
    pub fn partitions(&self) -> u64 {
        self.extent.points.div_ceil(self.points_per_partition)
    }

    /// That the sweep has a range of partitions.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] if it has not.
    pub(crate) fn check_partitions(&self, range: &std::ops::Range<u64>) -> Result<(), Error> {
        let all = self.partitions();
        if range.start < range.end && range.end <= all {
            return Ok(());
        }
        Err(Error::Input(Problem::in_file(
            "argument --partitions",
            format!("there are no partitions {}..{}", range.start, range.end),
            format!("the sweep has the partitions 0..{all}"),
        )))
    }

    /// Points of a partition.
    pub(crate) fn points_of(&self, partition: u64) -> std::ops::Range<u64> {
        let start = partition * self.points_per_partition;
        start..(start + self.points_per_partition).min(self.extent.points)
    }

    /// The plan's bytes on disk.
    ///
    /// # Errors
    ///
    /// [`Error::Encode`], which no plan that this crate makes gives.
    pub fn to_json(&self) -> Result<Vec<u8>, Error> {
        crate::publish::json(self)
    }

    /// Key of everything that decides the bytes of the partitions: BLAKE3 of [`Self::to_json`].
    ///
    /// # Errors
    ///
    /// As [`Self::to_json`].
    pub fn hash(&self) -> Result<blake3::Hash, Error> {
        Ok(blake3::hash(&self.to_json()?))
    }

    /// Reads the plan of a sweep's folder.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if it cannot be read; [`Error::Input`] if it is no plan of this version.
    pub fn read(dir: &Path) -> Result<SweepPlan, Error> {
        let path = dir.join(PLAN_FILE);
        let io = |cause| Error::Io {
            action: "read",
            path: path.clone(),
            cause,
        };
        let wrong = |why: String| {
            Error::Input(Problem::in_file(
                path.display().to_string(),
                format!("this is no plan of a sweep: {why}"),
                "name the folder of a sweep that this version of the program began",
            ))
        };
        let bytes = std::fs::metadata(&path).map_err(io)?.len();
        if bytes > MAX_PLAN_BYTES {
            return Err(wrong(format!("it has {bytes} bytes")));
        }
        let plan: SweepPlan = serde_json::from_slice(&std::fs::read(&path).map_err(io)?)
            .map_err(|error| wrong(error.to_string()))?;
        plan.check().map_err(wrong)?;
        Ok(plan)
    }

    /// What later steps rely on.
    fn check(&self) -> Result<(), String> {
        if self.version != PLAN_VERSION {
            return Err(format!("its version is {}", self.version));
        }
        if self.points_per_partition == 0 || self.extent.factors as usize != self.factors.len() {
            return Err("its counts do not agree".to_owned());
        }
        let known = |rule: &Rule| match rule {
            Rule::Column(column) => *column < self.columns.len(),
            Rule::Holds(alternatives) => {
                let mut conditions = alternatives.iter().flatten();
                !alternatives.is_empty() && conditions.all(|c| c.column < self.columns.len())
            }
        };
        match self.outputs.iter().find(|output| !known(&output.rule)) {
            Some(output) => Err(format!("output `{}` names no column", output.id)),
            None => Ok(()),
        }
    }
}
