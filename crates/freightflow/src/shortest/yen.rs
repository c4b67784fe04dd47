//! The k least-cost paths without a repeated node.

use std::collections::HashSet;

use super::path::{Path, PathSearch};
use super::search::{TreeSearch, TreeShape};
use crate::error::NetworkError;
use crate::network::{LinkId, Network, NodeId};

/// The `k` least-cost loopless paths from `from` to `to`, cheapest first; fewer if there are fewer.
///
/// Yen (1971) with Lawler's (1972) rule that a path branches only behind the point where it left
/// its parent. Every search is directed by the exact cost-to-go of the unbarred network. Of paths
/// found at equal cost the one with the lower link ids comes first.
///
/// From a node to itself there is one path, the empty one.
///
/// # Errors
/// [`NetworkError`] if a node is not in the network or a cost is missing, negative or not a number.
pub fn k_shortest_paths(
    network: &Network,
    costs: &[f64],
    from: NodeId,
    to: NodeId,
    k: usize,
) -> Result<Vec<Path>, NetworkError> {
    network.check_costs(costs)?;
    network.check_node(from)?;
    network.check_node(to)?;
    let mut enumeration = Enumeration::new(network, costs, from, to);
    Ok(std::iter::from_fn(|| enumeration.next()).take(k).collect())
}

/// A path that was found, and where it left its parent.
struct Branch {
    path: Path,
    deviates_at: usize,
}

/// Loopless paths in order of cost, one at a time.
pub(crate) struct Enumeration<'a> {
    network: &'a Network,
    costs: &'a [f64],
    to: NodeId,
    from: NodeId,
    still: Vec<f64>,
    search: PathSearch,
    given: Vec<Vec<LinkId>>,
    waiting: Vec<Branch>,
    known: HashSet<Vec<LinkId>>,
    started: bool,
}

impl<'a> Enumeration<'a> {
    /// Arguments must have been checked.
    pub(crate) fn new(network: &'a Network, costs: &'a [f64], from: NodeId, to: NodeId) -> Self {
        let mut backward = TreeSearch::new(network.nodes());
        backward.grow(&network.reversed(), costs, to, &mut TreeShape::default());
        Self {
            network,
            costs,
            from,
            to,
            still: backward.cost,
            search: PathSearch::new(network.nodes()),
            given: Vec::new(),
            waiting: Vec::new(),
            known: HashSet::new(),
            started: false,
        }
    }

    /// The next path, or `None` if there is no further one.
    pub(crate) fn next(&mut self) -> Option<Path> {
        if !self.started {
            self.started = true;
            self.branch(&[], 0);
        }
        let best = self.cheapest_waiting()?;
        let Branch { path, deviates_at } = self.waiting.swap_remove(best);
        self.given.push(path.links.clone());
        for index in deviates_at..path.links.len() {
            self.branch(&path.links[..index], index);
        }
        Some(path)
    }

    fn cheapest_waiting(&self) -> Option<usize> {
        let order = |a: &usize, b: &usize| {
            let (a, b) = (&self.waiting[*a].path, &self.waiting[*b].path);
            a.cost
                .total_cmp(&b.cost)
                .then_with(|| a.links.cmp(&b.links))
        };
        (0..self.waiting.len()).min_by(order)
    }

    /// Looks for the cheapest path that starts with `root` and then leaves all paths given so far.
    fn branch(&mut self, root: &[LinkId], deviates_at: usize) {
        let (network, costs) = (self.network, self.costs);
        let spur = root.last().map_or(self.from, |&link| network.head(link));
        let same_root = |path: &&Vec<LinkId>| path.len() > root.len() && path.starts_with(root);
        let barred: HashSet<usize> = self
            .given
            .iter()
            .filter(same_root)
            .map(|path| path[root.len()].index())
            .collect();
        let passed: HashSet<usize> = root
            .iter()
            .map(|&link| network.tail(link).index())
            .collect();
        let cost_of = |link: usize, head: usize| {
            if barred.contains(&link) || passed.contains(&head) {
                f64::INFINITY
            } else {
                costs[link]
            }
        };
        let still = &self.still;
        let Some(rest) = self
            .search
            .find(network, spur, self.to, cost_of, |node| still[node])
        else {
            return;
        };
        let links: Vec<LinkId> = root.iter().chain(&rest.links).copied().collect();
        if self.known.insert(links.clone()) {
            let cost = links.iter().map(|link| costs[link.index()]).sum();
            self.waiting.push(Branch {
                path: Path { links, cost },
                deviates_at,
            });
        }
    }
}
