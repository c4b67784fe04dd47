//! Cheapest paths that keep to a time limit.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::problem::CargoLink;
use crate::network::{LinkId, Network, NodeId};

/// A goal: a node to be reached within a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Goal {
    pub(super) node: NodeId,
    pub(super) time_limit_h: f64,
}

/// A path under construction.
#[derive(Clone, Copy)]
struct Label {
    cost: f64,
    time_h: f64,
    node: u32,
    /// Position of the settled label that it continues, and the link between.
    from: u32,
    via: u32,
}

impl Ord for Label {
    /// The cheapest comes first out of a heap, of equally cheap ones the quickest.
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |label: &Self| (label.node, label.from, label.via);
        other
            .cost
            .total_cmp(&self.cost)
            .then_with(|| other.time_h.total_cmp(&self.time_h))
            .then_with(|| key(other).cmp(&key(self)))
    }
}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Label {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Label {}

const START: u32 = u32::MAX;

/// For each goal the cost and links of the cheapest path from `origin` that is quick enough, or
/// nothing if there is none.
///
/// Labels are settled in order of cost; at a node only those are of use that are quicker than all
/// settled there before.
pub(super) fn cheapest_in_time(
    network: &Network,
    links: &[CargoLink],
    costs: &[f64],
    origin: NodeId,
    goals: &[Goal],
) -> Vec<Option<(f64, Vec<u32>)>> {
    let longest = goals
        .iter()
        .map(|goal| goal.time_limit_h)
        .fold(0.0, f64::max);
    let mut found: Vec<Option<(f64, Vec<u32>)>> = vec![None; goals.len()];
    let mut missing = goals.len();
    let mut quickest = vec![f64::INFINITY; network.nodes()];
    let mut settled: Vec<Label> = Vec::new();
    let mut heap = BinaryHeap::new();
    let start = origin.index() as u32;
    heap.push(Label {
        cost: 0.0,
        time_h: 0.0,
        node: start,
        from: START,
        via: START,
    });
    while let Some(label) = heap.pop() {
        let node = label.node as usize;
        if missing == 0 {
            break;
        }
        if label.time_h >= quickest[node] {
            continue;
        }
        quickest[node] = label.time_h;
        let position = settled.len() as u32;
        settled.push(label);
        for (goal, found) in goals.iter().zip(&mut found) {
            let reached = goal.node.index() == node && label.time_h <= goal.time_limit_h;
            if found.is_none() && reached {
                *found = Some((label.cost, trace(&settled, position)));
                missing -= 1;
            }
        }
        if !network.passes(node) && label.from != START {
            continue;
        }
        for out in network.out_of(node) {
            let cost = label.cost + costs[out.link as usize];
            let time_h = label.time_h + links[out.link as usize].time_h;
            if cost.is_finite() && time_h <= longest && time_h < quickest[out.head as usize] {
                heap.push(Label {
                    cost,
                    time_h,
                    node: out.head,
                    from: position,
                    via: out.link,
                });
            }
        }
    }
    found
}

fn trace(settled: &[Label], mut at: u32) -> Vec<u32> {
    let mut links = Vec::new();
    while settled[at as usize].from != START {
        let label = settled[at as usize];
        links.push(LinkId::from_raw(label.via).index() as u32);
        at = label.from;
    }
    links.reverse();
    links
}
