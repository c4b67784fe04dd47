//! Flows on networks: nodes, links, costs and demands.

#![forbid(unsafe_code)]

pub mod cargo;
mod certificate;
pub mod choice;
pub mod cost;
pub mod equilibrium;
mod error;
pub mod linerlib;
mod network;
mod progress;
pub mod queue;
pub mod shortest;
mod text;
pub mod tntp;

pub use certificate::Certificate;
pub use error::{NetworkError, ReadError, ReadProblem};
pub use network::{LinkId, Network, NodeId};
pub use progress::{Progress, Stop, Watch, unwatched};
