//! The best path of every demand at given surcharges.

use rayon::prelude::*;

use super::labels::{Goal, cheapest_in_time};
use super::problem::CargoProblem;
use crate::network::{LinkId, NodeId};
use crate::shortest::{NO_LINK, TreeSearch, TreeShape};

/// The best path of a demand.
#[derive(Clone, Debug)]
pub(super) struct Offer {
    pub(super) demand: usize,
    /// Gain over leaving a unit behind, surcharges deducted; not negative.
    pub(super) net_gain: f64,
    /// The same without surcharges.
    pub(super) gain: f64,
    pub(super) links: Vec<u32>,
}

/// Demands by origin.
pub(super) struct Pricing<'a> {
    problem: &'a CargoProblem,
    by_origin: Vec<Vec<usize>>,
}

impl<'a> Pricing<'a> {
    /// Demands of no volume, and those that end where they start, have nothing to carry.
    pub(super) fn new(problem: &'a CargoProblem) -> Self {
        let demands = problem.demands();
        let mut order: Vec<usize> = (0..demands.len())
            .filter(|&demand| demands[demand].volume > 0.0)
            .filter(|&demand| demands[demand].origin != demands[demand].destination)
            .collect();
        order.sort_by_key(|&demand| demands[demand].origin);
        let same = |a: &usize, b: &usize| demands[*a].origin == demands[*b].origin;
        Self {
            problem,
            by_origin: order.chunk_by(same).map(<[usize]>::to_vec).collect(),
        }
    }

    /// The best path of every demand for which carrying is better than leaving behind, when each
    /// link costs `surcharge` more.
    pub(super) fn offers(&self, surcharge: &[f64]) -> Vec<Offer> {
        let problem = self.problem;
        let closed = |capacity: f64| if capacity > 0.0 { 0.0 } else { f64::INFINITY };
        let costs: Vec<f64> = problem
            .links()
            .iter()
            .zip(surcharge)
            .map(|(link, surcharge)| link.cost + surcharge + closed(link.capacity))
            .collect();
        let memory = || {
            (
                TreeSearch::new(problem.network().nodes()),
                TreeShape::default(),
            )
        };
        let offers: Vec<Vec<Offer>> = self
            .by_origin
            .par_iter()
            .map_init(memory, |(search, shape), demands| {
                self.offers_from(&costs, demands, search, shape)
            })
            .collect();
        offers.concat()
    }

    fn offers_from(
        &self,
        costs: &[f64],
        demands: &[usize],
        search: &mut TreeSearch,
        shape: &mut TreeShape,
    ) -> Vec<Offer> {
        let (problem, network) = (self.problem, self.problem.network());
        let origin = problem.demands()[demands[0]].origin;
        search.grow(network, costs, origin, shape);
        let mut offers = Vec::new();
        let mut late = Vec::new();
        for &demand in demands {
            let wish = &problem.demands()[demand];
            let cost = search.cost[wish.destination.index()];
            if wish.revenue + wish.penalty - cost <= 0.0 {
                continue;
            }
            let links = self.trace(shape, wish.destination);
            let time_h: f64 = links
                .iter()
                .map(|&link| problem.links()[link as usize].time_h)
                .sum();
            if time_h <= wish.time_limit_h {
                offers.push(self.offer(demand, cost, links));
            } else {
                late.push(demand);
            }
        }
        if late.is_empty() {
            return offers;
        }
        let goal = |demand: &usize| {
            let wish = &problem.demands()[*demand];
            Goal {
                node: wish.destination,
                time_limit_h: wish.time_limit_h,
            }
        };
        let goals: Vec<Goal> = late.iter().map(goal).collect();
        let paths = cheapest_in_time(network, problem.links(), costs, origin, &goals);
        for (demand, path) in late.into_iter().zip(paths) {
            let wish = &problem.demands()[demand];
            if let Some((cost, links)) = path
                && wish.revenue + wish.penalty - cost > 0.0
            {
                offers.push(self.offer(demand, cost, links));
            }
        }
        offers
    }

    fn offer(&self, demand: usize, cost: f64, links: Vec<u32>) -> Offer {
        let wish = &self.problem.demands()[demand];
        let worth = wish.revenue + wish.penalty;
        let plain: f64 = links
            .iter()
            .map(|&link| self.problem.links()[link as usize].cost)
            .sum();
        Offer {
            demand,
            net_gain: worth - cost,
            gain: worth - plain,
            links,
        }
    }

    fn trace(&self, shape: &TreeShape, to: NodeId) -> Vec<u32> {
        let mut links = Vec::new();
        let mut at = to.index();
        while shape.via[at] != NO_LINK {
            links.push(shape.via[at]);
            at = self
                .problem
                .network()
                .tail(LinkId::from_raw(shape.via[at]))
                .index();
        }
        links.reverse();
        links
    }
}
