//! Finding the place that somebody means: by UN/LOCODE, by name, or by keyed coordinates.
//!
//! Names work without diacritics and case; a name that several ports bear is refused with the
//! list of them, unless one of them alone is a large port. Coordinates are keyed, `lon=…,lat=…`,
//! and never a bare pair.

mod coordinates;
mod fold;

use std::collections::HashMap;
use std::fmt;

use crate::atlas::{Atlas, PortSize};
use crate::names::closest;

pub use crate::error::PlaceError;
pub use fold::fold;

/// Longest text that is looked up, in characters; anything longer is no place.
const LONGEST_TEXT: usize = 120;
/// At most this many suggestions on a miss.
const SUGGESTIONS: usize = 4;

/// A place to start from or to go to.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// UN/LOCODE, if it is a port.
    pub unlocode: Option<String>,
    /// Name with its diacritics, or the coordinates.
    pub name: String,
    /// Longitude, degrees.
    pub lon_deg: f64,
    /// Latitude, degrees.
    pub lat_deg: f64,
    /// Other ports of that name, passed over because this one alone is large.
    pub passed_over: Vec<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.unlocode {
            Some(code) => write!(f, "{} ({code})", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// All ports by code and by folded name.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    ports: Vec<Known>,
    by_code: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
}

#[derive(Clone, Debug)]
struct Known {
    unlocode: String,
    name: String,
    lon_deg: f64,
    lat_deg: f64,
    is_large: bool,
}

impl Known {
    fn label(&self) -> String {
        let country = self.unlocode.get(..2).unwrap_or_default();
        format!("{}, {country} ({})", self.name, self.unlocode)
    }

    fn place(&self) -> Place {
        Place {
            unlocode: Some(self.unlocode.clone()),
            name: self.name.clone(),
            lon_deg: self.lon_deg,
            lat_deg: self.lat_deg,
            passed_over: Vec::new(),
        }
    }
}

impl Gazetteer {
    /// The ports of an atlas, by all their names.
    pub fn of_atlas(atlas: &Atlas) -> Self {
        let mut gazetteer = Gazetteer::default();
        for port in &atlas.ports.rows {
            let others = port.alt_names.0.iter().map(String::as_str);
            gazetteer.add(
                Known {
                    unlocode: port.unlocode.to_string(),
                    name: port.name.clone(),
                    lon_deg: port.lon_deg,
                    lat_deg: port.lat_deg,
                    is_large: port.size == Some(PortSize::Large),
                },
                others,
            );
        }
        gazetteer
    }

    /// The ports of an ocean, for callers without an atlas: no alternative names, no sizes.
    pub fn of_ocean(ocean: &sealane::Ocean) -> Self {
        let mut gazetteer = Gazetteer::default();
        for port in ocean.ports() {
            gazetteer.add(
                Known {
                    unlocode: port.unlocode.clone(),
                    name: port.name.clone(),
                    lon_deg: port.position.lon_deg(),
                    lat_deg: port.position.lat_deg(),
                    is_large: false,
                },
                std::iter::empty(),
            );
        }
        gazetteer
    }

    fn add<'a>(&mut self, port: Known, other_names: impl Iterator<Item = &'a str>) {
        let number = self.ports.len();
        self.by_code.insert(port.unlocode.clone(), number);
        let names: Vec<String> = std::iter::once(fold(&port.name))
            .chain(other_names.map(fold))
            .collect();
        for name in names {
            let bearers = self.by_name.entry(name).or_default();
            if !bearers.contains(&number) {
                bearers.push(number);
            }
        }
        self.ports.push(port);
    }

    /// The place that a text means.
    ///
    /// # Errors
    ///
    /// [`PlaceError`] says what is wrong and, by [`PlaceError::remedy`], what would be right.
    ///
    /// # Examples
    ///
    /// ```
    /// # let ocean = sealane::Ocean::embedded()?;
    /// let gazetteer = foreland::place::Gazetteer::of_ocean(ocean);
    /// let asuncion = gazetteer.find("asuncion")?;
    /// assert_eq!(asuncion.unlocode.as_deref(), Some("PYASU"));
    /// let at_sea = gazetteer.find("lon=-90,lat=-20")?;
    /// assert_eq!(at_sea.lat_deg, -20.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn find(&self, text: &str) -> Result<Place, PlaceError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PlaceError::Empty);
        }
        let characters = text.chars().count();
        if characters > LONGEST_TEXT {
            return Err(PlaceError::TooLong { characters });
        }
        if let Some(position) = coordinates::read(text) {
            return position;
        }
        if let Some(port) = self.by_code(text) {
            return Ok(port.place());
        }
        self.by_name(text)
    }

    /// Ports that the beginning of a name or code may mean, likeliest first: the code itself,
    /// names that are the text, that begin with it, that hold a word that does, and then slips.
    pub fn suggest(&self, text: &str, most: usize) -> Vec<Place> {
        let folded = fold(text.trim());
        if folded.is_empty() || folded.chars().count() > LONGEST_TEXT {
            return Vec::new();
        }
        let mut ranked: Vec<(u8, bool, usize)> = Vec::new();
        for (name, numbers) in &self.by_name {
            let rank = match name.strip_prefix(folded.as_str()) {
                Some("") => 1,
                Some(_) => 2,
                None if name.split(' ').any(|word| word.starts_with(&folded)) => 3,
                None => continue,
            };
            ranked.extend(numbers.iter().map(|&n| (rank, !self.ports[n].is_large, n)));
        }
        let code = text.trim().to_ascii_uppercase();
        for (number, port) in self.ports.iter().enumerate() {
            if port.unlocode == code {
                ranked.push((0, false, number));
            } else if code.len() >= 3 && port.unlocode.starts_with(&code) {
                ranked.push((2, true, number));
            }
        }
        if ranked.is_empty() {
            let near = closest(&folded, self.by_name.keys().map(String::as_str), most);
            let numbers = near.iter().filter_map(|name| self.by_name.get(*name));
            ranked.extend(numbers.flatten().map(|&n| (4, !self.ports[n].is_large, n)));
        }
        ranked.sort_unstable();
        let mut seen = std::collections::HashSet::new();
        ranked.retain(|(_, _, number)| seen.insert(*number));
        ranked
            .into_iter()
            .take(most)
            .map(|(_, _, number)| self.ports[number].place())
            .collect()
    }

    /// A UN/LOCODE in any case, with or without the space after the country.
    fn by_code(&self, text: &str) -> Option<&Known> {
        let code: String = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let number = self.by_code.get(&code)?;
        self.ports.get(*number)
    }

    /// A name, or a name with its country: `Cartagena, CO`.
    fn by_name(&self, text: &str) -> Result<Place, PlaceError> {
        let (name, country) = split_country(text);
        let of_country = |number: &&usize| {
            country
                .as_deref()
                .is_none_or(|country| self.ports[**number].unlocode.starts_with(country))
        };
        let whole = self.by_name.get(&fold(text));
        let bearers: Vec<usize> = match whole {
            Some(bearers) => bearers.clone(),
            None => self
                .by_name
                .get(&fold(name))
                .map(|bearers| bearers.iter().filter(of_country).copied().collect())
                .unwrap_or_default(),
        };
        match bearers.as_slice() {
            [] => Err(PlaceError::Unknown {
                text: text.to_owned(),
                suggestions: self.suggestions(text),
            }),
            [one] => Ok(self.ports[*one].place()),
            several => self.the_large_one(text, several),
        }
    }

    /// The only large port among several of a name.
    fn the_large_one(&self, text: &str, bearers: &[usize]) -> Result<Place, PlaceError> {
        let large: Vec<usize> = bearers
            .iter()
            .copied()
            .filter(|number| self.ports[*number].is_large)
            .collect();
        let [one] = large.as_slice() else {
            return Err(PlaceError::Ambiguous {
                text: text.to_owned(),
                candidates: bearers.iter().map(|n| self.ports[*n].label()).collect(),
            });
        };
        let others = bearers.iter().filter(|number| *number != one);
        Ok(Place {
            passed_over: others.map(|n| self.ports[*n].label()).collect(),
            ..self.ports[*one].place()
        })
    }

    /// The nearest names and, for what looks like a code, the nearest codes.
    fn suggestions(&self, text: &str) -> Vec<String> {
        let folded = fold(text);
        let names = self.by_name.keys().map(String::as_str);
        let mut numbers: Vec<usize> = Vec::new();
        if looks_like_a_code(text) {
            let mut near: Vec<&str> = closest(text, self.by_code.keys().map(String::as_str), 64);
            near.retain(|other| other.get(..2) == text.get(..2));
            near.truncate(2);
            numbers.extend(near.iter().filter_map(|code| self.by_code.get(*code)));
        }
        let begins_alike = |name: &&&str| name.chars().next() == folded.chars().next();
        for name in closest(&folded, names, 64)
            .iter()
            .filter(begins_alike)
            .take(SUGGESTIONS)
        {
            numbers.extend(self.by_name.get(*name).into_iter().flatten());
        }
        if numbers.is_empty() {
            numbers = self.holding(&folded);
        }
        let mut labels: Vec<String> = Vec::new();
        for number in numbers {
            let label = self.ports[number].label();
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels.truncate(SUGGESTIONS);
        labels
    }

    /// Ports with a name that begins with the text.
    fn holding(&self, folded: &str) -> Vec<usize> {
        const SHORTEST: usize = 4;
        if folded.chars().count() < SHORTEST {
            return Vec::new();
        }
        let mut found: Vec<usize> = self
            .by_name
            .iter()
            .filter(|(name, _)| name.starts_with(folded))
            .flat_map(|(_, numbers)| numbers.iter().copied())
            .collect();
        found.sort_unstable_by_key(|number| (!self.ports[*number].is_large, *number));
        found.dedup();
        found
    }
}

