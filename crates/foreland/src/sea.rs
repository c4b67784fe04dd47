//! What the model asks of the ocean.
//!
//! Distances at sea come from an implementation of [`Sea`]: [`sealane::Ocean`] in every run, a
//! handful of hand-made distances in tests whose results are worked out by hand.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::findings::{InputFile, Software};
use crate::world::{ShipLimits, World};

/// One end of a sea leg.
#[derive(Clone, Debug, PartialEq)]
pub struct SeaEnd {
    /// UN/LOCODE, if it is a port.
    pub unlocode: Option<String>,
    /// Longitude, degrees.
    pub lon_deg: f64,
    /// Latitude, degrees.
    pub lat_deg: f64,
}

/// A question to the ocean.
#[derive(Clone, Debug, PartialEq)]
pub struct SeaQuery {
    /// Start.
    pub from: SeaEnd,
    /// End.
    pub to: SeaEnd,
    /// Size of the ship.
    pub ship: ShipLimits,
    /// Passages that a change closed.
    pub closed: Vec<String>,
    /// Passages that a change opened although they are closed by default.
    pub opened: Vec<String>,
    /// Limits that a change moved.
    pub limits: Vec<(String, ShipLimits)>,
}

/// The shortest way over water.
#[derive(Clone, Debug, PartialEq)]
pub struct SeaLeg {
    /// Length, nm.
    pub distance_nm: f64,
    /// Passages used, by identifier, in order.
    pub passages: Vec<String>,
    /// `[lon_deg, lat_deg]` along the way; longitudes run on beyond ±180°.
    pub line: Vec<[f64; 2]>,
    /// Distance from the start to the water, nm.
    pub snap_from_nm: f64,
    /// Distance from the water to the end, nm.
    pub snap_to_nm: f64,
}

/// Something that knows the ways over water.
pub trait Sea: Sync {
    /// The shortest way, or a sentence that says why there is none.
    ///
    /// # Errors
    ///
    /// The reason for which no way exists, such as the limit that barred the ship.
    fn leg(&self, query: &SeaQuery) -> Result<SeaLeg, String>;

    /// The data that the ways come from, for the provenance of a run.
    fn inputs(&self) -> Vec<InputFile>;

    /// The software that computes them.
    fn software(&self) -> Vec<Software>;
}

/// Points of a line on the map lie no further apart than this.
const LINE_SPACING_NM: f64 = 100.0;

impl Sea for sealane::Ocean {
    fn leg(&self, query: &SeaQuery) -> Result<SeaLeg, String> {
        let too_small = self.too_small(query);
        let named = |ids: &[String]| {
            ids.iter()
                .filter_map(|id| self.passage(id))
                .fold(sealane::PassageSet::EMPTY, sealane::PassageSet::with)
        };
        let barred = too_small
            .iter()
            .map(|(number, _)| sealane::PassageSet::one(*number))
            .fold(named(&query.closed), sealane::PassageSet::with);
        let options = sealane::Options {
            avoid: barred,
            open: named(&query.opened),
            ..sealane::Options::default()
        };
        let from = self.end(&query.from)?;
        let to = self.end(&query.to)?;
        let route = self
            .route(from, to, &options)
            .map_err(|error| why(&error, &too_small))?;
        let spacing = sealane::NauticalMiles::new(LINE_SPACING_NM).unwrap_or_default();
        Ok(SeaLeg {
            distance_nm: route.distance.nm(),
            passages: route.passages().map(str::to_owned).collect(),
            line: route.unwrapped(spacing),
            snap_from_nm: route.snap_from.nm(),
            snap_to_nm: route.snap_to.nm(),
        })
    }

    fn inputs(&self) -> Vec<InputFile> {
        let about: Vec<String> = self
            .about()
            .iter()
            .map(|(what, value)| format!("{what} {value}"))
            .collect();
        let text = about.join("\n");
        vec![InputFile {
            role: "ocean".to_owned(),
            name: "embedded data of sealane, by its description".to_owned(),
            rows: None,
            bytes: text.len() as u64,
            blake3: blake3::hash(text.as_bytes()).to_hex().to_string(),
        }]
    }

    fn software(&self) -> Vec<Software> {
        vec![Software {
            name: "sealane".to_owned(),
            // The crates of the workspace share one version.
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }]
    }
}

