//! Suggestions while somebody types.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::extract::Query;
use crate::problem::Problem;
use crate::state::App;

/// Suggestions that are given at most.
const MOST: usize = 50;

/// What was typed so far.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PlacesQuery {
    /// Beginning of a name or UN/LOCODE; accents and case do not matter
    #[param(max_length = 120)]
    q: String,
    /// At most so many
    #[serde(default = "eight")]
    #[param(minimum = 1, maximum = 50, default = 8)]
    limit: usize,
}

fn eight() -> usize {
    8
}

/// A port that may be meant.
#[derive(Serialize, ToSchema)]
pub struct Suggestion {
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
}

/// Ports that may be meant by the beginning of a name
#[utoipa::path(
    get, path = "/v1/places", tag = "sea", params(PlacesQuery),
    responses(
        (status = 200, body = Vec<Suggestion>),
        (status = 400, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn places(
    State(app): State<App>,
    Query(query): Query<PlacesQuery>,
) -> Result<Json<Vec<Suggestion>>, Problem> {
    if !(1..=MOST).contains(&query.limit) {
        return Err(Problem::bad(
            format!("limit: {} suggestions are not given", query.limit),
            format!("give a limit from 1 to {MOST}"),
        ));
    }
    let found = app.charts.gazetteer.suggest(&query.q, query.limit);
    let suggestions = found.into_iter().filter_map(|place| {
        let locode = place.unlocode?;
        Some(Suggestion {
            country: locode.get(..2)?.to_owned(),
            locode,
            name: place.name,
            lon: place.lon_deg,
            lat: place.lat_deg,
        })
    });
    Ok(Json(suggestions.collect()))
}
