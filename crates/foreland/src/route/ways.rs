//! From words to what the ocean is asked: passages, places on the way, ends.

use sealane::{End, LonLat, Ocean, Options, PassageSet, Via};

use super::{RouteFault, Ship};
use crate::names;
use crate::place::{Gazetteer, Place};

/// Passages and places on the way, as they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WaySpec {
    /// Passages to stay out of, each a list joined by `;` or `,`.
    pub avoid: Vec<String>,
    /// Passages and places to be taken, in order, each a list joined by `;`.
    pub via: Vec<String>,
    /// Passages that are open although closed by default, each a list.
    pub open: Vec<String>,
}

/// Which passages are open and what is to be taken on the way.
pub struct Ways<'a> {
    /// The ocean.
    pub ocean: &'a Ocean,
    /// Ports by name and code.
    pub gazetteer: &'a Gazetteer,
}

impl Ways<'_> {
    /// The options of a route.
    ///
    /// # Errors
    ///
    /// [`RouteFault::Argument`] for passages and places that are not known.
    pub fn options(&self, ship: &Ship, way: &WaySpec) -> Result<Options, RouteFault> {
        let mut options = self.closures(ship, &way.avoid, &way.open)?;
        for text in way.via.iter().flat_map(|list| split(list)) {
            let via = self
                .via(text)
                .map_err(|(message, remedy)| RouteFault::argument("via", message, remedy))?;
            options.via.push(via);
        }
        Ok(options)
    }

    /// The ship and the passages of the arguments, without anything to be taken on the way.
    ///
    /// # Errors
    ///
    /// [`RouteFault::Argument`] for passages that are not known.
    pub fn closures(
        &self,
        ship: &Ship,
        avoid: &[String],
        open: &[String],
    ) -> Result<Options, RouteFault> {
        let too_shallow = ship.too_shallow(self.ocean);
        let shut = too_shallow.iter().fold(PassageSet::EMPTY, |set, passage| {
            set.with(PassageSet::one(passage.number))
        });
        Ok(Options {
            vessel: ship.vessel,
            avoid: self.passages("avoid", avoid)?.with(shut),
            open: self.passages("open", open)?,
            ..Options::default()
        })
    }

    /// The passages of an argument that may be given several times, each a list.
    ///
    /// # Errors
    ///
    /// [`RouteFault::Argument`] for a passage that is not known.
    fn passages(&self, argument: &'static str, lists: &[String]) -> Result<PassageSet, RouteFault> {
        lists.iter().try_fold(PassageSet::EMPTY, |set, list| {
            let more = self
                .set(list)
                .map_err(|(message, remedy)| RouteFault::argument(argument, message, remedy))?;
            Ok(set.with(more))
        })
    }

    /// The passages of a list, or what is wrong and what would be right.
    pub fn set(&self, list: &str) -> Result<PassageSet, (String, String)> {
        list.split([';', ','])
            .map(str::trim)
            .filter(|id| !id.is_empty())
            .try_fold(PassageSet::EMPTY, |set, id| Ok(set.with(self.passage(id)?)))
    }

    fn passage(&self, id: &str) -> Result<PassageSet, (String, String)> {
        let known = self
            .ocean
            .passages()
            .iter()
            .map(|passage| passage.id.as_str());
        self.ocean.passage(&id.to_lowercase()).ok_or_else(|| {
            let remedy = names::remedy(id, known);
            (format!("there is no passage `{id}`"), remedy)
        })
    }

    /// A passage or a place on the way, or what is wrong and what would be right.
    pub fn via(&self, text: &str) -> Result<Via, (String, String)> {
        if let Ok(passage) = self.passage(text) {
            return Ok(Via::Passage(passage));
        }
        match self.gazetteer.find(text) {
            Ok(place) => self.end(&place).map(Via::Place),
            Err(error) => {
                let known = self
                    .ocean
                    .passages()
                    .iter()
                    .map(|passage| passage.id.as_str());
                Err((
                    format!("`{text}` is neither a passage nor a place: {error}"),
                    format!(
                        "{}; for a passage, {}",
                        error.remedy(),
                        names::remedy(text, known)
                    ),
                ))
            }
        }
    }

    /// A place as the ocean knows it, or what is wrong and what would be right.
    pub fn end(&self, place: &Place) -> Result<End, (String, String)> {
        let port = place
            .unlocode
            .as_deref()
            .and_then(|code| self.ocean.port(code));
        match port {
            Some(port) => Ok(End::Port(port)),
            None => LonLat::new(place.lon_deg, place.lat_deg)
                .map(End::Point)
                .map_err(|error| (error.to_string(), "give degrees".to_owned())),
        }
    }
}

/// The items of a list; coordinates keep their comma.
pub fn split(list: &str) -> impl Iterator<Item = &str> {
    list.split(';')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}
