//! Claims and what the run says about them.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Spread;

/// The verdict on a claim or a part of one; always computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Holds in at least the stated share of runs.
    Supported,
    /// Holds in some runs and not in others; the condition says which.
    SupportedOnlyIf,
    /// Holds in at most the stated share of runs.
    NotSupported,
    /// The atlas or the engines hold nothing that could test it.
    NotCheckable,
}

impl Verdict {
    /// The verdict's words.
    pub fn label(self) -> &'static str {
        match self {
            Verdict::Supported => "supported",
            Verdict::SupportedOnlyIf => "supported only if",
            Verdict::NotSupported => "not supported",
            Verdict::NotCheckable => "not checkable from this data",
        }
    }
}

/// A claim with its verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimFinding {
    /// Identifier in the study file.
    pub id: String,
    /// Number in the study, from 1.
    pub number: u32,
    /// Short title.
    pub title: String,
    /// The statement in our own words.
    pub statement: String,
    /// Who said it, or in which publication it stands.
    pub speaker: String,
    /// When it was said.
    #[schemars(with = "String")]
    pub said_on: Date,
    /// Where it can be read.
    pub source: String,
    /// The weakest of the parts' verdicts.
    pub verdict: Verdict,
    /// The verdict as a sentence with its condition or reason.
    pub because: String,
    /// The testable parts of the statement; at least one.
    pub parts: Vec<PartFinding>,
}

/// One testable part of a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartFinding {
    /// Identifier within the claim.
    pub id: String,
    /// This part of the statement in our own words.
    pub statement: String,
    /// What is measured to test it.
    pub measure: MeasureInfo,
    /// What the figure has to be; `None` if there is no figure to compare.
    pub threshold: Option<Threshold>,
    /// The verdict on this part.
    pub verdict: Verdict,
    /// Why, as a sentence with figures.
    pub because: String,
    /// For `supported only if`: the condition as a sentence.
    pub condition: Option<String>,
    /// The figure over all plausible baselines and parameters.
    pub figure: Option<Spread>,
    /// Share of all runs in which this part holds, 0–1.
    pub share_holding: Option<f64>,
    /// Number of runs behind the share.
    pub runs: u32,
    /// The same by baseline.
    pub by_baseline: Vec<BaselineResult>,
    /// The assumptions that decide it, most decisive first (at most three, chosen by the change
    /// in the figure).
    pub tornado: Vec<TornadoBar>,
    /// What would have to be true.
    pub inversions: Vec<Inversion>,
    /// What others published about the same quantity.
    pub published: Vec<Published>,
    /// The rows behind the figure.
    pub evidence: Vec<EvidenceTable>,
}

/// What a claim's part is tested with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MeasureInfo {
    /// Kind of measure in the study file, such as `time_change`.
    pub kind: String,
    /// What it computes, as a sentence with its subject.
    pub description: String,
    /// Unit of the figure.
    pub unit: String,
}

/// What the figure has to be for the part to hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Threshold {
    /// As a sentence: `about 12 d: between 10 and 14 d`.
    pub text: String,
    /// The value that was said.
    pub said: f64,
    /// The figure must not be below this; `None` = no lower bound.
    pub at_least: Option<f64>,
    /// The figure must not be above this; `None` = no upper bound.
    pub at_most: Option<f64>,
    /// Unit of all three.
    pub unit: String,
}

/// One baseline's share in a part's verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BaselineResult {
    /// Baseline identifier.
    pub baseline: String,
    /// Baseline title.
    pub title: String,
    /// The figure against this baseline; `None` if it cannot be computed there.
    pub figure: Option<Spread>,
    /// Share of this baseline's runs in which the part holds, 0–1.
    pub share_holding: Option<f64>,
    /// Quantiles 0, 5, …, 100 % of the figure: 21 values, or none.
    pub quantiles: Vec<f64>,
    /// Why there is no figure.
    pub missing: Option<String>,
}

/// One assumption moved to its low and to its high end, all others at their atlas values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TornadoBar {
    /// Assumption identifier, see [`super::Assumption`].
    pub assumption: String,
    /// Label for people.
    pub label: String,
    /// Baseline in which it was moved.
    pub baseline: String,
    /// Unit of the assumption.
    pub unit: String,
    /// Low end of the assumption.
    pub low: f64,
    /// High end of the assumption.
    pub high: f64,
    /// The figure with the assumption at its low end.
    pub figure_at_low: f64,
    /// The figure with the assumption at its high end.
    pub figure_at_high: f64,
    /// Whether the part holds with the assumption at its low end.
    pub holds_at_low: bool,
    /// Whether the part holds with the assumption at its high end.
    pub holds_at_high: bool,
    /// Share of runs that hold among those with the assumption in its lower half, 0–1.
    pub share_low_half: Option<f64>,
    /// Share of runs that hold among those with the assumption in its upper half, 0–1.
    pub share_high_half: Option<f64>,
}

/// The value of one assumption at which the part's verdict would turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Inversion {
    /// Assumption identifier.
    pub assumption: String,
    /// Baseline in which it was solved.
    pub baseline: String,
    /// Unit of the assumption.
    pub unit: String,
    /// Value at which the part turns; `None` if none in the bracket does.
    pub value: Option<f64>,
    /// Lower end of the bracket that was searched.
    pub bracket_low: f64,
    /// Upper end of the bracket that was searched.
    pub bracket_high: f64,
    /// Whether the value lies within the assumption's own plausible range.
    pub plausible: bool,
    /// As a sentence.
    pub sentence: String,
}

/// A figure that somebody published about the same quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// Who published it.
    pub speaker: String,
    /// What it is about, such as `Peru–China transit before`.
    pub quantity: String,
    /// Lower end.
    pub low: f64,
    /// The value, or the middle of the range.
    pub value: f64,
    /// Upper end.
    pub high: f64,
    /// Unit.
    pub unit: String,
    /// Date or year, as published.
    pub date: String,
    /// Where it can be read.
    pub source: String,
    /// Whether it overlaps our P5–P95; `None` if it is not about the same quantity as our figure.
    pub agrees: Option<bool>,
}

/// Rows behind a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceTable {
    /// What the rows are.
    pub title: String,
    /// Column heads, units in brackets.
    pub columns: Vec<String>,
    /// Cells as text; each row has as many as there are columns.
    pub rows: Vec<Vec<String>>,
}
