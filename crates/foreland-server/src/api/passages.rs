//! Passages.

use axum::Json;
use axum::extract::State;
use foreland::atlas::Atlas;
use sealane::passage::{Kind, Limits, Passage};
use serde::Serialize;
use utoipa::ToSchema;

use crate::state::App;

/// A canal, strait or cape.
#[derive(Serialize, ToSchema)]
pub struct PassageInfo {
    /// Identifier, for `avoid`, `via` and `open`.
    id: String,
    /// Name.
    name: String,
    /// `canal`, `strait`, `cape` or `ice`.
    kind: &'static str,
    /// Middle of the gate, or of the canal, degrees.
    lon: f64,
    /// Middle of the gate, or of the canal, degrees.
    lat: f64,
    /// The largest ship.
    limits: LimitsInfo,
    /// Whether it is closed unless opened.
    closed_by_default: bool,
    /// The line that routes cross, `[lon, lat]` in degrees; longitudes run on beyond ±180°; none for a canal.
    gate: Vec<[f64; 2]>,
}

/// The largest ship, metres; what is not known does not limit.
#[derive(Serialize, ToSchema)]
pub struct LimitsInfo {
    /// Length over all, m.
    loa_m: Option<f64>,
    /// Beam, m.
    beam_m: Option<f64>,
    /// Draught, m.
    draught_m: Option<f64>,
    /// Height above water, m.
    air_draught_m: Option<f64>,
}

impl From<&Limits> for LimitsInfo {
    fn from(limits: &Limits) -> Self {
        LimitsInfo {
            loa_m: limits.loa_m,
            beam_m: limits.beam_m,
            draught_m: limits.draught_m,
            air_draught_m: limits.air_draught_m,
        }
    }
}

/// Canals, straits and capes, with the largest ship they take
#[utoipa::path(
    get, path = "/v1/passages", tag = "sea",
    responses((status = 200, body = Vec<PassageInfo>))
)]
pub async fn passages(State(app): State<App>) -> Json<Vec<PassageInfo>> {
    let passages = app.charts.ocean.passages().iter();
    let shown = passages.filter(|passage| passage.kind != Kind::Channel);
    Json(
        shown
            .filter_map(|passage| info(passage, app.charts.atlas.as_ref()?))
            .collect(),
    )
}

/// A passage that has a place on the map.
fn info(passage: &Passage, atlas: &Atlas) -> Option<PassageInfo> {
    let mut points: Vec<(u32, [f64; 2])> = atlas
        .passage_gates
        .rows
        .iter()
        .filter(|row| row.passage.as_str() == passage.id)
        .map(|row| (row.seq, [row.lon_deg, row.lat_deg]))
        .collect();
    points.sort_by_key(|(seq, _)| *seq);
    let mut gate: Vec<[f64; 2]> = points.into_iter().map(|(_, point)| point).collect();
    for i in 1..gate.len() {
        let turns = ((gate[i][0] - gate[i - 1][0]) / 360.0).round();
        gate[i][0] -= turns * 360.0;
    }
    let [lon, lat] = match (gate.first(), gate.last()) {
        (Some(first), Some(last)) => [0, 1].map(|i| f64::midpoint(first[i], last[i])),
        // A canal has no gate: it is crossed along its line.
        _ => middle_of_canal(passage, atlas)?,
    };
    Some(PassageInfo {
        id: passage.id.clone(),
        name: passage.name.clone(),
        kind: passage.kind.name(),
        lon: lon - (lon / 360.0).round() * 360.0,
        lat,
        limits: LimitsInfo::from(&passage.limits),
        closed_by_default: !passage.open_by_default,
        gate,
    })
}

/// The middle one of the points of a canal's line.
fn middle_of_canal(passage: &Passage, atlas: &Atlas) -> Option<[f64; 2]> {
    let rows = atlas.channels.rows.iter();
    let mut points: Vec<(u32, [f64; 2])> = rows
        .filter(|row| row.passage.as_ref().map(|id| id.as_str()) == Some(passage.id.as_str()))
        .map(|row| (row.seq, [row.lon_deg, row.lat_deg]))
        .collect();
    points.sort_by_key(|(seq, _)| *seq);
    points.get(points.len() / 2).map(|(_, point)| *point)
}
