//! Generalises coastlines outward: land may grow, water may not open.
//!
//! Three steps, each of which adds a water triangle to the land only when no
//! other coast reaches into it, so that no strait ever closes and no two coasts
//! ever touch:
//!
//! 1. bays are filled and capes blunted, cheapest first, up to a tolerance
//!    (an outward form of Visvalingam and Whyatt, *Cartographic Journal* 30, 1993);
//! 2. every cape moves seaward by the clearance that ships keep, or by as much
//!    of it as the water opposite leaves;
//! 3. step 1 again.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rstar::{AABB, RTree, RTreeObject};

use crate::plane::{EARTH_RADIUS_M, Plane};
use crate::sphere::{Point, arcs_cross, turn};

/// How far the coast may be moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Deepest bay that is filled, in metres.
    pub bay_m: f64,
    /// Furthest that blunting a cape may move the coast, in metres.
    pub cape_m: f64,
    /// Distance that ships keep from capes where the water is wide, in metres.
    pub clearance_m: f64,
    /// Width of a strait below which its shores are left alone, in metres.
    pub strait_m: f64,
}

/// Shares of the clearance that are tried at a cape, and whether it may narrow a
/// strait for it: a last little, so that no route touches the shore itself, as
/// long as as much water is left.
const SHARES: [(f64, bool); 6] = [
    (1.0, false),
    (0.5, false),
    (0.25, false),
    (0.125, false),
    (1.0 / 64.0, true),
    (1.0 / 256.0, true),
];
/// Vertices further apart than this along one coast count as opposite shores.
const SAME_SHORE: u32 = 60;

#[derive(Clone, Copy)]
struct Knot {
    at: Point,
    prev: u32,
    next: u32,
    /// Ring and place on it in the source, to tell a shore from the one opposite.
    ring: u32,
    place: u32,
    moved_m: f64,
    stamp: u32,
    alive: bool,
}

/// A coast edge in the spatial index, named by the knot where it begins.
#[derive(Clone, Copy, PartialEq)]
struct Shore {
    knot: u32,
    from: Point,
    to: Point,
}

impl RTreeObject for Shore {
    type Envelope = AABB<[f64; 3]>;

    fn envelope(&self) -> Self::Envelope {
        boxed(&[self.from, self.to], 0.0)
    }
}

/// The box round arcs between points, widened by `margin`. An arc bulges out
/// of the box of its ends by its sagitta.
fn boxed(points: &[Point], margin: f64) -> AABB<[f64; 3]> {
    let (mut low, mut high) = ([f64::MAX; 3], [f64::MIN; 3]);
    let mut span: f64 = 0.0;
    for p in points {
        span = span.max(p.angle(points[0]));
        for (i, c) in [p.x, p.y, p.z].into_iter().enumerate() {
            low[i] = low[i].min(c);
            high[i] = high[i].max(c);
        }
    }
    let wide = margin + span * span / 2.0;
    AABB::from_corners(low.map(|c| c - wide), high.map(|c| c + wide))
}

/// The coast of the world as linked rings with land on the right.
pub struct Coast {
    knots: Vec<Knot>,
    ring_sizes: Vec<u32>,
    tree: RTree<Shore>,
    tolerance: Tolerance,
}

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Fill,
    Blunt(Point),
}

impl Coast {
    /// Takes closed rings with land on the right, the last point not repeated.
    /// Rings of fewer than three distinct points are left out; their number is
    /// the second value.
    pub fn new(rings: &[Vec<Point>], tolerance: Tolerance) -> (Self, usize) {
        let mut coast = Coast {
            knots: Vec::new(),
            ring_sizes: Vec::new(),
            tree: RTree::new(),
            tolerance,
        };
        let mut left_out = 0;
        for ring in rings {
            let mut points = ring.clone();
            points.dedup();
            while points.len() > 1 && points.first() == points.last() {
                points.pop();
            }
            if points.len() < 3 {
                left_out += 1;
                continue;
            }
            coast.add_ring(&points);
        }
        let shores = (0..coast.knots.len() as u32)
            .map(|k| coast.shore(k))
            .collect();
        coast.tree = RTree::bulk_load(shores);
        (coast, left_out)
    }

