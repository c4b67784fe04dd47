//! Exact waiting times of multi-server queues, and smooth curves of delay against load.
//!
//! [`ErlangQueue`] solves the E_k/E_m/n queue: times between arrivals and service times are sums of
//! `k` and `m` equal exponential stages (coefficients of variation `1/√k` and `1/√m`), served by
//! `n` servers in order of arrival. Berths are commonly taken as E₂/E₂/n.
//!
//! [`DelayCurve`] turns the waiting times into a smooth function of load for use as a link cost.

mod chebyshev;
mod curve;
mod erlang;
mod matrix;
mod stages;

pub use curve::DelayCurve;
pub use erlang::{ErlangQueue, QueueError, Waiting};
