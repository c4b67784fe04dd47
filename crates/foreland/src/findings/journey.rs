//! Door-to-door chains per origin, destination and world, and their differences.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Spread;

/// The parts into which time, money and emissions of a chain are split.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Driving, railing or sailing on land corridors, rest and transfer included.
    Inland,
    /// Waiting and paying at borders.
    Border,
    /// Dwell and handling in the ports of loading and discharge.
    PortDwell,
    /// Waiting for the next sailing at the port of loading.
    SailingWait,
    /// Under way at sea.
    Sea,
    /// The ship's stays at ports between loading and discharge.
    IntermediateCalls,
    /// Queues, transits and tolls of canals and straits.
    Passage,
    /// Dwell, handling and wait for the next sailing at transshipment ports.
    Transshipment,
}

impl Stage {
    /// All stages in the order in which a report shows them.
    pub const ALL: [Stage; 8] = [
        Stage::Inland,
        Stage::Border,
        Stage::PortDwell,
        Stage::SailingWait,
        Stage::Sea,
        Stage::IntermediateCalls,
        Stage::Passage,
        Stage::Transshipment,
    ];

    /// Name in table columns, such as `port_dwell`.
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Inland => "inland",
            Stage::Border => "border",
            Stage::PortDwell => "port_dwell",
            Stage::SailingWait => "sailing_wait",
            Stage::Sea => "sea",
            Stage::IntermediateCalls => "intermediate_calls",
            Stage::Passage => "passage",
            Stage::Transshipment => "transshipment",
        }
    }

    /// Label for people, such as `port dwell`.
    pub fn label(self) -> &'static str {
        match self {
            Stage::Inland => "inland",
            Stage::Border => "border",
            Stage::PortDwell => "port dwell",
            Stage::SailingWait => "wait for sailing",
            Stage::Sea => "at sea",
            Stage::IntermediateCalls => "intermediate calls",
            Stage::Passage => "passage",
            Stage::Transshipment => "transshipment",
        }
    }
}

/// The unit of cargo that costs and emissions refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum CargoUnit {
    /// One twenty-foot equivalent unit.
    #[serde(rename = "TEU")]
    Teu,
    /// One tonne.
    #[serde(rename = "t")]
    Tonne,
}

impl CargoUnit {
    /// `TEU` or `t`.
    pub fn as_str(self) -> &'static str {
        match self {
            CargoUnit::Teu => "TEU",
            CargoUnit::Tonne => "t",
        }
    }
}

/// The chains found from one origin to one destination for one commodity in one world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Journey {
    /// Identifier of the origin–destination–commodity triple in the study file.
    pub flow: String,
    /// World identifier, see [`super::WorldInfo`].
    pub world: String,
    /// Where the goods start.
    pub origin: PlaceRef,
    /// Where the goods go.
    pub destination: PlaceRef,
    /// Commodity identifier of the atlas.
    pub commodity: String,
    /// Commodity name for people.
    pub commodity_name: String,
    /// Unit that costs and emissions refer to.
    pub per: CargoUnit,
    /// The best chains by generalised cost at central parameter values, best first.
    pub chains: Vec<Chain>,
    /// Why there is no chain, if there is none.
    pub no_chain: Option<String>,
}

/// A place as tables and maps show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceRef {
    /// Place identifier or UN/LOCODE.
    pub id: String,
    /// Name with its diacritics.
    pub name: String,
    /// Longitude in degrees.
    pub lon_deg: f64,
    /// Latitude in degrees.
    pub lat_deg: f64,
}

