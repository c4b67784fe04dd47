//! Shortest ways among islands, slowly and obviously: a visibility graph of all
//! coast vertices near two points, each sight line tested against every coast.
//!
//! It shares nothing with the crate but the coastline and the lengths of legs:
//! no triangulation, no tangents, no index, and plane instead of spherical
//! geometry (on the gnomonic plane great circles are straight lines).

use sealane::LonLat;

use crate::places::{geodesic_nm, ocean};

pub type Flat = [f64; 2];

/// The gnomonic plane touching the Earth at a centre.
struct Plane {
    lon: f64,
    sin_lat: f64,
    cos_lat: f64,
}

impl Plane {
    fn at(centre: LonLat) -> Self {
        let lat = centre.lat_deg().to_radians();
        Plane {
            lon: centre.lon_deg().to_radians(),
            sin_lat: lat.sin(),
            cos_lat: lat.cos(),
        }
    }

    /// `None` beyond 60° from the centre.
    fn flat(&self, p: LonLat) -> Option<Flat> {
        let (lon, lat) = (
            p.lon_deg().to_radians() - self.lon,
            p.lat_deg().to_radians(),
        );
        let depth = self.sin_lat * lat.sin() + self.cos_lat * lat.cos() * lon.cos();
        (depth > 0.5).then(|| {
            let x = lat.cos() * lon.sin();
            let y = self.cos_lat * lat.sin() - self.sin_lat * lat.cos() * lon.cos();
            [x / depth, y / depth]
        })
    }
}

/// Twice the signed area of a triangle: positive where `c` lies left of `a`→`b`.
fn area(a: Flat, b: Flat, c: Flat) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

fn cross(a: Flat, b: Flat, c: Flat, d: Flat) -> bool {
    area(a, b, c) * area(a, b, d) < 0.0 && area(c, d, a) * area(c, d, b) < 0.0
}

struct Vertex {
    at: LonLat,
    flat: Flat,
    /// Neighbours on the coast, land on the right: before and after. None for the two ends.
    coasts: Vec<(Flat, Flat)>,
}

impl Vertex {
    /// Whether a line that leaves towards `to` does not enter land at once.
    fn opens_to(&self, to: Flat) -> bool {
        self.coasts.iter().all(|&(before, after)| {
            // Water lies left of both coasts at a bay, of either at a cape.
            let (left_in, left_out) = (
                area(before, self.flat, to) >= 0.0,
                area(self.flat, after, to) >= 0.0,
            );
            if area(before, self.flat, after) >= 0.0 {
                left_in && left_out
            } else {
                left_in || left_out
            }
        })
    }
}

/// Whether any of a ring lies in the band of latitude that a way of this length can reach.
fn reaches_near(ring: &[LonLat], a: LonLat, within_nm: f64) -> bool {
    let lats = ring.iter().map(|p| p.lat_deg());
    let (south, north) = lats.fold((90.0f64, -90.0f64), |(s, n), lat| (s.min(lat), n.max(lat)));
    // A minute of latitude is a mile within one part in a hundred.
    let reach_deg = within_nm / 59.0;
    south <= a.lat_deg() + reach_deg && north >= a.lat_deg() - reach_deg
}

/// The coast round two points.
pub struct Islands {
    vertices: Vec<Vertex>,
    coasts: Vec<(Flat, Flat)>,
}

impl Islands {
    /// All coast that a way of at most `within_nm` from `a` to `b` could meet;
    /// `None` if that is more than `most` vertices.
    pub fn round(
        a: LonLat,
        b: LonLat,
        within_nm: f64,
        rings: &[Vec<LonLat>],
        most: usize,
    ) -> Option<Self> {
        let plane = Plane::at(a);
        let end = |at: LonLat| {
            Some(Vertex {
                at,
                flat: plane.flat(at)?,
                coasts: Vec::new(),
            })
        };
        let mut islands = Islands {
            vertices: vec![end(a)?, end(b)?],
            coasts: Vec::new(),
        };
        for ring in rings.iter().filter(|ring| reaches_near(ring, a, within_nm)) {
            let n = ring.len();
            for i in 0..n {
                let [before, at, after] = [i + n - 1, i, i + 1].map(|k| plane.flat(ring[k % n]));
                let (Some(before), Some(at), Some(after)) = (before, at, after) else {
                    continue;
                };
                // Radii to nm; on the plane lengths are never too short.
                let edge_nm = (after[0] - at[0]).hypot(after[1] - at[1]) * 3_440.0;
                if at[0].hypot(at[1]).atan() * 3_430.0 > within_nm + edge_nm {
                    continue;
                }
                // A coast edge matters if it can reach into the ellipse round both points.
                let over = geodesic_nm(a, ring[i]) + geodesic_nm(ring[i], b) - within_nm;
                if over <= 2.0 * edge_nm {
                    islands.coasts.push((at, after));
                }
                if over <= 0.0 {
                    islands.add(ring[i], at, (before, after));
                }
            }
        }
        (islands.vertices.len() <= most).then_some(islands)
    }

