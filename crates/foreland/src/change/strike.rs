//! `strike`: workers stop, all or a part of them.

use schemars::JsonSchema;
use serde::Deserialize;

use super::disruption::{Effect, Span, UnknownEndSpec, open_hours};
use super::{Resolved, Site, target};
use crate::study::{Located, Moment, Quantity, StudyFault, Value};

/// Workers stop, all or a part of them.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StrikeSpec {
    /// `terminal/id`, `port/UNLOCODE`, `country/PE`, `sector/road` (all simulated stations of a
    /// kind), `link/id` or `station/id`.
    pub target: Located<String>,
    /// First day or moment.
    pub start: Located<Moment>,
    /// Last day or moment; goes on, if absent.
    pub end: Option<Located<Moment>>,
    /// The end is not known to those who decide.
    pub end_unknown: Option<UnknownEndSpec>,
    /// From when on those who decide reckon with it; only once it has begun, if absent.
    pub announced: Option<Located<Moment>>,
    /// Share of the work that stops, 0 to 1; all, if absent.
    pub share: Option<Located<Quantity>>,
    /// Hours of the day in which work goes on all the same.
    pub open_hours: Option<Located<[f64; 2]>>,
}

/// Targets of changes that take away capacity.
const KINDS: [&str; 7] = [
    "terminal", "port", "country", "sector", "link", "border", "station",
];

pub(super) fn resolve(spec: &StrikeSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let (kind, id) = target::split(site, &spec.target, &KINDS)?;
    let name = target::simulated(site, &spec.target, kind, id)?;
    let (part, share) = left(site, &spec.share, &format!("share of {name} on strike"))?;
    let effect = format!("{} at {name}", in_words("strike", share));
    let disruption = site.disruption(
        "strike",
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
            work_stops: true,
        },
    )?;
    let closes = (kind == "port" && share >= 1.0).then(|| id.to_owned());
    Ok(Resolved::over_time(
        disruption,
        spec.start.date(),
        spec.end.as_ref().map(|end| end.date()),
        move |world| {
            if let Some(port) = closes.as_ref().and_then(|id| world.port(id)) {
                world.ports[port.index()].closed = true;
            }
        },
    ))
}

/// What is left of the capacity when a share is gone, and the most plausible share.
pub(super) fn left(
    site: &Site<'_>,
    share: &Option<Located<Quantity>>,
    label: &str,
) -> Result<(Value, f64), Vec<StudyFault>> {
    let Some(quantity) = share else {
        return Ok((Value::exact(&format!("{}/left", site.id), 0.0, "1"), 1.0));
    };
    let share = site.value(quantity, "share", label.to_owned(), "1", 1.0)?;
    let mid = share.mid();
    if share.param.range.high * share.times == 0.0 {
        return Err(vec![site.text.fault(
            quantity.span(),
            "a share of nothing changes nothing",
            Some("state the share, or remove the change".to_owned()),
        )]);
    }
    Ok((share.rest_of_one(), mid))
}

/// `strike`, `strike of 40 %`.
pub(super) fn in_words(what: &str, share: f64) -> String {
    if share >= 1.0 {
        what.to_owned()
    } else {
        format!("{what} of {:.0} %", share * 100.0)
    }
}
