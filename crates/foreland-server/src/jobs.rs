//! Runs of studies as jobs that outlast the server.
//!
//! A job is accepted when its row is in the database, and done when its results are in their place
//! on disk and the row says so. A server that starts finds jobs that were running and runs them
//! again: the same inputs and seed give the same bytes.

mod database;
mod job;
mod postgres;
mod runner;
mod sqlite;
mod store;
#[cfg(test)]
mod tests;

pub use job::{Job, RunOptions, Status};
pub use runner::{Jobs, Step};
pub use store::{Accepted, StoreError, now};
