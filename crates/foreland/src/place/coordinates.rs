//! Keyed coordinates: `lon=-77.3,lat=-11.6`.

use sealane::{LonLat, units::PositionError};

use super::{Place, PlaceError};

/// Decimals shown of a position that has no name: 11 m at the equator.
const SHOWN_DECIMALS: usize = 4;

/// Reads coordinates; `None` if the text does not mean any.
pub(super) fn read(text: &str) -> Option<Result<Place, PlaceError>> {
    let lower = text.to_lowercase();
    if lower.contains("lon") && lower.contains('=') || lower.contains("lat=") {
        return Some(keyed(text));
    }
    bare_pair(text).map(Err)
}

/// A place at keyed coordinates, in either order.
fn keyed(text: &str) -> Result<Place, PlaceError> {
    let wrong = |why: String, remedy: &str| PlaceError::Position {
        text: text.to_owned(),
        why,
        remedy: remedy.to_owned(),
    };
    const FORM: &str = "write lon=-77.3,lat=-11.6, in decimal degrees, west and south negative";
    let (mut lon, mut lat) = (None, None);
    for part in text.split([',', ';', ' ']).filter(|part| !part.is_empty()) {
        let Some((key, value)) = part.split_once('=') else {
            return Err(wrong(format!("`{part}` has no key"), FORM));
        };
        let slot = match key.trim().to_lowercase().as_str() {
            "lon" | "lon_deg" => &mut lon,
            "lat" | "lat_deg" => &mut lat,
            other => return Err(wrong(format!("`{other}` is neither lon nor lat"), FORM)),
        };
        let degrees: f64 = value
            .trim()
            .parse()
            .map_err(|_| wrong(format!("`{value}` is not a number of degrees"), FORM))?;
        if slot.replace(degrees).is_some() {
            return Err(wrong(format!("{key} is given twice"), FORM));
        }
    }
    match (lon, lat) {
        (Some(lon), Some(lat)) => at(text, lon, lat),
        (None, _) => Err(wrong("lon is missing".to_owned(), FORM)),
        (_, None) => Err(wrong("lat is missing".to_owned(), FORM)),
    }
}

/// The place at a position.
pub(super) fn at(text: &str, lon_deg: f64, lat_deg: f64) -> Result<Place, PlaceError> {
    LonLat::new(lon_deg, lat_deg)
        .map(|_| Place {
            unlocode: None,
            name: format!("lon={lon_deg:.SHOWN_DECIMALS$},lat={lat_deg:.SHOWN_DECIMALS$}"),
            lon_deg,
            lat_deg,
            passed_over: Vec::new(),
        })
        .map_err(|error| PlaceError::Position {
            text: text.to_owned(),
            why: error.to_string(),
            remedy: match error {
                PositionError::Swapped { .. } => {
                    format!("if they are swapped, write lon={lat_deg},lat={lon_deg}")
                }
                PositionError::NotFinite { .. } => "give two numbers of degrees".to_owned(),
                PositionError::OutOfRange { .. } => {
                    "give lon from -180 to 180 and lat from -90 to 90, in degrees".to_owned()
                }
            },
        })
}

/// Two numbers without keys: nobody knows which is which.
fn bare_pair(text: &str) -> Option<PlaceError> {
    let numbers: Vec<&str> = text
        .split([',', ';', ' '])
        .filter(|part| !part.is_empty())
        .collect();
    let [first, second] = numbers.as_slice() else {
        return None;
    };
    let is_number = |part: &str| part.parse::<f64>().is_ok();
    (is_number(first) && is_number(second)).then(|| PlaceError::Position {
        text: text.to_owned(),
        why: "a bare pair does not say which number is the longitude".to_owned(),
        remedy: format!("write lon={first},lat={second} or lon={second},lat={first}"),
    })
}

impl Place {
    /// The place at a longitude and a latitude, degrees.
    ///
    /// # Errors
    ///
    /// [`PlaceError::Position`] if they are out of range, swapped by the look of them, or no
    /// numbers.
    pub fn at(lon_deg: f64, lat_deg: f64) -> Result<Place, PlaceError> {
        at(&format!("lon={lon_deg},lat={lat_deg}"), lon_deg, lat_deg)
    }
}

#[cfg(test)]
mod tests {
    use super::{PlaceError, read};

    fn why(text: &str) -> String {
        match read(text) {
            Some(Err(error)) => format!("{error}; {}", error.remedy()),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn either_order_is_read() {
        for text in [
            "lon=-77.3,lat=-11.6",
            "lat=-11.6, lon=-77.3",
            "LON=-77.3;LAT=-11.6",
        ] {
            let place = read(text).expect("coordinates").expect("a position");
            assert_eq!((place.lon_deg, place.lat_deg), (-77.3, -11.6), "{text}");
        }
    }

    #[test]
    fn names_are_left_alone() {
        for text in ["Callao", "Colón", "Le Havre", "Port 80", "PECLL"] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn swapped_degrees_are_said_to_be_swapped() {
        assert!(
            why("lon=-11.6,lat=-127.3").contains("if they are swapped, write lon=-127.3,lat=-11.6")
        );
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert!(why("lon=NaN,lat=3").contains("finite"));
        assert!(why("lon=inf,lat=3").contains("finite"));
        assert!(why("lon=77W,lat=3").contains("`77W` is not a number"));
        assert!(why("lon=500,lat=3").contains("out of range"));
        assert!(why("lon=5").contains("lat is missing"));
        assert!(why("lat=5").contains("lon is missing"));
        assert!(why("lon=5,lon=6").contains("given twice"));
        assert!(why("lon=5,lat=6,speed=7").contains("`speed` is neither"));
        assert!(why("-77.3,-11.6").contains("bare pair"));
        assert!(matches!(
            read("1 2"),
            Some(Err(PlaceError::Position { .. }))
        ));
    }
}
