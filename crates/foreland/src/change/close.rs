//! `close`: a terminal, passage, service or port closes.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Apply, Resolved, Site, target};
use crate::study::{Day, Located, StudyFault};

/// A terminal, passage, service or port closes.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseSpec {
    /// `terminal/id`, `passage/id`, `service/id` or `port/UNLOCODE`.
    pub target: Located<String>,
    /// First day.
    pub start: Located<Day>,
    /// Last day; stays closed, if absent.
    pub end: Option<Located<Day>>,
}

type Effect = (String, Apply);

pub(super) fn resolve(spec: &CloseSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let kinds = ["terminal", "passage", "service", "port"];
    let (kind, id) = target::split(site, &spec.target, &kinds)?;
    let (effect, apply): Effect = match kind {
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
        _ => port(spec, site, id)?,
    };
    Ok(Resolved {
        kind: "close",
        target: spec.target.get().clone(),
        start: spec.start.0,
        end: spec.end.as_ref().map(|end| end.0),
        effect,
        replaces: Vec::new(),
        apply,
    })
}

fn passage(spec: &CloseSpec, site: &Site<'_>, id: &str) -> Result<Effect, Vec<StudyFault>> {
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

fn port(spec: &CloseSpec, site: &Site<'_>, id: &str) -> Result<Effect, Vec<StudyFault>> {
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
