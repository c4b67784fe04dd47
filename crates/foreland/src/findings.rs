//! What a run yields.
//!
//! [`Findings`] is the only thing a face sees: the terminal, the HTML report, the exporters and
//! the servers show it and compute nothing. It is plain data, serialises with serde, and holds no
//! value that JSON cannot express (no NaN, no infinity).

mod claim;
mod claim_review;
mod flows;
mod header;
mod journey;
mod manifest;
mod provenance;
mod route;
mod simulation;
mod world_trade;

pub(crate) use claim_review::claim_reviews;

pub use crate::quantity::{Basis, Spread};
pub use claim::{
    BaselineResult, ClaimFinding, EvidenceTable, Inversion, MeasureInfo, PartFinding, Published,
    Threshold, TornadoBar, Verdict,
};
pub use flows::{
    Appraisal, Benefit, Calibration, CalibrationPoint, ChainFlow, Concentration, ContainerCheck,
    DemandInfo, Diverted, FlowCertificate, FlowDependence, FlowFindings, FlowLine, FlowWorld, Load,
    LoadBy, PortChange, RivalAnswer, Surcharge, Unplaced, Worth,
};
pub use header::{BaselineInfo, ChangeInfo, Chosen, RunHeader, ScenarioInfo, WorldInfo};
pub use journey::{
    CargoUnit, Chain, Difference, DifferenceQuantity, Journey, Leg, LegMode, PlaceRef, Stage,
    StageSplit,
};
pub use manifest::{Invocation, Manifest, OutputFile};
pub use provenance::{Assumption, InputFile, Provenance, Software, Warning};
pub use route::{MapPoint, PointRole, RouteLine, RouteRole};
pub use simulation::{
    DisruptionFinding, Fan, FlowFinding, FlowLoss, OutcomeGrade, PayerCost, Percentiles, Recovery,
    RecoveryDate, RecurrenceFinding, SimulatedAssumption, SimulatedOutcome, SimulatedScenario,
    SimulationCertificate, SimulationFindings, SimulationReplay, StationFinding, StationRecovery,
    StationReplay, WaitingFan,
};
pub use world_trade::{
    ChokepointChange, ChokepointRange, DivertedTrade, Outcome, SlotPrice, TradeLine, TradeScenario,
    WorldTradeFindings,
};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Version of the data model; rises when a field changes its meaning or goes.
pub const FINDINGS_VERSION: u32 = 1;

impl Findings {
    /// The JSON Schema of `findings.json`.
    pub fn json_schema() -> serde_json::Value {
        schemars::schema_for!(Findings).into()
    }
}

/// Everything a run yields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Findings {
    /// [`FINDINGS_VERSION`] of the writer.
    pub version: u32,
    /// Which question was asked of which worlds.
    pub run: RunHeader,
    /// Chains by flow and world.
    pub journeys: Vec<Journey>,
    /// What the scenarios change.
    pub differences: Vec<Difference>,
    /// Claims with verdicts, in the study's order.
    pub claims: Vec<ClaimFinding>,
    /// Who ships what which way; `None` if the study has no section `[flows]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flows: Option<FlowFindings>,
    /// The world's trade by sea, an estimate; `None` if the study has no section `[world_trade]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub world_trade: Option<WorldTradeFindings>,
    /// Flows over time under disruptions; `None` if the study has no section `[simulation]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub simulation: Option<SimulationFindings>,
    /// Lines for the map.
    pub routes: Vec<RouteLine>,
    /// Points for the map.
    pub points: Vec<MapPoint>,
    /// Every ranged value that entered.
    pub assumptions: Vec<Assumption>,
    /// What it was computed from.
    pub provenance: Provenance,
    /// What was dropped, snapped or defaulted.
    pub warnings: Vec<Warning>,
}
