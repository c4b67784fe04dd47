//! `serve`: a liner service of the atlas starts.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Resolved, Site, target};
use crate::study::{Day, Located, StudyFault};
use crate::world::service_of;

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
}

pub(super) fn resolve(spec: &ServeSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let (_, id) = target::split(site, &spec.target, &["service"])?;
    let rows = &site.atlas.services.rows;
    let Some(row) = rows.iter().find(|row| row.id.as_str() == id) else {
        let ids = rows.iter().map(|row| row.id.as_str());
        return Err(target::unknown(site, &spec.target, "service", ids));
    };
    let mut faults = Vec::new();
    if site.world.services.iter().any(|s| s.id == id) {
        faults.extend(site.fault(
            &spec.target,
            format!("service `{id}` runs already; the change changes nothing"),
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
    let Some(service) = service_of(site.atlas, row, &site.world.port_index) else {
        faults.extend(site.fault(
            &spec.target,
            format!("the rotation of `{id}` names a port that the atlas lacks"),
            "run `foreland atlas check`",
        ));
        return Err(faults);
    };
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
        target: spec.target.get().clone(),
        start: spec.start.0,
        end: spec.end.as_ref().map(|end| end.0),
        effect,
        replaces: spec.replaces.iter().map(|r| r.get().clone()).collect(),
        apply: Box::new(move |world| {
            world.services.retain(|s| !replaced.contains(&s.id));
            world.services.push(service.clone());
        }),
    })
}
