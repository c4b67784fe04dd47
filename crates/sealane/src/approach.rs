//! The way from a place near the shore to the water that routes use.
//!
//! The generalised coast fills bays and stands off from capes, so most harbours
//! lie inside it. Their routes begin with an approach over real water: the
//! shortest way on a grid round the place to the first water that routes use,
//! pulled taut against the coast as it is drawn.

use crate::bay::{Bay, Found};
use crate::ellipsoid::geodesic_m;
use crate::land::Land;
use crate::sea::Offing;
use crate::sphere::Point;

/// Cells from the place to the furthest water looked for (12 km).
const FURTHEST_WATER: i32 = 40;
/// Cells to the edge of the grid (12, 30, 60 km): the next where the last does not reach.
const REACHES: [i32; 3] = [40, 100, 200];
/// A place this close to water of the map lies at it, in metres.
const AFLOAT_M: f64 = 1_500.0;
/// Furthest that routes may begin from a place in open water, in metres.
pub(crate) const FURTHEST_SEA_M: f64 = 40_000.0;
/// A place this close to open water does not look for a channel, in metres.
const AT_SEA_M: f64 = 2_500.0;

/// A way from a place to where its routes begin.
#[derive(Clone, Debug)]
pub(crate) struct Approach {
    /// The place.
    place: Point,
    /// Turns after it.
    turns: Vec<Point>,
    /// Where routes begin.
    pub at: Point,
    /// How far the place lies from water, in metres.
    gap_m: f64,
    /// Whether water of the map leads all the way from near the place.
    pub is_afloat: bool,
}

impl Approach {
    /// A place in open water.
    #[cfg(feature = "build")]
    pub fn none(place: Point) -> Self {
        Approach {
            place,
            turns: Vec::new(),
            at: place,
            gap_m: 0.0,
            is_afloat: true,
        }
    }

    /// Straight over land.
    pub fn over_land(place: Point, at: Point) -> Self {
        Approach {
            place,
            turns: Vec::new(),
            at,
            gap_m: geodesic_m(place, at),
            is_afloat: false,
        }
    }

    fn by(place: Point, way: &[Point], at: Point) -> Self {
        let turns = way
            .iter()
            .copied()
            .filter(|&p| p != place)
            .collect::<Vec<_>>();
        let gap_m = way.first().map_or(0.0, |&w| geodesic_m(place, w));
        Approach {
            place,
            turns,
            at,
            gap_m,
            is_afloat: gap_m <= AFLOAT_M,
        }
    }

    /// The way over real water if there is one, else straight to the nearest; `None`
    /// where there is none.
    pub fn find(
        land: &Land,
        place: Point,
        nearest: Option<Point>,
        is_wet: impl Fn(Point) -> bool,
    ) -> Option<Self> {
        approach(land, place, nearest, is_wet)
            .or_else(|| Some(Approach::over_land(place, nearest?)))
    }

    /// The place, the turns and where routes begin.
    pub fn line(&self) -> Vec<Point> {
        [&[self.place], &self.turns[..], &[self.at]].concat()
    }

    /// The place and the turns.
    pub fn lead(&self) -> Vec<Point> {
        [&[self.place], &self.turns[..]].concat()
    }

    /// Its length in metres.
    pub fn length_m(&self) -> f64 {
        let line = self.line();
        line.windows(2).map(|w| geodesic_m(w[0], w[1])).sum()
    }

    /// Where routes begin, at the end of the approach.
    pub fn offing(&self) -> Offing {
        Offing {
            at: self.at,
            way_m: self.length_m(),
        }
    }

    /// The turns after the place, in micro-degrees.
    #[cfg(feature = "build")]
    pub fn turns(&self) -> Vec<(i32, i32)> {
        self.turns
            .iter()
            .map(|&p| crate::archive::micro(p))
            .collect()
    }

    /// How far the place lies from water, in metres.
    pub fn gap_m(&self) -> f64 {
        self.gap_m
    }

    /// How far the place lies from water, in centimetres.
    #[cfg(feature = "build")]
    pub fn gap_cm(&self) -> u32 {
        (self.gap_m * 100.0).round() as u32
    }
}

/// Whether a place begins in a channel whose nearest point is `foot`, and not at
/// the end of its way to open water, if it has one.
pub(crate) fn begins_in_channel(
    land: &Land,
    place: Point,
    foot: Point,
    to_sea: Option<&Approach>,
) -> bool {
    let channel_m = geodesic_m(place, foot);
    let sea_m = to_sea.map_or(f64::INFINITY, Approach::length_m);
    let is_afloat = sea_m <= FURTHEST_SEA_M && to_sea.is_some_and(|way| way.is_afloat);
    sea_m > AT_SEA_M && channel_m < sea_m && !(is_afloat && land.bars(place, foot))
}

