//! Points and exact orientation on the unit sphere.
//!
//! A position is a unit vector, so ±180° and the poles are ordinary places.
//! Geodetic latitude is used as if it were spherical: a great circle here is
//! the great circle of that auxiliary sphere, which stays within a few
//! kilometres of the WGS84 geodesic on the longest legs. Lengths are taken on
//! the ellipsoid (see [`crate::ellipsoid`]).

use robust::{Coord3D, orient3d};

/// A unit vector: x towards 0°N 0°E, y towards 0°N 90°E, z towards the North Pole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Component towards 0°N 0°E.
    pub x: f64,
    /// Component towards 0°N 90°E.
    pub y: f64,
    /// Component towards the North Pole.
    pub z: f64,
}

/// Which side of the great circle from `a` to `b` a point lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To the left of the direction of travel.
    Left,
    /// Exactly on the great circle.
    On,
    /// To the right of the direction of travel.
    Right,
}

impl Point {
    /// The point at a longitude and latitude in degrees.
    pub fn from_degrees(lon_deg: f64, lat_deg: f64) -> Self {
        let (lon, lat) = (lon_deg.to_radians(), lat_deg.to_radians());
        let (sin_lat, cos_lat) = lat.sin_cos();
        let (sin_lon, cos_lon) = lon.sin_cos();
        Point {
            x: cos_lat * cos_lon,
            y: cos_lat * sin_lon,
            z: sin_lat,
        }
    }

    /// Longitude in degrees, −180 to 180.
    pub fn lon_deg(self) -> f64 {
        self.y.atan2(self.x).to_degrees()
    }

    /// Latitude in degrees, −90 to 90.
    pub fn lat_deg(self) -> f64 {
        self.z.atan2(self.x.hypot(self.y)).to_degrees()
    }

    /// The scalar product.
    pub fn dot(self, o: Point) -> f64 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }

    /// The vector product; not of unit length.
    pub fn cross(self, o: Point) -> Point {
        Point {
            x: self.y * o.z - self.z * o.y,
            y: self.z * o.x - self.x * o.z,
            z: self.x * o.y - self.y * o.x,
        }
    }

    /// The antipode; exact.
    pub fn antipode(self) -> Point {
        Point {
            x: -self.x,
            y: -self.y,
            z: -self.z,
        }
    }

    /// `self + t · o`, not of unit length.
    pub fn plus(self, o: Point, t: f64) -> Point {
        Point {
            x: self.x + t * o.x,
            y: self.y + t * o.y,
            z: self.z + t * o.z,
        }
    }

    /// The same direction with unit length; `None` for a vector that has none.
    pub fn normalised(self) -> Option<Point> {
        let n = self.dot(self).sqrt();
        (n > 1e-300 && n.is_finite()).then(|| Point {
            x: self.x / n,
            y: self.y / n,
            z: self.z / n,
        })
    }

    /// The angle to another point in radians, accurate at every distance.
    pub fn angle(self, o: Point) -> f64 {
        let c = self.cross(o);
        c.dot(c).sqrt().atan2(self.dot(o))
    }

    /// The point a share `t` of the way along the great circle to `o`.
    pub fn towards(self, o: Point, t: f64) -> Point {
        let angle = self.angle(o);
        let sin = angle.sin();
        if sin < 1e-15 {
            return self;
        }
        let (wa, wb) = (((1.0 - t) * angle).sin() / sin, (t * angle).sin() / sin);
        Point {
            x: wa * self.x + wb * o.x,
            y: wa * self.y + wb * o.y,
            z: wa * self.z + wb * o.z,
        }
        .normalised()
        .unwrap_or(self)
    }

    /// Rounded to a micro-degree (0.11 m), the precision in which vertices are
    /// stored, so that a vertex read back is the same vertex.
    pub fn rounded(self) -> Point {
        let micro = |deg: f64| (deg * 1e6).round() / 1e6;
        Point::from_degrees(micro(self.lon_deg()), micro(self.lat_deg()))
    }

    fn coord(self) -> Coord3D<f64> {
        Coord3D {
            x: self.x,
            y: self.y,
            z: self.z,
        }
    }
}

const PLAIN_IS_SURE: f64 = 1e-14;
const CENTRE: Coord3D<f64> = Coord3D {
    x: 0.0,
    y: 0.0,
    z: 0.0,
};

