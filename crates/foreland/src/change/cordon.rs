//! `cordon`: security closes a place, all of it or a part.

use schemars::JsonSchema;
use serde::Deserialize;

use super::disruption::{Effect, Span, UnknownEndSpec, open_hours};
use super::strike::{in_words, left};
use super::{Resolved, Site, target};
use crate::study::{Located, Moment, Quantity, StudyFault};

/// Security closes a place: for a summit, a visit, an alarm.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CordonSpec {
    /// `link/id`, `port/UNLOCODE`, `terminal/id`, `border/id` or `station/id`.
    pub target: Located<String>,
    /// First day or moment.
    pub start: Located<Moment>,
    /// Last day or moment; stays, if absent.
    pub end: Option<Located<Moment>>,
    /// The end is not known to those who decide.
    pub end_unknown: Option<UnknownEndSpec>,
    /// From when on those who decide reckon with it; only once it has begun, if absent.
    pub announced: Option<Located<Moment>>,
    /// Share of the capacity that is closed, 0 to 1; all, if absent.
    pub share: Option<Located<Quantity>>,
    /// Hours of the day in which it is open all the same.
    pub open_hours: Option<Located<[f64; 2]>>,
}

pub(super) fn resolve(spec: &CordonSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let kinds = ["link", "port", "terminal", "border", "station"];
    let (kind, id) = target::split(site, &spec.target, &kinds)?;
    let name = target::simulated(site, &spec.target, kind, id)?;
    let (part, share) = left(
        site,
        &spec.share,
        &format!("share of {name} closed by security"),
    )?;
    let effect = format!("{} at {name}", in_words("security closure", share));
    let disruption = site.disruption(
        "cordon",
        &spec.target,
        &effect,
        Span {
            start: &spec.start,
            end: spec.end.as_ref(),
            unknown: spec.end_unknown.as_ref(),
            announced: spec.announced.as_ref(),
        },
        Effect::Part {
            part,
            open_hours: open_hours(site, &spec.open_hours)?,
            work_stops: false,
        },
    )?;
    Ok(Resolved::over_time(
        disruption,
        spec.start.date(),
        spec.end.as_ref().map(|end| end.date()),
        |_| {},
    ))
}
