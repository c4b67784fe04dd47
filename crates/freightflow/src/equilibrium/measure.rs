//! Objective, certificate and outcome of flows, computed from the flows.

use super::groups::Gap;
use super::outcome::{Equilibrium, PairOutcome, Paths};
use super::problem::Assignment;
use crate::certificate::Certificate;
use crate::network::LinkId;
use crate::progress::Stop;

/// Flows by class, and demand that moves and its least cost by class and position.
pub(super) struct Flows {
    pub(super) class_flow: Vec<Vec<f64>>,
    pub(super) pairs: Vec<Vec<PairOutcome>>,
}

impl Flows {
    /// No flow, and pairs that do not move.
    pub(super) fn nothing(problem: &Assignment<'_>) -> Self {
        let links = problem.network().links();
        let classes = problem.classes();
        Self {
            class_flow: vec![vec![0.0; links]; classes.len()],
            pairs: classes
                .iter()
                .map(|class| vec![PairOutcome::default(); class.demand.len()])
                .collect(),
        }
    }

    /// The function that an equilibrium minimises. Demand that stays at home costs what it would
    /// have been worth, from the demand at the volume `most(class, position)` downwards.
    pub(super) fn objective(
        &self,
        problem: &Assignment<'_>,
        link_flow: &[f64],
        most: impl Fn(usize, usize) -> f64,
    ) -> f64 {
        let links = link_flow.iter().enumerate();
        let mut objective: f64 = links
            .map(|(link, &flow)| problem.integral(link, flow))
            .sum();
        for (index, class) in problem.classes().iter().enumerate() {
            let extra: f64 = class
                .extra_cost
                .iter()
                .zip(&self.class_flow[index])
                .filter(|(_, flow)| **flow > 0.0)
                .map(|(cost, flow)| cost * flow)
                .sum();
            let elastic = class
                .demand
                .iter()
                .enumerate()
                .filter(|(_, pair)| pair.is_elastic() && pair.uses_links());
            let worth: f64 = elastic
                .map(|(position, pair)| {
                    let moving = self.pairs[index][position].demand;
                    pair.worth(moving, most(index, position))
                })
                .sum();
            objective += class.weight * (extra + worth);
        }
        objective
    }

    /// Largest imbalance at a node, as a part of the total demand.
    fn imbalance(&self, problem: &Assignment<'_>) -> f64 {
        let network = problem.network();
        let mut worst = 0.0f64;
        let mut total = 0.0;
        for (index, class) in problem.classes().iter().enumerate() {
            let mut balance = vec![0.0; network.nodes()];
            for (link, &flow) in self.class_flow[index].iter().enumerate() {
                let link = LinkId::new(link);
                balance[network.tail(link).index()] += flow;
                balance[network.head(link).index()] -= flow;
            }
            for (pair, outcome) in class.demand.iter().zip(&self.pairs[index]) {
                if pair.uses_links() {
                    let moving = if pair.is_elastic() {
                        outcome.demand
                    } else {
                        pair.volume
                    };
                    balance[pair.origin.index()] -= moving;
                    balance[pair.destination.index()] += moving;
                    total += class.weight * moving;
                }
            }
            let largest = balance
                .iter()
                .fold(0.0f64, |most, value| most.max(value.abs()));
            worst = worst.max(class.weight * largest);
        }
        if total > 0.0 { worst / total } else { 0.0 }
    }

    /// Puts everything together.
    pub(super) fn outcome(
        self,
        problem: &Assignment<'_>,
        gap: Gap,
        most: impl Fn(usize, usize) -> f64,
        (iterations, stop): (usize, Stop),
        paths: Paths,
    ) -> Equilibrium {
        let link_flow = link_flow(problem, &self.class_flow);
        let link_cost: Vec<f64> = link_flow
            .iter()
            .zip(problem.costs())
            .map(|(&flow, cost)| cost.at(flow).cost)
            .collect();
        let certificate = Certificate {
            relative_gap: gap.relative().max(0.0),
            duality_gap: gap.excess.max(0.0),
            conservation_residual: self.imbalance(problem),
            capacity_residual: 0.0,
        };
        let objective = self.objective(problem, &link_flow, most);
        let common: f64 = link_flow
            .iter()
            .zip(&link_cost)
            .map(|(flow, cost)| flow * cost)
            .sum();
        let total_cost = common + self.extra_total(problem);
        Equilibrium {
            link_flow,
            link_cost,
            class_flow: self.class_flow,
            pairs: self.pairs,
            objective,
            total_cost,
            iterations,
            stop,
            certificate,
            paths,
        }
    }

    fn extra_total(&self, problem: &Assignment<'_>) -> f64 {
        let classes = problem.classes().iter().zip(&self.class_flow);
        classes
            .map(|(class, flows)| {
                let paid = class
                    .extra_cost
                    .iter()
                    .zip(flows)
                    .filter(|(_, flow)| **flow > 0.0);
                class.weight * paid.map(|(cost, flow)| cost * flow).sum::<f64>()
            })
            .sum()
    }
}

/// Weighted flow of all classes by link.
pub(super) fn link_flow(problem: &Assignment<'_>, class_flow: &[Vec<f64>]) -> Vec<f64> {
    let mut sum = vec![0.0; problem.network().links()];
    for (class, flows) in problem.classes().iter().zip(class_flow) {
        sum.iter_mut()
            .zip(flows)
            .for_each(|(total, flow)| *total += class.weight * flow);
    }
    sum
}
