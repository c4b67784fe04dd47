//! A route query's answer in the formats that people and programs read.

mod csv;
mod geojson;
mod gpx;
mod json;
mod rtz;
mod table;
mod xml;

use foreland::place::Place;
use foreland::voyage::Voyage;
use jiff::Timestamp;
use sealane::{NauticalMiles, Route};

use crate::arguments::Format;
use crate::failure::Failure;

pub(crate) use csv::{ANSWER_COLUMNS, answer_cells};

/// What is said wherever a route might be taken for a plan.
pub(crate) const NOT_FOR_NAVIGATION: &str = "not for navigation";
/// Points of a drawn line lie no further apart, so that straight chords are good enough, nm.
const SPACING_NM: f64 = 50.0;

/// The routes between two places.
pub(crate) struct Answer {
    pub(crate) from: Place,
    pub(crate) to: Place,
    /// Shortest first; none if there is no route.
    pub(crate) routes: Vec<Found>,
    /// Why there is no route.
    pub(crate) no_route: Option<String>,
    /// The ship in words.
    pub(crate) ship: Option<String>,
    /// Choices that shape the answer and that nobody made.
    pub(crate) notes: Vec<String>,
}

/// One route with its time.
pub(crate) struct Found {
    pub(crate) route: Route,
    pub(crate) voyage: Option<Voyage>,
    pub(crate) arrival: Option<Timestamp>,
}

impl Answer {
    /// `Callao (PECLL) – Shanghai (CNSHA)`.
    fn title(&self) -> String {
        format!("{} – {}", self.from, self.to)
    }

    /// The answer in a format, as text that ends with a line.
    ///
    /// # Errors
    ///
    /// Wrong input if the format cannot hold the answer.
    pub(crate) fn format(&self, format: Format) -> Result<String, Failure> {
        Ok(match format {
            Format::Table => table::table(self),
            Format::Json => json::json(self),
            Format::Geojson => geojson::geojson(self),
            Format::Csv => csv::csv(self)?,
            Format::Gpx => gpx::gpx(self),
            Format::Rtz => rtz::rtz(self)?,
        })
    }
}

/// How far apart points of drawn lines are.
fn spacing() -> NauticalMiles {
    NauticalMiles::new(SPACING_NM).unwrap_or_default()
}

/// Nautical miles to a hundredth: 19 m, finer than any input.
fn hundredths(nm: NauticalMiles) -> f64 {
    (nm.nm() * 100.0).round() / 100.0
}

/// Degrees to a millionth: 11 cm.
fn millionths(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}
