//! What a change is aimed at, written `kind/id`: `terminal/chancay-container`, `port/PECHY`.

use super::Site;
use crate::names::closest;
use crate::study::{Located, StudyFault};
use crate::world::{NodeIx, PortIx, ServiceIx, World};

/// A target of a kind that the change allows, split at the slash.
pub(super) fn split<'a>(
    site: &Site<'_>,
    target: &'a Located<String>,
    kinds: &[&str],
) -> Result<(&'a str, &'a str), Vec<StudyFault>> {
    match target.split_once('/') {
        Some((kind, id)) if kinds.contains(&kind) && !id.is_empty() => Ok((kind, id)),
        Some((kind, _)) => Err(site.fault(
            target,
            format!("this change cannot have a `{kind}` as its target"),
            format!("name one of {} as `kind/id`", kinds.join(", ")),
        )),
        None => Err(site.fault(
            target,
            format!("`{}` does not say what it names", target.get()),
            format!("write `kind/id`, where kind is one of {}", kinds.join(", ")),
        )),
    }
}

/// "Not there", with the names that come near.
pub(super) fn unknown<'n>(
    site: &Site<'_>,
    target: &Located<String>,
    what: &str,
    names: impl Iterator<Item = &'n str>,
) -> Vec<StudyFault> {
    let id = target.split_once('/').map_or("", |(_, id)| id);
    let near = closest(id, names, 3);
    let remedy = if near.is_empty() {
        "add it to the atlas or correct the spelling".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    site.fault(target, format!("there is no {what} `{id}`"), remedy)
}

/// The commodity that a barrier to trade hits, `None` for all, if countries and commodity are known.
pub(super) fn trade(
    site: &Site<'_>,
    origin: &Located<String>,
    destination: &Located<String>,
    commodity: &Option<Located<String>>,
) -> Result<Option<String>, Vec<StudyFault>> {
    let mut faults = Vec::new();
    for country in [origin, destination] {
        let code = country.get();
        if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase()) {
            faults.extend(site.fault(
                country,
                format!("`{code}` is not a country code"),
                "give an ISO 3166-1 alpha-2 code, such as PE",
            ));
        }
    }
    if let Some(goods) = commodity
        && site.world.commodity(goods.get()).is_none()
    {
        let ids = site.world.commodities.iter().map(|c| c.id.as_str());
        let near = closest(goods.get(), ids, 3);
        faults.extend(site.fault(
            goods,
            format!("there is no commodity `{}`", goods.get()),
            if near.is_empty() {
                "name one of commodities.csv".to_owned()
            } else {
                format!("did you mean {}?", near.join(", "))
            },
        ));
    }
    if faults.is_empty() {
        Ok(commodity.as_ref().map(|goods| goods.get().clone()))
    } else {
        Err(faults)
    }
}

pub(super) fn port(
    site: &Site<'_>,
    target: &Located<String>,
    id: &str,
) -> Result<PortIx, Vec<StudyFault>> {
    site.world.port(id).ok_or_else(|| {
        let codes = site.world.ports.iter().map(|p| p.unlocode.as_str());
        unknown(site, target, "port", codes)
    })
}

pub(super) fn service(
    site: &Site<'_>,
    target: &Located<String>,
    id: &str,
) -> Result<ServiceIx, Vec<StudyFault>> {
    let running = site.world.services.iter().position(|s| s.id == id);
    match running {
        Some(ix) => Ok(ServiceIx(ix as u32)),
        None => Err(unknown(
            site,
            target,
            "running service",
            site.world.services.iter().map(|s| s.id.as_str()),
        )),
    }
}

/// The passages of an identifier; `panama` names `panama-neopanamax` and `panama-panamax`.
pub(super) fn passages(
    site: &Site<'_>,
    target: &Located<String>,
    id: &str,
) -> Result<Vec<usize>, Vec<StudyFault>> {
    let found = passages_of(site.world, id);
    if found.is_empty() {
        let ids = site.world.passages.iter().map(|p| p.id.as_str());
        Err(unknown(site, target, "passage", ids))
    } else {
        Ok(found)
    }
}

