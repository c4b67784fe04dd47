//! Who ships what which way: flows, loads, surcharges, and what a port is worth.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Spread, Warning};
use crate::demand::Demand;

/// Flows of some countries' trades over all services of a day, before and after the scenarios.
///
/// Spreads are over the parameter samples of [`FlowFindings::replications`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FlowFindings {
    /// Parameter samples.
    pub replications: u32,
    /// Samples that were left out because services and terminals are far too small for their
    /// trade, and no flows agree with costs to a thousandth.
    pub left_out: u32,
    /// Trades that are followed.
    pub demands: Vec<DemandInfo>,
    /// Containers of trades as published, beside what value and stowage make of them.
    pub containers: Vec<ContainerCheck>,
    /// Trades that are known and not followed, with the reason.
    pub unplaced: Vec<Unplaced>,
    /// The scale of choice, and how well it predicts what it was not fitted to.
    pub calibration: Calibration,
    /// The worlds, the day itself first.
    pub worlds: Vec<FlowWorld>,
    /// Chains by demand and world, at central values.
    pub chains: Vec<ChainFlow>,
    /// What passes by port, terminal, service, passage, operator and owner in each world.
    pub loads: Vec<Load>,
    /// Dependence on ports, passages, operators and owners in each world.
    #[serde(default)]
    pub dependence: Vec<FlowDependence>,
    /// How concentrated the trades are on them.
    #[serde(default)]
    pub concentration: Vec<Concentration>,
    /// What ports gain and lose, by commodity.
    pub changes: Vec<PortChange>,
    /// Congestion surcharges.
    pub surcharges: Vec<Surcharge>,
    /// Legs of liner services with what they carry, for maps.
    pub lines: Vec<FlowLine>,
    /// What an investment is worth.
    pub worth: Option<Worth>,
    /// What is left of the gain when rivals answer.
    pub rival: Option<RivalAnswer>,
    /// Where goods go that a tariff or a ban keeps from their market.
    pub diverted: Vec<Diverted>,
    /// What was dropped, snapped or defaulted on the way to the services.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
}

/// A trade that is followed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DemandInfo {
    /// The trade at central values.
    pub demand: Demand,
    /// How value, mass and containers follow from each other.
    pub derivation: String,
    /// Unit of `quantity`: `TEU/year` or `t/year`, with its range.
    pub quantity: Spread,
}

/// Containers between two countries, published and derived; nothing is fitted to them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ContainerCheck {
    /// Country that the goods come from.
    pub origin: String,
    /// Country that they go to.
    pub destination: String,
    /// From value and stowage, TEU a year, over the samples.
    pub derived_teu: Spread,
    /// As published, TEU a year.
    pub published_teu: f64,
    /// Date of the published figure.
    pub as_of: String,
    /// Where it can be read.
    pub source: String,
}

/// A trade that is known and not followed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Unplaced {
    /// The trade in words.
    pub what: String,
    /// Value, M USD a year; `None` if it is not known.
    pub value_musd: Option<f64>,
    /// Why it is not followed.
    pub why: String,
}

/// How the scale of choice was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Calibration {
    /// μ of the path-size logit, 1/USD for a TEU.
    pub scale_per_usd: Spread,
    /// Where μ comes from, as a sentence.
    pub how: String,
    /// Shares that were published and what the model makes of them.
    pub points: Vec<CalibrationPoint>,
    /// Mean absolute error over the points held out, percentage points; `None` if there are none.
    pub held_out_error_pct: Option<Spread>,
}

/// A published share and the modelled one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CalibrationPoint {
    /// Title for people.
    pub title: String,
    /// `fit` or `held_out`.
    pub role: String,
    /// As published, %.
    pub observed_pct: f64,
    /// As modelled, %.
    pub modelled_pct: Spread,
    /// Where the published share can be read.
    pub source: String,
}

