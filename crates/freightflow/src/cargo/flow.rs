//! What a cargo flow yields.

use super::problem::CargoProblem;
use crate::certificate::Certificate;
use crate::network::LinkId;
use crate::progress::Stop;

/// Part of a demand below which a flow is rounding.
const NOTHING: f64 = 1e-12;

/// The most profitable flow, or as near to it as the certificate says.
#[derive(Clone, Debug)]
pub struct CargoFlow {
    /// Revenue less costs of carrying less penalties.
    pub profit: f64,
    /// Revenue of what is carried.
    pub revenue: f64,
    /// Costs of carrying it.
    pub cost: f64,
    /// Penalties for what is left behind.
    pub penalty: f64,
    /// Units on each link.
    pub link_flow: Vec<f64>,
    /// What a further unit of capacity of each link would earn: the congestion surcharge. Where
    /// capacities and demands meet exactly there are several sets of duals; this is one of them. 0
    /// for links that are closed (capacity 0).
    pub link_dual: Vec<f64>,
    /// What became of each demand.
    pub demands: Vec<DemandOutcome>,
    /// Paths in use.
    pub paths: Vec<PathUse>,
    /// Rounds of column generation.
    pub iterations: usize,
    /// Pivots of the simplex method.
    pub pivots: usize,
    /// Why the computation ended.
    pub stop: Stop,
    /// How good the flow is.
    pub certificate: Certificate,
}

/// A demand in a cargo flow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct DemandOutcome {
    /// Units carried.
    pub flowed: f64,
    /// Units left behind.
    pub rejected: f64,
}

/// A path in use.
#[derive(Clone, Debug, PartialEq)]
pub struct PathUse {
    /// Position of the demand.
    pub demand: usize,
    /// Links in order.
    pub links: Vec<LinkId>,
    /// Units.
    pub flow: f64,
    /// Time that the path takes, in hours.
    pub time_h: f64,
}

/// Flow on paths, and what proves it.
pub(super) struct Solution {
    /// Demand, links and units.
    pub(super) paths: Vec<(usize, Vec<u32>, f64)>,
    pub(super) link_dual: Vec<f64>,
    /// Upper bound of the profit.
    pub(super) bound: f64,
    pub(super) iterations: usize,
    pub(super) pivots: usize,
    pub(super) stop: Stop,
}

impl Solution {
    /// Computes everything from the flows on paths.
    pub(super) fn outcome(self, problem: &CargoProblem) -> CargoFlow {
        let mut link_flow = vec![0.0; problem.network().links()];
        let mut demands = vec![DemandOutcome::default(); problem.demands().len()];
        let mut paths = Vec::new();
        let (mut revenue, mut cost) = (0.0, 0.0);
        for (demand, links, flow) in self.paths {
            let wish = &problem.demands()[demand];
            if flow <= NOTHING * wish.volume {
                continue;
            }
            demands[demand].flowed += flow;
            revenue += flow * wish.revenue;
            let mut time_h = 0.0;
            for &link in &links {
                link_flow[link as usize] += flow;
                cost += flow * problem.links()[link as usize].cost;
                time_h += problem.links()[link as usize].time_h;
            }
            let links = links.into_iter().map(LinkId::from_raw).collect();
            paths.push(PathUse {
                demand,
                links,
                flow,
                time_h,
            });
        }
        let mut penalty = 0.0;
        for (outcome, wish) in demands.iter_mut().zip(problem.demands()) {
            outcome.rejected = (wish.volume - outcome.flowed).max(0.0);
            penalty += outcome.rejected * wish.penalty;
        }
        let profit = revenue - cost - penalty;
        let gap = (self.bound - profit).max(0.0);
        let scale = self.bound.abs().max(revenue).max(f64::MIN_POSITIVE);
        let certificate = Certificate {
            relative_gap: gap / scale,
            duality_gap: gap,
            conservation_residual: imbalance(problem, &link_flow, &demands),
            capacity_residual: excess(problem, &link_flow),
        };
        CargoFlow {
            profit,
            revenue,
            cost,
            penalty,
            link_flow,
            link_dual: self.link_dual,
            demands,
            paths,
            iterations: self.iterations,
            pivots: self.pivots,
            stop: self.stop,
            certificate,
        }
    }
}

/// Largest imbalance at a node, and of any demand with its outcome, as a part of all demand.
fn imbalance(problem: &CargoProblem, link_flow: &[f64], demands: &[DemandOutcome]) -> f64 {
    let network = problem.network();
    let mut balance = vec![0.0; network.nodes()];
    for (link, flow) in link_flow.iter().enumerate() {
        let link = LinkId::new(link);
        balance[network.tail(link).index()] += flow;
        balance[network.head(link).index()] -= flow;
    }
    let mut worst = 0.0f64;
    for (wish, outcome) in problem.demands().iter().zip(demands) {
        balance[wish.origin.index()] -= outcome.flowed;
        balance[wish.destination.index()] += outcome.flowed;
        worst = worst.max((wish.volume - outcome.flowed - outcome.rejected).abs());
    }
    let total: f64 = problem.demands().iter().map(|wish| wish.volume).sum();
    let worst = balance
        .iter()
        .fold(worst, |most, value| most.max(value.abs()));
    if total > 0.0 { worst / total } else { 0.0 }
}

/// Largest flow beyond a capacity, as a part of it.
fn excess(problem: &CargoProblem, link_flow: &[f64]) -> f64 {
    let links = problem.links().iter().zip(link_flow);
    let beyond = links.filter(|(link, flow)| **flow > link.capacity);
    beyond
        .map(|(link, flow)| (flow - link.capacity) / link.capacity)
        .fold(0.0, f64::max)
}
