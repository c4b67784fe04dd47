//! `block`: a link or a border crossing is blocked.

use schemars::JsonSchema;
use serde::Deserialize;

use super::disruption::{Effect, Span, UnknownEndSpec, open_hours};
use super::strike::left;
use super::{Apply, Resolved, Site, target};
use crate::study::{Located, Moment, Quantity, StudyFault};

/// A link or a border crossing is blocked.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockSpec {
    /// `link/id`, `border/id` or `station/id`.
    pub target: Located<String>,
    /// First day or moment.
    pub start: Located<Moment>,
    /// Last day or moment; stays blocked, if absent.
    pub end: Option<Located<Moment>>,
    /// The end is not known to those who decide.
    pub end_unknown: Option<UnknownEndSpec>,
    /// From when on those who decide reckon with it; only once it has begun, if absent.
    pub announced: Option<Located<Moment>>,
    /// Share of the traffic that is held up, 0 to 1; all, if absent. A simulation sees it, chains of
    /// a day count the link as blocked.
    pub share: Option<Located<Quantity>>,
    /// Hours of the day in which the blockade opens, such as [22, 5] for the night.
    pub open_hours: Option<Located<[f64; 2]>>,
}

pub(super) fn resolve(spec: &BlockSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let (kind, id) = target::split(site, &spec.target, &["link", "border", "station"])?;
    let land = &site.world.land;
    let (name, already, apply): (String, bool, Apply) = if kind == "station" {
        let name = target::simulated(site, &spec.target, kind, id)?;
        (name, false, Box::new(|_| {}))
    } else if kind == "link" {
        let ix = target::link(site, &spec.target, id)?;
        (
            format!("the {} link {id}", land.links[ix].mode.as_str()),
            land.links[ix].blocked,
            Box::new(move |world| world.land.links[ix].blocked = true),
        )
    } else {
        let ix = target::border(site, &spec.target, id)?;
        let node = &land.nodes[ix.index()];
        (
            format!("the border at {}", node.name),
            node.border.as_ref().is_some_and(|border| border.closed),
            Box::new(move |world| {
                if let Some(border) = &mut world.land.nodes[ix.index()].border {
                    border.closed = true;
                }
            }),
        )
    };
    if already {
        return Err(site.fault(
            &spec.target,
            format!("`{id}` is blocked already; the change changes nothing"),
            "remove the change",
        ));
    }
    let (part, share) = left(
        site,
        &spec.share,
        &format!("share of {name} that is blocked"),
    )?;
    let effect = if share >= 1.0 {
        format!("{name} is blocked")
    } else {
        format!("{:.0} % of {name} is blocked", share * 100.0)
    };
    let disruption = site.disruption(
        "block",
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
            work_stops: false,
        },
    )?;
    Ok(Resolved {
        kind: "block",
        target: spec.target.get().clone(),
        start: spec.start.date(),
        end: spec.end.as_ref().map(|end| end.date()),
        effect,
        replaces: Vec::new(),
        disruption: Some(disruption),
        apply,
    })
}
