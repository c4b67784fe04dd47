//! `close`: a terminal, passage, service or port closes.

use schemars::JsonSchema;
use serde::Deserialize;

use super::disruption::{Effect, Span, UnknownEndSpec};
use super::{Apply, Resolved, Site, target};
use crate::study::{Located, Moment, StudyFault};

/// A terminal, passage, service or port closes.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseSpec {
    /// `terminal/id`, `passage/id`, `service/id`, `port/UNLOCODE` or `station/id`.
    pub target: Located<String>,
    /// First day or moment.
    pub start: Located<Moment>,
    /// Last day or moment; stays closed, if absent.
    pub end: Option<Located<Moment>>,
    /// The end is not known to those who decide.
    pub end_unknown: Option<UnknownEndSpec>,
    /// From when on those who decide reckon with it; only once it has begun, if absent.
    pub announced: Option<Located<Moment>>,
}

type Closing = (String, Apply);

pub(super) fn resolve(spec: &CloseSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let kinds = ["terminal", "passage", "service", "port", "station"];
    let (kind, id) = target::split(site, &spec.target, &kinds)?;
    let (effect, apply): Closing = match kind {
        "terminal" => {
            let ix = target::terminal(site, &spec.target, id)?;
            let id = id.to_owned();
            (
                format!("{} closes", site.world.terminals[ix].name),
                // By identifier: other changes may have moved the index.
                Box::new(move |world| world.terminals.retain(|t| t.id != id)),
            )
        }
        "passage" => passage(spec, site, id)?,
        "service" => {
            let ix = target::service(site, &spec.target, id)?;
            let id = id.to_owned();
            (
                format!("service {} ends", site.world.services[ix.index()].name),
                Box::new(move |world| world.services.retain(|s| s.id != id)),
            )
        }
        "station" => {
            let name = target::simulated(site, &spec.target, kind, id)?;
            (format!("{name} closes"), Box::new(|_| {}))
        }
        _ => port(spec, site, id)?,
    };
    let effect_over_time = if kind == "service" {
        Effect::Arrivals(vec![(spec.start.begin(), site.nothing())])
    } else {
        Effect::Part {
            part: site.nothing(),
            open_hours: None,
            work_stops: false,
        }
    };
    let span = Span {
        start: &spec.start,
        end: spec.end.as_ref(),
        unknown: spec.end_unknown.as_ref(),
        announced: spec.announced.as_ref(),
    };
    let disruption = site.disruption("close", &spec.target, &effect, span, effect_over_time)?;
    Ok(Resolved {
        kind: "close",
        target: spec.target.get().clone(),
        start: spec.start.date(),
        end: spec.end.as_ref().map(|end| end.date()),
        effect,
        replaces: Vec::new(),
        disruption: Some(disruption),
        apply,
    })
}

fn passage(spec: &CloseSpec, site: &Site<'_>, id: &str) -> Result<Closing, Vec<StudyFault>> {
    let found = target::passages(site, &spec.target, id)?;
    if found.iter().all(|&ix| !site.world.passages[ix].open) {
        return Err(site.fault(
            &spec.target,
            format!("passage `{id}` is closed already; the change changes nothing"),
            "remove the change",
        ));
    }
    let name = site.world.passages[found[0]].name.clone();
    Ok((
        format!("{name} closes"),
        Box::new(move |world| {
            for &ix in &found {
                world.passages[ix].open = false;
            }
        }),
    ))
}

fn port(spec: &CloseSpec, site: &Site<'_>, id: &str) -> Result<Closing, Vec<StudyFault>> {
    let ix = target::port(site, &spec.target, id)?;
    let port = site.world.port_at(ix);
    if port.closed {
        return Err(site.fault(
            &spec.target,
            format!("port `{id}` is closed already; the change changes nothing"),
            "remove the change",
        ));
    }
    Ok((
        format!("the port of {} closes", port.name),
        Box::new(move |world| world.ports[ix.index()].closed = true),
    ))
}
