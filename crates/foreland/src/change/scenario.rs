//! Applying a list of changes: resolve all, collect every error, then apply.

use std::collections::HashMap;

use jiff::civil::{Date, DateTime};

use super::{ChangeSpec, DisruptionEnd, Resolved, Simulated, Site};
use crate::atlas::Atlas;
use crate::findings::ChangeInfo;
use crate::study::{Located, StudyFault, StudyText};
use crate::world::World;

/// A change with its place in the study.
pub(super) type Placed = (std::ops::Range<usize>, Resolved);

/// A world after changes, and what they were.
#[derive(Debug)]
pub struct Changed {
    /// The other world.
    pub world: World,
    /// The changes in the order in which they start.
    pub changes: Vec<ChangeInfo>,
    /// The day on which the changed world stands.
    pub on: Date,
}

/// Applies changes to a world.
///
/// `on` is the day of the resulting world: the latest start, if it is `None`. `id` names the
/// scenario and keys the parameters that its changes introduce.
///
/// # Errors
///
/// Every fault of every change, before anything is applied: unknown targets, changes that change
/// nothing, contradictory or cyclic changes, dates out of order.
pub fn apply(
    world: &World,
    atlas: &Atlas,
    text: &StudyText,
    id: &str,
    specs: &[Located<ChangeSpec>],
    on: Option<Date>,
) -> Result<Changed, Vec<StudyFault>> {
    let (mut resolved, mut faults) =
        resolve_all(world, atlas, text, id, specs, &Simulated::default());
    let latest = resolved.iter().map(|(_, change)| change.start).max();
    let on = on.or(latest).unwrap_or(world.date);
    for (span, change) in &resolved {
        faults.extend(dates(text, span, change, on));
    }
    faults.extend(contradictions(text, &resolved));
    faults.extend(cycles(text, &resolved));
    if !faults.is_empty() {
        return Err(faults);
    }
    resolved.sort_by_key(|(_, change)| change.start);
    run(world, text, on, &resolved)
}

/// Every change that can be understood, and the faults of the others.
pub(super) fn resolve_all(
    world: &World,
    atlas: &Atlas,
    text: &StudyText,
    id: &str,
    specs: &[Located<ChangeSpec>],
    simulated: &Simulated,
) -> (Vec<Placed>, Vec<StudyFault>) {
    let mut faults = Vec::new();
    let mut resolved: Vec<Placed> = Vec::new();
    for (number, spec) in (1..).zip(specs) {
        let mut site = Site {
            world,
            atlas,
            text,
            id: format!("{id}/{number}"),
            luck: String::new(),
            simulated,
        };
        let (kind, target) = spec.names();
        let like = specs[..number - 1]
            .iter()
            .filter(|earlier| earlier.names() == (kind, target))
            .count();
        site.luck = format!("change/{kind}/{target}/{like}");
        match spec.resolve(&site) {
            Ok(change) => resolved.push((spec.span(), change)),
            Err(more) => faults.extend(more),
        }
    }
    (resolved, faults)
}

fn run(
    world: &World,
    text: &StudyText,
    on: Date,
    resolved: &[Placed],
) -> Result<Changed, Vec<StudyFault>> {
    let mut faults = Vec::new();
    let mut after = world.clone();
    after.date = on;
    let mut changes = Vec::new();
    for (span, change) in resolved {
        let before = after.clone();
        (change.apply)(&mut after);
        if after == before {
            faults.push(text.fault(
                span.clone(),
                format!("the {} of {} changes nothing", change.kind, change.target),
                Some("an earlier change of the scenario did the same: remove one".to_owned()),
            ));
        }
        changes.push(ChangeInfo {
            kind: change.kind.to_owned(),
            target: change.target.clone(),
            start: change.start,
            end: change.end,
            effect: change.effect.clone(),
        });
    }
    if faults.is_empty() {
        Ok(Changed {
            world: after,
            changes,
            on,
        })
    } else {
        Err(faults)
    }
}

