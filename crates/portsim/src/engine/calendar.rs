//! Capacity over time: opening hours, changes, breakdowns, ticks of slots.

use super::agenda::What;
use super::station::{ChangeState, MachineState, StationState};
use super::{Engine, Observe};
use crate::luck::{join, name_key};
use crate::model::{Change, End, Kind, Level, Opening, Station, Work};

impl<O: Observe> Engine<'_, O> {
    pub(super) fn begin_calendar(&mut self, station: u32) {
        let model = self.plan.station_model(station);
        let key = self
            .luck
            .entity(self.plan.stations[station as usize].key, 0);
        let state = &mut self.stations[station as usize];
        state.begin();
        state.is_slots = matches!(model.kind, Kind::Slots { .. });
        for (number, change) in model.changes.iter().enumerate() {
            let from_h = change.from_h.hours();
            let until_h = match &change.end {
                End::At(end) => end.hours(),
                End::Never => f64::INFINITY,
                End::After(law) => {
                    from_h + law.draw(&mut self.luck.stream(key, name_key(&change.name)))
                }
            };
            state.changes.push(ChangeState {
                active: false,
                until_h,
            });
            let change = number as u32;
            self.agenda
                .add(from_h, What::ChangeBegins { station, change });
            if until_h.is_finite() {
                self.agenda
                    .add(until_h, What::ChangeEnds { station, change });
            }
        }
        if let Some(opening) = &model.opening {
            let first = opening.windows[0].from_h.hours();
            state.open = first <= 0.0;
            state.edge = (0, usize::from(state.open));
            state.edge_h = edge_h(model, state.edge);
            self.agenda.add(state.edge_h, What::Opening { station });
        }
        if let Some(breakdowns) = &model.breakdowns {
            state
                .machines
                .resize(breakdowns.machines as usize, MachineState::default());
        }
        if let Kind::Slots {
            first_h, quotas, ..
        } = &model.kind
        {
            state.quotas.resize(quotas.len(), 0);
            self.agenda.add(first_h.hours(), What::Tick { station });
        }
        let machines = state.machines.len() as u32;
        (0..machines).for_each(|machine| self.schedule_machine(station, machine));
        self.set_capacity(station);
    }

    /// The station opens or closes.
    pub(super) fn pass_edge(&mut self, station: u32) {
        let model = self.plan.station_model(station);
        let state = &mut self.stations[station as usize];
        let edges = model
            .opening
            .as_ref()
            .map_or(0, |opening| opening.windows.len() * 2);
        state.open = state.edge.1.is_multiple_of(2);
        state.edge = if state.edge.1 + 1 < edges {
            (state.edge.0, state.edge.1 + 1)
        } else {
            (state.edge.0 + 1, 0)
        };
        state.edge_h = edge_h(model, state.edge);
        self.agenda.add(state.edge_h, What::Opening { station });
        self.set_capacity(station);
    }

    pub(super) fn set_change(&mut self, station: u32, change: u32, active: bool) {
        self.stations[station as usize].changes[change as usize].active = active;
        self.set_capacity(station);
    }

    /// A machine fails, or is repaired.
    pub(super) fn turn_machine(&mut self, station: u32, machine: u32) {
        let state = &mut self.stations[station as usize].machines[machine as usize];
        state.down = !state.down;
        state.turns += 1;
        self.schedule_machine(station, machine);
        self.set_capacity(station);
    }

    fn schedule_machine(&mut self, station: u32, machine: u32) {
        let Some(breakdowns) = &self.plan.station_model(station).breakdowns else {
            return;
        };
        let state = self.stations[station as usize].machines[machine as usize];
        let law = if state.down {
            &breakdowns.repair_h
        } else {
            &breakdowns.to_failure_h
        };
        let key = join(
            self.luck
                .entity(self.plan.stations[station as usize].key, 1),
            u64::from(machine),
        );
        let time_h = self.now_h + law.draw(&mut self.luck.stream(key, state.turns));
        self.agenda.add(time_h, What::Machine { station, machine });
    }

    /// Works out the capacity anew, stops or resumes work, and lets in whoever fits.
    fn set_capacity(&mut self, station: u32) {
        let model = self.plan.station_model(station);
        let state = &mut self.stations[station as usize];
        state.settle(self.now_h);
        let (seizable, working) = (
            level_now(model, state, false),
            level_now(model, state, true),
        );
        match state.is_slots {
            true => state.slots_per_day = seizable,
            // A thousand-millionth makes up for rounding: a third of three cranes is one crane.
            false => {
                (state.capacity, state.working) =
                    ((seizable + 1e-9) as u64, (working + 1e-9) as u64)
            }
        }
        let shown = if state.is_slots {
            seizable
        } else {
            state.capacity as f64
        };
        self.observer.capacity(self.now_h, station, shown);
        if self.plan.stations[station as usize].can_pause {
            self.balance(station);
        }
        self.serve(station);
    }

    /// Gives out the slots that have come up since the last tick.
    pub(super) fn tick(&mut self, station: u32) {
        let Kind::Slots {
            every_h, quotas, ..
        } = &self.plan.station_model(station).kind
        else {
            return;
        };
        let state = &mut self.stations[station as usize];
        let up = state.slots_per_day * every_h.hours() / 24.0 + state.slot_part;
        // A thousand-millionth makes up for rounding: 24 hourly parts of a day are a day.
        let whole = (up + 1e-9).floor();
        state.slot_part = (up - whole).max(0.0);
        state.slots = whole as u32;
        for (left, quota) in state.quotas.iter_mut().zip(quotas) {
            *left = (quota.share * whole).round() as u32;
        }
        self.serve(station);
        self.stations[station as usize].slots = 0;
        self.agenda
            .add(self.now_h + every_h.hours(), What::Tick { station });
    }
}

