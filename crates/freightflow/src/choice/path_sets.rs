//! Path sets, and Fisk's function over their flows.

use super::logit::{ChoiceError, RouteChoice, logit_shares, path_sizes};
use crate::equilibrium::Assignment;
use crate::network::LinkId;

/// Halvings of a line search.
const HALVINGS: usize = 50;

/// The paths of one demand.
struct PathSet<'a> {
    class: usize,
    weight: f64,
    volume: f64,
    paths: &'a [Vec<LinkId>],
    /// Extra cost of the class on each path.
    extra: Vec<f64>,
    sizes: Vec<f64>,
}

/// The paths of all demands, and the functions of their flows that a stochastic equilibrium needs.
pub(super) struct PathSets<'a> {
    problem: &'a Assignment<'a>,
    choice: RouteChoice,
    sets: Vec<PathSet<'a>>,
}

impl<'a> PathSets<'a> {
    pub(super) fn new(
        problem: &'a Assignment<'a>,
        paths: &'a [Vec<Vec<Vec<LinkId>>>],
        lengths: &[f64],
        choice: RouteChoice,
    ) -> Result<Self, ChoiceError> {
        let network = problem.network();
        count("lengths", lengths.len(), network.links())?;
        count("classes of paths", paths.len(), problem.classes().len())?;
        let mut sets = Vec::new();
        for (class, (users, paths)) in problem.classes().iter().zip(paths).enumerate() {
            count("sets of paths", paths.len(), users.demand.len())?;
            for (position, (pair, paths)) in users.demand.iter().zip(paths).enumerate() {
                if pair.is_elastic() {
                    return Err(ChoiceError::Elastic { class, position });
                }
                for (path, links) in paths.iter().enumerate() {
                    let mut at = pair.origin;
                    for &link in links {
                        if link.index() >= network.links() || network.tail(link) != at {
                            return Err(ChoiceError::NotAPath {
                                class,
                                position,
                                path,
                            });
                        }
                        at = network.head(link);
                    }
                    if at != pair.destination {
                        return Err(ChoiceError::NotAPath {
                            class,
                            position,
                            path,
                        });
                    }
                }
                let extra_of = |link: &LinkId| users.extra_cost.get(link.index()).unwrap_or(&0.0);
                let extra: Vec<f64> = paths
                    .iter()
                    .map(|links| links.iter().map(extra_of).sum())
                    .collect();
                if pair.uses_links() && !extra.iter().any(|extra| extra.is_finite()) {
                    return Err(ChoiceError::NoPath {
                        class,
                        position,
                        paths: paths.len(),
                    });
                }
                sets.push(PathSet {
                    class,
                    weight: users.weight,
                    volume: if pair.uses_links() { pair.volume } else { 0.0 },
                    extra,
                    sizes: path_sizes(paths, lengths),
                    paths,
                });
            }
        }
        Ok(Self {
            problem,
            choice,
            sets,
        })
    }

    pub(super) fn no_link_flow(&self) -> Vec<f64> {
        vec![0.0; self.problem.network().links()]
    }

    pub(super) fn link_costs(&self, flow: &[f64]) -> Vec<f64> {
        let cost = |(link, &flow): (usize, &f64)| self.problem.cost_and_slope(link, flow).0;
        flow.iter().enumerate().map(cost).collect()
    }

    pub(super) fn link_flow(&self, flow: &[Vec<f64>]) -> Vec<f64> {
        let mut sum = self.no_link_flow();
        for (set, flows) in self.sets.iter().zip(flow) {
            for (path, flow) in set.paths.iter().zip(flows) {
                path.iter()
                    .for_each(|link| sum[link.index()] += set.weight * flow);
            }
        }
        sum
    }