    fn add_ring(&mut self, points: &[Point]) {
        let (first, n) = (self.knots.len() as u32, points.len() as u32);
        let ring = self.ring_sizes.len() as u32;
        self.ring_sizes.push(n);
        for (i, &at) in points.iter().enumerate() {
            let i = i as u32;
            self.knots.push(Knot {
                at,
                prev: first + (i + n - 1) % n,
                next: first + (i + 1) % n,
                ring,
                place: i,
                moved_m: 0.0,
                stamp: 0,
                alive: true,
            });
        }
    }

    fn shore(&self, k: u32) -> Shore {
        let knot = self.knots[k as usize];
        Shore {
            knot: k,
            from: knot.at,
            to: self.knots[knot.next as usize].at,
        }
    }

    /// All three steps.
    pub fn generalise(&mut self) {
        self.simplify();
        self.keep_clear();
        self.simplify();
    }

    /// The rings as they stand, land on the right.
    pub fn rings(&self) -> Vec<Vec<Point>> {
        let mut seen = vec![false; self.knots.len()];
        let mut rings = Vec::new();
        for start in 0..self.knots.len() {
            if seen[start] || !self.knots[start].alive {
                continue;
            }
            let mut ring = Vec::new();
            let mut k = start;
            while !seen[k] {
                seen[k] = true;
                ring.push(self.knots[k].at);
                k = self.knots[k].next as usize;
            }
            rings.push(ring);
        }
        rings
    }

    /// Fills bays and blunts capes until nothing within tolerance is left.
    pub fn simplify(&mut self) {
        let mut heap = BinaryHeap::new();
        for k in 0..self.knots.len() as u32 {
            if self.knots[k as usize].alive {
                self.offer(k, &mut heap);
            }
        }
        while let Some((Reverse(_), k, stamp)) = heap.pop() {
            let knot = self.knots[k as usize];
            if !knot.alive || knot.stamp != stamp {
                continue;
            }
            let Some((step, moved_m)) = self.best_step(k) else {
                continue;
            };
            if !self.apply(k, step, moved_m) {
                continue;
            }
            let (a, b) = match step {
                Step::Fill => (knot.prev, knot.next),
                Step::Blunt(_) => (k, self.knots[k as usize].next),
            };
            let around = [
                self.knots[a as usize].prev,
                a,
                b,
                self.knots[b as usize].next,
            ];
            for n in around {
                self.knots[n as usize].stamp += 1;
                self.offer(n, &mut heap);
            }
        }
    }

    fn offer(&self, k: u32, heap: &mut BinaryHeap<(Reverse<u64>, u32, u32)>) {
        if let Some((_, moved_m)) = self.best_step(k) {
            // Millimetres, so that the order does not hang on a last bit.
            heap.push((
                Reverse((moved_m * 1000.0) as u64),
                k,
                self.knots[k as usize].stamp,
            ));
        }
    }

    /// What could be done at `k`, and how far the coast would have moved then.
    fn best_step(&self, k: u32) -> Option<(Step, f64)> {
        let v = self.knots[k as usize];
        if self.knots[v.next as usize].next == v.prev {
            return None; // a triangle: the smallest island
        }
        let (a, n) = (self.knots[v.prev as usize], self.knots[v.next as usize]);
        if turn(a.at, v.at, n.at) >= 0.0 {
            let moved = v
                .moved_m
                .max(height_m(a.at, v.at, n.at) + v.moved_m.min(a.moved_m));
            return (moved <= self.tolerance.bay_m).then_some((Step::Fill, moved));
        }
        let b = self.knots[n.next as usize];
        if turn(v.at, n.at, b.at) >= 0.0 {
            return None;
        }
        let tip = meet(a.at, v.at, n.at, b.at)?;
        let moved = v.moved_m.max(n.moved_m) + height_m(v.at, tip, n.at);
        (moved <= self.tolerance.cape_m).then_some((Step::Blunt(tip), moved))
    }

