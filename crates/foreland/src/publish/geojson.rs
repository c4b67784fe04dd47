//! Geometries as GeoJSON (RFC 7946).

use serde_json::{Value, json};

use super::json as encode;
use crate::error::Error;
use crate::findings::{Findings, MapPoint, RouteLine};

pub(super) fn routes(findings: &Findings) -> Result<Vec<u8>, Error> {
    collection(findings.routes.iter().map(route).collect())
}

pub(super) fn points(findings: &Findings) -> Result<Vec<u8>, Error> {
    collection(findings.points.iter().map(point).collect())
}

fn collection(features: Vec<Value>) -> Result<Vec<u8>, Error> {
    encode(&json!({ "type": "FeatureCollection", "features": features }))
}

fn route(route: &RouteLine) -> Value {
    json!({
        "type": "Feature",
        "id": route.id,
        "geometry": { "type": "MultiLineString", "coordinates": route.lines },
        "properties": {
            "name": route.name,
            "mode": route.mode,
            "role": route.role,
            "worlds": route.worlds,
            "flows": route.flows,
            "distance": route.distance,
            "distance_unit": route.distance_unit,
            "passages": route.passages,
        },
    })
}

fn point(point: &MapPoint) -> Value {
    json!({
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [point.place.lon_deg, point.place.lat_deg],
        },
        "properties": {
            "id": point.place.id,
            "name": point.place.name,
            "role": point.role,
        },
    })
}
