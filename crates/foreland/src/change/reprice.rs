//! `reprice`: something costs more or less.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Resolved, Site, add_param, checked_range, target};
use crate::param::Param;
use crate::study::{Day, Located, StudyFault};
use crate::world::World;

/// Something costs more or less.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RepriceSpec {
    /// `port/UNLOCODE` (handling), `border/id`, `passage/id` (toll), `service/id`, `link/id`,
    /// `fuel/id` or `vessel/id` (charter rate).
    pub target: Located<String>,
    /// First day.
    pub start: Located<Day>,
    /// Last day; stays, if absent.
    pub end: Option<Located<Day>>,
    /// Factor on the price: low, most plausible, high.
    pub factor: Located<[f64; 3]>,
}

pub(super) fn resolve(spec: &RepriceSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let kinds = [
        "port", "border", "passage", "service", "link", "fuel", "vessel",
    ];
    let (kind, id) = target::split(site, &spec.target, &kinds)?;
    let range = checked_range(site, &spec.factor, 0.0, "times the price")?;
    if range == [1.0, 1.0, 1.0] {
        return Err(vec![site.text.fault(
            spec.factor.span(),
            "a factor of 1 changes nothing",
            Some("state the factor, or remove the change".to_owned()),
        )]);
    }
    let (name, add) = place(spec, site, kind, id)?;
    let param = site.param("factor", format!("price of {name}"), range, "1");
    Ok(Resolved {
        kind: "reprice",
        target: spec.target.get().clone(),
        start: spec.start.0,
        end: spec.end.as_ref().map(|end| end.0),
        effect: format!(
            "{name} costs {} times as much ({}–{})",
            range[1], range[0], range[2]
        ),
        replaces: Vec::new(),
        disruption: None,
        apply: Box::new(move |world| add(world, &param)),
    })
}

type Place = (String, Box<dyn Fn(&mut World, &Param) + Send + Sync>);

fn place(
    spec: &RepriceSpec,
    site: &Site<'_>,
    kind: &str,
    id: &str,
) -> Result<Place, Vec<StudyFault>> {
    let world = site.world;
    let owned = id.to_owned();
    Ok(match kind {
        "port" => {
            let ix = target::port(site, &spec.target, id)?;
            (
                format!("handling in {}", world.port_at(ix).name),
                Box::new(move |world, param| {
                    let factor = add_param(world, param);
                    world.ports[ix.index()].price_factors.push(factor);
                }),
            )
        }
        "border" => {
            let ix = target::border(site, &spec.target, id)?;
            (
                format!("the border at {}", world.land.nodes[ix.index()].name),
                Box::new(move |world, param| {
                    let factor = add_param(world, param);
                    if let Some(border) = &mut world.land.nodes[ix.index()].border {
                        border.price_factors.push(factor);
                    }
                }),
            )
        }
        "passage" => {
            let found = target::passages(site, &spec.target, id)?;
            if found.iter().all(|&ix| world.passages[ix].toll.is_none()) {
                return Err(site.fault(
                    &spec.target,
                    format!("passage `{id}` has no toll; the change changes nothing"),
                    "give it a toll rule in passages.csv, or remove the change",
                ));
            }
            (
                format!("the toll of {}", world.passages[found[0]].name),
                Box::new(move |world, param| {
                    let factor = add_param(world, param);
                    for &ix in &found {
                        world.passages[ix].price_factors.push(factor);
                    }
                }),
            )
        }
        "service" => {
            let ix = target::service(site, &spec.target, id)?;
            (
                format!("carriage on {}", world.services[ix.index()].name),
                Box::new(move |world, param| {
                    let factor = add_param(world, param);
                    for service in world.services.iter_mut().filter(|s| s.id == owned) {
                        service.price_factors.push(factor);
                    }
                }),
            )
        }
        "link" => {
            let ix = target::link(site, &spec.target, id)?;
            (
                format!("carriage on link {id}"),
                Box::new(move |world, param| {
                    let factor = add_param(world, param);
                    world.land.links[ix].price_factors.push(factor);
                }),
            )
        }
        "fuel" => {
            let fuels = || world.vessels.iter().map(|v| v.fuel.id.as_str());
            if !fuels().any(|fuel| fuel == id) {
                return Err(target::unknown(site, &spec.target, "fuel in use", fuels()));
            }
            (
                format!("fuel {id}"),
                Box::new(move |world, param| {
                    let factor = add_param(world, param);
                    for vessel in world.vessels.iter_mut().filter(|v| v.fuel.id == owned) {
                        vessel.fuel.price_factors.push(factor);
                    }
                }),
            )
        }
        _ => {
            let Some(vessel) = world.vessel(id) else {
                let ids = world.vessels.iter().map(|v| v.id.as_str());
                return Err(target::unknown(site, &spec.target, "vessel class", ids));
            };
            (
                format!("the charter of {}", vessel.name),
                Box::new(move |world, param| {
                    let factor = add_param(world, param);
                    for vessel in world.vessels.iter_mut().filter(|v| v.id == owned) {
                        vessel.price_factors.push(factor);
                    }
                }),
            )
        }
    })
}