fn passages_of(world: &World, id: &str) -> Vec<usize> {
    let group = format!("{id}-");
    (0..world.passages.len())
        .filter(|&ix| world.passages[ix].id == id || world.passages[ix].id.starts_with(&group))
        .collect()
}

pub(super) fn terminal(
    site: &Site<'_>,
    target: &Located<String>,
    id: &str,
) -> Result<usize, Vec<StudyFault>> {
    let open = site.world.terminals.iter().position(|t| t.id == id);
    open.ok_or_else(|| {
        let ids = site.world.terminals.iter().map(|t| t.id.as_str());
        unknown(site, target, "open terminal", ids)
    })
}

pub(super) fn link(
    site: &Site<'_>,
    target: &Located<String>,
    id: &str,
) -> Result<usize, Vec<StudyFault>> {
    let found = site.world.land.links.iter().position(|l| l.id == id);
    found.ok_or_else(|| {
        let ids = site.world.land.links.iter().map(|l| l.id.as_str());
        unknown(site, target, "link", ids)
    })
}

pub(super) fn border(
    site: &Site<'_>,
    target: &Located<String>,
    id: &str,
) -> Result<NodeIx, Vec<StudyFault>> {
    let land = &site.world.land;
    let found = land
        .node(id)
        .filter(|&ix| land.nodes[ix.index()].border.is_some());
    found.ok_or_else(|| {
        let crossings = land.nodes.iter().filter(|n| n.border.is_some());
        unknown(
            site,
            target,
            "border crossing",
            crossings.map(|n| n.id.as_str()),
        )
    })
}

/// The name of what a disruption hits, in the world or in the simulation.
pub(super) fn simulated(
    site: &Site<'_>,
    target: &Located<String>,
    kind: &str,
    id: &str,
) -> Result<String, Vec<StudyFault>> {
    let world = site.world;
    match kind {
        "port" => port(site, target, id).map(|ix| world.port_at(ix).name.clone()),
        "terminal" => terminal(site, target, id).map(|ix| world.terminals[ix].name.clone()),
        "passage" => passages(site, target, id).map(|ix| world.passages[ix[0]].name.clone()),
        "link" => link(site, target, id)
            .map(|ix| format!("the {} link {id}", world.land.links[ix].mode.as_str())),
        "border" => border(site, target, id)
            .map(|ix| format!("the border at {}", world.land.nodes[ix.index()].name)),
        "country" if world.ports.iter().any(|port| port.country == id) => {
            Ok(format!("the ports of {id}"))
        }
        "country" => Err(site.fault(
            target,
            format!("there is no country `{id}` with ports"),
            "give an ISO 3166-1 alpha-2 code, such as PE",
        )),
        "sector" => Ok(format!("all stations of kind {id}")),
        "flow" => known(site, target, "simulated flow", id, &site.simulated.flows),
        _ => known(
            site,
            target,
            "simulated station",
            id,
            &site.simulated.stations,
        ),
    }
}

fn known(
    site: &Site<'_>,
    target: &Located<String>,
    what: &str,
    id: &str,
    names: &[(String, String)],
) -> Result<String, Vec<StudyFault>> {
    if names.is_empty() {
        return Err(site.fault(
            target,
            format!("a {what} can be named in [[simulation.scenario]] only"),
            "move the change there, or name what the atlas knows",
        ));
    }
    let found = names.iter().find(|(known, _)| known == id);
    found.map(|(_, title)| title.clone()).ok_or_else(|| {
        let ids = names.iter().map(|(known, _)| known.as_str());
        let near = closest(id, ids, 3);
        let remedy = if near.is_empty() {
            "name one of the section [simulation]".to_owned()
        } else {
            format!("did you mean {}?", near.join(", "))
        };
        site.fault(target, format!("there is no {what} `{id}`"), remedy)
    })
}
