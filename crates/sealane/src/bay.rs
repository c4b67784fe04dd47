//! Square cells over the water near a place, as the map draws it.
//!
//! On the gnomonic plane that touches the place every coast edge is a straight
//! line, so the few steps between cells that an edge can bar are found by
//! walking along it; whether it does is the exact test of two arcs.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::land::Land;
use crate::plane::{EARTH_RADIUS_M, Plane};
use crate::sphere::{Point, arcs_cross};

/// Width of the cells in metres: harbour mouths are wider.
const CELL_M: f64 = 300.0;
/// Costs are whole thousandths of a cell, so that their order is exact.
const STRAIGHT: u32 = 1000;
const DIAGONAL: u32 = 1414;
/// Steps that are kept with the cell they start in; the others are their reverses.
const STEPS: [(i32, i32); 4] = [(1, 0), (1, 1), (0, 1), (-1, 1)];
/// What lies further than this beside a coast edge is clear of it, in cells (0.3 m).
const CLEAR: f64 = 1e-3;
/// A cost that nothing has.
const UNSEEN: u32 = u32::MAX;

/// A cell by its column and row; the place lies in the middle of `(0, 0)`.
pub(crate) type Cell = (i32, i32);

/// The cells round a place up to some way off.
pub(crate) struct Bay {
    plane: Plane,
    place: Point,
    /// Cells from the place to the edge.
    reach: i32,
    /// Middles of cells that were asked for.
    points: Vec<Option<Point>>,
    /// For each cell which of `STEPS` the coast bars.
    barred: Vec<u8>,
    covered: Vec<bool>,
    costs: Vec<u32>,
    parents: Vec<u32>,
}

/// How a search over the water ended.
pub(crate) enum Found {
    /// Cells from the start to the first that routes use.
    Way(Vec<Cell>),
    /// The shortest way may lie beyond the edge.
    Edge,
    /// The water leads nowhere.
    Closed,
}

impl Bay {
    /// The cells up to `reach` from `place`; `None` at a place where there is no plane.
    pub fn new(land: &Land, place: Point, reach: i32) -> Option<Self> {
        let size = ((2 * reach + 1) * (2 * reach + 1)) as usize;
        let mut bay = Bay {
            plane: Plane::at(place)?,
            place,
            reach,
            points: vec![None; size],
            barred: vec![0; size],
            covered: vec![false; size],
            costs: vec![UNSEEN; size],
            parents: vec![UNSEEN; size],
        };
        bay.draw(land);
        Some(bay)
    }

    fn index(&self, (x, y): Cell) -> Option<usize> {
        let side = 2 * self.reach + 1;
        let inside = x.abs().max(y.abs()) <= self.reach;
        inside.then(|| ((y + self.reach) * side + x + self.reach) as usize)
    }

    fn cell(&self, index: u32) -> Cell {
        let side = 2 * self.reach + 1;
        let index = index as i32;
        (index % side - self.reach, index / side - self.reach)
    }

    /// The middle of a cell; that of the first cell is the place itself.
    pub fn point(&mut self, cell: Cell) -> Point {
        let Some(index) = self.index(cell) else {
            return self.middle(cell);
        };
        if let Some(known) = self.points[index] {
            return known;
        }
        let point = self.middle(cell);
        self.points[index] = Some(point);
        point
    }

    fn middle(&self, (x, y): Cell) -> Point {
        if (x, y) == (0, 0) {
            return self.place;
        }
        let angle = |n: i32| f64::from(n) * CELL_M / EARTH_RADIUS_M;
        self.plane.point([angle(x), angle(y)]).rounded()
    }

    /// Position on the plane in cells.
    fn project(&self, p: Point) -> Option<[f64; 2]> {
        let at = self.plane.project(p)?;
        Some(at.map(|x| x * EARTH_RADIUS_M / CELL_M))
    }

