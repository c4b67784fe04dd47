//! Column generation: price, add paths, solve again.

use std::ops::ControlFlow;

use super::columns::Columns;
use super::flow::{CargoFlow, Solution};
use super::pricing::{Offer, Pricing};
use super::problem::CargoProblem;
use super::simplex::{Breakdown, Simplex};
use crate::progress::{Progress, Stop, Watch};

/// When to end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CargoLimits {
    /// Relative gap between profit and bound to reach.
    pub relative_gap: f64,
    /// Most rounds of column generation.
    pub max_iterations: usize,
}

impl Default for CargoLimits {
    /// To a relative gap of 1e-9, within 10,000 rounds.
    fn default() -> Self {
        Self {
            relative_gap: 1e-9,
            max_iterations: 10_000,
        }
    }
}

/// Finds the most profitable flow.
///
/// Each round prices all demands: one tree an origin at costs that include the surcharges, in
/// parallel, and where the tree's path takes too long a search over (cost, time). The offers give an
/// upper bound on the profit for any surcharges `π ≥ 0`,
///
/// ```text
/// Σ_a u_a π_a + Σ_k v_k max(0, r_k + n_k − cheapest_k(π)) − Σ_k n_k v_k,
/// ```
///
/// so the certificate does not depend on how the linear programs were solved.
///
/// Runs in the thread pool of the caller; the result is the same for any number of threads. `watch`
/// is called once a round and may stop the computation.
pub fn cargo_flow(problem: &CargoProblem, limits: CargoLimits, watch: Watch<'_>) -> CargoFlow {
    let volumes: Vec<f64> = problem
        .demands()
        .iter()
        .map(|demand| demand.volume)
        .collect();
    let demands = problem.demands().iter();
    let largest = demands
        .map(|demand| demand.revenue + demand.penalty)
        .fold(0.0, f64::max);
    let mut columns = Columns::new(problem);
    let simplex = Simplex::new(&columns, &volumes, largest);
    let mut generation = Generation {
        problem,
        pricing: Pricing::new(problem),
        simplex,
        bound: f64::INFINITY,
        best_duals: vec![0.0; columns.capacities.len()],
        iterations: 0,
    };
    let stop = generation.run(&mut columns, limits, watch);
    // Without the perturbation, if the basis allows it.
    let stop = match generation.simplex.restore(&columns, &volumes) {
        Ok(()) => stop,
        Err(Breakdown) => Stop::Stalled,
    };
    let flows = generation
        .simplex
        .flows()
        .filter(|(column, _)| !columns.all[*column].links.is_empty());
    let paths = flows.map(|(column, flow)| {
        let column = &columns.all[column];
        (column.demand as usize, column.links.clone(), flow)
    });
    let solution = Solution {
        paths: paths.collect(),
        link_dual: columns.by_link(&generation.best_duals),
        bound: generation.bound,
        iterations: generation.iterations,
        pivots: generation.simplex.pivots(),
        stop,
    };
    let mut flow = solution.outcome(problem);
    if flow.stop == Stop::Stalled && flow.certificate.relative_gap <= limits.relative_gap {
        flow.stop = Stop::Converged;
    }
    flow
}

struct Generation<'a> {
    problem: &'a CargoProblem,
    pricing: Pricing<'a>,
    simplex: Simplex,
    /// Least upper bound of the profit found so far, and the duals that gave it.
    bound: f64,
    best_duals: Vec<f64>,
    iterations: usize,
}

impl Generation<'_> {
    fn run(&mut self, columns: &mut Columns, limits: CargoLimits, watch: Watch<'_>) -> Stop {
        loop {
            if self.simplex.optimise(columns).is_err() {
                return Stop::Stalled;
            }
            let duals: Vec<f64> = self
                .simplex
                .duals(columns)
                .into_iter()
                .map(|dual| dual.max(0.0))
                .collect();
            let offers = self.pricing.offers(&columns.by_link(&duals));
            self.iterations += 1;
            let bound = self.bound_of(columns, &duals, &offers);
            if bound < self.bound {
                self.bound = bound;
                self.best_duals = duals;
            }
            let profit = self.profit(columns);
            let gap = (self.bound - profit) / self.bound.abs().max(profit.abs()).max(1.0);
            let progress = Progress {
                iteration: self.iterations,
                relative_gap: gap,
                objective: profit,
            };
            let mut added = false;
            for offer in offers {
                added |= columns.add(offer.demand as u32, offer.gain, offer.links);
            }
            if watch(progress) == ControlFlow::Break(()) {
                return Stop::Cancelled;
            } else if gap <= limits.relative_gap {
                return Stop::Converged;
            } else if !added {
                // No path is missing: what gap there is comes from rounding and perturbation.
                return Stop::Stalled;
            } else if self.iterations >= limits.max_iterations {
                return Stop::IterationLimit;
            }
        }
    }

    fn penalties(&self) -> f64 {
        self.problem
            .demands()
            .iter()
            .map(|demand| demand.penalty * demand.volume)
            .sum()
    }

    fn bound_of(&self, columns: &Columns, duals: &[f64], offers: &[Offer]) -> f64 {
        let capacities: f64 = columns
            .capacities
            .iter()
            .zip(duals)
            .map(|(u, dual)| u * dual)
            .sum();
        let volume = |offer: &Offer| self.problem.demands()[offer.demand].volume;
        let offers: f64 = offers
            .iter()
            .map(|offer| volume(offer) * offer.net_gain)
            .sum();
        capacities + offers - self.penalties()
    }

    fn profit(&self, columns: &Columns) -> f64 {
        let gain = |(column, flow): (usize, f64)| columns.all[column].gain * flow;
        self.simplex.flows().map(gain).sum::<f64>() - self.penalties()
    }
}
