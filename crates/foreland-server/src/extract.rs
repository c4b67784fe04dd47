//! What requests carry, read in bounded memory; what is wrong comes back as a problem document.

use axum::extract::rejection::{BytesRejection, JsonRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::problem::{Code, Problem};

/// The parameters of an address.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        match query {
            Ok(axum::extract::Query(value)) => Ok(Query(value)),
            Err(QueryRejection::FailedToDeserializeQueryString(error)) => {
                let text = error.body_text();
                let why = text.rsplit("query string: ").next().unwrap_or(&text);
                Err(Problem::bad(
                    why.to_owned(),
                    "see /v1/docs for the parameters of this address",
                ))
            }
            Err(other) => Err(Problem::bad(other.body_text(), "see /v1/docs")),
        }
    }
}

/// A JSON document.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        match axum::Json::<T>::from_request(request, state).await {
            Ok(axum::Json(value)) => Ok(Json(value)),
            Err(rejection) => Err(refused(&rejection)),
        }
    }
}

fn refused(rejection: &JsonRejection) -> Problem {
    let text = rejection.body_text();
    match rejection {
        JsonRejection::MissingJsonContentType(_) => Problem::new(
            Code::UnsupportedMediaType,
            "the body is not declared as JSON",
        )
        .remedy("send the header Content-Type: application/json"),
        JsonRejection::JsonDataError(_) => {
            Problem::bad(text, "see /v1/docs for what the document may hold")
                .with_status(StatusCode::UNPROCESSABLE_ENTITY)
        }
        JsonRejection::BytesRejection(BytesRejection::FailedToBufferBody(inner))
            if inner.status() == StatusCode::PAYLOAD_TOO_LARGE =>
        {
            Problem::new(Code::TooBig, "the body is larger than the server takes")
                .remedy("send less at once")
        }
        _ => Problem::bad(text, "send a JSON document"),
    }
}
