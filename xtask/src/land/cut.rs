//! Cuts polygons at ±180° (RFC 7946, section 3.1.9).
//!
//! A ring that crosses the meridian falls into chains from border to border of the map. From where
//! one ends, the border is followed counter-clockwise to where the next begins; the polygon lies to
//! the left of both. A ring round the south pole thus gets the edge along −90° that it lacks.

use crate::topojson::{Polygon, Ring};

type Points = Vec<[f64; 2]>;

/// Length of the border in degrees: two sides of 180, top and bottom counted like them.
const BORDER: f64 = 720.0;
/// The corners of the map by their place on the border.
const CORNERS: [(f64, [f64; 2]); 4] = [
    (180.0, [180.0, 90.0]),
    (360.0, [-180.0, 90.0]),
    (540.0, [-180.0, -90.0]),
    (720.0, [180.0, -90.0]),
];

/// The parts of a polygon on either side of the meridian: outlines counter-clockwise, holes
/// clockwise, each ring closed.
pub fn polygons(polygon: &Polygon) -> Vec<Vec<Points>> {
    let (mut parts, mut holes) = (Vec::new(), Vec::new());
    let enclosing = |ring: &&Ring| !ring.is_degenerate() && !is_pole(ring);
    for ring in polygon.rings.iter().filter(enclosing) {
        // The file has land on the right.
        let mut points = ring.points.clone();
        points.reverse();
        points.pop();
        let mut pieces = rings(&one_sided(points));
        if let [alone] = pieces.as_mut_slice()
            && (area(alone) > 0.0) != ring.exterior
        {
            // A few slivers run the other way in the file.
            alone.reverse();
        }
        if ring.exterior {
            parts.extend(pieces.into_iter().map(|piece| vec![piece]));
        } else {
            holes.extend(pieces);
        }
    }
    for hole in holes {
        let around = parts.iter_mut().find(|part| is_inside(hole[0], &part[0]));
        if let Some(part) = around {
            part.push(hole);
        }
    }
    parts
}

/// Whether a ring is what became of the edge along the pole when the file's cut was mended: the
/// pole itself.
fn is_pole(ring: &Ring) -> bool {
    ring.points.iter().all(|point| point[1].abs() > 89.9)
}

/// Area in square degrees, above 0 if the ring runs counter-clockwise.
fn area(ring: &Points) -> f64 {
    let twice: f64 = ring
        .windows(2)
        .map(|e| e[0][0] * e[1][1] - e[1][0] * e[0][1])
        .sum();
    twice / 2.0
}

/// Points on the meridian with the sign of the point before them: it is written with either.
fn one_sided(mut points: Points) -> Points {
    let Some(start) = points.iter().position(|point| point[0].abs() < 180.0) else {
        return Vec::new();
    };
    points.rotate_left(start);
    let mut side = 180.0_f64.copysign(points[0][0]);
    for point in &mut points {
        if point[0].abs() < 180.0 {
            side = 180.0_f64.copysign(point[0]);
        } else {
            point[0] = side;
        }
    }
    points
}

/// The closed rings into which the meridian cuts a ring.
fn rings(points: &Points) -> Vec<Points> {
    let mut chains: Vec<Points> = vec![Vec::new()];
    for (i, &here) in points.iter().enumerate() {
        let next = points[(i + 1) % points.len()];
        chains[0].push(here);
        if (next[0] - here[0]).abs() > 180.0 {
            let side = 180.0_f64.copysign(here[0]);
            let lat = latitude_at(side, here, next);
            chains[0].push([side, lat]);
            chains.insert(0, vec![[-side, lat]]);
        }
    }
    if chains.len() == 1 {
        let mut ring = chains.remove(0);
        ring.extend(ring.first().copied());
        return vec![ring];
    }
    // The walk began within a chain: its two halves belong together.
    let last = chains.remove(0);
    if let Some(first) = chains.last_mut() {
        first.splice(0..0, last);
    }
    for chain in &mut chains {
        chain.dedup();
    }
    join(chains)
}

fn latitude_at(side: f64, here: [f64; 2], next: [f64; 2]) -> f64 {
    let east = next[0] + 2.0 * side - here[0];
    let share = if east == 0.0 {
        0.0
    } else {
        (side - here[0]) / east
    };
    here[1] + share * (next[1] - here[1])
}

