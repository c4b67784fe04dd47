//! What the model asks of the ocean.
//!
//! Distances at sea come from an implementation of [`Sea`]: [`sealane::Ocean`] in every run, a
//! handful of hand-made distances in tests whose results are worked out by hand.

mod ocean;

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

/// A question about the ways between many pairs of ports, for ships that fit every passage that
/// is not closed.
#[derive(Clone, Debug, PartialEq)]
pub struct WaysQuery {
    /// Ports.
    pub ports: Vec<SeaEnd>,
    /// Pairs of ports, by their numbers in `ports`.
    pub pairs: Vec<(usize, usize)>,
    /// Passages that are closed.
    pub closed: Vec<String>,
    /// Passages that are open although they are closed by default.
    pub opened: Vec<String>,
}

/// A shortest way without its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeaWay {
    /// Length, nm.
    pub distance_nm: f64,
    /// Passages used: bit `i` stands for the `i`-th of [`SeaWays::passages`].
    pub passages: u128,
}

/// The answer to a [`WaysQuery`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeaWays {
    /// Passages by identifier, at most 128.
    pub passages: Vec<String>,
    /// A way for each pair; `None` where there is none.
    pub ways: Vec<Option<SeaWay>>,
}

/// Something that knows the ways over water.
pub trait Sea: Sync {
    /// The shortest ways between many pairs of ports.
    fn ways(&self, query: &WaysQuery) -> SeaWays {
        let mut answer = SeaWays::default();
        for &(from, to) in &query.pairs {
            let leg = self.leg(&SeaQuery {
                from: query.ports[from].clone(),
                to: query.ports[to].clone(),
                ship: ShipLimits::default(),
                closed: query.closed.clone(),
                opened: query.opened.clone(),
                limits: Vec::new(),
            });
            let way = leg.ok().map(|leg| SeaWay {
                distance_nm: leg.distance_nm,
                passages: leg
                    .passages
                    .iter()
                    .fold(0, |bits, id| bits | answer.bit(id)),
            });
            answer.ways.push(way);
        }
        answer
    }

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

impl SeaWays {
    /// The bit of a passage, which is added if it is new; none beyond the 128th.
    fn bit(&mut self, id: &str) -> u128 {
        let known = self.passages.iter().position(|p| p == id);
        let number = known.unwrap_or_else(|| {
            self.passages.push(id.to_owned());
            self.passages.len() - 1
        });
        u32::try_from(number).map_or(0, |n| 1u128.checked_shl(n).unwrap_or(0))
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
