//! `ration`: a canal gives out fewer slots, by dated steps.

use schemars::JsonSchema;
use serde::Deserialize;

use super::disruption::Effect;
use super::stepped::{self, Time};
use super::{Resolved, Site, target};
use crate::study::{Located, Moment, Quantity, StudyFault};

/// A canal or another station gives out fewer or more slots, by dated steps.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RationSpec {
    /// `passage/id` or `station/id`.
    pub target: Located<String>,
    /// Slots from each moment on.
    pub slots: Located<Vec<SlotStepSpec>>,
    /// Last day or moment; the last step stays, if absent.
    pub end: Option<Located<Moment>>,
}

/// Slots from a moment on.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SlotStepSpec {
    /// From when on.
    pub from: Located<Moment>,
    /// Slots in 24 hours (of a station with servers: servers).
    pub per_day: Located<Quantity>,
}

pub(super) fn resolve(spec: &RationSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let (kind, id) = target::split(site, &spec.target, &["passage", "station"])?;
    let name = target::simulated(site, &spec.target, kind, id)?;
    let first = stepped::first(
        site,
        &spec.slots,
        "slots = [{ from = \"2023-11-03\", per_day = 25 }]",
    )?;
    let steps = spec.slots.iter().map(|step| (&step.from, &step.per_day));
    let label = format!("slots a day of {name}");
    let steps = site.steps(steps, "slots", &label, "1/day", f64::INFINITY)?;
    let list: Vec<String> = steps
        .iter()
        .map(|(_, slots)| format!("{}", slots.mid()))
        .collect();
    let effect = format!("{name} gives out {} slots a day", list.join(", "));
    let time = Time {
        start: &first.from,
        end: spec.end.as_ref(),
    };
    stepped::resolved(
        site,
        "ration",
        &spec.target,
        &effect,
        time,
        Effect::Slots(steps),
    )
}
