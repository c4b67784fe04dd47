//! `avoid`: a share of those who come stays away and goes another way.

use schemars::JsonSchema;
use serde::Deserialize;

use super::disruption::Effect;
use super::stepped::{self, Time};
use super::{Resolved, Site, target};
use crate::study::{Located, Moment, OtherWaySpec, Quantity, StudyFault};

/// A share of those who come stays away from a station and goes another way: for danger, for
/// insurance, by order of their owners.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AvoidSpec {
    /// `passage/id` or `station/id`.
    pub target: Located<String>,
    /// Share that stays away from each moment on.
    pub share: Located<Vec<ShareStepSpec>>,
    /// Flows that do so; all that pass it, if absent.
    pub flows: Option<Vec<Located<String>>>,
    /// The other way.
    pub by: OtherWaySpec,
    /// Last day or moment; the last step stays, if absent.
    pub end: Option<Located<Moment>>,
}

/// A share from a moment on.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareStepSpec {
    /// From when on.
    pub from: Located<Moment>,
    /// The share, 0 to 1.
    pub share: Located<Quantity>,
}

pub(super) fn resolve(spec: &AvoidSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let (kind, id) = target::split(site, &spec.target, &["passage", "station"])?;
    let name = target::simulated(site, &spec.target, kind, id)?;
    let first = stepped::first(
        site,
        &spec.share,
        "share = [{ from = \"2023-12-16\", share = 0.3 }]",
    )?;
    for flow in spec.flows.iter().flatten() {
        target::simulated(site, flow, "flow", flow.get())?;
    }
    let steps = spec.share.iter().map(|step| (&step.from, &step.share));
    let label = format!("share that avoids {name}");
    let share = site.steps(steps, "share", &label, "1", 1.0)?;
    let list: Vec<String> = share
        .iter()
        .map(|(_, share)| format!("{:.0} %", share.mid() * 100.0))
        .collect();
    let effect = format!("{} of those who come avoid {name}", list.join(", "));
    let by = site.other_way(&spec.by)?;
    let flows = spec.flows.as_ref();
    let time = Time {
        start: &first.from,
        end: spec.end.as_ref(),
        announced: None,
    };
    stepped::resolved(
        site,
        "avoid",
        &spec.target,
        &effect,
        time,
        Effect::Avoid {
            flows: flows.map(|list| list.iter().map(|id| id.get().clone()).collect()),
            share,
            by,
        },
    )
}