/// A world in which flows were solved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FlowWorld {
    /// Identifier: `before`, or that of the scenario.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// Generalised cost of all followed trades, M USD a year.
    pub generalised_musd: Spread,
    /// Well-to-wake emissions of all followed trades, kt CO2e a year.
    pub wtw_kt: Spread,
    /// How good the flows are, at central values.
    pub certificate: FlowCertificate,
}

/// What flows prove about themselves, computed from the flows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FlowCertificate {
    /// Duality gap over total cost; the value of capacity left unused at a price counts to it.
    pub relative_gap: f64,
    /// Largest difference between a demand and its flows over all demand.
    pub conservation_residual: f64,
    /// Largest flow beyond a service's capacity, over that capacity.
    pub capacity_residual: f64,
    /// The worst of these three over all samples.
    pub worst_sample: f64,
}

/// One chain's share of a demand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChainFlow {
    /// World.
    pub world: String,
    /// Place that the goods come from.
    pub origin: String,
    /// Place that the goods go to.
    pub destination: String,
    /// Commodity.
    pub commodity: String,
    /// The chain in a line.
    pub chain: String,
    /// Share of the demand, %.
    pub share_pct: f64,
    /// Containers, TEU a year; 0 for bulk.
    pub teu: f64,
    /// Mass, t a year.
    pub mass_t: f64,
    /// Value, USD a year.
    pub value_usd: f64,
    /// Generalised cost, USD per unit of cargo (TEU or t), surcharges included.
    pub generalised_usd: f64,
    /// Of it, surcharges.
    pub surcharge_usd: f64,
}

/// By what loads are counted.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LoadBy {
    /// Port at which goods are loaded, discharged or transshipped.
    Port,
    /// Terminal at which goods are loaded or discharged.
    Terminal,
    /// Liner service.
    Service,
    /// Canal or strait.
    Passage,
    /// Operator of the terminal.
    Operator,
    /// Owner of the terminal.
    Owner,
}

impl LoadBy {
    /// All of them, in order.
    pub const ALL: [LoadBy; 6] = [
        LoadBy::Port,
        LoadBy::Terminal,
        LoadBy::Service,
        LoadBy::Passage,
        LoadBy::Operator,
        LoadBy::Owner,
    ];

    /// The word that JSON shows.
    pub fn as_str(self) -> &'static str {
        match self {
            LoadBy::Port => "port",
            LoadBy::Terminal => "terminal",
            LoadBy::Service => "service",
            LoadBy::Passage => "passage",
            LoadBy::Operator => "operator",
            LoadBy::Owner => "owner",
        }
    }
}

/// What passes somewhere in a world, of the followed trades.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Load {
    /// World.
    pub world: String,
    /// What is counted.
    pub by: LoadBy,
    /// Identifier.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Value, M USD a year.
    pub value_musd: Spread,
    /// Mass, kt a year.
    pub mass_kt: Spread,
    /// Laden containers, TEU a year.
    pub teu: Spread,
}

/// How the followed trades depend on a link in a world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FlowDependence {
    /// World.
    pub world: String,
    /// What the link is.
    pub by: LoadBy,
    /// Identifier.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Share of the value of what is shipped, %.
    pub value_share_pct: Spread,
    /// Share of the mass, %.
    pub mass_share_pct: Spread,
    /// Share of the laden containers, %.
    pub teu_share_pct: Spread,
    /// What the best mix of other chains costs more if the link is gone, M USD a year.
    pub loss_musd: Spread,
    /// Value of what has no other chain, M USD a year.
    pub cut_off_musd: Spread,
    /// The trades with the most value on the link.
    pub also_there: Vec<String>,
}

/// Herfindahl–Hirschman index of value over links of one sort, from 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Concentration {
    /// World.
    pub world: String,
    /// The sort.
    pub by: LoadBy,
    /// The index.
    pub hhi: Spread,
}

