//! `foreland route`: the way over water between two places.

use std::path::Path;

use foreland::place::Place;
use foreland::voyage::{Speeds, Voyage};
use foreland::{Error, Problem};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sealane::passage::Kind;
use sealane::{NauticalMiles, Options, Route, RouteError};

use super::pairs;
use crate::arguments::{Format, RouteArguments};
use crate::failure::Failure;
use crate::output::{Answer, Found};
use crate::sea_options::{self, Ship, Ways};
use crate::sources::Charts;
use crate::{outfile, suggest};

const SECONDS_PER_HOUR: f64 = 3600.0;

/// Finds one route or its alternatives, or the routes of a file of pairs.
///
/// # Errors
///
/// Wrong input; [`Failure::NoRoute`] if there is none, after saying so in formats that programs
/// read.
pub(crate) fn run(arguments: &RouteArguments, atlas: Option<&Path>) -> Result<(), Failure> {
    let charts = Charts::load(atlas)?;
    if let Some(file) = &arguments.pairs {
        return pairs::run(arguments, file, &charts);
    }
    let format = match (arguments.format, arguments.json) {
        (Some(format), _) => format,
        (None, true) => Format::Json,
        (None, false) => Format::Table,
    };
    let from = place(&charts, "FROM", arguments.from.as_deref())?;
    let to = place(&charts, "TO", arguments.to.as_deref())?;
    let ship = sea_options::ship(&arguments.ship, charts.atlas.as_ref())?;
    let options = ways(&charts).options(&ship, &arguments.way)?;
    let clock = Clock::read(arguments, &charts)?;
    let most = usize::from(arguments.alternatives);
    let found = find(&charts, &ship, [&from, &to], &options, most)?;
    let mut answer = Answer {
        notes: notes(&charts, &ship, &options, [&from, &to]),
        ship: sea_options::vessel_in_words(&ship.dimensions()),
        from,
        to,
        routes: Vec::new(),
        no_route: None,
    };
    match found {
        Ok(routes) => {
            answer.notes.extend(ice_note(&routes));
            answer.notes.extend(channel_note(&charts, &ship, &routes));
            answer
                .notes
                .extend(land_notes([&answer.from, &answer.to], &routes));
            answer.routes = routes
                .into_iter()
                .map(|r| clock.found(r, &charts))
                .collect();
            outfile::write_or_print(arguments.out.as_deref(), answer.format(format)?.as_bytes())
        }
        Err(why) => {
            answer.no_route = Some(why.clone());
            if matches!(format, Format::Json | Format::Csv) {
                outfile::write_or_print(
                    arguments.out.as_deref(),
                    answer.format(format)?.as_bytes(),
                )?;
            }
            Err(Failure::NoRoute(why))
        }
    }
}

/// What asks the ocean with these charts.
pub(super) fn ways(charts: &Charts) -> Ways<'_> {
    Ways {
        ocean: charts.ocean,
        gazetteer: &charts.gazetteer,
    }
}

fn place(charts: &Charts, name: &str, text: Option<&str>) -> Result<Place, Failure> {
    charts
        .gazetteer
        .find(text.unwrap_or_default())
        .map_err(|error| Failure::argument(name, error.to_string(), error.remedy()))
}

/// The routes, or why there are none; wrong input is an error.
fn find(
    charts: &Charts,
    ship: &Ship,
    [from, to]: [&Place; 2],
    options: &Options,
    most: usize,
) -> Result<Result<Vec<Route>, String>, Failure> {
    let end = |name: &str, place: &Place| {
        ways(charts)
            .end(place)
            .map_err(|(message, remedy)| Failure::argument(name, message, remedy))
    };
    let (from, to) = (end("FROM", from)?, end("TO", to)?);
    match charts.ocean.alternatives(from, to, options, most) {
        Ok(routes) => Ok(Ok(routes)),
        Err(error @ (RouteError::NoRoute { .. } | RouteError::Inland { .. })) => Ok(Err(
            sea_options::why(&error, &ship.too_shallow(charts.ocean)),
        )),
        Err(error) => Err(Failure::Foreland(Error::Input(Problem::in_file(
            "route",
            error.to_string(),
            remedy(&error),
        )))),
    }
}

