//! The sections of the page, in the order in which they are read.

mod assumptions;
mod changes;
mod claims;
mod days;
mod flows;
mod head;
mod map;
mod provenance;
mod simulation;
mod world_trade;
mod worlds;

pub(super) use assumptions::assumptions;
pub(super) use changes::changes;
pub(super) use claims::claims;
pub(super) use days::days;
pub(super) use flows::flows;
pub(super) use head::{answer, masthead};
pub(super) use map::maps;
pub(super) use provenance::{provenance, warnings};
pub(super) use simulation::simulation;
pub use simulation::tables as simulation_tables;
pub use world_trade::tables as world_trade_tables;
pub(super) use world_trade::world_trade;
pub(super) use worlds::worlds;
