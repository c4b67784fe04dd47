//! What is kept of a replication.

use serde::{Deserialize, Serialize};

/// A replication: the undisturbed run, and each scenario on the same luck.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Replication {
    /// The undisturbed run, then the scenarios.
    pub(super) runs: Vec<RunRecord>,
    /// What each scenario does.
    pub(super) effects: Vec<EffectRecord>,
    /// The measure of each outcome.
    pub(super) outcomes: Vec<Option<f64>>,
    /// The measure of each claim that asks for one.
    pub(super) claims: Vec<Option<f64>>,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct RunRecord {
    pub(super) stations: Vec<StationRecord>,
    pub(super) flows: Vec<FlowRecord>,
    /// Entities that came and neither left nor are inside: 0.
    pub(super) missing: u64,
    /// Little's law: largest difference as a part.
    pub(super) little_residual: f64,
}

/// A station in a run; counts are those of the flow's unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct StationRecord {
    /// Waiting, at each time of the grid.
    pub(super) queue: Vec<f64>,
    /// Got it since figures count.
    pub(super) served: f64,
    pub(super) wait_h: Option<f64>,
    pub(super) wait_longest_h: Option<f64>,
    pub(super) queue_most: f64,
}

/// A flow in a run; counts are those of its unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct FlowRecord {
    pub(super) came: f64,
    pub(super) finished: f64,
    pub(super) rerouted: f64,
    pub(super) diverted: f64,
    pub(super) rebooked: f64,
    pub(super) lightened: f64,
    pub(super) held: f64,
    pub(super) gave_up: f64,
    pub(super) inside: f64,
    /// Mean wait of those that finished, at all stations together.
    pub(super) wait_h: Option<f64>,
}

/// What a scenario does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct EffectRecord {
    /// When its last disruption ends; none if that is not simulated.
    pub(super) end_h: Option<f64>,
    /// When the backlog of each station is gone; none if not before the horizon.
    pub(super) backlog_gone_h: Vec<Option<f64>>,
    /// When the last of those that are later than is regular has come through; 0 if nobody is, none
    /// if somebody still is at the horizon.
    pub(super) last_late_h: Option<f64>,
    /// By flow.
    pub(super) losses: Vec<LossRecord>,
}

impl EffectRecord {
    /// When the backlog of the last station is gone.
    pub(super) fn all_gone_h(&self) -> Option<f64> {
        let all = self.backlog_gone_h.iter().copied();
        all.reduce(|one, other| Some(one?.max(other?))).flatten()
    }

    /// When service is regular again, not before the end of the disruption.
    pub(super) fn regular_h(&self) -> Option<f64> {
        Some(self.last_late_h?.max(self.end_h?))
    }
}

/// What a flow loses against the undisturbed run. Nothing here is added to anything else.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct LossRecord {
    /// Units that came later than is regular.
    pub(super) delayed: f64,
    /// Days of delay of all units.
    pub(super) delay_d: f64,
    /// Days of delay times mass.
    pub(super) delay_t_d: f64,
    /// Days of delay times boxes.
    pub(super) delay_teu_d: f64,
    /// Mass that came later than is regular.
    pub(super) delayed_t: f64,
    /// Boxes that came later than is regular.
    pub(super) delayed_teu: f64,
    pub(super) value_delayed_usd: f64,
    pub(super) value_lost_usd: f64,
    /// By payer, in the order of the plan's payers.
    pub(super) extra_cost_usd: Vec<f64>,
    pub(super) extra_wtw_t: f64,
}