/// What would be right instead of what the ocean refused.
pub(super) fn remedy(error: &RouteError) -> &'static str {
    match error {
        RouteError::OnLand { .. } => {
            "give a place at sea, a port, or a point nearer to the water; check that lon and lat \
             are not swapped"
        }
        RouteError::Contradiction(_) => {
            "leave the passage out of --via or out of --avoid, or open it with --open"
        }
        RouteError::Position(_) => "give lon from -180 to 180 and lat from -90 to 90, in degrees",
        RouteError::Inland { .. } | RouteError::NoRoute { .. } => "choose another port",
    }
}

/// Choices that shape the answer and that nobody made.
fn notes(charts: &Charts, ship: &Ship, options: &Options, ends: [&Place; 2]) -> Vec<String> {
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
        notes.push(format!(
            "Closed unless opened by --open: {}.",
            shut.join(", ")
        ));
    }
    notes
}

fn ice_note(routes: &[Route]) -> Option<String> {
    routes
        .iter()
        .any(|route| route.beyond_ice_limit)
        .then(|| "An end lies beyond the southern limit of ice, which was lifted.".to_owned())
}

/// Ends so far inland that the way there is no way of ships.
fn land_notes(ends: [&Place; 2], routes: &[Route]) -> Vec<String> {
    let gaps = routes.first().map_or([None; 2], Route::over_land);
    let note = |(place, gap): (&Place, Option<NauticalMiles>)| {
        let gap = gap?;
        Some(format!(
            "{place} lies {gap:.1} from mapped water and from every channel; the way between runs straight over land."
        ))
    };
    ends.into_iter().zip(gaps).filter_map(note).collect()
}

/// Approach channels on the way that are shallower than the ship's class draws.
fn channel_note(charts: &Charts, ship: &Ship, routes: &[Route]) -> Option<String> {
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
            "The class draws {draught_m} m and enters {} light or with the tide; give --draught \
             to hold it against channels.",
            shallow.join(", ")
        )
    })
}

/// The speeds and the departure of a query.
struct Clock {
    speeds: Option<Speeds>,
    departure: Option<Timestamp>,
}

impl Clock {
    fn read(arguments: &RouteArguments, charts: &Charts) -> Result<Clock, Failure> {
        let speeds = arguments
            .speed
            .as_deref()
            .map(|text| speeds(text, charts))
            .transpose()?;
        let departure = arguments.depart.as_deref().map(departure).transpose()?;
        Ok(Clock { speeds, departure })
    }

    fn found(&self, route: Route, charts: &Charts) -> Found {
        let voyage = self
            .speeds
            .as_ref()
            .map(|speeds| Voyage::of(&route, speeds, charts.atlas.as_ref()));
        let arrival = voyage
            .as_ref()
            .zip(self.departure)
            .and_then(|(voyage, departure)| {
                let seconds = (voyage.total_h() * SECONDS_PER_HOUR).round() as i64;
                departure
                    .checked_add(SignedDuration::from_secs(seconds))
                    .ok()
            });
        Found {
            route,
            voyage,
            arrival,
        }
    }
}

fn speeds(text: &str, charts: &Charts) -> Result<Speeds, Failure> {
    let speeds = Speeds::parse(text).map_err(|error| {
        Failure::argument(
            "--speed",
            error.to_string(),
            "write 16 or 16,channel=8,suez=8.5",
        )
    })?;
    let known = || {
        let ids = charts
            .ocean
            .passages()
            .iter()
            .map(|passage| passage.id.as_str());
        std::iter::once("channel").chain(ids)
    };
    let unknown = speeds
        .conditions()
        .find(|condition| known().all(|id| id != *condition))
        .map(str::to_owned);
    match unknown {
        None => Ok(speeds),
        Some(condition) => Err(Failure::argument(
            "--speed",
            format!("`{condition}` is neither `channel` nor a passage"),
            suggest::remedy(&condition, known().collect::<Vec<_>>().into_iter()),
        )),
    }
}

/// A date, or a date and time in UTC.
fn departure(text: &str) -> Result<Timestamp, Failure> {
    let parsed = text
        .parse::<Timestamp>()
        .or_else(|_| TimeZone::UTC.to_timestamp(text.parse::<DateTime>()?));
    parsed.map_err(|error| {
        Failure::argument(
            "--depart",
            format!("`{text}` is no time: {error}"),
            "write 2024-11-15 or 2024-11-15T06:00, in UTC",
        )
    })
}
