//! The section `[simulation]` of a study: stations, flows and disruptions over time.

use schemars::JsonSchema;
use serde::Deserialize;

use super::simulation_flow_spec::SimulatedFlowSpec;
use super::simulation_outcome_spec::SimulatedOutcomeSpec;
use super::{Located, Moment, Quantity};
use crate::change::ChangeSpec;

/// What is simulated over time: flows that pass stations, without and with disruptions.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulationSpec {
    /// When the simulation starts, empty.
    pub start: Located<Moment>,
    /// From when on figures count; what comes before fills the stations.
    pub count_from: Located<Moment>,
    /// When it ends.
    pub until: Located<Moment>,
    /// Replications; 200, if absent. Each has its own luck and its own draw of every range.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub replications: Option<Located<u32>>,
    /// Distance between the times at which queues are noted, h; 6, if absent.
    pub step_h: Option<Located<f64>>,
    /// Service is regular again when nobody is later than this against the undisturbed run, h;
    /// 12 to 48 around 24, if absent.
    pub regular_within_h: Option<Located<Quantity>>,
    /// What the flows pass.
    pub station: Vec<StationSpec>,
    /// What passes.
    pub flow: Vec<SimulatedFlowSpec>,
    /// Disruptions that are asked about; each is compared with the undisturbed run on the same luck.
    #[serde(default)]
    pub scenario: Vec<DisruptionScenarioSpec>,
    /// Published outcomes to compare with. They never set anything.
    #[serde(default)]
    pub outcome: Vec<SimulatedOutcomeSpec>,
    /// What a year with disruptions that come again costs.
    #[serde(default)]
    pub recurrence: Vec<RecurrenceSpec>,
}

/// A dated list of changes to what is simulated.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DisruptionScenarioSpec {
    /// Identifier.
    pub id: Located<String>,
    /// Title for people.
    pub title: String,
    /// What happens, in a sentence.
    pub description: String,
    /// The changes.
    pub change: Vec<Located<ChangeSpec>>,
}

/// What a station is; it decides the words, and the targets `sector/road`, `sector/border` … mean
/// all stations of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StationKind {
    /// A canal, strait, cape or lock.
    Passage,
    /// The berths of a terminal or port, with the anchorage before them.
    Berths,
    /// Cranes, or handling as a whole.
    Handling,
    /// A yard.
    Yard,
    /// A gate of a port or terminal.
    Gate,
    /// A road.
    Road,
    /// A railway.
    Rail,
    /// A border crossing.
    Border,
}

impl StationKind {
    /// The word by which `sector/…` names it.
    pub fn word(self) -> &'static str {
        match self {
            StationKind::Passage => "passage",
            StationKind::Berths => "berths",
            StationKind::Handling => "handling",
            StationKind::Yard => "yard",
            StationKind::Gate => "gate",
            StationKind::Road => "road",
            StationKind::Rail => "rail",
            StationKind::Border => "border",
        }
    }
}

/// Something that flows wait for. It has either `servers`, which are held and given back (berths,
/// lanes), or `slots`, which are used up (transits of a canal, trucks past a gate).
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StationSpec {
    /// Identifier; changes may name it as `station/id`.
    pub id: Located<String>,
    /// Title for people.
    pub title: String,
    /// What it is.
    pub kind: StationKind,
    /// What of the atlas it stands for, such as `passage/suez`, `port/PECLL`,
    /// `terminal/chancay-container`, `link/id`, `border/id`: changes aimed at it hit this station.
    pub target: Option<Located<String>>,
    /// Where it is on the map, longitude and latitude in degrees; where its target is, if absent.
    pub lon_lat_deg: Option<Located<[f64; 2]>>,
    /// Units that are held and given back.
    pub servers: Option<Located<Quantity>>,
    /// Slots that are used up.
    pub slots: Option<StationSlotsSpec>,
    /// Hours of the day between which it is open, such as [6, 22]; [22, 5] is the night; always
    /// open, if absent.
    pub open_hours: Option<Located<[f64; 2]>>,
    /// Who is served first: `fifo`, or `class` (booked before others).
    #[serde(default)]
    pub served_first: ServedFirst,
    /// Shut until a change opens it: something that does not exist yet.
    #[serde(default)]
    pub not_yet_open: bool,
}

/// Who is served first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServedFirst {
    /// Who has come first.
    #[default]
    Fifo,
    /// Who has the lowest class; within a class who has come first.
    Class,
}

/// Slots of a canal, gate, road or train.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StationSlotsSpec {
    /// Slots in 24 hours.
    pub per_day: Located<Quantity>,
    /// Time between two releases of slots, h: 24 for a daily convoy; 1, if absent.
    pub every_h: Option<Located<f64>>,
    /// Share of the slots that class 0 (booked) may take; all, if absent.
    pub booked_share: Option<Located<Quantity>>,
}

/// Disruptions that come again: a scenario of the section, drawn as a process over a year.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecurrenceSpec {
    /// Title for people.
    pub title: String,
    /// The scenario whose losses come again.
    pub scenario: Located<String>,
    /// How many a year are expected.
    pub per_year: Located<Quantity>,
    /// How strongly they come together: variance of the yearly number over its mean; 1 is a Poisson
    /// process. 1, if absent.
    pub clustering: Option<Located<Quantity>>,
}
