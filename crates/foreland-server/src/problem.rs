//! Errors as problem documents (RFC 9457) with stable codes.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
pub use foreland::ErrorCode as Code;
use foreland::place::PlaceError;
use foreland::route::RouteFault;
use serde::Serialize;
use utoipa::ToSchema;

fn status(code: Code) -> StatusCode {
    match code {
        Code::NoRoute | Code::UnknownPlace | Code::NotFound => StatusCode::NOT_FOUND,
        Code::AmbiguousPlace | Code::BadRequest | Code::BadStudy => StatusCode::BAD_REQUEST,
        Code::TooBig => StatusCode::PAYLOAD_TOO_LARGE,
        Code::Unauthorized => StatusCode::UNAUTHORIZED,
        Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Code::Overloaded | Code::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
        Code::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
        Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::Cancelled => StatusCode::CONFLICT,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn title(code: Code) -> &'static str {
    match code {
        Code::NoRoute => "There is no route",
        Code::UnknownPlace => "The place is not known",
        Code::AmbiguousPlace => "Several places bear that name",
        Code::BadRequest => "The request is wrong",
        Code::TooBig => "The request is too big",
        Code::BadStudy => "The study is wrong",
        Code::NotFound => "There is nothing here",
        Code::Unauthorized => "A token is needed",
        Code::RateLimited => "Too many requests of one client",
        Code::Overloaded => "The server is busy",
        Code::NotAcceptable => "That format is not offered",
        Code::UnsupportedMediaType => "That format is not read",
        Code::Cancelled => "The job was dismissed",
        Code::TimedOut => "It took too long",
        Code::Internal => "The server has a fault",
    }
}

/// A problem document.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the code tells the kind.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The kind in words.
    pub title: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What is wrong here, with the value.
    pub detail: String,
    /// Stable code: `no_route`, `unknown_place`, `ambiguous_place`, `bad_request`, `too_big`,
    /// `bad_study`, `not_found`, `unauthorized`, `rate_limited`, `overloaded`, `not_acceptable`,
    /// `unsupported_media_type`, `cancelled`, `timed_out` or `internal`.
    #[schema(value_type = String)]
    pub code: Code,
    /// What would be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<String>,
    /// Passages that bar a route.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub barred: Vec<Barred>,
    /// Seconds after which it makes sense to ask again.
    #[serde(skip)]
    pub retry_after_s: Option<u32>,
    #[serde(skip)]
    status_code: StatusCode,
}

/// A passage that bars a ship.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Barred {
    /// Passage.
    pub passage: String,
    /// `loa`, `beam`, `draught`, `air draught`, or `closed`.
    pub limit: &'static str,
    /// What the passage takes, m.
    pub allowed_m: Option<f64>,
    /// What the ship has, m.
    pub asked_m: Option<f64>,
}

impl Problem {
    /// A problem of a kind.
    pub fn new(code: Code, detail: impl Into<String>) -> Problem {
        Problem {
            kind: "about:blank",
            title: title(code),
            status: status(code).as_u16(),
            detail: detail.into(),
            code,
            remedy: None,
            barred: Vec::new(),
            retry_after_s: None,
            status_code: status(code),
        }
    }

    /// A value that is wrong, with what would be right.
    pub fn bad(detail: impl Into<String>, remedy: impl Into<String>) -> Problem {
        Problem::new(Code::BadRequest, detail).remedy(remedy)
    }

    /// The server's own fault; the cause is for its log, not for the client.
    pub fn internal(cause: &dyn std::fmt::Display) -> Problem {
        eprintln!("error: {cause}");
        Problem::new(Code::Internal, "the server could not do this")
            .remedy("try again; if it stays, the server's log tells more")
    }

    /// The same problem with what would be right.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Problem {
        self.remedy = Some(remedy.into());
        self
    }

    /// The same problem under another status.
    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Problem {
        self.status = status.as_u16();
        self.status_code = status;
        self
    }

    /// The same problem with a time after which to ask again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Problem {
        self.retry_after_s = Some(seconds);
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, retry) = (self.status_code, self.retry_after_s);
        let unauthorized = self.code == Code::Unauthorized;
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = retry {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if unauthorized {
            let scheme = HeaderValue::from_static("Bearer");
            headers.insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

impl From<PlaceError> for Problem {
    fn from(error: PlaceError) -> Problem {
        Problem::new(error.code(), error.to_string()).remedy(error.remedy())
    }
}

impl From<foreland::Error> for Problem {
    fn from(error: foreland::Error) -> Problem {
        match error.code() {
            Code::Internal => Problem::internal(&error.detail()),
            code => {
                let mut problem = Problem::new(code, error.detail());
                problem.remedy = error.remedy().map(str::to_owned);
                problem
            }
        }
    }
}

impl From<RouteFault> for Problem {
    fn from(fault: RouteFault) -> Problem {
        let remedy = fault.remedy();
        match fault {
            RouteFault::Place { argument, error } => {
                let mut problem = Problem::from(error);
                problem.detail = format!("{argument}: {}", problem.detail);
                problem
            }
            RouteFault::Argument {
                argument, message, ..
            } => Problem::bad(format!("{argument}: {message}"), remedy),
            RouteFault::Ocean(error) => Problem::bad(error.to_string(), remedy),
        }
    }
}

impl From<&sealane::passage::Barred> for Barred {
    fn from(barred: &sealane::passage::Barred) -> Barred {
        Barred {
            passage: barred.passage.clone(),
            limit: barred.limit,
            allowed_m: barred.allowed_m,
            asked_m: barred.asked_m,
        }
    }
}
