//! How much of a route lies over the land polygons.

use sealane::build::Land;
use sealane::ellipsoid::geodesic_m;
use sealane::sphere::Point;
use sealane::{LonLat, Route};

/// At each end of a route, this much is the harbour's own business.
const ENDS_M: f64 = 5_000.0;
/// Crossings closer together than this come of rounding to micro-degrees.
const ROUNDING_M: f64 = 1.0;

/// What lies over land.
#[derive(Clone, Copy)]
pub(super) struct OverLand {
    /// Length over land in metres.
    pub metres: f64,
    /// A place where the route is over it.
    pub near: LonLat,
}

/// How much of a route lies over land, its ends and channels left out; none if nothing does.
pub(super) fn over_land(land: &Land, route: &Route) -> Option<OverLand> {
    let ends = [route.turns.first()?.point(), route.turns.last()?.point()];
    let mut over: Option<OverLand> = None;
    for (leg, &in_channel) in route.turns.windows(2).zip(&route.in_channel) {
        if !in_channel {
            for (metres, middle) in leg_over_land(land, leg[0].point(), leg[1].point(), ends) {
                let before_m = over.map_or(0.0, |o| o.metres);
                over = Some(OverLand {
                    metres: before_m + metres,
                    near: LonLat::from_point(middle),
                });
            }
        }
    }
    over
}

fn leg_over_land(land: &Land, from: Point, to: Point, ends: [Point; 2]) -> Vec<(f64, Point)> {
    let mut cuts = land.crossings(from, to);
    cuts.extend(ends.iter().filter_map(|&end| harbour_limit(from, to, end)));
    cuts.sort_by(|x, y| from.angle(*x).total_cmp(&from.angle(*y)));
    cuts.push(to);
    let mut start = from;
    let mut found = Vec::new();
    for cut in cuts {
        let middle = start.towards(cut, 0.5);
        let metres = geodesic_m(start, cut);
        let is_harbour = ends.iter().any(|&end| geodesic_m(end, middle) <= ENDS_M);
        if metres > ROUNDING_M && !is_harbour && land.covers(middle) {
            found.push((metres, middle));
        }
        start = cut;
    }
    found
}

/// Where a leg that begins or ends in the harbour of `end` leaves or enters it.
fn harbour_limit(from: Point, to: Point, end: Point) -> Option<Point> {
    let is_inside = |share: f64| geodesic_m(end, from.towards(to, share)) <= ENDS_M;
    let begins_inside = is_inside(0.0);
    if begins_inside == is_inside(1.0) {
        return None;
    }
    let (mut near, mut far) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = f64::midpoint(near, far);
        if is_inside(middle) == begins_inside {
            near = middle;
        } else {
            far = middle;
        }
    }
    Some(from.towards(to, near))
}

#[cfg(test)]
mod tests {
    use super::over_land;
    use sealane::build::Land;
    use sealane::sphere::Point;
    use sealane::{LonLat, NauticalMiles, Route};

    fn island() -> Land {
        let corners = [(10.0, -0.5), (10.0, 0.5), (11.0, 0.5), (11.0, -0.5)];
        Land::new(&[corners.map(|(x, y)| Point::from_degrees(x, y)).to_vec()])
    }

    fn route(turns: &[(f64, f64)]) -> Route {
        let turns: Vec<LonLat> = turns
            .iter()
            .map(|&(lon, lat)| LonLat::new(lon, lat).expect("a position"))
            .collect();
        Route {
            in_channel: vec![false; turns.len() - 1],
            turns,
            distance: NauticalMiles::default(),
            crossings: Vec::new(),
            snap_from: NauticalMiles::default(),
            snap_to: NauticalMiles::default(),
            beyond_ice_limit: false,
        }
    }

    fn metres(route: &Route) -> f64 {
        over_land(&island(), route).map_or(0.0, |over| over.metres)
    }

    #[test]
    fn a_route_over_an_island_is_found_with_its_length() {
        // One degree of the equator on WGS84.
        let through_m = metres(&route(&[(8.0, 0.0), (13.0, 0.0)]));
        assert!((through_m - 111_319.5).abs() < 5.0, "{through_m}");
        assert_eq!(metres(&route(&[(8.0, 0.6), (13.0, 0.6)])), 0.0);
    }

    #[test]
    fn channels_and_the_last_five_kilometres_do_not_count() {
        let mut through = route(&[(8.0, 0.0), (13.0, 0.0)]);
        through.in_channel[0] = true;
        assert_eq!(metres(&through), 0.0);
        assert_eq!(metres(&route(&[(10.04, 0.0), (8.0, 0.0)])), 0.0);
        // 0.12 degrees from the shore, of which 5 km do not count.
        let inland_m = metres(&route(&[(10.12, 0.0), (8.0, 0.0)]));
        assert!((inland_m - 8_358.3).abs() < 5.0, "{inland_m}");
    }
}
