//! The study file as it is written.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Located;
use super::claim_spec::ClaimSpec;
use crate::change::ChangeSpec;

/// A study: a question, the worlds to compare, and the claims to test.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StudySpec {
    /// Title for people.
    pub title: String,
    /// The question that the study asks.
    pub question: String,
    /// Claims are judged as of this day, such as "2024-11-15".
    pub as_of: Located<Day>,
    /// How the study is run.
    #[serde(default)]
    pub run: RunSpec,
    /// The plausible states of the world before the change.
    pub baseline: Vec<BaselineSpec>,
    /// The changes that are asked about.
    #[serde(default)]
    pub scenario: Vec<ScenarioSpec>,
    /// Liner services that were imported into the store.
    pub services: Option<super::ServicesSpec>,
    /// The journeys that are followed from door to door.
    #[serde(default)]
    pub flow: Vec<FlowSpec>,
    /// Who ships what which way.
    pub flows: Option<super::FlowsSpec>,
    /// What the scenarios change for the world's trade by sea; nothing is asked, if absent.
    pub world_trade: Option<super::WorldTradeSpec>,
    /// What happens over time: queues, waits and losses under disruptions; nothing is simulated, if
    /// absent.
    pub simulation: Option<super::SimulationSpec>,
    /// What was said, to be tested.
    #[serde(default)]
    pub claim: Vec<ClaimSpec>,
}

impl StudySpec {
    /// The tables of the store that the study names, as `KIND/NAME`.
    pub fn stored_tables(&self) -> Vec<&Located<String>> {
        let services = self.services.iter().flat_map(|spec| &spec.tables);
        let trade = self.world_trade.iter().flat_map(|spec| spec.tables());
        services.chain(trade).collect()
    }
}

/// A day as an ISO date in quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct Day(pub Date);

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

/// How the study is run.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunSpec {
    /// Seed of all sampled parameters.
    pub seed: Option<u64>,
    /// Parameter samples per world.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub replications: Option<Located<u32>>,
    /// Chains shown for each journey.
    #[schemars(range(min = 1, max = 20))]
    pub chains: Option<Located<u32>>,
    /// Changes of ship that a chain may hold.
    #[schemars(range(min = 0, max = 4))]
    pub max_transshipments: Option<Located<u32>>,
    /// What ocean carriage costs.
    pub freight: Option<FreightRule>,
}

/// What ocean carriage costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FreightRule {
    /// The slot's share of charter, fuel and tolls, times the carrier's overhead.
    Derived,
    /// The published rate of each service that has one; the derived cost of the others.
    Published,
}

/// A plausible "before".
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaselineSpec {
    /// Identifier.
    pub id: Located<String>,
    /// Title for people.
    pub title: String,
    /// What this baseline assumes about the world.
    pub description: String,
    /// The atlas is read as of this day.
    pub date: Located<Day>,
    /// Which services take goods at which ports; all at all, if absent.
    pub services: Option<ServiceChoice>,
    /// Changes that belong to the baseline.
    #[serde(default)]
    pub change: Vec<Located<ChangeSpec>>,
}

/// Which services take goods at some ports in a baseline. The others sail past them; at other
/// ports they take goods as ever.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceChoice {
    /// Ports that the choice concerns.
    pub calling_at: Vec<Located<String>>,
    /// Services of these kinds take goods there.
    pub kinds: Vec<Located<String>>,
    /// These take no goods there, whatever their kind.
    #[serde(default)]
    pub except: Vec<Located<String>>,
    /// Containers may change ships at these ports only; at all ports, if absent.
    pub transship_at: Option<Vec<Located<String>>>,
}

/// A named list of changes.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioSpec {
    /// Identifier.
    pub id: Located<String>,
    /// Title for people.
    pub title: String,
    /// What happens, in a sentence.
    pub description: String,
    /// The day on which the changed world is looked at; the latest start, if absent.
    pub on: Option<Located<Day>>,
    /// A scenario further up, all of whose changes are made here as well, before those that follow.
    pub with: Option<Located<String>>,
    /// The changes.
    #[serde(default)]
    pub change: Vec<Located<ChangeSpec>>,
}

/// A journey that is followed from door to door.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FlowSpec {
    /// Identifier.
    pub id: Located<String>,
    /// Origin: a place of the atlas or a UN/LOCODE.
    pub origin: Located<String>,
    /// Destination: a place of the atlas or a UN/LOCODE.
    pub destination: Located<String>,
    /// Commodity of the atlas.
    pub commodity: Located<String>,
}
