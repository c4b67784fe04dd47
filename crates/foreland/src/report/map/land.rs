//! Land for the background: coastlines clipped to the map and thinned to what can be seen.

use super::path::PathData;
use super::view::View;

/// Coastlines as closed rings of `[lon_deg, lat_deg]`; even–odd, so that a ring inside another
/// is water.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Land {
    rings: Vec<Vec<[f64; 2]>>,
}

/// Largest deviation from the coastline that a first attempt allows, px.
const TOLERANCE_PX: f64 = 0.35;
/// Islands smaller than this are left out, px².
const SMALLEST_PX2: f64 = 0.6;

impl Land {
    /// Land from closed rings of `[lon_deg, lat_deg]`. A ring may cross ±180° and may go round a
    /// pole.
    pub fn new(rings: Vec<Vec<[f64; 2]>>) -> Self {
        Land { rings }
    }

    /// The generalised coast that sea routes keep to. Without land if the ocean cannot be read:
    /// a run has then failed long before its report.
    pub fn embedded() -> Self {
        let coast = sealane::Ocean::embedded().map(sealane::Ocean::coastline);
        let rings = coast.unwrap_or_default().into_iter().map(|ring| {
            let mut ring: Vec<[f64; 2]> = ring.iter().map(|p| [p.lon_deg(), p.lat_deg()]).collect();
            // Closed, so that a ring round a pole is known by its ends.
            if let Some(&first) = ring.first()
                && ring.last() != Some(&first)
            {
                ring.push(first);
            }
            ring
        });
        Land::new(rings.collect())
    }

    /// The land of a view as the data of one SVG path of at most about `most_bytes`.
    pub(super) fn path(&self, view: &View, most_bytes: usize) -> PathData {
        let visible: Vec<Vec<[f64; 2]>> = self
            .rings
            .iter()
            .flat_map(|ring| on_map(ring, view))
            .filter(|ring| area(ring).abs() >= SMALLEST_PX2)
            .collect();
        let mut tolerance = TOLERANCE_PX;
        loop {
            let mut path = PathData::default();
            for ring in &visible {
                let thin = simplify_ring(ring, tolerance);
                if thin.len() >= 3 && area(&thin).abs() >= SMALLEST_PX2 {
                    path.polygon(&thin);
                }
            }
            if path.len() <= most_bytes || tolerance > 50.0 {
                return path;
            }
            tolerance *= 1.4;
        }
    }
}

/// A ring's pieces on the map, px.
fn on_map(ring: &[[f64; 2]], view: &View) -> Vec<Vec<[f64; 2]>> {
    let running = closed_on_plane(ring, view.projection.centre_deg());
    let reach = |pick: fn(f64, f64) -> f64, from: f64| {
        running.iter().map(|point| point[0]).fold(from, pick)
    };
    let (west, east) = (
        reach(f64::min, f64::INFINITY),
        reach(f64::max, f64::NEG_INFINITY),
    );
    if !(west.is_finite() && east.is_finite()) {
        return Vec::new();
    }
    let first = ((-180.0 - east) / 360.0).ceil() as i64;
    let last = ((180.0 - west) / 360.0).floor() as i64;
    (first..=last)
        .filter_map(|turn| {
            let shift = 360.0 * turn as f64;
            let mut piece: Vec<[f64; 2]> =
                running.iter().map(|&[e, lat]| [e + shift, lat]).collect();
            piece = clip(&piece, 0, -180.0, 1.0);
            piece = clip(&piece, 0, 180.0, -1.0);
            let mut pixels: Vec<[f64; 2]> = with_long_edges_filled(&piece)
                .iter()
                .map(|&[e, lat]| view.pixel(e, lat))
                .collect();
            // A little beyond the frame, so that no edge shows.
            pixels = clip(&pixels, 0, -4.0, 1.0);
            pixels = clip(&pixels, 0, view.width + 4.0, -1.0);
            pixels = clip(&pixels, 1, -4.0, 1.0);
            pixels = clip(&pixels, 1, view.height + 4.0, -1.0);
            (pixels.len() >= 3).then_some(pixels)
        })
        .collect()
}

/// The ring with longitudes that run on, counted from the middle of the map. A ring round a pole
/// does not close on the plane: it is led along the pole.
fn closed_on_plane(ring: &[[f64; 2]], centre_deg: f64) -> Vec<[f64; 2]> {
    let mut running: Vec<[f64; 2]> = Vec::with_capacity(ring.len() + 4);
    for &[lon, lat] in ring {
        let east = lon - centre_deg;
        let turns = running.last().map_or_else(
            || (east / 360.0).round(),
            |last| ((east - last[0]) / 360.0).round(),
        );
        running.push([east - 360.0 * turns, lat]);
    }
    if let (Some(&first), Some(&last)) = (running.first(), running.last())
        && ring.first() == ring.last()
        && (last[0] - first[0]).abs() > 180.0
    {
        let pole = if first[1] < 0.0 { -90.0 } else { 90.0 };
        running.push([last[0], pole]);
        running.push([first[0], pole]);
    }
    running
}

/// Points on edges longer than a step, because straight lines are curved on the map.
fn with_long_edges_filled(ring: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut closed = ring.to_vec();
    closed.extend(ring.first());
    let mut filled = super::view::dense(&closed);
    filled.pop();
    filled
}

