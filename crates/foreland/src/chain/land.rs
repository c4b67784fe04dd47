//! The way over land: Dijkstra over places and modes, with borders and transfers.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::path::LandPart;
use super::prices::{product, sum};
use super::{Cargo, Slice, Split, Weights};
use crate::findings::Stage;
use crate::param::Draw;
use crate::world::{Border, Land, LandLink, NodeIx, World, mode_index};

/// Modes, and "no mode yet" at the start.
const MODES: usize = 4;
const NO_MODE: usize = 3;
const HOURS_PER_DAY: f64 = 24.0;

/// The best ways from one node to all others.
pub(crate) struct LandTree {
    root: NodeIx,
    cost: Vec<f64>,
    /// Link that leads to the state, and the state before.
    before: Vec<Option<(u32, u32)>>,
}

/// Costs in the order that a heap needs; costs are never NaN.
#[derive(PartialEq)]
struct Ordered(f64);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl LandTree {
    pub(crate) fn grow(
        world: &World,
        draw: &Draw,
        cargo: &Cargo,
        weights: Weights,
        root: NodeIx,
    ) -> LandTree {
        let land = &world.land;
        let mut tree = LandTree {
            root,
            cost: vec![f64::INFINITY; land.nodes.len() * MODES],
            before: vec![None; land.nodes.len() * MODES],
        };
        let pricer = LandPricer { land, draw, cargo };
        let start = root.index() * MODES + NO_MODE;
        tree.cost[start] = 0.0;
        let mut heap = BinaryHeap::from([(Reverse(Ordered(0.0)), start as u32)]);
        while let Some((Reverse(Ordered(cost)), state)) = heap.pop() {
            if cost > tree.cost[state as usize] {
                continue;
            }
            let (node, mode) = (state as usize / MODES, state as usize % MODES);
            for &link_ix in &land.links_at[node] {
                let link = &land.links[link_ix as usize];
                let next = if link.from.index() == node {
                    link.to
                } else {
                    link.from
                };
                let border = (node != root.index())
                    .then(|| land.nodes[node].border.as_ref())
                    .flatten();
                if link.blocked || border.is_some_and(|b| b.closed) {
                    continue;
                }
                let mut step = pricer.link(link).1;
                if let Some(border) = border {
                    step.add(pricer.border(border));
                }
                let to_mode = mode_index(link.mode);
                if mode != NO_MODE && mode != to_mode {
                    step.add(pricer.transfer());
                }
                let reached = cost + weights.cost(step.money_usd(), step.time_h);
                let to = next.index() * MODES + to_mode;
                if reached < tree.cost[to] {
                    tree.cost[to] = reached;
                    tree.before[to] = Some((link_ix, state));
                    heap.push((Reverse(Ordered(reached)), to as u32));
                }
            }
        }
        tree
    }

    fn best_state(&self, node: NodeIx) -> usize {
        let first = node.index() * MODES;
        (first..first + MODES)
            .min_by(|&a, &b| self.cost[a].total_cmp(&self.cost[b]))
            .unwrap_or(first)
    }

    /// Cost to a node; infinite if it cannot be reached.
    pub(crate) fn cost(&self, node: NodeIx) -> f64 {
        self.cost[self.best_state(node)]
    }

    /// The links from the root to a node.
    pub(crate) fn way_to(&self, node: NodeIx) -> LandPart {
        let mut steps = Vec::new();
        let mut state = self.best_state(node) as u32;
        while let Some((link, previous)) = self.before[state as usize] {
            steps.push((link, NodeIx(state / MODES as u32)));
            state = previous;
        }
        steps.reverse();
        LandPart {
            start: Some(self.root),
            steps,
        }
    }

    /// The links from a node to the root: the same way, walked back.
    pub(crate) fn way_from(&self, node: NodeIx) -> LandPart {
        let mut steps = Vec::new();
        let mut state = self.best_state(node) as u32;
        while let Some((link, previous)) = self.before[state as usize] {
            steps.push((link, NodeIx(previous / MODES as u32)));
            state = previous;
        }
        LandPart {
            start: Some(node),
            steps,
        }
    }
}

/// What links, borders and transfers take for a unit of cargo in a draw.
struct LandPricer<'a> {
    land: &'a Land,
    draw: &'a Draw,
    cargo: &'a Cargo,
}

impl LandPricer<'_> {
    fn link(&self, link: &LandLink) -> (Stage, Slice) {
        let mode = self.land.mode(link.mode);
        let moving_h = link.distance_km / self.draw.get(link.speed_kmh);
        let tonne_km = link.distance_km * self.cargo.t_per_unit;
        // Rest and night stops, averaged over the way.
        let time_h = moving_h * HOURS_PER_DAY / self.draw.get(mode.hours_per_day)
            + sum(self.draw, &link.delays_h);
        let tariff = self.draw.get(link.cost_usd_per_tkm) * product(self.draw, &link.price_factors);
        (
            Stage::Inland,
            Slice {
                time_h,
                carriage_usd: tariff * tonne_km,
                ttw_kg: mode.ttw_g_per_tkm * tonne_km / 1000.0,
                wtw_kg: mode.wtw_g_per_tkm * tonne_km / 1000.0,
                ..Slice::default()
            },
        )
    }

    fn border(&self, border: &Border) -> Slice {
        let fees = self.draw.get(border.cost_usd_per_t) * product(self.draw, &border.price_factors);
        Slice {
            time_h: self.draw.get(border.delay_h) + sum(self.draw, &border.delays_h),
            handling_usd: fees * self.cargo.t_per_unit,
            ..Slice::default()
        }
    }

    fn transfer(&self) -> Slice {
        let transfer = &self.land.transfer;
        Slice {
            time_h: self.draw.get(transfer.time_h),
            handling_usd: self.draw.get(transfer.cost_usd_per_t) * self.cargo.t_per_unit,
            ..Slice::default()
        }
    }
}

/// Adds what a way over land takes to a split.
pub(crate) fn evaluate(
    world: &World,
    draw: &Draw,
    cargo: &Cargo,
    part: &LandPart,
    split: &mut Split,
) {
    let land = &world.land;
    let pricer = LandPricer { land, draw, cargo };
    let mut mode = None;
    for (number, &(link_ix, _)) in part.steps.iter().enumerate() {
        let link = &land.links[link_ix as usize];
        let (stage, slice) = pricer.link(link);
        split.add(stage, slice);
        if mode.is_some_and(|before| before != link.mode) {
            split.add(Stage::Inland, pricer.transfer());
        }
        mode = Some(link.mode);
        // The node between the previous link and this one.
        if number > 0
            && let Some(border) = &land.nodes[part.steps[number - 1].1.index()].border
        {
            split.add(Stage::Border, pricer.border(border));
        }
    }
}
