//! What was run: the study, its worlds, its seed.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The head of a report: which question, asked of which worlds, with which luck.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunHeader {
    /// Identifier of the study, the name of its folder.
    pub study: String,
    /// Title for people.
    pub title: String,
    /// The question that the study asks.
    pub question: String,
    /// Computed sentences that answer the question, most important first.
    pub answer: Vec<String>,
    /// The claims are judged as of this date.
    #[schemars(with = "String")]
    pub as_of: Date,
    /// The plausible states of the world before the change.
    pub baselines: Vec<BaselineInfo>,
    /// The changes that were asked about.
    pub scenarios: Vec<ScenarioInfo>,
    /// Every world that was evaluated: each baseline alone and under each scenario.
    pub worlds: Vec<WorldInfo>,
    /// Seed of all sampled parameters.
    pub seed: u64,
    /// Number of parameter samples per world.
    pub replications: u32,
    /// Choices that shape the answer and that nobody made in the study file, with their source.
    pub defaults: Vec<Chosen>,
}

/// A plausible "before".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BaselineInfo {
    /// Identifier in the study file.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// What this baseline assumes about the world.
    pub description: String,
    /// The atlas is read as of this date.
    #[schemars(with = "String")]
    pub date: Date,
}

/// A named, dated list of changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ScenarioInfo {
    /// Identifier in the study file.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// What happens, in a sentence.
    pub description: String,
    /// The changes in the order in which they start.
    pub changes: Vec<ChangeInfo>,
}

/// One resolved change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeInfo {
    /// `open`, `close`, `limit`, `delay`, `reprice`, `reassign`, `serve` or `block`.
    pub kind: String,
    /// What is changed, such as `terminal chancay` or `service wsa3`.
    pub target: String,
    /// First day on which the change holds.
    #[schemars(with = "String")]
    pub start: Date,
    /// Last day on which the change holds; `None` if it stays.
    #[schemars(with = "Option<String>")]
    pub end: Option<Date>,
    /// The change as a sentence.
    pub effect: String,
}

/// One evaluated world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorldInfo {
    /// Identifier, `baseline` or `baseline+scenario`.
    pub id: String,
    /// The baseline it starts from.
    pub baseline: String,
    /// The scenario applied to it; `None` for the baseline itself.
    pub scenario: Option<String>,
    /// Date of the world.
    #[schemars(with = "String")]
    pub date: Date,
    /// Number of liner services that run.
    pub services: u32,
    /// Number of open terminals known to the atlas.
    pub terminals: u32,
}

/// A choice made by rule because the study file does not say.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Chosen {
    /// What was chosen, such as `seed`.
    pub what: String,
    /// The value.
    pub value: String,
    /// Why this one.
    pub because: String,
}
