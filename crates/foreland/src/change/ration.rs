//! `ration`: a canal gives out fewer slots, or takes less draught, by dated steps.

use schemars::JsonSchema;
use serde::Deserialize;

use super::disruption::Effect;
use super::stepped::{self, Time};
use super::{Resolved, Site, target};
use crate::study::{Located, Moment, Quantity, StudyFault};

/// A canal or another station gives out fewer or more slots, or takes less draught, by dated steps.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RationSpec {
    /// `passage/id` or `station/id`.
    pub target: Located<String>,
    /// Slots from each moment on; as ever, if absent.
    pub slots: Option<Located<Vec<SlotStepSpec>>>,
    /// Most draught from each moment on; as ever, if absent.
    pub draught: Option<Located<Vec<DraughtStepSpec>>>,
    /// Last day or moment; the last step stays, if absent.
    pub end: Option<Located<Moment>>,
    /// From when on those who decide reckon with all steps; with each once it has begun, if absent.
    pub announced: Option<Located<Moment>>,
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

/// Draught from a moment on.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DraughtStepSpec {
    /// From when on.
    pub from: Located<Moment>,
    /// Most draught, m.
    pub m: Located<Quantity>,
}

pub(super) fn resolve(spec: &RationSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let (kind, id) = target::split(site, &spec.target, &["passage", "station"])?;
    let name = target::simulated(site, &spec.target, kind, id)?;
    let (mut starts, mut told) = (Vec::new(), Vec::new());
    let (mut slots, mut draught_m) = (Vec::new(), Vec::new());
    if let Some(steps) = &spec.slots {
        let example = "slots = [{ from = \"2023-11-03\", per_day = 25 }]";
        starts.push(&stepped::first(site, steps, example)?.from);
        let steps = steps.iter().map(|step| (&step.from, &step.per_day));
        let label = format!("slots a day of {name}");
        slots = site.steps(steps, "slots", &label, "1/day", f64::INFINITY)?;
        told.push(format!("gives out {} slots a day", list(&slots)));
    }
    if let Some(steps) = &spec.draught {
        let example = "draught = [{ from = \"2023-07-19\", m = 13.4 }]";
        starts.push(&stepped::first(site, steps, example)?.from);
        let steps = steps.iter().map(|step| (&step.from, &step.m));
        let label = format!("most draught in {name}");
        draught_m = site.steps(steps, "draught", &label, "m", 100.0)?;
        told.push(format!("takes ships of up to {} m", list(&draught_m)));
    }
    let Some(start) = starts.into_iter().min_by_key(|start| start.begin()) else {
        return Err(site.fault(
            &spec.target,
            "neither slots nor draught are rationed: the change changes nothing",
            "give `slots`, `draught` or both",
        ));
    };
    let effect = format!("{name} {}", told.join(" and "));
    let time = Time {
        start,
        end: spec.end.as_ref(),
        announced: spec.announced.as_ref(),
    };
    let ration = Effect::Ration { slots, draught_m };
    stepped::resolved(site, "ration", &spec.target, &effect, time, ration)
}

/// The most plausible values of steps, one after the other.
fn list(steps: &[(jiff::civil::DateTime, crate::study::Value)]) -> String {
    let shown: Vec<String> = steps
        .iter()
        .map(|(_, value)| value.mid().to_string())
        .collect();
    shown.join(", ")
}
