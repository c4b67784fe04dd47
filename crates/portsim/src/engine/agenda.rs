//! What happens when: events in order of time, and of scheduling where times are equal.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// What happens at an event. Numbers are places in the lists of the plan or of the slab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// A source sends the next entity.
    Arrival { source: u32 },
    /// An entity that was late appears.
    Appears { entity: u32 },
    /// An entity has held long enough, if it is still at this turn of its life.
    Held { entity: u32, turn: u32 },
    /// An entity loses patience, if it is still at this turn of its life.
    Impatient { entity: u32, turn: u32 },
    /// A station opens or closes.
    Opening { station: u32 },
    /// A change of capacity begins.
    ChangeBegins { station: u32, change: u32 },
    /// A change of capacity ends.
    ChangeEnds { station: u32, change: u32 },
    /// A machine fails or is repaired.
    Machine { station: u32, machine: u32 },
    /// Slots are given out.
    Tick { station: u32 },
    /// The tide lets somebody in who waits.
    Tide { station: u32 },
    /// Counting begins.
    WarmedUp,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    pub time_h: f64,
    order: u64,
    pub what: What,
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Event {}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Reversed, because the heap gives the greatest first.
impl Ord for Event {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .time_h
            .total_cmp(&self.time_h)
            .then(other.order.cmp(&self.order))
    }
}

/// The events to come.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    heap: BinaryHeap<Event>,
    scheduled: u64,
}

impl Agenda {
    pub fn clear(&mut self) {
        self.heap.clear();
        self.scheduled = 0;
    }

    #[inline]
    pub fn add(&mut self, time_h: f64, what: What) {
        self.heap.push(Event {
            time_h,
            order: self.scheduled,
            what,
        });
        self.scheduled += 1;
    }

    #[inline]
    pub fn next(&mut self) -> Option<Event> {
        self.heap.pop()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_one_time_come_in_the_order_of_scheduling() {
        let mut agenda = Agenda::default();
        let times = [2.0, 1.0, 2.0, 0.0, 1.0];
        for (source, time) in times.into_iter().enumerate() {
            agenda.add(
                time,
                What::Arrival {
                    source: source as u32,
                },
            );
        }
        let order: Vec<What> =
            std::iter::from_fn(|| agenda.next().map(|event| event.what)).collect();
        assert_eq!(
            order,
            [3, 1, 4, 0, 2].map(|source| What::Arrival { source })
        );
    }
}
