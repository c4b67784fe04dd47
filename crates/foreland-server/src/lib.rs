#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod api;
mod columns;
mod config;
mod extract;
mod format;
mod guard;
mod jobs;
mod listen;
mod openapi;
mod page;
mod problem;
mod reply;
mod router;
mod state;
mod work;

use std::io;
use std::net::SocketAddr;

use foreland::route::Charts;
use tokio::net::TcpListener;

pub use config::{Config, Limits};
pub use jobs::StoreError;

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Other machines reach the address, and no token keeps them out.
    #[error("{bind} can be reached from other machines, and there is no token")]
    NeedsToken {
        /// The address.
        bind: SocketAddr,
    },
    /// The address cannot be listened at.
    #[error("cannot listen at {bind}: {cause}")]
    Bind {
        /// The address.
        bind: SocketAddr,
        /// Why.
        cause: io::Error,
    },
    /// The jobs cannot be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system refuses threads or signals.
    #[error("the server cannot run: {0}")]
    System(#[from] io::Error),
}

impl ServeError {
    /// What would be right.
    pub fn remedy(&self) -> &'static str {
        match self {
            ServeError::NeedsToken { .. } => "set a token (FORELAND_TOKEN), or bind to 127.0.0.1",
            ServeError::Bind { .. } => "choose another port, or end what listens there",
            ServeError::Store(_) => {
                "name another folder with --store, or see that the database answers"
            }
            ServeError::System(_) => "see the system's limits",
        }
    }
}

/// Answers requests until the process is asked to end, then lets those under way finish.
///
/// `started` is told the address once the server listens.
///
/// # Errors
///
/// [`ServeError`] if it cannot start.
pub fn serve(
    config: Config,
    charts: Charts,
    started: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let bind = config.bind;
    if config.token.is_none() && !bind.ip().is_loopback() {
        return Err(ServeError::NeedsToken { bind });
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(bind)
            .await
            .map_err(|cause| ServeError::Bind { bind, cause })?;
        let limits = config.limits.clone();
        let app = state::App::open(config, charts).await?;
        let stop = asked_to_end()?;
        started(listener.local_addr()?);
        // The first search must not be slower than the rest.
        let ocean = app.charts.ocean;
        tokio::task::spawn_blocking(move || ocean.prepare());
        tokio::spawn(app.jobs.clone().work());
        listen::run(listener, router::router(&app), &limits, stop).await;
        Ok(())
    })
}

/// Done when the process gets an interrupt or is asked to terminate.
fn asked_to_end() -> Result<impl Future<Output = ()>, ServeError> {
    #[cfg(unix)]
    let mut terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        #[cfg(not(unix))]
        {
            // Without signals the process is ended from outside.
            let _ = tokio::signal::ctrl_c().await;
        }
    })
}
