//! The taut visibility graph as a searchable network.
//!
//! A shortest route is a taut string: at a cape it turns round the land and
//! nowhere else. Each node keeps its edges in order of bearing, so that a
//! search that arrives on one bearing looks only at the few edges that a taut
//! string could leave on.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use crate::cape::Bend;
use crate::ellipsoid::{approximate_m, reduced};
use crate::passage::PassageSet;
use crate::sphere::Point;

/// Bearings closer than this, in radians, count as equal: far above the error
/// of their single precision, far below the spacing of capes.
const BEARING_TOLERANCE: f32 = 1e-5;

/// A length as searches add it up: centimetres in the upper bits, a number
/// made from the edge's ends in the lower twelve, so that of two routes of
/// equal length the same one is shortest in either direction.
pub(crate) type Key = u64;

/// The key of no route.
pub(crate) const UNREACHED: Key = Key::MAX;

/// The key of a single edge.
pub(crate) fn key(cm: u32, a: u32, b: u32) -> Key {
    let mixed =
        (u64::from(a.min(b)) << 32 | u64::from(a.max(b))).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    u64::from(cm) << 12 | mixed >> 58
}

/// The whole centimetres of a key.
pub(crate) fn centimetres(key: Key) -> u32 {
    u32::try_from(key >> 12).unwrap_or(u32::MAX)
}

/// An edge for [`Network::new`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Edge {
    pub from: u32,
    pub to: u32,
    pub cm: u32,
    /// Index into the table of passage sets.
    pub mask: u16,
}

/// The bearings at a cape, in radians counter-clockwise from its first coast.
#[derive(Clone, Copy)]
struct Frame {
    east: Point,
    north: Point,
    /// Bearing of the second coast; half of it parts the cone with land on the
    /// right hand from the cone with land on the left. Zero at free nodes.
    second: f32,
}

/// An edge as a search meets it: one line of the processor's cache holds four.
#[derive(Clone, Copy, Debug)]
struct Slot {
    head: u32,
    cm: u32,
    /// Where a taut route may go on from the head.
    onward: Onward,
    mask: u16,
}

/// Part of a node's slots: all from one on, or all before one. Worked out once for each edge, so
/// that a search never looks for bearings.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Onward(u32);

impl Onward {
    /// All slots of the node.
    const ALL: Onward = Onward(u32::MAX);

    fn from(slot: usize) -> Onward {
        Onward((slot as u32) << 1)
    }

    fn before(slot: usize) -> Onward {
        Onward((slot as u32) << 1 | 1)
    }

    fn of(self, all: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let slot = (self.0 >> 1) as usize;
        match self {
            Onward::ALL => all,
            Onward(part) if part & 1 == 0 => slot..all.end,
            _ => all.start..slot,
        }
    }
}

/// Nodes and edges with lengths, bearings and passages.
pub(crate) struct Network {
    pub points: Vec<Point>,
    /// The same on the sphere of reduced latitude, for quick lengths.
    flat: Vec<Point>,
    frames: Vec<Frame>,
    offsets: Vec<u32>,
    /// By node, in order of bearing.
    slots: Vec<Slot>,
    leaving: Vec<f32>,
    pub sets: Vec<PassageSet>,
}

/// Where a search starts: at `node`, already `key` from the origin, having
/// come along the bearing of `from` seen at the node.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seed {
    pub node: u32,
    pub key: Key,
    pub from: Option<Point>,
}

/// Working memory of a search, reusable.
#[derive(Default)]
pub(crate) struct Scratch {
    keys: Vec<Key>,
    parents: Vec<u32>,
    onward: Vec<Onward>,
    touched: Vec<u32>,
    heap: BinaryHeap<Reverse<(Key, u32)>>,
}

impl Scratch {
    fn reset(&mut self, nodes: usize) {
        if self.keys.len() != nodes {
            self.keys = vec![UNREACHED; nodes];
            self.parents = vec![u32::MAX; nodes];
            self.onward = vec![Onward::ALL; nodes];
            self.touched.clear();
        }
        for v in self.touched.drain(..) {
            self.keys[v as usize] = UNREACHED;
            self.parents[v as usize] = u32::MAX;
        }
        self.heap.clear();
    }

    /// The key of a node after a search.
    pub fn key(&self, node: u32) -> Key {
        self.keys[node as usize]
    }

    /// The node before this one, `None` at a seed.
    pub fn parent(&self, node: u32) -> Option<u32> {
        let p = self.parents[node as usize];
        (p != u32::MAX).then_some(p)
    }

    /// The nodes from a seed to `node`.
    pub fn path(&self, node: u32) -> Vec<u32> {
        let mut path = vec![node];
        let mut at = node;
        while let Some(p) = self.parent(at) {
            path.push(p);
            at = p;
        }
        path.reverse();
        path
    }

    fn improve(&mut self, node: u32, key: Key, parent: u32, onward: Onward) -> bool {
        let known = self.keys[node as usize];
        if key >= known {
            return false;
        }
        if known == UNREACHED {
            self.touched.push(node);
        }
        self.keys[node as usize] = key;
        self.parents[node as usize] = parent;
        self.onward[node as usize] = onward;
        true
    }
}

