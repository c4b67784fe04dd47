//! The gnomonic plane that touches the sphere at a point: great circles are straight lines.

use crate::sphere::Point;

/// Mean Earth radius in metres (IUGG), for small distances only.
pub(crate) const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A plane; its unit is the sphere's radius.
pub(crate) struct Plane {
    centre: Point,
    east: Point,
    north: Point,
}

impl Plane {
    /// The plane at a point.
    pub fn at(centre: Point) -> Option<Self> {
        let up = if centre.z.abs() < 0.9 {
            Point {
                x: 0.0,
                y: 0.0,
                z: 1.0,
            }
        } else {
            Point {
                x: 1.0,
                y: 0.0,
                z: 0.0,
            }
        };
        let east = up.cross(centre).normalised()?;
        Some(Plane {
            centre,
            east,
            north: centre.cross(east),
        })
    }

    /// The point over a place of the plane.
    pub fn point(&self, [x, y]: [f64; 2]) -> Point {
        let p = self.centre.plus(self.east, x).plus(self.north, y);
        p.normalised().unwrap_or(self.centre)
    }

    /// The place of the plane under a point; `None` far from the plane's centre.
    pub fn project(&self, p: Point) -> Option<[f64; 2]> {
        let w = p.dot(self.centre);
        (w > 0.1).then(|| [p.dot(self.east) / w, p.dot(self.north) / w])
    }
}
