//! `block`: a link or a border crossing is blocked.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Apply, Resolved, Site, target};
use crate::study::{Day, Located, StudyFault};

/// A link or a border crossing is blocked.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockSpec {
    /// `link/id` or `border/id`.
    pub target: Located<String>,
    /// First day.
    pub start: Located<Day>,
    /// Last day; stays blocked, if absent.
    pub end: Option<Located<Day>>,
}

pub(super) fn resolve(spec: &BlockSpec, site: &Site<'_>) -> Result<Resolved, Vec<StudyFault>> {
    let (kind, id) = target::split(site, &spec.target, &["link", "border"])?;
    let land = &site.world.land;
    let (name, already, apply): (String, bool, Apply) = if kind == "link" {
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
    Ok(Resolved {
        kind: "block",
        target: spec.target.get().clone(),
        start: spec.start.0,
        end: spec.end.as_ref().map(|end| end.0),
        effect: format!("{name} is blocked"),
        replaces: Vec::new(),
        apply,
    })
}