/// Where a search ends.
pub(crate) struct Goal<'a> {
    /// Nodes from which the goal is seen, with the key of the last leg.
    pub seen_from: &'a [(u32, Key)],
    /// Its position, for the lower bound that directs the search.
    pub at: Point,
    /// A route already known, not to be beaten by a longer one.
    pub bound: Key,
}

impl Network {
    /// `bends[i]` tells how a route may turn at node `i`.
    pub fn new(points: Vec<Point>, bends: &[Bend], edges: &[Edge], sets: Vec<PassageSet>) -> Self {
        let frames: Vec<Frame> = points
            .iter()
            .zip(bends)
            .map(|(p, b)| Frame::new(*p, b))
            .collect();
        let n = points.len();
        let mut offsets = vec![0u32; n + 1];
        for e in edges {
            offsets[e.from as usize + 1] += 1;
            offsets[e.to as usize + 1] += 1;
        }
        for i in 0..n {
            offsets[i + 1] += offsets[i];
        }
        let mut next = offsets.clone();
        let mut slots = vec![(0f32, 0u32, 0u32, 0u16); offsets[n] as usize];
        for e in edges {
            for (a, b) in [(e.from, e.to), (e.to, e.from)] {
                let leaving = frames[a as usize].bearing(points[b as usize]);
                slots[next[a as usize] as usize] = (leaving, b, e.cm, e.mask);
                next[a as usize] += 1;
            }
        }
        for v in 0..n {
            let range = offsets[v] as usize..offsets[v + 1] as usize;
            slots[range].sort_unstable_by(|x, y| {
                x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2))
            });
        }
        let mut network = Network {
            leaving: slots.iter().map(|s| s.0).collect(),
            slots: slots
                .iter()
                .map(|&(_, head, cm, mask)| Slot {
                    head,
                    cm,
                    onward: Onward::ALL,
                    mask,
                })
                .collect(),
            flat: points.iter().map(|&p| reduced(p)).collect(),
            points,
            frames,
            offsets,
            sets,
        };
        let onward: Vec<Vec<Onward>> = (0..n as u32)
            .into_par_iter()
            .map(|v| {
                let heads = network.slots[network.slots(v)].iter().map(|s| s.head);
                heads.map(|head| network.onward_from(head, v)).collect()
            })
            .collect();
        for (slot, onward) in network.slots.iter_mut().zip(onward.into_iter().flatten()) {
            slot.onward = onward;
        }
        network
    }

    /// Where a taut route may go on from a node after coming from another.
    fn onward_from(&self, node: u32, before: u32) -> Onward {
        let from = self.points[before as usize];
        self.onward(node, self.frames[node as usize].bearing(from))
    }

    /// Number of nodes.
    pub fn nodes(&self) -> usize {
        self.points.len()
    }

    /// Number of edges.
    pub fn edges(&self) -> usize {
        self.slots.len() / 2
    }

    fn slots(&self, node: u32) -> std::ops::Range<usize> {
        self.offsets[node as usize] as usize..self.offsets[node as usize + 1] as usize
    }

    /// The edges on which a taut route may go on after arriving on a bearing.
    fn onward(&self, node: u32, arrived: f32) -> Onward {
        let all = self.slots(node);
        let second = self.frames[node as usize].second;
        if second == 0.0 || arrived.is_nan() {
            return Onward::ALL;
        }
        let bearings = &self.leaving[all.clone()];
        let half_turn = std::f32::consts::PI;
        if arrived < second / 2.0 {
            let straight = arrived + half_turn - BEARING_TOLERANCE;
            Onward::from(all.start + bearings.partition_point(|&b| b < straight))
        } else {
            let straight = arrived - half_turn + BEARING_TOLERANCE;
            Onward::before(all.start + bearings.partition_point(|&b| b <= straight))
        }
    }

    /// Searches from the seeds over all edges that no closed passage bars, until
    /// all nodes wanted are reached for good, or the whole ocean is.
    pub fn search_all(
        &self,
        seeds: &[Seed],
        closed: PassageSet,
        wanted: impl Iterator<Item = u32>,
        scratch: &mut Scratch,
    ) {
        scratch.reset(self.nodes());
        let shut: Vec<bool> = self.sets.iter().map(|s| s.meets(closed)).collect();
        let mut is_wanted = vec![false; self.nodes()];
        let mut left = 0;
        for node in wanted {
            left += usize::from(!std::mem::replace(&mut is_wanted[node as usize], true));
        }
        for s in seeds {
            if scratch.improve(s.node, s.key, u32::MAX, self.onward_of(s)) {
                scratch.heap.push(Reverse((s.key, s.node)));
            }
        }
        while let Some(Reverse((key_of_entry, u))) = scratch.heap.pop() {
            let here = scratch.keys[u as usize];
            if key_of_entry > here {
                continue;
            }
            if is_wanted[u as usize] {
                left -= 1;
                if left == 0 {
                    break;
                }
            }
            let onward = scratch.onward[u as usize].of(self.slots(u));
            for s in &self.slots[onward] {
                if shut[usize::from(s.mask)] {
                    continue;
                }
                let through = here + key(s.cm, u, s.head);
                if scratch.improve(s.head, through, u, s.onward) {
                    scratch.heap.push(Reverse((through, s.head)));
                }
            }
        }
    }

    /// Where a search may go on from a seed.
    fn onward_of(&self, seed: &Seed) -> Onward {
        match seed.from {
            Some(p) => self.onward(seed.node, self.frames[seed.node as usize].bearing(p)),
            None => Onward::ALL,
        }
    }

    /// Searches from the seeds over all edges that no closed passage bars: to
    /// the whole ocean, or towards a goal. Returns the goal's key and the last
    /// node before it.
    pub fn search(
        &self,
        seeds: &[Seed],
        closed: PassageSet,
        goal: Option<&Goal<'_>>,
        scratch: &mut Scratch,
    ) -> (Key, Option<u32>) {
        scratch.reset(self.nodes());
        let shut: Vec<bool> = self.sets.iter().map(|s| s.meets(closed)).collect();
        let target = goal.map(|g| reduced(g.at));
        // Shortened by more than the formula's error, so that it never overestimates.
        let bound_to = |v: u32| match target {
            Some(t) => ((approximate_m(self.flat[v as usize], t) * 99.99) as u64) << 12,
            None => 0,
        };
        let mut best = (goal.map_or(UNREACHED, |g| g.bound), None);
        let mut last_leg: std::collections::HashMap<u32, Key> = std::collections::HashMap::new();
        for &(v, k) in goal.iter().flat_map(|g| g.seen_from) {
            let entry = last_leg.entry(v).or_insert(k);
            *entry = (*entry).min(k);
        }
        for s in seeds {
            if scratch.improve(s.node, s.key, u32::MAX, self.onward_of(s)) {
                scratch
                    .heap
                    .push(Reverse((s.key + bound_to(s.node), s.node)));
            }
        }
        while let Some(Reverse((estimate, u))) = scratch.heap.pop() {
            if estimate >= best.0 {
                break;
            }
            let here = scratch.keys[u as usize];
            if goal.is_none() && estimate > here {
                continue;
            }
            if goal.is_some() && estimate > here + bound_to(u) {
                continue;
            }
            if let Some(&leg) = last_leg.get(&u)
                && here + leg < best.0
            {
                best = (here + leg, Some(u));
            }
            let onward = scratch.onward[u as usize].of(self.slots(u));
            for s in &self.slots[onward] {
                if shut[usize::from(s.mask)] {
                    continue;
                }
                let v = s.head;
                let through = here + key(s.cm, u, v);
                if scratch.improve(v, through, u, s.onward) {
                    scratch.heap.push(Reverse((through + bound_to(v), v)));
                }
            }
        }
        best
    }
}

