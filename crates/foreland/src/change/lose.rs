//! `lose`: berths or cranes are lost.

use schemars::JsonSchema;
use serde::Deserialize;

use super::disruption::{Effect, Span, UnknownEndSpec};
use super::{Resolved, Site, target};
use crate::study::{Located, Moment, Quantity, StudyFault};

/// Berths, cranes or lanes are lost.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoseSpec {
    /// `terminal/id`, `port/UNLOCODE` or `station/id`.
    pub target: Located<String>,
    /// First day or moment.
    pub start: Located<Moment>,
    /// Last day or moment; stays lost, if absent.
    pub end: Option<Located<Moment>>,
    /// The end is not known to those who decide.
    pub end_unknown: Option<UnknownEndSpec>,
    /// From when on those who decide reckon with it; only once it has begun, if absent.
    pub announced: Option<Located<Moment>>,
    /// How many: servers of the station, or slots a day.
    pub units: Located<Quantity>,
}

pub(super) fn resolve(spec: &LoseSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let (kind, id) = target::split(site, &spec.target, &["terminal", "port", "station"])?;
    let name = target::simulated(site, &spec.target, kind, id)?;
    let label = format!("units lost at {name}");
    let units = site.value(&spec.units, "units", label, "1", f64::INFINITY)?;
    if units.mid() == 0.0 {
        return Err(vec![site.text.fault(
            spec.units.span(),
            "no unit is lost: the change changes nothing",
            Some("state how many, or remove the change".to_owned()),
        )]);
    }
    let effect = format!("{} units of {name} are lost", units.mid());
    let disruption = site.disruption(
        "lose",
        &spec.target,
        &effect,
        Span {
            start: &spec.start,
            end: spec.end.as_ref(),
            unknown: spec.end_unknown.as_ref(),
            announced: spec.announced.as_ref(),
        },
        Effect::UnitsLost(units),
    )?;
    Ok(Resolved::over_time(
        disruption,
        spec.start.date(),
        spec.end.as_ref().map(|end| end.date()),
        |_| {},
    ))
}
