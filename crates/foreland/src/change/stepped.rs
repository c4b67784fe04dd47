//! What changes by dated steps (`ration`, `surge`, `avoid`) have in common: from when to when they
//! last, and that none of them is without a step.

use super::disruption::{Effect, Span};
use super::{Resolved, Site};
use crate::study::{Located, Moment, StudyFault};

/// The first of the steps; a change without any changes nothing, and `example` shows one.
pub(super) fn first<'a, T>(
    site: &Site<'_>,
    steps: &'a Located<Vec<T>>,
    example: &str,
) -> Result<&'a T, Vec<StudyFault>> {
    steps.first().ok_or_else(|| {
        vec![site.text.fault(
            steps.span(),
            "no step is given: the change changes nothing",
            Some(format!("give {example}")),
        )]
    })
}

/// When the first step begins, and when the last one ends; it stays, if absent.
pub(super) struct Time<'a> {
    pub(super) start: &'a Located<Moment>,
    pub(super) end: Option<&'a Located<Moment>>,
    /// From when on actors reckon with all steps.
    pub(super) announced: Option<&'a Located<Moment>>,
}

/// The change: its kind, what it hits, the sentence that tells it, and what it does.
pub(super) fn resolved(
    site: &Site<'_>,
    kind: &'static str,
    target: &Located<String>,
    sentence: &str,
    time: Time<'_>,
    effect: Effect,
) -> Result<Resolved, Vec<StudyFault>> {
    let span = Span {
        start: time.start,
        end: time.end,
        unknown: None,
        announced: time.announced,
    };
    let disruption = site.disruption(kind, target, sentence, span, effect)?;
    let end = time.end.map(|end| end.date());
    Ok(Resolved::over_time(
        disruption,
        time.start.date(),
        end,
        |_| {},
    ))
}