/// What a port gains or loses of a commodity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PortChange {
    /// Scenario.
    pub scenario: String,
    /// UN/LOCODE.
    pub port: String,
    /// Name for people.
    pub name: String,
    /// Commodity.
    pub commodity: String,
    /// Before, TEU or t a year.
    pub before: Spread,
    /// After minus before.
    pub change: Spread,
    /// Value of the change, M USD a year.
    pub change_musd: Spread,
}

/// What a further box pays where capacity is short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Surcharge {
    /// World.
    pub world: String,
    /// `terminal` (time lost in the queue, priced) or `service` (worth of a further slot).
    pub kind: String,
    /// Identifier of the terminal or service.
    pub id: String,
    /// Name for people; for services with the leg.
    pub name: String,
    /// Surcharge, USD/TEU.
    pub usd_per_teu: Spread,
    /// Laden containers a year, other cargo included, TEU.
    pub load_teu: Spread,
    /// Laden containers a year that find room, TEU.
    pub capacity_teu: Spread,
}

/// What a leg of a liner service carries in a world, at central values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FlowLine {
    /// World.
    pub world: String,
    /// The service with the ends of the leg.
    pub name: String,
    /// Laden containers of the followed trades, TEU a year.
    pub teu: f64,
    /// `[lon_deg, lat_deg]` along the way; longitudes run on beyond ±180°.
    pub unwrapped: Vec<[f64; 2]>,
}

/// What an investment is worth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Worth {
    /// Title for people.
    pub title: String,
    /// Port.
    pub port: String,
    /// Scenario.
    pub scenario: String,
    /// Cost, M USD.
    pub cost_musd: Spread,
    /// Yearly benefits at full traffic, M USD a year, by kind.
    pub benefits: Vec<Benefit>,
    /// To society: benefits of users, emissions and the operator's margin.
    pub society: Appraisal,
    /// To the operator: margin alone.
    pub operator: Appraisal,
    /// Laden and empty containers of the port in the equilibrium, TEU a year.
    pub throughput_teu: Spread,
    /// Throughput at which the operator's margin pays for the cost, TEU a year.
    pub break_even_teu: Spread,
    /// What was published about the port's first year, TEU; `None` if nothing was.
    pub published_teu: Option<f64>,
    /// Share of the samples in which the net present value to society is positive, 0–1.
    pub share_positive: f64,
    /// Net present value to society by year, cumulative, M USD: from the first to the last year.
    pub fan: Vec<Spread>,
}

/// A kind of benefit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Benefit {
    /// What it is.
    pub kind: String,
    /// M USD a year at full traffic.
    pub musd: Spread,
}

/// Worth of a stream of benefits against its cost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Appraisal {
    /// Net present value, M USD.
    pub npv_musd: Spread,
    /// Internal rate of return, % a year; over the samples that have one.
    pub irr_pct: Option<Spread>,
    /// Years until the cumulative undiscounted benefits pay for the cost; over the samples in
    /// which they do.
    pub pay_back_years: Option<Spread>,
    /// Share of the samples in which they do, 0–1.
    pub share_paid_back: f64,
}

/// What is left of a port's gain when rivals answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RivalAnswer {
    /// Scenario with the answer.
    pub scenario: String,
    /// Port whose gain is looked at.
    pub port: String,
    /// Gain without the answer, TEU a year.
    pub gain_teu: Spread,
    /// Gain with it.
    pub answered_teu: Spread,
    /// Share that survives, %.
    pub survives_pct: Spread,
}

/// What becomes of a trade that a tariff or a ban hits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Diverted {
    /// Scenario.
    pub scenario: String,
    /// Country of origin.
    pub origin: String,
    /// Country of destination; `not traded` for what is given up.
    pub destination: String,
    /// Commodity.
    pub commodity: String,
    /// Before, M USD a year.
    pub before_musd: Spread,
    /// After minus before, M USD a year.
    pub change_musd: Spread,
}
