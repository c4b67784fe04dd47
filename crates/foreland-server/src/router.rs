//! Which address is answered by what, and what stands before all of them.

use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::decompression::RequestDecompressionLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::guard::{Guard, guard};
use crate::openapi::Frame;
use crate::problem::{Code, Problem};
use crate::state::App;
use crate::{api, page};

/// The addresses of the API with their description.
pub fn addresses() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Frame::openapi())
        .routes(routes!(api::about::health))
        .routes(routes!(api::about::openapi))
        .routes(routes!(api::about::docs))
        .routes(routes!(api::ports::ports))
        .routes(routes!(api::places::places))
        .routes(routes!(api::passages::passages))
        .routes(routes!(api::vessels::vessels))
        .routes(routes!(api::route::route))
        .routes(routes!(api::land::land))
        .routes(routes!(api::studies::studies))
        .routes(routes!(api::studies::study))
        .routes(routes!(api::studies::file))
        .routes(routes!(api::matrix::matrix))
        .routes(routes!(api::jobs::run))
        .routes(routes!(api::jobs::jobs))
        .routes(routes!(api::jobs::job, api::jobs::dismiss))
        .routes(routes!(api::jobs::events))
        .routes(routes!(api::results::results))
        .routes(routes!(api::results::table))
}

/// The whole server: the API, the page, and their guards.
pub fn router(app: &App) -> Router {
    let limits = &app.config.limits;
    let (api, _) = addresses().split_for_parts();
    api.fallback(page::serve)
        .layer(DefaultBodyLimit::max(limits.body_bytes))
        .layer(RequestDecompressionLayer::new())
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Guard::new(&app.config), guard))
        .layer(CompressionLayer::new())
        .layer(middleware::map_response(sealed))
        .with_state(app.clone())
}

/// What a panic in a handler becomes; its text is already in the log.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Problem::new(Code::Internal, "the server could not do this")
        .remedy("try again; if it stays, the server's log tells more")
        .into_response()
}

/// Browsers take types as declared and tell other sites nothing.
async fn sealed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let fields = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in fields {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