/// Time of an edge of the opening hours: even ones open, odd ones close.
fn edge_h(model: &Station, (round, edge): (u64, usize)) -> f64 {
    model.opening.as_ref().map_or(f64::INFINITY, |opening| {
        let window = opening.windows[edge / 2];
        let within = if edge % 2 == 0 {
            window.from_h
        } else {
            window.until_h
        };
        round as f64 * opening.period_h.hours() + within.hours()
    })
}

/// Units, or slots in 24 hours, under some circumstances: whether it is open, which changes are in
/// force, and how many machines are down.
pub(super) fn level(
    model: &Station,
    open: bool,
    in_force: impl Fn(usize, &Change) -> bool,
    down: usize,
) -> f64 {
    if !open {
        return 0.0;
    }
    let own = match &model.kind {
        Kind::Servers { capacity } => f64::from(*capacity),
        Kind::Slots { per_day, .. } => *per_day,
    };
    let mut set: Option<f64> = None;
    let mut part = 1.0;
    for (number, change) in model.changes.iter().enumerate() {
        match change.level {
            _ if !in_force(number, change) => {}
            Level::Set(to) => set = Some(set.map_or(to, |least| least.min(to))),
            Level::Part(of) => part *= of,
        }
    }
    let units = model
        .breakdowns
        .as_ref()
        .map_or(0.0, |breakdowns| f64::from(breakdowns.units));
    (set.unwrap_or(own) * part - down as f64 * units).max(0.0)
}

/// What can be seized now, or whose work goes on now.
fn level_now(model: &Station, state: &StationState, working: bool) -> f64 {
    let counts = |work: Work| !working || work == Work::Pause;
    let shut = |opening: &Opening| !state.open && counts(opening.work);
    let open = !model.opening.as_ref().is_some_and(shut);
    let down = state.machines.iter().filter(|machine| machine.down).count();
    let in_force =
        |number: usize, change: &Change| state.changes[number].active && counts(change.work);
    level(model, open, in_force, down)
}
