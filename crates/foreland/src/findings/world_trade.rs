//! What a study says of the world's trade by sea. Every figure is an estimate.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Spread;
use crate::world_trade::{Amount, Dependence};

/// The world's trade before and after the study's scenarios.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorldTradeFindings {
    /// That every figure is an estimate, and by what.
    pub basis: String,
    /// The day of the world.
    pub date: String,
    /// All trade by sea.
    pub total: Amount,
    /// Value (bn USD) and mass (Mt) of all trade by sea, with their ranges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_range: Option<Vec<Spread>>,
    /// Parameter samples of the ranges; 0 if none were drawn.
    #[serde(default)]
    pub samples: u32,
    /// The greatest ways in each world, for maps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<TradeLine>,
    /// What becomes of the trade, and what is not counted, in sentences.
    pub remarks: Vec<String>,
    /// Goods that the changes concern.
    pub goods: Vec<String>,
    /// By scenario.
    pub scenarios: Vec<TradeScenario>,
    /// What was observed beside what is computed.
    pub outcomes: Vec<Outcome>,
    /// Dependence before the changes.
    pub dependence: Vec<Dependence>,
}

/// What a scenario changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TradeScenario {
    /// Scenario of the study.
    pub scenario: String,
    /// Title.
    pub title: String,
    /// Loads of all chokepoints, in atlas order.
    pub chokepoints: Vec<ChokepointChange>,
    /// Generalised cost of what still moves, USD a year more.
    pub extra_cost_usd: f64,
    /// Mean extra time of the concerned trade, weighted by value, d.
    pub extra_time_d: f64,
    /// What has no way left.
    pub cut_off: Amount,
    /// What slots of rationed chokepoints are worth.
    pub slots: Vec<SlotPrice>,
    /// Who sells less and who sells more where tariffs and bans stand; the last row is the sum.
    #[serde(default)]
    pub diverted: Vec<DivertedTrade>,
}

/// A trade that a tariff or a ban changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DivertedTrade {
    /// Exporter (ISO 3166-1 alpha-2).
    pub from: String,
    /// Importer.
    pub to: String,
    /// Goods.
    pub goods: String,
    /// Before.
    pub before: Amount,
    /// After minus before, M USD a year, over rates and elasticities.
    pub change_musd: Spread,
    /// The same, % of before.
    pub change_pct: Spread,
}

/// What passes a chokepoint before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChokepointChange {
    /// Name.
    pub name: String,
    /// Before.
    pub before: Amount,
    /// After.
    pub after: Amount,
    /// The same with ranges; `None` if too few samples were drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<ChokepointRange>,
}

/// What passes a chokepoint over samples of every parameter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChokepointRange {
    /// Value before, bn USD a year.
    pub before_busd: Spread,
    /// Mass before, Mt a year.
    pub before_mt: Spread,
    /// Value after, bn USD a year.
    pub after_busd: Spread,
    /// Mass after, Mt a year.
    pub after_mt: Spread,
    /// Change of mass, %.
    pub change_mass_pct: Spread,
    /// Change of containers, %.
    pub change_teu_pct: Spread,
}

/// A way between two ports with the trade that takes it, both directions together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TradeLine {
    /// `before`, or a scenario.
    pub world: String,
    /// The two ports.
    pub name: String,
    /// Value, M USD a year.
    pub value_musd: f64,
    /// Mass, kt a year.
    pub mass_kt: f64,
    /// `[lon_deg, lat_deg]` along the way; longitudes run on beyond ±180°.
    pub unwrapped: Vec<[f64; 2]>,
}

/// The price at which a rationed chokepoint's slots are taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SlotPrice {
    /// Chokepoint.
    pub chokepoint: String,
    /// Ships that the estimate sends through before, a day.
    pub before_per_day: f64,
    /// Ships that pass after, a day.
    pub after_per_day: f64,
    /// Surcharge that makes the others go another way: the shadow price of a slot, USD a transit.
    pub price_usd: f64,
}

/// An observation beside the estimate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// What was observed.
    pub statement: String,
    /// Scenario.
    pub scenario: String,
    /// Observed, low end.
    pub observed_low: f64,
    /// Observed, high end.
    pub observed_high: f64,
    /// Computed.
    pub modelled: Option<f64>,
    /// Computed over the middle of what was observed.
    pub ratio: Option<f64>,
    /// Unit.
    pub unit: String,
    /// Where it can be read.
    pub source: String,
}
