//! Quantities that carry their unit.

use std::fmt;

use crate::ellipsoid::METRES_PER_NM;
use crate::sphere::Point;

/// A distance in nautical miles (1,852 m); finite and not negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct NauticalMiles(f64);

impl NauticalMiles {
    /// `None` unless finite and not negative.
    pub fn new(nm: f64) -> Option<Self> {
        (nm.is_finite() && nm >= 0.0).then_some(NauticalMiles(nm))
    }

    /// From metres; negative or not finite counts as zero.
    pub(crate) fn from_metres(m: f64) -> Self {
        NauticalMiles::new(m / METRES_PER_NM).unwrap_or_default()
    }

    /// From whole centimetres.
    pub(crate) fn from_cm(cm: u32) -> Self {
        NauticalMiles(f64::from(cm) / 100.0 / METRES_PER_NM)
    }

    /// In nautical miles.
    pub fn nm(self) -> f64 {
        self.0
    }

    /// In kilometres.
    pub fn km(self) -> f64 {
        self.0 * METRES_PER_NM / 1000.0
    }
}

impl fmt::Display for NauticalMiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.*} nm", f.precision().unwrap_or(1), self.0)
    }
}

/// A speed in knots; finite and positive.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Knots(f64);

impl Knots {
    /// `None` unless finite and positive.
    pub fn new(kn: f64) -> Option<Self> {
        (kn.is_finite() && kn > 0.0).then_some(Knots(kn))
    }

    /// In knots.
    pub fn kn(self) -> f64 {
        self.0
    }

    /// Hours for a distance.
    pub fn hours_for(self, distance: NauticalMiles) -> f64 {
        distance.nm() / self.0
    }
}

/// Longitude and latitude on WGS84 in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LonLat {
    lon_deg: f64,
    lat_deg: f64,
}

/// Why a pair of numbers is not a position.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PositionError {
    /// Not a number, or infinite.
    #[error(
        "lon={lon_deg}, lat={lat_deg} is not a position: both must be finite numbers of degrees"
    )]
    NotFinite {
        /// Longitude as given.
        lon_deg: f64,
        /// Latitude as given.
        lat_deg: f64,
    },
    /// The latitude is beyond a pole but the pair would do the other way round.
    #[error(
        "latitude {lat_deg}° is beyond the pole; lon and lat seem to be swapped: try lon={lat_deg}, lat={lon_deg}"
    )]
    Swapped {
        /// Longitude as given.
        lon_deg: f64,
        /// Latitude as given.
        lat_deg: f64,
    },
    /// Out of range.
    #[error(
        "lon={lon_deg}, lat={lat_deg} is out of range: longitude −180 to 180, latitude −90 to 90"
    )]
    OutOfRange {
        /// Longitude as given.
        lon_deg: f64,
        /// Latitude as given.
        lat_deg: f64,
    },
}

impl LonLat {
    /// Longitude −180 to 180, latitude −90 to 90, in degrees.
    ///
    /// # Errors
    /// [`PositionError`] says what is wrong, and whether the pair looks swapped.
    pub fn new(lon_deg: f64, lat_deg: f64) -> Result<Self, PositionError> {
        if !lon_deg.is_finite() || !lat_deg.is_finite() {
            Err(PositionError::NotFinite { lon_deg, lat_deg })
        } else if lon_deg.abs() <= 180.0 && lat_deg.abs() <= 90.0 {
            Ok(LonLat { lon_deg, lat_deg })
        } else if lat_deg.abs() > 90.0 && lat_deg.abs() <= 180.0 && lon_deg.abs() <= 90.0 {
            Err(PositionError::Swapped { lon_deg, lat_deg })
        } else {
            Err(PositionError::OutOfRange { lon_deg, lat_deg })
        }
    }

    /// Longitude in degrees.
    pub fn lon_deg(self) -> f64 {
        self.lon_deg
    }

    /// Latitude in degrees.
    pub fn lat_deg(self) -> f64 {
        self.lat_deg
    }

    /// As a unit vector.
    pub fn point(self) -> Point {
        Point::from_degrees(self.lon_deg, self.lat_deg)
    }

    /// From a unit vector.
    pub fn from_point(p: Point) -> Self {
        LonLat {
            lon_deg: p.lon_deg(),
            lat_deg: p.lat_deg(),
        }
    }
}
