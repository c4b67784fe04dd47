//! The land as it is drawn, before it is generalised.

use std::collections::BTreeSet;

use crate::sphere::{Point, arcs_cross};

/// Cells a degree, along either axis.
const FINENESS: f64 = 4.0;
const COLUMNS: i32 = (360.0 * FINENESS) as i32;
const ROWS: i32 = (180.0 * FINENESS) as i32;
/// An arc of half a degree bulges by less than this, in degrees.
const BULGE_DEG: f64 = 0.01;
/// Longer arcs are looked at in pieces, in radians (half a degree).
const PIECE: f64 = 0.008_726_646;

/// Nearer to a pole than this a box holds every longitude.
const NEAR_POLE_DEG: f64 = 88.0;

#[derive(Clone, Copy)]
struct Edge {
    /// Longitude and latitude of its ends in degrees.
    from: [f64; 2],
    to: [f64; 2],
    ends: (Point, Point),
}

/// Coast edges by cells of a quarter of a degree.
pub struct Land {
    edges: Vec<Edge>,
    cells: Vec<Vec<u32>>,
}

impl Land {
    /// From closed rings; the first point may be repeated at the end.
    pub fn new(rings: &[Vec<Point>]) -> Self {
        let mut land = Land {
            edges: Vec::new(),
            cells: vec![Vec::new(); (COLUMNS * ROWS) as usize],
        };
        for ring in rings {
            for i in 0..ring.len() {
                land.add(ring[i], ring[(i + 1) % ring.len()]);
            }
        }
        land
    }

    fn add(&mut self, a: Point, b: Point) {
        let (from, to) = ([a.lon_deg(), a.lat_deg()], [b.lon_deg(), b.lat_deg()]);
        let on_antimeridian = |p: [f64; 2]| p[0].abs() >= 180.0 - 1e-9;
        if from == to || on_antimeridian(from) && on_antimeridian(to) {
            return; // a cut of the map, not a coast
        }
        // The meridian ±180° is written with either sign.
        let to = [nearest_turn(to[0], from[0]), to[1]];
        let number = self.edges.len() as u32;
        self.edges.push(Edge {
            from,
            to,
            ends: (a, b),
        });
        for cell in cells(from, to, 0.0) {
            self.cells[cell].push(number);
        }
    }

    /// Whether the arc from `a` to `b` meets the coast.
    pub fn bars(&self, a: Point, b: Point) -> bool {
        pieces(a, b).any(|(a, b)| self.near(a, b).iter().any(|&e| self.crossing(e, a, b)))
    }

    /// The coast edges in the box of latitude and longitude round some points that
    /// lie close together, and a little beyond.
    pub(crate) fn edges_within(&self, border: &[Point]) -> Vec<(Point, Point)> {
        let Some(first) = border.first() else {
            return Vec::new();
        };
        let mut low = [f64::INFINITY; 2];
        let mut high = [f64::NEG_INFINITY; 2];
        for p in border {
            let at = [nearest_turn(p.lon_deg(), first.lon_deg()), p.lat_deg()];
            for i in 0..2 {
                low[i] = low[i].min(at[i]);
                high[i] = high[i].max(at[i]);
            }
        }
        if high[1].max(-low[1]) > NEAR_POLE_DEG {
            (low[0], high[0]) = (-180.0, 180.0 - 1.0 / FINENESS);
        }
        let numbers: BTreeSet<u32> = cells(low, high, BULGE_DEG)
            .flat_map(|cell| self.cells[cell].iter().copied())
            .collect();
        let ends = |e: u32| self.edges[e as usize].ends;
        numbers.into_iter().map(ends).collect()
    }

    /// Where the arc from `a` to `b` crosses the coast, in order from `a`.
    #[cfg(any(test, feature = "build"))]
    pub fn crossings(&self, a: Point, b: Point) -> Vec<Point> {
        let mut found = Vec::new();
        for (a, b) in pieces(a, b) {
            let mut here: Vec<Point> = self
                .near(a, b)
                .into_iter()
                .filter(|&e| self.crossing(e, a, b))
                .filter_map(|e| {
                    let (c, d) = self.edges[e as usize].ends;
                    let x = a.cross(b).cross(c.cross(d)).normalised()?;
                    Some(if x.dot(a) < 0.0 { x.antipode() } else { x })
                })
                .collect();
            here.sort_by(|x, y| a.angle(*x).total_cmp(&a.angle(*y)));
            found.append(&mut here);
        }
        found
    }

