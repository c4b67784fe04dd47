//! The data of SVG paths, short.

use std::fmt::Write;

/// Steps per pixel: paths are written in whole numbers and scaled down by this.
pub(super) const STEPS_PER_PX: f64 = 10.0;

/// The `d` attribute of a path in tenths of a pixel.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PathData(String);

impl PathData {
    /// Adds a closed polygon.
    pub(super) fn polygon(&mut self, points: &[[f64; 2]]) {
        self.line(points);
        self.0.push('z');
    }

    /// Adds a line.
    pub(super) fn line(&mut self, points: &[[f64; 2]]) {
        let step = |p: &[f64; 2]| p.map(|v| (v * STEPS_PER_PX).round() as i64);
        let mut points = points.iter();
        let Some(first) = points.next() else { return };
        let mut at = step(first);
        let _ = write!(self.0, "M{} {}l", at[0], at[1]);
        let mut separate = false;
        for point in points {
            let to = step(point);
            if to == at {
                continue;
            }
            for delta in [to[0] - at[0], to[1] - at[1]] {
                if separate && delta >= 0 {
                    self.0.push(' ');
                }
                let _ = write!(self.0, "{delta}");
                separate = true;
            }
            at = to;
        }
        if !separate {
            self.0.push_str("0 0");
        }
    }

    /// Bytes.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The attribute's value.
    pub(super) fn into_string(self) -> String {
        self.0
    }
}

/// Fewer points, none of the dropped ones further than the tolerance from the new line
/// (Douglas–Peucker).
pub(super) fn simplify(line: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    if line.len() < 3 {
        return line.to_vec();
    }
    let mut keep = vec![false; line.len()];
    (keep[0], keep[line.len() - 1]) = (true, true);
    let mut open = vec![(0, line.len() - 1)];
    while let Some((from, to)) = open.pop() {
        let worst = (from + 1..to)
            .map(|i| (i, distance_to_segment(line[i], line[from], line[to])))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((worst, distance)) = worst
            && distance > tolerance
        {
            keep[worst] = true;
            open.push((from, worst));
            open.push((worst, to));
        }
    }
    line.iter()
        .zip(keep)
        .filter_map(|(point, keep)| keep.then_some(*point))
        .collect()
}

/// Distance of a point from a straight line between two others.
pub(super) fn distance_to_segment(p: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length2 = dx * dx + dy * dy;
    let t = if length2 == 0.0 {
        0.0
    } else {
        (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2).clamp(0.0, 1.0)
    };
    (p[0] - a[0] - t * dx).hypot(p[1] - a[1] - t * dy)
}

#[cfg(test)]
mod tests {
    use super::{PathData, simplify};

    #[test]
    fn paths_are_relative_and_short() {
        let mut path = PathData::default();
        path.polygon(&[[1.0, 2.0], [1.5, 2.0], [1.5, 1.0], [1.5, 1.01]]);
        assert_eq!(path.into_string(), "M10 20l5 0 0-10z");
    }

    #[test]
    fn a_corner_survives_and_a_wiggle_does_not() {
        let line = [[0.0, 0.0], [5.0, 0.1], [10.0, 0.0], [10.0, 10.0]];
        assert_eq!(
            simplify(&line, 0.5),
            [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]]
        );
    }
}
