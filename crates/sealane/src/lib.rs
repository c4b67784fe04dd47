#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

mod approach;
mod archive;
mod bay;
#[cfg(feature = "build")]
pub mod build;
pub mod cape;
pub mod ellipsoid;
mod index;
mod land;
mod network;
mod ocean;
pub mod passage;
mod plane;
mod query;
mod route;
mod sea;
pub mod sphere;
pub mod triangulation;
pub mod units;
pub mod visibility;
mod voyage;

pub use archive::LoadError;
pub use ocean::{Ocean, Port, PortIx};
pub use passage::{Passage, PassageSet, Vessel};
pub use query::{End, Matrix, Options, Via, Way};
pub use route::{Crossing, Route, RouteError};
pub use units::{Knots, LonLat, NauticalMiles};
pub use voyage::Speeds;
