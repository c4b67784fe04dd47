//! Vessel classes.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::state::App;

/// A class of ships.
#[derive(Serialize, ToSchema)]
pub struct VesselInfo {
    /// Identifier, for `vessel`.
    id: String,
    /// Name.
    name: String,
    /// `container`, `bulk`, `tanker`, `roro` or `multipurpose`.
    kind: &'static str,
    /// Container capacity, TEU.
    teu: Option<f64>,
    /// Deadweight, t.
    dwt_t: Option<f64>,
    /// Length over all, m.
    loa_m: f64,
    /// Beam, m.
    beam_m: f64,
    /// Design draught, m.
    draught_m: f64,
    /// Height above water, m.
    air_draught_m: Option<f64>,
    /// Design speed, kn.
    speed_kn: f64,
    /// Lowest service speed, kn.
    min_speed_kn: f64,
    /// Highest service speed, kn.
    max_speed_kn: f64,
    /// `sourced`, `derived` or `assumed`.
    basis: &'static str,
    /// Where the figures can be read.
    source: String,
}

/// Classes of ships with their dimensions and speeds
#[utoipa::path(
    get, path = "/v1/vessels", tag = "sea",
    responses((status = 200, body = Vec<VesselInfo>))
)]
pub async fn vessels(State(app): State<App>) -> Json<Vec<VesselInfo>> {
    let rows = app
        .charts
        .atlas
        .iter()
        .flat_map(|atlas| &atlas.vessels.rows);
    Json(
        rows.map(|row| VesselInfo {
            id: row.id.to_string(),
            name: row.name.clone(),
            kind: row.kind.as_str(),
            teu: row.capacity_teu,
            dwt_t: row.dwt_t,
            loa_m: row.loa_m,
            beam_m: row.beam_m,
            draught_m: row.draught_m,
            air_draught_m: row.air_draught_m,
            speed_kn: row.design_speed_kn,
            min_speed_kn: row.min_speed_kn,
            max_speed_kn: row.max_speed_kn,
            basis: row.origin.basis.as_str(),
            source: row.origin.source.clone(),
        })
        .collect(),
    )
}
