//! The real server on loopback, asked over plain connections.

mod bad_clients;
mod jobs;
mod sea;
mod server;
