//! Outcomes of the section `[simulation]`: what was observed, and what of the simulation it is
//! compared with.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Located, Moment};

/// Something that was observed.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulatedOutcomeSpec {
    /// What was observed, in our words.
    pub statement: String,
    /// Scenario of the section; the undisturbed run, if absent.
    pub scenario: Option<Located<String>>,
    /// The observed figure: `subject/metric` of facts.csv, with its low and high end.
    pub fact: Located<String>,
    /// What the figure is for.
    #[serde(default)]
    pub role: OutcomeRole,
    /// What is computed to compare.
    pub measure: Located<SimulatedMeasure>,
    /// Why the model is off, where it is and the reason is known.
    pub remark: Option<String>,
}

/// What an observed figure is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeRole {
    /// The model is judged by it: within the observed range or ±15 %.
    #[default]
    Exam,
    /// Shown beside the model and not counted, because the model was set by it or by its kin.
    Shown,
}

/// What is computed to compare with an observation. Its unit has to be that of the fact.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SimulatedMeasure {
    /// Number waiting for a station at a moment.
    Waiting {
        /// Station.
        station: Located<String>,
        /// When; the middle of a day.
        at: Located<Moment>,
    },
    /// Most waiting for a station at the same time, in a span of time.
    WaitingMost {
        /// Station.
        station: Located<String>,
        /// From when on.
        from: Located<Moment>,
        /// Until when.
        until: Located<Moment>,
    },
    /// Mean wait for a station of those that got it in a span of time, d.
    WaitD {
        /// Station.
        station: Located<String>,
        /// Only those of this flow; all, if absent.
        flow: Option<Located<String>>,
        /// From when on.
        from: Located<Moment>,
        /// Until when.
        until: Located<Moment>,
    },
    /// The longest wait of those that got a station in a span of time, d.
    WaitLongestD {
        /// Station.
        station: Located<String>,
        /// Only those of this flow; all, if absent.
        flow: Option<Located<String>>,
        /// From when on.
        from: Located<Moment>,
        /// Until when.
        until: Located<Moment>,
    },
    /// Mean number a day that got a station in a span of time.
    PassingPerDay {
        /// Station.
        station: Located<String>,
        /// Only those of this flow; all, if absent.
        flow: Option<Located<String>>,
        /// From when on.
        from: Located<Moment>,
        /// Until when.
        until: Located<Moment>,
    },
    /// Change of that number against the undisturbed run in the same span of time, %.
    PassingChangePct {
        /// Station.
        station: Located<String>,
        /// Only those of this flow; all, if absent.
        flow: Option<Located<String>>,
        /// From when on.
        from: Located<Moment>,
        /// Until when.
        until: Located<Moment>,
    },
    /// Days from the end of the disruption until no more wait for a station than in the undisturbed
    /// run, d.
    BacklogGoneD {
        /// Station; the last of all stations, if absent.
        station: Option<Located<String>>,
        /// From when to count instead; the last minute of a day.
        since: Option<Located<Moment>>,
    },
    /// Days from the end of the disruption until the last of those that waited then has got the
    /// station, d.
    QueueClearedD {
        /// Station.
        station: Located<String>,
    },
    /// Days from the end of the disruption until service is regular again, d.
    RegularAgainD {
        /// From when to count instead; the last minute of a day.
        since: Option<Located<Moment>>,
    },
    /// Number of a flow that went another way, to another station, or gave up.
    TurnedAway {
        /// Flow.
        flow: Located<String>,
    },
    /// A loss against the undisturbed run, M USD.
    LossMUsd {
        /// Which.
        loss: LossKind,
        /// Only those of this flow; all, if absent.
        flow: Option<Located<String>>,
    },
}

/// Kinds of loss in money. They are kept apart and never added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LossKind {
    /// Value of goods that came late.
    ValueDelayed,
    /// Value of goods that spoilt or were not sold.
    ValueLost,
    /// Extra cost of all payers.
    ExtraCost,
}
