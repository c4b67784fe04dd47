//! Flows at which costs, loads and choices agree, with hard capacities.
//!
//! Knows no ports: sets of alternatives, and elements that alternatives share. `freightflow` solves
//! the path-size logit over them; here the prices of full elements are found, by Newton's method
//! on the excess over the capacities. At the end every element is within its capacity or has a
//! price, and no element with room has one: the price is what a further unit of it is worth.

use freightflow::choice::{RouteChoice, mean_least_cost, path_sizes, stochastic_equilibrium};
use freightflow::cost::LinkCost;
use freightflow::equilibrium::{Assignment, Class, Limits, OdPair};
use freightflow::{LinkId, Network, NodeId, unwatched};

use std::collections::BTreeMap;

use super::FlowError;

/// Relative gap of the equilibrium under given prices.
const GAP: f64 = 1e-9;
const MAX_ITERATIONS: usize = 2_000;
/// Sets of alternatives over shared elements.
pub(super) struct Market {
    network: Network,
    ends: Vec<(NodeId, NodeId)>,
    /// Link of each element.
    pub(super) elements: Vec<usize>,
    /// By set and alternative: the link that nothing else uses.
    own: Vec<Vec<usize>>,
    /// By set and alternative: all links.
    paths: Vec<Vec<Vec<LinkId>>>,
    lengths: Vec<f64>,
    /// By set and alternative: the elements used.
    pub(super) uses: Vec<Vec<Vec<usize>>>,
    /// By set and alternative: path sizes.
    sizes: Vec<Vec<f64>>,
}

/// Volumes, costs and capacities under which a market is settled.
pub(super) struct Terms {
    /// By set, units a year.
    pub(super) volumes: Vec<f64>,
    /// By set and alternative: cost without what shared elements add.
    pub(super) own: Vec<Vec<f64>>,
    /// By element: cost that rises with its flow.
    pub(super) curves: Vec<Option<LinkCost>>,
    /// By element; infinite if there is no limit.
    pub(super) capacity: Vec<f64>,
    pub(super) choice: RouteChoice,
}

/// Flows in agreement.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    /// By set and alternative, units a year.
    pub(super) flow: Vec<Vec<f64>>,
    /// By set and alternative: cost with surcharges.
    pub(super) cost: Vec<Vec<f64>>,
    /// By element.
    pub(super) load: Vec<f64>,
    /// By element: what it adds to the cost of a unit.
    pub(super) surcharge: Vec<f64>,
    pub(super) relative_gap: f64,
    pub(super) conservation: f64,
    pub(super) excess: f64,
}

impl Market {
    /// A market of sets of alternatives; `lengths` of elements count for path sizes.
    pub(super) fn new(lengths: &[f64], uses: Vec<Vec<Vec<usize>>>) -> Result<Market, FlowError> {
        let mut links: Vec<(NodeId, NodeId)> = Vec::new();
        let mut link_lengths = Vec::new();
        let node = NodeId::new;
        for (element, &length) in lengths.iter().enumerate() {
            links.push((node(2 * element), node(2 * element + 1)));
            link_lengths.push(length);
        }
        let elements: Vec<usize> = (0..lengths.len()).collect();
        let mut nodes = 2 * lengths.len();
        let mut joins: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let (mut ends, mut own, mut paths) = (Vec::new(), Vec::new(), Vec::new());
        for set in &uses {
            let (from, to) = (nodes, nodes + 1);
            nodes += 2;
            ends.push((node(from), node(to)));
            let (mut own_links, mut set_paths) = (Vec::new(), Vec::new());
            for elements in set {
                let mut path = Vec::new();
                // An alternative's own link leads to a node of its own, so that it is not shared.
                let start = nodes;
                nodes += 1;
                own_links.push(links.len());
                path.push(LinkId::new(links.len()));
                links.push((node(from), node(start)));
                link_lengths.push(0.0);
                let mut here = start;
                let mut join = |here: usize, next: usize, path: &mut Vec<LinkId>| {
                    let link = *joins.entry((here, next)).or_insert_with(|| {
                        links.push((node(here), node(next)));
                        link_lengths.push(0.0);
                        links.len() - 1
                    });
                    path.push(LinkId::new(link));
                };
                for &element in elements {
                    join(here, 2 * element, &mut path);
                    path.push(LinkId::new(element));
                    here = 2 * element + 1;
                }
                join(here, to, &mut path);
                set_paths.push(path);
            }
            own.push(own_links);
            paths.push(set_paths);
        }
        Ok(Market {
            network: Network::new(nodes, &links)?,
            ends,
            elements,
            own,
            sizes: paths
                .iter()
                .map(|set| path_sizes(set, &link_lengths))
                .collect(),
            paths,
            lengths: link_lengths,
            uses,
        })
    }

    /// Expected least cost of a set as its users see it.
    pub(super) fn expected_cost(&self, set: usize, costs: &[f64], choice: RouteChoice) -> f64 {
        mean_least_cost(costs, &self.sizes[set], choice)
    }

