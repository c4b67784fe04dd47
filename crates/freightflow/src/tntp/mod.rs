//! Networks and trip tables in the TNTP format of the Transportation Networks for Research
//! collection (<https://github.com/bstabler/TransportationNetworks>).
//!
//! A network file gives the zones, the nodes, the first node that paths may pass through, and one
//! link a line; a trip table the flow between zones. The cost of a link is
//!
//! ```text
//! free_flow_time · (1 + b · (flow / capacity)^power) + toll_factor · toll + distance_factor · length
//! ```
//!
//! Readers are strict: they check every count and every number, allocate nothing that the file only
//! announces, and name file, line and column of what is wrong.

mod metadata;
mod network;
mod published;
mod trips;

pub use network::{CostFactors, TntpLink, TntpNetwork};
pub use trips::{TntpTrips, Trip};

#[cfg(test)]
mod tests;
