//! Connections: so many at once, heads of requests in time, and a quiet end.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt;

use crate::config::Limits;
use crate::guard::Client;

/// Bytes that the head of a request may have.
const MOST_HEAD_BYTES: usize = 32 * 1024;
/// Fields that the head of a request may have.
const MOST_FIELDS: usize = 64;
/// Requests under way get this much time when the server stops.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// Answers connections until `stop` is done, then lets requests under way finish.
pub async fn run(
    listener: TcpListener,
    router: Router,
    limits: &Limits,
    stop: impl Future<Output = ()>,
) {
    let most = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    let permits = Arc::new(Semaphore::new(limits.connections));
    let (stopping, _) = watch::channel(());
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = accept(&listener, &permits) => accepted,
        };
        match accepted {
            Ok((stream, client, permit)) => {
                let router = router.clone();
                let header_time = limits.header_time;
                let stopped = stopping.subscribe();
                tokio::spawn(async move {
                    converse(stream, client, router, header_time, stopped).await;
                    drop(permit);
                });
            }
            // Out of file handles or the like: the next may succeed.
            Err(error) => {
                eprintln!("warning: a connection was lost: {error}");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    let _ = stopping.send(());
    // Connections that outlast this are cut.
    let _ = tokio::time::timeout(LAST_WORDS, permits.acquire_many(most)).await;
}

async fn accept(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> io::Result<(TcpStream, Client, tokio::sync::OwnedSemaphorePermit)> {
    let permit = Arc::clone(permits)
        .acquire_owned()
        .await
        .map_err(io::Error::other)?;
    let (stream, address) = listener.accept().await?;
    stream.set_nodelay(true)?;
    Ok((stream, Client(address), permit))
}

/// Answers the requests of one connection.
async fn converse(
    stream: TcpStream,
    client: Client,
    router: Router,
    header_time: Duration,
    mut stopped: watch::Receiver<()>,
) {
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(client);
        let router = router.clone();
        router.oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(header_time)
        .max_buf_size(MOST_HEAD_BYTES)
        .max_headers(MOST_FIELDS)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    tokio::select! {
        // A client that breaks off is no concern of ours.
        _ = connection.as_mut() => {}
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}
