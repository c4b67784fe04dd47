//! A what-if engine for world freight: what happens to the movement of goods when something
//! changes?
//!
//! Every answer is a difference between two worlds:
//!
//! ```text
//! Atlas ──► World ──(Scenario: a dated list of Changes)──► World'
//!             │                                              │
//!             └──────────────► Study: compare ◄──────────────┘
//!                                   │
//!                                   ▼
//!                 Findings: tables, maps, claims with verdicts
//! ```
//!
//! # Running a study
//!
//! ```no_run
//! use std::path::Path;
//!
//! use foreland::{Atlas, RunRequest, Study};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let atlas = Atlas::load(Path::new("atlas"))?;
//! let study = Study::load(Path::new("studies/chancay"))?;
//! let request = RunRequest {
//!     atlas: &atlas,
//!     study: &study,
//!     sea: sealane::Ocean::embedded()?,
//!     seed: None,
//!     replications: Some(200),
//!     command: Vec::new(),
//!     cancel: None,
//! };
//! let findings = foreland::run(&request, &|step| eprintln!("{} {}", step.stage, step.done))?;
//! for claim in &findings.claims {
//!     println!("{}: {}", claim.title, claim.verdict.label());
//! }
//! findings.write(Path::new("out/chancay"))?;
//! # Ok(())
//! # }
//! ```
//!
//! # What is where
//!
//! - Facts: [`atlas`] (tables, their schema and check), [`param`] (ranged values).
//! - Worlds: [`world`] (the atlas as of a day), [`change`] (one world into another), [`sea`] (what
//!   is asked of the ocean).
//! - The model: [`chain`] (door-to-door chains), explained with its equations in `docs/model.md`.
//! - Disruptions over time: [`disruption`], explained in `docs/disruption.md`.
//! - Questions: [`study`] (the file), [`run`](mod@run) (worlds, runs, verdicts), [`findings`] (what comes out,
//!   and on disk), [`report`] (as a page).
//! - Thousands to millions of runs, on one machine or many: [`sweep`].
//! - Files that users bring: [`import`](mod@import).
//! - Single routes: [`route`], [`place`], [`voyage`], [`validation`].
//!
//! Time is in hours inside and in days where shown; distances are nautical miles at sea and
//! kilometres on land; money is USD; mass is tonnes. Units stand in the names of fields.
//! Errors are [`Error`]; each says what is wrong, where, and what would be right.
#![forbid(unsafe_code)]

pub mod atlas;
pub mod chain;
pub mod change;
mod claim;
pub mod demand;
pub mod disruption;
mod ensemble;
pub mod error;
pub mod findings;
pub mod flows;
mod geo;
pub mod import;
mod names;
pub mod number;
pub mod param;
pub mod place;
mod publish;
pub mod quantity;
pub mod report;
mod request;
pub mod route;
pub mod run;
mod schedule;
pub mod sea;
pub mod study;
pub mod sweep;
pub mod validation;
pub mod voyage;
pub mod wkb;
pub mod world;
pub mod world_trade;

pub use atlas::Atlas;
pub use disruption::{SimulationRequest, simulate};
pub use error::{Error, ErrorClass, ErrorCode, Problem};
pub use findings::Findings;
pub use run::{Progress, Replay, RunRequest, SimulationOptions, replay, run, run_simulation};
pub use study::Study;
pub use world::World;
