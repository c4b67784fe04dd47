//! Builds of derived data from named registry packages, for the `xtask` program.

#![forbid(unsafe_code)]

pub mod api;
pub mod countries;
pub mod disruptions;
pub mod land;
pub mod package;
pub mod ports;
pub mod python;
pub mod ray;
pub mod release;
pub mod sealanes;
mod target;
pub mod test_run;
pub mod topojson;
pub mod validate;
pub mod web;
