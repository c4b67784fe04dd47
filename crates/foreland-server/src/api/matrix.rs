//! Distances between many ports at once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arrow_array::{ArrayRef, Float32Array, RecordBatch, StringArray};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use foreland::route::ShipSpec;
use sealane::{Options, PortIx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::columns;
use crate::extract::Json;
use crate::format::Format;
use crate::problem::{Code, Problem};
use crate::state::App;

/// Rows computed before it is looked whether time is up.
const ROWS_AT_ONCE: usize = 16;

/// A question for a matrix: `places` on both sides, or `from` and `to`.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MatrixQuestion {
    /// Ports on both sides: UN/LOCODEs or names.
    #[serde(default)]
    #[schema(example = json!(["PECLL", "CNSHA", "NLRTM"]))]
    places: Vec<String>,
    /// Ports to start from.
    #[serde(default)]
    from: Vec<String>,
    /// Ports to go to.
    #[serde(default)]
    to: Vec<String>,
    /// Class of ship, see /v1/vessels.
    vessel: Option<String>,
    /// Length over all, m.
    loa_m: Option<f64>,
    /// Beam, m.
    beam_m: Option<f64>,
    /// Draught, m.
    draught_m: Option<f64>,
    /// Height above water, m.
    air_draught_m: Option<f64>,
    /// Passages to stay out of.
    #[serde(default)]
    avoid: Vec<String>,
    /// Passages that are closed unless opened.
    #[serde(default)]
    open: Vec<String>,
    /// json, csv, arrow or parquet; goes before the header Accept.
    format: Option<String>,
}

/// Distances between ports.
#[derive(Serialize, ToSchema)]
pub struct MatrixAnswer {
    /// UN/LOCODEs of the rows.
    from: Vec<String>,
    /// UN/LOCODEs of the columns.
    to: Vec<String>,
    /// Rows of distances, nm; null where there is no route.
    distance_nm: Vec<Vec<Option<f32>>>,
}

/// Distances between many ports
///
/// As a table, one row a pair: from, to, distance_nm.
#[utoipa::path(
    post, path = "/v1/matrix", tag = "sea", request_body = MatrixQuestion,
    responses(
        (status = 200, content(
            (MatrixAnswer = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.apache.arrow.stream"),
            (Vec<u8> = "application/vnd.apache.parquet"),
        )),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 406, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn matrix(
    State(app): State<App>,
    headers: HeaderMap,
    Json(question): Json<MatrixQuestion>,
) -> Result<Response, Problem> {
    let format = Format::choose(question.format.as_deref(), &headers, &columns::OFFERED)?;
    bounded(&app, &question)?;
    let until = Instant::now()
        + app
            .config
            .limits
            .request_time
            .saturating_sub(Duration::from_secs(1));
    let worker = app.clone();
    let bytes = app
        .work
        .run(move || {
            let asked = Asked::read(&worker, question)?;
            written(&asked.answer(&worker, until)?, format)
        })
        .await??;
    let kind = HeaderValue::from_static(format.media_type());
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

/// Refuses more than is worked on at once, before any of it is.
fn bounded(app: &App, question: &MatrixQuestion) -> Result<(), Problem> {
    let limits = &app.config.limits;
    let (from, to) = match (&question.places[..], &question.from[..], &question.to[..]) {
        ([], [_, ..], [_, ..]) => (question.from.len(), question.to.len()),
        ([_, ..], [], []) => (question.places.len(), question.places.len()),
        _ => {
            return Err(Problem::bad(
                "a matrix has places on both sides, or from and to",
                "give either `places`, or `from` and `to`, none of them empty",
            ));
        }
    };
    if from.max(to) > limits.rows || from.saturating_mul(to) > limits.matrix_cells {
        return Err(
            Problem::new(Code::TooBig, format!("{from} by {to} places are too many")).remedy(
                format!(
                    "ask for at most {} places a side and {} pairs at once",
                    limits.rows, limits.matrix_cells
                ),
            ),
        );
    }
    Ok(())
}

struct Asked {
    from: Vec<PortIx>,
    to: Vec<PortIx>,
    options: Options,
}

impl Asked {
    fn read(app: &App, question: MatrixQuestion) -> Result<Asked, Problem> {
        let charts = &app.charts;
        let ship = ShipSpec {
            class: question.vessel,
            loa_m: question.loa_m,
            beam_m: question.beam_m,
            draught_m: question.draught_m,
            air_draught_m: question.air_draught_m,
        };
        let ship = ship.resolve(charts.atlas.as_ref())?;
        let ports = |list: &[String]| -> Result<Vec<PortIx>, Problem> {
            list.iter().map(|text| port(app, text)).collect()
        };
        let options = charts
            .ways()
            .closures(&ship, &question.avoid, &question.open)?;
        let places = ports(&question.places)?;
        if !places.is_empty() {
            return Ok(Asked {
                from: places.clone(),
                to: places,
                options,
            });
        }
        Ok(Asked {
            from: ports(&question.from)?,
            to: ports(&question.to)?,
            options,
        })
    }

    fn answer(&self, app: &App, until: Instant) -> Result<MatrixAnswer, Problem> {
        let ocean = app.charts.ocean;
        let mut rows = Vec::with_capacity(self.from.len());
        for from in self.from.chunks(ROWS_AT_ONCE) {
            if Instant::now() > until {
                return Err(Problem::new(Code::TimedOut, "the matrix took too long")
                    .remedy("ask for fewer pairs at once")
                    .retry_after(1));
            }
            let matrix = ocean.matrix(from, &self.to, &self.options);
            let known = |nm: &f32| (!nm.is_nan()).then(|| (nm * 100.0).round() / 100.0);
            let some = matrix.nm.chunks(matrix.columns);
            rows.extend(some.map(|row| row.iter().map(known).collect::<Vec<_>>()));
        }
        let codes = |ports: &[PortIx]| {
            let code = |port: &PortIx| ocean.ports()[port.number()].unlocode.clone();
            ports.iter().map(code).collect()
        };
        Ok(MatrixAnswer {
            from: codes(&self.from),
            to: codes(&self.to),
            distance_nm: rows,
        })
    }
}

fn port(app: &App, text: &str) -> Result<PortIx, Problem> {
    let place = app.charts.gazetteer.find(text)?;
    let code = place.unlocode.as_deref();
    code.and_then(|code| app.charts.ocean.port(code))
        .ok_or_else(|| {
            Problem::bad(
                format!("{place} is no port that the ocean knows"),
                "give a port's UN/LOCODE or name; single points have routes, not a matrix",
            )
        })
}

fn written(answer: &MatrixAnswer, format: Format) -> Result<Vec<u8>, Problem> {
    if format == Format::Json {
        return columns::json(answer);
    }
    let (rows, columns) = (answer.from.len(), answer.to.len());
    let from = (0..rows * columns).map(|i| Some(answer.from[i / columns].as_str()));
    let to = (0..rows * columns).map(|i| Some(answer.to[i % columns].as_str()));
    let nm = answer.distance_nm.iter().flatten().copied();
    let batch = RecordBatch::try_from_iter_with_nullable([
        (
            "from",
            Arc::new(from.collect::<StringArray>()) as ArrayRef,
            false,
        ),
        (
            "to",
            Arc::new(to.collect::<StringArray>()) as ArrayRef,
            false,
        ),
        (
            "distance_nm",
            Arc::new(nm.collect::<Float32Array>()) as ArrayRef,
            true,
        ),
    ])
    .map_err(|error| Problem::internal(&error))?;
    columns::encode(&[batch], format)
}
