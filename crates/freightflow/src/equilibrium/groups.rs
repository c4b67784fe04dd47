//! Flows by path, kept per class and origin.

use super::problem::{Assignment, Class};
use crate::network::{LinkId, Network, NodeId};
use crate::shortest::{NO_LINK, TreeSearch, TreeShape};

/// Paths of one class from one origin.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) class: usize,
    pub(super) origin: NodeId,
    pub(super) pairs: Vec<PairFlow>,
    pub(super) paths: Vec<PathFlow>,
    /// Links of all paths, one path after the other.
    pub(super) links: Vec<u32>,
    shape: TreeShape,
}

/// An origin–destination pair and its paths, which stand next to each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct PairFlow {
    /// Position in the demand of the class.
    pub(super) position: u32,
    pub(super) destination: u32,
    first: u32,
    pub(super) paths: u32,
    /// The only path is that of the tree.
    on_tree: bool,
    /// Flow that moves and flow that stays together.
    pub(super) volume: f64,
    /// Elastic demand that stays.
    pub(super) kept: f64,
    /// Least cost when the tree was last grown.
    pub(super) least: f64,
}

/// A path and its flow.
#[derive(Clone, Copy, Debug)]
pub(super) struct PathFlow {
    start: u32,
    end: u32,
    pub(super) flow: f64,
    /// Extra cost of the class along the path.
    pub(super) extra: f64,
}

/// Sums over flows at fixed link costs, in weighted flow × cost.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap {
    /// Flow × (cost − least cost).
    pub(super) excess: f64,
    /// Flow × cost.
    pub(super) total: f64,
}

/// Memory for the growth of trees, one a thread.
pub(super) struct Workspace {
    search: TreeSearch,
    paths: Vec<PathFlow>,
    links: Vec<u32>,
    trace: Vec<u32>,
}

impl Gap {
    pub(super) fn relative(self) -> f64 {
        if self.total > 0.0 {
            self.excess / self.total
        } else {
            0.0
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            excess: self.excess + other.excess,
            total: self.total + other.total,
        }
    }
}

impl Workspace {
    pub(super) fn new(network: &Network) -> Self {
        Self {
            search: TreeSearch::new(network.nodes()),
            paths: Vec::new(),
            links: Vec::new(),
            trace: Vec::new(),
        }
    }
}

impl PairFlow {
    pub(super) fn range(&self) -> std::ops::Range<usize> {
        self.first as usize..(self.first + self.paths) as usize
    }

    /// Flow that moves.
    pub(super) fn moving(&self) -> f64 {
        self.volume - self.kept
    }
}

impl PathFlow {
    pub(super) fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The demand of all classes by class and origin, without pairs that use no link.
pub(super) fn groups_of(problem: &Assignment<'_>) -> Vec<Group> {
    let mut groups = Vec::new();
    for (class, users) in problem.classes().iter().enumerate() {
        let mut order: Vec<usize> = (0..users.demand.len())
            .filter(|&position| users.demand[position].uses_links())
            .collect();
        order.sort_by_key(|&position| users.demand[position].origin);
        for same in order.chunk_by(|&a, &b| users.demand[a].origin == users.demand[b].origin) {
            let pairs = same.iter().map(|&position| PairFlow {
                position: position as u32,
                destination: users.demand[position].destination.index() as u32,
                first: 0,
                paths: 0,
                on_tree: false,
                volume: users.demand[position].volume,
                kept: 0.0,
                least: f64::INFINITY,
            });
            groups.push(Group {
                class,
                origin: users.demand[same[0]].origin,
                pairs: pairs.collect(),
                paths: Vec::new(),
                links: Vec::new(),
                shape: TreeShape::default(),
            });
        }
    }
    groups
}

impl Group {
    /// Grows the least-cost tree at `costs` (those of the class), measures the gap of the flows
    /// there, adds each path that is better than those in use and drops those without flow.
    pub(super) fn improve(
        &mut self,
        problem: &Assignment<'_>,
        costs: &[f64],
        work: &mut Workspace,
    ) -> Gap {
        let network = problem.network();
        let class = &problem.classes()[self.class];
        work.search
            .regrow(network, costs, self.origin, &mut self.shape);
        let (gap, stale) = self.measure(class, costs, &work.search);
        if stale {
            self.rebuild(network, class, costs, work);
        }
        gap
    }

    /// Grows the least-cost tree at `costs` and notes the least costs.
    pub(super) fn look(&mut self, problem: &Assignment<'_>, costs: &[f64], work: &mut Workspace) {
        work.search
            .grow(problem.network(), costs, self.origin, &mut self.shape);
        for pair in &mut self.pairs {
            pair.least = work.search.cost[pair.destination as usize];
        }
    }

