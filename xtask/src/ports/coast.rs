//! Distance of a point from the nearest coast, and whether it lies on land.

use crate::topojson::Polygon;

/// Mean Earth radius in km (IUGG R1); distances here only rank and filter.
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// Coast segments per chunk; a bounding cap around each chunk prunes the search.
const CHUNK: usize = 64;

/// Great-circle distance in km between two positions in degrees (longitude, latitude).
pub fn distance_km(a: [f64; 2], b: [f64; 2]) -> f64 {
    EARTH_RADIUS_KM * angle(unit(a), unit(b))
}

/// Nearest point of the coast, seen from one position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shore {
    /// Distance to the nearest coastline in km.
    pub km: f64,
    /// True if the position is on land.
    pub on_land: bool,
}

/// The coastlines of all polygons, searchable.
pub struct Coast {
    chunks: Vec<Chunk>,
    /// Segments by the whole degree of longitude that they touch, for the point-in-land test.
    columns: Vec<Vec<[[f64; 2]; 2]>>,
}

struct Chunk {
    centre: [f64; 3],
    radius: f64,
    segments: Vec<[[f64; 3]; 2]>,
}

impl Coast {
    /// Indexes the rings of `land`.
    pub fn new(land: &[Polygon]) -> Self {
        let mut chunks = Vec::new();
        let mut columns = vec![Vec::new(); 360];
        for ring in land.iter().flat_map(|polygon| &polygon.rings) {
            let segments: Vec<[[f64; 2]; 2]> = ring
                .points
                .windows(2)
                .map(|pair| [pair[0], pair[1]])
                .collect();
            for segment in &segments {
                add_to_columns(&mut columns, *segment);
            }
            chunks.extend(segments.chunks(CHUNK).map(Chunk::new));
        }
        Self { chunks, columns }
    }

    /// Distance to the nearest coast and the side of it that `position` is on.
    pub fn shore(&self, position: [f64; 2]) -> Shore {
        let at = unit(position);
        let mut order: Vec<(f64, &Chunk)> = self
            .chunks
            .iter()
            .map(|chunk| (angle(at, chunk.centre) - chunk.radius, chunk))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut nearest = f64::INFINITY;
        for (bound, chunk) in order {
            if bound > nearest {
                break;
            }
            let distances = chunk.segments.iter().map(|s| segment_angle(at, s));
            nearest = distances.fold(nearest, f64::min);
        }
        Shore {
            km: EARTH_RADIUS_KM * nearest,
            on_land: self.on_land(position),
        }
    }

    /// Counts the coast segments between the position and the north pole, which lies at sea.
    fn on_land(&self, [lon_deg, lat_deg]: [f64; 2]) -> bool {
        let above = |[a, b]: &[[f64; 2]; 2]| {
            let [to_a, to_b] = [step_deg(lon_deg, a[0]), step_deg(lon_deg, b[0])];
            let crosses = (to_a > 0.0) != (to_b > 0.0);
            crosses && a[1] + (b[1] - a[1]) * to_a / (to_a - to_b) > lat_deg
        };
        let column = &self.columns[column(lon_deg)];
        column.iter().filter(|segment| above(segment)).count() % 2 == 1
    }
}

impl Chunk {
    fn new(segments: &[[[f64; 2]; 2]]) -> Self {
        let segments: Vec<_> = segments.iter().map(|s| s.map(unit)).collect();
        let sum = segments
            .iter()
            .fold([0.0; 3], |sum, s| add(sum, add(s[0], s[1])));
        let centre = normalised(sum).unwrap_or([0.0, 0.0, 1.0]);
        let ends = segments.iter().flatten().map(|end| angle(centre, *end));
        let radius = ends.fold(0.0, f64::max);
        Self {
            centre,
            radius,
            segments,
        }
    }
}

/// Files a segment under each whole degree of longitude that it touches.
fn add_to_columns(columns: &mut [Vec<[[f64; 2]; 2]>], segment: [[f64; 2]; 2]) {
    let east = step_deg(segment[0][0], segment[1][0]);
    let west_end = if east < 0.0 {
        segment[1][0]
    } else {
        segment[0][0]
    };
    let first = column(west_end);
    let last = column(west_end + east.abs());
    let mut at = first;
    loop {
        columns[at].push(segment);
        if at == last {
            return;
        }
        at = (at + 1) % 360;
    }
}

