//! `serve`: a liner service of the atlas starts.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Resolved, Site, target};
use crate::study::{Day, Located, StudyFault};
use crate::world::{Service, service_of};

/// A liner service of the atlas starts.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ServeSpec {
    /// `service/id` of services.csv.
    pub target: Located<String>,
    /// First day.
    pub start: Located<Day>,
    /// Last day; stays, if absent.
    pub end: Option<Located<Day>>,
    /// Services, as `service/id`, that this one takes the place of.
    #[serde(default)]
    pub replaces: Vec<Located<String>>,
    /// The service that starts is a copy under this identifier; the one of the atlas is its model.
    pub copy: Option<Located<String>>,
    /// Calls that a copy moves, as `[from, to]` by UN/LOCODE.
    #[serde(default)]
    pub calls: Vec<Located<[String; 2]>>,
}

pub(super) fn resolve(spec: &ServeSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let (_, id) = target::split(site, &spec.target, &["service"])?;
    let rows = &site.atlas.services.rows;
    let Some(row) = rows.iter().find(|row| row.id.as_str() == id) else {
        let ids = rows.iter().map(|row| row.id.as_str());
        return Err(target::unknown(site, &spec.target, "service", ids));
    };
    let mut faults = Vec::new();
    let named = spec.copy.as_ref().unwrap_or(&spec.target);
    let starts = spec.copy.as_ref().map_or(id, |copy| copy.get());
    if site.world.services.iter().any(|s| s.id == starts) {
        faults.extend(site.fault(
            named,
            format!("service `{starts}` runs already; the change changes nothing"),
            "remove the change, or leave the service out of the baseline",
        ));
    }
    let mut replaced = Vec::new();
    for other in &spec.replaces {
        match target::split(site, other, &["service"]) {
            Ok((_, other_id)) if rows.iter().any(|row| row.id.as_str() == other_id) => {
                replaced.push(other_id.to_owned());
            }
            Ok(_) => {
                let ids = rows.iter().map(|row| row.id.as_str());
                faults.extend(target::unknown(site, other, "service", ids));
            }
            Err(more) => faults.extend(more),
        }
    }
    let Some(mut service) = service_of(site.atlas, row, &site.world.port_index) else {
        faults.extend(site.fault(
            &spec.target,
            format!("the rotation of `{id}` names a port that the atlas lacks"),
            "run `foreland atlas check`",
        ));
        return Err(faults);
    };
    faults.extend(copied(spec, site, &mut service));
    if !faults.is_empty() {
        return Err(faults);
    }
    let ports: Vec<&str> = service
        .calls
        .iter()
        .map(|call| site.world.port_at(call.port).name.as_str())
        .collect();
    let mut effect = format!("service {} starts: {}", service.name, ports.join(" – "));
    if !replaced.is_empty() {
        effect.push_str(&format!("; it replaces {}", replaced.join(", ")));
    }
    Ok(Resolved {
        kind: "serve",
        target: format!("service/{}", service.id),
        start: spec.start.0,
        end: spec.end.as_ref().map(|end| end.0),
        effect,
        replaces: spec.replaces.iter().map(|r| r.get().clone()).collect(),
        disruption: None,
        apply: Box::new(move |world| {
            world.services.retain(|s| !replaced.contains(&s.id));
            world.services.push(service.clone());
        }),
    })
}

/// Turns a service into a copy of itself: another identifier, and calls at other ports.
fn copied(spec: &ServeSpec, site: &Site<'_>, service: &mut Service) -> Vec<StudyFault> {
    let mut faults = Vec::new();
    let Some(copy) = &spec.copy else {
        for moved in &spec.calls {
            faults.push(site.text.fault(
                moved.span(),
                "only a copy can call at other ports than the service of the atlas",
                Some("give the copy an identifier: `copy = \"...\"`".to_owned()),
            ));
        }
        return faults;
    };
    service.id.clone_from(copy.get());
    service.name = format!("{} (copy)", service.name);
    for moved in &spec.calls {
        let [from, to] = moved.get();
        let known = site.world.port(from).zip(site.world.port(to));
        let Some((from_port, to_port)) = known else {
            faults.push(site.text.fault(
                moved.span(),
                format!("the atlas lacks one of the ports `{from}` and `{to}`"),
                Some("give two UN/LOCODEs of ports.csv".to_owned()),
            ));
            continue;
        };
        let mut calls = service
            .calls
            .iter_mut()
            .filter(|c| c.port == from_port)
            .peekable();
        if calls.peek().is_none() {
            faults.push(site.text.fault(
                moved.span(),
                format!("the service does not call at `{from}`"),
                Some("move a call that it makes".to_owned()),
            ));
        }
        calls.for_each(|call| call.port = to_port);
    }
    faults
}
