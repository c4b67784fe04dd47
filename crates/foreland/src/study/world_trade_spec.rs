//! The section `[world_trade]` of a study as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Located;
use super::spec::Day;

/// What the study's scenarios change for the world's trade by sea, an estimate.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorldTradeSpec {
    /// The atlas is read as of this day.
    pub date: Located<Day>,
    /// Trade that was imported into the store, in place of the estimate: `baci/NAME` for the whole
    /// world, `comtrade/NAME` or `comexstat/NAME` for the countries that report there.
    pub trade: Option<Located<String>>,
    /// Further tables of the kind: of imports beside exports, of other countries, and Comex Stat's
    /// table of countries.
    #[serde(default)]
    pub trade_with: Vec<Located<String>>,
    /// Goods whose ships the changes concern (commodities of trade-groups.csv); all, if absent.
    pub goods: Option<Vec<Located<String>>>,
    /// Parameter samples from which ranges come; 20, if absent.
    #[schemars(range(min = 1, max = 10_000))]
    pub samples: Option<Located<u32>>,
    /// Canals that take fewer ships in a scenario.
    #[serde(default)]
    pub slots: Vec<SlotsSpec>,
    /// Names whose dependence in the baseline is shown: countries, passages, ports, companies.
    #[serde(default)]
    pub depend: Vec<Located<String>>,
    /// What was observed, to compare with.
    #[serde(default)]
    pub outcome: Vec<OutcomeSpec>,
}

impl WorldTradeSpec {
    /// The tables of the store that the section names.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &Located<String>> {
        self.trade.iter().chain(&self.trade_with)
    }
}

/// A chokepoint takes fewer ships: those that pay most pass, the others go another way.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SlotsSpec {
    /// Scenario of the study.
    pub scenario: Located<String>,
    /// Chokepoint of chokepoints.csv.
    pub chokepoint: Located<String>,
    /// Ships a day in the scenario.
    pub per_day: f64,
    /// Ships a day otherwise.
    pub normal_per_day: f64,
}

/// Something that was observed.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeSpec {
    /// What was observed, in our words.
    pub statement: String,
    /// Scenario of the study that it belongs to.
    pub scenario: Located<String>,
    /// The observed figure, or its low and high end.
    pub observed: Vec<f64>,
    /// What is computed to compare.
    pub measure: Located<OutcomeMeasure>,
    /// Where it can be read.
    pub source: String,
}

/// What is computed to compare with an observation.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum OutcomeMeasure {
    /// Change of what passes a chokepoint, %.
    Change {
        /// Chokepoint of chokepoints.csv.
        chokepoint: String,
        /// Goods; all, if absent.
        goods: Option<String>,
        /// Which quantity.
        of: OutcomeQuantity,
    },
    /// Change of the length of the trade between two countries in some goods, nm.
    DetourNm {
        /// Exporters (ISO 3166-1 alpha-2).
        from: Vec<String>,
        /// Importers.
        to: Vec<String>,
        /// Goods.
        goods: String,
    },
    /// Change of its time from port to port, d.
    DetourD {
        /// Exporters (ISO 3166-1 alpha-2).
        from: Vec<String>,
        /// Importers.
        to: Vec<String>,
        /// Goods.
        goods: String,
    },
    /// What a slot of a chokepoint is worth in the scenario, M USD a transit.
    SlotPrice {
        /// Chokepoint of chokepoints.csv.
        chokepoint: String,
    },
}

/// A quantity of goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeQuantity {
    /// Value.
    Value,
    /// Mass.
    Mass,
    /// Containers.
    Teu,
}
