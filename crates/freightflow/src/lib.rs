//! Flows on networks: nodes, links, costs and demands.
//!
//! The crate answers three questions about a network, and knows nothing else of the world: no ports,
//! no map, no calendar.
//!
//! | question | where |
//! |---|---|
//! | Which way is cheapest, which are the next best, which differ? | [`shortest`] |
//! | Where does flow go when cost rises with flow? | [`equilibrium`]: everyone for himself, or best for all; [`choice`]: by logit |
//! | What is carried when capacities are hard, and what is a slot worth? | [`cargo`] |
//!
//! [`cost`] holds the functions of cost against flow, [`queue`] the exact waiting times of queues that
//! some of them are made of. [`tntp`] and [`linerlib`] read two collections of published instances,
//! against which the crate is tested.
//!
//! # Certificates
//!
//! Every flow comes with a [`Certificate`], computed from the flow itself: how far it can be from the
//! best (relative and absolute duality gap), and how well it keeps to conservation and capacities. A
//! computation that is stopped early still returns its flow, and the certificate says how good it is.
//!
//! # Determinism, threads, watching
//!
//! Parallel steps run in the [rayon](https://docs.rs/rayon) pool of the caller. Results are the same,
//! bit for bit, for any number of threads. Long computations call a [`Watch`] after each round, which
//! may stop them.
//!
//! # Example
//!
//! Braess' network: a new bridge makes everyone slower.
//!
//! ```
//! use freightflow::cost::LinkCost;
//! use freightflow::equilibrium::{Assignment, Class, Limits, OdPair, path_equilibrium};
//! use freightflow::{Network, NodeId, unwatched};
//!
//! let node = NodeId::new;
//! let ends = [(0, 1), (0, 2), (1, 3), (2, 3), (1, 2)].map(|(a, b)| (node(a), node(b)));
//! let steep = LinkCost::bpr(1e-9, 1e10, 1.0, 1.0)?; // 10 v
//! let flat = |free: f64| LinkCost::bpr(free, 1.0 / free, 1.0, 1.0); // free + v
//! let costs = [steep.clone(), flat(50.0)?, flat(50.0)?, steep, flat(10.0)?];
//! let class = || Class {
//!     weight: 1.0,
//!     demand: vec![OdPair::fixed(node(0), node(3), 6.0)],
//!     ..Class::default()
//! };
//!
//! let mut trip = Vec::new();
//! for links in [4, 5] {
//!     let network = Network::new(4, &ends[..links])?;
//!     let problem = Assignment::new(&network, &costs[..links], vec![class()])?;
//!     let found = path_equilibrium(&problem, Limits::default(), &mut unwatched)?;
//!     assert!(found.certificate.relative_gap <= 1e-12);
//!     trip.push(found.pairs[0][0].cost.round());
//! }
//! assert_eq!(trip, [83.0, 92.0]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
