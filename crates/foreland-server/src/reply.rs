//! Answers with their media type and validator; a client that has the bytes gets none.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;

use crate::format::Format;

/// How long a client may use an answer without asking again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Asks every time whether it still holds.
    Ask,
    /// The name of the thing changes with its content.
    Forever,
}

impl Freshness {
    fn header(self) -> &'static str {
        match self {
            Freshness::Ask => "no-cache",
            Freshness::Forever => "public, max-age=31536000, immutable",
        }
    }
}

/// Bytes with their media type and validator.
pub struct Content {
    /// Media type.
    pub media_type: &'static str,
    /// The bytes.
    pub bytes: Bytes,
    /// Hash of the bytes: a weak validator, as the bytes may be sent compressed.
    pub etag: String,
}

impl Content {
    /// Content with the validator of its bytes.
    pub fn new(media_type: &'static str, bytes: impl Into<Bytes>) -> Content {
        let bytes = bytes.into();
        let etag = etag_of(&bytes);
        Content {
            media_type,
            bytes,
            etag,
        }
    }

    /// Content in a format.
    pub fn of(format: Format, bytes: impl Into<Bytes>) -> Content {
        Content::new(format.media_type(), bytes)
    }

    /// The answer to a request with these headers: the bytes, or 304 if the client has them.
    pub fn answer(&self, asked: &HeaderMap, freshness: Freshness) -> Response {
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        if let Ok(etag) = HeaderValue::from_str(&self.etag) {
            headers.insert(header::ETAG, etag);
        }
        headers.insert(
            header::CACHE_CONTROL,
            HeaderValue::from_static(freshness.header()),
        );
        headers.insert(header::VARY, HeaderValue::from_static("accept"));
        if holds(asked, &self.etag) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(self.media_type),
        );
        *response.body_mut() = Body::from(self.bytes.clone());
        response
    }
}

/// The validator of some bytes.
pub fn etag_of(bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    format!("W/\"{}\"", &hash[..32])
}

/// Whether the client's If-None-Match names the validator (weak comparison, RFC 9110, 13.1.2).
fn holds(asked: &HeaderMap, etag: &str) -> bool {
    asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == etag.trim_start_matches("W/") || tag == "*")
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

    use super::{Content, Freshness};

    #[test]
    fn a_client_that_has_the_bytes_gets_none() {
        let content = Content::new("text/plain", "text");
        let mut asked = HeaderMap::new();
        let status = |asked: &HeaderMap| content.answer(asked, Freshness::Ask).status();
        assert_eq!(status(&asked), StatusCode::OK);
        let weak = format!("\"other\", {}", content.etag);
        let weak = HeaderValue::from_str(&weak).expect("a header");
        asked.insert(header::IF_NONE_MATCH, weak);
        assert_eq!(status(&asked), StatusCode::NOT_MODIFIED);
    }
}
