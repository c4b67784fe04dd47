//! Watching what happens in a replication.

use serde::{Deserialize, Serialize};

use super::entity::Entity;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// The entity came.
    Came,
    /// It was sent out by another one.
    Sent,
    /// It began to wait for a station.
    Waits,
    /// It got a part of a station.
    Seized,
    /// It gave back its part of a station.
    Released,
    /// It began a hold.
    Holds,
    /// Its work stood still.
    Paused,
    /// Its work went on.
    Resumed,
    /// It did not begin to wait.
    Balked,
    /// It gave up waiting.
    Reneged,
    /// It was too large for a station.
    TooLarge,
    /// It went to the end of its route.
    Finished,
    /// It left instead of waiting.
    GaveUp,
}

/// Somebody who is told of everything that happens. The default is nobody, and costs nothing.
pub(crate) trait Observe {
    /// An entity does something, at a station if one is named.
    fn entity(
        &mut self,
        time_h: f64,
        place: u32,
        entity: &Entity,
        what: Happening,
        station: Option<u32>,
    );
    /// The capacity of a station is now so many units, or slots in 24 hours.
    fn capacity(&mut self, time_h: f64, station: u32, capacity: f64);
}

/// Nobody.
pub(crate) struct Nobody;

impl Observe for Nobody {
    #[inline]
    fn entity(&mut self, _: f64, _: u32, _: &Entity, _: Happening, _: Option<u32>) {}
    #[inline]
    fn capacity(&mut self, _: f64, _: u32, _: f64) {}
}