    /// Marks barred steps and covered cells.
    fn draw(&mut self, land: &Land) {
        let border = [
            (-1, -1),
            (0, -1),
            (1, -1),
            (1, 0),
            (1, 1),
            (0, 1),
            (-1, 1),
            (-1, 0),
        ]
        .map(|(x, y)| self.middle((x * (self.reach + 2), y * (self.reach + 2))));
        // Where the coast crosses the middle line of each row, and that of the first column.
        let rows = (2 * self.reach + 1) as usize;
        let mut meets: Vec<Vec<f64>> = vec![Vec::new(); rows];
        let mut west = Vec::new();
        let first = f64::from(-self.reach);
        for ends in land.edges_within(&border) {
            let (Some(a), Some(b)) = (self.project(ends.0), self.project(ends.1)) else {
                continue;
            };
            self.bar_steps(ends, a, b);
            for y in span(a[1], b[1], self.reach, 0.0) {
                if (a[1] > f64::from(y)) != (b[1] > f64::from(y)) {
                    let share = (f64::from(y) - a[1]) / (b[1] - a[1]);
                    meets[(y + self.reach) as usize].push(a[0] + share * (b[0] - a[0]));
                }
            }
            if (a[0] > first) != (b[0] > first) {
                west.push(a[1] + (first - a[0]) / (b[0] - a[0]) * (b[1] - a[1]));
            }
        }
        let corner = land.covers(self.middle((-self.reach, -self.reach)));
        for (row, meets) in meets.iter_mut().enumerate() {
            let y = row as i32 - self.reach;
            let below = |&&at: &&f64| at > first && at < f64::from(y);
            let begins_on_land = corner != (west.iter().filter(below).count() % 2 == 1);
            self.cover_row(y, begins_on_land, meets);
        }
    }

    fn bar_steps(&mut self, ends: (Point, Point), a: [f64; 2], b: [f64; 2]) {
        for y in span(a[1], b[1], self.reach, 1.0) {
            // The part of the edge that lies within a cell of the row, and a cell more.
            let at = |row: f64| {
                let share = if a[1] == b[1] {
                    0.0
                } else {
                    (row - a[1]) / (b[1] - a[1])
                };
                share.clamp(0.0, 1.0)
            };
            let (from, to) = if a[1] == b[1] {
                (0.0, 1.0)
            } else {
                (at(f64::from(y) - 1.1), at(f64::from(y) + 1.1))
            };
            let x = |share: f64| a[0] + share * (b[0] - a[0]);
            for x in span(x(from), x(to), self.reach, 1.1) {
                self.bar_steps_of((x, y), ends, [a, b]);
            }
        }
    }

    fn bar_steps_of(&mut self, cell: Cell, (c, d): (Point, Point), [a, b]: [[f64; 2]; 2]) {
        let Some(index) = self.index(cell) else {
            return;
        };
        let along = [b[0] - a[0], b[1] - a[1]];
        let clear = CLEAR * along[0].hypot(along[1]);
        let side =
            |x: i32, y: i32| along[0] * (f64::from(y) - a[1]) - along[1] * (f64::from(x) - a[0]);
        let here = side(cell.0, cell.1);
        for (bit, (dx, dy)) in STEPS.iter().enumerate() {
            let to = (cell.0 + dx, cell.1 + dy);
            let there = side(to.0, to.1);
            let is_beside = here.min(there) > clear || here.max(there) < -clear;
            let is_open = self.barred[index] >> bit & 1 == 0;
            if !is_beside && is_open && arcs_cross(self.point(cell), self.point(to), c, d) {
                self.barred[index] |= 1 << bit;
            }
        }
    }

    /// Land and water take turns at the crossings.
    fn cover_row(&mut self, y: i32, mut on_land: bool, meets: &mut [f64]) {
        meets.sort_by(f64::total_cmp);
        let mut next = meets.partition_point(|&x| x <= f64::from(-self.reach));
        for x in -self.reach..=self.reach {
            while next < meets.len() && meets[next] < f64::from(x) {
                on_land = !on_land;
                next += 1;
            }
            if let Some(index) = self.index((x, y)) {
                self.covered[index] = on_land;
            }
        }
    }

    /// Cells of water near the place, nearest first.
    pub fn water_by_distance(&self, most: i32) -> Vec<Cell> {
        let far = -most.min(self.reach)..=most.min(self.reach);
        let all = far.clone().flat_map(|x| far.clone().map(move |y| (x, y)));
        let mut cells: Vec<Cell> = all
            .filter(|&cell| self.index(cell).is_some_and(|i| !self.covered[i]))
            .collect();
        cells.sort_unstable_by_key(|&(x, y)| (x * x + y * y, x, y));
        cells
    }

    /// Whether a search has been at a cell.
    pub fn is_seen(&self, cell: Cell) -> bool {
        self.index(cell).is_some_and(|i| self.costs[i] != UNSEEN)
    }

