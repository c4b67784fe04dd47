//! A constrained Delaunay triangulation of the whole sphere.
//!
//! It starts from an octahedron, so there is no outside, no antimeridian and
//! no pole to treat apart. All decisions are exact signs ([`crate::sphere`]).
//! Coast edges are constraints; the triangles on either side of them are told
//! apart as land and water by [`Triangulation::flood`].

mod constrain;

use crate::sphere::{Point, in_circle, turn};

/// A vertex by number.
pub type Vertex = u32;
/// A triangle by number.
pub type Triangle = u32;

const NEXT: [usize; 3] = [1, 2, 0];
const PREV: [usize; 3] = [2, 0, 1];

/// Triangles with counter-clockwise corners seen from outside. `adjacent[t][i]`
/// is the triangle across the edge opposite to corner `i`; bit `i` of
/// `fixed[t]` says that this edge is a constraint.
#[derive(Clone, Debug)]
pub struct Triangulation {
    points: Vec<Point>,
    corners: Vec<[Vertex; 3]>,
    adjacent: Vec<[Triangle; 3]>,
    fixed: Vec<u8>,
    of_vertex: Vec<Triangle>,
    last: Triangle,
    crossings: usize,
}

/// Where a point lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a vertex.
    Vertex(Vertex),
    /// On the edge of a triangle opposite to the given corner.
    Edge(Triangle, usize),
    /// Strictly inside a triangle.
    Inside(Triangle),
}

impl Default for Triangulation {
    fn default() -> Self {
        Self::new()
    }
}

impl Triangulation {
    /// The octahedron: six vertices, eight triangles.
    pub fn new() -> Self {
        let p = |x: f64, y: f64, z: f64| Point { x, y, z };
        let points = vec![
            p(1.0, 0.0, 0.0),
            p(0.0, 1.0, 0.0),
            p(-1.0, 0.0, 0.0),
            p(0.0, -1.0, 0.0),
            p(0.0, 0.0, 1.0),
            p(0.0, 0.0, -1.0),
        ];
        let mut corners = Vec::new();
        for i in 0..4u32 {
            corners.push([i, (i + 1) % 4, 4]);
        }
        for i in 0..4u32 {
            corners.push([(i + 1) % 4, i, 5]);
        }
        let mut adjacent = Vec::new();
        for i in 0..4u32 {
            adjacent.push([(i + 1) % 4, (i + 3) % 4, 4 + i]);
        }
        for i in 0..4u32 {
            adjacent.push([4 + (i + 3) % 4, 4 + (i + 1) % 4, i]);
        }
        let of_vertex = vec![0, 0, 1, 2, 0, 4];
        Triangulation {
            points,
            corners,
            adjacent,
            fixed: vec![0; 8],
            of_vertex,
            last: 0,
            crossings: 0,
        }
    }

    /// Rebuilds a triangulation from its vertices, corners and constraint bits.
    ///
    /// Returns `None` unless the triangles close up to a sphere of
    /// counter-clockwise triangles.
    pub fn from_parts(
        points: Vec<Point>,
        corners: Vec<[Vertex; 3]>,
        fixed: Vec<u8>,
    ) -> Option<Self> {
        if corners.len() != fixed.len() || corners.is_empty() {
            return None;
        }
        let mut edges: Vec<(Vertex, Vertex, u32, u8)> = Vec::with_capacity(corners.len() * 3);
        for (t, c) in corners.iter().enumerate() {
            for i in 0..3 {
                let (a, b) = (c[NEXT[i]], c[PREV[i]]);
                if a as usize >= points.len() || b as usize >= points.len() || a == b {
                    return None;
                }
                edges.push((a.min(b), a.max(b), t as u32, i as u8));
            }
        }
        edges.sort_unstable();
        let mut adjacent = vec![[u32::MAX; 3]; corners.len()];
        for pair in edges.chunks(2) {
            let [(a, b, t, i), (c, d, u, j)] = pair else {
                return None;
            };
            if (a, b) != (c, d) || t == u {
                return None;
            }
            adjacent[*t as usize][*i as usize] = *u;
            adjacent[*u as usize][*j as usize] = *t;
        }
        let mut of_vertex = vec![u32::MAX; points.len()];
        for (t, c) in corners.iter().enumerate() {
            for &v in c {
                of_vertex[v as usize] = t as u32;
            }
        }
        if of_vertex.contains(&u32::MAX) {
            return None;
        }
        Some(Triangulation {
            points,
            corners,
            adjacent,
            fixed,
            of_vertex,
            last: 0,
            crossings: 0,
        })
    }

