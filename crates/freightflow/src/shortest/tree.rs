//! All least-cost paths from one origin.

use super::search::{NO_LINK, TreeSearch, TreeShape};
use crate::error::NetworkError;
use crate::network::{LinkId, Network, NodeId};

/// The least-cost paths from one origin to every node.
#[derive(Clone, Debug)]
pub struct Tree {
    origin: NodeId,
    cost: Vec<f64>,
    via: Vec<u32>,
}

impl Tree {
    /// Grows the tree from `origin` by Dijkstra's algorithm (1959).
    ///
    /// `costs` holds one cost a link, in any unit, 0 or more; an infinite cost bars the link.
    ///
    /// # Errors
    /// [`NetworkError`] if the origin is not in the network or a cost is missing, negative or not a
    /// number.
    pub fn grow(network: &Network, costs: &[f64], origin: NodeId) -> Result<Self, NetworkError> {
        network.check_costs(costs)?;
        network.check_node(origin)?;
        let mut search = TreeSearch::new(network.nodes());
        let mut shape = TreeShape::default();
        search.grow(network, costs, origin, &mut shape);
        Ok(Self {
            origin,
            cost: search.cost,
            via: shape.via,
        })
    }

    /// Node where every path of the tree starts.
    pub fn origin(&self) -> NodeId {
        self.origin
    }

    /// Least cost to `node`; `None` if no path leads there.
    pub fn cost_to(&self, node: NodeId) -> Option<f64> {
        self.cost
            .get(node.index())
            .copied()
            .filter(|cost| cost.is_finite())
    }

    /// Links of the least-cost path to `node`, in order; `None` if no path leads there.
    ///
    /// `network` must be the network of the tree.
    pub fn path_to(&self, network: &Network, node: NodeId) -> Option<Vec<LinkId>> {
        self.cost_to(node)?;
        let mut links = Vec::new();
        let mut at = node;
        while self.via[at.index()] != NO_LINK {
            let link = LinkId::from_raw(self.via[at.index()]);
            links.push(link);
            at = network.tail(link);
        }
        links.reverse();
        Some(links)
    }
}
