//! `surge`: more or fewer come, by dated steps.

use schemars::JsonSchema;
use serde::Deserialize;

use super::disruption::Effect;
use super::stepped::{self, Time};
use super::{Resolved, Site, target};
use crate::study::{Located, Moment, Quantity, StudyFault};

/// More or fewer come, by dated steps.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SurgeSpec {
    /// `flow/id` of the simulation.
    pub target: Located<String>,
    /// Arrivals from each moment on.
    pub arrivals: Located<Vec<ArrivalStepSpec>>,
    /// Last day or moment; the last step stays, if absent.
    pub end: Option<Located<Moment>>,
}

/// Arrivals from a moment on.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArrivalStepSpec {
    /// From when on.
    pub from: Located<Moment>,
    /// How many times as many as otherwise.
    pub times: Located<Quantity>,
}

pub(super) fn resolve(spec: &SurgeSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let (kind, id) = target::split(site, &spec.target, &["flow"])?;
    let name = target::simulated(site, &spec.target, kind, id)?;
    let first = stepped::first(
        site,
        &spec.arrivals,
        "arrivals = [{ from = \"2021-06-01\", times = 1.2 }]",
    )?;
    let steps = spec.arrivals.iter().map(|step| (&step.from, &step.times));
    let label = format!("arrivals of {name} over those otherwise");
    let steps = site.steps(steps, "times", &label, "1", 1000.0)?;
    let list: Vec<String> = steps
        .iter()
        .map(|(_, times)| format!("{}", times.mid()))
        .collect();
    let effect = format!("{name} come {} times as many", list.join(", "));
    let time = Time {
        start: &first.from,
        end: spec.end.as_ref(),
        announced: None,
    };
    stepped::resolved(
        site,
        "surge",
        &spec.target,
        &effect,
        time,
        Effect::Arrivals(steps),
    )
}
