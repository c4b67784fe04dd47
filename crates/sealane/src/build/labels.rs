//! Makes the [`PortIndex`]: a shortest-path tree from every port, and hubs
//! chosen greedily so that the most routes not yet covered pass the next one
//! (Delling, Goldberg, Pajor and Werneck, *Robust Distance Queries on Massive
//! Networks*, ESA 2014). Only routes between ports count, so labels are short.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use rayon::prelude::*;

use crate::index::PortIndex;
use crate::network::{Key, Network, Scratch, Seed, UNREACHED, centimetres};
use crate::passage::PassageSet;
use crate::sphere::Point;

/// How a port's routes begin.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    /// Where routes begin, if their first legs are straight from the port.
    pub at: Option<Point>,
    /// Nodes seen from there with the key from the port, none over closed passages.
    pub nodes: Vec<(u32, Key)>,
    /// Ports seen from there with the key from port to port.
    pub ports: Vec<(u32, Key)>,
}

/// The part of a port's shortest-path tree that leads to other ports.
struct Tree {
    nodes: Vec<u32>,
    keys: Vec<Key>,
    parents: Vec<u32>,
    children: Vec<Vec<u32>>,
    /// Ports whose routes pass the node and are not yet covered.
    open: Vec<u32>,
    place_of: HashMap<u32, u32>,
    direct: Vec<(u32, u32)>,
}

/// The index, and the number of ports that no other port can reach.
pub(crate) fn port_index(
    network: &Network,
    links: &[Links],
    closed: PassageSet,
    tick: impl Fn() + Sync,
) -> (PortIndex, usize) {
    let mut trees: Vec<Tree> = (0..links.len())
        .into_par_iter()
        .map_init(Scratch::default, |scratch, port| {
            let tree = tree_to_ports(network, links, port, closed, scratch);
            tick();
            tree
        })
        .collect();
    let hubs = choose_hubs(network.nodes(), &mut trees);
    let lonely = (0..trees.len())
        .filter(|&p| hubs[p].is_empty() && trees[p].direct.is_empty())
        .count();
    (assemble(&trees, &hubs), lonely)
}

fn tree_to_ports(
    network: &Network,
    links: &[Links],
    port: usize,
    closed: PassageSet,
    scratch: &mut Scratch,
) -> Tree {
    let me = &links[port];
    let seeds: Vec<Seed> = me
        .nodes
        .iter()
        .map(|&(node, key)| Seed {
            node,
            key,
            from: me.at,
        })
        .collect();
    network.search(&seeds, closed, None, scratch);
    let mut tree = Tree {
        nodes: Vec::new(),
        keys: Vec::new(),
        parents: Vec::new(),
        children: Vec::new(),
        open: Vec::new(),
        place_of: HashMap::new(),
        direct: Vec::new(),
    };
    let seen: HashMap<u32, Key> = me.ports.iter().copied().collect();
    for (q, other) in links.iter().enumerate() {
        if q == port {
            continue;
        }
        let last = other
            .nodes
            .iter()
            .filter(|(v, _)| scratch.key(*v) != UNREACHED)
            .map(|&(v, leg)| (scratch.key(v) + leg, v))
            .min();
        match (seen.get(&(q as u32)), last) {
            (Some(&straight), best) if best.is_none_or(|(k, _)| straight <= k) => {
                tree.direct.push((q as u32, centimetres(straight)));
            }
            (_, Some((_, v))) => tree.count(v, scratch),
            _ => {}
        }
    }
    tree
}

impl Tree {
    /// Adds a port that is reached by way of `node`.
    fn count(&mut self, node: u32, scratch: &Scratch) {
        let place = self.place(node, scratch);
        let mut at = place;
        loop {
            self.open[at as usize] += 1;
            let up = self.parents[at as usize];
            if up == at {
                break;
            }
            at = up;
        }
    }

