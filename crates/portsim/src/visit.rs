//! A log told by entity: who asked for what, when, and how it ended.

use std::collections::HashMap;

use serde::Serialize;

use crate::engine::Happening;
use crate::log::{EntityName, Log};

/// An entity's visit to a station.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Visit {
    /// Who.
    pub entity: EntityName,
    /// Place of the station in the model.
    pub station: u32,
    /// When it asked, in hours.
    pub asked_h: f64,
    /// When it got what it had asked for, in hours.
    pub seized_h: Option<f64>,
    /// When it gave that back, or stopped waiting, in hours; slots are never given back.
    pub left_h: Option<f64>,
    /// How it ended.
    pub end: VisitEnd,
}

/// How a visit to a station ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitEnd {
    /// It waited at the horizon.
    Waiting,
    /// It got what it asked for.
    Served,
    /// It did not begin to wait.
    Balked,
    /// It gave up waiting.
    Reneged,
    /// It was too large.
    TooLarge,
}

impl VisitEnd {
    /// The word for it in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Served => "served",
            Self::Balked => "balked",
            Self::Reneged => "reneged",
            Self::TooLarge => "too_large",
        }
    }
}

impl Log {
    /// All visits to stations, in the order of asking. What an entity takes over from its sender it
    /// has not asked for, so that is no visit.
    #[must_use]
    pub fn visits(&self) -> Vec<Visit> {
        let mut visits: Vec<Visit> = Vec::new();
        // The visit that an entity is in the middle of, by entity and station.
        let mut open: HashMap<(u64, u32), usize> = HashMap::new();
        for entry in &self.entries {
            let Some(station) = entry.station else {
                continue;
            };
            let (entity, now_h, key) = (entry.entity, entry.time_h, (entry.entity.key, station));
            let visit = |end| Visit {
                entity,
                station,
                asked_h: now_h,
                seized_h: None,
                left_h: None,
                end,
            };
            match entry.what {
                Happening::Waits => {
                    open.insert(key, visits.len());
                    visits.push(visit(VisitEnd::Waiting));
                }
                Happening::Seized => {
                    let waiting = |place: &usize| visits[*place].end == VisitEnd::Waiting;
                    let place = open
                        .get(&key)
                        .copied()
                        .filter(waiting)
                        .unwrap_or(visits.len());
                    if place == visits.len() {
                        visits.push(visit(VisitEnd::Waiting));
                    }
                    open.insert(key, place);
                    (visits[place].seized_h, visits[place].end) = (Some(now_h), VisitEnd::Served);
                }
                Happening::Released => {
                    if let Some(place) = open.remove(&key) {
                        visits[place].left_h = Some(now_h);
                    }
                }
                Happening::Reneged => {
                    if let Some(place) = open.remove(&key) {
                        (visits[place].left_h, visits[place].end) =
                            (Some(now_h), VisitEnd::Reneged);
                    }
                }
                Happening::Balked => visits.push(Visit {
                    left_h: Some(now_h),
                    ..visit(VisitEnd::Balked)
                }),
                Happening::TooLarge => visits.push(Visit {
                    left_h: Some(now_h),
                    ..visit(VisitEnd::TooLarge)
                }),
                _ => {}
            }
        }
        visits
    }
}
