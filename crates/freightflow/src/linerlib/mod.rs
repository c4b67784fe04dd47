//! The LINERLIB benchmark of liner shipping networks (Brouer, Alvarez, Plum, Pisinger and Sigurd,
//! *Transportation Science* 48(2), 2014; <https://github.com/blof/LINERLIB>).
//!
//! Reads its tab-separated files and the logs of published solutions, and turns a log, the ports and
//! a demand file into a [cargo problem](crate::cargo). A flow earns its revenue, pays for loading,
//! discharge and transshipment, and 1,000 USD for each forty-foot equivalent (FFE) left behind; the
//! services cost what the log says they cost. One week is the period of everything.
//!
//! Published solutions were found without regard to transit times; [`TransitTimes`] adds the limits
//! of the demand file.

mod demand;
mod distance;
mod instance;
mod log;
mod ports;
mod table;

pub use demand::{Demand, read_demands};
pub use distance::Distances;
pub use instance::{Instance, InstanceError, REJECTION_PENALTY_USD, TransitTimes};
pub use log::{LoggedService, SolutionLog};
pub use ports::{Port, Ports};

#[cfg(test)]
mod tests;
