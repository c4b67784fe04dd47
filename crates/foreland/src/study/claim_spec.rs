//! Claims and measures as they are written in the study file.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Located;
use super::spec::Day;

/// Something that was said.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimSpec {
    /// Identifier.
    pub id: Located<String>,
    /// Short title.
    pub title: String,
    /// The statement in our own words.
    pub statement: String,
    /// Who said it, or where it stands.
    pub speaker: String,
    /// When it was said.
    pub said_on: Located<Day>,
    /// Where it can be read.
    pub source: String,
    /// Its testable parts.
    pub part: Vec<PartSpec>,
}

/// One testable part of a claim.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartSpec {
    /// Identifier within the claim.
    pub id: Located<String>,
    /// This part of the statement in our own words.
    pub statement: String,
    /// What is measured to test it.
    pub measure: Located<MeasureSpec>,
    /// What the figure has to be.
    pub holds: Option<Located<HoldsSpec>>,
    /// Published figures to show beside ours.
    pub published: Option<PublishedSpec>,
}

/// What the figure has to be for the part to hold. Give `about`, or `up_to`, or one or both of
/// `at_least` and `at_most`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldsSpec {
    /// Within the atlas's `about_tolerance` of this value.
    pub about: Option<f64>,
    /// The upper end of the plausible figures (P95) reaches this value.
    pub up_to: Option<f64>,
    /// Not below this value.
    pub at_least: Option<f64>,
    /// Not above this value.
    pub at_most: Option<f64>,
    /// Unit of the value; must be the measure's.
    pub unit: Located<String>,
}

/// Published figures to show beside ours: rows of the atlas's statements.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedSpec {
    /// Topic of the statements.
    pub topic: Located<String>,
    /// Quantities that are the same as our figure; they are compared with it.
    #[serde(default)]
    pub same: Vec<Located<String>>,
    /// Quantities that belong to the matter; they are shown.
    #[serde(default)]
    pub related: Vec<Located<String>>,
}

/// What a part is tested with.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureSpec {
    /// The largest container ship of the atlas that a port's terminals take, TEU.
    LargestShip(LargestShipSpec),
    /// How many other ports of some countries take a vessel class.
    RivalPorts(RivalPortsSpec),
    /// How much time a scenario saves on the best of some flows, d.
    TimeSaving(TimeSavingSpec),
    /// What a port of loading saves against the best chain without it, USD per unit of cargo.
    PortAdvantage(PortAdvantageSpec),
    /// A partner's share in a flow of trade or investment, %.
    TradeShare(TradeShareSpec),
    /// A partner's trade over another partner's.
    TradeRatio(TradeRatioSpec),
    /// The share of terminals that countries run at each of several places, the least of them, %.
    OperatorShare(OperatorShareSpec),
    /// How far apart two places are, km.
    Distance(DistanceSpec),
    /// The share of destinations that a port is nearer to by sea than its rivals, %.
    NearestShare(NearestShareSpec),
    /// A figure of the atlas's facts.
    PublishedFigure(PublishedFigureSpec),
    /// A figure of the section `[simulation]`, in each of its replications.
    Simulated(SimulatedClaimSpec),
}

/// See [`MeasureSpec::LargestShip`].
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LargestShipSpec {
    /// UN/LOCODE of the port.
    pub port: Located<String>,
    /// How "takes" is read; all of them, if absent.
    #[serde(default)]
    pub readings: Vec<FitReading>,
}

/// How "a terminal takes a ship" is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FitReading {
    /// Length, beam and draught on arrival are within the terminal's limits.
    Dimensions,
    /// Length and draught on arrival are; beam, which few terminals state, is left out.
    LengthAndDraught,
    /// The ship's capacity is within what the terminal stated or took.
    StatedSize,
}

/// See [`MeasureSpec::RivalPorts`].
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RivalPortsSpec {
    /// UN/LOCODE of the port that is compared.
    pub port: Located<String>,
    /// Vessel class.
    pub vessel: Located<String>,
    /// Country codes of the region.
    pub countries: Vec<Located<String>>,
    /// How "takes" is read; all of them, if absent.
    #[serde(default)]
    pub readings: Vec<FitReading>,
}

