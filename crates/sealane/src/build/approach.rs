//! The way from a harbour to the water that routes use.
//!
//! The generalised coast fills bays and stands off from capes, so most harbours
//! lie inside it. Their routes begin with an approach over real water: the
//! shortest way on a grid round the harbour to the first water that routes use,
//! pulled taut against the coast as it is drawn.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::coast::{EARTH_RADIUS_M, Plane};
use super::land::Land;
use crate::archive::micro;
use crate::ellipsoid::geodesic_m;
use crate::sea::Offing;
use crate::sphere::Point;

/// Width of the grid's cells in metres: harbour mouths are wider.
const CELL_M: f64 = 300.0;
/// Cells from the harbour to the furthest water looked for (12 km) …
const FURTHEST_WATER: i32 = 40;
/// … and to the edge of the grid (60 km).
const EDGE: i32 = 200;
/// Cells that a search looks at before it gives up.
const MOST_CELLS: usize = 60_000;
/// Costs are whole thousandths of a cell, so that their order is exact.
const STRAIGHT: u64 = 1000;
const DIAGONAL: u64 = 1414;

/// A way from a place to where its routes begin.
pub(super) struct Approach {
    /// The place.
    place: Point,
    /// Turns after it.
    turns: Vec<Point>,
    /// Where routes begin.
    pub at: Point,
    /// How far the place lies from water, in metres.
    gap_m: f64,
    /// Whether water of the map leads all the way from near the place.
    pub is_afloat: bool,
}

/// A place this close to water of the map lies at it, in metres.
const AFLOAT_M: f64 = 1_500.0;

impl Approach {
    /// A place in open water.
    pub fn none(place: Point) -> Self {
        Approach {
            place,
            turns: Vec::new(),
            at: place,
            gap_m: 0.0,
            is_afloat: true,
        }
    }

    /// Straight over land.
    pub fn over_land(place: Point, at: Point) -> Self {
        Approach {
            gap_m: geodesic_m(place, at),
            at,
            is_afloat: false,
            ..Approach::none(place)
        }
    }

    fn by(place: Point, way: &[Point], at: Point) -> Self {
        let turns = way
            .iter()
            .copied()
            .filter(|&p| p != place)
            .collect::<Vec<_>>();
        let gap_m = way.first().map_or(0.0, |&w| geodesic_m(place, w));
        Approach {
            place,
            turns,
            at,
            gap_m,
            is_afloat: gap_m <= AFLOAT_M,
        }
    }

    /// The place, the turns and where routes begin.
    pub fn line(&self) -> Vec<Point> {
        [&[self.place], &self.turns[..], &[self.at]].concat()
    }

    /// Its length in metres.
    pub fn length_m(&self) -> f64 {
        let line = self.line();
        line.windows(2).map(|w| geodesic_m(w[0], w[1])).sum()
    }

    /// Where routes begin, at the end of the approach.
    pub fn offing(&self) -> Offing {
        Offing {
            at: self.at,
            way_m: self.length_m(),
        }
    }

    /// The turns after the place, in micro-degrees.
    pub fn turns(&self) -> Vec<(i32, i32)> {
        self.turns.iter().map(|&p| micro(p)).collect()
    }

    /// How far the place lies from water, in metres.
    pub fn gap_m(&self) -> f64 {
        self.gap_m
    }

    /// How far the place lies from water, in centimetres.
    pub fn gap_cm(&self) -> u32 {
        (self.gap_m * 100.0).round() as u32
    }
}

type Cell = (i32, i32);

/// Finds the way from `place` to water that routes use. `straight` is the
/// nearest such water, which is taken if nothing lies between.
pub(super) fn approach(
    land: &Land,
    place: Point,
    straight: Option<Point>,
    is_wet: impl Fn(Point) -> bool,
) -> Option<Approach> {
    if let Some(sea) = straight.filter(|&sea| !land.bars(place, sea)) {
        return Some(Approach::by(place, &[], sea));
    }
    let grid = Grid::round(place)?;
    let mut seen = HashMap::new();
    for start in grid.by_distance() {
        let from = grid.point(start);
        if seen.contains_key(&start) || land.covers(from) {
            continue;
        }
        let sees = straight.filter(|&sea| !land.bars(from, sea));
        let Some(way) = sees
            .map(|sea| vec![from, sea])
            .or_else(|| grid.search(start, land, &is_wet, &mut seen))
        else {
            continue;
        };
        let mut way = taut(&way, land);
        let sea = way.pop()?;
        return Some(Approach::by(place, &way, sea));
    }
    None
}

/// Square cells on the gnomonic plane that touches a place.
struct Grid {
    plane: Plane,
    place: Point,
}

impl Grid {
    fn round(place: Point) -> Option<Self> {
        let plane = Plane::at(place)?;
        Some(Grid { plane, place })
    }

    /// The middle of a cell; that of the first cell is the place itself.
    fn point(&self, (x, y): Cell) -> Point {
        if (x, y) == (0, 0) {
            return self.place;
        }
        let angle = |n: i32| f64::from(n) * CELL_M / EARTH_RADIUS_M;
        self.plane.point([angle(x), angle(y)]).rounded()
    }