/// Finds the way from `place` to water that routes use. `straight` is the
/// nearest such water, which is taken if nothing lies between.
pub(crate) fn approach(
    land: &Land,
    place: Point,
    straight: Option<Point>,
    is_wet: impl Fn(Point) -> bool,
) -> Option<Approach> {
    if let Some(sea) = straight.filter(|&sea| !land.bars(place, sea)) {
        return Some(Approach::by(place, &[], sea));
    }
    for (i, &reach) in REACHES.iter().enumerate() {
        let mut bay = Bay::new(land, place, reach)?;
        let is_last = i + 1 == REACHES.len();
        match out_of(&mut bay, land, straight, &is_wet, is_last) {
            Out::Way(way) => {
                let mut way = taut(&way, land);
                let sea = way.pop()?;
                return Some(Approach::by(place, &way, sea));
            }
            Out::Further => {}
            Out::None => return None,
        }
    }
    None
}

/// What the cells round a place tell of the way out.
enum Out {
    Way(Vec<Point>),
    /// It may lie beyond them.
    Further,
    None,
}

/// The way from the nearest water that leads out.
fn out_of(
    bay: &mut Bay,
    land: &Land,
    straight: Option<Point>,
    is_wet: &impl Fn(Point) -> bool,
    is_last: bool,
) -> Out {
    for start in bay.water_by_distance(FURTHEST_WATER) {
        if bay.is_seen(start) {
            continue;
        }
        let from = bay.point(start);
        if let Some(sea) = straight.filter(|&sea| !land.bars(from, sea)) {
            return Out::Way(vec![from, sea]);
        }
        match bay.search(start, is_wet, !is_last) {
            Found::Way(cells) => {
                return Out::Way(cells.into_iter().map(|cell| bay.point(cell)).collect());
            }
            Found::Edge => return Out::Further,
            Found::Closed => {}
        }
    }
    Out::None
}

/// A way with every turn left out that the coast does not ask for.
fn taut(way: &[Point], land: &Land) -> Vec<Point> {
    let mut line = vec![way[0]];
    let mut at = 0;
    while at + 1 < way.len() {
        let next = (at + 2..way.len())
            .rev()
            .find(|&i| !land.bars(way[at], way[i]))
            .unwrap_or(at + 1);
        line.push(way[next]);
        at = next;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::approach;
    use crate::land::Land;
    use crate::sphere::Point;

    fn at(lon: f64, lat: f64) -> Point {
        Point::from_degrees(lon, lat).rounded()
    }

    /// A bay that opens to the north, behind a spit; open water lies north of 0.2°.
    fn bay() -> Land {
        let ring = [
            (-0.2, -0.2),
            (-0.2, 0.1),
            (-0.05, 0.1),
            (-0.05, 0.0),
            (0.05, 0.0),
            (0.05, 0.1),
            (-0.03, 0.1),
            (-0.03, 0.12),
            (0.2, 0.12),
            (0.2, -0.2),
        ];
        Land::new(&[ring.map(|(x, y)| at(x, y)).to_vec()])
    }

    #[test]
    fn a_way_out_of_a_bay_goes_by_its_mouth_and_over_no_land() {
        let (land, place) = (bay(), at(0.0, 0.01));
        let straight = Some(at(0.0, 0.2));
        let found = approach(&land, place, straight, |p| p.lat_deg() > 0.2).expect("a way");
        assert_eq!(found.gap_m, 0.0);
        let line = [&[place], &found.turns[..], &[found.at]].concat();
        assert!(line.len() > 2);
        assert!(line.windows(2).all(|w| !land.bars(w[0], w[1])));
        let straight_m = crate::ellipsoid::geodesic_m(place, at(0.0, 0.2));
        assert!(found.length_m() > straight_m && found.length_m() < 1.4 * straight_m);
    }

    #[test]
    fn a_place_on_land_begins_at_the_nearest_water_that_leads_out() {
        let (land, place) = (bay(), at(0.06, 0.05));
        let found = approach(&land, place, None, |p| p.lat_deg() > 0.2).expect("a way");
        assert!(
            found.gap_m > 800.0 && found.gap_m < 2_000.0,
            "{}",
            found.gap_m
        );
        let line = [&found.turns[..], &[found.at]].concat();
        assert!(line.windows(2).all(|w| !land.bars(w[0], w[1])));
    }

    #[test]
    fn a_lake_without_outlet_has_no_way() {
        let shore = [(-1.0, -1.0), (-1.0, 1.0), (1.0, 1.0), (1.0, -1.0)];
        let lake = [(-0.05, -0.05), (0.05, -0.05), (0.05, 0.05), (-0.05, 0.05)];
        let ring = |c: [(f64, f64); 4]| c.map(|(x, y)| at(x, y)).to_vec();
        let land = Land::new(&[ring(shore), ring(lake)]);
        let found = approach(&land, at(0.0, 0.0), Some(at(0.0, 1.1)), |p| {
            p.lat_deg() > 1.0
        });
        assert!(found.is_none());
    }
}
