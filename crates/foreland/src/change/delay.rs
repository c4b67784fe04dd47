//! `delay`: something takes longer.

use schemars::JsonSchema;
use serde::Deserialize;

use super::disruption::{Effect, Span};
use super::{Resolved, Site, add_param, checked_range, target};
use crate::param::Param;
use crate::study::{Located, Moment, StudyFault, Value};
use crate::world::World;

/// Something takes longer.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DelaySpec {
    /// `port/UNLOCODE`, `border/id`, `passage/id`, `service/id`, `link/id` or `station/id`.
    pub target: Located<String>,
    /// First day or moment.
    pub start: Located<Moment>,
    /// Last day or moment; stays, if absent.
    pub end: Option<Located<Moment>>,
    /// Extra hours: low, most plausible, high.
    pub hours: Located<[f64; 3]>,
}

pub(super) fn resolve(spec: &DelaySpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let kinds = ["port", "border", "passage", "service", "link", "station"];
    let (kind, id) = target::split(site, &spec.target, &kinds)?;
    let range = checked_range(site, &spec.hours, 0.0, "h")?;
    if range[2] == 0.0 {
        return Err(vec![site.text.fault(
            spec.hours.span(),
            "a delay of no hours changes nothing",
            Some("state the hours, or remove the change".to_owned()),
        )]);
    }
    let (name, add) = place(spec, site, kind, id)?;
    let param = site.param("hours", format!("delay at {name}"), range, "h");
    let effect = format!(
        "{name} takes {} h longer ({}–{} h)",
        range[1], range[0], range[2]
    );
    let span = Span {
        start: &spec.start,
        end: spec.end.as_ref(),
        unknown: None,
        announced: None,
    };
    let longer = Effect::Longer(Value::of_param(param.clone()));
    let disruption = site.disruption("delay", &spec.target, &effect, span, longer)?;
    Ok(Resolved {
        kind: "delay",
        target: spec.target.get().clone(),
        start: spec.start.date(),
        end: spec.end.as_ref().map(|end| end.date()),
        effect,
        replaces: Vec::new(),
        disruption: Some(disruption),
        apply: Box::new(move |world| add(world, &param)),
    })
}

type Place = (String, Box<dyn Fn(&mut World, &Param) + Send + Sync>);

fn place(
    spec: &DelaySpec,
    site: &Site<'_>,
    kind: &str,
    id: &str,
) -> Result<Place, Vec<StudyFault>> {
    let world = site.world;
    Ok(match kind {
        "port" => {
            let ix = target::port(site, &spec.target, id)?;
            (
                format!("handling in {}", world.port_at(ix).name),
                Box::new(move |world, param| {
                    let hours = add_param(world, param);
                    world.ports[ix.index()].delays_h.push(hours);
                }),
            )
        }
        "border" => {
            let ix = target::border(site, &spec.target, id)?;
            (
                format!("the border at {}", world.land.nodes[ix.index()].name),
                Box::new(move |world, param| {
                    let hours = add_param(world, param);
                    if let Some(border) = &mut world.land.nodes[ix.index()].border {
                        border.delays_h.push(hours);
                    }
                }),
            )
        }
        "station" => (
            target::simulated(site, &spec.target, kind, id)?,
            Box::new(|_, _| {}),
        ),
        "passage" => {
            let found = target::passages(site, &spec.target, id)?;
            (
                format!("the queue at {}", world.passages[found[0]].name),
                Box::new(move |world, param| {
                    let hours = add_param(world, param);
                    for &ix in &found {
                        world.passages[ix].delays_h.push(hours);
                    }
                }),
            )
        }
        "service" => {
            let ix = target::service(site, &spec.target, id)?;
            let id = id.to_owned();
            (
                format!("the wait for service {}", world.services[ix.index()].name),
                Box::new(move |world, param| {
                    let hours = add_param(world, param);
                    for service in world.services.iter_mut().filter(|s| s.id == id) {
                        service.delays_h.push(hours);
                    }
                }),
            )
        }
        _ => {
            let ix = target::link(site, &spec.target, id)?;
            (
                format!("link {id}"),
                Box::new(move |world, param| {
                    let hours = add_param(world, param);
                    world.land.links[ix].delays_h.push(hours);
                }),
            )
        }
    })
}
