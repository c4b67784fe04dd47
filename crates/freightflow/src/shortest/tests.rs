//! Shortest paths against slow and obvious enumeration.

use proptest::prelude::*;

use super::*;
use crate::network::{LinkId, Network, NodeId};

/// A network of up to `nodes` nodes and up to `links` links with costs 0 to 9.
pub(crate) fn random_network(
    nodes: usize,
    links: usize,
) -> impl Strategy<Value = (Network, Vec<f64>)> {
    let link = (0..nodes, 1..nodes, 0u8..10);
    let closed = prop::collection::vec(0..nodes, 0..3);
    (prop::collection::vec(link, 1..links), closed).prop_map(move |(links, closed)| {
        let ends: Vec<_> = links
            .iter()
            .map(|&(tail, step, _)| (NodeId::new(tail), NodeId::new((tail + step) % nodes)))
            .collect();
        let costs = links.iter().map(|link| f64::from(link.2)).collect();
        let network = Network::new(nodes, &ends).unwrap();
        (
            network
                .closed_to_through(closed.into_iter().map(NodeId::new))
                .unwrap(),
            costs,
        )
    })
}

/// Costs of all loopless paths, by trying them all.
fn all_paths(network: &Network, costs: &[f64], from: usize, to: usize) -> Vec<f64> {
    fn extend(
        network: &Network,
        costs: &[f64],
        at: usize,
        goal: (usize, usize),
        walked: &mut Vec<usize>,
        cost: f64,
        found: &mut Vec<f64>,
    ) {
        if at == goal.1 {
            found.push(cost);
            return;
        }
        if at != goal.0 && network.is_closed_to_through(NodeId::new(at)) {
            return;
        }
        for link in network.links_out(NodeId::new(at)) {
            let head = network.head(link).index();
            if !walked.contains(&head) {
                walked.push(head);
                extend(
                    network,
                    costs,
                    head,
                    goal,
                    walked,
                    cost + costs[link.index()],
                    found,
                );
                walked.pop();
            }
        }
    }
    let mut found = Vec::new();
    extend(
        network,
        costs,
        from,
        (from, to),
        &mut vec![from],
        0.0,
        &mut found,
    );
    found.sort_by(f64::total_cmp);
    found
}

fn is_path(network: &Network, links: &[LinkId], from: NodeId, to: NodeId) -> bool {
    let mut at = from;
    for &link in links {
        if network.tail(link) != at || (at != from && network.is_closed_to_through(at)) {
            return false;
        }
        at = network.head(link);
    }
    at == to
}

proptest! {
    #[test]
    fn every_search_finds_the_least_cost((network, costs) in random_network(7, 18)) {
        let nodes: Vec<_> = (0..7).map(NodeId::new).collect();
        let matrix = cost_matrix(&network, &costs, &nodes, &nodes).unwrap();
        for from in 0..7 {
            let tree = Tree::grow(&network, &costs, nodes[from]).unwrap();
            for to in 0..7 {
                let least = all_paths(&network, &costs, from, to).first().copied();
                prop_assert_eq!(tree.cost_to(nodes[to]), least);
                prop_assert_eq!(matrix.get(from, to), least);
                let path = shortest_path(&network, &costs, nodes[from], nodes[to]).unwrap();
                prop_assert_eq!(path.as_ref().map(|path| path.cost), least);
                for links in path.map(|path| path.links).into_iter()
                    .chain(tree.path_to(&network, nodes[to]))
                {
                    prop_assert!(is_path(&network, &links, nodes[from], nodes[to]));
                }
            }
        }
    }

    #[test]
    fn k_best_are_all_loopless_paths_in_order((network, costs) in random_network(6, 16)) {
        let (from, to) = (NodeId::new(0), NodeId::new(5));
        let all = all_paths(&network, &costs, 0, 5);
        let found = k_shortest_paths(&network, &costs, from, to, 1000).unwrap();
        let found_costs: Vec<f64> = found.iter().map(|path| path.cost).collect();
        prop_assert_eq!(&found_costs, &all);
        let few = k_shortest_paths(&network, &costs, from, to, 3).unwrap();
        prop_assert_eq!(&few[..], &found[..found.len().min(3)]);
        for path in &found {
            prop_assert!(is_path(&network, &path.links, from, to));
        }
    }

    #[test]
    fn dissimilar_paths_share_no_more_than_allowed((network, costs) in random_network(8, 30)) {
        let (from, to) = (NodeId::new(0), NodeId::new(7));
        let wish = Dissimilarity { max_shared: 0.4, max_stretch: 3.0 };
        let found = k_dissimilar_paths(&network, &costs, from, to, 4, wish).unwrap();
        let least = all_paths(&network, &costs, 0, 7).first().copied();
        prop_assert_eq!(found.first().map(|path| path.cost), least);
        for (index, path) in found.iter().enumerate() {
            prop_assert!(is_path(&network, &path.links, from, to));
            for other in &found[..index] {
                let shared: f64 = path.links.iter().filter(|link| other.links.contains(link))
                    .map(|link| costs[link.index()]).sum();
                prop_assert!(shared <= 0.4 * path.cost.min(other.cost));
                prop_assert!(other.cost <= path.cost);
            }
        }
    }
}

#[test]
fn a_node_reaches_itself_at_no_cost() {
    let network = Network::new(1, &[]).unwrap();
    let here = NodeId::new(0);
    let path = shortest_path(&network, &[], here, here).unwrap().unwrap();
    assert_eq!(
        path,
        Path {
            links: Vec::new(),
            cost: 0.0
        }
    );
    assert_eq!(
        k_shortest_paths(&network, &[], here, here, 5)
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn barred_links_lead_nowhere() {
    let ends = [(NodeId::new(0), NodeId::new(1))];
    let network = Network::new(2, &ends).unwrap();
    let found = shortest_path(&network, &[f64::INFINITY], ends[0].0, ends[0].1).unwrap();
    assert_eq!(found, None);
    assert!(
        k_shortest_paths(&network, &[f64::INFINITY], ends[0].0, ends[0].1, 2)
            .unwrap()
            .is_empty()
    );
}