    fn place(&mut self, node: u32, scratch: &Scratch) -> u32 {
        let mut missing = Vec::new();
        let mut at = Some(node);
        while let Some(v) = at
            && !self.place_of.contains_key(&v)
        {
            missing.push(v);
            at = scratch.parent(v);
        }
        for &v in missing.iter().rev() {
            let place = self.nodes.len() as u32;
            let up = scratch.parent(v).map_or(place, |p| self.place_of[&p]);
            self.nodes.push(v);
            self.keys.push(scratch.key(v));
            self.parents.push(up);
            self.children.push(Vec::new());
            self.open.push(0);
            if up != place {
                self.children[up as usize].push(place);
            }
            self.place_of.insert(v, place);
        }
        self.place_of[&node]
    }

    /// Takes the routes through a place out of the count, here and in `total`.
    fn cover(&mut self, place: u32, total: &mut [u64]) {
        let gone = self.open[place as usize];
        let mut at = place;
        while self.parents[at as usize] != at {
            at = self.parents[at as usize];
            self.open[at as usize] -= gone;
            total[self.nodes[at as usize] as usize] -= u64::from(gone);
        }
        let mut stack = vec![place];
        while let Some(p) = stack.pop() {
            let open = std::mem::take(&mut self.open[p as usize]);
            if open > 0 {
                total[self.nodes[p as usize] as usize] -= u64::from(open);
                stack.extend(&self.children[p as usize]);
            }
        }
    }
}

/// For each port its hubs as (rank, place in its tree).
fn choose_hubs(nodes: usize, trees: &mut [Tree]) -> Vec<Vec<(u32, u32)>> {
    let mut total = vec![0u64; nodes];
    let mut trees_with: Vec<Vec<u32>> = vec![Vec::new(); nodes];
    for (i, tree) in trees.iter().enumerate() {
        for (node, open) in tree.nodes.iter().zip(&tree.open) {
            total[*node as usize] += u64::from(*open);
            trees_with[*node as usize].push(i as u32);
        }
    }
    let mut heap: BinaryHeap<(u64, Reverse<u32>)> = (0..nodes as u32)
        .filter(|&v| total[v as usize] > 0)
        .map(|v| (total[v as usize], Reverse(v)))
        .collect();
    let mut hubs = vec![Vec::new(); trees.len()];
    let mut rank = 0;
    while let Some((score, Reverse(v))) = heap.pop() {
        let now = total[v as usize];
        if now == 0 {
            continue;
        }
        if score != now {
            heap.push((now, Reverse(v)));
            continue;
        }
        for &i in &trees_with[v as usize] {
            let tree = &mut trees[i as usize];
            let place = tree.place_of[&v];
            if tree.open[place as usize] > 0 {
                tree.cover(place, &mut total);
                hubs[i as usize].push((rank, place));
            }
        }
        rank += 1;
    }
    hubs
}

fn assemble(trees: &[Tree], hubs: &[Vec<(u32, u32)>]) -> PortIndex {
    let mut index = PortIndex {
        label_rows: vec![0],
        tree_rows: vec![0],
        direct_rows: vec![0],
        ..PortIndex::default()
    };
    for (tree, hubs) in trees.iter().zip(hubs) {
        let mut new_place = vec![u32::MAX; tree.nodes.len()];
        let first = index.tree_nodes.len();
        for &(rank, place) in hubs {
            let mut missing = Vec::new();
            let mut at = place;
            while new_place[at as usize] == u32::MAX {
                missing.push(at);
                if tree.parents[at as usize] == at {
                    break;
                }
                at = tree.parents[at as usize];
            }
            for &p in missing.iter().rev() {
                let number = (index.tree_nodes.len() - first) as u32;
                new_place[p as usize] = number;
                let up = tree.parents[p as usize];
                index.tree_nodes.push(tree.nodes[p as usize]);
                index.tree_parents.push(if up == p {
                    number
                } else {
                    new_place[up as usize]
                });
            }
            index.hubs.push(rank);
            index.cms.push(centimetres(tree.keys[place as usize]));
            index.places.push(new_place[place as usize]);
        }
        for &(port, cm) in &tree.direct {
            index.direct_ports.push(port);
            index.direct_cms.push(cm);
        }
        index.label_rows.push(index.hubs.len() as u32);
        index.tree_rows.push(index.tree_nodes.len() as u32);
        index.direct_rows.push(index.direct_ports.len() as u32);
    }
    index
}
