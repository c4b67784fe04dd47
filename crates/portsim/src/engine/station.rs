//! What a station is at the moment, and what it has seen.

use super::lately::Lately;
use super::queue::Queue;
use crate::model::Station;
use crate::record::StationRecord;
use crate::tally::Counting;

/// A station in the middle of a replication.
#[derive(Clone, Debug)]
pub(crate) struct StationState {
    pub queue: Queue,
    /// Units held.
    pub in_use: u64,
    /// Units that can be seized, held ones included.
    pub capacity: u64,
    /// Units whose work goes on.
    pub working: u64,
    /// Slots in 24 hours.
    pub slots_per_day: f64,
    pub is_slots: bool,
    /// Slots that can be taken at this tick.
    pub slots: u32,
    /// Slots of this tick that each quota still allows.
    pub quotas: Vec<u32>,
    /// Part of a slot left over for the next tick.
    pub slot_part: f64,
    pub open: bool,
    /// Next edge of the opening hours: period and place in it.
    pub edge: (u64, usize),
    pub edge_h: f64,
    pub changes: Vec<ChangeState>,
    pub machines: Vec<MachineState>,
    /// Who is in a hold that is this station's work, in the order of beginning; only kept where work
    /// can stand still.
    pub holding: Vec<u32>,
    /// How many of them stand still.
    pub paused: u32,
    /// When the tide lets somebody in, if that is scheduled.
    pub tide_h: f64,
    /// Who has been coming lately, class by class, best first; only kept where somebody asks.
    pub lately: Vec<Lately>,
    pub seen: Seen,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct ChangeState {
    pub active: bool,
    pub until_h: f64,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct MachineState {
    pub down: bool,
    /// Failures and repairs so far.
    pub turns: u64,
}

/// What a station has seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub asked: u64,
    pub served: u64,
    pub balked: u64,
    pub reneged: u64,
    pub too_large: u64,
    pub wait: Counting,
    pub queue_most: u32,
    changed_h: f64,
    /// Time integrals from the beginning: waiting entities, units in use, capacity.
    queue_area: f64,
    used_area: f64,
    capacity_area: f64,
    /// The same at the end of the warm-up.
    queue_before: f64,
    used_before: f64,
    capacity_before: f64,
    /// Sum of all waits, however they ended.
    pub waited_h: f64,
    /// Sum of units × time held, and of units, of everything given back.
    pub held_unit_h: f64,
    pub held_units: u64,
}

impl Seen {
    fn begin(&mut self) {
        let mut wait = std::mem::take(&mut self.wait);
        wait.clear();
        *self = Self {
            wait,
            ..Self::default()
        };
    }
}

impl StationState {
    pub fn new() -> Self {
        Self {
            queue: Queue::default(),
            in_use: 0,
            capacity: 0,
            working: 0,
            slots_per_day: 0.0,
            is_slots: false,
            slots: 0,
            quotas: Vec::new(),
            slot_part: 0.0,
            open: true,
            edge: (0, 0),
            edge_h: f64::INFINITY,
            changes: Vec::new(),
            machines: Vec::new(),
            holding: Vec::new(),
            paused: 0,
            tide_h: f64::NEG_INFINITY,
            lately: Vec::new(),
            seen: Seen::default(),
        }
    }

    /// Begins a replication, in the same memory.
    pub fn begin(&mut self) {
        self.queue = Queue::default();
        (self.in_use, self.capacity, self.working) = (0, 0, 0);
        (self.slots, self.paused) = (0, 0);
        (self.slots_per_day, self.slot_part) = (0.0, 0.0);
        (self.open, self.edge, self.edge_h) = (true, (0, 0), f64::INFINITY);
        self.tide_h = f64::NEG_INFINITY;
        self.quotas.clear();
        self.changes.clear();
        self.machines.clear();
        self.holding.clear();
        self.lately.clear();
        self.seen.begin();
    }

    /// The most draught of those who come now, m.
    pub fn draught_limit_m(&self, model: &Station) -> f64 {
        let own_m = model.max_draught_m.unwrap_or(f64::INFINITY);
        let changes = model.changes.iter().zip(&self.changes);
        let limits = changes.filter(|(_, state)| state.active);
        limits.fold(own_m, |least, (change, _)| {
            least.min(change.max_draught_m.unwrap_or(f64::INFINITY))
        })
    }

    /// By how much everything takes longer that begins now, h.
    pub fn longer_h(&self, model: &Station) -> f64 {
        let changes = model.changes.iter().zip(&self.changes);
        let active = changes.filter(|(_, state)| state.active);
        let longer = active.filter_map(|(change, _)| change.longer_h);
        longer.map(|hours| hours.hours()).sum()
    }

    /// Adds to the integrals what has passed since the last change. To be called before each change
    /// of the queue, of what is in use, or of the capacity.
    #[inline]
    pub fn settle(&mut self, now_h: f64) {
        let passed = now_h - self.seen.changed_h;
        if passed > 0.0 {
            let capacity = if self.is_slots {
                self.slots_per_day
            } else {
                self.capacity as f64
            };
            self.seen.queue_area += passed * f64::from(self.queue.length);
            self.seen.used_area += passed * self.in_use as f64;
            self.seen.capacity_area += passed * capacity;
            self.seen.changed_h = now_h;
        }
    }

    /// The warm-up is over: counts begin again, integrals are measured from here.
    pub fn warmed_up(&mut self, now_h: f64) {
        self.settle(now_h);
        let seen = &mut self.seen;
        (
            seen.asked,
            seen.served,
            seen.balked,
            seen.reneged,
            seen.too_large,
        ) = (0, 0, 0, 0, 0);
        seen.queue_most = self.queue.length;
        seen.queue_before = seen.queue_area;
        seen.used_before = seen.used_area;
        seen.capacity_before = seen.capacity_area;
    }

    /// Largest difference of Little's law as a part: `waiting_h` and `holding_unit_h` are what those
    /// inside have waited and held so far.
    pub fn little_residual(&self, waiting_h: f64, holding_unit_h: f64) -> f64 {
        let part = |over_time: f64, over_entities: f64| {
            let scale = over_time.abs().max(over_entities.abs());
            if scale < 1e-9 {
                0.0
            } else {
                (over_time - over_entities).abs() / scale
            }
        };
        let queue = part(self.seen.queue_area, self.seen.waited_h + waiting_h);
        let used = part(self.seen.used_area, self.seen.held_unit_h + holding_unit_h);
        queue.max(used)
    }

    pub fn record(&self, counted_h: f64) -> StationRecord {
        let seen = &self.seen;
        let mean = |area: f64, before: f64| {
            if counted_h > 0.0 {
                (area - before) / counted_h
            } else {
                0.0
            }
        };
        StationRecord {
            asked: seen.asked,
            served: seen.served,
            balked: seen.balked,
            reneged: seen.reneged,
            too_large: seen.too_large,
            wait: seen.wait.finish(),
            queue_mean: mean(seen.queue_area, seen.queue_before),
            queue_most: seen.queue_most,
            queue_at_end: self.queue.length,
            used_mean: mean(seen.used_area, seen.used_before),
            capacity_mean: mean(seen.capacity_area, seen.capacity_before),
        }
    }
}
