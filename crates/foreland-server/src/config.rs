//! How the server is set up, and what it takes at most.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// Settings of a server.
#[derive(Clone, Debug)]
pub struct Config {
    /// Address to listen at.
    pub bind: SocketAddr,
    /// What a client must send as `Authorization: Bearer …`; needed for any address that other
    /// machines reach.
    pub token: Option<String>,
    /// Folder of studies.
    pub studies: PathBuf,
    /// Folder of jobs and their results.
    pub store: PathBuf,
    /// Database of jobs instead of the one in `store`: `postgresql://…`.
    pub database_url: Option<String>,
    /// Bounds.
    pub limits: Limits,
}

/// What is taken at most. The defaults suit one machine.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of a body, before and after decompression.
    pub body_bytes: usize,
    /// Pairs of a matrix.
    pub matrix_cells: usize,
    /// Places of a list.
    pub rows: usize,
    /// Time that an answer may take.
    pub request_time: Duration,
    /// Time that the head of a request may take to arrive.
    pub header_time: Duration,
    /// Time between two pieces of a body.
    pub body_time: Duration,
    /// Connections at once.
    pub connections: usize,
    /// Requests being answered at once.
    pub requests: usize,
    /// Searches waiting for a processor.
    pub searches_waiting: usize,
    /// Requests per second and client address in the long run; `None` lets all through. Clients
    /// on this machine are not counted.
    pub rate_per_s: Option<u32>,
    /// Runs of studies at once.
    pub runs: usize,
    /// Jobs that are accepted and wait.
    pub jobs_waiting: usize,
    /// Parameter samples of a run.
    pub replications: u32,
    /// Time that a run may take.
    pub run_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            body_bytes: 1024 * 1024,
            matrix_cells: 250_000,
            rows: 2_000,
            request_time: Duration::from_secs(30),
            header_time: Duration::from_secs(10),
            body_time: Duration::from_secs(10),
            connections: 1_024,
            requests: 512,
            searches_waiting: 256,
            rate_per_s: Some(50),
            runs: 1,
            jobs_waiting: 32,
            replications: 10_000,
            run_time: Duration::from_secs(3600),
        }
    }
}

impl Config {
    /// A server for this machine alone, with the studies and the store in these folders.
    pub fn local(bind: SocketAddr, studies: PathBuf, store: PathBuf) -> Config {
        Config {
            bind,
            token: None,
            studies,
            store,
            database_url: None,
            limits: Limits::default(),
        }
    }
}