    pub(super) fn path_costs(&self, link_costs: &[f64]) -> Vec<Vec<f64>> {
        let cost = |path: &Vec<LinkId>| {
            path.iter()
                .map(|link| link_costs[link.index()])
                .sum::<f64>()
        };
        let costs = |set: &PathSet<'_>| {
            set.paths
                .iter()
                .zip(&set.extra)
                .map(|(path, extra)| cost(path) + extra)
                .collect()
        };
        self.sets.iter().map(costs).collect()
    }

    pub(super) fn shares_of_demand(&self, costs: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let flows = |(set, costs): (&PathSet<'_>, &Vec<f64>)| {
            let shares = logit_shares(costs, &set.sizes, self.choice);
            shares.iter().map(|share| share * set.volume).collect()
        };
        self.sets.iter().zip(costs).map(flows).collect()
    }

    /// Σ weight × flow × value of a path; paths without flow count nothing.
    pub(super) fn weighted(&self, flow: &[Vec<f64>], value: impl Fn(usize, usize) -> f64) -> f64 {
        let mut sum = 0.0;
        for (index, (set, flows)) in self.sets.iter().zip(flow).enumerate() {
            for (path, &flow) in flows.iter().enumerate().filter(|(_, flow)| **flow > 0.0) {
                sum += set.weight * flow * value(index, path);
            }
        }
        sum
    }

    /// What the logit model adds to the cost of a path with this flow.
    fn entropy(&self, set: usize, path: usize, flow: f64) -> f64 {
        let weight = self.choice.path_size * self.sets[set].sizes[path].ln();
        (flow.ln() - weight) / self.choice.scale
    }

    pub(super) fn perceived(&self, flow: &[Vec<f64>], costs: &[Vec<f64>]) -> f64 {
        self.weighted(flow, |set, path| {
            costs[set][path] + self.entropy(set, path, flow[set][path])
        })
    }

    pub(super) fn objective(&self, flow: &[Vec<f64>]) -> f64 {
        let link_flow = self.link_flow(flow);
        let links = link_flow.iter().enumerate();
        let links: f64 = links
            .map(|(link, &flow)| self.problem.integral(link, flow))
            .sum();
        links
            + self.weighted(flow, |set, path| {
                self.sets[set].extra[path] + self.entropy(set, path, flow[set][path])
            })
    }

    /// Part of the way to `target` at which the function is least.
    pub(super) fn line_search(&self, flow: &[Vec<f64>], target: &[Vec<f64>]) -> f64 {
        let at = |step: f64| -> Vec<Vec<f64>> {
            let mix = |(a, b): (&f64, &f64)| a + step * (b - a);
            flow.iter()
                .zip(target)
                .map(|(a, b)| a.iter().zip(b).map(mix).collect())
                .collect()
        };
        let rises = |step: f64| {
            let here = at(step);
            let costs = self.path_costs(&self.link_costs(&self.link_flow(&here)));
            let mut slope = 0.0;
            for (index, set) in self.sets.iter().enumerate() {
                for (path, &flow_here) in here[index].iter().enumerate() {
                    let change = target[index][path] - flow[index][path];
                    if change != 0.0 {
                        let cost = costs[index][path] + self.entropy(index, path, flow_here);
                        slope += set.weight * change * cost;
                    }
                }
            }
            slope > 0.0
        };
        let (mut low, mut high) = (0.0, 1.0);
        if !rises(high) {
            return high;
        }
        for _ in 0..HALVINGS {
            let middle = (low + high) / 2.0;
            if rises(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        (low + high) / 2.0
    }

    /// Largest difference between a demand and its flows, as a part of all demand.
    pub(super) fn imbalance(&self, flow: &[Vec<f64>]) -> f64 {
        let total: f64 = self.sets.iter().map(|set| set.volume).sum();
        let sets = self.sets.iter().zip(flow);
        let worst = sets
            .map(|(set, flows)| (set.volume - flows.iter().sum::<f64>()).abs())
            .fold(0.0, f64::max);
        if total > 0.0 { worst / total } else { 0.0 }
    }

    pub(super) fn by_class(&self, flow: Vec<Vec<f64>>) -> Vec<Vec<Vec<f64>>> {
        let mut classes = vec![Vec::new(); self.problem.classes().len()];
        for (set, flows) in self.sets.iter().zip(flow) {
            classes[set.class].push(flows);
        }
        classes
    }
}

fn count(what: &'static str, given: usize, expected: usize) -> Result<(), ChoiceError> {
    if given == expected {
        Ok(())
    } else {
        Err(ChoiceError::Count {
            what,
            given,
            expected,
        })
    }
}
