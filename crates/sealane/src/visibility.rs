//! What can be seen from a vertex of the triangulated ocean.
//!
//! The triangular expansion algorithm (Bungiu et al., *Efficient Computation
//! of Visibility Polygons*, 2014) on the sphere: a cone of sight passes from
//! triangle to triangle through edges that are not coast, split by each vertex
//! it meets. All comparisons are exact signs, so nothing is lost at shared
//! vertices or along collinear runs.

use crate::sphere::{Point, turn};
use crate::triangulation::{Triangle, Triangulation, Vertex};

/// Sight ends here, short of the antipode where all great circles meet again:
/// cos 178°.
pub const HORIZON_COS: f64 = -0.999_390_827;

/// A cone of sight between two rays, counter-clockwise from `right` to `left`,
/// narrower than 180°.
#[derive(Clone, Copy, Debug)]
pub struct Sector {
    /// A point in the direction of the clockwise edge.
    pub right: Point,
    /// A point in the direction of the counter-clockwise edge.
    pub left: Point,
}

/// The triangulated ocean with land told from water.
pub struct Water<'a> {
    /// The triangulation.
    pub mesh: &'a Triangulation,
    /// For each triangle whether it is water.
    pub wet: &'a [bool],
}

struct Beam {
    triangle: Triangle,
    /// The corner facing the edge through which the beam entered.
    facing: usize,
    right: Point,
    left: Point,
}

impl Water<'_> {
    /// Calls `see` for each vertex visible from vertex `from` within `sector`
    /// (all round if `None`). A vertex may be reported twice, at the seam
    /// between two cones.
    pub fn look(&self, from: Vertex, sector: Option<Sector>, see: &mut impl FnMut(Vertex)) {
        let p = self.mesh.point(from);
        for t in self.mesh.round(from) {
            if !self.wet[t as usize] {
                continue;
            }
            let i = self.mesh.corner_of(t, from);
            let c = self.mesh.corners()[t as usize];
            self.look_through(p, t, i, [c[(i + 1) % 3], c[(i + 2) % 3]], sector, see);
        }
    }

    /// Calls `see` for each vertex visible from a point inside a water triangle.
    pub fn look_from_inside(&self, p: Point, t: Triangle, see: &mut impl FnMut(Vertex)) {
        let c = self.mesh.corners()[t as usize];
        for i in 0..3 {
            // As if `p` were the corner facing this edge.
            self.look_through(p, t, i, [c[(i + 1) % 3], c[(i + 2) % 3]], None, see);
        }
    }

    /// Whether the straight line between two points, the first of them in
    /// water, meets no coast. The line is walked triangle by triangle.
    pub fn sees(&self, a: Point, b: Point) -> bool {
        if a.dot(b) < HORIZON_COS {
            return false;
        }
        let mut t = self.mesh.triangle_of(a);
        let mut came_from = u32::MAX;
        // Each triangle is entered once, since the line is straight.
        for _ in 0..self.mesh.corners().len() {
            if !self.wet[t as usize] {
                return false;
            }
            let c = self.mesh.corners()[t as usize].map(|v| self.mesh.point(v));
            let holds = (0..3).all(|i| turn(c[(i + 1) % 3], c[(i + 2) % 3], b) >= 0.0);
            if holds {
                return true;
            }
            let exit = (0..3).find(|&i| {
                let (r, l) = (c[(i + 1) % 3], c[(i + 2) % 3]);
                self.mesh.across(t, i) != came_from
                    && turn(r, l, b) < 0.0
                    && turn(a, b, r) <= 0.0
                    && turn(a, b, l) >= 0.0
            });
            let Some(i) = exit else { return false };
            if self.mesh.is_fixed(t, i) {
                return false;
            }
            came_from = t;
            t = self.mesh.across(t, i);
        }
        false
    }

    fn look_through(
        &self,
        p: Point,
        t: Triangle,
        i: usize,
        [a, b]: [Vertex; 2],
        sector: Option<Sector>,
        see: &mut impl FnMut(Vertex),
    ) {
        let (mut right, mut left) = (self.mesh.point(a), self.mesh.point(b));
        if turn(p, right, left) <= 0.0 {
            return; // `p` lies on this edge
        }
        if let Some(s) = sector {
            match clip(p, right, left, s) {
                Some((r, l)) => (right, left) = (r, l),
                None => return,
            }
        }
        for v in [a, b] {
            let at = self.mesh.point(v);
            if turn(p, right, at) >= 0.0 && turn(p, at, left) >= 0.0 {
                see(v);
            }
        }
        let mut beams = Vec::new();
        self.pass(t, i, right, left, &mut beams);
        while let Some(beam) = beams.pop() {
            self.advance(p, &beam, &mut beams, see);
        }
    }

    /// Sends a beam over the edge opposite to corner `i` of `t`, unless it is coast.
    fn pass(&self, t: Triangle, i: usize, right: Point, left: Point, beams: &mut Vec<Beam>) {
        if self.mesh.is_fixed(t, i) {
            return;
        }
        let triangle = self.mesh.across(t, i);
        let facing = self.mesh.opposite(t, i);
        beams.push(Beam {
            triangle,
            facing,
            right,
            left,
        });
    }

    fn advance(&self, p: Point, beam: &Beam, beams: &mut Vec<Beam>, see: &mut impl FnMut(Vertex)) {
        let (t, j) = (beam.triangle, beam.facing);
        let v = self.mesh.corners()[t as usize][j];
        let at = self.mesh.point(v);
        if at.dot(p) < HORIZON_COS {
            return;
        }
        let (from_right, from_left) = (turn(p, beam.right, at), turn(p, at, beam.left));
        // NEXT(j) is the left end of the entry edge, so the edge facing it is the right exit.
        let (right_exit, left_exit) = ((j + 1) % 3, (j + 2) % 3);
        if from_right >= 0.0 && from_left >= 0.0 {
            see(v);
        }
        if from_right > 0.0 {
            let left = if from_left > 0.0 { at } else { beam.left };
            self.pass(t, right_exit, beam.right, left, beams);
        }
        if from_left > 0.0 {
            let right = if from_right > 0.0 { at } else { beam.right };
            self.pass(t, left_exit, right, beam.left, beams);
        }
    }
}

/// The part of the cone `right`–`left` that lies in the sector, if any (a
/// single ray counts when it runs along one of the cone's edges).
fn clip(p: Point, right: Point, left: Point, s: Sector) -> Option<(Point, Point)> {
    let r = ray_max(p, right, s.right, s.left)?;
    let l = ray_min(p, left, s.left, s.right)?;
    (turn(p, r, l) >= 0.0 && within(p, right, left, r) && within(p, right, left, l))
        .then_some((r, l))
}

fn within(p: Point, right: Point, left: Point, x: Point) -> bool {
    turn(p, right, x) >= 0.0 && turn(p, x, left) >= 0.0
}

/// The later of the right edges, if the cone's own lies in the sector or before it.
fn ray_max(p: Point, cone: Point, sector: Point, other: Point) -> Option<Point> {
    if within(p, sector, other, cone) {
        Some(cone)
    } else {
        Some(sector)
    }
}

fn ray_min(p: Point, cone: Point, sector: Point, other: Point) -> Option<Point> {
    if within(p, other, sector, cone) {
        Some(cone)
    } else {
        Some(sector)
    }
}
