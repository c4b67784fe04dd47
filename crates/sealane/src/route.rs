//! A route and what it says of itself.

use crate::passage::Barred;
use crate::sphere::Point;
use crate::units::{LonLat, NauticalMiles, PositionError};

/// A passage on a route.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// Id of the passage.
    pub passage: String,
    /// Whether it is only an approach channel to a port.
    pub is_channel: bool,
    /// Distance from the start to where the leg through it begins.
    pub at: NauticalMiles,
    /// Length of the legs through it.
    pub length: NauticalMiles,
}

/// A shortest route.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// Turning points from end to end, the ends included. Between them the
    /// route is a great circle.
    pub turns: Vec<LonLat>,
    /// For each leg between turning points whether it lies in a canal or channel.
    pub in_channel: Vec<bool>,
    /// Length on WGS84 of the line through the turns.
    pub distance: NauticalMiles,
    /// Passages in order.
    pub crossings: Vec<Crossing>,
    /// From the place asked for to where the route proper begins.
    pub snap_from: NauticalMiles,
    /// From where the route proper ends to the place asked for.
    pub snap_to: NauticalMiles,
    /// Whether the southern limit was lifted because an end lies beyond it.
    pub beyond_ice_limit: bool,
}

/// An end further than this from the water of the map begins over land in earnest, in nautical miles (5 km).
const FAR_FROM_WATER_NM: f64 = 2.7;

impl Route {
    /// For the start and the end: how far it runs straight over land, if the place lies
    /// more than 2.7 nm (5 km) from mapped water and from every channel.
    pub fn over_land(&self) -> [Option<NauticalMiles>; 2] {
        [self.snap_from, self.snap_to].map(|gap| (gap.nm() > FAR_FROM_WATER_NM).then_some(gap))
    }

    /// The route from a place to itself.
    pub(crate) fn nowhere(at: LonLat) -> Self {
        Route {
            turns: vec![at, at],
            in_channel: vec![false],
            distance: NauticalMiles::default(),
            crossings: Vec::new(),
            snap_from: NauticalMiles::default(),
            snap_to: NauticalMiles::default(),
            beyond_ice_limit: false,
        }
    }

    /// Ids of the passages in order, approach channels left out.
    pub fn passages(&self) -> impl Iterator<Item = &str> {
        self.crossings
            .iter()
            .filter(|c| !c.is_channel)
            .map(|c| c.passage.as_str())
    }

    /// The line with points no further apart than `spacing`, the great circles
    /// drawn out; longitudes −180 to 180.
    pub fn line(&self, spacing: NauticalMiles) -> Vec<LonLat> {
        let step = (spacing.nm().max(1.0)) * 1852.0 / 6_371_008.8;
        let mut line = Vec::new();
        for w in self.turns.windows(2) {
            let (a, b) = (w[0].point(), w[1].point());
            let parts = (a.angle(b) / step).ceil().max(1.0) as u32;
            line.push(w[0]);
            line.extend(
                (1..parts)
                    .map(|i| LonLat::from_point(a.towards(b, f64::from(i) / f64::from(parts)))),
            );
        }
        line.extend(self.turns.last());
        line
    }

    /// The line cut at ±180° (RFC 7946, section 3.1.9): each part [lon, lat] in degrees.
    pub fn parts(&self, spacing: NauticalMiles) -> Vec<Vec<[f64; 2]>> {
        let mut parts = vec![Vec::new()];
        let mut last: Option<LonLat> = None;
        for p in self.line(spacing) {
            if let Some(l) = last
                && (p.lon_deg() - l.lon_deg()).abs() > 180.0
            {
                let side = if l.lon_deg() > 0.0 { 180.0 } else { -180.0 };
                let lat = latitude_at_antimeridian(l.point(), p.point());
                if let Some(part) = parts.last_mut()
                    && l.lon_deg() != side
                {
                    part.push([side, lat]);
                }
                parts.push(if p.lon_deg() == -side {
                    Vec::new()
                } else {
                    vec![[-side, lat]]
                });
            }
            if let Some(part) = parts.last_mut() {
                part.push([p.lon_deg(), p.lat_deg()]);
            }
            last = Some(p);
        }
        // An end on the meridian itself leaves a part of one point.
        if parts.len() > 1 {
            parts.retain(|part| part.len() > 1);
        }
        parts
    }

    /// The line without a jump at ±180°, longitudes running on beyond, for maps.
    pub fn unwrapped(&self, spacing: NauticalMiles) -> Vec<[f64; 2]> {
        let mut shift = 0.0;
        let mut last: Option<f64> = None;
        self.line(spacing)
            .into_iter()
            .map(|p| {
                if let Some(l) = last {
                    let d = p.lon_deg() - l;
                    shift -= if d > 180.0 {
                        360.0
                    } else if d < -180.0 {
                        -360.0
                    } else {
                        0.0
                    };
                }
                last = Some(p.lon_deg());
                [p.lon_deg() + shift, p.lat_deg()]
            })
            .collect()
    }
}

fn latitude_at_antimeridian(a: Point, b: Point) -> f64 {
    // On the meridian plane y = 0, between a and b.
    let share = if a.y == b.y { 0.5 } else { a.y / (a.y - b.y) };
    let p = a.plus(
        Point {
            x: b.x - a.x,
            y: b.y - a.y,
            z: b.z - a.z,
        },
        share,
    );
    p.z.atan2(p.x.abs()).to_degrees()
}

/// Why there is no route.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RouteError {
    /// Not a position.
    #[error(transparent)]
    Position(#[from] PositionError),
    /// The place lies on land, too far from water.
    #[error("lon={:.4}, lat={:.4} lies on land, {nearest} from navigable water (at most {allowed} is bridged)", .at.lon_deg(), .at.lat_deg())]
    OnLand {
        /// The place.
        at: LonLat,
        /// Distance to water.
        nearest: NauticalMiles,
        /// What would be bridged.
        allowed: NauticalMiles,
    },
    /// A port that no navigable water reaches.
    #[error(
        "{unlocode} ({name}) lies inland, away from open water and from every channel in the data"
    )]
    Inland {
        /// UN/LOCODE.
        unlocode: String,
        /// Name.
        name: String,
    },
    /// A passage both to be taken and to be avoided.
    #[error("passage `{0}` is both to be taken and closed")]
    Contradiction(String),
    /// No water joins the two places, or only passages that are barred.
    #[error("no route{}", describe(.barred))]
    NoRoute {
        /// What bars the route that would otherwise be the shortest; empty
        /// where no water at all joins the places.
        barred: Vec<Barred>,
    },
}

fn describe(barred: &[Barred]) -> String {
    if barred.is_empty() {
        return ": no water joins the two places".into();
    }
    let one = |b: &Barred| match (b.allowed_m, b.asked_m) {
        (Some(allowed), Some(asked)) => {
            format!(
                "{} takes {} {allowed} m, the vessel has {asked} m",
                b.passage, b.limit
            )
        }
        _ => format!("{} is closed", b.passage),
    };
    format!(
        ": {}",
        barred.iter().map(one).collect::<Vec<_>>().join("; ")
    )
}
