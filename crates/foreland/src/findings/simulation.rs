//! What a simulation yields: queues over time, waits, recovery, losses, and outcomes beside what was
//! observed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Flows over stations in time, without and with disruptions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SimulationFindings {
    /// When the simulation starts, local time.
    pub start: String,
    /// From when on figures count.
    pub count_from: String,
    /// When it ends.
    pub until: String,
    /// Seed of all luck.
    pub seed: u64,
    /// Replications; each draws all ranges anew.
    pub replications: u32,
    /// Distance between the times of the series, h.
    pub step_h: f64,
    /// Stations in the undisturbed run.
    pub stations: Vec<StationFinding>,
    /// Flows in the undisturbed run.
    pub flows: Vec<FlowFinding>,
    /// What the scenarios do.
    pub scenarios: Vec<SimulatedScenario>,
    /// What was observed beside what is simulated.
    pub outcomes: Vec<SimulatedOutcome>,
    /// What years with disruptions that come again cost.
    pub recurrences: Vec<RecurrenceFinding>,
    /// One replication of each scenario, hour by hour.
    pub replays: Vec<SimulationReplay>,
    /// Every range that was drawn.
    pub assumptions: Vec<SimulatedAssumption>,
    /// How well the books balance.
    pub certificate: SimulationCertificate,
}

/// A figure over the replications.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Percentiles {
    /// Unit.
    pub unit: String,
    /// Mean.
    pub mean: f64,
    /// Half the width of the 95 % confidence interval of the mean; none of fewer than two.
    pub ci95: Option<f64>,
    /// A tenth of the replications lie below.
    pub p10: f64,
    /// Median.
    pub p50: f64,
    /// Nine tenths lie below.
    pub p90: f64,
}

/// A value at each time of a series.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fan {
    /// Mean.
    pub mean: Vec<f64>,
    /// A tenth of the replications lie below.
    pub p10: Vec<f64>,
    /// Median.
    pub p50: Vec<f64>,
    /// Nine tenths lie below.
    pub p90: Vec<f64>,
}

/// A station in a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StationFinding {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: String,
    /// What waits: `ships`, `trucks`.
    pub unit: String,
    /// Work that comes over what it can do, at most plausible values (ρ); none where that depends on
    /// what actors decide.
    pub load: Option<f64>,
    /// Waiting over time.
    pub queue: Fan,
    /// Mean wait of those that got it; none if nobody did.
    pub wait_h: Option<Percentiles>,
    /// Longest wait.
    pub wait_longest_h: Option<Percentiles>,
    /// Most waiting at the same time.
    pub queue_most: Percentiles,
    /// Got it, a day.
    pub per_day: Percentiles,
}

/// A flow in a run, each figure since figures count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FlowFinding {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// What it counts.
    pub unit: String,
    /// Came.
    pub came: Percentiles,
    /// Came through.
    pub finished: Percentiles,
    /// Went another way.
    pub rerouted: Percentiles,
    /// Went to another station.
    pub diverted: Percentiles,
    /// Took a slot of another class.
    pub rebooked: Percentiles,
    /// Left cargo behind to pass.
    pub lightened: Percentiles,
    /// Stayed where it was and tried again.
    pub held: Percentiles,
    /// Gave up.
    pub gave_up: Percentiles,
    /// Still inside at the end.
    pub inside: Percentiles,
    /// Mean wait at all stations together of those that came through.
    pub wait_h: Option<Percentiles>,
}

/// What a scenario does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SimulatedScenario {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: String,
    /// What happens, in a sentence.
    pub description: String,
    /// Its disruptions.
    pub disruptions: Vec<DisruptionFinding>,
    /// Stations under it.
    pub stations: Vec<StationFinding>,
    /// Flows under it.
    pub flows: Vec<FlowFinding>,
    /// Time that all wait more than in the undisturbed run, added up since figures count, by unit.
    pub waiting: Vec<WaitingFan>,
    /// When the trace is gone.
    pub recovery: Recovery,
    /// Losses against the undisturbed run by flow. They are kept apart and never added up.
    pub losses: Vec<FlowLoss>,
    /// The losses of all flows less those under the first scenario, replication by replication on the
    /// same luck: below zero is less; none for the first.
    pub beside_first: Option<FlowLoss>,
}

/// Days of waiting more than in the undisturbed run, added up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WaitingFan {
    /// What waits.
    pub unit: String,
    /// Days of waiting so far.
    pub days: Fan,
}

/// A change over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DisruptionFinding {
    /// Kind of the change.
    pub kind: String,
    /// What it is aimed at.
    pub target: String,
    /// What it does.
    pub effect: String,
    /// When it begins.
    pub start: String,
    /// When it ends; `differs` where it is drawn, `not before the end` where it stays.
    pub end: String,
    /// Stations and flows that it hits.
    pub hits: Vec<String>,
}

/// Two dates: when the backlog is gone, and when service is regular again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recovery {
    /// When the last disruption ends; none if that is not simulated.
    pub end: Option<RecoveryDate>,
    /// When no station has more waiting than in the undisturbed run on the same luck.
    pub backlog_gone: Option<RecoveryDate>,
    /// The same by station, for those that are hit or have a backlog.
    pub by_station: Vec<StationRecovery>,
    /// When the last of those that are later than `regular_within_h` has come through.
    pub regular_again: Option<RecoveryDate>,
    /// Lateness up to which service counts as regular, most plausible value, h.
    pub regular_within_h: f64,
}

