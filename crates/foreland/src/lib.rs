//! A what-if engine for world freight.
//!
//! Every answer is a difference between two worlds.
#![forbid(unsafe_code)]

pub mod atlas;
pub mod chain;
pub mod change;
mod claim;
mod ensemble;
pub mod error;
pub mod findings;
mod geo;
mod names;
pub mod param;
pub mod place;
pub mod report;
pub mod run;
pub mod sea;
pub mod study;
pub mod validation;
pub mod voyage;
pub mod world;

pub use atlas::Atlas;
pub use error::{Error, ErrorClass, Problem};
pub use findings::Findings;
pub use run::{Progress, Replay, RunRequest, replay, run};
pub use study::Study;
pub use world::World;
