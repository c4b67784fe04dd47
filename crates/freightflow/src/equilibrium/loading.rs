//! All-or-nothing loading: all flow of each pair on its least-cost path.

use rayon::prelude::*;

use super::problem::Assignment;
use crate::network::{LinkId, NodeId};
use crate::shortest::{NO_LINK, TreeSearch, TreeShape};

/// Origins whose flows are summed together. Fixed, so that sums do not depend on threads.
const BLOCK: usize = 32;

/// A class on its least-cost paths.
pub(super) struct Loaded {
    /// Least cost by position in the demand; infinite where no path leads, 0 for pairs that use no
    /// link.
    pub(super) least: Vec<f64>,
    /// Flow loaded by position in the demand.
    pub(super) volume: Vec<f64>,
    /// Flow by link.
    pub(super) flow: Vec<f64>,
}

/// Flow by link, and position, least cost and flow of each pair.
type Block = (Vec<f64>, Vec<(usize, f64, f64)>);

/// Loads the demand of `class` at `costs`; `volume(position, least cost)` says how much of it.
pub(super) fn load(
    problem: &Assignment<'_>,
    class: usize,
    costs: &[f64],
    volume: impl Fn(usize, f64) -> f64 + Sync,
) -> Loaded {
    let network = problem.network();
    let demand = &problem.classes()[class].demand;
    let mut order: Vec<usize> = (0..demand.len())
        .filter(|&position| demand[position].uses_links())
        .collect();
    order.sort_by_key(|&position| demand[position].origin);
    let by_origin: Vec<&[usize]> = order
        .chunk_by(|&a, &b| demand[a].origin == demand[b].origin)
        .collect();
    let blocks: Vec<Block> = by_origin
        .par_chunks(BLOCK)
        .map(|block| {
            let mut search = TreeSearch::new(network.nodes());
            let mut shape = TreeShape::default();
            let mut flow = vec![0.0; network.links()];
            let mut through = vec![0.0; network.nodes()];
            let mut pairs = Vec::new();
            for positions in block {
                search.grow(network, costs, demand[positions[0]].origin, &mut shape);
                for &position in *positions {
                    let destination = demand[position].destination.index();
                    let least = search.cost[destination];
                    let volume = if least.is_finite() {
                        volume(position, least)
                    } else {
                        0.0
                    };
                    through[destination] += volume;
                    pairs.push((position, least, volume));
                }
                collect(network, &shape, &mut through, &mut flow);
            }
            (flow, pairs)
        })
        .collect();
    let nothing = || vec![0.0; demand.len()];
    let mut loaded = Loaded {
        least: nothing(),
        volume: nothing(),
        flow: vec![0.0; network.links()],
    };
    for (flow, pairs) in blocks {
        loaded
            .flow
            .iter_mut()
            .zip(&flow)
            .for_each(|(sum, flow)| *sum += flow);
        for (position, least, volume) in pairs {
            loaded.least[position] = least;
            loaded.volume[position] = volume;
        }
    }
    loaded
}

/// Carries what ends at each node back along the tree, farthest nodes first.
fn collect(network: &crate::Network, shape: &TreeShape, through: &mut [f64], flow: &mut [f64]) {
    for &node in shape.order.iter().rev() {
        let volume = std::mem::take(&mut through[node as usize]);
        let via = shape.via[node as usize];
        if volume > 0.0 && via != NO_LINK {
            flow[via as usize] += volume;
            let tail: NodeId = network.tail(LinkId::from_raw(via));
            through[tail.index()] += volume;
        }
    }
}
