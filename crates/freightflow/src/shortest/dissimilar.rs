//! Good paths that differ from each other.

use super::path::Path;
use super::search::{NO_LINK, TreeSearch, TreeShape};
use crate::error::NetworkError;
use crate::network::{LinkId, Network, NodeId};

/// How far the paths of [`k_dissimilar_paths`] must differ and how much dearer they may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dissimilarity {
    /// Largest part, 0 to 1, of the cheaper of two paths' cost that the two may share.
    pub max_shared: f64,
    /// Largest cost of a path as a multiple of the least cost, 1 or more.
    pub max_stretch: f64,
}

/// Up to `k` loopless paths from `from` to `to`, cheapest first, of which no two share more than
/// `wish.max_shared` of their cost. The first is the least-cost path.
///
/// Candidates are the *single-via* paths (Abraham, Delling, Goldberg and Werneck 2013): for each
/// node the least-cost path that passes it, from one forward and one backward tree. They are taken
/// in order of cost (ties by node) when they differ enough from all taken before. This finds good
/// alternatives with two searches; it does not prove that no other set of paths is better.
///
/// # Errors
/// [`NetworkError`] if a node is not in the network or a cost is missing, negative or not a number.
pub fn k_dissimilar_paths(
    network: &Network,
    costs: &[f64],
    from: NodeId,
    to: NodeId,
    k: usize,
    wish: Dissimilarity,
) -> Result<Vec<Path>, NetworkError> {
    network.check_costs(costs)?;
    network.check_node(from)?;
    network.check_node(to)?;
    let vias = ViaPaths::new(network, costs, from, to);
    let limit = vias.least() * wish.max_stretch.max(1.0);
    let mut chosen: Vec<Path> = Vec::new();
    let mut used = vec![false; network.links()];
    for (cost, node) in vias.candidates() {
        if chosen.len() >= k || cost > limit {
            break;
        }
        let Some(path) = vias.path(network, costs, node) else {
            continue;
        };
        let differs = |other: &Path| shared_part(&path, other, costs, &mut used) <= wish.max_shared;
        if chosen.iter().all(differs) {
            chosen.push(path);
        }
    }
    Ok(chosen)
}

/// Part of the cheaper path's cost that both share; 1 for equal paths.
fn shared_part(a: &Path, b: &Path, costs: &[f64], used: &mut [bool]) -> f64 {
    if a.links == b.links {
        return 1.0;
    }
    for link in &b.links {
        used[link.index()] = true;
    }
    let common = a.links.iter().filter(|link| used[link.index()]);
    let shared: f64 = common.map(|link| costs[link.index()]).sum();
    for link in &b.links {
        used[link.index()] = false;
    }
    let cheaper = a.cost.min(b.cost);
    if cheaper > 0.0 { shared / cheaper } else { 0.0 }
}

/// The least-cost paths through each node.
struct ViaPaths {
    to: NodeId,
    forward: (Vec<f64>, Vec<u32>),
    backward: (Vec<f64>, Vec<u32>),
    passable: Vec<bool>,
}

impl ViaPaths {
    fn new(network: &Network, costs: &[f64], from: NodeId, to: NodeId) -> Self {
        let tree = |network: &Network, root| {
            let mut search = TreeSearch::new(network.nodes());
            let mut shape = TreeShape::default();
            search.grow(network, costs, root, &mut shape);
            (search.cost, shape.via)
        };
        let ends = [from.index(), to.index()];
        let passable = (0..network.nodes())
            .map(|node| network.passes(node) || ends.contains(&node))
            .collect();
        Self {
            to,
            forward: tree(network, from),
            backward: tree(&network.reversed(), to),
            passable,
        }
    }

    fn least(&self) -> f64 {
        self.forward.0[self.to.index()]
    }

    /// Nodes by the cost of the path through them.
    fn candidates(&self) -> Vec<(f64, usize)> {
        let cost = |node: usize| self.forward.0[node] + self.backward.0[node];
        // The destination itself comes first: its path is the least-cost path.
        let others = (0..self.passable.len())
            .filter(|&node| node != self.to.index() && self.passable[node])
            .map(|node| (cost(node).max(self.least()), node));
        let mut sorted: Vec<_> = others.filter(|(cost, _)| cost.is_finite()).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        if self.least().is_finite() {
            sorted.insert(0, (self.least(), self.to.index()));
        }
        sorted
    }

    /// The path through `node`, if it repeats no node.
    fn path(&self, network: &Network, costs: &[f64], node: usize) -> Option<Path> {
        let mut links = Vec::new();
        let mut at = node;
        while self.forward.1[at] != NO_LINK {
            let link = LinkId::from_raw(self.forward.1[at]);
            links.push(link);
            at = network.tail(link).index();
        }
        links.reverse();
        let mut at = node;
        while self.backward.1[at] != NO_LINK {
            let link = LinkId::from_raw(self.backward.1[at]);
            links.push(link);
            at = network.head(link).index();
        }
        let mut nodes: Vec<_> = links.iter().map(|&link| network.head(link)).collect();
        nodes.extend(links.first().map(|&link| network.tail(link)));
        nodes.sort_unstable();
        let loopless = nodes.windows(2).all(|pair| pair[0] != pair[1]);
        let cost = links.iter().map(|link| costs[link.index()]).sum();
        loopless.then_some(Path { links, cost })
    }
}
