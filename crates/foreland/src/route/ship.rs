//! The ship of a question: a class of the atlas, single dimensions, or both.

use sealane::passage::{Barred, Kind};
use sealane::{Ocean, RouteError, Vessel};

use super::RouteFault;
use crate::atlas::Atlas;
use crate::names;
use crate::number;

/// The ship, as it was written. Passages that are too small for it are closed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShipSpec {
    /// Vessel class of the atlas.
    pub class: Option<String>,
    /// Length over all, m.
    pub loa_m: Option<f64>,
    /// Beam, m.
    pub beam_m: Option<f64>,
    /// Draught, m.
    pub draught_m: Option<f64>,
    /// Height above water, m.
    pub air_draught_m: Option<f64>,
}

/// A dimension's argument, value, and the largest that any ship has, metres.
type Dimension = (&'static str, Option<f64>, f64);

/// A ship and how far it is held against limits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ship {
    /// What every passage and channel is held against.
    pub vessel: Vessel,
    /// The draught of a vessel class, m. Approach channels are not held against it: ships of the
    /// class enter light or with the tide. A draught that is given is held against all.
    pub class_draught_m: Option<f64>,
}

/// A passage that the draught of a class keeps a ship out of, with the limit in words.
#[derive(Clone, Debug, PartialEq)]
pub struct TooShallow {
    /// Number of the passage in the ocean.
    pub number: usize,
    /// Identifier of the passage.
    pub id: String,
    /// The limit in words.
    pub why: String,
    /// Draught that the passage takes, m.
    pub allowed_m: f64,
    /// Draught of the class, m.
    pub asked_m: f64,
}

impl Ship {
    /// All that is known of the ship.
    pub fn dimensions(&self) -> Vessel {
        Vessel {
            draught_m: self.vessel.draught_m.or(self.class_draught_m),
            ..self.vessel
        }
    }

    /// The ship in words; `None` if nothing is known of it.
    pub fn in_words(&self) -> Option<String> {
        let vessel = self.dimensions();
        let parts = [
            ("LOA", vessel.loa_m),
            ("beam", vessel.beam_m),
            ("draught", vessel.draught_m),
            ("air draught", vessel.air_draught_m),
        ];
        let words: Vec<String> = parts
            .into_iter()
            .filter_map(|(name, m)| Some(format!("{name} {}", number::with_unit(m?, "m"))))
            .collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// What bars the ship, with the limits of its class: the ocean was only told that those
    /// passages are closed.
    pub(super) fn with_limits(
        &self,
        mut barred: Vec<Barred>,
        too_shallow: &[TooShallow],
    ) -> Vec<Barred> {
        for one in barred.iter_mut().filter(|one| one.allowed_m.is_none()) {
            if let Some(shallow) = too_shallow.iter().find(|s| s.id == one.passage) {
                one.limit = "draught";
                one.allowed_m = Some(shallow.allowed_m);
                one.asked_m = Some(shallow.asked_m);
            }
        }
        barred
    }

    /// Passages, approach channels left out, that are too shallow for the class.
    pub fn too_shallow(&self, ocean: &Ocean) -> Vec<TooShallow> {
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
                    allowed_m,
                    asked_m,
                })
            })
            .collect()
    }
}

impl ShipSpec {
    /// The ship: the class with single dimensions changed.
    ///
    /// # Errors
    ///
    /// [`RouteFault::Argument`] for a class that the atlas does not have and for dimensions that no ship has.
    pub fn resolve(&self, atlas: Option<&Atlas>) -> Result<Ship, RouteFault> {
        let dimensions: [Dimension; 4] = [
            ("loa", self.loa_m, 500.0),
            ("beam", self.beam_m, 100.0),
            ("draught", self.draught_m, 30.0),
            ("air-draught", self.air_draught_m, 100.0),
        ];
        for (name, value, largest) in dimensions {
            if let Some(metres) = value
                && !(metres > 0.0 && metres <= largest)
            {
                return Err(RouteFault::argument(
                    name,
                    format!("{metres} m is no ship's"),
                    format!("give metres, above 0 and at most {largest}"),
                ));
            }
        }
        let class = match &self.class {
            Some(class) => class_dimensions(class, atlas)?,
            None => Vessel::default(),
        };
        let vessel = Vessel {
            loa_m: self.loa_m.or(class.loa_m),
            beam_m: self.beam_m.or(class.beam_m),
            draught_m: self.draught_m,
            air_draught_m: self.air_draught_m.or(class.air_draught_m),
        };
        Ok(Ship {
            vessel,
            class_draught_m: class.draught_m.filter(|_| self.draught_m.is_none()),
        })
    }
}

fn class_dimensions(class: &str, atlas: Option<&Atlas>) -> Result<Vessel, RouteFault> {
    let Some(atlas) = atlas else {
        return Err(RouteFault::argument(
            "vessel",
            "vessel classes stand in the atlas, and there is none here",
            "name the folder of an atlas, or give LOA, beam and draught",
        ));
    };
    let rows = &atlas.vessels.rows;
    let row = rows.iter().find(|row| row.id.as_str() == class);
    let row = row.ok_or_else(|| {
        RouteFault::argument(
            "vessel",
            format!("the atlas has no vessel class `{class}`"),
            names::remedy(class, rows.iter().map(|row| row.id.as_str())),
        )
    })?;
    Ok(Vessel {
        loa_m: Some(row.loa_m),
        beam_m: Some(row.beam_m),
        draught_m: Some(row.draught_m),
        air_draught_m: row.air_draught_m,
    })
}

/// Why there is no route, with the limits of the class: the ocean was only told that the passages
/// are closed.
pub fn why(error: &RouteError, too_shallow: &[TooShallow]) -> String {
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
