//! A directed network in compressed sparse rows: nodes, links, and which nodes a path may pass through.

use crate::error::NetworkError;

/// A node, by its position `0 … nodes − 1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// A link, by the position at which it was given to [`Network::new`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(u32);

impl NodeId {
    /// The node at `index`. Whether a network has it is checked where the two meet.
    ///
    /// An index beyond `u32::MAX` names the last representable node, which no network has.
    pub const fn new(index: usize) -> Self {
        Self(saturate(index))
    }

    /// Position of this node.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl LinkId {
    /// The link at `index`. Whether a network has it is checked where the two meet.
    ///
    /// An index beyond `u32::MAX` names the last representable link, which no network has.
    pub const fn new(index: usize) -> Self {
        Self(saturate(index))
    }

    /// Position of this link.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    pub(crate) const fn from_raw(raw: u32) -> Self {
        Self(raw)
    }
}

const fn saturate(index: usize) -> u32 {
    if index > u32::MAX as usize {
        u32::MAX
    } else {
        index as u32
    }
}

/// One link as seen from its tail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OutLink {
    pub(crate) link: u32,
    pub(crate) head: u32,
}

/// A directed network. Parallel links are allowed; loops (a link from a node to itself) are not.
///
/// Nodes may be *closed to through traffic*: a path may start or end there, but not pass. Zone
/// centroids of transport models are of this kind.
#[derive(Clone, Debug)]
pub struct Network {
    ends: Vec<(NodeId, NodeId)>,
    first_out: Vec<u32>,
    out: Vec<OutLink>,
    closed: Vec<bool>,
}

impl Network {
    /// Builds a network from its number of nodes and the `(tail, head)` of every link.
    ///
    /// # Errors
    /// [`NetworkError`] if a link names a node that is not there, is a loop, or if there are more
    /// than `u32::MAX − 1` nodes or links.
    pub fn new(nodes: usize, links: &[(NodeId, NodeId)]) -> Result<Self, NetworkError> {
        let limit = u32::MAX as usize - 1;
        if nodes > limit || links.len() > limit {
            return Err(NetworkError::TooLarge {
                nodes,
                links: links.len(),
                limit,
            });
        }
        for (position, &(tail, head)) in links.iter().enumerate() {
            let link = LinkId::new(position);
            for node in [tail, head] {
                if node.index() >= nodes {
                    return Err(NetworkError::UnknownNode { link, node, nodes });
                }
            }
            if tail == head {
                return Err(NetworkError::Loop { link, node: tail });
            }
        }
        Ok(Self::index(links.to_vec(), vec![false; nodes]))
    }

    /// Sorts checked links by tail.
    fn index(ends: Vec<(NodeId, NodeId)>, closed: Vec<bool>) -> Self {
        let mut first_out = vec![0u32; closed.len() + 1];
        for (tail, _) in &ends {
            first_out[tail.index() + 1] += 1;
        }
        for node in 0..closed.len() {
            first_out[node + 1] += first_out[node];
        }
        let mut next = first_out.clone();
        let mut out = vec![OutLink { link: 0, head: 0 }; ends.len()];
        for (position, &(tail, head)) in ends.iter().enumerate() {
            let slot = &mut next[tail.index()];
            out[*slot as usize] = OutLink {
                link: saturate(position),
                head: head.0,
            };
            *slot += 1;
        }
        Self {
            ends,
            first_out,
            out,
            closed,
        }
    }

    /// The same network with `nodes` closed to through traffic.
    ///
    /// # Errors
    /// [`NetworkError::NoSuchNode`] if a node is not in the network.
    pub fn closed_to_through(
        mut self,
        nodes: impl IntoIterator<Item = NodeId>,
    ) -> Result<Self, NetworkError> {
        for node in nodes {
            self.check_node(node)?;
            self.closed[node.index()] = true;
        }
        Ok(self)
    }

    /// Number of nodes.
    pub fn nodes(&self) -> usize {
        self.closed.len()
    }

    /// Number of links.
    pub fn links(&self) -> usize {
        self.ends.len()
    }

    /// Node where `link` starts.
    ///
    /// # Panics
    /// If the link is not in the network.
    pub fn tail(&self, link: LinkId) -> NodeId {
        self.ends[link.index()].0
    }

