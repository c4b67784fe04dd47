//! What happened to each entity of a run, told from the engine's log.

use std::collections::HashMap;

use portsim::{EntityName, Happening, Log, VisitEnd};

use super::compile::SourceOf;
use super::flow::{Act, Flow, Occasion, Rule};

/// An entity from coming to leaving.
#[derive(Clone, Debug)]
pub(super) struct Life {
    pub(super) name: EntityName,
    pub(super) of: SourceOf,
    pub(super) came_h: f64,
    pub(super) end: LifeEnd,
    pub(super) stays: Vec<Stay>,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum LifeEnd {
    Inside,
    Finished(f64),
    GaveUp,
}

/// A visit to a station.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stay {
    pub(super) station: usize,
    pub(super) asked_h: f64,
    pub(super) seized_h: Option<f64>,
    /// When it stopped waiting without getting the station.
    pub(super) gave_way_h: Option<f64>,
    pub(super) end: VisitEnd,
}

impl Stay {
    /// From when to when it waited; until the horizon if it still does.
    pub(super) fn waiting(&self, horizon_h: f64) -> (f64, f64) {
        let until = self.seized_h.or(self.gave_way_h);
        (self.asked_h, until.unwrap_or(horizon_h))
    }
}

/// All entities of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct Lives {
    pub(super) all: Vec<Life>,
    by_name: HashMap<EntityName, usize>,
}

impl Lives {
    pub(super) fn of(log: &Log, sources: &[SourceOf]) -> Lives {
        let mut lives = Lives::default();
        for entry in &log.entries {
            match entry.what {
                Happening::Came => {
                    lives.by_name.insert(entry.entity, lives.all.len());
                    lives.all.push(Life {
                        name: entry.entity,
                        of: sources[entry.entity.source as usize],
                        came_h: entry.time_h,
                        end: LifeEnd::Inside,
                        stays: Vec::new(),
                    });
                }
                Happening::Finished | Happening::GaveUp => {
                    if let Some(&place) = lives.by_name.get(&entry.entity) {
                        lives.all[place].end = if entry.what == Happening::Finished {
                            LifeEnd::Finished(entry.time_h)
                        } else {
                            LifeEnd::GaveUp
                        };
                    }
                }
                _ => {}
            }
        }
        for visit in log.visits() {
            if let Some(&place) = lives.by_name.get(&visit.entity) {
                lives.all[place].stays.push(Stay {
                    station: visit.station as usize,
                    asked_h: visit.asked_h,
                    seized_h: visit.seized_h,
                    gave_way_h: visit.left_h.filter(|_| visit.seized_h.is_none()),
                    end: visit.end,
                });
            }
        }
        lives
    }

    /// The same entity of another run.
    pub(super) fn twin(&self, name: &EntityName) -> Option<&Life> {
        self.by_name.get(name).map(|&place| &self.all[place])
    }
}

impl Life {
    /// The rules by which it decided, in order.
    pub(super) fn rules<'f>(&'f self, flow: &'f Flow) -> impl Iterator<Item = &'f Rule> {
        self.stays.iter().filter_map(move |stay| {
            let occasion = match stay.end {
                VisitEnd::Balked => Occasion::Arrival,
                VisitEnd::Reneged => Occasion::Wait,
                VisitEnd::TooLarge => Occasion::TooDeep,
                _ => return None,
            };
            let mut visits = flow.visits.iter();
            let visit = visits.find(|visit| visit.stations().any(|ix| ix == stay.station))?;
            let mut rules = visit.rules.iter();
            rules.find(|rule| rule.when.occasion() == occasion)
        })
    }

    /// Whether it decided in a way.
    pub(super) fn did(&self, flow: &Flow, what: fn(&Act) -> bool) -> bool {
        self.rules(flow).any(|rule| what(&rule.act))
    }

    /// Whether it went another way, to another station, or gave up.
    pub(super) fn turned_away(&self, flow: &Flow) -> bool {
        self.of.avoids.is_some()
            || self.end == LifeEnd::GaveUp
            || self.did(flow, |act| {
                matches!(act, Act::Reroute(..) | Act::Divert(..))
            })
    }
}