/// The sign of det(a, b, c), exactly: positive where `c` lies to the left of
/// the great circle from `a` to `b`, seen from outside.
pub fn turn(a: Point, b: Point, c: Point) -> f64 {
    // The plain determinant of unit vectors errs by less than 20 × 2⁻⁵³; only
    // what is nearer to zero than that needs exact arithmetic.
    let plain = a.x * (b.y * c.z - b.z * c.y)
        + a.y * (b.z * c.x - b.x * c.z)
        + a.z * (b.x * c.y - b.y * c.x);
    if plain.abs() > PLAIN_IS_SURE {
        return plain;
    }
    // orient3d gives det(a−d, b−d, c−d); with d at the centre the differences are exact.
    orient3d(a.coord(), b.coord(), c.coord(), CENTRE)
}

/// The side of the great circle from `a` to `b` on which `c` lies, exactly.
pub fn side(a: Point, b: Point, c: Point) -> Side {
    let t = turn(a, b, c);
    if t > 0.0 {
        Side::Left
    } else if t < 0.0 {
        Side::Right
    } else {
        Side::On
    }
}

/// Whether `d` lies strictly inside the circle through the counter-clockwise
/// triangle `a`, `b`, `c` (the convex-hull criterion of Delaunay on a sphere).
pub fn in_circle(a: Point, b: Point, c: Point, d: Point) -> bool {
    orient3d(a.coord(), b.coord(), c.coord(), d.coord()) < 0.0
}

/// Whether the arcs `a`–`b` and `c`–`d`, each shorter than 180°, cross at a
/// point that is inside both.
pub fn arcs_cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let (c_side, d_side) = (turn(a, b, c), turn(a, b, d));
    if c_side * d_side >= 0.0 {
        return false;
    }
    let (a_side, b_side) = (turn(c, d, a), turn(c, d, b));
    if a_side * b_side >= 0.0 {
        return false;
    }
    // Two great circles meet twice, at antipodes: the arcs cross only where
    // `c`→`d` passes from one side of `a`→`b` as `b`→… demands.
    (c_side > 0.0) == (b_side > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_survive_the_round_trip() {
        for (lon, lat) in [(0.0, 0.0), (179.9, -33.0), (-77.277, -11.593), (12.0, 90.0)] {
            let p = Point::from_degrees(lon, lat);
            assert!((p.lat_deg() - lat).abs() < 1e-12);
            if lat < 90.0 {
                assert!((p.lon_deg() - lon).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn sides_agree_with_a_map() {
        let (a, b) = (
            Point::from_degrees(0.0, 0.0),
            Point::from_degrees(10.0, 0.0),
        );
        assert_eq!(side(a, b, Point::from_degrees(5.0, 1.0)), Side::Left);
        assert_eq!(side(a, b, Point::from_degrees(5.0, -1.0)), Side::Right);
        assert_eq!(side(a, b, a), Side::On);
    }

    #[test]
    fn a_circle_knows_its_inside() {
        let p = |lon, lat| Point::from_degrees(lon, lat);
        assert!(in_circle(
            p(0.0, 0.0),
            p(10.0, 0.0),
            p(5.0, 8.0),
            p(5.0, 2.0)
        ));
        assert!(!in_circle(
            p(0.0, 0.0),
            p(10.0, 0.0),
            p(5.0, 8.0),
            p(5.0, 20.0)
        ));
    }

    #[test]
    fn arcs_cross_near_and_not_at_the_antipode() {
        let p = |lon, lat| Point::from_degrees(lon, lat);
        assert!(arcs_cross(
            p(-1.0, 0.0),
            p(1.0, 0.0),
            p(0.0, -1.0),
            p(0.0, 1.0)
        ));
        assert!(arcs_cross(
            p(179.0, 0.0),
            p(-179.0, 0.0),
            p(180.0, -1.0),
            p(180.0, 1.0)
        ));
        assert!(!arcs_cross(
            p(-1.0, 0.0),
            p(1.0, 0.0),
            p(180.0, -1.0),
            p(180.0, 1.0)
        ));
        assert!(!arcs_cross(
            p(-1.0, 0.0),
            p(1.0, 0.0),
            p(2.0, -1.0),
            p(2.0, 1.0)
        ));
    }
}
