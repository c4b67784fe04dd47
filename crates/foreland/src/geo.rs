//! Distances on the sphere, for checks and maps on land. Sea distances come from `sealane`.

/// Mean radius of the Earth (IUGG 1980), km.
const EARTH_RADIUS_KM: f64 = 6371.0088;
/// Kilometres in a nautical mile (by definition).
pub(crate) const KM_PER_NM: f64 = 1.852;

/// Great-circle distance between two `(lon_deg, lat_deg)` points, km. Exact to 0.6 % against the
/// ellipsoid, which is all that its uses need.
pub(crate) fn great_circle_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let unit = |(lon, lat): (f64, f64)| {
        let (lon, lat) = (lon.to_radians(), lat.to_radians());
        [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
    };
    let (u, v) = (unit(a), unit(b));
    let dot: f64 = u.iter().zip(&v).map(|(x, y)| x * y).sum();
    let cross = [
        u[1] * v[2] - u[2] * v[1],
        u[2] * v[0] - u[0] * v[2],
        u[0] * v[1] - u[1] * v[0],
    ];
    let sine = cross.iter().map(|c| c * c).sum::<f64>().sqrt();
    // atan2 keeps its precision for near and for antipodal points alike.
    EARTH_RADIUS_KM * sine.atan2(dot)
}

#[cfg(test)]
mod tests {
    use super::great_circle_km;

    #[test]
    fn a_quarter_of_the_equator() {
        let quarter = great_circle_km((0.0, 0.0), (90.0, 0.0));
        assert!((quarter - 10_007.557).abs() < 0.01, "{quarter}");
    }

    #[test]
    fn antipodes_are_half_round() {
        let half = great_circle_km((-77.0, -12.0), (103.0, 12.0));
        assert!((half - 20_015.115).abs() < 0.01, "{half}");
    }
}
