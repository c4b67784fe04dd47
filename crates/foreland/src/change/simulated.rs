//! Changes as a simulation sees them: what they do over time.

use super::scenario::{contradictions, resolve_all};
use super::{ChangeSpec, Disruption};
use crate::atlas::Atlas;
use crate::study::{Located, StudyFault, StudyText};
use crate::world::World;

/// What of a simulation changes may name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Simulated {
    /// Stations with their titles.
    pub(crate) stations: Vec<(String, String)>,
    /// Flows with their titles.
    pub(crate) flows: Vec<(String, String)>,
}

/// What a list of changes does over time, in the order in which it begins.
///
/// # Errors
///
/// Every fault of every change: unknown targets, dates out of order, contradictions, changes that
/// do nothing over time.
pub(crate) fn disruptions(
    world: &World,
    atlas: &Atlas,
    text: &StudyText,
    id: &str,
    specs: &[Located<ChangeSpec>],
    simulated: &Simulated,
) -> Result<Vec<Disruption>, Vec<StudyFault>> {
    let (resolved, mut faults) = resolve_all(world, atlas, text, id, specs, simulated);
    faults.extend(contradictions(text, &resolved));
    let mut found = Vec::new();
    for (span, change) in resolved {
        match change.disruption {
            Some(disruption) => found.push(disruption),
            None => faults.push(text.fault(
                span,
                format!("`{}` does nothing over time: the change changes nothing", change.kind),
                Some(
                    "simulate open, close, block, reassign with ramp_up, strike, cordon, lose, \
                     ration, surge, avoid or delay"
                        .to_owned(),
                ),
            )),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    found.sort_by_key(|disruption| disruption.start);
    Ok(found)
}