    /// Extra costs paid and the worth of demand that stays, weighted.
    pub(super) fn extra_and_lost(&self, problem: &Assignment<'_>) -> f64 {
        let class = &problem.classes()[self.class];
        let extra: f64 = self.paths.iter().map(|path| path.flow * path.extra).sum();
        let stays = self.pairs.iter().filter(|pair| pair.kept > 0.0);
        let lost = stays
            .map(|pair| class.demand[pair.position as usize].worth(pair.moving(), pair.volume));
        class.weight * (extra + lost.sum::<f64>())
    }

    /// The gap at `costs`, and whether the set of paths needs to change.
    fn measure(&mut self, class: &Class, costs: &[f64], tree: &TreeSearch) -> (Gap, bool) {
        let mut gap = Gap::default();
        let mut stale = false;
        for pair in &mut self.pairs {
            let destination = pair.destination as usize;
            pair.least = tree.cost[destination];
            pair.on_tree &= !tree.moved[destination];
            let demand = &class.demand[pair.position as usize];
            let mut value = pair.least;
            if demand.is_elastic() && pair.paths > 0 {
                let willing = demand.willingness(pair.moving()).0;
                value = value.min(willing);
                gap.excess += pair.kept * (willing - value);
            }
            let mut cheapest = f64::INFINITY;
            for path in &self.paths[pair.range()] {
                let cost = if pair.on_tree {
                    pair.least
                } else {
                    path_cost(&self.links, path, costs)
                };
                gap.total += path.flow * cost;
                gap.excess += path.flow * (cost - value);
                cheapest = cheapest.min(cost);
                stale |= path.flow == 0.0;
            }
            stale |= pair.least < cheapest;
        }
        gap.excess *= class.weight;
        gap.total *= class.weight;
        (gap, stale)
    }

    /// Keeps the paths that carry flow and adds those of the tree that are better.
    fn rebuild(&mut self, network: &Network, class: &Class, costs: &[f64], work: &mut Workspace) {
        work.paths.clear();
        work.links.clear();
        for pair in &mut self.pairs {
            let first = work.paths.len();
            let mut cheapest = f64::INFINITY;
            for path in &self.paths[pair.range()] {
                if path.flow > 0.0 {
                    let on_tree = pair.on_tree;
                    let cost = if on_tree {
                        pair.least
                    } else {
                        path_cost(&self.links, path, costs)
                    };
                    cheapest = cheapest.min(cost);
                    append(
                        &mut work.paths,
                        &mut work.links,
                        &self.links[path.range()],
                        *path,
                    );
                }
            }
            if pair.least < cheapest {
                trace(network, &self.shape, pair.destination, &mut work.trace);
                let known = |path: &PathFlow| work.links[path.range()] == work.trace;
                if !work.paths[first..].iter().any(known) {
                    let flow = if pair.paths == 0 { pair.volume } else { 0.0 };
                    let extra = |link: &u32| class.extra_cost.get(*link as usize).unwrap_or(&0.0);
                    let extra = work.trace.iter().map(extra).sum();
                    let path = PathFlow {
                        start: 0,
                        end: 0,
                        flow,
                        extra,
                    };
                    append(&mut work.paths, &mut work.links, &work.trace, path);
                }
            }
            pair.first = first as u32;
            pair.paths = (work.paths.len() - first) as u32;
            if pair.paths == 1 && !pair.on_tree {
                trace(network, &self.shape, pair.destination, &mut work.trace);
                pair.on_tree = work.links[work.paths[first].range()] == work.trace;
            }
            pair.on_tree &= pair.paths == 1;
        }
        std::mem::swap(&mut self.paths, &mut work.paths);
        std::mem::swap(&mut self.links, &mut work.links);
        self.paths.shrink_to_fit();
        self.links.shrink_to_fit();
    }
}

/// Cost of a path at `costs`, summed in the order in which a tree sums it.
fn path_cost(links: &[u32], path: &PathFlow, costs: &[f64]) -> f64 {
    links[path.range()]
        .iter()
        .map(|&link| costs[link as usize])
        .sum()
}

fn append(paths: &mut Vec<PathFlow>, all: &mut Vec<u32>, links: &[u32], path: PathFlow) {
    let start = all.len() as u32;
    all.extend_from_slice(links);
    paths.push(PathFlow {
        start,
        end: all.len() as u32,
        ..path
    });
}

/// Links of the tree's path to `node`, in order.
fn trace(network: &Network, shape: &TreeShape, node: u32, links: &mut Vec<u32>) {
    links.clear();
    let mut at = node as usize;
    while shape.via[at] != NO_LINK {
        let link = shape.via[at];
        links.push(link);
        at = network.tail(LinkId::from_raw(link)).index();
    }
    links.reverse();
}
