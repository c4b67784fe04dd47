//! One least-cost path from a node to another.

use super::heap::NodeHeap;
use super::search::NO_LINK;
use crate::error::NetworkError;
use crate::network::{LinkId, Network, NodeId};

/// A path: its links in order and what they cost together.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// Links from the origin to the destination.
    pub links: Vec<LinkId>,
    /// Sum of the links' costs, in the unit of the costs.
    pub cost: f64,
}

/// The least-cost path from `from` to `to`; `None` if there is none.
///
/// From a node to itself the path is empty and costs nothing.
///
/// # Errors
/// [`NetworkError`] if a node is not in the network or a cost is missing, negative or not a number.
pub fn shortest_path(
    network: &Network,
    costs: &[f64],
    from: NodeId,
    to: NodeId,
) -> Result<Option<Path>, NetworkError> {
    network.check_costs(costs)?;
    network.check_node(from)?;
    network.check_node(to)?;
    let mut search = PathSearch::new(network.nodes());
    Ok(search.find(network, from, to, |link, _| costs[link], |_| 0.0))
}

/// Memory of point-to-point searches.
pub(crate) struct PathSearch {
    cost: Vec<f64>,
    via: Vec<u32>,
    heap: NodeHeap,
    touched: Vec<u32>,
}

impl PathSearch {
    pub(crate) fn new(nodes: usize) -> Self {
        Self {
            cost: vec![f64::INFINITY; nodes],
            via: vec![NO_LINK; nodes],
            heap: NodeHeap::new(nodes),
            touched: Vec::new(),
        }
    }

    /// Goal-directed search (A*). `cost_of(link, head)` is the cost of a link, infinite to bar it;
    /// `still(node)` a lower bound of the cost from a node to the goal that never falls by more
    /// than the cost of a link, infinite where the goal cannot be reached.
    pub(crate) fn find(
        &mut self,
        network: &Network,
        from: NodeId,
        to: NodeId,
        cost_of: impl Fn(usize, usize) -> f64,
        still: impl Fn(usize) -> f64,
    ) -> Option<Path> {
        self.forget();
        let (start, goal) = (from.index(), to.index());
        self.label(start, 0.0, NO_LINK, still(start));
        while let Some((_, node)) = self.heap.pop() {
            let node = node as usize;
            if node == goal {
                return Some(self.path(network, goal));
            }
            if !network.passes(node) && node != start {
                continue;
            }
            let base = self.cost[node];
            for out in network.out_of(node) {
                let head = out.head as usize;
                let offer = base + cost_of(out.link as usize, head);
                if offer < self.cost[head] {
                    self.label(head, offer, out.link, still(head));
                }
            }
        }
        None
    }

    fn label(&mut self, node: usize, cost: f64, via: u32, still: f64) {
        if self.cost[node].is_infinite() {
            self.touched.push(node as u32);
        }
        self.cost[node] = cost;
        self.via[node] = via;
        if still.is_finite() {
            self.heap.push(node as u32, cost + still);
        }
    }

    fn path(&self, network: &Network, goal: usize) -> Path {
        let mut links = Vec::new();
        let mut at = goal;
        while self.via[at] != NO_LINK {
            let link = LinkId::from_raw(self.via[at]);
            links.push(link);
            at = network.tail(link).index();
        }
        links.reverse();
        Path {
            links,
            cost: self.cost[goal],
        }
    }

    fn forget(&mut self) {
        self.heap.clear();
        for node in self.touched.drain(..) {
            self.cost[node as usize] = f64::INFINITY;
            self.via[node as usize] = NO_LINK;
        }
    }
}
