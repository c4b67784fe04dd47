//! Choices that shape an answer, in sentences.

use sealane::passage::Kind;
use sealane::{NauticalMiles, Options, Route};

use super::{Charts, Ship};
use crate::place::Place;

/// Choices that shape the answer and that nobody made.
pub(super) fn of_question(
    charts: &Charts,
    ship: &Ship,
    options: &Options,
    ends: [&Place; 2],
) -> Vec<String> {
    let mut notes = Vec::new();
    for place in ends {
        if !place.passed_over.is_empty() {
            notes.push(format!(
                "{place} was taken as the only large port of that name; others: {}.",
                place.passed_over.join("; ")
            ));
        }
    }
    let dimensions = ship.dimensions();
    if dimensions == sealane::Vessel::default() {
        notes.push("No ship is given: no passage is too small.".to_owned());
    }
    let passages = charts.ocean.passages();
    let too_small: Vec<String> = passages
        .iter()
        .filter(|passage| passage.kind != Kind::Channel)
        .filter_map(|passage| {
            let (what, allowed_m, _) = passage.limits.exceeded_by(&dimensions)?;
            Some(format!("{} ({what} {allowed_m} m)", passage.id))
        })
        .collect();
    if !too_small.is_empty() {
        notes.push(format!("Too small for the ship: {}.", too_small.join(", ")));
    }
    let shut: Vec<&str> = passages
        .iter()
        .enumerate()
        .filter(|(i, passage)| !passage.open_by_default && !options.open.contains(*i))
        .map(|(_, passage)| passage.id.as_str())
        .collect();
    if !shut.is_empty() {
        notes.push(format!("Closed unless opened: {}.", shut.join(", ")));
    }
    notes
}

/// That ice was no bar.
pub(super) fn of_ice(routes: &[Route]) -> Option<String> {
    routes
        .iter()
        .any(|route| route.beyond_ice_limit)
        .then(|| "An end lies beyond the southern limit of ice, which was lifted.".to_owned())
}

/// Approach channels on the way that are shallower than the ship's class draws.
pub(super) fn of_channels(charts: &Charts, ship: &Ship, routes: &[Route]) -> Option<String> {
    let draught_m = ship.class_draught_m?;
    let mut shallow: Vec<String> = Vec::new();
    for crossing in routes.iter().flat_map(|route| &route.crossings) {
        let mut channels = charts
            .ocean
            .passages()
            .iter()
            .filter(|p| p.kind == Kind::Channel);
        let channel = channels.find(|p| p.id == crossing.passage);
        let limit_m = channel.and_then(|channel| channel.limits.draught_m);
        if let Some(limit_m) = limit_m.filter(|limit_m| *limit_m < draught_m) {
            let text = format!("{} ({limit_m} m)", crossing.passage);
            if !shallow.contains(&text) {
                shallow.push(text);
            }
        }
    }
    (!shallow.is_empty()).then(|| {
        format!(
            "The class draws {draught_m} m and enters {} light or with the tide; give a draught \
             to hold it against channels.",
            shallow.join(", ")
        )
    })
}

/// Ends so far inland that the way there is no way of ships.
pub(super) fn of_land(ends: [&Place; 2], routes: &[Route]) -> Vec<String> {
    let gaps = routes.first().map_or([None; 2], Route::over_land);
    let note = |(place, gap): (&Place, Option<NauticalMiles>)| {
        let gap = gap?;
        Some(format!(
            "{place} lies {gap:.1} from mapped water and from every channel; the way between runs \
             straight over land."
        ))
    };
    ends.into_iter().zip(gaps).filter_map(note).collect()
}