    fn apply(&mut self, k: u32, step: Step, moved_m: f64) -> bool {
        let v = self.knots[k as usize];
        let (a, n) = (self.knots[v.prev as usize].at, self.knots[v.next as usize]);
        match step {
            Step::Fill => {
                let own = [v.prev, k, v.next];
                if !self.is_empty(
                    k,
                    &[[a, v.at, n.at]],
                    &[[a, n.at]],
                    &own,
                    self.tolerance.strait_m,
                ) {
                    return false;
                }
                self.unindex(&[v.prev, k]);
                self.knots[k as usize].alive = false;
                self.knots[v.prev as usize].next = v.next;
                self.knots[v.next as usize].prev = v.prev;
                self.index(&[v.prev]);
            }
            Step::Blunt(tip) => {
                let sides = [[v.at, tip], [tip, n.at]];
                if !self.is_empty(
                    k,
                    &[[v.at, tip, n.at]],
                    &sides,
                    &[k, v.next],
                    self.tolerance.strait_m,
                ) {
                    return false;
                }
                self.unindex(&[v.prev, k, v.next]);
                self.knots[v.next as usize].alive = false;
                self.knots[k as usize].at = tip;
                self.knots[k as usize].next = n.next;
                self.knots[k as usize].moved_m = moved_m;
                self.knots[n.next as usize].prev = k;
                self.index(&[v.prev, k]);
            }
        }
        true
    }

    fn unindex(&mut self, knots: &[u32]) {
        for &k in knots {
            let shore = self.shore(k);
            self.tree.remove(&shore);
        }
    }

    fn index(&mut self, knots: &[u32]) {
        for &k in knots {
            let shore = self.shore(k);
            self.tree.insert(shore);
        }
    }

    /// Moves capes seaward by the clearance, or by as much of it as there is room for.
    pub fn keep_clear(&mut self) {
        if self.tolerance.clearance_m <= 0.0 {
            return;
        }
        for k in 0..self.knots.len() as u32 {
            let v = self.knots[k as usize];
            if !v.alive {
                continue;
            }
            let (a, b) = (
                self.knots[v.prev as usize].at,
                self.knots[v.next as usize].at,
            );
            if turn(a, v.at, b) >= 0.0 {
                continue;
            }
            let Some((seaward, stretch)) = bisector(a, v.at, b) else {
                continue;
            };
            for (share, is_narrow) in SHARES {
                let clearance_m = self.tolerance.clearance_m * share;
                let reach = clearance_m * stretch / EARTH_RADIUS_M;
                let strait_m = if is_narrow {
                    clearance_m
                } else {
                    self.tolerance.strait_m
                };
                let Some(tip) = v.at.plus(seaward, reach).normalised() else {
                    continue;
                };
                let triangles = [[a, v.at, tip], [v.at, b, tip]];
                let sides = [[a, tip], [tip, b]];
                if turn(a, tip, b) < 0.0
                    && self.is_empty(k, &triangles, &sides, &[v.prev, k, v.next], strait_m)
                {
                    self.unindex(&[v.prev, k]);
                    self.knots[k as usize].at = tip;
                    self.index(&[v.prev, k]);
                    break;
                }
            }
        }
    }

    /// Whether no coast but that of the `own` knots reaches into the triangles
    /// or over their new `sides`, nor an opposite shore within `strait_m`.
    fn is_empty(
        &self,
        k: u32,
        triangles: &[[Point; 3]],
        sides: &[[Point; 2]],
        own: &[u32],
        strait_m: f64,
    ) -> bool {
        let me = self.knots[k as usize];
        let margin = strait_m / EARTH_RADIUS_M;
        let Some(plane) = Plane::at(me.at) else {
            return false;
        };
        let corners: Vec<Point> = triangles.iter().flatten().copied().collect();
        let Some(flat) = project_all(&plane, triangles) else {
            return false;
        };
        self.tree
            .locate_in_envelope_intersecting(&boxed(&corners, margin))
            .all(|shore| {
                let o = self.knots[shore.knot as usize];
                if sides
                    .iter()
                    .any(|s| arcs_cross(s[0], s[1], shore.from, shore.to))
                {
                    return false;
                }
                let (Some(from), Some(to)) = (plane.project(shore.from), plane.project(shore.to))
                else {
                    return true;
                };
                if self.same_shore(&me, &o) {
                    own.contains(&shore.knot)
                        || flat.iter().all(|t| distance_to_triangle(from, *t) > 0.0)
                } else {
                    let near = |t: &[[f64; 2]; 3]| {
                        let corner = t
                            .iter()
                            .map(|c| distance_to_segment(*c, from, to))
                            .fold(f64::MAX, f64::min);
                        corner.min(distance_to_triangle(from, *t))
                    };
                    flat.iter().all(|t| near(t) > margin)
                }
            })
    }

