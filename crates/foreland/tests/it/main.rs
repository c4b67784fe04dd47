//! Integration tests: one program, so that the small world is built once.
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod any_bytes;
mod atlas;
mod bad_input;
mod chancay;
mod changes;
mod claims;
mod disruption_kinds;
mod flows;
mod import;
mod imported_trade;
mod invariants;
mod on_disk;
mod services;
mod simulation;
mod small;
mod small_world;
mod study_file;
mod sweep;
mod world_trade;