fn dates(
    text: &StudyText,
    span: &std::ops::Range<usize>,
    change: &Resolved,
    on: Date,
) -> Option<StudyFault> {
    let (message, remedy) = match change.end {
        Some(end) if end < change.start => (
            format!(
                "the change ends on {end}, before it starts on {}",
                change.start
            ),
            "put the dates in order",
        ),
        Some(end) if end < on => (
            format!("the change is over on {on}, the day that is looked at: it ends on {end}"),
            "set `on` to a day on which every change is in force",
        ),
        _ if on < change.start => (
            format!(
                "the change starts on {}, after {on}, the day that is looked at",
                change.start
            ),
            "set `on` to a day on which every change is in force",
        ),
        _ => return None,
    };
    Some(text.fault(span.clone(), message, Some(remedy.to_owned())))
}

/// Kinds of change that undo each other on the same target.
const OPPOSITES: [(&str, &str); 3] = [("open", "close"), ("serve", "close"), ("open", "block")];

pub(super) fn contradictions(text: &StudyText, resolved: &[Placed]) -> Vec<StudyFault> {
    let mut faults = Vec::new();
    for (ix, (span, change)) in resolved.iter().enumerate() {
        for (_, earlier) in &resolved[..ix] {
            let opposite = OPPOSITES.iter().any(|&(a, b)| {
                (change.kind == a && earlier.kind == b) || (change.kind == b && earlier.kind == a)
            });
            let same_target = change.target == earlier.target;
            let replaced = change.replaces.contains(&earlier.target) && earlier.kind == "serve";
            if same_target && (opposite || change.kind == earlier.kind) && overlap(change, earlier)
            {
                faults.push(text.fault(
                    span.clone(),
                    format!(
                        "`{}` of {} contradicts the earlier `{}` of the same target",
                        change.kind, change.target, earlier.kind
                    ),
                    Some("keep one of the two".to_owned()),
                ));
            } else if replaced && !earlier.replaces.contains(&change.target) {
                faults.push(text.fault(
                    span.clone(),
                    format!(
                        "{} replaces {}, which the same scenario starts",
                        change.target, earlier.target
                    ),
                    Some("start only the one that stays".to_owned()),
                ));
            }
        }
    }
    faults
}

/// Whether two changes hold at the same time. Of those that a simulation sees the hours count; a
/// length that is not known is taken as without end.
fn overlap(one: &Resolved, other: &Resolved) -> bool {
    let span = |change: &Resolved| {
        change.disruption.as_ref().map(|disruption| {
            let end = match disruption.end {
                DisruptionEnd::At(end) => end,
                DisruptionEnd::After(_) | DisruptionEnd::Never => DateTime::MAX,
            };
            (disruption.start, end)
        })
    };
    match (span(one), span(other)) {
        (Some((from, until)), Some((start, end))) => from < end && start < until,
        _ => true,
    }
}

/// Services that replace each other in a ring.
fn cycles(text: &StudyText, resolved: &[Placed]) -> Vec<StudyFault> {
    let replaces: HashMap<&str, &[String]> = resolved
        .iter()
        .map(|(_, change)| (change.target.as_str(), change.replaces.as_slice()))
        .collect();
    let mut faults = Vec::new();
    for (span, change) in resolved {
        let mut seen: Vec<&str> = Vec::new();
        let mut open: Vec<&str> = change.replaces.iter().map(String::as_str).collect();
        while let Some(target) = open.pop() {
            if target == change.target {
                faults.push(text.fault(
                    span.clone(),
                    format!(
                        "{target} ends up replacing itself: services replace each other in a ring"
                    ),
                    Some("decide which of them runs".to_owned()),
                ));
                break;
            }
            if !seen.contains(&target) {
                seen.push(target);
                let next = replaces.get(target).copied().unwrap_or_default();
                open.extend(next.iter().map(String::as_str));
            }
        }
    }
    faults
}
