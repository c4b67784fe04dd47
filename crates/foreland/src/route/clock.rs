//! The speeds and the departure of a question.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use sealane::Route;

use super::{Charts, Found, RouteFault};
use crate::names;
use crate::voyage::{Speeds, Voyage};

const SECONDS_PER_HOUR: f64 = 3600.0;

/// Speeds and departure, each if given.
pub(super) struct Clock {
    speeds: Option<Speeds>,
    departure: Option<Timestamp>,
}

impl Clock {
    pub(super) fn read(
        speed_kn: Option<&str>,
        depart: Option<&str>,
        charts: &Charts,
    ) -> Result<Clock, RouteFault> {
        let speeds = speed_kn.map(|text| speeds(text, charts)).transpose()?;
        let departure = depart.map(departure).transpose()?;
        if departure.is_some() && speeds.is_none() {
            return Err(RouteFault::argument(
                "depart",
                "a departure is given without a speed",
                "give a speed in knots as well",
            ));
        }
        Ok(Clock { speeds, departure })
    }

    /// Speed at sea, if one was given, kn.
    pub(super) fn open_kn(&self) -> Option<f64> {
        self.speeds.as_ref().map(Speeds::open_kn)
    }

    /// A route with its time and its arrival.
    pub(super) fn found(&self, route: Route, charts: &Charts) -> Found {
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
            cost: None,
        }
    }
}

fn speeds(text: &str, charts: &Charts) -> Result<Speeds, RouteFault> {
    let speeds = Speeds::parse(text).map_err(|error| {
        RouteFault::argument(
            "speed",
            error.to_string(),
            "write 16 or 16,channel=8,suez=8.5",
        )
    })?;
    let known = || {
        let passages = charts.ocean.passages().iter();
        std::iter::once("channel").chain(passages.map(|passage| passage.id.as_str()))
    };
    let unknown = speeds
        .conditions()
        .find(|condition| known().all(|id| id != *condition))
        .map(str::to_owned);
    match unknown {
        None => Ok(speeds),
        Some(condition) => Err(RouteFault::argument(
            "speed",
            format!("`{condition}` is neither `channel` nor a passage"),
            names::remedy(&condition, known().collect::<Vec<_>>().into_iter()),
        )),
    }
}

/// A date, or a date and time in UTC.
fn departure(text: &str) -> Result<Timestamp, RouteFault> {
    let parsed = text
        .parse::<Timestamp>()
        .or_else(|_| TimeZone::UTC.to_timestamp(text.parse::<DateTime>()?));
    parsed.map_err(|error| {
        RouteFault::argument(
            "depart",
            format!("`{text}` is no time: {error}"),
            "write 2024-11-15 or 2024-11-15T06:00, in UTC",
        )
    })
}
