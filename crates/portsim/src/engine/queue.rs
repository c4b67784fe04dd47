//! Queues: chains through the entities themselves, in order of rank, then of arrival.

use super::entity::{NONE, Slab};

/// Who waits for a station, in the order of service.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Queue {
    pub first: u32,
    last: u32,
    /// Entities in it.
    pub length: u32,
    /// Units that they ask for.
    pub units: u64,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            first: NONE,
            last: NONE,
            length: 0,
            units: 0,
        }
    }
}

impl Queue {
    /// Puts an entity behind everyone of its rank and below. Looks from the end, so that in a queue
    /// of one rank the place is found at once.
    pub fn add(&mut self, entities: &mut Slab, entity: u32) {
        let rank = entities[entity].rank;
        let (mut before, mut behind) = (self.last, NONE);
        while before != NONE && entities[before].rank > rank {
            behind = before;
            before = entities[before].before;
        }
        entities[entity].before = before;
        entities[entity].behind = behind;
        match before {
            NONE => self.first = entity,
            _ => entities[before].behind = entity,
        }
        match behind {
            NONE => self.last = entity,
            _ => entities[behind].before = entity,
        }
        self.length += 1;
        self.units += u64::from(entities[entity].asked);
    }

    pub fn remove(&mut self, entities: &mut Slab, entity: u32) {
        let (before, behind) = (entities[entity].before, entities[entity].behind);
        match before {
            NONE => self.first = behind,
            _ => entities[before].behind = behind,
        }
        match behind {
            NONE => self.last = before,
            _ => entities[behind].before = before,
        }
        self.length -= 1;
        self.units -= u64::from(entities[entity].asked);
    }
}
