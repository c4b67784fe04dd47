//! All ports.

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use foreland::atlas::{Atlas, PortRow};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use crate::columns;
use crate::extract::Query;
use crate::format::Format;
use crate::problem::Problem;
use crate::reply::{Content, Freshness};
use crate::state::App;

/// Formats of the ports, in the order of [`crate::state::Inner::ports`].
const OFFERED: [Format; 5] = [
    Format::Json,
    Format::Geojson,
    Format::Csv,
    Format::Arrow,
    Format::Parquet,
];

/// How ports are asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PortsQuery {
    /// json, geojson, csv, arrow or parquet; goes before the header Accept
    format: Option<String>,
}

/// A port.
#[derive(Serialize, ToSchema)]
pub struct PortInfo {
    /// UN/LOCODE.
    locode: String,
    /// Name with its accents.
    name: String,
    /// ISO 3166-1 code.
    country: String,
    /// Longitude, degrees.
    lon: f64,
    /// Latitude, degrees.
    lat: f64,
    /// `large`, `medium` or `small`.
    size: Option<&'static str>,
    /// Deepest draught that the port takes, m.
    depth_m: Option<f64>,
    /// The largest ship by the port's terminals, as far as they are in the atlas.
    limits: Option<PortLimits>,
}

/// The largest ship that any terminal of a port takes, m.
#[derive(Serialize, ToSchema)]
pub struct PortLimits {
    /// Length over all, m.
    loa_m: Option<f64>,
    /// Beam, m.
    beam_m: Option<f64>,
    /// Draught, m.
    draught_m: Option<f64>,
}

/// All ports
#[utoipa::path(
    get, path = "/v1/ports", tag = "sea", params(PortsQuery),
    responses(
        (status = 200, content(
            (Vec<PortInfo> = "application/json"),
            (String = "application/geo+json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.apache.arrow.stream"),
            (Vec<u8> = "application/vnd.apache.parquet"),
        )),
        (status = 304, description = "The client has them"),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 406, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn ports(
    State(app): State<App>,
    Query(query): Query<PortsQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let format = Format::choose(query.format.as_deref(), &headers, &OFFERED)?;
    let place = OFFERED.iter().position(|f| *f == format).unwrap_or(0);
    let cell = &app.ports[place];
    let content = match cell.get() {
        Some(content) => content,
        None => {
            let ports = infos(app.charts.atlas.as_ref());
            let content = Content::of(format, written(&ports, format)?);
            cell.get_or_init(|| content)
        }
    };
    Ok(content.answer(&headers, Freshness::Ask))
}

fn infos(atlas: Option<&Atlas>) -> Vec<PortInfo> {
    let Some(atlas) = atlas else {
        return Vec::new();
    };
    let rows = atlas.ports.rows.iter();
    rows.map(|row| info(atlas, row)).collect()
}

fn info(atlas: &Atlas, row: &PortRow) -> PortInfo {
    let terminals: Vec<_> = atlas
        .terminals
        .rows
        .iter()
        .filter(|terminal| terminal.port == row.unlocode)
        .collect();
    let largest = |measure: fn(&foreland::atlas::TerminalRow) -> Option<f64>| {
        terminals
            .iter()
            .filter_map(|terminal| measure(terminal))
            .max_by(f64::total_cmp)
    };
    PortInfo {
        locode: row.unlocode.to_string(),
        name: row.name.clone(),
        country: row.country.to_string(),
        lon: row.lon_deg,
        lat: row.lat_deg,
        size: row.size.map(foreland::atlas::PortSize::as_str),
        depth_m: row.max_draught_m,
        limits: (!terminals.is_empty()).then(|| PortLimits {
            loa_m: largest(|t| t.max_loa_m),
            beam_m: largest(|t| t.max_beam_m),
            draught_m: largest(|t| t.max_draught_m),
        }),
    }
}

fn written(ports: &[PortInfo], format: Format) -> Result<Vec<u8>, Problem> {
    match format {
        Format::Json => columns::json(&ports),
        Format::Geojson => {
            let features: Vec<_> = ports.iter().map(feature).collect();
            columns::json(&json!({ "type": "FeatureCollection", "features": features }))
        }
        _ => columns::encode(&[batch(ports)?], format),
    }
}

fn feature(port: &PortInfo) -> serde_json::Value {
    json!({
        "type": "Feature",
        "id": port.locode,
        "geometry": { "type": "Point", "coordinates": [port.lon, port.lat] },
        "properties": {
            "locode": port.locode, "name": port.name, "country": port.country,
            "size": port.size, "depth_m": port.depth_m, "limits": port.limits,
        },
    })
}

fn batch(ports: &[PortInfo]) -> Result<RecordBatch, Problem> {
    fn texts<'a>(cells: impl Iterator<Item = Option<&'a str>>) -> ArrayRef {
        Arc::new(cells.collect::<StringArray>())
    }
    fn numbers(cells: impl Iterator<Item = Option<f64>>) -> ArrayRef {
        Arc::new(cells.collect::<Float64Array>())
    }
    let limit = |measure: fn(&PortLimits) -> Option<f64>| {
        numbers(ports.iter().map(|port| measure(port.limits.as_ref()?)))
    };
    RecordBatch::try_from_iter_with_nullable([
        (
            "locode",
            texts(ports.iter().map(|p| Some(p.locode.as_str()))),
            false,
        ),
        (
            "name",
            texts(ports.iter().map(|p| Some(p.name.as_str()))),
            false,
        ),
        (
            "country",
            texts(ports.iter().map(|p| Some(p.country.as_str()))),
            false,
        ),
        ("lon", numbers(ports.iter().map(|p| Some(p.lon))), false),
        ("lat", numbers(ports.iter().map(|p| Some(p.lat))), false),
        ("size", texts(ports.iter().map(|p| p.size)), true),
        ("depth_m", numbers(ports.iter().map(|p| p.depth_m)), true),
        ("max_loa_m", limit(|l| l.loa_m), true),
        ("max_beam_m", limit(|l| l.beam_m), true),
        ("max_draught_m", limit(|l| l.draught_m), true),
    ])
    .map_err(|error| Problem::internal(&error))
}
