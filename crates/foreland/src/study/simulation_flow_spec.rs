//! Flows of the section `[simulation]`: who comes, what they pass, how they decide.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Located, Moment, Quantity};

/// A stream of like ships, trucks or trains.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulatedFlowSpec {
    /// Identifier.
    pub id: Located<String>,
    /// Title for people.
    pub title: String,
    /// What of the atlas it stands for, such as `service/id`: a change that closes it stops the flow.
    pub target: Option<Located<String>>,
    /// What one is, in the plural: `ships`, `trucks`.
    pub unit: String,
    /// Arrivals in 24 hours, in `unit`.
    pub per_day: Located<Quantity>,
    /// Dated arrivals instead, from each moment on; before the first, `per_day`.
    #[serde(default)]
    pub rate: Vec<DatedRateSpec>,
    /// How they come.
    #[serde(default)]
    pub process: ArrivalProcess,
    /// How many of `unit` move as one, such as a lot of 20 trucks; 1, if absent.
    #[schemars(range(min = 1))]
    pub lot: Option<Located<u32>>,
    /// Class where stations serve by class; 0 (booked) is served first.
    #[serde(default)]
    pub class: u8,
    /// Draught of each, m: spread between the ends of the range, where stations have a limit. None, if
    /// absent.
    pub draught_m: Option<Located<Quantity>>,
    /// What each carries.
    #[serde(default)]
    pub cargo: Vec<CargoSpec>,
    /// What a day of delay costs, each of `unit`, by payer.
    #[serde(default)]
    pub day_cost: Vec<DayCostSpec>,
    /// Emissions of a day of delay, each of `unit`, t CO2e (well-to-wake).
    pub day_wtw_t: Option<Located<Quantity>>,
    /// What they pass, in order.
    pub visit: Vec<VisitSpec>,
}

/// Arrivals from a moment on.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatedRateSpec {
    /// From when on.
    pub from: Located<Moment>,
    /// Arrivals in 24 hours.
    pub per_day: Located<Quantity>,
}

/// How arrivals follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArrivalProcess {
    /// Independently of each other.
    #[default]
    Poisson,
    /// With intervals of an Erlang-2 distribution.
    Erlang2,
    /// At fixed intervals.
    Regular,
}

/// Goods aboard.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CargoSpec {
    /// Commodity of commodities.csv.
    pub goods: Located<String>,
    /// Mass on each of the flow's `unit`, t.
    pub t: Located<Quantity>,
    /// Boxes on each of the flow's `unit`, TEU.
    pub teu: Option<Located<Quantity>>,
    /// How it spoils; not at all, if absent.
    pub decay: Option<DecaySpec>,
    /// Share of the value that is lost when the sale is given up; 0.5 to 1 around 1, if absent.
    pub given_up_share: Option<Located<Quantity>>,
}

/// How goods spoil while they wait.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecaySpec {
    /// Days of delay without loss.
    pub free_d: Located<Quantity>,
    /// Share of the value lost a day thereafter, %.
    pub pct_per_day: Located<Quantity>,
}

/// What a day costs, and whom.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DayCostSpec {
    /// Who pays: `carrier`, `shipper`, `haulier`, …
    pub payer: String,
    /// USD a day, each of the flow's `unit`.
    pub usd: Located<Quantity>,
}

/// A station that the flow passes.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VisitSpec {
    /// Station.
    pub station: Located<String>,
    /// Other stations that do as well: each goes where it expects to be through first.
    #[serde(default)]
    pub or: Vec<AlternativeSpec>,
    /// Travel before it, h; none, if absent.
    pub before_h: Option<Located<Quantity>>,
    /// Time in it, h: a station with servers is held so long. None, if absent (slots only).
    pub stay_h: Option<Located<Quantity>>,
    /// How the time in it spreads around its mean.
    #[serde(default)]
    pub stay_law: StayLaw,
    /// What is done rather than waiting; all wait, if absent. At most one rule for the
    /// arrival (`expected_over_h` or `queue_over`), one for the wait (`waited_h`) and one for those
    /// that are too deep (`too_deep`).
    #[serde(default)]
    pub rule: Vec<Located<RuleSpec>>,
    /// Share of those who come that decide by the rules, the others wait; 1, if absent.
    pub deciding_share: Option<Located<Quantity>>,
}

