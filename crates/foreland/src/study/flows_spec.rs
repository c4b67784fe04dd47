//! The section `[flows]` of a study: which trades are followed over which worlds.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Day, Located, ScenarioSpec};

/// Who ships what which way: the trades of some countries over all services of a day, before and
/// after the scenarios.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowsSpec {
    /// The atlas is read as of this day.
    pub date: Located<Day>,
    /// Countries whose exports and imports are followed (ISO 3166-1 alpha-2).
    pub countries: Vec<Located<String>>,
    /// Scenarios of the study that are compared with the day; all, if absent.
    pub scenarios: Option<Vec<Located<String>>>,
    /// Scenarios that are looked at for flows only.
    #[serde(default)]
    pub scenario: Vec<ScenarioSpec>,
    /// Containers may change ships at these ports only; at all ports, if absent.
    pub transship_at: Option<Vec<Located<String>>>,
    /// Parameter samples; 60, if absent.
    #[schemars(range(min = 1, max = 100_000))]
    pub replications: Option<Located<u32>>,
    /// Chains from which each demand chooses; 8, if absent.
    #[schemars(range(min = 1, max = 50))]
    pub chains: Option<Located<u32>>,
    /// All containers that ports handle, of which the followed trades are a part.
    #[serde(default)]
    pub load: Vec<PortLoadSpec>,
    /// Published containers of trades, to compare with what value and stowage make of them.
    #[serde(default)]
    pub published: Vec<PublishedTeuSpec>,
    /// Published shares of ports and terminals: to fit the scale of choice, to test it, or to
    /// compare.
    #[serde(default)]
    pub observed: Vec<ObservedSpec>,
    /// What an investment is worth.
    pub investment: Option<InvestmentSpec>,
    /// The scenario in which rivals answer that of the investment.
    pub rival: Option<Located<String>>,
}

/// All containers that a port handles.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PortLoadSpec {
    /// UN/LOCODE.
    pub port: Located<String>,
    /// `subject/metric` of facts.csv, in TEU a year.
    pub fact: Located<String>,
}

/// Published containers of all trade between two countries.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedTeuSpec {
    /// Country that the goods come from.
    pub origin: Located<String>,
    /// Country that they go to.
    pub destination: Located<String>,
    /// `subject/metric` of facts.csv, in TEU a year.
    pub fact: Located<String>,
}

/// What a published share is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ObservedRole {
    /// The scale of choice is fitted to it.
    Fit,
    /// The fitted scale is tested on it.
    HeldOut,
}

/// A published share of ports or of a terminal.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObservedSpec {
    /// Title for people.
    pub title: String,
    /// What it is used for.
    pub role: ObservedRole,
    /// `subject/metric` of facts.csv: a share in %, or a quantity if `of` is given.
    pub fact: Located<String>,
    /// The whole of which `fact` is a part.
    pub of: Option<Located<String>>,
    /// Factor that makes `fact` and `of` cover equal times, such as 12/11.
    pub scaled: Option<f64>,
    /// Cargo of a country by some of the ports of a coast.
    pub hinterland: Option<HinterlandSpec>,
    /// A terminal among those of its port.
    pub terminal: Option<Located<String>>,
}

/// Cargo of a country that some ports compete for over land.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HinterlandSpec {
    /// The country; its cargo is spread over places by demand-places.csv.
    pub country: Located<String>,
    /// The ports whose share was published.
    pub ports: Vec<Located<String>>,
    /// All ports that compete.
    pub among: Vec<Located<String>>,
}

/// An investment in a port.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InvestmentSpec {
    /// Title for people.
    pub title: String,
    /// The port, by UN/LOCODE.
    pub port: Located<String>,
    /// The scenario that it makes.
    pub scenario: Located<String>,
    /// `subject/metric` of facts.csv, in M USD.
    pub cost: Located<String>,
    /// Published throughput of the port's first year, as `subject/metric` of facts.csv in TEU;
    /// compared with the result, never used for it.
    pub throughput: Option<Located<String>>,
}
