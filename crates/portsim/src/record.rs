//! What one replication yields.

use serde::{Deserialize, Serialize};

use crate::tally::Durations;

/// What one replication yields. Stations and sources stand in the order of the model; what comes
/// before the end of the warm-up is left out, unless it is said otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Number of the replication, from 0.
    pub replication: u64,
    /// Events, warm-up included.
    pub events: u64,
    /// What each station has seen.
    pub stations: Vec<StationRecord>,
    /// What became of each source's entities.
    pub sources: Vec<SourceRecord>,
    /// Queue lengths on the grid of times, warm-up included: all times of the first station, then all
    /// of the second … Empty in an outcome unless [`crate::Settings::keep_details`] is set.
    pub queues: Vec<u32>,
    /// How well its books balance.
    pub certificate: Certificate,
}

impl Record {
    /// All durations, in a fixed order: waits of the stations, then times of the sources and of those
    /// that they have sent out.
    pub(crate) fn durations(&self) -> impl Iterator<Item = &Durations> {
        let waits = self.stations.iter().map(|station| &station.wait);
        waits.chain(
            self.sources
                .iter()
                .flat_map(|source| [&source.time, &source.sent_time]),
        )
    }

    pub(crate) fn durations_mut(&mut self) -> impl Iterator<Item = &mut Durations> {
        let waits = self.stations.iter_mut().map(|station| &mut station.wait);
        let times = self
            .sources
            .iter_mut()
            .flat_map(|source| [&mut source.time, &mut source.sent_time]);
        waits.chain(times)
    }
}

/// What a station has seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StationRecord {
    /// Entities that asked for it.
    pub asked: u64,
    /// Entities that got it.
    pub served: u64,
    /// Entities that did not begin to wait, because the queue or the expected wait was too long.
    pub balked: u64,
    /// Entities that began to wait and gave up.
    pub reneged: u64,
    /// Entities that were too large.
    pub too_large: u64,
    /// Waits of those that got it, from asking to getting, in hours; those that asked before the end
    /// of the warm-up are left out.
    pub wait: Durations,
    /// Mean number of entities waiting, over time.
    pub queue_mean: f64,
    /// Most entities waiting at the same time.
    pub queue_most: u32,
    /// Entities waiting at the end.
    pub queue_at_end: u32,
    /// Mean number of units in use (0 for slots), over time.
    pub used_mean: f64,
    /// Mean capacity over time: units, or slots in 24 hours.
    pub capacity_mean: f64,
}

impl StationRecord {
    /// Units in use over capacity; none for slots and for what was always closed.
    #[must_use]
    pub fn utilisation(&self) -> Option<f64> {
        (self.capacity_mean > 0.0 && self.used_mean > 0.0)
            .then(|| self.used_mean / self.capacity_mean)
    }
}

/// What became of a source's entities. Those that they send out count for the source as well, apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceRecord {
    /// Entities that came.
    pub came: u64,
    /// Entities that went to the end of their route.
    pub finished: u64,
    /// Entities that left instead of waiting.
    pub gave_up: u64,
    /// Entities sent out by them.
    pub sent: u64,
    /// Entities sent out that went to the end of their route.
    pub sent_finished: u64,
    /// Entities sent out that left instead of waiting.
    pub sent_gave_up: u64,
    /// Entities inside at the end, with those sent out.
    pub inside_at_end: u64,
    /// Times from coming to the end of the route in hours, without those sent out; those that came
    /// before the end of the warm-up are left out.
    pub time: Durations,
    /// The same for those sent out.
    pub sent_time: Durations,
}

/// What a replication proves about itself, warm-up included. Computed by adding up in two ways: over
/// entities, and over time.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// Entities that came and neither left nor are inside, and units in use that nobody holds: 0.
    pub missing: u64,
    /// Little's law: the largest difference between the time integral of a queue (or of units in
    /// use) and the sum of the waits (or of the holdings), as a part of either.
    pub little_residual: f64,
}