/// The part of a polygon on one side of a line parallel to an axis (Sutherland–Hodgman):
/// `side` 1 keeps what is above the bound, −1 what is below.
fn clip(ring: &[[f64; 2]], axis: usize, bound: f64, side: f64) -> Vec<[f64; 2]> {
    let inside = |p: &[f64; 2]| (p[axis] - bound) * side >= 0.0;
    let mut out = Vec::with_capacity(ring.len());
    for (i, here) in ring.iter().enumerate() {
        let before = &ring[(i + ring.len() - 1) % ring.len()];
        if inside(here) != inside(before) {
            let t = (bound - before[axis]) / (here[axis] - before[axis]);
            let mut cut = [0, 1].map(|k| before[k] + t * (here[k] - before[k]));
            cut[axis] = bound;
            out.push(cut);
        }
        if inside(here) {
            out.push(*here);
        }
    }
    out
}

/// Signed area by the shoelace rule.
fn area(ring: &[[f64; 2]]) -> f64 {
    let twice: f64 = (0..ring.len())
        .map(|i| {
            let ([x0, y0], [x1, y1]) = (ring[i], ring[(i + 1) % ring.len()]);
            x0 * y1 - x1 * y0
        })
        .sum();
    twice / 2.0
}

/// Fewer points, none of the dropped ones further than the tolerance from the new ring.
fn simplify_ring(ring: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    if ring.len() < 4 {
        return ring.to_vec();
    }
    let from_first = |p: &[f64; 2]| (p[0] - ring[0][0]).hypot(p[1] - ring[0][1]);
    let far = (0..ring.len())
        .max_by(|&a, &b| from_first(&ring[a]).total_cmp(&from_first(&ring[b])))
        .unwrap_or(0);
    let mut closed = ring.to_vec();
    closed.push(ring[0]);
    let mut thin = super::path::simplify(&closed[..=far], tolerance);
    thin.pop();
    thin.extend(super::path::simplify(&closed[far..], tolerance));
    thin.pop();
    thin
}

#[cfg(test)]
mod tests {
    use super::{Land, area, clip, closed_on_plane, on_map, simplify_ring};
    use crate::report::map::projection::Projection;
    use crate::report::map::view::View;

    fn world(centre_deg: f64) -> View {
        let corners: Vec<[f64; 2]> = [-179.9, 0.0, 179.9]
            .into_iter()
            .flat_map(|east| {
                [
                    [centre_deg + east, 0.0],
                    [centre_deg, -90.0],
                    [centre_deg, 90.0],
                ]
            })
            .collect();
        View::around(
            Projection::EqualEarth { centre_deg },
            &corners,
            1000.0,
            (1.0, 3.0),
        )
    }

    fn square(west: f64, south: f64, size: f64) -> Vec<[f64; 2]> {
        let (east, north) = (west + size, south + size);
        vec![
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
        ]
    }

    #[test]
    fn half_of_a_square_is_clipped_away() {
        let half = clip(&square(0.0, 0.0, 2.0)[..4], 0, 1.0, 1.0);
        assert!((area(&half).abs() - 2.0).abs() < 1e-12);
    }

    #[test]
    fn land_over_the_edge_keeps_its_area_in_two_pieces() {
        // 20° by 20° at the equator, in the middle of one map and over the edge of another.
        let whole: f64 = on_map(&square(10.0, -10.0, 20.0), &world(20.0))
            .iter()
            .map(|r| area(r).abs())
            .sum();
        let pieces = on_map(&square(10.0, -10.0, 20.0), &world(-160.0));
        assert_eq!(pieces.len(), 2);
        let cut: f64 = pieces.iter().map(|r| area(r).abs()).sum();
        assert!((whole / cut - 1.0).abs() < 1e-3, "{whole} {cut}");
    }

    #[test]
    fn land_round_a_pole_covers_the_pole() {
        let ring: Vec<[f64; 2]> = (0..=36)
            .map(|i| [f64::from(i % 36) * 10.0 - 180.0, -70.0])
            .collect();
        for centre in [-160.0, 0.0, 77.0] {
            let view = world(centre);
            let covered: f64 = on_map(&ring, &view).iter().map(|r| area(r).abs()).sum();
            // The share of the globe south of 70° S is (1 − sin 70°) / 2 = 3.015 %.
            let everything = on_map(&square(-180.0, -90.0, 180.0), &view)
                .iter()
                .chain(&on_map(&square(0.0, -90.0, 180.0), &view))
                .map(|r| area(r).abs())
                .sum::<f64>();
            assert!(
                (covered / everything - 0.03015).abs() < 2e-3,
                "{centre}: {covered}"
            );
        }
        assert!(closed_on_plane(&ring, 0.0).len() > ring.len());
    }

    #[test]
    fn simplifying_keeps_the_shape() {
        let jagged: Vec<[f64; 2]> = (0..400)
            .map(|i| {
                let turn = f64::from(i) / 400.0 * std::f64::consts::TAU;
                let radius = 100.0 + 0.1 * f64::from(i % 2);
                [radius * turn.cos(), radius * turn.sin()]
            })
            .collect();
        let thin = simplify_ring(&jagged, 0.5);
        assert!(thin.len() < 80, "{}", thin.len());
        assert!((area(&thin) / area(&jagged) - 1.0).abs() < 0.01);
    }

    #[test]
    fn the_path_keeps_to_its_budget() {
        let rings = (0..40)
            .flat_map(|i| (0..10).map(move |j| (i, j)))
            .map(|(i, j)| square(f64::from(i) * 9.0 - 180.0, f64::from(j) * 15.0 - 75.0, 5.0))
            .collect();
        let land = Land::new(rings);
        assert!(land.path(&world(0.0), 20_000).len() <= 20_000);
    }
}