/// The ocean's reason, with the limits that bar the ship: the ocean itself was only told that
/// those passages are closed.
fn why(error: &sealane::RouteError, too_small: &[(usize, String)]) -> String {
    let sealane::RouteError::NoRoute { barred } = error else {
        return error.to_string();
    };
    let limits: Vec<&str> = too_small
        .iter()
        .map(|(_, why)| why.as_str())
        .filter(|why| {
            barred
                .iter()
                .any(|b| why.starts_with(&format!("{} ", b.passage)))
        })
        .collect();
    if limits.is_empty() {
        error.to_string()
    } else {
        format!("{error} ({})", limits.join("; "))
    }
}

/// What the ocean's answers need beside the ocean.
trait Constraints {
    fn end(&self, end: &SeaEnd) -> Result<sealane::End, String>;
    fn too_small(&self, query: &SeaQuery) -> Vec<(usize, String)>;
}

impl Constraints for sealane::Ocean {
    fn end(&self, end: &SeaEnd) -> Result<sealane::End, String> {
        let port = end.unlocode.as_deref().and_then(|code| self.port(code));
        match port {
            Some(port) => Ok(sealane::End::Port(port)),
            None => sealane::LonLat::new(end.lon_deg, end.lat_deg)
                .map(sealane::End::Point)
                .map_err(|error| error.to_string()),
        }
    }

    /// Passages that the ship does not fit, with the reason. Approach channels are left out: a
    /// service that calls at a port proves that its ships get there, light or with the tide, and
    /// terminals carry the limits of bulk ships.
    fn too_small(&self, query: &SeaQuery) -> Vec<(usize, String)> {
        let ship = sealane::Vessel {
            loa_m: query.ship.loa_m,
            beam_m: query.ship.beam_m,
            draught_m: query.ship.draught_m,
            air_draught_m: query.ship.air_draught_m,
        };
        self.passages()
            .iter()
            .enumerate()
            .filter(|(_, passage)| passage.kind != sealane::passage::Kind::Channel)
            .filter_map(|(number, passage)| {
                let moved = query.limits.iter().find(|(id, _)| *id == passage.id);
                let limits = moved.map_or(passage.limits, |(_, limits)| sealane::passage::Limits {
                    loa_m: limits.loa_m,
                    beam_m: limits.beam_m,
                    draught_m: limits.draught_m,
                    air_draught_m: limits.air_draught_m,
                });
                let (what, allowed, asked) = limits.exceeded_by(&ship)?;
                let why = format!(
                    "{} takes {what} {allowed} m, the ship has {asked} m",
                    passage.id
                );
                Some((number, why))
            })
            .collect()
    }
}

/// Remembers answers: worlds of a study differ in few legs.
pub(crate) struct SeaCache<'a> {
    sea: &'a dyn Sea,
    known: Mutex<HashMap<String, Result<Arc<SeaLeg>, String>>>,
}

impl<'a> SeaCache<'a> {
    pub(crate) fn new(sea: &'a dyn Sea) -> Self {
        SeaCache {
            sea,
            known: Mutex::new(HashMap::new()),
        }
    }

    pub(crate) fn leg(&self, query: &SeaQuery) -> Result<Arc<SeaLeg>, String> {
        let key = format!("{query:?}");
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(answer) = known.get(&key) {
            return answer.clone();
        }
        let answer = self.sea.leg(query).map(Arc::new);
        known.insert(key, answer.clone());
        answer
    }
}

impl World {
    /// A question about a leg in this world: its passages, their limits.
    pub(crate) fn sea_query(&self, from: SeaEnd, to: SeaEnd, ship: ShipLimits) -> SeaQuery {
        let ids = |keep: fn(&crate::world::Passage) -> bool| {
            self.passages
                .iter()
                .filter(|p| keep(p))
                .map(|p| p.id.clone())
                .collect()
        };
        SeaQuery {
            from,
            to,
            ship,
            closed: ids(|p| p.open_by_default && !p.open),
            opened: ids(|p| !p.open_by_default && p.open),
            limits: self
                .passages
                .iter()
                .filter(|p| p.limits != p.atlas_limits)
                .map(|p| (p.id.clone(), p.limits))
                .collect(),
        }
    }

    /// A port as an end of a leg.
    pub(crate) fn sea_end(&self, port: crate::world::PortIx) -> SeaEnd {
        let port = self.port_at(port);
        SeaEnd {
            unlocode: Some(port.unlocode.clone()),
            lon_deg: port.lon_deg,
            lat_deg: port.lat_deg,
        }
    }
}
