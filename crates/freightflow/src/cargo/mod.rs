//! Cargo on a network with hard capacities: which demand to carry, on which paths, and what a further
//! unit of capacity would be worth.
//!
//! With `x_p` the flow on path `p`, `r_k`, `n_k` and `v_k` the revenue, rejection penalty and volume
//! of demand `k`, `c` the cost and `u` the capacity of links, the flow maximises
//!
//! ```text
//! Σ_k Σ_{p∈P(k)} (r_k − Σ_{a∈p} c_a) x_p − Σ_k n_k (v_k − Σ_{p∈P(k)} x_p)
//! subject to   Σ_{p∈P(k)} x_p ≤ v_k,   Σ_{p∋a} x_p ≤ u_a,   x ≥ 0
//! ```
//!
//! over paths that take no longer than the demand allows (Brouer et al., *Transportation Science*
//! 48(2), 2014; with limits of transit time Karsten et al., *Transportation Research E* 76, 2015).
//! The duals of the capacities are the congestion surcharges: what a shipper would have to pay for
//! the last slot.
//!
//! Paths are found by column generation. The linear programs between are solved by a primal simplex
//! method that uses their structure: all but one of the paths of each demand are eliminated, so that
//! the working basis has only as many rows as capacities bind (the primal partitioning of Farvolden,
//! Powell and Lustig, *Operations Research* 41(4), 1993).
//!
//! [`liner`] builds the network of a set of liner services.

mod basis;
mod columns;
mod flow;
mod generation;
mod labels;
pub mod liner;
mod pricing;
mod problem;
mod simplex;

pub use flow::{CargoFlow, DemandOutcome, PathUse};
pub use generation::{CargoLimits, cargo_flow};
pub use problem::{CargoDemand, CargoError, CargoLink, CargoProblem};
