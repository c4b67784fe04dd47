//! Where texts go on a map so that they do not cover each other.

/// A rectangle in px.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Area {
    fn overlaps(&self, other: &Area) -> bool {
        self.x < other.x + other.width
            && other.x < self.x + self.width
            && self.y < other.y + other.height
            && other.y < self.y + self.height
    }

    fn within(&self, width: f64, height: f64) -> bool {
        self.x >= 0.0
            && self.y >= 0.0
            && self.x + self.width <= width
            && self.y + self.height <= height
    }

    /// How much of a line runs through it, px at most the line's length.
    fn crossed_by(&self, line: &[[f64; 2]]) -> f64 {
        let middle = [self.x + self.width / 2.0, self.y + self.height / 2.0];
        line.windows(2)
            .filter(|pair| {
                let [dx, dy] = nearest_offset(middle, pair[0], pair[1]);
                dx.abs() < self.width / 2.0 && dy.abs() < self.height / 2.0
            })
            .map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]))
            .sum()
    }
}

/// From a point to the nearest point of a segment.
fn nearest_offset(p: [f64; 2], a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length2 = dx * dx + dy * dy;
    let t = if length2 == 0.0 {
        0.0
    } else {
        (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2).clamp(0.0, 1.0)
    };
    [a[0] + t * dx - p[0], a[1] + t * dy - p[1]]
}

/// A text that found its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    /// Left end of the base line, px.
    pub(super) x: f64,
    /// Base line, px.
    pub(super) y: f64,
    /// The text.
    pub(super) text: String,
}

/// A map's texts and what they must not cover.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    width: f64,
    height: f64,
    taken: Vec<Area>,
    lines: Vec<Vec<[f64; 2]>>,
}

/// Width of a character as a share of the font size, on the wide side of sans-serif faces.
const CHARACTER_EM: f64 = 0.56;
/// Height of a line as a share of the font size.
const LINE_EM: f64 = 1.15;
/// Base line below the top of a line, as a share of the font size.
const ASCENT_EM: f64 = 0.9;

impl Labels {
    /// No texts yet on a map of a size, px.
    pub(super) fn new(width: f64, height: f64) -> Self {
        Labels {
            width,
            height,
            ..Labels::default()
        }
    }

    /// A line that texts keep away from if they can.
    pub(super) fn avoid_line(&mut self, line: Vec<[f64; 2]>) {
        self.lines.push(line);
    }

    /// A symbol that texts must not cover.
    pub(super) fn avoid_symbol(&mut self, [x, y]: [f64; 2], radius: f64) {
        self.taken.push(Area {
            x: x - radius,
            y: y - radius,
            width: 2.0 * radius,
            height: 2.0 * radius,
        });
    }

    /// Places a text beside a symbol; `None` if there is no room.
    pub(super) fn beside(
        &mut self,
        text: &str,
        [x, y]: [f64; 2],
        radius: f64,
        font_px: f64,
    ) -> Option<Label> {
        let (width, height) = size(text, font_px);
        let gap = radius + 3.0;
        let (middle, centre) = (y - height / 2.0, x - width / 2.0);
        let corners = [
            (x + gap, middle),
            (x - gap - width, middle),
            (x + gap * 0.7, y - gap * 0.7 - height),
            (x + gap * 0.7, y + gap * 0.7),
            (x - gap * 0.7 - width, y - gap * 0.7 - height),
            (x - gap * 0.7 - width, y + gap * 0.7),
            (centre, y - gap - height),
            (centre, y + gap),
        ];
        self.best(text, font_px, corners.into_iter())
    }

    /// Places a text along a line, above or below it, near its middle; `None` if there is no
    /// room.
    pub(super) fn along(&mut self, text: &str, line: &[[f64; 2]], font_px: f64) -> Option<Label> {
        let (width, height) = size(text, font_px);
        let whole = length(line);
        let spots = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];
        let corners = spots.into_iter().flat_map(|share| {
            let [x, y] = point_at(line, share * whole);
            let left = x - width / 2.0;
            [
                (left, y - height - 4.0),
                (left, y + 4.0),
                (left, y - 1.6 * height - 4.0),
                (left, y + 0.6 * height + 4.0),
            ]
        });
        let corners: Vec<(f64, f64)> = corners.collect();
        self.best(text, font_px, corners.into_iter())
    }

    /// The first of the upper left corners that crosses the least lines.
    fn best(
        &mut self,
        text: &str,
        font_px: f64,
        corners: impl Iterator<Item = (f64, f64)>,
    ) -> Option<Label> {
        let (width, height) = size(text, font_px);
        let free = corners
            .map(|(x, y)| Area {
                x,
                y,
                width,
                height,
            })
            .filter(|area| area.within(self.width, self.height))
            .filter(|area| !self.taken.iter().any(|other| other.overlaps(area)));
        let crossed =
            |area: &Area| -> f64 { self.lines.iter().map(|line| area.crossed_by(line)).sum() };
        let best = free
            .map(|area| (area, crossed(&area)))
            .min_by(|a, b| a.1.total_cmp(&b.1))?
            .0;
        self.taken.push(best);
        Some(Label {
            x: best.x,
            y: best.y + ASCENT_EM * font_px,
            text: text.to_owned(),
        })
    }
}

/// Width and height of a text, px.
fn size(text: &str, font_px: f64) -> (f64, f64) {
    let characters: f64 = text
        .chars()
        // Ideographs are as wide as they are high.
        .map(|c| if c >= '\u{2e80}' { 1.0 } else { CHARACTER_EM })
        .sum();
    (characters * font_px, LINE_EM * font_px)
}

fn length(line: &[[f64; 2]]) -> f64 {
    line.windows(2)
        .map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]))
        .sum()
}

/// The point at a distance from the start of a line.
fn point_at(line: &[[f64; 2]], mut distance: f64) -> [f64; 2] {
    for pair in line.windows(2) {
        let step = (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]);
        if step > 0.0 && distance <= step {
            let t = distance / step;
            return [0, 1].map(|k| pair[0][k] + t * (pair[1][k] - pair[0][k]));
        }
        distance -= step;
    }
    line.last().copied().unwrap_or([0.0, 0.0])
}

#[cfg(test)]
mod tests {
    use super::Labels;

    #[test]
    fn texts_do_not_cover_each_other() {
        let mut labels = Labels::new(400.0, 100.0);
        let first = labels.beside("Chancay", [200.0, 50.0], 4.0, 12.0);
        let second = labels.beside("Callao", [202.0, 52.0], 4.0, 12.0);
        let (first, second) = (first.expect("room"), second.expect("room"));
        assert!((first.x - second.x).abs() > 40.0 || (first.y - second.y).abs() > 12.0);
    }

    #[test]
    fn a_text_without_room_is_left_out() {
        let mut labels = Labels::new(40.0, 40.0);
        assert_eq!(
            labels.beside("San Antonio de Chile", [20.0, 20.0], 4.0, 12.0),
            None
        );
    }

    #[test]
    fn a_text_keeps_off_lines() {
        let mut labels = Labels::new(400.0, 200.0);
        labels.avoid_line(
            (0..40)
                .map(|i| [200.0 + f64::from(i) * 5.0, 100.0])
                .collect(),
        );
        let label = labels
            .beside("Chancay", [200.0, 100.0], 4.0, 12.0)
            .expect("room");
        assert!(label.x + 7.0 * 12.0 * 0.5 < 200.0, "{label:?}");
    }
}
