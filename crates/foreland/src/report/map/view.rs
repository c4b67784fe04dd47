//! Which part of the world a map shows, and where a point falls on it.

use super::projection::Projection;

/// A projection with the rectangle of it that is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct View {
    pub(super) projection: Projection,
    /// Left and upper corner in the projection's units.
    origin: [f64; 2],
    /// Pixels per unit.
    scale: f64,
    /// Size, px.
    pub(super) width: f64,
    /// Size, px.
    pub(super) height: f64,
}

/// Space left around what a map has to show, as a share of its size.
const MARGIN: f64 = 0.06;
/// Points a map is measured by when it shows lines: degrees between them at most.
const STEP_DEG: f64 = 2.0;

impl View {
    /// The view of a given width that shows all the points, not flatter or taller than the
    /// aspect ratios (width to height) given.
    pub(super) fn around(
        projection: Projection,
        points: &[[f64; 2]],
        width: f64,
        aspect: (f64, f64),
    ) -> View {
        let mut low = [f64::INFINITY; 2];
        let mut high = [f64::NEG_INFINITY; 2];
        for &[lon, lat] in points {
            let at = projection.project(east_of(projection.centre_deg(), lon), lat);
            for axis in 0..2 {
                low[axis] = low[axis].min(at[axis]);
                high[axis] = high[axis].max(at[axis]);
            }
        }
        if points.is_empty() {
            (low, high) = ([-2.7, -1.3], [2.7, 1.3]);
        }
        let mut size =
            [0, 1].map(|axis| ((high[axis] - low[axis]) * (1.0 + 2.0 * MARGIN)).max(0.02));
        size[1] = size[1].max(size[0] / aspect.1);
        size[0] = size[0].max(size[1] * aspect.0);
        let origin = [0, 1].map(|axis| (low[axis] + high[axis] - size[axis]) / 2.0);
        let scale = width / size[0];
        View {
            projection,
            origin,
            scale,
            width,
            height: (size[1] * scale).round(),
        }
    }

    /// Where a point falls, px; `east_deg` as in [`Projection::project`].
    pub(super) fn pixel(&self, east_deg: f64, lat_deg: f64) -> [f64; 2] {
        let at = self.projection.project(east_deg, lat_deg);
        [0, 1].map(|axis| (at[axis] - self.origin[axis]) * self.scale)
    }

    /// Where a point falls, px.
    pub(super) fn place(&self, lon_deg: f64, lat_deg: f64) -> [f64; 2] {
        self.pixel(east_of(self.projection.centre_deg(), lon_deg), lat_deg)
    }

    /// Whether a pixel is on the map.
    pub(super) fn shows(&self, [x, y]: [f64; 2]) -> bool {
        (0.0..=self.width).contains(&x) && (0.0..=self.height).contains(&y)
    }

    /// A line whose longitudes run on, cut at the edge of the world opposite the middle of the
    /// map; px.
    pub(super) fn line(&self, unwrapped: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
        let centre = self.projection.centre_deg();
        let relative: Vec<[f64; 2]> = unwrapped
            .iter()
            .map(|&[lon, lat]| [lon - centre, lat])
            .collect();
        crate::geo::cut_at_antimeridian(&dense(&relative))
            .iter()
            .map(|piece| piece.iter().map(|&[e, lat]| self.pixel(e, lat)).collect())
            .collect()
    }
}

/// A longitude counted from the middle of the map, −180 to 180.
pub(super) fn east_of(centre_deg: f64, lon_deg: f64) -> f64 {
    let east = (lon_deg - centre_deg).rem_euclid(360.0);
    if east > 180.0 { east - 360.0 } else { east }
}

/// The line with points put in so that no step is longer than [`STEP_DEG`].
pub(super) fn dense(line: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut out: Vec<[f64; 2]> = line.first().copied().into_iter().collect();
    for pair in line.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let longest = (to[0] - from[0]).abs().max((to[1] - from[1]).abs());
        // A line spans a few turns of the globe at most; more steps would only be noise.
        let steps = (longest / STEP_DEG).ceil().clamp(1.0, 1000.0) as u32;
        out.extend((1..=steps).map(|i| {
            let t = f64::from(i) / f64::from(steps);
            [0, 1].map(|axis| from[axis] + t * (to[axis] - from[axis]))
        }));
    }
    out
}

/// The middle of the widest span of longitudes over which the fewest lines cross: the meridian
/// opposite to it goes into the middle of the map. Degrees.
pub(super) fn best_centre(lines: &[&[[f64; 2]]]) -> f64 {
    const TURN: usize = 360;
    let mut crossings = [0_usize; TURN];
    for line in lines {
        for pair in line.windows(2) {
            let (low, high) = (pair[0][0].min(pair[1][0]), pair[0][0].max(pair[1][0]));
            let (low, high) = (low.floor() as i64, high.floor() as i64);
            for lon in low..=high.min(low + TURN as i64) {
                crossings[lon.rem_euclid(TURN as i64) as usize] += 1;
            }
        }
    }
    let fewest = crossings.iter().min().copied().unwrap_or(0);
    let run_from = |start: usize| {
        (0..TURN)
            .take_while(|i| crossings[(start + i) % TURN] == fewest)
            .count()
    };
    let (start, length) = (0..TURN)
        .map(|start| (start, run_from(start)))
        .max_by_key(|&(start, length)| (length, std::cmp::Reverse(start)))
        .unwrap_or((0, TURN));
    let cut = start as f64 + length as f64 / 2.0;
    east_of(0.0, cut + 180.0)
}

#[cfg(test)]
mod tests {
    use super::{View, best_centre, dense, east_of};
    use crate::report::map::projection::Projection;

    #[test]
    fn the_pacific_is_not_cut_for_a_pacific_route() {
        // Chancay–Shanghai covers 121° E to 77° W: the cut falls in the middle of the rest.
        let route = [[-77.3, -11.6], [-150.0, 10.0], [-238.5, 31.2]];
        let centre = best_centre(&[&route]);
        let expected = east_of(0.0, (-77.3 - 238.5) / 2.0);
        assert!((centre - expected).abs() < 1.5, "{centre}");
    }

    #[test]
    fn a_line_over_the_edge_of_the_map_is_cut() {
        let view = View::around(
            Projection::EqualEarth { centre_deg: -160.0 },
            &[[-160.0, 60.0], [19.0, -60.0], [21.0, 0.0]],
            1000.0,
            (1.0, 3.0),
        );
        let pieces = view.line(&[[10.0, 0.0], [30.0, 0.0]]);
        assert_eq!(pieces.len(), 2);
        let pieces = view.line(&[[-190.0, 0.0], [-150.0, 0.0]]);
        assert_eq!(pieces.len(), 1);
    }

    #[test]
    fn everything_asked_for_is_shown() {
        let points = [[-77.0, -12.0], [121.0, 31.0], [18.0, -34.0]];
        let view = View::around(
            Projection::EqualEarth { centre_deg: -160.0 },
            &points,
            800.0,
            (1.0, 3.0),
        );
        for [lon, lat] in points {
            assert!(view.shows(view.place(lon, lat)));
        }
    }

    #[test]
    fn long_steps_are_filled_in() {
        let line = dense(&[[0.0, 0.0], [10.0, 5.0]]);
        assert_eq!(line.len(), 6);
        assert_eq!(line[5], [10.0, 5.0]);
    }
}
