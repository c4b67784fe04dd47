//! Arcs made edges of the triangulation.

use super::{NEXT, PREV, Place, Triangle, Triangulation, Vertex};
use crate::sphere::{Point, turn};

impl Triangulation {
    /// Finds the edge from `a` to `b` as (triangle, corner opposite to it).
    pub fn edge(&self, a: Vertex, b: Vertex) -> Option<(Triangle, usize)> {
        self.round(a).find_map(|t| {
            let i = self.corner_of(t, a);
            (self.corners[t as usize][NEXT[i]] == b).then(|| (t, PREV[i]))
        })
    }

    fn fix(&mut self, t: Triangle, i: usize) {
        let (o, j) = (self.adjacent[t as usize][i], self.opposite(t, i));
        self.fixed[t as usize] |= 1 << i;
        self.fixed[o as usize] |= 1 << j;
    }

    /// Makes the arc from `a` to `b` an edge, through any vertex that lies on it.
    ///
    /// Where it crosses an earlier constraint, both are cut at the crossing.
    pub fn constrain(&mut self, a: Vertex, b: Vertex) {
        let mut todo = vec![(a, b)];
        while let Some((a, b)) = todo.pop() {
            if a == b {
                continue;
            }
            if let Some((t, i)) = self.edge(a, b) {
                self.fix(t, i);
                continue;
            }
            match self.edges_crossed(a, b) {
                Crossed::Edges(edges) => self.flip_into_place(a, b, edges),
                Crossed::Vertex(v) => todo.extend([(a, v), (v, b)]),
                Crossed::Constraint(t, i) => {
                    let v = self.cut(t, i, a, b);
                    self.crossings += 1;
                    todo.extend([(a, v), (v, b)]);
                }
            }
        }
    }

    /// Inserts the crossing of arc `a`–`b` with a constrained edge.
    fn cut(&mut self, t: Triangle, i: usize, a: Vertex, b: Vertex) -> Vertex {
        let c = self.corners[t as usize];
        let (p, q) = (self.point(c[NEXT[i]]), self.point(c[PREV[i]]));
        let x = p.cross(q).cross(self.point(a).cross(self.point(b)));
        let x = x.normalised().unwrap_or(p);
        let x = if x.dot(p) + x.dot(q) < 0.0 {
            x.antipode()
        } else {
            x
        };
        let x = x.rounded();
        if x == p || x == q {
            return if x == p { c[NEXT[i]] } else { c[PREV[i]] };
        }
        // The crossing is rounded, so it is put on the edge by decree; the
        // constraint then bends by less than a decimetre.
        self.insert_at(x, Place::Edge(t, i))
    }

    fn edges_crossed(&self, a: Vertex, b: Vertex) -> Crossed {
        let (pa, pb) = (self.point(a), self.point(b));
        let start = self.round(a).find_map(|t| {
            let i = self.corner_of(t, a);
            let c = self.corners[t as usize];
            let (right, left) = (c[NEXT[i]], c[PREV[i]]);
            let (r, l) = (
                turn(pa, pb, self.point(right)),
                turn(pa, pb, self.point(left)),
            );
            if r == 0.0 && is_ahead(pa, pb, self.point(right)) {
                return Some(Err(right));
            }
            (r < 0.0 && l > 0.0).then_some(Ok((t, i)))
        });
        let (mut t, mut i) = match start {
            Some(Ok(edge)) => edge,
            Some(Err(v)) => return Crossed::Vertex(v),
            None => return Crossed::Edges(Vec::new()),
        };
        let mut edges = Vec::new();
        loop {
            if self.is_fixed(t, i) {
                return Crossed::Constraint(t, i);
            }
            let c = self.corners[t as usize];
            edges.push((c[NEXT[i]], c[PREV[i]]));
            let j = self.opposite(t, i);
            t = self.adjacent[t as usize][i];
            let far = self.corners[t as usize][j];
            if far == b {
                return Crossed::Edges(edges);
            }
            let s = turn(pa, pb, self.point(far));
            if s == 0.0 {
                return Crossed::Vertex(far);
            }
            // NEXT[j] is the left end of the edge just crossed, PREV[j] the right
            // one; the arc leaves between the ends that lie on either side of it.
            i = if s > 0.0 { NEXT[j] } else { PREV[j] };
        }
    }

    /// Sloan's edge swapping: flips crossed edges until `a`–`b` stands, then
    /// restores Delaunay around it.
    fn flip_into_place(&mut self, a: Vertex, b: Vertex, edges: Vec<(Vertex, Vertex)>) {
        let mut queue: std::collections::VecDeque<_> = edges.into();
        let mut made = Vec::new();
        while let Some((u, v)) = queue.pop_front() {
            let Some((t, i)) = self.edge(u, v) else {
                continue;
            };
            let d = self.corners[self.adjacent[t as usize][i] as usize][self.opposite(t, i)];
            if !self.is_convex(t, i, d) {
                queue.push_back((u, v));
                continue;
            }
            let e = self.corners[t as usize][i];
            self.flip(t, i);
            let crosses = e != a && e != b && d != a && d != b && {
                let (s, r) = (self.turn(a, b, e), self.turn(a, b, d));
                s * r < 0.0
            };
            if crosses {
                queue.push_back((e, d));
            } else {
                made.push((e, d));
            }
        }
        if let Some((t, i)) = self.edge(a, b) {
            self.fix(t, i);
        }
        while let Some((u, v)) = made.pop() {
            let Some((t, i)) = self.edge(u, v) else {
                continue;
            };
            let e = self.corners[t as usize];
            let d = self.corners[self.adjacent[t as usize][i] as usize][self.opposite(t, i)];
            if self.legalise(t, i).is_some() {
                let (x, y, z) = (e[i], e[NEXT[i]], e[PREV[i]]);
                made.extend([(x, y), (y, d), (d, z), (z, x)]);
            }
        }
    }
}

/// Whether `v`, on the great circle of `a`→`b`, lies ahead of `a`.
fn is_ahead(a: Point, b: Point, v: Point) -> bool {
    a.cross(b).dot(a.cross(v)) > 0.0
}

enum Crossed {
    Edges(Vec<(Vertex, Vertex)>),
    Vertex(Vertex),
    Constraint(Triangle, usize),
}