    /// Node where `link` ends.
    ///
    /// # Panics
    /// If the link is not in the network.
    pub fn head(&self, link: LinkId) -> NodeId {
        self.ends[link.index()].1
    }

    /// Whether a path may only start or end at `node`.
    ///
    /// # Panics
    /// If the node is not in the network.
    pub fn is_closed_to_through(&self, node: NodeId) -> bool {
        self.closed[node.index()]
    }

    /// Links that leave `node`, in the order in which they were given.
    ///
    /// # Panics
    /// If the node is not in the network.
    pub fn links_out(&self, node: NodeId) -> impl Iterator<Item = LinkId> + '_ {
        self.out_of(node.index()).iter().map(|out| LinkId(out.link))
    }

    /// The network with every link turned round; links keep their ids.
    pub fn reversed(&self) -> Self {
        let turned = self.ends.iter().map(|&(tail, head)| (head, tail)).collect();
        Self::index(turned, self.closed.clone())
    }

    pub(crate) fn out_of(&self, node: usize) -> &[OutLink] {
        &self.out[self.first_out[node] as usize..self.first_out[node + 1] as usize]
    }

    pub(crate) fn passes(&self, node: usize) -> bool {
        !self.closed[node]
    }

    pub(crate) fn check_node(&self, node: NodeId) -> Result<(), NetworkError> {
        if node.index() < self.nodes() {
            Ok(())
        } else {
            Err(NetworkError::NoSuchNode {
                node,
                nodes: self.nodes(),
            })
        }
    }

    /// Checks that there is one cost a link and that none is negative or not a number.
    ///
    /// An infinite cost bars the link.
    ///
    /// # Errors
    /// [`NetworkError::CostCount`] or [`NetworkError::Cost`].
    pub fn check_costs(&self, costs: &[f64]) -> Result<(), NetworkError> {
        if costs.len() != self.links() {
            return Err(NetworkError::CostCount {
                given: costs.len(),
                links: self.links(),
            });
        }
        match costs.iter().position(|cost| *cost < 0.0 || cost.is_nan()) {
            Some(position) => Err(NetworkError::Cost {
                link: LinkId::new(position),
                cost: costs[position],
            }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(pairs: &[(usize, usize)]) -> Vec<(NodeId, NodeId)> {
        pairs
            .iter()
            .map(|&(a, b)| (NodeId::new(a), NodeId::new(b)))
            .collect()
    }

    #[test]
    fn links_out_follow_the_order_given() {
        let network = Network::new(3, &ids(&[(1, 2), (0, 1), (1, 0), (0, 2)])).unwrap();
        let out: Vec<_> = network
            .links_out(NodeId::new(1))
            .map(LinkId::index)
            .collect();
        assert_eq!(out, [0, 2]);
        assert_eq!(network.tail(LinkId::new(3)), NodeId::new(0));
        assert_eq!(network.head(LinkId::new(3)), NodeId::new(2));
    }

    #[test]
    fn unknown_nodes_loops_and_bad_costs_are_named() {
        assert!(matches!(
            Network::new(2, &ids(&[(0, 1), (0, 2)])),
            Err(NetworkError::UnknownNode { link, nodes: 2, .. }) if link.index() == 1
        ));
        assert!(matches!(
            Network::new(2, &ids(&[(1, 1)])),
            Err(NetworkError::Loop { .. })
        ));
        let network = Network::new(2, &ids(&[(0, 1)])).unwrap();
        assert!(network.check_costs(&[f64::INFINITY]).is_ok());
        assert!(matches!(
            network.check_costs(&[-1.0]),
            Err(NetworkError::Cost { .. })
        ));
        assert!(matches!(
            network.check_costs(&[f64::NAN]),
            Err(NetworkError::Cost { .. })
        ));
        assert!(matches!(
            network.check_costs(&[]),
            Err(NetworkError::CostCount { .. })
        ));
        assert!(network.closed_to_through([NodeId::new(2)]).is_err());
    }

    #[test]
    fn reversing_twice_changes_nothing() {
        let network = Network::new(3, &ids(&[(0, 1), (1, 2)])).unwrap();
        let network = network.closed_to_through([NodeId::new(1)]).unwrap();
        let twice = network.reversed().reversed();
        assert_eq!(twice.ends, network.ends);
        assert_eq!(twice.closed, network.closed);
        assert_eq!(network.reversed().tail(LinkId::new(0)), NodeId::new(1));
    }
}