/// Another station that does as well.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlternativeSpec {
    /// Station.
    pub station: Located<String>,
    /// Time by which this way is longer, h.
    pub extra_h: Located<Quantity>,
}

/// How a time spreads around its mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StayLaw {
    /// Always the mean.
    #[default]
    Fixed,
    /// Erlang-2, as ships at berth (PIANC).
    Erlang2,
    /// Exponential.
    Exponential,
}

/// What actors do rather than wait.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSpec {
    /// When.
    pub when: RuleWhen,
    /// What.
    pub act: RuleAct,
    /// Whether each has a patience of its own, spread over the range of `expected_over_h` or
    /// `waited_h`; one for all in a run, if absent.
    #[serde(default)]
    pub each_its_own: bool,
}

/// When a rule applies.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RuleWhen {
    /// On arrival, if the wait that can be expected is longer than this, h. The expectation counts
    /// who is served before, and capacity over time as it is known, announced or believed.
    ExpectedOverH(Located<Quantity>),
    /// After waiting so long, h.
    WaitedH(Located<Quantity>),
    /// On arrival, if so many wait already.
    QueueOver(Located<u32>),
    /// On arrival, if the draught is more than the station allows.
    TooDeep,
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum RuleAct {
    /// Goes another way and leaves the simulation, such as round the Cape.
    Reroute(OtherWaySpec),
    /// Calls at another station instead, such as another port, and goes on from there.
    Divert(DivertSpec),
    /// Takes a slot of another class, such as one from an auction.
    Rebook(RebookSpec),
    /// Leaves cargo behind, which goes another way, and passes the same station.
    Lighten(LightenSpec),
    /// Stays where it is and tries again.
    Hold(HoldSpec),
    /// Gives up the sale or voyage.
    GiveUp(GiveUpSpec),
}

/// Another way.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherWaySpec {
    /// A station that counts those who take it, such as a cape; none, if absent.
    pub through: Option<Located<String>>,
    /// Time by which it is longer, h.
    pub extra_h: Located<Quantity>,
    /// What it costs more, each of the flow's `unit`, USD.
    pub extra_usd: Option<Located<Quantity>>,
    /// Who pays that; `carrier`, if absent.
    pub payer: Option<String>,
    /// What it emits more, each of the flow's `unit`, t CO2e (well-to-wake).
    pub extra_wtw_t: Option<Located<Quantity>>,
}

/// Another station instead.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DivertSpec {
    /// The station.
    pub to: Located<String>,
    /// Time to get there, h.
    pub extra_h: Located<Quantity>,
    /// What it costs more, each of the flow's `unit`, USD.
    pub extra_usd: Option<Located<Quantity>>,
    /// Who pays that; `carrier`, if absent.
    pub payer: Option<String>,
    /// What it emits more, each of the flow's `unit`, t CO2e (well-to-wake).
    pub extra_wtw_t: Option<Located<Quantity>>,
}

/// A slot of another class.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RebookSpec {
    /// The class; 0 (booked) is served first.
    pub class: u8,
    /// What the slot costs, each of the flow's `unit`, USD.
    pub extra_usd: Option<Located<Quantity>>,
    /// Who pays that; `carrier`, if absent.
    pub payer: Option<String>,
}

/// Passing with less cargo.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LightenSpec {
    /// Time that it takes, h.
    pub extra_h: Located<Quantity>,
    /// What it costs more, each of the flow's `unit`, USD: handling, and the other way of the cargo.
    pub extra_usd: Option<Located<Quantity>>,
    /// Who pays that; `carrier`, if absent.
    pub payer: Option<String>,
    /// What it emits more, each of the flow's `unit`, t CO2e (well-to-wake).
    pub extra_wtw_t: Option<Located<Quantity>>,
}

/// Waiting elsewhere.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldSpec {
    /// Time until the next try, h.
    pub retry_h: Located<Quantity>,
}

/// Giving up.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GiveUpSpec {}
