//! Capes: vertices of the coast where land is convex, the only places where a
//! shortest route turns.

use crate::sphere::{Point, turn};
use crate::triangulation::{Triangulation, Vertex};
use crate::visibility::Sector;

/// The directions of the two coasts that leave a cape; the water lies
/// counter-clockwise from `first` to `second`, more than half a turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cape {
    /// The neighbour from which the water begins, counter-clockwise.
    pub first: Point,
    /// The neighbour at which the water ends.
    pub second: Point,
}

impl Cape {
    /// Whether a straight line from `at` to `other` and on leaves both coasts on one side.
    pub fn is_tangent(&self, at: Point, other: Point) -> bool {
        let (a, b) = (turn(at, other, self.first), turn(at, other, self.second));
        (a >= 0.0 && b >= 0.0) || (a <= 0.0 && b <= 0.0)
    }

    /// The two cones in which a taut line may leave `at`: land on the right
    /// hand in the first, on the left in the second.
    pub fn sectors(&self) -> [Sector; 2] {
        [
            Sector {
                right: self.first,
                left: self.second.antipode(),
            },
            Sector {
                right: self.first.antipode(),
                left: self.second,
            },
        ]
    }
}

/// The capes at a vertex, one for each stretch of water round it that spans
/// more than half a turn.
pub fn capes(mesh: &Triangulation, wet: &[bool], v: Vertex) -> Vec<Cape> {
    let at = mesh.point(v);
    let round: Vec<_> = mesh.round(v).collect();
    let n = round.len();
    let right_of = |t| mesh.corners()[t as usize][(mesh.corner_of(t, v) + 1) % 3];
    let left_of = |t| mesh.corners()[t as usize][(mesh.corner_of(t, v) + 2) % 3];
    let mut found = Vec::new();
    for i in 0..n {
        // A stretch begins after a coast edge.
        if !wet[round[i] as usize] || wet[round[(i + n - 1) % n] as usize] {
            continue;
        }
        let mut last = i;
        while wet[round[(last + 1) % n] as usize] && (last + 1) % n != i {
            last += 1;
        }
        let first = mesh.point(right_of(round[i]));
        let second = mesh.point(left_of(round[last % n]));
        if turn(at, first, second) < 0.0 {
            found.push(Cape { first, second });
        }
    }
    found
}

/// What a node of the graph is.
#[derive(Clone, Debug, PartialEq)]
pub enum Bend {
    /// A cape, or several that share a vertex, or the corner of an ice limit:
    /// a route may turn here, round the land.
    Round(Vec<Cape>),
    /// A free point: routes may turn here in any direction (channels) or end (ports).
    Free,
}

impl Bend {
    /// Whether a line from `from` may end here as part of a taut route.
    pub fn accepts(&self, at: Point, from: Point) -> bool {
        match self {
            Bend::Round(capes) => capes.iter().any(|c| c.is_tangent(at, from)),
            Bend::Free => true,
        }
    }
}