    /// The shortest way over water from a cell to one that `is_wet`. With
    /// `stops_at_edge` it ends where the way might leave the cells.
    pub fn search(
        &mut self,
        start: Cell,
        is_wet: &impl Fn(Point) -> bool,
        stops_at_edge: bool,
    ) -> Found {
        let Some(first) = self.index(start) else {
            return Found::Closed;
        };
        self.costs[first] = 0;
        self.parents[first] = UNSEEN;
        let mut heap = BinaryHeap::from([Reverse((0_u32, first as u32))]);
        while let Some(Reverse((cost, at))) = heap.pop() {
            if cost > self.costs[at as usize] {
                continue;
            }
            let cell = self.cell(at);
            let here = self.point(cell);
            if is_wet(here) {
                return Found::Way(self.way(at));
            }
            if stops_at_edge && cell.0.abs().max(cell.1.abs()) == self.reach {
                return Found::Edge;
            }
            for (next, step) in self.open_steps(cell) {
                let Some(to) = self.index(next) else {
                    continue;
                };
                if cost + step < self.costs[to] {
                    self.costs[to] = cost + step;
                    self.parents[to] = at;
                    heap.push(Reverse((cost + step, to as u32)));
                }
            }
        }
        Found::Closed
    }

    /// Neighbours that the coast does not bar, with the cost of the step.
    fn open_steps(&self, (x, y): Cell) -> Vec<(Cell, u32)> {
        let mut open = Vec::with_capacity(8);
        for (bit, (dx, dy)) in STEPS.into_iter().enumerate() {
            let cost = if dx == 0 || dy == 0 {
                STRAIGHT
            } else {
                DIAGONAL
            };
            let (on, back) = ((x + dx, y + dy), (x - dx, y - dy));
            for (from, next) in [((x, y), on), (back, back)] {
                let kept = self.index(from);
                if kept.is_some_and(|i| self.barred[i] >> bit & 1 == 0) {
                    open.push((next, cost));
                }
            }
        }
        open
    }

    fn way(&self, end: u32) -> Vec<Cell> {
        let mut way = vec![self.cell(end)];
        let mut at = end;
        while self.parents[at as usize] != UNSEEN {
            at = self.parents[at as usize];
            way.push(self.cell(at));
        }
        way.reverse();
        way
    }
}

/// The whole numbers from `margin` below to `margin` above two values, within reach.
fn span(a: f64, b: f64, reach: i32, margin: f64) -> std::ops::RangeInclusive<i32> {
    let limit = f64::from(reach);
    let low = (a.min(b) - margin).ceil().clamp(-limit, limit + 1.0);
    let high = (a.max(b) + margin).floor().clamp(-limit - 1.0, limit);
    low as i32..=high as i32
}

#[cfg(test)]
mod tests {
    use super::{Bay, CLEAR, Cell, STEPS};
    use crate::land::Land;
    use crate::sphere::Point;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn cells_know_what_the_land_knows(
            corners in prop::collection::vec((-0.06..0.06f64, -0.06..0.06f64), 3..9),
            centre in (-180.0..180.0f64, -80.0..80.0f64),
        ) {
            // A star about the place is a simple ring whatever the corners.
            let mut ring = corners;
            ring.sort_by(|a, b| a.1.atan2(a.0).total_cmp(&b.1.atan2(b.0)));
            let place = |(x, y): (f64, f64)| {
                Point::from_degrees(centre.0 + x / centre.1.to_radians().cos(), centre.1 + y).rounded()
            };
            let ring: Vec<Point> = ring.into_iter().map(place).collect();
            let land = Land::new(std::slice::from_ref(&ring));
            let mut bay = Bay::new(&land, place((0.01, 0.01)), 20).expect("a plane");
            // Middles are rounded to 0.1 m: nearer to a coast's line than 0.6 m a cell may be
            // held for the other side.
            let flat: Vec<[f64; 2]> = ring.iter().filter_map(|&p| bay.project(p)).collect();
            let is_clear = |(x, y): Cell| {
                let mut lines = (0..flat.len()).map(|i| (flat[i], flat[(i + 1) % flat.len()]));
                lines.all(|(a, b)| {
                    let along = [b[0] - a[0], b[1] - a[1]];
                    let beside = along[0] * (f64::from(y) - a[1]) - along[1] * (f64::from(x) - a[0]);
                    beside.abs() > 2.0 * CLEAR * along[0].hypot(along[1])
                })
            };
            for x in -20..20 {
                for y in -20..20 {
                    let at = bay.point((x, y));
                    let index = |bay: &Bay, cell| bay.index(cell).expect("inside");
                    for (bit, (dx, dy)) in STEPS.into_iter().enumerate() {
                        let next = (x + dx, y + dy);
                        if bay.index(next).is_none() {
                            continue;
                        }
                        let crossings = land.crossings(at, bay.point(next)).len();
                        let (here, there) = (index(&bay, (x, y)), index(&bay, next));
                        prop_assert_eq!(bay.barred[here] >> bit & 1 == 1, crossings > 0);
                        if is_clear((x, y)) && is_clear(next) {
                            let is_same = bay.covered[here] == bay.covered[there];
                            prop_assert_eq!(is_same, crossings.is_multiple_of(2));
                        }
                    }
                }
            }
        }
    }
}