/// What part of a chain's time counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeScope {
    /// From departure at the port of loading to arrival at the port of discharge.
    PortToPort,
    /// From door to door.
    DoorToDoor,
}

/// By what the best chain is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// Money plus the value of time.
    GeneralisedCost,
    /// Time alone.
    Time,
}

/// See [`MeasureSpec::TimeSaving`].
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeSavingSpec {
    /// Flows; the largest saving among them counts.
    pub flows: Vec<Located<String>>,
    /// Scenario.
    pub scenario: Located<String>,
    /// What part of the time counts.
    pub scope: TimeScope,
    /// By what the best chain is chosen.
    pub choose: Criterion,
    /// Ports of loading in the baseline; all, if absent.
    pub load_before_at: Option<Vec<Located<String>>>,
    /// Ports of loading under the scenario; all, if absent.
    pub load_at: Option<Vec<Located<String>>>,
}

/// See [`MeasureSpec::PortAdvantage`].
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PortAdvantageSpec {
    /// Flow.
    pub flow: Located<String>,
    /// Scenario.
    pub scenario: Located<String>,
    /// UN/LOCODE of the port of loading.
    pub port: Located<String>,
}

/// Flow of trade or investment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TradeFlowSpec {
    /// Goods out.
    Export,
    /// Goods in.
    Import,
    /// Stock of foreign direct investment.
    FdiStock,
}

/// See [`MeasureSpec::TradeShare`].
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TradeShareSpec {
    /// Reporting country.
    pub reporter: Located<String>,
    /// What is counted.
    pub flow: TradeFlowSpec,
    /// Partner country or group.
    pub partner: Located<String>,
    /// Commodities, any of which answers the question: `total`, `copper`, ….
    pub commodities: Vec<Located<String>>,
}

/// See [`MeasureSpec::TradeRatio`].
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TradeRatioSpec {
    /// Reporting country.
    pub reporter: Located<String>,
    /// What is counted.
    pub flow: TradeFlowSpec,
    /// Partner above the line.
    pub partner: Located<String>,
    /// Partner below the line.
    pub rival: Located<String>,
    /// Commodity, or `total`.
    pub commodity: Located<String>,
}

/// How terminals are weighed against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TerminalWeight {
    /// Each counts one.
    Count,
    /// By container capacity.
    Capacity,
    /// Only the one with the largest container capacity counts.
    Largest,
}

/// See [`MeasureSpec::OperatorShare`].
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OperatorShareSpec {
    /// Readings of the places.
    pub places: Vec<PlacesReading>,
    /// Readings of the country: each a list of country codes.
    pub countries: Vec<Vec<Located<String>>>,
    /// Readings of "main": how terminals are weighed.
    pub weights: Vec<TerminalWeight>,
}

/// A reading of which places are meant.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlacesReading {
    /// The reading in words.
    pub title: String,
    /// The places, each as a list of ports by UN/LOCODE.
    pub ends: Vec<Vec<Located<String>>>,
}

/// How a distance is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PathKind {
    /// Straight over the sphere.
    GreatCircle,
    /// By sea.
    Sea,
    /// By road, rail and river.
    Land,
}

/// See [`MeasureSpec::Distance`].
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DistanceSpec {
    /// Place or UN/LOCODE.
    pub from: Located<String>,
    /// Readings of the other end: places or UN/LOCODEs.
    pub to: Vec<Located<String>>,
    /// Readings of the way.
    pub paths: Vec<PathKind>,
}

/// See [`MeasureSpec::NearestShare`].
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NearestShareSpec {
    /// Place or UN/LOCODE.
    pub from: Located<String>,
    /// Places or UN/LOCODEs that compete.
    pub rivals: Vec<Located<String>>,
    /// Destinations.
    pub to: Vec<Located<String>>,
}

/// See [`MeasureSpec::PublishedFigure`].
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishedFigureSpec {
    /// Subject in the facts table.
    pub subject: Located<String>,
    /// Metric in the facts table.
    pub metric: Located<String>,
}

/// See [`MeasureSpec::Simulated`].
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulatedClaimSpec {
    /// Scenario of the section.
    pub scenario: Located<String>,
    /// What is measured.
    pub of: Located<super::SimulatedMeasure>,
}