/// Joins chains along the border.
fn join(mut chains: Vec<Points>) -> Vec<Points> {
    let mut rings = Vec::new();
    while let Some(mut ring) = chains.pop() {
        loop {
            let end = place(ring[ring.len() - 1]);
            let ahead = |chain: &Points| (place(chain[0]) - end).rem_euclid(BORDER);
            let next = (0..chains.len())
                .min_by(|&a, &b| ahead(&chains[a]).total_cmp(&ahead(&chains[b])))
                .filter(|&next| ahead(&chains[next]) < ahead(&ring));
            let start = next.map_or(ring[0], |next| chains[next][0]);
            let way = (place(start) - end).rem_euclid(BORDER);
            let mut corners: Vec<(f64, [f64; 2])> = CORNERS
                .iter()
                .map(|&(at, corner)| ((at - end).rem_euclid(BORDER), corner))
                .filter(|&(at, _)| at > 0.0 && at < way)
                .collect();
            corners.sort_by(|a, b| a.0.total_cmp(&b.0));
            ring.extend(corners.into_iter().map(|(_, corner)| corner));
            match next {
                Some(next) => ring.extend(chains.swap_remove(next)),
                None => {
                    ring.push(ring[0]);
                    break;
                }
            }
        }
        ring.dedup();
        rings.push(ring);
    }
    rings
}

/// Where a point of the border lies on it, counter-clockwise from the lower right corner.
fn place(point: [f64; 2]) -> f64 {
    if point[0] > 0.0 {
        point[1] + 90.0
    } else {
        450.0 - point[1]
    }
}

/// Whether a point lies in a ring, by the parity of crossings east of it.
fn is_inside(point: [f64; 2], ring: &Points) -> bool {
    let crosses = |edge: &&[[f64; 2]]| {
        let (a, b) = (edge[0], edge[1]);
        (a[1] > point[1]) != (b[1] > point[1])
            && point[0] < a[0] + (point[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
    };
    ring.windows(2).filter(crosses).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::{Points, area, polygons};
    use crate::topojson::{Polygon, Ring};

    /// A polygon as the file has it: clockwise, closed.
    fn polygon(outline: &[[f64; 2]], holes: &[&[[f64; 2]]]) -> Polygon {
        let ring = |points: &[[f64; 2]], exterior| {
            let mut points = points.to_vec();
            points.push(points[0]);
            Ring { points, exterior }
        };
        let mut rings = vec![ring(outline, true)];
        rings.extend(holes.iter().map(|hole| ring(hole, false)));
        Polygon { rings }
    }

    fn areas(polygon: &Polygon) -> Vec<f64> {
        let parts = polygons(polygon);
        for ring in parts.iter().flatten() {
            assert_eq!(ring.first(), ring.last());
            let jump = |e: &[[f64; 2]]| (e[1][0] - e[0][0]).abs() > 180.0 && e[0][1] != -90.0;
            assert!(!ring.windows(2).any(jump), "{ring:?}");
        }
        let mut areas: Vec<f64> = parts
            .iter()
            .map(|part| part.iter().map(area).sum())
            .collect();
        areas.sort_by(f64::total_cmp);
        areas
    }

    #[test]
    fn a_polygon_away_from_the_meridian_turns_round_and_keeps_its_hole() {
        let outline = [[0.0, 0.0], [0.0, 10.0], [10.0, 10.0], [10.0, 0.0]];
        let hole = [[4.0, 4.0], [5.0, 4.0], [5.0, 5.0], [4.0, 5.0]];
        assert_eq!(areas(&polygon(&outline, &[&hole])), [99.0]);
    }

    #[test]
    fn an_island_across_the_meridian_becomes_two() {
        let outline = [[178.0, 0.0], [178.0, 10.0], [-179.0, 10.0], [-179.0, 0.0]];
        assert_eq!(areas(&polygon(&outline, &[])), [10.0, 20.0]);
    }

    #[test]
    fn an_edge_on_the_meridian_with_either_sign_cuts_nothing() {
        let outline = [[178.0, 0.0], [178.0, 10.0], [-180.0, 10.0], [180.0, 0.0]];
        assert_eq!(areas(&polygon(&outline, &[])), [20.0]);
        let outline = [[-180.0, 0.0], [180.0, 10.0], [-178.0, 10.0], [-178.0, 0.0]];
        assert_eq!(areas(&polygon(&outline, &[])), [20.0]);
    }

    #[test]
    fn a_bay_across_the_meridian_leaves_three_parts() {
        // A C open to the west, its arms across the meridian.
        let outline = [
            [178.0, 0.0],
            [178.0, 2.0],
            [-178.0, 2.0],
            [-178.0, 4.0],
            [178.0, 4.0],
            [178.0, 6.0],
            [-176.0, 6.0],
            [-176.0, 0.0],
        ];
        assert_eq!(areas(&polygon(&outline, &[])), [4.0, 4.0, 20.0]);
    }

    #[test]
    fn land_round_the_south_pole_gets_an_edge_along_it() {
        // Eastward with the pole on the right.
        let outline: Points = (0..36)
            .map(|i| [f64::from(i) * 10.0 - 175.0, -80.0])
            .collect();
        assert_eq!(areas(&polygon(&outline, &[])), [3600.0]);
        let pole: Points = outline.iter().map(|point| [point[0], -89.999]).collect();
        assert_eq!(areas(&polygon(&outline, &[&pole])), [3600.0]);
    }
}
