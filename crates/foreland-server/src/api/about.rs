//! What this server is, and the description of its API.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Html, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::reply::{Content, Freshness};
use crate::state::App;
use crate::{openapi, page};

/// What a server is.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`: a server that is not does not answer.
    status: &'static str,
    /// Version of the program.
    version: &'static str,
    /// Ports that it knows.
    ports: usize,
    /// Passages that it knows, approach channels included.
    passages: usize,
    /// Whether the page is inside.
    page: bool,
}

/// Whether the server is up, and what it knows
#[utoipa::path(get, path = "/v1/health", tag = "about", responses((status = 200, body = Health)))]
pub async fn health(State(app): State<App>) -> Json<Health> {
    Json(Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
        ports: app.charts.ocean.ports().len(),
        passages: app.charts.ocean.passages().len(),
        page: page::is_there(),
    })
}

/// This description as OpenAPI 3.1
#[utoipa::path(
    get, path = "/v1/openapi.json", tag = "about",
    responses((status = 200, description = "OpenAPI document", content_type = "application/json"))
)]
pub async fn openapi(headers: HeaderMap) -> Response {
    Content::new("application/json", openapi::json()).answer(&headers, Freshness::Ask)
}

/// This description as a page
#[utoipa::path(
    get, path = "/v1/docs", tag = "about",
    responses((status = 200, description = "HTML", content_type = "text/html"))
)]
pub async fn docs() -> Html<&'static str> {
    Html(openapi::page())
}
