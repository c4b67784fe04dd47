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

/// Joins lines end to end; each is shifted by whole turns so that longitudes run on.
pub(crate) fn join_lines<'a>(lines: impl Iterator<Item = &'a [[f64; 2]]>) -> Vec<[f64; 2]> {
    let mut joined: Vec<[f64; 2]> = Vec::new();
    for line in lines {
        let Some(first) = line.first() else { continue };
        let turns = joined
            .last()
            .map_or(0.0, |last| ((last[0] - first[0]) / 360.0).round());
        let shifted = line.iter().map(|&[lon, lat]| [lon + 360.0 * turns, lat]);
        joined.extend(shifted);
    }
    joined.dedup();
    joined
}

/// Cuts a line whose longitudes run on beyond ±180° at the antimeridian (RFC 7946, 3.1.9).
pub(crate) fn cut_at_antimeridian(line: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
    let turn_of = |lon: f64| ((lon + 180.0) / 360.0).floor();
    let mut pieces: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut piece: Vec<[f64; 2]> = Vec::new();
    let mut turn = line.first().map_or(0.0, |point| turn_of(point[0]));
    let mut previous: Option<[f64; 2]> = None;
    for &[lon, lat] in line {
        while let Some([lon0, lat0]) = previous
            && turn_of(lon) != turn
        {
            let east = turn_of(lon) > turn;
            let edge = 360.0 * turn + if east { 180.0 } else { -180.0 };
            let share = (edge - lon0) / (lon - lon0);
            let lat_at_edge = lat0 + share * (lat - lat0);
            let side = if east { 180.0 } else { -180.0 };
            piece.push([side, lat_at_edge]);
            pieces.push(std::mem::take(&mut piece));
            piece.push([-side, lat_at_edge]);
            turn += if east { 1.0 } else { -1.0 };
            previous = Some([edge, lat_at_edge]);
        }
        piece.push([lon - 360.0 * turn, lat]);
        previous = Some([lon, lat]);
    }
    pieces.push(piece);
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

#[cfg(test)]
mod tests {
    use super::{cut_at_antimeridian, great_circle_km, join_lines};

    #[test]
    fn a_line_over_the_dateline_is_cut_in_two() {
        let pieces = cut_at_antimeridian(&[[170.0, 0.0], [190.0, 10.0], [200.0, 10.0]]);
        assert_eq!(
            pieces,
            vec![
                vec![[170.0, 0.0], [180.0, 5.0]],
                vec![[-180.0, 5.0], [-170.0, 10.0], [-160.0, 10.0]],
            ]
        );
    }

    #[test]
    fn westward_lines_are_cut_too() {
        let pieces = cut_at_antimeridian(&[[-170.0, 0.0], [-190.0, 10.0]]);
        assert_eq!(
            pieces,
            vec![
                vec![[-170.0, 0.0], [-180.0, 5.0]],
                vec![[180.0, 5.0], [170.0, 10.0]],
            ]
        );
    }

    #[test]
    fn joined_lines_run_on() {
        let first = [[-77.0, -12.0], [-200.0, 20.0]];
        let second = [[160.0, 20.0], [121.0, 31.0]];
        let joined = join_lines([first.as_slice(), second.as_slice()].into_iter());
        assert_eq!(joined, vec![[-77.0, -12.0], [-200.0, 20.0], [-239.0, 31.0]]);
    }

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
