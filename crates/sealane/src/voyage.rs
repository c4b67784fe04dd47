//! How long a route takes.

use crate::route::Route;
use crate::units::Knots;

/// Length of the pieces in which legs are looked at for their latitude, in nautical miles.
const PIECE_NM: f64 = 30.0;

/// Speeds by condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speeds {
    /// In open water.
    pub at_sea: Knots,
    /// In canals and approach channels, if other.
    pub in_channels: Option<Knots>,
    /// Beyond a latitude in degrees, north or south, if other (ice, weather).
    pub beyond_latitude: Option<(f64, Knots)>,
}

impl Speeds {
    /// One speed everywhere.
    pub fn steady(speed: Knots) -> Self {
        Speeds {
            at_sea: speed,
            in_channels: None,
            beyond_latitude: None,
        }
    }
}

impl Route {
    /// Hours from the start to each turning point, without stops; the last is
    /// the time of the whole route.
    pub fn hours_at_turns(&self, speeds: &Speeds) -> Vec<f64> {
        let mut hours = vec![0.0];
        for (w, &in_channel) in self.turns.windows(2).zip(&self.in_channel) {
            let (a, b) = (w[0].point(), w[1].point());
            let nm = crate::ellipsoid::geodesic_m(a, b) / crate::ellipsoid::METRES_PER_NM;
            let time = match speeds.in_channels {
                Some(slow) if in_channel => nm / slow.kn(),
                _ => hours_at_sea(a, b, nm, speeds),
            };
            hours.push(hours[hours.len() - 1] + time);
        }
        hours
    }
}

fn hours_at_sea(a: crate::sphere::Point, b: crate::sphere::Point, nm: f64, speeds: &Speeds) -> f64 {
    let Some((limit_deg, slow)) = speeds.beyond_latitude else {
        return nm / speeds.at_sea.kn();
    };
    let pieces = (nm / PIECE_NM).ceil().max(1.0);
    (0..pieces as u32)
        .map(|i| {
            let middle = a.towards(b, (f64::from(i) + 0.5) / pieces);
            let beyond = middle.lat_deg().abs() > limit_deg.abs();
            nm / pieces / if beyond { slow } else { speeds.at_sea }.kn()
        })
        .sum()
}
