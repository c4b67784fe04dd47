//! One replication: events in order of time, until the horizon.

mod agenda;
mod arrivals;
mod books;
mod calendar;
mod entity;
mod expectation;
mod lately;
mod observe;
mod outlook;
mod queue;
mod route;
mod service;
mod station;

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};

use agenda::{Agenda, What};
use arrivals::SourceState;
pub(crate) use entity::{Entity, MOST_HELD};
use entity::{Slab, State};
use expectation::Lane;
pub use observe::Happening;
pub(crate) use observe::{Nobody, Observe};
use station::StationState;

use crate::error::RunError;
use crate::luck::Luck;
use crate::plan::Plan;
use crate::record::Record;

/// Events between two looks at whether the run was cancelled.
const EVENTS_BETWEEN_LOOKS: u64 = 1 << 16;

/// The state of a replication. Its memory is used again for the next.
pub(crate) struct Engine<'p, O> {
    plan: &'p Plan,
    observer: O,
    luck: Luck,
    replication: u64,
    now_h: f64,
    agenda: Agenda,
    entities: Slab,
    stations: Vec<StationState>,
    sources: Vec<SourceState>,
    /// Entities that can go on at this moment, in the order in which they became able to.
    ready: VecDeque<u32>,
    events: u64,
    /// Stages passed at this moment.
    passed: u64,
    /// Grid of times at which queue lengths are noted: distance, number of times, times noted.
    grid: (f64, usize, usize),
    queues: Vec<u32>,
    /// Who would be served before somebody who asks, class by class.
    lanes: Vec<Lane>,
}

impl<'p, O: Observe> Engine<'p, O> {
    pub fn new(plan: &'p Plan, observer: O) -> Self {
        let model = plan.model();
        let grid = model.sample_every_h.map_or((0.0, 0), |every| {
            let count = (model.horizon_h.hours() / every.hours() * (1.0 + 1e-12)).floor();
            (every.hours(), count as usize + 1)
        });
        Self {
            plan,
            observer,
            luck: Luck::new(0, 0, false),
            replication: 0,
            now_h: 0.0,
            agenda: Agenda::default(),
            entities: Slab::default(),
            stations: model.stations.iter().map(|_| StationState::new()).collect(),
            sources: model
                .sources
                .iter()
                .map(|_| SourceState::default())
                .collect(),
            ready: VecDeque::new(),
            events: 0,
            passed: 0,
            grid: (grid.0, grid.1, 0),
            queues: Vec::new(),
            lanes: Vec::new(),
        }
    }

    pub fn into_observer(self) -> O {
        self.observer
    }

    /// Runs one replication to the horizon; none if it was cancelled on the way.
    pub fn run(
        &mut self,
        luck: Luck,
        replication: u64,
        cancelled: &AtomicBool,
    ) -> Result<Option<Record>, RunError> {
        self.begin(luck, replication);
        let horizon_h = self.plan.model().horizon_h.hours();
        let limit = self.plan.model().limits.events;
        let mut stopped = true;
        while let Some(event) = self.agenda.next() {
            if event.time_h > horizon_h {
                stopped = false;
                break;
            }
            if event.time_h > self.now_h {
                self.note_queues(event.time_h);
                self.now_h = event.time_h;
                self.passed = 0;
            }
            self.events += 1;
            if self.events > limit {
                let (replication, time_h) = (self.replication, self.now_h);
                return Err(RunError::TooManyEvents {
                    replication,
                    limit,
                    time_h,
                });
            }
            if self.events.is_multiple_of(EVENTS_BETWEEN_LOOKS) && cancelled.load(Ordering::Relaxed)
            {
                return Ok(None);
            }
            self.happen(event.what)?;
            while let Some(entity) = self.ready.pop_front() {
                self.go_on(entity)?;
            }
        }
        if stopped {
            self.check_deadlock()?;
        }
        self.note_queues(f64::INFINITY);
        self.now_h = horizon_h;
        self.close_books().map(Some)
    }

    fn begin(&mut self, luck: Luck, replication: u64) {
        (self.luck, self.replication) = (luck, replication);
        (self.now_h, self.events, self.passed, self.grid.2) = (0.0, 0, 0, 0);
        self.agenda.clear();
        self.entities.clear();
        self.ready.clear();
        self.queues.clear();
        self.queues.resize(self.grid.1 * self.stations.len(), 0);
        for station in 0..self.stations.len() as u32 {
            self.begin_calendar(station);
        }
        for source in 0..self.sources.len() as u32 {
            self.begin_source(source);
        }
        let warm_up_h = self.plan.model().warm_up_h.hours();
        if warm_up_h > 0.0 {
            self.agenda.add(warm_up_h, What::WarmedUp);
        }
    }

    #[inline]
    fn happen(&mut self, what: What) -> Result<(), RunError> {
        match what {
            What::Arrival { source } => self.arrive(source)?,
            What::Appears { entity } => self.appear(entity),
            What::Held { entity, turn } if self.entities[entity].turn == turn => {
                self.end_hold(entity)
            }
            What::Impatient { entity, turn } if self.entities[entity].turn == turn => {
                self.renege(entity)
            }
            What::Held { .. } | What::Impatient { .. } => {}
            What::Opening { station } => self.pass_edge(station),
            What::ChangeBegins { station, change } => self.set_change(station, change, true),
            What::ChangeEnds { station, change } => self.set_change(station, change, false),
            What::Machine { station, machine } => self.turn_machine(station, machine),
            What::Tick { station } => self.tick(station),
            What::Tide { station } => self.serve(station),
            What::WarmedUp => {
                self.stations
                    .iter_mut()
                    .for_each(|station| station.warmed_up(self.now_h));
                self.sources.iter_mut().for_each(SourceState::warmed_up);
            }
        }
        Ok(())
    }

    /// Notes the queue lengths at all times of the grid before a time.
    fn note_queues(&mut self, before_h: f64) {
        let (every_h, count, noted) = &mut self.grid;
        while *noted < *count && (*noted as f64) * *every_h < before_h {
            for (number, station) in self.stations.iter().enumerate() {
                self.queues[number * *count + *noted] = station.queue.length;
            }
            *noted += 1;
        }
    }
}
