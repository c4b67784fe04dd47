//! The world's trade by sea: an estimate of who ships what to whom, and by which ports and
//! passages it goes.
//!
//! [`WorldDemand::estimate`] is a gravity model with given totals; every figure that comes of it
//! is an estimate and says so. [`TradeNetwork`] finds the ways between the countries' ports in a
//! world, [`assign`] chooses among them, and [`chokepoint`] adds up what passes the chokepoints
//! of world trade, beside published figures that nothing here is fitted to.

mod amount;
mod assign;
pub mod chokepoint;
mod conflict;
mod country;
mod demand;
mod dependence;
mod estimate;
mod goods;
mod gravity;
mod imported;
mod network;
mod seaport;
mod ship;
mod study;
mod subject;
mod ways;

pub use amount::Amount;
pub use assign::{Branch, Fate, Routed, assign};
pub use demand::{SOURCE, Trade, WorldDemand};
pub use dependence::{Dependence, DependenceRow, Loss};
pub use estimate::{DEFAULT_DATE, WorldTrade};
pub use goods::Goods;
pub use gravity::{Balanced, balanced};
pub use imported::TradeSource;
pub use network::TradeNetwork;
pub use study::study;
pub(crate) use ways::passage_bits;