    /// Whether a point is on land: an odd number of coasts between it and the
    /// North Pole, which is water.
    pub fn covers(&self, p: Point) -> bool {
        let (lon, lat) = (p.lon_deg(), p.lat_deg());
        let (column, first) = (column(lon), row(lat));
        let mut north = 0;
        for row in first..ROWS {
            for &e in &self.cells[(row * COLUMNS + column) as usize] {
                let edge = self.edges[e as usize];
                let (x0, x1) = (
                    nearest_turn(edge.from[0], lon),
                    nearest_turn(edge.to[0], lon),
                );
                if (x0 > lon) == (x1 > lon) || (x0 - x1).abs() > 180.0 {
                    continue;
                }
                let share = (lon - x0) / (x1 - x0);
                let meets = edge.from[1] + share * (edge.to[1] - edge.from[1]);
                // An edge lies in several cells; it counts where it is met.
                if meets > lat && self::row(meets) == row {
                    north += 1;
                }
            }
        }
        north % 2 == 1
    }

    fn crossing(&self, e: u32, a: Point, b: Point) -> bool {
        let (c, d) = self.edges[e as usize].ends;
        arcs_cross(a, b, c, d)
    }

    /// The edges in the cells that an arc goes through, once each.
    fn near(&self, a: Point, b: Point) -> BTreeSet<u32> {
        let from = [a.lon_deg(), a.lat_deg()];
        let to = [nearest_turn(b.lon_deg(), from[0]), b.lat_deg()];
        cells(from, to, BULGE_DEG)
            .flat_map(|cell| self.cells[cell].iter().copied())
            .collect()
    }
}

fn pieces(a: Point, b: Point) -> impl Iterator<Item = (Point, Point)> {
    let n = (a.angle(b) / PIECE).ceil().max(1.0) as u32;
    let at = move |i: u32| match i {
        0 => a,
        i if i == n => b,
        i => a.towards(b, f64::from(i) / f64::from(n)),
    };
    (0..n).map(move |i| (at(i), at(i + 1)))
}

/// A longitude, turned by whole circles to lie within half a circle of another.
fn nearest_turn(lon_deg: f64, of_deg: f64) -> f64 {
    lon_deg - 360.0 * ((lon_deg - of_deg) / 360.0).round()
}

fn column(lon_deg: f64) -> i32 {
    ((lon_deg * FINENESS).floor() as i32).rem_euclid(COLUMNS)
}

fn row(lat_deg: f64) -> i32 {
    (((lat_deg + 90.0) * FINENESS).floor() as i32).clamp(0, ROWS - 1)
}

/// The cells of the box between two positions, widened to north and south.
fn cells(from: [f64; 2], to: [f64; 2], bulge_deg: f64) -> impl Iterator<Item = usize> {
    let west = (from[0].min(to[0]) * FINENESS).floor() as i32;
    let east = (from[0].max(to[0]) * FINENESS).floor() as i32;
    let south = row(from[1].min(to[1]) - bulge_deg);
    let north = row(from[1].max(to[1]) + bulge_deg);
    (south..=north).flat_map(move |row| {
        (west..=east).map(move |c| (row * COLUMNS + c.rem_euclid(COLUMNS)) as usize)
    })
}

#[cfg(test)]
mod tests {
    use super::{Land, nearest_turn};
    use crate::sphere::Point;

    fn island(west: f64, south: f64, east: f64, north: f64) -> Vec<Point> {
        [(west, south), (west, north), (east, north), (east, south)]
            .map(|(x, y)| Point::from_degrees(x, y))
            .to_vec()
    }

    fn at(lon: f64, lat: f64) -> Point {
        Point::from_degrees(lon, lat)
    }

    #[test]
    fn an_island_bars_and_covers() {
        let land = Land::new(&[island(10.0, -0.5, 11.0, 0.5)]);
        assert!(land.bars(at(8.0, 0.1), at(13.0, 0.1)));
        assert!(!land.bars(at(8.0, 0.7), at(13.0, 0.7)));
        assert_eq!(land.crossings(at(8.0, 0.1), at(13.0, 0.1)).len(), 2);
        assert!(land.covers(at(10.5, 0.1)));
        assert!(!land.covers(at(10.5, -0.6)));
        assert!(!land.covers(at(9.9, 0.1)));
    }

    #[test]
    fn an_island_across_the_antimeridian_is_one_island() {
        let land = Land::new(&[
            island(179.0, -0.5, 180.0, 0.5),
            island(-180.0, -0.5, -179.0, 0.5),
        ]);
        assert_eq!(land.crossings(at(178.0, 0.1), at(-178.0, 0.1)).len(), 2);
        assert!(land.covers(at(179.99, 0.1)) && land.covers(at(-179.99, 0.1)));
    }

    #[test]
    fn longitudes_turn_to_their_neighbours() {
        assert_eq!(nearest_turn(-180.0, 179.5), 180.0);
        assert_eq!(nearest_turn(181.0, 10.0), 181.0);
    }
}
