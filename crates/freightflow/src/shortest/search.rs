//! Dijkstra's algorithm over reusable memory, and the repair of a tree after costs have changed.

use super::heap::NodeHeap;
use crate::network::{Network, NodeId};

/// Marks a node that no tree link leads to.
pub(crate) const NO_LINK: u32 = u32::MAX;

/// The links of a least-cost tree and an order in which parents come before children.
#[derive(Clone, Debug, Default)]
pub(crate) struct TreeShape {
    /// Link that leads to each node, or [`NO_LINK`].
    pub(crate) via: Vec<u32>,
    /// Nodes that are reached, each after its parent.
    pub(crate) order: Vec<u32>,
}

/// Memory of a search, to be used again and again.
#[derive(Clone, Debug)]
pub(crate) struct TreeSearch {
    /// Least cost to each node; infinite where no path leads.
    pub(crate) cost: Vec<f64>,
    /// Whether the path to a node is another one than in the tree that was given for repair.
    pub(crate) moved: Vec<bool>,
    heap: NodeHeap,
    stack: Vec<u32>,
    seen: Vec<bool>,
}

impl TreeSearch {
    pub(crate) fn new(nodes: usize) -> Self {
        Self {
            cost: vec![f64::INFINITY; nodes],
            moved: vec![true; nodes],
            heap: NodeHeap::new(nodes),
            stack: Vec::new(),
            seen: vec![false; nodes],
        }
    }

    /// Grows the whole least-cost tree from `origin`.
    pub(crate) fn grow(
        &mut self,
        network: &Network,
        costs: &[f64],
        origin: NodeId,
        shape: &mut TreeShape,
    ) {
        let start = origin.index();
        self.cost.fill(f64::INFINITY);
        self.moved.fill(true);
        self.heap.clear();
        shape.via.clear();
        shape.via.resize(network.nodes(), NO_LINK);
        shape.order.clear();
        self.cost[start] = 0.0;
        self.heap.push(start as u32, 0.0);
        while let Some((_, node)) = self.heap.pop() {
            shape.order.push(node);
            self.relax(network, costs, node as usize, start, &mut shape.via);
        }
    }

    /// Makes `shape`, a tree that was of least cost at other costs, the tree of least cost at these.
    ///
    /// Labels are first summed along the old tree; only where a link then offers less is the search
    /// taken up again. After small changes of cost this looks at each link once and at few twice.
    /// Links barred by infinite cost must be the same as before.
    pub(crate) fn regrow(
        &mut self,
        network: &Network,
        costs: &[f64],
        origin: NodeId,
        shape: &mut TreeShape,
    ) {
        let start = origin.index();
        if shape.order.first() != Some(&(start as u32)) {
            return self.grow(network, costs, origin, shape);
        }
        self.cost.fill(f64::INFINITY);
        self.moved.fill(false);
        self.heap.clear();
        self.cost[start] = 0.0;
        for &node in &shape.order[1..] {
            let via = shape.via[node as usize] as usize;
            let tail = network.tail(crate::LinkId::new(via)).index();
            self.cost[node as usize] = self.cost[tail] + costs[via];
        }
        let mut changed = false;
        for index in 0..shape.order.len() {
            let node = shape.order[index] as usize;
            changed |= self.relax(network, costs, node, start, &mut shape.via);
        }
        if changed {
            while let Some((_, node)) = self.heap.pop() {
                self.relax(network, costs, node as usize, start, &mut shape.via);
            }
            self.reorder(network, shape);
        }
    }

    /// Offers the cost through `node` to its neighbours; says whether one took it.
    fn relax(
        &mut self,
        network: &Network,
        costs: &[f64],
        node: usize,
        start: usize,
        via: &mut [u32],
    ) -> bool {
        if !network.passes(node) && node != start {
            return false;
        }
        let base = self.cost[node];
        let mut changed = false;
        for out in network.out_of(node) {
            let offer = base + costs[out.link as usize];
            if offer < self.cost[out.head as usize] {
                self.cost[out.head as usize] = offer;
                via[out.head as usize] = out.link;
                self.moved[out.head as usize] = true;
                self.heap.push(out.head, offer);
                changed = true;
            }
        }
        changed
    }

    /// Puts parents before children again after the tree has changed.
    fn reorder(&mut self, network: &Network, shape: &mut TreeShape) {
        let old = std::mem::take(&mut shape.order);
        shape.order.reserve_exact(old.len());
        self.seen.fill(false);
        for &node in &old {
            let mut at = node;
            while !self.seen[at as usize] {
                self.seen[at as usize] = true;
                self.stack.push(at);
                let via = shape.via[at as usize];
                if via == NO_LINK {
                    break;
                }
                at = network.tail(crate::LinkId::from_raw(via)).index() as u32;
            }
            while let Some(at) = self.stack.pop() {
                shape.order.push(at);
                let via = shape.via[at as usize];
                if via != NO_LINK {
                    let tail = network.tail(crate::LinkId::from_raw(via)).index();
                    self.moved[at as usize] |= self.moved[tail];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shortest::tests::random_network;
    use proptest::prelude::*;

    proptest! {
        /// A repaired tree costs what a fresh one costs, however far the costs have moved.
        #[test]
        fn repair_equals_a_fresh_tree(
            (network, before) in random_network(12, 40),
            factors in prop::collection::vec(0.0f64..3.0, 40),
        ) {
            let after: Vec<f64> = before.iter().zip(&factors).map(|(c, f)| c * f).collect();
            let origin = NodeId::new(0);
            let mut shape = TreeShape::default();
            let mut repaired = TreeSearch::new(network.nodes());
            repaired.grow(&network, &before, origin, &mut shape);
            repaired.regrow(&network, &after, origin, &mut shape);
            let mut fresh = TreeSearch::new(network.nodes());
            fresh.grow(&network, &after, origin, &mut TreeShape::default());
            for (a, b) in repaired.cost.iter().zip(&fresh.cost) {
                prop_assert!(a == b || (a - b).abs() <= 1e-12 * b, "{a} {b}");
            }
            // The order is of use to the next repair.
            repaired.regrow(&network, &before, origin, &mut shape);
            fresh.grow(&network, &before, origin, &mut TreeShape::default());
            for (a, b) in repaired.cost.iter().zip(&fresh.cost) {
                prop_assert!(a == b || (a - b).abs() <= 1e-12 * b, "{a} {b}");
            }
        }
    }
}