/// Five capital letters or digits.
fn looks_like_a_code(text: &str) -> bool {
    text.len() == 5
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Splits `Cartagena, CO` and `Cartagena (CO)` into name and country.
fn split_country(text: &str) -> (&str, Option<String>) {
    let trimmed = text.trim_end_matches(')');
    let split = trimmed.rsplit_once([',', '(']);
    match split {
        Some((name, country)) if is_country(country.trim()) => {
            (name, Some(country.trim().to_ascii_uppercase()))
        }
        _ => (text, None),
    }
}

fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::{Gazetteer, Known, PlaceError};

    fn gazetteer() -> Gazetteer {
        let mut gazetteer = Gazetteer::default();
        let ports: [(&str, &str, bool, &[&str]); 7] = [
            ("PECLL", "Callao", false, &["El Callao"]),
            ("PYASU", "Asunción", false, &[]),
            ("COCTG", "Cartagena", true, &["Cartagena de Indias"]),
            ("ESCAR", "Cartagena", false, &[]),
            ("CUMZO", "Manzanillo", false, &[]),
            ("MXZLO", "Manzanillo", true, &[]),
            ("PAMIT", "Manzanillo", true, &[]),
        ];
        for (code, name, is_large, others) in ports {
            let known = Known {
                unlocode: code.to_owned(),
                name: name.to_owned(),
                lon_deg: 0.0,
                lat_deg: 0.0,
                is_large,
            };
            gazetteer.add(known, others.iter().copied());
        }
        gazetteer
    }

    fn code(text: &str) -> Option<String> {
        gazetteer().find(text).ok()?.unlocode
    }

    #[test]
    fn codes_and_names_in_any_case_without_accents() {
        for text in [
            "PECLL",
            "pecll",
            "PE CLL",
            "Callao",
            " callao ",
            "el callao",
        ] {
            assert_eq!(code(text).as_deref(), Some("PECLL"), "{text}");
        }
        for text in ["Asunción", "Asuncion", "ASUNCIÓN"] {
            assert_eq!(code(text).as_deref(), Some("PYASU"), "{text}");
        }
    }

    #[test]
    fn the_only_large_port_of_a_name_is_taken_and_the_others_are_named() {
        let place = gazetteer().find("Cartagena").expect("one is large");
        assert_eq!(place.unlocode.as_deref(), Some("COCTG"));
        assert_eq!(place.passed_over, ["Cartagena, ES (ESCAR)"]);
        assert_eq!(code("Cartagena, ES").as_deref(), Some("ESCAR"));
        assert_eq!(code("Cartagena (es)").as_deref(), Some("ESCAR"));
    }

    #[test]
    fn a_name_of_two_large_ports_is_refused_with_their_codes() {
        let error = gazetteer().find("Manzanillo").expect_err("two are large");
        assert!(
            matches!(&error, PlaceError::Ambiguous { candidates, .. } if candidates.len() == 3)
        );
        assert!(error.remedy().contains("MXZLO") && error.remedy().contains("PAMIT"));
    }

    #[test]
    fn the_beginning_of_a_name_or_code_suggests_ports() {
        let codes = |text| -> Vec<String> {
            let found = gazetteer().suggest(text, 3);
            found
                .into_iter()
                .filter_map(|place| place.unlocode)
                .collect()
        };
        assert_eq!(codes("call"), ["PECLL"]);
        assert_eq!(codes("pecll"), ["PECLL"]);
        assert_eq!(codes("asunci"), ["PYASU"]);
        assert_eq!(codes("Cartagena"), ["COCTG", "ESCAR"]);
        assert_eq!(codes("indias"), ["COCTG"]);
        assert_eq!(codes("Calao"), ["PECLL"]);
        assert!(codes("").is_empty());
        assert!(codes(&"x".repeat(500)).is_empty());
    }

    #[test]
    fn a_miss_suggests_what_is_near() {
        let error = gazetteer().find("Calao").expect_err("no such port");
        assert_eq!(error.remedy(), "did you mean Callao, PE (PECLL)?");
        let error = gazetteer().find("PECLX").expect_err("no such code");
        assert!(error.remedy().contains("PECLL"), "{}", error.remedy());
        let error = gazetteer().find("Timbuktu").expect_err("nothing is near");
        assert!(error.remedy().starts_with("give a UN/LOCODE"));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_place_or_a_reason(text in "\\PC{0,60}") {
            match gazetteer().find(&text) {
                Ok(place) => proptest::prop_assert!(place.lon_deg.abs() <= 180.0),
                Err(error) => proptest::prop_assert!(!error.remedy().is_empty()),
            }
        }

        #[test]
        fn any_pair_of_numbers_is_a_position_or_a_reason(lon: f64, lat: f64) {
            let place = gazetteer().find(&format!("lon={lon:e},lat={lat:e}"));
            proptest::prop_assert_eq!(place.is_ok(), lon.abs() <= 180.0 && lat.abs() <= 90.0);
        }
    }

    #[test]
    fn nothing_and_far_too_much_are_no_places() {
        assert_eq!(gazetteer().find("  "), Err(PlaceError::Empty));
        let long = "a".repeat(100_000);
        assert_eq!(
            gazetteer().find(&long),
            Err(PlaceError::TooLong {
                characters: 100_000
            })
        );
    }
}
