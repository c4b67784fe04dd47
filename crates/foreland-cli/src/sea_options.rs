//! From arguments to what the ocean is asked.

use foreland::place::{Gazetteer, Place};
use foreland::{Atlas, report::number};
use sealane::passage::Kind;
use sealane::{End, LonLat, Ocean, Options, PassageSet, RouteError, Vessel, Via};

use crate::arguments::{ShipArguments, WayArguments};
use crate::failure::Failure;
use crate::suggest;

/// A dimension's argument, value, and the largest that any ship has, metres.
type Dimension = (&'static str, Option<f64>, f64);

/// A ship and how far it is held against limits.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Ship {
    /// What every passage and channel is held against.
    pub(crate) vessel: Vessel,
    /// The draught of a vessel class, m. Approach channels are not held against it: ships of the
    /// class enter light or with the tide. A draught that is given is held against all.
    pub(crate) class_draught_m: Option<f64>,
}

/// A passage that the draught of a class keeps a ship out of, with the limit in words.
pub(crate) struct TooShallow {
    pub(crate) number: usize,
    pub(crate) id: String,
    pub(crate) why: String,
}

impl Ship {
    /// All that is known of the ship.
    pub(crate) fn dimensions(&self) -> Vessel {
        Vessel {
            draught_m: self.vessel.draught_m.or(self.class_draught_m),
            ..self.vessel
        }
    }

    /// Passages, approach channels left out, that are too shallow for the class.
    pub(crate) fn too_shallow(&self, ocean: &Ocean) -> Vec<TooShallow> {
        let Some(asked_m) = self.class_draught_m else {
            return Vec::new();
        };
        let passages = ocean.passages().iter().enumerate();
        passages
            .filter(|(_, passage)| passage.kind != Kind::Channel)
            .filter_map(|(number, passage)| {
                let allowed_m = passage.limits.draught_m.filter(|m| *m < asked_m)?;
                Some(TooShallow {
                    number,
                    id: passage.id.clone(),
                    why: format!(
                        "{} takes draught {allowed_m} m, the vessel has {asked_m} m",
                        passage.id
                    ),
                })
            })
            .collect()
    }
}

/// The ship of the arguments: a class of the atlas, with single dimensions changed.
///
/// # Errors
///
/// Wrong input for a class that the atlas does not have and for dimensions that no ship has.
pub(crate) fn ship(ship: &ShipArguments, atlas: Option<&Atlas>) -> Result<Ship, Failure> {
    let dimensions: [Dimension; 4] = [
        ("--loa", ship.loa, 500.0),
        ("--beam", ship.beam, 100.0),
        ("--draught", ship.draught, 30.0),
        ("--air-draught", ship.air_draught, 100.0),
    ];
    for (name, value, largest) in dimensions {
        if let Some(metres) = value
            && !(metres > 0.0 && metres <= largest)
        {
            return Err(Failure::argument(
                name,
                format!("{metres} m is no ship's"),
                format!("give metres, above 0 and at most {largest}"),
            ));
        }
    }
    let class = match &ship.vessel {
        Some(class) => class_dimensions(class, atlas)?,
        None => Vessel::default(),
    };
    let vessel = Vessel {
        loa_m: ship.loa.or(class.loa_m),
        beam_m: ship.beam.or(class.beam_m),
        draught_m: ship.draught,
        air_draught_m: ship.air_draught.or(class.air_draught_m),
    };
    Ok(Ship {
        vessel,
        class_draught_m: class.draught_m.filter(|_| ship.draught.is_none()),
    })
}

fn class_dimensions(class: &str, atlas: Option<&Atlas>) -> Result<Vessel, Failure> {
    let Some(atlas) = atlas else {
        return Err(Failure::argument(
            "--vessel",
            "vessel classes stand in the atlas, and there is none here",
            "name its folder with --atlas DIR, or give --loa, --beam and --draught",
        ));
    };
    let rows = &atlas.vessels.rows;
    let row = rows.iter().find(|row| row.id.as_str() == class);
    let row = row.ok_or_else(|| {
        Failure::argument(
            "--vessel",
            format!("the atlas has no vessel class `{class}`"),
            suggest::remedy(class, rows.iter().map(|row| row.id.as_str())),
        )
    })?;
    Ok(Vessel {
        loa_m: Some(row.loa_m),
        beam_m: Some(row.beam_m),
        draught_m: Some(row.draught_m),
        air_draught_m: row.air_draught_m,
    })
}

