//! Stochastic route choice: which share of a flow takes which path when choice is not only by cost.
//!
//! With the cost `C_r` of path `r` and its path size `PS_r`,
//!
//! ```text
//! P_r ∝ exp(−μ C_r) · PS_r^β,      PS_r = Σ_{a∈r} (l_a / L_r) / N_a
//! ```
//!
//! where `l_a` is the length of link `a`, `L_r` that of the path and `N_a` the number of paths of the
//! set that use the link. β = 0 is the multinomial logit; β = 1 the path-size logit of Ben-Akiva and
//! Bierlaire (in *Handbook of Transportation Science*, 1999), which keeps paths that are nearly the
//! same from counting as several. Nobody knows μ beforehand: calibrate it.
//!
//! [`logit_shares`] gives the shares at given costs; [`stochastic_equilibrium`] the flows at which
//! costs and shares agree.

mod logit;
mod path_sets;
mod stochastic;

pub use logit::{ChoiceError, RouteChoice, logit_shares, mean_least_cost, path_sizes};
pub use stochastic::{StochasticEquilibrium, stochastic_equilibrium};
