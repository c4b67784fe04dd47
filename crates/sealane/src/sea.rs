//! The water itself: where it is, how near, and which lines across it a leg passes.

use rstar::{AABB, PointDistance, RTree, RTreeObject};

use crate::ellipsoid::{approximate_m, geodesic_m, reduced};
use crate::passage::PassageSet;
use crate::plane::EARTH_RADIUS_M;
use crate::sphere::{Point, arcs_cross, turn};
use crate::triangulation::Triangulation;

/// How far off the coast a route begins that starts on land, in metres.
const OFFING_M: f64 = 100.0;
/// Corners of an ice limit, 3° apart: the chords stay within 0.02° of it.
#[cfg(feature = "build")]
const ICE_CORNERS: usize = 120;

/// The point of the arc `from`–`to` nearest to `p`.
pub(crate) fn nearest_on_arc(from: Point, to: Point, p: Point) -> Point {
    let n = from.cross(to);
    let foot = n
        .normalised()
        .and_then(|n| p.plus(n, -p.dot(n)).normalised());
    match foot {
        Some(x) if n.cross(from).dot(x) > 0.0 && to.cross(n).dot(x) > 0.0 => x,
        _ if from.angle(p) < to.angle(p) => from,
        _ => to,
    }
}

/// Where a route leaves the approach of its end for open water.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offing {
    /// Where the route proper begins.
    pub at: Point,
    /// The length of the approach from the place to there, in metres.
    pub way_m: f64,
}

impl Offing {
    /// The length from the place to what is seen from its offing, in metres.
    pub fn leg_m(&self, to: Point) -> f64 {
        self.way_m + geodesic_m(self.at, to)
    }

    /// [`Offing::leg_m`] as exactly as searches add up lengths.
    pub fn leg_about_m(&self, to: Point) -> f64 {
        self.way_m + approximate_m(reduced(self.at), reduced(to))
    }

    /// The length from place to place where the offings see each other, in metres.
    pub fn straight_m(&self, o: &Offing) -> f64 {
        self.way_m + o.way_m + geodesic_m(self.at, o.at)
    }
}

/// A coast edge with the middle of the water triangle beside it.
struct Shore {
    from: Point,
    to: Point,
    offing: Point,
}

impl RTreeObject for Shore {
    type Envelope = AABB<[f64; 3]>;

    fn envelope(&self) -> Self::Envelope {
        let (a, b) = (self.from, self.to);
        let span = a.angle(b);
        let bulge = span * span / 2.0;
        AABB::from_corners(
            [
                a.x.min(b.x) - bulge,
                a.y.min(b.y) - bulge,
                a.z.min(b.z) - bulge,
            ],
            [
                a.x.max(b.x) + bulge,
                a.y.max(b.y) + bulge,
                a.z.max(b.z) + bulge,
            ],
        )
    }
}

impl PointDistance for Shore {
    fn distance_2(&self, p: &[f64; 3]) -> f64 {
        let p = Point {
            x: p[0],
            y: p[1],
            z: p[2],
        };
        let d = p.plus(nearest_on_arc(self.from, self.to, p), -1.0);
        d.dot(d)
    }
}

/// All coasts, to find the nearest.
pub(crate) struct Shores(RTree<Shore>);

impl Shores {
    /// The coasts between the wet triangles of a mesh and the others.
    pub fn new(mesh: &Triangulation, wet: &[bool]) -> Self {
        let mut shores = Vec::new();
        for t in 0..mesh.corners().len() as u32 {
            if !wet[t as usize] {
                continue;
            }
            let c = mesh.corners()[t as usize].map(|v| mesh.point(v));
            let Some(offing) = c[0].plus(c[1], 1.0).plus(c[2], 1.0).normalised() else {
                continue;
            };
            for i in (0..3).filter(|&i| mesh.is_fixed(t, i)) {
                shores.push(Shore {
                    from: c[(i + 1) % 3],
                    to: c[(i + 2) % 3],
                    offing,
                });
            }
        }
        Shores(RTree::bulk_load(shores))
    }

