//! The page, taken into the program when it was built; without it, a text that says how to build it.

use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::problem::{Code, Problem};
use crate::reply::{Content, Freshness};

/// Every file of the page by its path.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/page.rs"));
/// Where the bundler puts files whose names hold a hash of their content.
const HASHED: &str = "assets/";

/// The page loads nothing from elsewhere; map workers come from blobs, styles are set by scripts.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; \
     worker-src 'self' blob:; child-src blob:; connect-src 'self'; \
     style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";

const NOT_BUILT: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<title>foreland</title>
<h1>foreland</h1>
<p>This server was built without its page. With Node installed, run</p>
<pre>cargo xtask web
cargo run --release -- serve</pre>
<p>in the project's folder. The API works without it: <a href=\"v1/docs\">its description</a>.</p>
</html>
";

/// Whether the page is inside.
pub fn is_there() -> bool {
    !FILES.is_empty()
}

/// A file of the page; the page itself for `/`.
pub async fn serve(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    if !is_there() && path == "index.html" {
        return guarded(
            Content::new("text/html; charset=utf-8", NOT_BUILT),
            &headers,
            path,
        );
    }
    match FILES.iter().find(|(name, _)| *name == path) {
        Some((name, bytes)) => guarded(Content::new(media_type(name), *bytes), &headers, path),
        None => Problem::new(Code::NotFound, format!("there is no `/{path}`"))
            .remedy("the API begins at /v1, described at /v1/docs; the page is at /")
            .into_response(),
    }
}

fn guarded(content: Content, asked: &HeaderMap, path: &str) -> Response {
    let freshness = if path.starts_with(HASHED) {
        Freshness::Forever
    } else {
        Freshness::Ask
    };
    let mut response = content.answer(asked, freshness);
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(CONTENT_SECURITY_POLICY),
    );
    response
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