/// A date over the replications.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecoveryDate {
    /// Days after the end of the disruption, of the replications that reach it.
    pub after_d: Percentiles,
    /// The date that a tenth of the replications reach.
    pub p10: String,
    /// The date that half of them reach.
    pub p50: String,
    /// The date that nine tenths reach.
    pub p90: String,
    /// Share of the replications that reach it before the end of the simulation. The dates are those
    /// of these replications.
    pub reached: f64,
}

/// When a station's backlog is gone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StationRecovery {
    /// Station.
    pub station: String,
    /// When.
    pub backlog_gone: Option<RecoveryDate>,
}

/// What a flow loses against the undisturbed run. Nothing here is part of anything else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FlowLoss {
    /// Flow; `all` for all flows together, kind by kind.
    pub flow: String,
    /// Units that came later than is regular.
    pub delayed: Option<Percentiles>,
    /// Days of delay of all units.
    pub delay_d: Option<Percentiles>,
    /// Days of delay times mass.
    pub delay_t_d: Percentiles,
    /// Days of delay times boxes.
    pub delay_teu_d: Percentiles,
    /// Mass that came later than is regular.
    pub delayed_t: Percentiles,
    /// Boxes that came later than is regular.
    pub delayed_teu: Percentiles,
    /// Value of what came later than is regular.
    pub value_delayed_usd: Percentiles,
    /// Value of what spoilt or was not sold.
    pub value_lost_usd: Percentiles,
    /// Extra cost by payer.
    pub extra_cost_usd: Vec<PayerCost>,
    /// Extra emissions.
    pub extra_wtw_t: Percentiles,
}

/// Extra cost of a payer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PayerCost {
    /// Who pays.
    pub payer: String,
    /// How much.
    pub usd: Percentiles,
}

/// An observation beside the simulation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SimulatedOutcome {
    /// What was observed.
    pub statement: String,
    /// Scenario; none for the undisturbed run.
    pub scenario: Option<String>,
    /// Whether the model is judged by it.
    pub exam: bool,
    /// `subject/metric` of facts.csv.
    pub fact: String,
    /// Observed, middle.
    pub observed: f64,
    /// Observed, low end.
    pub observed_low: f64,
    /// Observed, high end.
    pub observed_high: f64,
    /// Unit.
    pub unit: String,
    /// Simulated; none where no replication has a figure.
    pub modelled: Option<Percentiles>,
    /// Share of the replications that have a figure.
    pub reached: f64,
    /// Median over observed.
    pub ratio: Option<f64>,
    /// How it compares.
    pub grade: OutcomeGrade,
    /// Why it is off, where it is and the reason is known.
    pub remark: Option<String>,
    /// Where the figure can be read.
    pub source: String,
}

/// How a simulated figure compares with an observed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeGrade {
    /// The median lies within the observed range.
    WithinRange,
    /// It lies within 15 % of what was observed.
    Within15Percent,
    /// It does not.
    Off,
    /// There is no figure.
    NoFigure,
}

impl OutcomeGrade {
    /// The word for people.
    pub fn label(self) -> &'static str {
        match self {
            OutcomeGrade::WithinRange => "within the range",
            OutcomeGrade::Within15Percent => "within ±15 %",
            OutcomeGrade::Off => "off",
            OutcomeGrade::NoFigure => "no figure",
        }
    }

    /// Whether the goal is reached.
    pub fn passes(self) -> bool {
        matches!(
            self,
            OutcomeGrade::WithinRange | OutcomeGrade::Within15Percent
        )
    }
}

/// A year with disruptions that come again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecurrenceFinding {
    /// Title.
    pub title: String,
    /// Scenario whose losses come again.
    pub scenario: String,
    /// Number a year.
    pub number: Percentiles,
    /// Losses of all flows in a year. They are kept apart and never added up.
    pub loss: FlowLoss,
    /// Years that were drawn.
    pub years: u32,
}

/// One replication of a scenario, hour by hour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SimulationReplay {
    /// Scenario.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// Number of the replication, from 0.
    pub replication: u32,
    /// The first hour, local time.
    pub start: String,
    /// By station.
    pub stations: Vec<StationReplay>,
}

/// A station hour by hour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StationReplay {
    /// Title.
    pub station: String,
    /// Where it is, degrees; none if the study and the atlas do not say.
    #[serde(default)]
    pub lon_lat_deg: Option<[f64; 2]>,
    /// Waiting at the beginning of each hour.
    pub waiting: Vec<f64>,
    /// Got it in each hour.
    pub through: Vec<f64>,
}

/// A range that was drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SimulatedAssumption {
    /// Identifier.
    pub id: String,
    /// Label.
    pub label: String,
    /// Low end.
    pub low: f64,
    /// Most plausible.
    pub mid: f64,
    /// High end.
    pub high: f64,
    /// Unit.
    pub unit: String,
    /// How well it is grounded.
    pub basis: super::Basis,
    /// Where it comes from.
    pub source: String,
}

/// How well the books of all replications balance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SimulationCertificate {
    /// Entities that came and neither left nor are inside: 0.
    pub missing: u64,
    /// Little's law: largest difference between the time integral of a queue and the sum of the
    /// waits, as a part.
    pub little_residual: f64,
}
