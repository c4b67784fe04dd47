//! Sampling what is uncertain.
//!
//! Every ranged value that can move belongs to a [`Driver`]: alone, or with others that move
//! together. A [`Sampler`] gives each driver a place in its range for every run by Latin hypercube
//! sampling. All randomness is keyed by seed, driver and run: the order in which runs are
//! evaluated, and on how many threads, does not matter.

mod quantiles;
mod sampler;

pub(crate) use quantiles::{quantile, quantiles_21, spread};
pub use sampler::Sampler;
pub(crate) use sampler::{below, hypercube, keyed, triangular, unit};
