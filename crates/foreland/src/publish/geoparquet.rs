//! Geometries as GeoArrow tables and as GeoParquet 1.1 (<https://geoparquet.org/releases/v1.1.0/>).
//!
//! Coordinates are longitude and latitude on WGS84 (OGC:CRS84, the format's default); lines are
//! cut at ±180°.

use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use serde_json::{Value, json};

use super::sheet::{self, Sheet, sheet};
use super::sheets::word;
use crate::error::Error;
use crate::findings::Findings;
use crate::wkb;

pub(super) fn routes(findings: &Findings) -> Result<Vec<u8>, Error> {
    let lines = findings.routes.iter().flat_map(|route| &route.lines);
    let positions = lines.flatten().copied();
    file(&routes_batch(findings)?, "MultiLineString", positions)
}

pub(super) fn points(findings: &Findings) -> Result<Vec<u8>, Error> {
    let places = findings.points.iter().map(|point| &point.place);
    let positions = places.map(|place| [place.lon_deg, place.lat_deg]);
    file(&points_batch(findings)?, "Point", positions)
}

pub(super) fn routes_batch(findings: &Findings) -> Result<RecordBatch, Error> {
    let attributes = sheet!("routes", findings.routes.iter(), row => {
        "id": Text(row.id.clone()),
        "name": Text(row.name.clone()),
        "mode": Text(word(&row.mode)),
        "role": Text(word(&row.role)),
        "worlds": Text(row.worlds.join(";")),
        "flows": Text(row.flows.join(";")),
        "distance": Number(Some(row.distance)),
        "distance_unit": Text(row.distance_unit.clone()),
        "passages": Text(row.passages.join(";")),
    });
    let lines = findings.routes.iter();
    let lines = lines.map(|route| Some(wkb::multi_line_string(&route.lines)));
    with_geometry(&attributes, &lines.collect::<Vec<_>>())
}

pub(super) fn points_batch(findings: &Findings) -> Result<RecordBatch, Error> {
    let attributes = sheet!("points", findings.points.iter(), row => {
        "id": Text(row.place.id.clone()),
        "name": Text(row.place.name.clone()),
        "role": Text(word(&row.role)),
    });
    let places = findings.points.iter().map(|point| &point.place);
    let points = places.map(|place| Some(wkb::point(place.lon_deg, place.lat_deg)));
    with_geometry(&attributes, &points.collect::<Vec<_>>())
}

fn with_geometry(attributes: &Sheet, shapes: &[Option<Vec<u8>>]) -> Result<RecordBatch, Error> {
    let batch = attributes.batch()?;
    let old = batch.schema();
    let mut fields: Vec<_> = old.fields().iter().cloned().collect();
    fields.push(Arc::new(wkb::field(false)));
    let mut columns = batch.columns().to_vec();
    columns.push(wkb::array(shapes));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(encode)
}

fn file(
    batch: &RecordBatch,
    kind: &str,
    positions: impl Iterator<Item = [f64; 2]>,
) -> Result<Vec<u8>, Error> {
    let mut column = json!({ "encoding": "WKB", "geometry_types": [kind] });
    if let (Some(extent), Some(column)) = (extent(positions), column.as_object_mut()) {
        column.insert("bbox".to_owned(), extent);
    }
    let about = json!({
        "version": "1.1.0",
        "primary_column": wkb::GEOMETRY,
        "columns": { wkb::GEOMETRY: column },
    });
    sheet::parquet(batch, &[("geo", about.to_string())]).map_err(encode)
}

/// West, south, east, north; `None` without positions.
fn extent(positions: impl Iterator<Item = [f64; 2]>) -> Option<Value> {
    let bounds = positions.fold(None, |bounds: Option<[f64; 4]>, [lon, lat]| {
        let [west, south, east, north] = bounds.unwrap_or([lon, lat, lon, lat]);
        Some([west.min(lon), south.min(lat), east.max(lon), north.max(lat)])
    });
    bounds.map(|bounds| json!(bounds))
}

fn encode(error: impl std::fmt::Display) -> Error {
    Error::Encode {
        what: "geometries".to_owned(),
        why: error.to_string(),
    }
}
