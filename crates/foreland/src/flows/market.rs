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
/// Largest flow beyond a capacity, as a share of it.
const EXCESS: f64 = 1e-6;
const MAX_PRICE_ROUNDS: usize = 200;
/// Value of unused capacity that has a price, and the gap of the flows, over total cost.
const IDLE: f64 = 1e-6;
/// Rounds without progress after which only iterative scaling is used until there is some.
const PATIENCE: usize = 4;
/// Parts of Newton's step that are tried.
const NEWTON_LENGTHS: [f64; 3] = [1.0, 0.5, 0.25];
/// Longest step of a price, in units of 1/μ: where nobody answers, Newton's step has no end.
const MAX_STEP: f64 = 10.0;

/// Sets of alternatives over shared elements.
pub(super) struct Market {
    network: Network,
    ends: Vec<(NodeId, NodeId)>,
    /// Link of each element.
    elements: Vec<usize>,
    /// By set and alternative: the link that nothing else uses.
    own: Vec<Vec<usize>>,
    /// By set and alternative: all links.
    paths: Vec<Vec<Vec<LinkId>>>,
    lengths: Vec<f64>,
    /// By set and alternative: the elements used.
    uses: Vec<Vec<Vec<usize>>>,
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

    /// Flows under given terms.
    ///
    /// The dual function of the capacities is concave in the prices, and its slope is the excess. A
    /// Newton step that comes out where the slope looks back strongly has gone too far; shorter
    /// ones are tried, and then a step of iterative scaling, which is slow and sure.
    pub(super) fn settle(&self, terms: &Terms) -> Result<Settled, FlowError> {
        let mut prices = vec![0.0; self.elements.len()];
        let mut here = self.at_prices(terms, &prices)?;
        let mut best = here.clone();
        let mut stalled = 0;
        for _ in 0..MAX_PRICE_ROUNDS {
            if here.excess <= EXCESS && here.relative_gap <= IDLE {
                break;
            }
            let step = self.price_step(terms, &here, &prices);
            if step.is_empty() {
                break;
            }
            let lengths = if stalled < PATIENCE {
                &NEWTON_LENGTHS[..]
            } else {
                &[]
            };
            let newton = lengths
                .iter()
                .map(|&length| moved(&prices, &step, length))
                .find_map(|next| match self.at_prices(terms, &next) {
                    Ok(there) if looks_back(terms, &here, &there, &prices, &next) => None,
                    found => Some(found.map(|there| (next, there))),
                });
            (prices, here) = match newton {
                Some(found) => found?,
                None => {
                    let next = moved(&prices, &self.scaling_step(terms, &here, &step), 1.0);
                    let there = self.at_prices(terms, &next)?;
                    (next, there)
                }
            };
            if here.excess.max(here.relative_gap) < best.excess.max(best.relative_gap) {
                best = here.clone();
                stalled = 0;
            } else {
                stalled += 1;
            }
        }
        Ok(best)
    }

