//! Routes against published distances.
//!
//! The published figures are NGA Pub. 151's (US public domain), carried in
//! `atlas/distances.csv`. Nothing in the model is fitted to them. `atlas/distances-remarks.csv`
//! says which passages a row's qualifier stands for and why some rows cannot be matched.

mod document;
mod metric;
mod published;
mod remarks;
mod summary;

pub use document::{distances_document, headline};
pub use metric::{MetricCheck, check_metric};
pub use published::{Published, Trust};
pub use remarks::{Kind, REMARKS_FILE, Remark};
pub use summary::{Goal, Group};

use std::path::Path;

use sealane::{End, LonLat, Ocean, Options, PassageSet, Route, Via};

use crate::error::{Error, Problem};
use published::End as PublishedEnd;

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
    /// Our route.
    pub route: Option<Route>,
    /// What is known of the row.
    pub remark: Option<Remark>,
}

impl Compared {
    /// Ours over the published one, less one.
    pub fn error(&self) -> Option<f64> {
        let computed_nm = self.computed_nm.as_ref().ok()?;
        Some(computed_nm / self.published.nm - 1.0)
    }

    /// What explains the difference: why there is no route, else the remark, else the note of
    /// the publication's table.
    pub fn reason(&self) -> &str {
        match (&self.computed_nm, &self.remark) {
            (Err(why), _) => why,
            (Ok(_), Some(remark)) => &remark.reason,
            (Ok(_), None) => &self.published.note,
        }
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
    let table = published::read(&atlas_dir.join(DISTANCES_FILE))?;
    let remarks = remarks::read(&atlas_dir.join(REMARKS_FILE), &table)?;
    let total = table.len() as u64;
    let mut rows = Vec::with_capacity(table.len());
    for published in table {
        let remark = remarks::find(&remarks, &published).cloned();
        let found = route(ocean, &published, remark.as_ref())?;
        rows.push(Compared {
            computed_nm: match &found {
                Ok(route) => Ok(route.distance.nm()),
                Err(why) => Err(why.clone()),
            },
            published,
            route: found.ok(),
            remark,
        });
        progress(rows.len() as u64, total);
    }
    Ok(DistanceCheck { rows })
}

/// The route that the publication describes: through the canal or round the cape that it names,
/// through no canal where it names none, and by the passages that its qualifiers stand for.
fn route(
    ocean: &Ocean,
    published: &Published,
    remark: Option<&Remark>,
) -> Result<Result<Route, String>, Error> {
    let mut options = options(ocean, published, remark)?;
    let ends = (end(ocean, &published.from), end(ocean, &published.to));
    Ok(match ends {
        (Ok(from), Ok(to)) => {
            let canal_first = ocean.route(from, to, &options);
            // The table does not say on which side of the canal the other passages lie.
            if published.via != "none" {
                options.via.rotate_left(1);
            }
            let canal_last = ocean.route(from, to, &options);
            shorter(canal_first, canal_last).map_err(|error| error.to_string())
        }
        (Err(why), _) | (_, Err(why)) => Err(why),
    })
}

type Found = Result<Route, sealane::RouteError>;

fn shorter(a: Found, b: Found) -> Found {
    match (a, b) {
        (Ok(a), Ok(b)) if b.distance < a.distance => Ok(b),
        (Ok(a), _) | (Err(_), Ok(a)) => Ok(a),
        (Err(why), Err(_)) => Err(why),
    }
}

fn options(
    ocean: &Ocean,
    published: &Published,
    remark: Option<&Remark>,
) -> Result<Options, Error> {
    let mut options = Options::default();
    for canal in CANALS {
        options.avoid = options
            .avoid
            .with(published_passage(ocean, published, canal)?);
    }
    let named = match published.via.as_str() {
        "none" => None,
        "cape" => Some("good-hope"),
        other => Some(other),
    };
    if let Some(named) = named {
        take(&mut options, published_passage(ocean, published, named)?);
    }
    let Some(remark) = remark else {
        return Ok(options);
    };
    for id in &remark.avoid {
        options.avoid = options
            .avoid
            .with(remarked_passage(ocean, remark, id, "avoid")?);
    }
    for id in &remark.take {
        take(&mut options, remarked_passage(ocean, remark, id, "take")?);
    }
    Ok(options)
}

fn take(options: &mut Options, passage: PassageSet) {
    options.avoid = options.avoid.without(passage);
    options.open = options.open.with(passage);
    options.via.push(Via::Passage(passage));
}

fn published_passage(ocean: &Ocean, published: &Published, id: &str) -> Result<PassageSet, Error> {
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
}

fn remarked_passage(
    ocean: &Ocean,
    remark: &Remark,
    id: &str,
    column: &str,
) -> Result<PassageSet, Error> {
    ocean.passage(id).ok_or_else(|| {
        Error::Input(
            Problem::in_file(
                REMARKS_FILE,
                format!("the ocean knows no passage `{id}`"),
                "use the ids of passages.csv",
            )
            .on_line(remark.line)
            .in_column(column),
        )
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
