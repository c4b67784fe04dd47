//! The ocean, the names and the facts, asked from Python.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use foreland::route::{Found, RouteFault, RouteQuery, ShipSpec, WaySpec, spacing};
use foreland::{Atlas, ErrorCode};
use pyo3::prelude::*;
use pyo3_arrow::PyTable;
use sealane::Ocean;

use crate::{atlas_tables, failure, map, matrix, pairs, table};

/// What routes are found with.
#[pyclass(frozen, module = "foreland._foreland")]
pub(crate) struct Charts {
    pub(crate) charts: foreland::route::Charts,
}

/// The ship and the way of a question, as a dict.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Way {
    vessel: Option<String>,
    loa_m: Option<f64>,
    beam_m: Option<f64>,
    draught_m: Option<f64>,
    air_draught_m: Option<f64>,
    avoid: Vec<String>,
    via: Vec<String>,
    open: Vec<String>,
}

impl Way {
    pub(crate) fn ship(&self) -> ShipSpec {
        ShipSpec {
            class: self.vessel.clone(),
            loa_m: self.loa_m,
            beam_m: self.beam_m,
            draught_m: self.draught_m,
            air_draught_m: self.air_draught_m,
        }
    }

    pub(crate) fn way(&self) -> WaySpec {
        WaySpec {
            avoid: self.avoid.clone(),
            via: self.via.clone(),
            open: self.open.clone(),
        }
    }
}

/// The ocean inside the package.
pub(crate) fn ocean(py: Python<'_>) -> PyResult<&'static Ocean> {
    Ocean::embedded().map_err(|e| failure::of_encoding(py, "the ocean inside the package", &e))
}

/// The exception of a question that cannot be put.
pub(crate) fn of_fault(py: Python<'_>, fault: &RouteFault) -> PyErr {
    let detail = match fault.wrong_argument() {
        Some(argument) => format!("{argument}: {fault}"),
        None => fault.to_string(),
    };
    failure::raise(py, code(fault), &detail, Some(&fault.remedy()))
}

fn code(fault: &RouteFault) -> ErrorCode {
    match fault {
        RouteFault::Place { error, .. } => error.code(),
        RouteFault::Argument { .. } => ErrorCode::BadRequest,
        RouteFault::Ocean(error) => ErrorCode::of_route(error),
    }
}

#[pymethods]
impl Charts {
    /// Reads the facts of a folder.
    #[new]
    fn new(py: Python<'_>, atlas: PathBuf) -> PyResult<Self> {
        let ocean = ocean(py)?;
        let atlas = py.detach(|| Atlas::load(&atlas));
        let atlas = atlas.map_err(|e| failure::of_error(py, &e))?;
        Ok(Charts {
            charts: foreland::route::Charts::new(ocean, Some(atlas)),
        })
    }

    /// The routes between two places.
    fn route(
        &self,
        py: Python<'_>,
        ends: (String, String),
        way: Way,
        speed_kn: Option<String>,
        depart: Option<String>,
        alternatives: usize,
    ) -> PyResult<Answer> {
        let query = RouteQuery {
            from: ends.0,
            to: ends.1,
            ship: way.ship(),
            way: way.way(),
            alternatives,
            speed_kn,
            depart,
        };
        let answer = py.detach(|| query.answer(&self.charts));
        let answer = answer.map_err(|fault| of_fault(py, &fault))?;
        match &answer.no_route {
            Some(why) => Err(failure::raise(
                py,
                ErrorCode::NoRoute,
                why,
                Some("open a passage, take a smaller ship, or choose another port"),
            )),
            None => Ok(Answer { answer }),
        }
    }

    /// The speed to which a vessel class is designed, knots.
    fn design_speed_kn(&self, vessel: &str) -> Option<f64> {
        let rows = &self.charts.atlas.as_ref()?.vessels.rows;
        let row = rows.iter().find(|row| row.id.as_str() == vessel)?;
        Some(row.design_speed_kn)
    }

    /// Distances from each origin to each destination.
    fn matrix(
        &self,
        py: Python<'_>,
        start: matrix::Places,
        end: Option<matrix::Places>,
        way: Way,
    ) -> PyResult<PyTable> {
        matrix::matrix(py, &self.charts, &start, end.as_ref(), &way)
    }

    /// A table of pairs, of a list.
    fn pairs(&self, py: Python<'_>, pairs: Vec<(String, String)>) -> PyResult<PyTable> {
        let columns: [ArrayRef; 2] = [
            Arc::new(StringArray::from_iter_values(
                pairs.iter().map(|(from, _)| from),
            )),
            Arc::new(StringArray::from_iter_values(
                pairs.iter().map(|(_, to)| to),
            )),
        ];
        let batch = RecordBatch::try_from_iter(["from", "to"].into_iter().zip(columns));
        table::table(batch.map_err(|e| failure::of_encoding(py, "the pairs", &e))?)
    }

    /// Routes of the pairs of a table.
    fn routes(&self, py: Python<'_>, pairs: PyTable, way: Way) -> PyResult<PyTable> {
        pairs::routes(py, &self.charts, &pairs, &way)
    }

    /// A table of the facts.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<PyTable> {
        match &self.charts.atlas {
            Some(atlas) => {
                let batch = atlas_tables::table(atlas, name);
                table::table(batch.map_err(|e| failure::of_error(py, &e))?)
            }
            None => Err(failure::raise(
                py,
                ErrorCode::NotFound,
                "there are no facts",
                None,
            )),
        }
    }
}