    /// The position of a vertex.
    pub fn point(&self, v: Vertex) -> Point {
        self.points[v as usize]
    }

    /// All vertices.
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// All triangles by their corners.
    pub fn corners(&self) -> &[[Vertex; 3]] {
        &self.corners
    }

    /// Constraint bits of all triangles.
    pub fn fixed(&self) -> &[u8] {
        &self.fixed
    }

    /// The triangle across the edge opposite to corner `i`.
    pub fn across(&self, t: Triangle, i: usize) -> Triangle {
        self.adjacent[t as usize][i]
    }

    /// Whether the edge opposite to corner `i` is a constraint.
    pub fn is_fixed(&self, t: Triangle, i: usize) -> bool {
        self.fixed[t as usize] >> i & 1 == 1
    }

    /// How many constraints crossed an earlier one and were cut there.
    pub fn crossings(&self) -> usize {
        self.crossings
    }

    /// Which corner of `t` is `v`.
    pub fn corner_of(&self, t: Triangle, v: Vertex) -> usize {
        let c = self.corners[t as usize];
        usize::from(c[1] == v) + 2 * usize::from(c[2] == v)
    }

    /// One triangle at a vertex.
    pub fn triangle_at(&self, v: Vertex) -> Triangle {
        self.of_vertex[v as usize]
    }

