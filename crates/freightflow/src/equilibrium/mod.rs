//! Flow-dependent costs: user equilibrium and system optimum, by classes, with fixed or elastic
//! demand.
//!
//! An equilibrium is the flow at which no used path of an origin–destination pair costs more than
//! any other (Wardrop 1952). With `V_a = Σ_m w_m f_a^m` the weighted flow of all classes on link `a`
//! it minimises (Beckmann, McGuire and Winsten 1956)
//!
//! ```text
//! Z = Σ_a ∫₀^{V_a} c_a(v) dv + Σ_m w_m Σ_a e_a^m f_a^m + Σ_m w_m Σ_rs ∫_{d_rs}^{d̄_rs} W_rs(q) dq
//! ```
//!
//! over flows that meet the demand: `c` are [link costs](crate::cost::LinkCost), `e` the extra costs
//! of a class, `W` the inverse of elastic demand and `d̄` the demand on the empty network. In a system
//! optimum `V_a·c_a(V_a)` stands for the first integral.
//!
//! The gap of a flow is `Σ flow × (cost − least cost)` over all paths; `Z` is convex, so this is also
//! a bound on how far `Z` is above its minimum. The relative gap is its part of `Σ flow × cost`.
//!
//! [`path_equilibrium`] is the algorithm of choice; [`frank_wolfe`] the simple reference beside it.

mod compare;
mod demand;
mod exchange;
mod frank_wolfe;
mod groups;
mod loading;
mod measure;
mod newton;
mod outcome;
mod problem;
mod shift;
mod solve;
mod state;

pub use demand::{OdPair, Response};
pub use frank_wolfe::frank_wolfe;
pub use outcome::{Equilibrium, Limits, PairOutcome, UsedPath};
pub use problem::{Assignment, AssignmentError, Class, Principle};
pub use solve::path_equilibrium;
