//! `open`: a terminal, passage, link or port opens.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Apply, Resolved, Site, target};
use crate::atlas::{Atlas, Row};
use crate::param::atlas_param_id;
use crate::study::{Day, Located, StudyFault};
use crate::world::{Handling, PortIx, World, add_link, link_of, terminal_of};

/// A terminal, passage, link or port opens.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenSpec {
    /// `terminal/id`, `passage/id`, `link/id`, `port/UNLOCODE` or `station/id`. Terminals and links must stand
    /// in the atlas and be valid on the start day.
    pub target: Located<String>,
    /// First day.
    pub start: Located<Day>,
    /// Last day; stays open, if absent.
    pub end: Option<Located<Day>>,
}

type Opening = (String, Apply);

pub(super) fn resolve(spec: &OpenSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let kinds = ["terminal", "passage", "link", "port", "station"];
    let (kind, id) = target::split(site, &spec.target, &kinds)?;
    let (effect, apply): Opening = match kind {
        "terminal" => terminal(spec, site, id)?,
        "passage" => passage(spec, site, id)?,
        "link" => link(spec, site, id)?,
        "station" => {
            let name = target::simulated(site, &spec.target, kind, id)?;
            (format!("{name} opens"), Box::new(|_| {}))
        }
        _ => port(spec, site, id)?,
    };
    let disruption = site.opening(&spec.target, &effect, spec.start.0, spec.end.as_ref());
    Ok(Resolved {
        kind: "open",
        target: spec.target.get().clone(),
        start: spec.start.0,
        end: spec.end.as_ref().map(|end| end.0),
        effect,
        replaces: Vec::new(),
        disruption: Some(disruption),
        apply,
    })
}

fn terminal(spec: &OpenSpec, site: &Site<'_>, id: &str) -> Result<Opening, Vec<StudyFault>> {
    let rows = || site.atlas.terminals.rows.iter();
    if !rows().any(|row| row.id.as_str() == id) {
        let ids = rows().map(|row| row.id.as_str());
        return Err(target::unknown(site, &spec.target, "terminal", ids));
    }
    if site.world.terminals.iter().any(|t| t.id == id) {
        return Err(site.fault(
            &spec.target,
            format!("terminal `{id}` is open already; the change changes nothing"),
            "remove the change, or date the baseline before the opening",
        ));
    }
    let start = spec.start.0;
    let row = rows().find(|row| row.id.as_str() == id && row.validity.holds_on(start));
    let opened = row.and_then(|row| terminal_of(row, &site.world.port_index));
    let Some(opened) = opened else {
        return Err(site.fault(
            &spec.target,
            format!("the atlas does not know terminal `{id}` as open on {start}"),
            "date the opening within valid_from and valid_to of terminals.csv",
        ));
    };
    let handling = handling_on(site.atlas, site.world, opened.port, start);
    let port = site.world.port_at(opened.port);
    let effect = format!("{} in {} ({}) opens", opened.name, port.name, port.unlocode);
    Ok((
        effect,
        Box::new(move |world| {
            world.terminals.push(opened.clone());
            for row in &handling {
                if !world.handling.contains(row) {
                    world.handling.push(row.clone());
                }
            }
        }),
    ))
}

/// Handling rows of a port that hold on the opening day; a new port has none before.
fn handling_on(
    atlas: &Atlas,
    world: &World,
    port: PortIx,
    day: jiff::civil::Date,
) -> Vec<Handling> {
    let code = &world.port_at(port).unlocode;
    let params = &atlas.params;
    atlas
        .handling
        .rows
        .iter()
        .filter(|row| row.port == *code && row.validity.holds_on(day))
        .filter_map(|row| {
            Some(Handling {
                port: Some(port),
                cargo: row.cargo,
                stage: row.stage,
                dwell_h: params.ix(&atlas_param_id(row, "dwell_h"))?,
                cost_usd: params.ix(&atlas_param_id(row, "cost_usd_per_unit"))?,
                unit: row.unit,
            })
        })
        .collect()
}

fn passage(spec: &OpenSpec, site: &Site<'_>, id: &str) -> Result<Opening, Vec<StudyFault>> {
    let found = target::passages(site, &spec.target, id)?;
    if found.iter().all(|&ix| site.world.passages[ix].open) {
        return Err(site.fault(
            &spec.target,
            format!("passage `{id}` is open already; the change changes nothing"),
            "remove the change",
        ));
    }
    let name = site.world.passages[found[0]].name.clone();
    Ok((
        format!("{name} opens"),
        Box::new(move |world| {
            for &ix in &found {
                world.passages[ix].open = true;
            }
        }),
    ))
}

fn link(spec: &OpenSpec, site: &Site<'_>, id: &str) -> Result<Opening, Vec<StudyFault>> {
    let rows = &site.atlas.links.rows;
    let Some(row) = rows.iter().find(|row| row.id.as_str() == id) else {
        let ids = rows.iter().map(|row| row.id.as_str());
        return Err(target::unknown(site, &spec.target, "link", ids));
    };
    if site.world.land.links.iter().any(|l| l.id == id) {
        return Err(site.fault(
            &spec.target,
            format!("link `{id}` is open already; the change changes nothing"),
            "remove the change, or date the baseline before the opening",
        ));
    }
    let link = link_of(row, &site.world.land, &site.atlas.params);
    let (Some(link), true) = (link, row.validity.holds_on(spec.start.0)) else {
        return Err(site.fault(
            &spec.target,
            format!(
                "the atlas does not know link `{id}` as open on {}",
                spec.start.0
            ),
            format!("see line {} of links.csv", row.line()),
        ));
    };
    Ok((
        format!(
            "the {} from {} to {} opens",
            row.mode.as_str(),
            row.from,
            row.to
        ),
        Box::new(move |world| add_link(&mut world.land, link.clone())),
    ))
}

fn port(spec: &OpenSpec, site: &Site<'_>, id: &str) -> Result<Opening, Vec<StudyFault>> {
    let ix = target::port(site, &spec.target, id)?;
    let port = site.world.port_at(ix);
    if !port.closed {
        return Err(site.fault(
            &spec.target,
            format!("port `{id}` is not closed; the change changes nothing"),
            "open its terminals instead, or remove the change",
        ));
    }
    Ok((
        format!("the port of {} opens", port.name),
        Box::new(move |world| world.ports[ix.index()].closed = false),
    ))
}