    /// The triangles round a vertex, counter-clockwise.
    pub fn round(&self, v: Vertex) -> impl Iterator<Item = Triangle> + '_ {
        let first = self.of_vertex[v as usize];
        let mut at = Some(first);
        std::iter::from_fn(move || {
            let t = at?;
            // Leaving over the edge that ends at the last corner turns left round `v`.
            let i = self.corner_of(t, v);
            let next = self.adjacent[t as usize][NEXT[i]];
            at = (next != first).then_some(next);
            Some(t)
        })
    }

    fn turn(&self, a: Vertex, b: Vertex, c: Vertex) -> f64 {
        turn(self.point(a), self.point(b), self.point(c))
    }

    /// Finds a point by walking from triangle `from`.
    pub fn locate_from(&self, p: Point, from: Triangle) -> Place {
        let mut t = from;
        // A walk on a Delaunay triangulation ends; constrained ones may not, so
        // the starting edge is turned with the step count.
        for step in 0.. {
            let c = self.corners[t as usize];
            let side = |i: usize| turn(self.point(c[NEXT[i]]), self.point(c[PREV[i]]), p);
            let order = [step % 3, (step + 1) % 3, (step + 2) % 3];
            if let Some(&i) = order.iter().find(|&&i| side(i) < 0.0) {
                t = self.adjacent[t as usize][i];
                continue;
            }
            let on: Vec<usize> = (0..3).filter(|&i| side(i) == 0.0).collect();
            return match on[..] {
                [] => Place::Inside(t),
                [i] => Place::Edge(t, i),
                [i, j] => Place::Vertex(c[3 - i - j]),
                _ => Place::Vertex(c[0]),
            };
        }
        Place::Inside(t)
    }

    /// Finds a point, walking from the triangle touched last.
    pub fn locate(&self, p: Point) -> Place {
        self.locate_from(p, self.last)
    }

    /// Adds a vertex; an existing one at the same place is returned instead.
    pub fn insert(&mut self, p: Point) -> Vertex {
        let place = self.locate(p);
        self.insert_at(p, place)
    }

    fn insert_at(&mut self, p: Point, place: Place) -> Vertex {
        if let Place::Vertex(v) = place {
            return v;
        }
        let v = self.points.len() as Vertex;
        self.points.push(p);
        self.of_vertex.push(0);
        let mut suspects = match place {
            Place::Inside(t) => self.split_triangle(t, v),
            Place::Edge(t, i) => self.split_edge(t, i, v),
            Place::Vertex(_) => Vec::new(),
        };
        while let Some((t, i)) = suspects.pop() {
            if let Some(more) = self.legalise(t, i) {
                suspects.extend(more);
            }
        }
        self.last = self.of_vertex[v as usize];
        v
    }

    fn push_triangle(&mut self) -> Triangle {
        self.corners.push([0; 3]);
        self.adjacent.push([0; 3]);
        self.fixed.push(0);
        (self.corners.len() - 1) as Triangle
    }

    fn set(&mut self, t: Triangle, corners: [Vertex; 3], adjacent: [Triangle; 3], fixed: [u8; 3]) {
        self.corners[t as usize] = corners;
        self.adjacent[t as usize] = adjacent;
        self.fixed[t as usize] = fixed[0] | fixed[1] << 1 | fixed[2] << 2;
        for v in corners {
            self.of_vertex[v as usize] = t;
        }
    }

    fn relink(&mut self, t: Triangle, old: Triangle, new: Triangle) {
        for a in &mut self.adjacent[t as usize] {
            if *a == old {
                *a = new;
                return;
            }
        }
    }

    fn marks(&self, t: Triangle, i: usize) -> u8 {
        u8::from(self.is_fixed(t, i))
    }

    fn split_triangle(&mut self, t: Triangle, v: Vertex) -> Vec<(Triangle, usize)> {
        let [a, b, c] = self.corners[t as usize];
        let [na, nb, nc] = self.adjacent[t as usize];
        let [fa, fb, fc] = [0, 1, 2].map(|i| self.marks(t, i));
        let (u, w) = (self.push_triangle(), self.push_triangle());
        self.set(t, [v, b, c], [na, u, w], [fa, 0, 0]);
        self.set(u, [v, c, a], [nb, w, t], [fb, 0, 0]);
        self.set(w, [v, a, b], [nc, t, u], [fc, 0, 0]);
        self.relink(nb, t, u);
        self.relink(nc, t, w);
        vec![(t, 0), (u, 0), (w, 0)]
    }

    fn split_edge(&mut self, t: Triangle, i: usize, v: Vertex) -> Vec<(Triangle, usize)> {
        let o = self.adjacent[t as usize][i];
        let j = self.opposite(t, i);
        let (a, b, c) = {
            let k = self.corners[t as usize];
            (k[i], k[NEXT[i]], k[PREV[i]])
        };
        let d = self.corners[o as usize][j];
        let on_line = self.marks(t, i);
        let (tb, tc) = (
            self.adjacent[t as usize][NEXT[i]],
            self.adjacent[t as usize][PREV[i]],
        );
        let (fb, fc) = (self.marks(t, NEXT[i]), self.marks(t, PREV[i]));
        // In `o` the shared edge runs c → b, so NEXT[j] is c and PREV[j] is b.
        let (oc, ob) = (
            self.adjacent[o as usize][NEXT[j]],
            self.adjacent[o as usize][PREV[j]],
        );
        let (gc, gb) = (self.marks(o, NEXT[j]), self.marks(o, PREV[j]));
        let (u, w) = (self.push_triangle(), self.push_triangle());
        // t: a b v, u: a v c, o: d v b, w: d c v
        self.set(t, [v, a, b], [tc, o, u], [fc, on_line, 0]);
        self.set(u, [v, c, a], [tb, t, w], [fb, 0, on_line]);
        self.set(o, [v, b, d], [oc, w, t], [gc, 0, on_line]);
        self.set(w, [v, d, c], [ob, u, o], [gb, on_line, 0]);
        self.relink(tb, t, u);
        self.relink(ob, o, w);
        vec![(t, 0), (u, 0), (o, 0), (w, 0)]
    }

    /// The corner of the neighbour across edge `i` of `t` that faces `t`.
    pub fn opposite(&self, t: Triangle, i: usize) -> usize {
        let o = self.adjacent[t as usize][i];
        let b = self.corners[t as usize][NEXT[i]];
        // The shared edge runs from b in `t` and to b in `o`, so b precedes the facing corner.
        NEXT[self.corner_of(o, b)]
    }

    /// Flips the edge opposite to corner `i` of `t` if it is not Delaunay;
    /// returns the edges that then need a look.
    fn legalise(&mut self, t: Triangle, i: usize) -> Option<[(Triangle, usize); 2]> {
        if self.is_fixed(t, i) {
            return None;
        }
        let j = self.opposite(t, i);
        let o = self.adjacent[t as usize][i];
        let c = self.corners[t as usize];
        let d = self.corners[o as usize][j];
        let p = |v| self.point(v);
        if !in_circle(p(c[0]), p(c[1]), p(c[2]), p(d)) || !self.is_convex(t, i, d) {
            return None;
        }
        self.flip(t, i);
        // After the flip both triangles have the old apex as corner 0.
        Some([(t, 0), (o, 0)])
    }

    /// Whether the quadrilateral over edge `i` of `t` with far corner `d` is strictly convex.
    fn is_convex(&self, t: Triangle, i: usize, d: Vertex) -> bool {
        let c = self.corners[t as usize];
        let (a, b, e) = (c[i], c[NEXT[i]], c[PREV[i]]);
        self.turn(a, b, d) > 0.0 && self.turn(a, d, e) > 0.0
    }

    /// Replaces the edge opposite to corner `i` by the other diagonal.
    fn flip(&mut self, t: Triangle, i: usize) {
        let o = self.adjacent[t as usize][i];
        let j = self.opposite(t, i);
        let c = self.corners[t as usize];
        let (a, b, e) = (c[i], c[NEXT[i]], c[PREV[i]]);
        let d = self.corners[o as usize][j];
        let (tb, te) = (
            self.adjacent[t as usize][NEXT[i]],
            self.adjacent[t as usize][PREV[i]],
        );
        let (fb, fe) = (self.marks(t, NEXT[i]), self.marks(t, PREV[i]));
        let (oe, ob) = (
            self.adjacent[o as usize][NEXT[j]],
            self.adjacent[o as usize][PREV[j]],
        );
        let (ge, gb) = (self.marks(o, NEXT[j]), self.marks(o, PREV[j]));
        // t: a b d (edges: b-d ← o's edge opposite e; d-a new; a-b ← te), o: a d e
        self.set(t, [a, b, d], [oe, o, te], [ge, 0, fe]);
        self.set(o, [a, d, e], [ob, tb, t], [gb, fb, 0]);
        self.relink(oe, o, t);
        self.relink(tb, t, o);
    }

    /// Tells land from water: `true` for every triangle that can be reached
    /// from a seed without crossing a constraint.
    pub fn flood(&self, seeds: &[Point]) -> Vec<bool> {
        let mut wet = vec![false; self.corners.len()];
        let mut stack = Vec::new();
        for &seed in seeds {
            let t = self.triangle_of(seed);
            wet[t as usize] = true;
            stack.push(t);
        }
        while let Some(t) = stack.pop() {
            for i in 0..3 {
                let o = self.adjacent[t as usize][i];
                if !self.is_fixed(t, i) && !wet[o as usize] {
                    wet[o as usize] = true;
                    stack.push(o);
                }
            }
        }
        wet
    }

    /// A triangle that holds the point, on its edge or corner if need be.
    pub fn triangle_of(&self, p: Point) -> Triangle {
        self.triangle_from(p, self.last)
    }

    /// [`Triangulation::triangle_of`] with a triangle that lies near.
    pub fn triangle_from(&self, p: Point, near: Triangle) -> Triangle {
        match self.locate_from(p, near) {
            Place::Inside(t) | Place::Edge(t, _) => t,
            Place::Vertex(v) => self.of_vertex[v as usize],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(t: &Triangulation) {
        for (k, c) in t.corners.iter().enumerate() {
            assert!(
                t.turn(c[0], c[1], c[2]) > 0.0,
                "triangle {k} is not counter-clockwise"
            );
            for i in 0..3 {
                let o = t.adjacent[k][i];
                let j = t.opposite(k as u32, i);
                assert_eq!(t.adjacent[o as usize][j], k as u32);
                assert_eq!(t.is_fixed(k as u32, i), t.is_fixed(o, j));
            }
        }
        assert_eq!(t.corners.len(), 2 * t.points.len() - 4);
        for v in 0..t.points.len() as u32 {
            assert!(t.round(v).all(|k| t.corners[k as usize].contains(&v)));
        }
    }

    #[test]
    fn the_octahedron_is_sound() {
        check(&Triangulation::new());
    }

    #[test]
    fn points_on_edges_and_vertices_are_found() {
        let mut t = Triangulation::new();
        assert_eq!(
            t.insert(Point {
                x: 1.0,
                y: 0.0,
                z: 0.0
            }),
            0
        );
        t.insert(Point::from_degrees(45.0, 0.0));
        t.insert(Point::from_degrees(30.0, 0.0));
        check(&t);
    }

    #[test]
    fn crossing_constraints_are_cut() {
        let mut t = Triangulation::new();
        let v: Vec<_> = [(-20.0, 5.0), (20.0, -6.0), (-15.0, -7.0), (17.0, 9.0)]
            .iter()
            .map(|&(x, y)| t.insert(Point::from_degrees(x, y)))
            .collect();
        t.constrain(v[0], v[1]);
        t.constrain(v[2], v[3]);
        check(&t);
        assert_eq!(t.crossings(), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_points_and_a_star_polygon_triangulate(
            points in prop::collection::vec((-180.0..180.0f64, -90.0..90.0f64), 1..120),
            radii in prop::collection::vec(2.0..40.0f64, 3..60),
        ) {
            let mut t = Triangulation::new();
            for (lon, lat) in points {
                t.insert(Point::from_degrees(lon, lat));
            }
            let n = radii.len();
            let ring: Vec<_> = radii.iter().enumerate().map(|(i, r)| {
                t.insert(Point::from_degrees(i as f64 * 360.0 / n as f64, 90.0 - r))
            }).collect();
            for i in 0..n {
                t.constrain(ring[i], ring[(i + 1) % n]);
            }
            check(&t);
            let water = t.flood(&[Point::from_degrees(0.0, -89.0)]);
            let inside = water.iter().filter(|w| !**w).count();
            prop_assert!(inside >= n - 2);
        }

        #[test]
        fn the_triangulation_is_delaunay(
            points in prop::collection::vec((-180.0..180.0f64, -90.0..90.0f64), 1..150),
        ) {
            let mut t = Triangulation::new();
            for (lon, lat) in points {
                t.insert(Point::from_degrees(lon, lat));
            }
            for k in 0..t.corners.len() as u32 {
                let c = t.corners[k as usize];
                for i in 0..3 {
                    let d = t.corners[t.across(k, i) as usize][t.opposite(k, i)];
                    prop_assert!(!in_circle(t.point(c[0]), t.point(c[1]), t.point(c[2]), t.point(d)));
                }
            }
        }
    }
}
