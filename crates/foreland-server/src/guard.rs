//! Who may ask, how often, and for how long.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::Limited;
use tokio::sync::Semaphore;

use crate::config::Config;
use crate::problem::{Code, Problem};

/// Clients that are remembered; the stalest are forgotten beyond.
const CLIENTS: usize = 10_000;
/// A client may spend the requests of so many seconds at once.
const BURST_S: f64 = 4.0;
/// Seconds after which a client that was sent away may come again.
const COME_AGAIN_S: u32 = 1;

/// The address that a request comes from.
#[derive(Clone, Copy, Debug)]
pub struct Client(pub SocketAddr);

/// Stands before every handler.
#[derive(Clone)]
pub struct Guard(Arc<Inner>);

struct Inner {
    config: Config,
    running: Arc<Semaphore>,
    clients: Mutex<HashMap<IpAddr, Bucket>>,
}

/// Requests that a client may still make.
struct Bucket {
    left: f64,
    at: Instant,
}

impl Guard {
    /// With the bounds of a server.
    pub fn new(config: &Config) -> Guard {
        Guard(Arc::new(Inner {
            config: config.clone(),
            running: Arc::new(Semaphore::new(config.limits.requests)),
            clients: Mutex::new(HashMap::new()),
        }))
    }

    fn admit(&self, request: &Request) -> Result<(), Problem> {
        let config = &self.0.config;
        let path = request.uri().path();
        match &config.token {
            Some(token) if path.starts_with("/v1/") && path != "/v1/health" => {
                if !bears(request.headers(), token) {
                    return Err(
                        Problem::new(Code::Unauthorized, "the token is missing or wrong")
                            .remedy("send the header Authorization: Bearer TOKEN"),
                    );
                }
            }
            Some(_) => {}
            None => named_locally(request.headers())?,
        }
        if let Some(Client(address)) = request.extensions().get::<Client>() {
            self.count(address.ip())?;
        }
        Ok(())
    }

    /// Takes one request from the client's bucket.
    fn count(&self, client: IpAddr) -> Result<(), Problem> {
        let Some(rate_per_s) = self.0.config.limits.rate_per_s else {
            return Ok(());
        };
        if client.is_loopback() {
            return Ok(());
        }
        let (rate, now) = (f64::from(rate_per_s), Instant::now());
        let mut clients = self
            .0
            .clients
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if clients.len() >= CLIENTS {
            clients.retain(|_, bucket| now.duration_since(bucket.at).as_secs_f64() < BURST_S);
        }
        let bucket = clients.entry(client).or_insert(Bucket {
            left: rate * BURST_S,
            at: now,
        });
        let gained = now.duration_since(bucket.at).as_secs_f64() * rate;
        bucket.left = (bucket.left + gained).min(rate * BURST_S);
        bucket.at = now;
        if bucket.left < 1.0 {
            return Err(Problem::new(
                Code::RateLimited,
                format!("more than {rate_per_s} requests per second"),
            )
            .remedy("ask more slowly; many pairs go into one POST /v1/matrix")
            .retry_after(COME_AGAIN_S));
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

/// Lets a request through, in bounded time and memory.
pub async fn guard(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    if let Err(problem) = guard.admit(&request) {
        return problem.into_response();
    }
    let Ok(_running) = guard.0.running.try_acquire() else {
        return Problem::new(Code::Overloaded, "too many requests are being answered")
            .remedy("ask again later")
            .retry_after(COME_AGAIN_S)
            .into_response();
    };
    let limits = &guard.0.config.limits;
    let most = limits.body_bytes;
    if declared_bytes(request.headers()).is_some_and(|bytes| bytes > most as u64) {
        return too_big(most).into_response();
    }
    let request = request.map(|body| Body::new(Limited::new(body, most)));
    match tokio::time::timeout(limits.request_time, next.run(request)).await {
        Ok(response) => described(response),
        Err(_) => Problem::new(Code::TimedOut, "the answer took too long")
            .remedy("ask for less at once")
            .retry_after(COME_AGAIN_S)
            .into_response(),
    }
}

fn declared_bytes(headers: &HeaderMap) -> Option<u64> {
    headers
        .get(header::CONTENT_LENGTH)?
        .to_str()
        .ok()?
        .parse()
        .ok()
}

fn too_big(most: usize) -> Problem {
    Problem::new(Code::TooBig, format!("the body has more than {most} bytes"))
        .remedy("send less at once")
}

/// Whether the token is the right one, in a time that does not tell how much of it is right.
fn bears(headers: &HeaderMap, token: &str) -> bool {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    given.is_some_and(|given| blake3::hash(given.as_bytes()) == blake3::hash(token.as_bytes()))
}

/// A page from elsewhere whose name was made to point at this machine asks under its own name.
fn named_locally(headers: &HeaderMap) -> Result<(), Problem> {
    let Some(host) = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
    else {
        return Ok(());
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']');
    let is_local = name.eq_ignore_ascii_case("localhost")
        || address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    if is_local {
        return Ok(());
    }
    Err(Problem::bad(
        format!("this server is not `{name}`"),
        "ask it as localhost, or start it with --token for use under other names",
    )
    .with_status(StatusCode::MISDIRECTED_REQUEST))
}

/// An error of the framework as a problem document.
fn described(response: Response) -> Response {
    let status = response.status();
    let is_problem = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind == "application/problem+json");
    if is_problem || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let problem = match status {
        StatusCode::NOT_FOUND => Problem::new(Code::NotFound, "there is no such address")
            .remedy("see /v1/docs for the addresses"),
        StatusCode::METHOD_NOT_ALLOWED => {
            Problem::bad("this address does not take that method", "see /v1/docs")
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new(Code::TooBig, "the body is larger than the server takes")
                .remedy("send less at once")
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Problem::new(
            Code::UnsupportedMediaType,
            "the body's type or encoding is not read",
        )
        .remedy("send JSON, plain or gzipped"),
        StatusCode::REQUEST_TIMEOUT => {
            Problem::new(Code::TimedOut, "the request did not arrive in time")
        }
        status if status.is_client_error() => Problem::bad("the request is wrong", "see /v1/docs"),
        _ => Problem::internal(&status),
    };
    let mut described = problem.with_status(status).into_response();
    if let Some(allow) = response.headers().get(header::ALLOW) {
        described.headers_mut().insert(header::ALLOW, allow.clone());
    }
    described
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn only_local_names_are_answered_without_a_token() {
        let named = |host: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static(host));
            named_locally(&headers).is_ok()
        };
        for host in [
            "localhost:8123",
            "127.0.0.1",
            "[::1]:80",
            "127.9.9.9:1",
            "LOCALHOST",
        ] {
            assert!(named(host), "{host}");
        }
        for host in [
            "evil.example:8123",
            "10.0.0.1",
            "localhost.evil.example",
            "",
        ] {
            assert!(!named(host), "{host}");
        }
    }

    #[test]
    fn a_client_is_held_to_its_rate_and_this_machine_is_not() {
        let mut config =
            Config::local(([127, 0, 0, 1], 0).into(), "studies".into(), "store".into());
        config.limits.rate_per_s = Some(5);
        let guard = Guard::new(&config);
        let far: IpAddr = [192, 0, 2, 7].into();
        let passed = (0..100).filter(|_| guard.count(far).is_ok()).count();
        assert!((20..=25).contains(&passed), "{passed}");
        let near: IpAddr = [127, 0, 0, 1].into();
        assert!((0..100).all(|_| guard.count(near).is_ok()));
    }
}
