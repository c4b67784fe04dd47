//! Door-to-door chains: origin, corridor, port, services, port, destination.
//!
//! A [`Network`] is a world whose sea legs are measured. A [`Prices`] table holds what everything
//! in it takes in one draw. A search finds the best [`Path`] under given [`Weights`]; evaluating a
//! path gives its [`Split`] into stages. Search and evaluation use the same prices, so the cost of
//! the path that is found equals the sum of its split.

mod bulk;
mod cargo;
mod describe;
mod land;
mod liner;
mod network;
mod path;
mod prices;
mod search;
mod split;

pub use cargo::{Cargo, Weights};
pub(crate) use describe::Describer;
pub use network::Network;
pub(crate) use path::LandPart;
pub use path::{Path, Ride, SeaPart};
pub use prices::Prices;
pub(crate) use prices::{passage_hours, product, sea_hours, ship_hours, sum, toll_usd};
pub use search::{End, Query, Trip};
pub use split::{Slice, Split};
