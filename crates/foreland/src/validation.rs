//! Routes against published distances.
//!
//! The published figures are NGA Pub. 151's (US public domain), carried in
//! `atlas/distances.csv`. Nothing in the model is fitted to them.

mod published;
mod summary;

pub use published::{Published, Trust};
pub use summary::{Goal, Group};

use std::path::Path;

use sealane::{End, LonLat, NauticalMiles, Ocean, Options, Via};

use crate::error::{Error, Problem};
use published::{End as PublishedEnd, read};

/// Name of the table in the atlas folder.
pub const DISTANCES_FILE: &str = "distances.csv";
/// Rows shorter than this are left out of the goals: published tables round to whole miles and
/// differ by the berth that they measure from, nm.
pub const SHORTEST_NM: f64 = 200.0;

/// Canals that a published route does not take unless it says so.
const CANALS: [&str; 5] = ["suez", "panama", "kiel", "corinth", "cape-cod"];

/// A published distance and ours.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The published row.
    pub published: Published,
    /// Our route's length, nm; or why there is none.
    pub computed_nm: Result<f64, String>,
}

impl Compared {
    /// Ours over the published one, less one.
    pub fn error(&self) -> Option<f64> {
        let computed_nm = self.computed_nm.as_ref().ok()?;
        Some(computed_nm / self.published.nm - 1.0)
    }
}

/// All comparisons.
#[derive(Clone, Debug, PartialEq)]
pub struct DistanceCheck {
    /// Every row of the table, in file order.
    pub rows: Vec<Compared>,
}

/// Compares every published distance of an atlas with the ocean's route.
///
/// # Errors
///
/// [`Error::Input`] and [`Error::Io`] if the table cannot be read.
pub fn check_distances(
    atlas_dir: &Path,
    ocean: &Ocean,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<DistanceCheck, Error> {
    let table = read(&atlas_dir.join(DISTANCES_FILE))?;
    let total = table.len() as u64;
    let mut rows = Vec::with_capacity(table.len());
    for published in table {
        let computed_nm = route_nm(ocean, &published)?;
        rows.push(Compared {
            published,
            computed_nm,
        });
        progress(rows.len() as u64, total);
    }
    Ok(DistanceCheck { rows })
}

/// The route that the publication describes: through the canal or round the cape that it names,
/// and through no canal where it names none.
fn route_nm(ocean: &Ocean, published: &Published) -> Result<Result<f64, String>, Error> {
    let passage = |id: &str| {
        ocean.passage(id).ok_or_else(|| {
            Error::Input(
                Problem::in_file(
                    DISTANCES_FILE,
                    format!("the ocean knows no passage `{id}`"),
                    "name one of none, suez, panama, magellan, kiel, cape",
                )
                .on_line(published.line)
                .in_column("via"),
            )
        })
    };
    let mut options = Options::default();
    let named = match published.via.as_str() {
        "none" if published.note.contains("Corinth") => Some("corinth"),
        "none" => None,
        "cape" => Some("good-hope"),
        other => Some(other),
    };
    for canal in CANALS {
        options.avoid = options.avoid.with(passage(canal)?);
    }
    if let Some(named) = named {
        let taken = passage(named)?;
        options.avoid = options.avoid.without(taken);
        options.via.push(Via::Passage(taken));
    }
    let ends = (end(ocean, &published.from), end(ocean, &published.to));
    Ok(match ends {
        (Ok(from), Ok(to)) => ocean
            .route(from, to, &options)
            .map(|route| route.distance)
            .map(NauticalMiles::nm)
            .map_err(|error| error.to_string()),
        (Err(why), _) | (_, Err(why)) => Err(why),
    })
}

/// The port of a code, or else the published position.
fn end(ocean: &Ocean, end: &PublishedEnd) -> Result<End, String> {
    let port = ocean.port(&end.unlocode);
    match port.filter(|port| ocean.ports()[port.number()].is_reached) {
        Some(port) => Ok(End::Port(port)),
        None => match (end.lon_deg, end.lat_deg) {
            (Some(lon_deg), Some(lat_deg)) => LonLat::new(lon_deg, lat_deg)
                .map(End::Point)
                .map_err(|error| error.to_string()),
            _ => Err(format!(
                "{} is neither a port of the ocean nor given by position",
                end.unlocode
            )),
        },
    }
}