    fn same_shore(&self, a: &Knot, b: &Knot) -> bool {
        let n = self.ring_sizes[a.ring as usize];
        let gap = a.place.abs_diff(b.place);
        a.ring == b.ring && gap.min(n - gap) <= SAME_SHORE
    }
}

/// Distance in metres of `v` from the arc `a`–`b`.
fn height_m(a: Point, v: Point, b: Point) -> f64 {
    let n = a.cross(b);
    let Some(n) = n.normalised() else {
        return a.angle(v) * EARTH_RADIUS_M;
    };
    let inside = n.cross(a).dot(v) > 0.0 && b.cross(n).dot(v) > 0.0;
    let angle = if inside {
        n.dot(v).abs().asin()
    } else {
        a.angle(v).min(b.angle(v))
    };
    angle * EARTH_RADIUS_M
}

/// Where `a`→`v` and `b`→`n`, drawn on seaward, meet within a quarter turn.
fn meet(a: Point, v: Point, n: Point, b: Point) -> Option<Point> {
    let x = a.cross(v).cross(b.cross(n)).normalised()?;
    let x = if x.dot(v) < 0.0 { x.antipode() } else { x };
    // It must lie seaward of v–n, ahead of v and ahead of n.
    let seaward = turn(v, n, x) > 0.0;
    let near = x.angle(v) < 0.1 && x.angle(n) < 0.1;
    let ahead = a.cross(v).dot(v.cross(x)) > 0.0 && b.cross(n).dot(n.cross(x)) > 0.0;
    (seaward && near && ahead).then_some(x)
}

/// The seaward direction at cape `v`, and how much further than the clearance
/// its tip must go for the flanks to be clear (at most twice).
fn bisector(a: Point, v: Point, b: Point) -> Option<(Point, f64)> {
    let tangent = |p: Point| p.plus(v, -p.dot(v)).normalised();
    let (ta, tb) = (tangent(a)?, tangent(b)?);
    let inward = ta.plus(tb, 1.0);
    let flat = v.cross(tb.plus(ta, -1.0)).normalised()?;
    // Along a nearly straight coast the two tangents cancel; the normal does not.
    let seaward = match inward.normalised() {
        Some(i) if inward.dot(inward) > 1e-6 => i.antipode(),
        _ => flat,
    };
    let half_turn_cos = (1.0 - ta.dot(tb)).max(0.0) / 2.0;
    Some((seaward, (1.0 / half_turn_cos.sqrt().max(0.5)).min(2.0)))
}

fn project_all(plane: &Plane, triangles: &[[Point; 3]]) -> Option<Vec<[[f64; 2]; 3]>> {
    let one = |t: &[Point; 3]| {
        Some([
            plane.project(t[0])?,
            plane.project(t[1])?,
            plane.project(t[2])?,
        ])
    };
    triangles.iter().map(one).collect()
}

fn distance_to_triangle(p: [f64; 2], t: [[f64; 2]; 3]) -> f64 {
    let cross =
        |a: [f64; 2], b: [f64; 2]| (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
    let s = [cross(t[0], t[1]), cross(t[1], t[2]), cross(t[2], t[0])];
    if s.iter().all(|&x| x >= 0.0) || s.iter().all(|&x| x <= 0.0) {
        return 0.0;
    }
    let side = |a, b| distance_to_segment(p, a, b);
    side(t[0], t[1]).min(side(t[1], t[2])).min(side(t[2], t[0]))
}

fn distance_to_segment(p: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let len = dx * dx + dy * dy;
    let u = if len > 0.0 {
        (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / len).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (p[0] - a[0] - u * dx).hypot(p[1] - a[1] - u * dy)
}