    /// Cells near the place, nearest first.
    fn by_distance(&self) -> Vec<Cell> {
        let far = -FURTHEST_WATER..=FURTHEST_WATER;
        let mut cells: Vec<Cell> = far
            .clone()
            .flat_map(|x| far.clone().map(move |y| (x, y)))
            .collect();
        cells.sort_by_key(|&(x, y)| (x * x + y * y, x, y));
        cells
    }

    /// The shortest way over water from a cell to water that routes use.
    fn search(
        &self,
        start: Cell,
        land: &Land,
        is_wet: &impl Fn(Point) -> bool,
        seen: &mut HashMap<Cell, Option<Cell>>,
    ) -> Option<Vec<Point>> {
        let mut heap = BinaryHeap::from([Reverse((0_u64, start, None))]);
        while let Some(Reverse((cost, cell, before))) = heap.pop() {
            if seen.len() > MOST_CELLS {
                return None;
            }
            if seen.contains_key(&cell) {
                continue;
            }
            seen.insert(cell, before);
            let at = self.point(cell);
            if is_wet(at) {
                return Some(self.way(cell, seen));
            }
            for (dx, dy) in AROUND {
                let next = (cell.0 + dx, cell.1 + dy);
                let is_near = next.0.abs().max(next.1.abs()) <= EDGE;
                if is_near && !seen.contains_key(&next) && !land.bars(at, self.point(next)) {
                    let step = if dx == 0 || dy == 0 {
                        STRAIGHT
                    } else {
                        DIAGONAL
                    };
                    heap.push(Reverse((cost + step, next, Some(cell))));
                }
            }
        }
        None
    }

    fn way(&self, end: Cell, seen: &HashMap<Cell, Option<Cell>>) -> Vec<Point> {
        let mut way = vec![self.point(end)];
        let mut cell = end;
        while let Some(Some(before)) = seen.get(&cell) {
            way.push(self.point(*before));
            cell = *before;
        }
        way.reverse();
        way
    }
}

const AROUND: [(i32, i32); 8] = [
    (1, 0),
    (1, 1),
    (0, 1),
    (-1, 1),
    (-1, 0),
    (-1, -1),
    (0, -1),
    (1, -1),
];

/// A way with every turn left out that the coast does not ask for.
fn taut(way: &[Point], land: &Land) -> Vec<Point> {
    let mut line = vec![way[0]];
    let mut at = 0;
    while at + 1 < way.len() {
        let next = (at + 2..way.len())
            .rev()
            .find(|&i| !land.bars(way[at], way[i]))
            .unwrap_or(at + 1);
        line.push(way[next]);
        at = next;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::approach;
    use crate::build::land::Land;
    use crate::sphere::Point;

    fn at(lon: f64, lat: f64) -> Point {
        Point::from_degrees(lon, lat).rounded()
    }

    /// A bay that opens to the north, behind a spit; open water lies north of 0.2°.
    fn bay() -> Land {
        let ring = [
            (-0.2, -0.2),
            (-0.2, 0.1),
            (-0.05, 0.1),
            (-0.05, 0.0),
            (0.05, 0.0),
            (0.05, 0.1),
            (-0.03, 0.1),
            (-0.03, 0.12),
            (0.2, 0.12),
            (0.2, -0.2),
        ];
        Land::new(&[ring.map(|(x, y)| at(x, y)).to_vec()])
    }

    #[test]
    fn a_way_out_of_a_bay_goes_by_its_mouth_and_over_no_land() {
        let (land, place) = (bay(), at(0.0, 0.01));
        let straight = Some(at(0.0, 0.2));
        let found = approach(&land, place, straight, |p| p.lat_deg() > 0.2).expect("a way");
        assert_eq!(found.gap_m, 0.0);
        let line = [&[place], &found.turns[..], &[found.at]].concat();
        assert!(line.len() > 2);
        assert!(line.windows(2).all(|w| !land.bars(w[0], w[1])));
        let straight_m = crate::ellipsoid::geodesic_m(place, at(0.0, 0.2));
        assert!(found.length_m() > straight_m && found.length_m() < 1.4 * straight_m);
    }

    #[test]
    fn a_place_on_land_begins_at_the_nearest_water_that_leads_out() {
        let (land, place) = (bay(), at(0.06, 0.05));
        let found = approach(&land, place, None, |p| p.lat_deg() > 0.2).expect("a way");
        assert!(
            found.gap_m > 800.0 && found.gap_m < 2_000.0,
            "{}",
            found.gap_m
        );
        let line = [&found.turns[..], &[found.at]].concat();
        assert!(line.windows(2).all(|w| !land.bars(w[0], w[1])));
    }

    #[test]
    fn a_lake_without_outlet_has_no_way() {
        let shore = [(-1.0, -1.0), (-1.0, 1.0), (1.0, 1.0), (1.0, -1.0)];
        let lake = [(-0.05, -0.05), (0.05, -0.05), (0.05, 0.05), (-0.05, 0.05)];
        let ring = |c: [(f64, f64); 4]| c.map(|(x, y)| at(x, y)).to_vec();
        let land = Land::new(&[ring(shore), ring(lake)]);
        let found = approach(&land, at(0.0, 0.0), Some(at(0.0, 1.1)), |p| {
            p.lat_deg() > 1.0
        });
        assert!(found.is_none());
    }
}