/// The routes between two places.
#[pyclass(frozen, module = "foreland._foreland")]
pub(crate) struct Answer {
    answer: foreland::route::Answer,
}

/// What Python is told of a place.
#[derive(IntoPyObject)]
struct PlaceData {
    unlocode: Option<String>,
    name: String,
    lon_deg: f64,
    lat_deg: f64,
}

/// What Python is told of a passage on a route.
#[derive(IntoPyObject)]
struct CrossingData {
    id: String,
    is_channel: bool,
    at_nm: f64,
    length_nm: f64,
}

/// What Python is told of a route.
#[derive(IntoPyObject)]
struct RouteData {
    distance_nm: f64,
    sailing_h: Option<f64>,
    passages_h: Option<(f64, f64, f64)>,
    time_h: Option<f64>,
    arrival: Option<String>,
    crossings: Vec<CrossingData>,
    snap_from_nm: f64,
    snap_to_nm: f64,
    beyond_ice_limit: bool,
    parts: Vec<Vec<(f64, f64)>>,
    unwrapped: Vec<(f64, f64)>,
}

#[pymethods]
impl Answer {
    /// Start and end.
    fn ends(&self) -> (PlaceData, PlaceData) {
        let data = |place: &foreland::place::Place| PlaceData {
            unlocode: place.unlocode.clone(),
            name: place.name.clone(),
            lon_deg: place.lon_deg,
            lat_deg: place.lat_deg,
        };
        (data(&self.answer.from), data(&self.answer.to))
    }

    /// The routes, shortest first.
    fn routes(&self) -> Vec<RouteData> {
        self.answer.routes.iter().map(data).collect()
    }

    /// The ship in words.
    fn ship(&self) -> Option<String> {
        self.answer.ship.clone()
    }

    /// Choices that shape the answer and that nobody made.
    fn notes(&self) -> Vec<String> {
        self.answer.notes.clone()
    }

    /// The answer as text in a format.
    fn text(&self, py: Python<'_>, format: &str) -> PyResult<String> {
        match format {
            "json" => Ok(self.answer.json()),
            "geojson" => Ok(self.answer.geojson()),
            "gpx" => Ok(self.answer.gpx()),
            "rtz" => self.answer.rtz().map_err(|fault| of_fault(py, &fault)),
            other => Err(failure::raise(
                py,
                ErrorCode::NotAcceptable,
                &format!("routes are not written as `{other}`"),
                Some("name one of json, geojson, gpx, rtz"),
            )),
        }
    }

    /// A map of the routes as one SVG.
    fn svg(&self) -> String {
        map::svg(&self.answer)
    }
}

fn data(found: &Found) -> RouteData {
    let pairs = |line: Vec<[f64; 2]>| line.into_iter().map(|[lon, lat]| (lon, lat)).collect();
    let route = &found.route;
    RouteData {
        distance_nm: route.distance.nm(),
        sailing_h: found.voyage.as_ref().map(|v| v.sailing_h),
        passages_h: found
            .voyage
            .as_ref()
            .map(|v| (v.passages_h.low, v.passages_h.mid, v.passages_h.high)),
        time_h: found.voyage.as_ref().map(|v| v.total_h()),
        arrival: found.arrival.map(|at| at.to_string()),
        crossings: route
            .crossings
            .iter()
            .map(|crossing| CrossingData {
                id: crossing.passage.clone(),
                is_channel: crossing.is_channel,
                at_nm: crossing.at.nm(),
                length_nm: crossing.length.nm(),
            })
            .collect(),
        snap_from_nm: route.snap_from.nm(),
        snap_to_nm: route.snap_to.nm(),
        beyond_ice_limit: route.beyond_ice_limit,
        parts: route.parts(spacing()).into_iter().map(pairs).collect(),
        unwrapped: pairs(route.unwrapped(spacing())),
    }
}