/// Whole degree of longitude, 0 for -180 to -179.
fn column(lon_deg: f64) -> usize {
    // rem_euclid keeps the value within 0..360, so the cast is exact; % 360 guards the upper edge.
    ((lon_deg + 180.0).rem_euclid(360.0) as usize) % 360
}

/// Longitude step from `from` to `to` in degrees, the short way round.
fn step_deg(from: f64, to: f64) -> f64 {
    let step = to - from;
    step - 360.0 * (step / 360.0).round()
}

fn unit([lon_deg, lat_deg]: [f64; 2]) -> [f64; 3] {
    let [lon, lat] = [lon_deg.to_radians(), lat_deg.to_radians()];
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

fn add(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

fn normalised(v: [f64; 3]) -> Option<[f64; 3]> {
    let length = dot(v, v).sqrt();
    (length > 1e-15).then(|| v.map(|x| x / length))
}

/// Angle between unit vectors in radians, exact for small and large angles.
fn angle(a: [f64; 3], b: [f64; 3]) -> f64 {
    let normal = cross(a, b);
    dot(normal, normal).sqrt().atan2(dot(a, b))
}

/// Angle from `at` to the great-circle arc between two ends.
fn segment_angle(at: [f64; 3], [a, b]: &[[f64; 3]; 2]) -> f64 {
    let to_ends = angle(at, *a).min(angle(at, *b));
    let Some(normal) = normalised(cross(*a, *b)) else {
        return to_ends;
    };
    // The foot of the perpendicular lies between the ends if it is on the inner side of both.
    let inside = dot(cross(normal, *a), at) > 0.0 && dot(cross(*b, normal), at) > 0.0;
    if inside {
        dot(normal, at).clamp(-1.0, 1.0).asin().abs()
    } else {
        to_ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topojson::Ring;

    fn land(rings: &[&[[f64; 2]]]) -> Coast {
        let ring = |(i, points): (usize, &&[[f64; 2]])| Ring {
            points: points.to_vec(),
            exterior: i == 0,
        };
        let rings = rings.iter().enumerate().map(ring).collect();
        Coast::new(&[Polygon { rings }])
    }

    const SQUARE: &[[f64; 2]] = &[
        [10.0, 0.0],
        [10.0, 4.0],
        [14.0, 4.0],
        [14.0, 0.0],
        [10.0, 0.0],
    ];

    #[test]
    fn a_degree_of_latitude_is_111_km() {
        let km = distance_km([5.0, 10.0], [5.0, 11.0]);
        assert!((km - 111.195).abs() < 0.001, "{km}");
    }

    #[test]
    fn inside_and_outside_of_a_square_island() {
        let coast = land(&[SQUARE]);
        let inside = coast.shore([12.0, 0.5]);
        assert!(inside.on_land);
        assert!((inside.km - 55.6).abs() < 0.1, "{}", inside.km);
        let outside = coast.shore([9.0, 0.0]);
        assert!(!outside.on_land);
        assert!((outside.km - 111.195).abs() < 0.01, "{}", outside.km);
        assert!(!coast.shore([12.0, 5.0]).on_land);
        assert!(!coast.shore([12.0, -5.0]).on_land);
    }

    #[test]
    fn a_lake_is_water() {
        let lake = [
            [11.0, 1.0],
            [13.0, 1.0],
            [13.0, 3.0],
            [11.0, 3.0],
            [11.0, 1.0],
        ];
        let coast = land(&[SQUARE, &lake]);
        assert!(!coast.shore([12.0, 2.0]).on_land);
        assert!(coast.shore([10.5, 2.0]).on_land);
    }

    #[test]
    fn an_island_across_the_antimeridian() {
        let island = [
            [179.0, 0.0],
            [179.0, 2.0],
            [-179.0, 2.0],
            [-179.0, 0.0],
            [179.0, 0.0],
        ];
        let coast = land(&[&island]);
        assert!(coast.shore([179.9, 1.0]).on_land);
        assert!(coast.shore([-179.9, 1.0]).on_land);
        assert!(!coast.shore([0.0, 1.0]).on_land);
        assert!(!coast.shore([-178.9, 1.0]).on_land);
    }

    #[test]
    fn land_round_the_south_pole() {
        let coast = land(&[&[
            [-180.0, -70.0],
            [-60.0, -70.0],
            [60.0, -70.0],
            [179.0, -70.0],
            [-180.0, -70.0],
        ]]);
        assert!(coast.shore([30.0, -85.0]).on_land);
        assert!(!coast.shore([30.0, -60.0]).on_land);
    }
}