/// The ship in words; `None` if nothing is known of it.
pub(crate) fn vessel_in_words(vessel: &Vessel) -> Option<String> {
    let parts = [
        ("LOA", vessel.loa_m),
        ("beam", vessel.beam_m),
        ("draught", vessel.draught_m),
        ("air draught", vessel.air_draught_m),
    ];
    let words: Vec<String> = parts
        .into_iter()
        .filter_map(|(name, metres)| Some(format!("{name} {}", number::with_unit(metres?, "m"))))
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// Why there is no route, with the limits of the class: the ocean was only told that the passages
/// are closed.
pub(crate) fn why(error: &RouteError, too_shallow: &[TooShallow]) -> String {
    let RouteError::NoRoute { barred } = error else {
        return error.to_string();
    };
    let limits: Vec<&str> = too_shallow
        .iter()
        .filter(|passage| {
            barred
                .iter()
                .any(|b| b.passage == passage.id && b.allowed_m.is_none())
        })
        .map(|passage| passage.why.as_str())
        .collect();
    if limits.is_empty() {
        error.to_string()
    } else {
        format!("{error} ({})", limits.join("; "))
    }
}

/// Which passages are open and what is to be taken on the way.
pub(crate) struct Ways<'a> {
    pub(crate) ocean: &'a Ocean,
    pub(crate) gazetteer: &'a Gazetteer,
}

impl Ways<'_> {
    /// The options of a route.
    ///
    /// # Errors
    ///
    /// Wrong input for passages and places that are not known.
    pub(crate) fn options(&self, ship: &Ship, way: &WayArguments) -> Result<Options, Failure> {
        let mut options = self.closures(ship, &way.avoid, &way.open)?;
        for text in way.via.iter().flat_map(|list| split(list)) {
            let via = self
                .via(text)
                .map_err(|(message, remedy)| Failure::argument("--via", message, remedy))?;
            options.via.push(via);
        }
        Ok(options)
    }

    /// The ship and the passages of the arguments, without anything to be taken on the way.
    ///
    /// # Errors
    ///
    /// Wrong input for passages that are not known.
    pub(crate) fn closures(
        &self,
        ship: &Ship,
        avoid: &[String],
        open: &[String],
    ) -> Result<Options, Failure> {
        let too_shallow = ship.too_shallow(self.ocean);
        let shut = too_shallow.iter().fold(PassageSet::EMPTY, |set, passage| {
            set.with(PassageSet::one(passage.number))
        });
        Ok(Options {
            vessel: ship.vessel,
            avoid: self.passages("--avoid", avoid)?.with(shut),
            open: self.passages("--open", open)?,
            ..Options::default()
        })
    }

    /// The passages of an argument that may be given several times, each a list.
    ///
    /// # Errors
    ///
    /// Wrong input for a passage that is not known.
    fn passages(&self, argument: &str, lists: &[String]) -> Result<PassageSet, Failure> {
        lists.iter().try_fold(PassageSet::EMPTY, |set, list| {
            let more = self
                .set(list)
                .map_err(|(message, remedy)| Failure::argument(argument, message, remedy))?;
            Ok(set.with(more))
        })
    }

    /// The passages of a list, or what is wrong and what would be right.
    pub(crate) fn set(&self, list: &str) -> Result<PassageSet, (String, String)> {
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
            let remedy = suggest::remedy(id, known);
            (format!("there is no passage `{id}`"), remedy)
        })
    }

    /// A passage or a place on the way, or what is wrong and what would be right.
    pub(crate) fn via(&self, text: &str) -> Result<Via, (String, String)> {
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
                        suggest::remedy(text, known)
                    ),
                ))
            }
        }
    }

    /// A place as the ocean knows it, or what is wrong and what would be right.
    pub(crate) fn end(&self, place: &Place) -> Result<End, (String, String)> {
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
pub(crate) fn split(list: &str) -> impl Iterator<Item = &str> {
    list.split(';')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}
