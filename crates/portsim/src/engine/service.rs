//! Seizing, waiting, holding, releasing.

use super::agenda::What;
use super::entity::NONE;
use super::expectation::Asker;
use super::{Engine, Happening, Observe, State};
use crate::luck::Stream;
use crate::model::{Discipline, Kind, Units};
use crate::plan::{Jump, SeizeStep, Step};

/// Whether somebody who asks can begin.
enum Admission {
    Begins,
    /// There is not enough left.
    NoRoom,
    /// What there is, is not for this one now: the tide is too low, or the quota is used up.
    Barred,
}

impl<O: Observe> Engine<'_, O> {
    /// Asks for a part of a station. True if the entity goes on at once: with what it asked for, or
    /// on another way.
    pub(super) fn seize(&mut self, place: u32, seize: &SeizeStep) -> bool {
        let number = seize.station as usize;
        let model = self.plan.station_model(seize.station);
        self.stations[number].seen.asked += 1;
        let entity = &mut self.entities[place];
        entity.asked = match seize.units {
            Units::Count(count) => count,
            Units::Length { gap_m } => ((f64::from(entity.length_m) + gap_m).ceil() as u32).max(1),
        };
        let draught_m = seize.draught_m.unwrap_or(f64::from(entity.draught_m));
        let too_deep = draught_m > self.stations[number].draught_limit_m(model);
        let too_long = model
            .max_length_m
            .is_some_and(|most| f64::from(entity.length_m) > most);
        let never_afloat = model.tide.is_some_and(|tide| {
            draught_m + tide.clearance_m > tide.mean_depth_m + tide.amplitude_m
        });
        if too_deep
            || too_long
            || never_afloat
            || u64::from(entity.asked) > self.plan.stations[number].most_units
        {
            self.stations[number].seen.too_large += 1;
            return self.turn_away(place, seize.station, Happening::TooLarge, seize.too_large);
        }
        entity.since_h = self.now_h;
        let free = self.stations[number].queue.length == 0;
        if free && matches!(self.admission(place, seize.station), Admission::Begins) {
            self.note_asking(place, seize.station);
            self.grant(place, seize.station);
            return true;
        }
        self.wait(place, seize, model.discipline)
    }

    /// Joins the queue, unless it is too long. True if the entity goes on at once.
    fn wait(&mut self, place: u32, seize: &SeizeStep, discipline: Discipline) -> bool {
        let (step, laps, key) = (
            self.entities[place].step,
            self.entities[place].laps,
            self.entities[place].key,
        );
        let rank = match discipline {
            Discipline::Fifo => 0.0,
            Discipline::Priority => {
                f64::from(seize.priority.unwrap_or(self.entities[place].priority))
            }
            Discipline::ShortestFirst => self.work_ahead(seize, key, laps),
        };
        self.entities[place].rank = rank;
        self.entities[place].state = State::Waiting;
        self.stations[seize.station as usize].settle(self.now_h);
        self.stations[seize.station as usize]
            .queue
            .add(&mut self.entities, place);
        let turn = self.entities[place].turn;
        self.serve(seize.station);
        if self.entities[place].state != State::Waiting {
            // Served past those who cannot begin yet; `serve` has put it among the ready.
            self.note_asking(place, seize.station);
            return false;
        }
        let ahead = self.stations[seize.station as usize].queue.length - 1;
        let too_long = seize.queue_at_least.filter(|(least, _)| ahead >= *least);
        let too_late = seize.expected_over_h.as_ref().and_then(|(law, jump)| {
            let asker = Asker::waiting(place, self.entities[place].asked, rank);
            let expected_h = self.expected_wait_h(seize.station, asker);
            (expected_h > law.draw(&mut self.stream(key, seize.judging, 0))).then_some(*jump)
        });
        if let Some(jump) = too_long.map(|(_, jump)| jump).or(too_late) {
            self.stations[seize.station as usize]
                .queue
                .remove(&mut self.entities, place);
            self.stations[seize.station as usize].seen.balked += 1;
            self.entities[place].state = State::Moving;
            return self.turn_away(place, seize.station, Happening::Balked, jump);
        }
        self.note_asking(place, seize.station);
        let state = &mut self.stations[seize.station as usize];
        state.seen.queue_most = state.seen.queue_most.max(state.queue.length);
        self.observer.entity(
            self.now_h,
            place,
            &self.entities[place],
            Happening::Waits,
            Some(seize.station),
        );
        if let Some((patience, _)) = &seize.patience_h {
            let mut stream = self.stream(key, seize.purpose, laps);
            let until_h = self.now_h + patience.draw(&mut stream);
            self.agenda.add(
                until_h,
                What::Impatient {
                    entity: place,
                    turn,
                },
            );
        }
        debug_assert_eq!(self.entities[place].step, step);
        false
    }

    /// The time of the first hold after a seizing.
    fn work_ahead(&self, seize: &SeizeStep, key: u64, laps: u32) -> f64 {
        match seize.work.map(|step| &self.plan.steps[step as usize]) {
            Some(Step::Hold {
                time_h, purpose, ..
            }) => time_h.draw(&mut self.stream(key, *purpose, laps)),
            _ => 0.0,
        }
    }

    /// Random numbers of an entity for a stage; a route taken once more has others.
    #[inline]
    pub(super) fn stream(&self, key: u64, purpose: u64, laps: u32) -> Stream {
        self.luck.stream(key, purpose.wrapping_add(u64::from(laps)))
    }

    /// Sends an entity that does not wait on its other way. Always true: it does not stand still.
    fn turn_away(&mut self, place: u32, station: u32, what: Happening, jump: Jump) -> bool {
        self.observer.entity(
            self.now_h,
            place,
            &self.entities[place],
            what,
            Some(station),
        );
        match jump {
            Jump::To(step) => self.jump(place, step),
            Jump::Leave => self.leave(place, true),
        }
        true
    }

    /// Patience ends.
    pub(super) fn renege(&mut self, place: u32) {
        let Step::Seize(seize) = &self.plan.steps[self.entities[place].step as usize] else {
            return;
        };
        let Some((_, jump)) = &seize.patience_h else {
            return;
        };
        let state = &mut self.stations[seize.station as usize];
        state.settle(self.now_h);
        state.queue.remove(&mut self.entities, place);
        state.seen.reneged += 1;
        state.seen.waited_h += self.now_h - self.entities[place].since_h;
        self.entities[place].state = State::Moving;
        self.entities[place].next_turn();
        if self.turn_away(place, seize.station, Happening::Reneged, *jump)
            && matches!(jump, Jump::To(_))
        {
            self.ready.push_back(place);
        }
        // Who stood behind may fit now.
        self.serve(seize.station);
    }

    fn admission(&mut self, place: u32, station: u32) -> Admission {
        let model = self.plan.station_model(station);
        let state = &self.stations[station as usize];
        let entity = &self.entities[place];
        if state.is_slots {
            if state.slots == 0 {
                return Admission::NoRoom;
            }
            let class = self.class_of(place);
            let quota = quota_of(&model.kind, class);
            return match quota.is_some_and(|quota| state.quotas[quota] == 0) {
                true => Admission::Barred,
                false => Admission::Begins,
            };
        }
        if state.in_use + u64::from(entity.asked) > state.capacity {
            return Admission::NoRoom;
        }
        if let Some(tide) = &model.tide {
            let draught_m = self.draught_of(place);
            let afloat_h = tide.afloat_h(draught_m, self.now_h);
            if afloat_h > self.now_h {
                self.wake_at_tide(station, afloat_h);
                return Admission::Barred;
            }
        }
        Admission::Begins
    }

    fn wake_at_tide(&mut self, station: u32, afloat_h: f64) {
        let state = &mut self.stations[station as usize];
        let scheduled = state.tide_h > self.now_h && state.tide_h <= afloat_h;
        if !scheduled && afloat_h.is_finite() {
            state.tide_h = afloat_h;
            self.agenda.add(afloat_h, What::Tide { station });
        }
    }

    /// The class of an entity at the seizing where it stands.
    pub(super) fn class_of(&self, place: u32) -> u8 {
        let entity = &self.entities[place];
        match &self.plan.steps[entity.step as usize] {
            Step::Seize(seize) => seize.priority.unwrap_or(entity.priority),
            _ => entity.priority,
        }
    }

    /// The draught of an entity at the seizing where it stands, m.
    fn draught_of(&self, place: u32) -> f64 {
        let entity = &self.entities[place];
        match &self.plan.steps[entity.step as usize] {
            Step::Seize(seize) => seize.draught_m.unwrap_or(f64::from(entity.draught_m)),
            _ => f64::from(entity.draught_m),
        }
    }

    /// Lets in whoever fits, in the order of the queue.
    pub(super) fn serve(&mut self, station: u32) {
        let overtaking = self.plan.station_model(station).overtaking;
        let mut next = self.stations[station as usize].queue.first;
        while next != NONE && self.has_room(station) {
            let place = next;
            next = self.entities[place].behind;
            match self.admission(place, station) {
                Admission::Begins => {
                    let state = &mut self.stations[station as usize];
                    state.settle(self.now_h);
                    state.queue.remove(&mut self.entities, place);
                    self.grant(place, station);
                    self.entities[place].state = State::Moving;
                    self.entities[place].next_turn();
                    self.entities[place].step += 1;
                    self.ready.push_back(place);
                }
                Admission::NoRoom if !overtaking => break,
                Admission::NoRoom | Admission::Barred => {}
            }
        }
    }

    fn has_room(&self, station: u32) -> bool {
        let state = &self.stations[station as usize];
        match state.is_slots {
            true => state.slots > 0,
            false => state.in_use < state.capacity,
        }
    }

    /// The entity has what it asked for.
    fn grant(&mut self, place: u32, station: u32) {
        let class = self.class_of(place);
        let entity = &mut self.entities[place];
        let state = &mut self.stations[station as usize];
        let waited_h = self.now_h - entity.since_h;
        state.settle(self.now_h);
        state.seen.served += 1;
        state.seen.waited_h += waited_h;
        if entity.since_h >= self.plan.model().warm_up_h.hours() {
            state.seen.wait.add(waited_h);
        }
        if state.is_slots {
            state.slots -= 1;
            if let Some(quota) = quota_of(&self.plan.station_model(station).kind, class) {
                state.quotas[quota] -= 1;
            }
        } else {
            state.in_use += u64::from(entity.asked);
            entity.take(station, entity.asked, self.now_h);
        }
        self.observer.entity(
            self.now_h,
            place,
            &self.entities[place],
            Happening::Seized,
            Some(station),
        );
    }

    /// Gives back what is held of a station.
    pub(super) fn release(&mut self, place: u32, station: u32) {
        let Some(position) = self.entities[place].holds(station) else {
            return;
        };
        let held = self.entities[place].give_back(position);
        let state = &mut self.stations[station as usize];
        state.settle(self.now_h);
        state.in_use -= u64::from(held.units);
        state.seen.held_unit_h += f64::from(held.units) * (self.now_h - held.since_h);
        state.seen.held_units += u64::from(held.units);
        self.observer.entity(
            self.now_h,
            place,
            &self.entities[place],
            Happening::Released,
            Some(station),
        );
        self.serve(station);
    }

    /// Begins a hold.
    pub(super) fn hold(&mut self, place: u32, duration_h: f64, at: Option<u32>) {
        let entity = &mut self.entities[place];
        entity.state = State::Holding;
        entity.since_h = self.now_h;
        entity.end_h = self.now_h + duration_h;
        let turn = entity.next_turn();
        self.agenda.add(
            entity.end_h,
            What::Held {
                entity: place,
                turn,
            },
        );
        self.observer.entity(
            self.now_h,
            place,
            &self.entities[place],
            Happening::Holds,
            at,
        );
        if let Some(station) = at.filter(|at| self.plan.stations[*at as usize].can_pause) {
            self.stations[station as usize].holding.push(place);
            self.balance(station);
        }
    }

    /// A hold is over.
    pub(super) fn end_hold(&mut self, place: u32) {
        self.entities[place].state = State::Moving;
        if let Step::Hold {
            at: Some(station), ..
        } = self.plan.steps[self.entities[place].step as usize]
            && self.plan.stations[station as usize].can_pause
        {
            self.stations[station as usize]
                .holding
                .retain(|held| *held != place);
            self.balance(station);
        }
        self.entities[place].step += 1;
        self.ready.push_back(place);
    }

    /// Lets work go on for those who began first, as far as the working units reach, and stand still
    /// for the others.
    pub(super) fn balance(&mut self, station: u32) {
        let state = &self.stations[station as usize];
        if state.paused == 0 && state.working >= state.in_use {
            return;
        }
        let mut left = state.working;
        for position in 0..self.stations[station as usize].holding.len() {
            let place = self.stations[station as usize].holding[position];
            let entity = &mut self.entities[place];
            let units = entity
                .holds(station)
                .map_or(0, |held| u64::from(entity.held[held].units));
            let works = units <= left;
            left -= if works { units } else { 0 };
            let what = match (works, entity.state) {
                (true, State::Paused) => {
                    self.stations[station as usize].paused -= 1;
                    entity.state = State::Holding;
                    entity.end_h += self.now_h;
                    let turn = entity.next_turn();
                    self.agenda.add(
                        entity.end_h,
                        What::Held {
                            entity: place,
                            turn,
                        },
                    );
                    Happening::Resumed
                }
                (false, State::Holding) => {
                    self.stations[station as usize].paused += 1;
                    entity.state = State::Paused;
                    entity.end_h = (entity.end_h - self.now_h).max(0.0);
                    entity.next_turn();
                    Happening::Paused
                }
                _ => continue,
            };
            self.observer.entity(
                self.now_h,
                place,
                &self.entities[place],
                what,
                Some(station),
            );
        }
    }
}

/// Place of a class among the quotas of slots.
fn quota_of(kind: &Kind, class: u8) -> Option<usize> {
    match kind {
        Kind::Slots { quotas, .. } => quotas.iter().position(|quota| quota.priority == class),
        Kind::Servers { .. } => None,
    }
}
