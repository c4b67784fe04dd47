//! Stochastic user equilibrium over given paths.

use std::ops::ControlFlow;

use super::logit::{ChoiceError, RouteChoice};
use super::path_sets::PathSets;
use crate::certificate::Certificate;
use crate::equilibrium::{Assignment, Limits};
use crate::network::LinkId;
use crate::progress::{Progress, Stop, Watch};

/// Flows at which every path has the share that its cost gives it.
#[derive(Clone, Debug)]
pub struct StochasticEquilibrium {
    /// Weighted flow of all classes on each link.
    pub link_flow: Vec<f64>,
    /// Cost of each link at its flow.
    pub link_cost: Vec<f64>,
    /// Flow on each path, by class, demand and path, in the unit of the demand.
    pub path_flow: Vec<Vec<Vec<f64>>>,
    /// Iterations done.
    pub iterations: usize,
    /// Why the computation ended.
    pub stop: Stop,
    /// How good the flows are: gaps of Fisk's function.
    pub certificate: Certificate,
}

/// Solves a stochastic user equilibrium with fixed demand.
///
/// `paths` holds the paths to choose from by class, demand and path; `lengths` the length of each
/// link, for path sizes. The flows minimise the function of Fisk (*Transportation Research B* 14,
/// 1980),
///
/// ```text
/// Σ_a ∫ c_a + Σ_m w_m Σ_r x_r (e_r + ln(x_r / PS_r^β) / μ),
/// ```
///
/// found by stepping towards the flows that the shares at the present costs give, as far as the
/// function falls. Linearising only its first part, those same flows give a lower bound, hence the
/// duality gap of the certificate.
///
/// # Errors
/// [`ChoiceError`] if a parameter is out of range or a demand has no usable path.
pub fn stochastic_equilibrium(
    problem: &Assignment<'_>,
    paths: &[Vec<Vec<Vec<LinkId>>>],
    lengths: &[f64],
    choice: RouteChoice,
    limits: Limits,
    watch: Watch<'_>,
) -> Result<StochasticEquilibrium, ChoiceError> {
    choice.check()?;
    let sets = PathSets::new(problem, paths, lengths, choice)?;
    let mut flow = sets.shares_of_demand(&sets.path_costs(&sets.link_costs(&sets.no_link_flow())));
    let mut iterations = 0;
    loop {
        let link_flow = sets.link_flow(&flow);
        let costs = sets.path_costs(&sets.link_costs(&link_flow));
        let target = sets.shares_of_demand(&costs);
        iterations += 1;
        let total = sets.weighted(&flow, |set, path| costs[set][path]);
        let gap = (sets.perceived(&flow, &costs) - sets.perceived(&target, &costs)).max(0.0);
        let relative_gap = if total > 0.0 { gap / total } else { 0.0 };
        let progress = Progress {
            iteration: iterations,
            relative_gap,
            objective: sets.objective(&flow),
        };
        let stop = if relative_gap <= limits.relative_gap {
            Some(Stop::Converged)
        } else if watch(progress) == ControlFlow::Break(()) {
            Some(Stop::Cancelled)
        } else {
            (iterations >= limits.max_iterations).then_some(Stop::IterationLimit)
        };
        if let Some(stop) = stop {
            let certificate = Certificate {
                relative_gap,
                duality_gap: gap,
                conservation_residual: sets.imbalance(&flow),
                capacity_residual: 0.0,
            };
            let link_cost = sets.link_costs(&link_flow);
            let path_flow = sets.by_class(flow);
            let found = StochasticEquilibrium {
                link_flow,
                link_cost,
                path_flow,
                iterations,
                stop,
                certificate,
            };
            return Ok(found);
        }
        let step = sets.line_search(&flow, &target);
        for (set, target) in flow.iter_mut().zip(&target) {
            for (flow, target) in set.iter_mut().zip(target) {
                *flow += step * (target - *flow);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::logit::logit_shares;
    use super::*;
    use crate::cost::LinkCost;
    use crate::equilibrium::{Class, OdPair, path_equilibrium};
    use crate::network::{Network, NodeId};
    use crate::progress::unwatched;
    use crate::shortest::k_shortest_paths;

    fn two_roads() -> (Network, Vec<LinkCost>) {
        let ends = [(NodeId::new(0), NodeId::new(1)); 2];
        let costs = vec![
            LinkCost::bpr(10.0, 1.0, 10.0, 1.0).unwrap(),
            LinkCost::bpr(12.0, 0.5, 10.0, 2.0).unwrap(),
        ];
        (Network::new(2, &ends).unwrap(), costs)
    }

    fn problem<'a>(network: &'a Network, costs: &'a [LinkCost], volume: f64) -> Assignment<'a> {
        let demand = vec![OdPair::fixed(NodeId::new(0), NodeId::new(1), volume)];
        let class = Class {
            weight: 1.0,
            demand,
            ..Class::default()
        };
        Assignment::new(network, costs, vec![class]).unwrap()
    }

    #[test]
    fn shares_and_costs_agree() {
        let (network, costs) = two_roads();
        let problem = problem(&network, &costs, 9.0);
        let paths = vec![vec![vec![vec![LinkId::new(0)], vec![LinkId::new(1)]]]];
        let choice = RouteChoice {
            scale: 0.4,
            path_size: 1.0,
        };
        let limits = Limits {
            relative_gap: 1e-12,
            max_iterations: 500,
        };
        let lengths = [1.0, 1.0];
        let found =
            stochastic_equilibrium(&problem, &paths, &lengths, choice, limits, &mut unwatched)
                .unwrap();
        assert_eq!(found.stop, Stop::Converged, "{found:?}");
        let shares = logit_shares(&found.link_cost, &[1.0, 1.0], choice);
        assert!((found.path_flow[0][0][0] - 9.0 * shares[0]).abs() < 1e-5);
        assert!((found.link_flow.iter().sum::<f64>() - 9.0).abs() < 1e-12);
        assert!(found.certificate.conservation_residual < 1e-14);
    }

    /// As cost decides more and more, the deterministic equilibrium is approached.
    #[test]
    fn sharp_choice_comes_near_the_deterministic_equilibrium() {
        let (network, costs) = two_roads();
        let problem = problem(&network, &costs, 9.0);
        let best = path_equilibrium(&problem, Limits::default(), &mut unwatched).unwrap();
        let ends = (NodeId::new(0), NodeId::new(1));
        let paths = k_shortest_paths(&network, &[1.0, 1.0], ends.0, ends.1, 5).unwrap();
        let paths = vec![vec![paths.into_iter().map(|path| path.links).collect()]];
        let choice = RouteChoice {
            scale: 200.0,
            path_size: 0.0,
        };
        let limits = Limits {
            relative_gap: 1e-9,
            max_iterations: 5000,
        };
        let lengths = [1.0, 1.0];
        let found =
            stochastic_equilibrium(&problem, &paths, &lengths, choice, limits, &mut unwatched)
                .unwrap();
        assert!(
            (found.link_flow[0] - best.link_flow[0]).abs() < 0.01,
            "{found:?}"
        );
    }

    #[test]
    fn paths_that_do_not_fit_are_named() {
        let (network, costs) = two_roads();
        let problem = problem(&network, &costs, 9.0);
        let choice = RouteChoice {
            scale: 1.0,
            path_size: 0.0,
        };
        let solve = |paths: Vec<Vec<Vec<Vec<LinkId>>>>| {
            let limits = Limits::default();
            stochastic_equilibrium(&problem, &paths, &[1.0; 2], choice, limits, &mut unwatched)
                .unwrap_err()
        };
        assert!(matches!(
            solve(vec![vec![Vec::new()]]),
            ChoiceError::NoPath { paths: 0, .. }
        ));
        assert!(matches!(solve(vec![]), ChoiceError::Count { .. }));
        let astray = vec![vec![vec![vec![LinkId::new(0), LinkId::new(1)]]]];
        assert!(matches!(
            solve(astray),
            ChoiceError::NotAPath { path: 0, .. }
        ));
    }
}