impl Frame {
    fn new(at: Point, bend: &Bend) -> Self {
        // Nodes where several capes meet are rare and are left unpruned.
        if let Bend::Round(capes) = bend
            && let [cape] = capes[..]
            && let Some(east) = cape.first.plus(at, -cape.first.dot(at)).normalised()
        {
            let mut frame = Frame {
                east,
                north: at.cross(east),
                second: 0.0,
            };
            let second = frame.angle(cape.second);
            frame.second = second;
            return frame;
        }
        Frame {
            east: at,
            north: at,
            second: 0.0,
        }
    }

    fn angle(&self, p: Point) -> f32 {
        let a = p.dot(self.north).atan2(p.dot(self.east));
        (if a < 0.0 {
            a + std::f64::consts::TAU
        } else {
            a
        }) as f32
    }

    /// The bearing of a point; slightly negative rather than almost a full
    /// turn where it lies just clockwise of the first coast.
    fn bearing(&self, p: Point) -> f32 {
        if self.second == 0.0 {
            return 0.0;
        }
        let a = self.angle(p);
        let turn = std::f32::consts::TAU;
        if a > (self.second + turn) / 2.0 {
            a - turn
        } else {
            a
        }
    }
}

impl Network {
    /// The edges that go through one of `set` and no closed passage: both ends
    /// and the key.
    pub fn edges_through(
        &self,
        set: PassageSet,
        closed: PassageSet,
    ) -> impl Iterator<Item = (u32, u32, Key)> + '_ {
        let wanted: Vec<bool> = self
            .sets
            .iter()
            .map(|s| s.meets(set) && !s.meets(closed))
            .collect();
        (0..self.nodes() as u32).flat_map(move |u| {
            let slots = self.slots[self.slots(u)].iter();
            slots
                .filter(|s| s.head > u && wanted[usize::from(s.mask)])
                .map(move |s| (u, s.head, key(s.cm, u, s.head)))
                .collect::<Vec<_>>()
        })
    }
}