    /// Flows at given prices of elements.
    pub(super) fn at_prices(&self, terms: &Terms, prices: &[f64]) -> Result<Settled, FlowError> {
        let free = LinkCost::constant(0.0)?;
        let mut costs = vec![free; self.network.links()];
        for (element, &link) in self.elements.iter().enumerate() {
            if let Some(curve) = &terms.curves[element] {
                costs[link] = curve.clone();
            }
            costs[link] = costs[link].clone().plus(prices[element])?;
        }
        for (links, amounts) in self.own.iter().zip(&terms.own) {
            for (&link, &amount) in links.iter().zip(amounts) {
                costs[link] = LinkCost::constant(amount)?;
            }
        }
        let class = Class {
            name: "cargo".to_owned(),
            weight: 1.0,
            extra_cost: Vec::new(),
            demand: self
                .ends
                .iter()
                .zip(&terms.volumes)
                .map(|(&(from, to), &volume)| OdPair::fixed(from, to, volume))
                .collect(),
        };
        let problem = Assignment::new(&self.network, &costs, vec![class])?;
        let limits = Limits {
            relative_gap: GAP,
            max_iterations: MAX_ITERATIONS,
        };
        let paths = std::slice::from_ref(&self.paths);
        let found = stochastic_equilibrium(
            &problem,
            paths,
            &self.lengths,
            terms.choice,
            limits,
            &mut unwatched,
        )?;
        let flow = found.path_flow.into_iter().next().unwrap_or_default();
        let load: Vec<f64> = self.elements.iter().map(|&l| found.link_flow[l]).collect();
        let surcharge: Vec<f64> = self.elements.iter().map(|&l| found.link_cost[l]).collect();
        let cost: Vec<Vec<f64>> = self
            .paths
            .iter()
            .map(|set| {
                let of = |path: &Vec<LinkId>| -> f64 {
                    path.iter().map(|link| found.link_cost[link.index()]).sum()
                };
                set.iter().map(of).collect()
            })
            .collect();
        let total: f64 = flow
            .iter()
            .zip(&cost)
            .flat_map(|(flows, costs)| flows.iter().zip(costs).map(|(x, c)| x * c))
            .sum();
        // A price on an element with room is a gap too.
        let idle: f64 = (0..load.len())
            .filter(|&e| prices[e] > 0.0)
            .map(|e| prices[e] * (terms.capacity[e] - load[e]).max(0.0))
            .sum();
        let idle = if total > 0.0 { idle / total } else { 0.0 };
        let excess = load
            .iter()
            .zip(&terms.capacity)
            .filter(|(_, capacity)| capacity.is_finite())
            .map(|(load, capacity)| (load - capacity) / capacity)
            .fold(0.0, f64::max);
        Ok(Settled {
            flow,
            cost,
            load,
            surcharge,
            relative_gap: found.certificate.relative_gap + idle,
            conservation: found.certificate.conservation_residual,
            excess,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICE: RouteChoice = RouteChoice {
        scale: 0.01,
        path_size: 1.0,
    };

    /// One demand of 1,000, two alternatives of 100 and 200, of which the first holds 600.
    fn two_ways(capacity: f64) -> Settled {
        let market = Market::new(&[1.0, 1.0], vec![vec![vec![0], vec![1]]]).unwrap();
        market
            .settle(&Terms {
                volumes: vec![1000.0],
                own: vec![vec![100.0, 200.0]],
                curves: vec![None, None],
                capacity: vec![capacity, f64::INFINITY],
                choice: CHOICE,
            })
            .unwrap()
    }

    #[test]
    fn without_a_limit_the_shares_are_those_of_the_logit() {
        let free = two_ways(f64::INFINITY);
        let share = 1.0 / (1.0 + (-1.0f64).exp());
        assert!((free.flow[0][0] - 1000.0 * share).abs() < 1e-3);
        assert_eq!(free.surcharge, [0.0, 0.0]);
    }

    /// 600 to 400 is a ratio of 1.5: the first way must be dearer by 100 − ln 1.5 / 0.01.
    #[test]
    fn a_full_way_costs_what_makes_the_others_go_elsewhere() {
        let full = two_ways(600.0);
        assert!(full.excess <= 1e-6, "{full:?}");
        assert!((full.load[0] - 600.0).abs() < 1e-2);
        assert!((full.surcharge[0] - (100.0 - 1.5f64.ln() / 0.01)).abs() < 1e-2);
        assert!(full.conservation < 1e-12);
        assert!(full.relative_gap < 1e-6);
    }

    #[test]
    fn elements_that_fill_together_are_priced_together() {
        let uses = vec![vec![vec![0, 1], vec![2]], vec![vec![1, 0], vec![2]]];
        let market = Market::new(&[1.0; 3], uses).unwrap();
        let settled = market
            .settle(&Terms {
                volumes: vec![500.0, 500.0],
                own: vec![vec![10.0, 50.0], vec![20.0, 50.0]],
                curves: vec![None, None, None],
                capacity: vec![300.0, 300.0, f64::INFINITY],
                choice: CHOICE,
            })
            .unwrap();
        assert!(settled.excess <= 1e-6, "{settled:?}");
        assert!((settled.load[2] - 700.0).abs() < 1e-2);
        assert!(settled.surcharge[0] + settled.surcharge[1] > 0.0);
    }
}
