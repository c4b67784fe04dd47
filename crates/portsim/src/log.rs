//! Everything that happens in one replication, for replay.

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use crate::engine::{Engine, Entity, Happening, Observe};
use crate::error::RunError;
use crate::luck::Luck;
use crate::plan::Plan;
use crate::record::Record;
use crate::run::Settings;

/// Everything that happened in one replication, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Log {
    /// What happened to entities.
    pub entries: Vec<Entry>,
    /// Capacities from the time on at which they changed: time in hours, place of the station in the
    /// model, units or slots in 24 hours.
    pub capacities: Vec<(f64, u32, f64)>,
}

/// Something that happened to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// When, in hours.
    pub time_h: f64,
    /// To whom.
    pub entity: EntityName,
    /// What.
    pub what: Happening,
    /// Place of the station in the model, if one is concerned.
    pub station: Option<u32>,
}

/// Who an entity is. The same entity has the same name in every scenario with the same seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct EntityName {
    /// Place of its source in the model.
    pub source: u32,
    /// Number among those of the source, from 0; of one that was sent out, the number of the sender.
    pub number: u64,
    /// A number of its own, different for each entity of a replication.
    pub key: u64,
    /// Whether another entity sent it out.
    pub sent: bool,
}

impl Observe for Log {
    fn entity(
        &mut self,
        time_h: f64,
        _: u32,
        entity: &Entity,
        what: Happening,
        station: Option<u32>,
    ) {
        let Entity {
            source,
            number,
            key,
            sent,
            ..
        } = *entity;
        self.entries.push(Entry {
            time_h,
            entity: EntityName {
                source,
                number,
                key,
                sent,
            },
            what,
            station,
        });
    }

    fn capacity(&mut self, time_h: f64, station: u32, capacity: f64) {
        let before = self
            .capacities
            .iter()
            .rev()
            .find(|(_, known, _)| *known == station);
        if before.is_none_or(|(_, _, before)| *before != capacity) {
            self.capacities.push((time_h, station, capacity));
        }
    }
}

/// Runs one replication again, with the luck that it has in [`crate::simulate`], and notes everything.
///
/// # Errors
///
/// Those of the replication.
pub fn replay(plan: &Plan, settings: &Settings, replication: u64) -> Result<Log, RunError> {
    observe(plan, settings, replication).map(|(_, log)| log)
}

/// As [`replay`], with the record of the replication and its certificate.
///
/// # Errors
///
/// Those of the replication.
pub fn observe(
    plan: &Plan,
    settings: &Settings,
    replication: u64,
) -> Result<(Record, Log), RunError> {
    let luck = Luck::new(settings.seed, replication, settings.antithetic);
    let mut engine = Engine::new(plan, Log::default());
    let record = engine.run(luck, replication, &AtomicBool::new(false))?;
    // Only a cancelled replication has no record, and nobody can cancel this one.
    let record = record.ok_or_else(|| RunError::Books {
        replication,
        what: "no record".to_owned(),
    })?;
    Ok((record, engine.into_observer()))
}