    fn at_prices(&self, terms: &Terms, prices: &[f64]) -> Result<Settled, FlowError> {
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

    /// Changes of prices by Newton's method over the elements that are full or have a price: how
    /// flows answer to prices follows from the logit shares.
    fn price_step(&self, terms: &Terms, settled: &Settled, prices: &[f64]) -> Vec<(usize, f64)> {
        let active: Vec<usize> = (0..self.elements.len())
            .filter(|&e| {
                terms.capacity[e].is_finite()
                    && (settled.load[e] > terms.capacity[e] || prices[e] > 0.0)
            })
            .collect();
        let size = active.len();
        let mut matrix = vec![vec![0.0; size]; size];
        let mut place = vec![usize::MAX; self.elements.len()];
        for (row, &element) in active.iter().enumerate() {
            place[element] = row;
        }
        for (set, flows) in settled.flow.iter().enumerate() {
            self.add_answer(set, flows, terms, &place, &mut matrix);
        }
        for (row, line) in matrix.iter_mut().enumerate() {
            // Elements that are full together cannot be told apart: a trace keeps them apart.
            line[row] += 1e-9 * line[row] + 1e-12;
        }
        let excess: Vec<f64> = active
            .iter()
            .map(|&e| settled.load[e] - terms.capacity[e])
            .collect();
        let now: Vec<f64> = active.iter().map(|&e| prices[e]).collect();
        let steps = bounded_step(&matrix, &excess, &now, MAX_STEP / terms.choice.scale);
        active.into_iter().zip(steps).collect()
    }

    /// Changes of prices by generalised iterative scaling (Darroch and Ratcliff 1972): with at most
    /// `n` priced elements on a way, `ln(load / capacity) / (μ n)` never goes too far.
    fn scaling_step(
        &self,
        terms: &Terms,
        settled: &Settled,
        step: &[(usize, f64)],
    ) -> Vec<(usize, f64)> {
        let active: Vec<usize> = step.iter().map(|&(element, _)| element).collect();
        let on_way = |elements: &Vec<usize>| elements.iter().filter(|e| active.contains(e)).count();
        let most = self
            .uses
            .iter()
            .flatten()
            .map(on_way)
            .max()
            .unwrap_or(1)
            .max(1);
        active
            .iter()
            .map(|&e| {
                let ratio = settled.load[e].max(f64::MIN_POSITIVE) / terms.capacity[e];
                (e, ratio.ln() / (terms.choice.scale * most as f64))
            })
            .collect()
    }

    /// Adds `μ V (Σ_p s_p a_p a_pᵀ − s̄ s̄ᵀ)` of a set.
    fn add_answer(
        &self,
        set: usize,
        flows: &[f64],
        terms: &Terms,
        place: &[usize],
        matrix: &mut [Vec<f64>],
    ) {
        let volume = terms.volumes[set];
        if volume <= 0.0 {
            return;
        }
        let scale = terms.choice.scale;
        let mut mean: BTreeMap<usize, f64> = BTreeMap::new();
        for (elements, &flow) in self.uses[set].iter().zip(flows) {
            let full: Vec<usize> = elements
                .iter()
                .map(|&e| place[e])
                .filter(|&row| row != usize::MAX)
                .collect();
            for &a in &full {
                *mean.entry(a).or_insert(0.0) += flow;
                for &b in &full {
                    matrix[a][b] += scale * flow;
                }
            }
        }
        for (&a, &x) in &mean {
            for (&b, &y) in &mean {
                matrix[a][b] -= scale * x * y / volume;
            }
        }
    }
}

/// Prices after a step, none below nothing.
fn moved(prices: &[f64], step: &[(usize, f64)], length: f64) -> Vec<f64> {
    let mut next = prices.to_vec();
    for &(element, change) in step {
        next[element] = (next[element] + length * change).max(0.0);
    }
    next
}

/// Whether the slope after a step points back at least half as strongly as it pointed forward.
fn looks_back(
    terms: &Terms,
    here: &Settled,
    there: &Settled,
    prices: &[f64],
    next: &[f64],
) -> bool {
    let slope = |at: &Settled| -> f64 {
        (0..prices.len())
            .filter(|&e| next[e] != prices[e])
            .map(|e| (at.load[e] - terms.capacity[e]) * (next[e] - prices[e]))
            .sum()
    };
    slope(there) < -0.5 * slope(here).abs()
}

/// The solution of `matrix · step = excess` that keeps prices from falling below nothing: those
/// that would are set to nothing, and the others are solved again without them.
fn bounded_step(matrix: &[Vec<f64>], excess: &[f64], prices: &[f64], most: f64) -> Vec<f64> {
    let mut step = vec![0.0; excess.len()];
    let mut free: Vec<usize> = (0..excess.len()).collect();
    loop {
        let fixed: Vec<usize> = (0..excess.len()).filter(|i| !free.contains(i)).collect();
        let mut part: Vec<Vec<f64>> = free
            .iter()
            .map(|&row| free.iter().map(|&column| matrix[row][column]).collect())
            .collect();
        let mut right: Vec<f64> = free
            .iter()
            .map(|&row| {
                let known: f64 = fixed.iter().map(|&c| matrix[row][c] * step[c]).sum();
                excess[row] - known
            })
            .collect();
        solve(&mut part, &mut right);
        for (&row, value) in free.iter().zip(right) {
            step[row] = value.clamp(-prices[row], most);
        }
        let before = free.len();
        free.retain(|&row| prices[row] == 0.0 && step[row] > 0.0 || step[row] > -prices[row]);
        if free.len() == before {
            return step;
        }
    }
}

/// Gaussian elimination with pivots; the solution takes the right side's place.
fn solve(matrix: &mut [Vec<f64>], right: &mut [f64]) {
    let size = right.len();
    for column in 0..size {
        let pivot = (column..size)
            .max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()))
            .unwrap_or(column);
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        if matrix[column][column].abs() < f64::MIN_POSITIVE {
            right[column] = 0.0;
            continue;
        }
        let (above, below) = matrix.split_at_mut(column + 1);
        let lead = &above[column];
        for (offset, line) in below.iter_mut().enumerate() {
            let factor = line[column] / lead[column];
            for (value, leading) in line[column..].iter_mut().zip(&lead[column..]) {
                *value -= factor * leading;
            }
            right[column + 1 + offset] -= factor * right[column];
        }
    }
    for column in (0..size).rev() {
        let known: f64 = (column + 1..size)
            .map(|next| matrix[column][next] * right[next])
            .sum();
        let lead = matrix[column][column];
        right[column] = if lead.abs() < f64::MIN_POSITIVE {
            0.0
        } else {
            (right[column] - known) / lead
        };
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
        assert!(full.excess <= EXCESS, "{full:?}");
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
        assert!(settled.excess <= EXCESS, "{settled:?}");
        assert!((settled.load[2] - 700.0).abs() < 1e-2);
        assert!(settled.surcharge[0] + settled.surcharge[1] > 0.0);
    }
}
