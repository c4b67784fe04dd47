//! Lengths on the WGS84 ellipsoid.
//!
//! [`geodesic_m`] is Karney's algorithm (*J. Geodesy* 87, 43–55, 2013) from
//! `geographiclib-rs`, good to nanometres. [`approximate_m`] is Lambert's
//! first-order formula on reduced latitudes (Lambert, *J. Washington Acad.
//! Sci.* 32, 1942), some thirty times as fast and within 2 × 10⁻⁵ up to 150°.

use std::sync::LazyLock;

use geographiclib_rs::{Geodesic, InverseGeodesic};

use crate::sphere::Point;

/// Metres in a nautical mile (definition, SI brochure 9th ed., table 8 note).
pub const METRES_PER_NM: f64 = 1852.0;

const EQUATORIAL_RADIUS_M: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_223_563;

static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// The length of the WGS84 geodesic between two points in metres.
pub fn geodesic_m(a: Point, b: Point) -> f64 {
    WGS84.inverse(a.lat_deg(), a.lon_deg(), b.lat_deg(), b.lon_deg())
}

/// Cartesian coordinates on the auxiliary sphere of reduced latitude, on which
/// [`approximate_m`] works.
pub fn reduced(p: Point) -> Point {
    // tan β = (1 − f) tan φ, without leaving vectors.
    let q = Point {
        x: p.x,
        y: p.y,
        z: p.z * (1.0 - FLATTENING),
    };
    q.normalised().unwrap_or(p)
}

/// The approximate length in metres between two points given by [`reduced`].
pub fn approximate_m(a: Point, b: Point) -> f64 {
    let chord = Point {
        x: a.x - b.x,
        y: a.y - b.y,
        z: a.z - b.z,
    };
    let sin_half = (chord.dot(chord)).sqrt() / 2.0;
    let sin2 = (sin_half * sin_half).min(1.0);
    let cos2 = 1.0 - sin2;
    let sigma = 2.0 * sin_half.min(1.0).asin();
    if sin2 < 1e-18 || cos2 < 1e-12 {
        return EQUATORIAL_RADIUS_M * sigma;
    }
    // P = (β1 + β2)/2 and Q = (β2 − β1)/2 enter as sin² P cos² Q and cos² P sin² Q,
    // which are ((sin β1 + sin β2)/2)² and ((sin β2 − sin β1)/2)².
    let sum = (a.z + b.z) / 2.0;
    let difference = (b.z - a.z) / 2.0;
    let sin_sigma = 2.0 * sin_half * cos2.sqrt();
    let x = (sigma - sin_sigma) * sum * sum / cos2;
    let y = (sigma + sin_sigma) * difference * difference / sin2;
    EQUATORIAL_RADIUS_M * (sigma - FLATTENING / 2.0 * (x + y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_quick_formula_is_close(
            lon1 in -180.0..180.0f64, lat1 in -89.0..89.0f64,
            lon2 in -180.0..180.0f64, lat2 in -89.0..89.0f64,
        ) {
            let (a, b) = (Point::from_degrees(lon1, lat1), Point::from_degrees(lon2, lat2));
            prop_assume!(a.angle(b).to_degrees() < 150.0);
            let exact = geodesic_m(a, b);
            let quick = approximate_m(reduced(a), reduced(b));
            prop_assert!((quick - exact).abs() <= 2e-5 * exact + 0.01, "{} {}", quick, exact);
        }
    }

    #[test]
    fn the_equator_is_exact() {
        let (a, b) = (
            Point::from_degrees(0.0, 0.0),
            Point::from_degrees(90.0, 0.0),
        );
        assert!((geodesic_m(a, b) - 10_018_754.171).abs() < 0.001);
    }
}
