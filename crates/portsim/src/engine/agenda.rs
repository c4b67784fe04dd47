//! What happens when: events in order of time, and of scheduling where times are equal.

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
    pub what: What,
    order: u64,
}

impl Event {
    #[inline]
    fn key(&self) -> u128 {
        u128::from(self.time_h.to_bits()) << 64 | u128::from(self.order)
    }

    #[inline]
    fn is_before(&self, other: &Self) -> bool {
        self.key() < other.key()
    }
}

/// Children of a place in the heap. Four make it half as high as two, and lie in one or two lines of
/// memory: M/M/4 and the example of two ports run a tenth faster than with the heap of the standard
/// library.
const CHILDREN: usize = 4;

/// The events to come: a heap whose first is the next.
#[derive(Debug, Default)]
pub(crate) struct Agenda {
    heap: Vec<Event>,
    scheduled: u64,
}

impl Agenda {
    pub fn clear(&mut self) {
        self.heap.clear();
        self.scheduled = 0;
    }

    #[inline]
    pub fn add(&mut self, time_h: f64, what: What) {
        let event = Event {
            time_h,
            what,
            order: self.scheduled,
        };
        self.scheduled += 1;
        let mut place = self.heap.len();
        self.heap.push(event);
        while place > 0 {
            let parent = (place - 1) / CHILDREN;
            if !event.is_before(&self.heap[parent]) {
                break;
            }
            self.heap[place] = self.heap[parent];
            place = parent;
        }
        self.heap[place] = event;
    }

    #[inline]
    pub fn next(&mut self) -> Option<Event> {
        let last = self.heap.pop()?;
        let Some(&next) = self.heap.first() else {
            return Some(last);
        };
        let (heap, mut place) = (self.heap.as_mut_slice(), 0);
        loop {
            let first = place * CHILDREN + 1;
            let Some(children) = heap.get(first..heap.len().min(first + CHILDREN)) else {
                break;
            };
            let mut least = 0;
            if let [a, b, c, d] = children {
                let (left, right) = (usize::from(b.is_before(a)), 2 + usize::from(d.is_before(c)));
                least = if children[right].is_before(&children[left]) {
                    right
                } else {
                    left
                };
            } else {
                for child in 1..children.len() {
                    if children[child].is_before(&children[least]) {
                        least = child;
                    }
                }
            }
            let Some(child) = children.get(least).filter(|child| child.is_before(&last)) else {
                break;
            };
            heap[place] = *child;
            place = first + least;
        }
        heap[place] = last;
        Some(next)
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

    #[test]
    fn events_come_in_the_order_of_time_while_others_are_added() {
        let mut agenda = Agenda::default();
        let mut random = crate::luck::Luck::new(1, 0, false).stream(1, 1);
        let mut taken = Vec::new();
        for round in 0..5_000 {
            let now = taken.last().copied().unwrap_or(0.0);
            for _ in 0..1 + round % 3 {
                agenda.add(now + (random.unit() * 20.0).floor(), What::WarmedUp);
            }
            taken.extend(agenda.next().map(|event| event.time_h));
        }
        taken.extend(std::iter::from_fn(|| {
            agenda.next().map(|event| event.time_h)
        }));
        assert_eq!(taken.len(), 9_999);
        assert!(taken.windows(2).all(|pair| pair[0] <= pair[1]));
    }
}