    /// A point in open water off the coast nearest to a place on land, and how
    /// far it is in metres. It lies a little off the coast; where a sliver of
    /// water leaves no room for that, further towards the sliver's middle.
    pub fn nearest_water(&self, p: Point, is_wet: impl Fn(Point) -> bool) -> Option<(Point, f64)> {
        let shore = self.0.nearest_neighbor(&[p.x, p.y, p.z])?;
        let coast = nearest_on_arc(shore.from, shore.to, p);
        let out = coast.angle(shore.offing).max(f64::MIN_POSITIVE);
        let near = (OFFING_M / EARTH_RADIUS_M / out).min(0.5);
        [near, 0.1, 0.3, 0.6, 1.0]
            .into_iter()
            .map(|share| coast.towards(shore.offing, share).rounded())
            .find(|&sea| is_wet(sea))
            .map(|sea| (sea, geodesic_m(p, sea)))
    }
}

/// The corners of a limit of latitude, eastward.
#[cfg(feature = "build")]
pub(crate) fn ice_corners(lat_deg: f64) -> Vec<Point> {
    let step = 360.0 / ICE_CORNERS as f64;
    (0..ICE_CORNERS)
        .map(|i| Point::from_degrees(-180.0 + step * i as f64, lat_deg).rounded())
        .collect()
}

/// Lines across the water: the gates of passages and the limit of ice.
pub(crate) struct Lines {
    /// One polyline a passage, empty for those that are channels.
    pub gates: Vec<Vec<Point>>,
    /// Corners of the southern limit, eastward.
    pub ice: Vec<Point>,
    /// The number of the limit among the passages.
    pub ice_bit: usize,
}

impl Lines {
    /// The passages that a straight leg goes through. A leg that crosses a
    /// gate twice has not gone through.
    pub fn crossed(&self, a: Point, b: Point) -> PassageSet {
        let mut set = PassageSet::EMPTY;
        let normal = a.cross(b);
        // Most gates lie well to one side of the leg; only the rest need exact signs.
        let clear = |x: f64, y: f64| x.abs().min(y.abs()) > 1e-14 && (x > 0.0) == (y > 0.0);
        for (bit, gate) in self.gates.iter().enumerate() {
            for w in gate.windows(2) {
                if clear(normal.dot(w[0]), normal.dot(w[1])) {
                    continue;
                }
                let across = w[0].cross(w[1]);
                if !clear(across.dot(a), across.dot(b)) && arcs_cross(a, b, w[0], w[1]) {
                    set = set.toggled(PassageSet::one(bit));
                }
            }
        }
        if self.goes_beyond_ice(a, b) {
            set.with(PassageSet::one(self.ice_bit))
        } else {
            set
        }
    }

    /// Whether a point lies beyond the limit of ice.
    pub fn is_beyond_ice(&self, p: Point) -> bool {
        // Corners lie on the limit; what is within a metre of it is not beyond.
        let n = self.ice.len();
        p.z < 0.0 && n > 0 && (0..n).all(|i| turn(self.ice[i], self.ice[(i + 1) % n], p) < -1e-9)
    }

    fn goes_beyond_ice(&self, a: Point, b: Point) -> bool {
        let Some(corner) = self.ice.first() else {
            return false;
        };
        let lowest = match a.cross(b).normalised() {
            Some(n) => -(1.0 - n.z * n.z).max(0.0).sqrt(),
            None => a.z,
        };
        // The great circle as a whole must come near the limit first.
        if lowest > corner.z + 0.02 {
            return false;
        }
        let n = self.ice.len();
        self.is_beyond_ice(a)
            || self.is_beyond_ice(b)
            || self.is_beyond_ice(a.towards(b, 0.5))
            || (0..n).any(|i| arcs_cross(a, b, self.ice[i], self.ice[(i + 1) % n]))
    }
}
