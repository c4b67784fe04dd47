//! Single routes over water: what is asked of the ocean, what it answers, and the answer in the
//! formats that people and programs read.
//!
//! # Examples
//!
//! ```
//! use foreland::route::{Charts, RouteQuery};
//!
//! let charts = Charts::new(sealane::Ocean::embedded()?, None);
//! let answer = RouteQuery::between("Callao", "CNSHA").answer(&charts)?;
//! assert!(answer.routes[0].route.distance.nm() > 9_000.0);
//! assert!(answer.gpx().contains("not for navigation"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod clock;
mod cost;
mod csv;
mod fault;
mod geojson;
mod gpx;
mod json;
mod notes;
mod query;
mod rtz;
mod ship;
mod ways;
mod xml;

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use sealane::passage::Barred;
use sealane::{NauticalMiles, Ocean, Route};

use crate::atlas::Atlas;
use crate::place::{Gazetteer, Place};
use crate::voyage::Voyage;

pub use cost::{Assumption, Fleet, PerUnit, VoyageCost};
pub use csv::{ANSWER_COLUMNS, answer_cells};
pub use fault::{RouteFault, remedy};
pub use query::RouteQuery;
pub use ship::{Ship, ShipSpec, TooShallow, why};
pub use ways::{WaySpec, Ways, split};

/// What is said wherever a route might be taken for a plan.
pub const NOT_FOR_NAVIGATION: &str = "not for navigation";
/// Points of a drawn line lie no further apart, so that straight chords are good enough, nm.
const SPACING_NM: f64 = 50.0;

/// What a route needs: the ocean, all names, and the atlas if there is one.
#[derive(Clone)]
pub struct Charts {
    /// The ocean.
    pub ocean: &'static Ocean,
    /// The atlas, for vessel classes and times in passages.
    pub atlas: Option<Atlas>,
    /// Ports by name and code.
    pub gazetteer: Gazetteer,
    /// What ships cost, made when first asked for; the reason where the atlas does not give it.
    fleet: Arc<OnceLock<Result<Fleet, String>>>,
}

impl Charts {
    /// Without an atlas, ports are known by the names and codes that the ocean carries.
    pub fn new(ocean: &'static Ocean, atlas: Option<Atlas>) -> Charts {
        let gazetteer = match &atlas {
            Some(atlas) => Gazetteer::of_atlas(atlas),
            None => Gazetteer::of_ocean(ocean),
        };
        Charts {
            ocean,
            atlas,
            gazetteer,
            fleet: Arc::default(),
        }
    }

    /// What ships cost; `None` without an atlas.
    ///
    /// # Errors
    ///
    /// Why the atlas gives no costs.
    pub fn fleet(&self) -> Option<Result<&Fleet, &str>> {
        let atlas = self.atlas.as_ref()?;
        let made = self
            .fleet
            .get_or_init(|| Fleet::of_atlas(atlas).map_err(|error| error.to_string()));
        Some(made.as_ref().map_err(String::as_str))
    }

    /// The design speed of a vessel class with its source, kn; `None` without an atlas or such a
    /// class.
    pub fn design_speed_kn(&self, class: &str) -> Option<(f64, String)> {
        let rows = &self.atlas.as_ref()?.vessels.rows;
        let row = rows.iter().find(|row| row.id.as_str() == class)?;
        let source = format!("design speed of {}: {}", row.id, row.origin.source);
        Some((row.design_speed_kn, source))
    }

    /// What asks the ocean with these charts.
    pub fn ways(&self) -> Ways<'_> {
        Ways {
            ocean: self.ocean,
            gazetteer: &self.gazetteer,
        }
    }
}

/// The routes between two places.
pub struct Answer {
    /// Where they start.
    pub from: Place,
    /// Where they end.
    pub to: Place,
    /// Shortest first; none if there is no route.
    pub routes: Vec<Found>,
    /// Why there is no route.
    pub no_route: Option<String>,
    /// What bars the route that would otherwise be the shortest; empty where nothing does.
    pub barred: Vec<Barred>,
    /// The ship in words.
    pub ship: Option<String>,
    /// Choices that shape the answer and that nobody made.
    pub notes: Vec<String>,
    /// The vessel class that costs and emissions are told for, where they are told.
    pub cost_class: Option<String>,
    /// What costs and emissions rest on.
    pub assumptions: Vec<Assumption>,
}

/// One route with its time.
pub struct Found {
    /// The route.
    pub route: Route,
    /// How long it takes, if a speed was given.
    pub voyage: Option<Voyage>,
    /// When it ends, if a departure was given.
    pub arrival: Option<Timestamp>,
    /// What it costs and emits, if a speed was given and there is an atlas.
    pub cost: Option<VoyageCost>,
}

impl Found {
    /// Passages in order, approach channels left out, each named once where it repeats.
    pub fn passages(&self) -> Vec<&str> {
        let mut passages: Vec<&str> = self.route.passages().collect();
        passages.dedup();
        passages
    }
}

impl Answer {
    /// `Callao (PECLL) – Shanghai (CNSHA)`.
    pub fn title(&self) -> String {
        format!("{} – {}", self.from, self.to)
    }
}

/// How far apart points of drawn lines are.
pub fn spacing() -> NauticalMiles {
    NauticalMiles::new(SPACING_NM).unwrap_or_default()
}

/// Nautical miles to a hundredth: 19 m, finer than any input.
pub fn hundredths(nm: NauticalMiles) -> f64 {
    (nm.nm() * 100.0).round() / 100.0
}

/// Degrees to a millionth: 11 cm.
pub fn millionths(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}