/// One way from door to door.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Chain {
    /// 1 is the best by generalised cost.
    pub rank: u32,
    /// Identifier, unique within the findings.
    pub id: String,
    /// The chain in a line: `Lima → Callao → Manzanillo → Shanghai`.
    pub label: String,
    /// The legs in order.
    pub legs: Vec<Leg>,
    /// Time, money and emissions by stage, at central parameter values; all eight stages.
    pub stages: Vec<StageSplit>,
    /// Door-to-door time, d.
    pub time_d: Spread,
    /// From departure at the port of loading to arrival at the port of discharge, d.
    pub transit_d: Spread,
    /// Money paid, USD per unit of cargo, without the value of time.
    pub money_usd: Spread,
    /// Money plus the value of time, USD per unit of cargo.
    pub generalised_usd: Spread,
    /// Tank-to-wake emissions, kg CO2e per unit of cargo.
    pub ttw_kg: Spread,
    /// Well-to-wake emissions, kg CO2e per unit of cargo.
    pub wtw_kg: Spread,
    /// Distance at sea, nm.
    pub sea_nm: f64,
    /// Distance on land, km.
    pub land_km: f64,
    /// Passages used, by identifier, in order.
    pub passages: Vec<String>,
}

/// What one stage of a chain takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StageSplit {
    /// The stage.
    pub stage: Stage,
    /// Hours.
    pub time_h: f64,
    /// Carriage: land tariffs, ocean freight or the ship's cost; USD per unit of cargo.
    pub carriage_usd: f64,
    /// Handling, storage and border fees; USD per unit of cargo.
    pub handling_usd: f64,
    /// Passage tolls; USD per unit of cargo. Zero where the freight rate includes them.
    pub tolls_usd: f64,
    /// Value of the time taken; USD per unit of cargo.
    pub time_cost_usd: f64,
    /// Tank-to-wake emissions, kg CO2e per unit of cargo.
    pub ttw_kg: f64,
    /// Well-to-wake emissions, kg CO2e per unit of cargo.
    pub wtw_kg: f64,
}

/// What moves the goods on a leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LegMode {
    /// Lorry.
    Road,
    /// Train.
    Rail,
    /// River barge.
    River,
    /// Liner service or bulk voyage.
    Sea,
}

/// One leg of a chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Leg {
    /// What moves the goods.
    pub mode: LegMode,
    /// Identifier of the start (place or UN/LOCODE).
    pub from: String,
    /// Identifier of the end.
    pub to: String,
    /// Name of the start.
    pub from_name: String,
    /// Name of the end.
    pub to_name: String,
    /// Service or corridor, such as `WSA3`; empty for plain roads.
    pub by: String,
    /// Length: km on land, nm at sea.
    pub distance: f64,
    /// `km` or `nm`.
    pub distance_unit: String,
    /// Time under way, intermediate calls and passages included; h.
    pub time_h: f64,
    /// Ports called at between start and end.
    pub calls: Vec<String>,
    /// Identifier of the geometry in [`super::Findings::routes`].
    pub route: Option<String>,
}

/// What changes between a baseline and the same baseline under a scenario.
///
/// Both sides use the same parameter samples, so the spread is that of the change itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// Identifier of the origin–destination–commodity triple.
    pub flow: String,
    /// Baseline identifier.
    pub baseline: String,
    /// Scenario identifier.
    pub scenario: String,
    /// What is compared.
    pub quantity: DifferenceQuantity,
    /// In the baseline.
    pub before: Spread,
    /// Under the scenario.
    pub after: Spread,
    /// After minus before.
    pub change: Spread,
    /// Share of the replications in which the scenario is strictly lower, 0–1.
    pub share_lower: f64,
    /// The best chain before, at central values.
    pub chain_before: String,
    /// The best chain after, at central values.
    pub chain_after: String,
}

/// What a [`Difference`] compares, always on the best chain by generalised cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceQuantity {
    /// Door-to-door time, d.
    DoorToDoorTime,
    /// Time from port to port, d.
    TransitTime,
    /// Money per unit of cargo, USD.
    Money,
    /// Generalised cost per unit of cargo, USD.
    GeneralisedCost,
    /// Well-to-wake emissions per unit of cargo, kg CO2e.
    WellToWake,
    /// Tank-to-wake emissions per unit of cargo, kg CO2e.
    TankToWake,
}