    fn add(&mut self, at: LonLat, flat: Flat, coasts: (Flat, Flat)) {
        // Coasts that touch share a vertex.
        match self.vertices[2..].iter_mut().find(|v| v.at == at) {
            Some(v) => v.coasts.push(coasts),
            None => self.vertices.push(Vertex {
                at,
                flat,
                coasts: vec![coasts],
            }),
        }
    }

    fn sees(&self, i: usize, j: usize) -> bool {
        let (u, v) = (&self.vertices[i], &self.vertices[j]);
        u.opens_to(v.flat)
            && v.opens_to(u.flat)
            && !self.coasts.iter().any(|c| cross(u.flat, v.flat, c.0, c.1))
    }

    /// Length of the shortest way, by Dijkstra without a heap.
    pub fn shortest_nm(&self) -> Option<f64> {
        let n = self.vertices.len();
        let (mut known, mut done) = (vec![f64::INFINITY; n], vec![false; n]);
        known[0] = 0.0;
        loop {
            let next = (0..n)
                .filter(|&i| !done[i])
                .min_by(|&i, &j| known[i].total_cmp(&known[j]))?;
            if known[next].is_infinite() {
                return None;
            }
            if next == 1 {
                return Some(known[1]);
            }
            done[next] = true;
            for other in 0..n {
                let through =
                    known[next] + geodesic_nm(self.vertices[next].at, self.vertices[other].at);
                if !done[other] && through < known[other] && self.sees(next, other) {
                    known[other] = through;
                }
            }
        }
    }
}

/// Whether the line runs over land anywhere: its legs against the coast nearby.
pub fn runs_over_land(turns: &[LonLat], rings: &[Vec<LonLat>]) -> bool {
    turns
        .windows(2)
        .flat_map(|leg| pieces(leg[0], leg[1]))
        .any(|[from, to]| {
            let plane = Plane::at(from);
            let (Some(a), Some(b)) = (plane.flat(from), plane.flat(to)) else {
                return false;
            };
            let near = rings.iter().filter(|ring| ring_is_near(ring, from, to));
            near.flat_map(|ring| {
                (0..ring.len()).map(move |i| [ring[i], ring[(i + 1) % ring.len()]])
            })
            .any(|coast| {
                let [c, d] = coast.map(|p| plane.flat(p));
                matches!((c, d), (Some(c), Some(d)) if cross_clearly(a, b, c, d))
            })
        })
}

/// A leg in pieces short enough for the plane.
fn pieces(a: LonLat, b: LonLat) -> impl Iterator<Item = [LonLat; 2]> {
    let (from, to) = (a.point(), b.point());
    let n = (from.angle(to) / 0.5).ceil().max(1.0) as u32;
    let at = move |i: u32| LonLat::from_point(from.towards(to, f64::from(i) / f64::from(n)));
    (0..n).map(move |i| [at(i), at(i + 1)])
}

/// Whether a ring reaches into the latitudes of a leg, bulge of its great circle included.
fn ring_is_near(ring: &[LonLat], from: LonLat, to: LonLat) -> bool {
    let middle = LonLat::from_point(from.point().towards(to.point(), 0.5));
    let lats = [from.lat_deg(), middle.lat_deg(), to.lat_deg()];
    let (south, north) = lats.iter().fold((90.0f64, -90.0f64), |(s, n), lat| {
        (s.min(*lat), n.max(*lat))
    });
    let bulge = 2.0 * (north - south) + 1.0;
    ring.iter()
        .any(|p| (south - bulge..=north + bulge).contains(&p.lat_deg()))
}

/// As `cross`, but not where an end merely touches (within about a metre).
fn cross_clearly(a: Flat, b: Flat, c: Flat, d: Flat) -> bool {
    let off =
        |p: Flat, q: Flat, r: Flat| area(p, q, r) / (q[0] - p[0]).hypot(q[1] - p[1]).max(1e-12);
    let least = 2e-7;
    cross(a, b, c, d)
        && [off(a, b, c), off(a, b, d), off(c, d, a), off(c, d, b)]
            .iter()
            .all(|x| x.abs() > least)
}

/// The coast that routes keep to, unpacked once.
pub fn coastline() -> &'static [Vec<LonLat>] {
    static RINGS: std::sync::OnceLock<Vec<Vec<LonLat>>> = std::sync::OnceLock::new();
    RINGS.get_or_init(|| ocean().coastline())
}
