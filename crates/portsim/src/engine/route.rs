//! Going from stage to stage.

use super::expectation::Asker;
use super::{Engine, Entity, Happening, Observe, State};
use crate::error::RunError;
use crate::luck::join;
use crate::model::Pick;
use crate::plan::{BranchStep, Step};

impl<O: Observe> Engine<'_, O> {
    /// Takes an entity through its stages, until one of them takes time.
    pub(super) fn go_on(&mut self, place: u32) -> Result<(), RunError> {
        let plan = self.plan;
        loop {
            self.passed += 1;
            if self.passed > plan.model().limits.stages_at_once {
                return Err(RunError::ZeroTimeLoop {
                    replication: self.replication,
                    limit: plan.model().limits.stages_at_once,
                    time_h: self.now_h,
                    route: plan.route_name(self.entities[place].step).to_owned(),
                });
            }
            let (step, key, laps) = {
                let entity = &self.entities[place];
                (entity.step, entity.key, entity.laps)
            };
            match &plan.steps[step as usize] {
                Step::Seize(seize) => {
                    let (turn, lap) = (self.entities[place].turn, laps);
                    if !self.seize(place, seize) || self.entities[place].turn != turn {
                        // It waits, or it has left.
                        return Ok(());
                    }
                    if self.entities[place].laps == lap {
                        self.entities[place].step += 1;
                    }
                }
                Step::Hold {
                    time_h,
                    at,
                    served_by,
                    purpose,
                } => {
                    let longer_h = served_by.map_or(0.0, |station| {
                        let model = plan.station_model(station);
                        self.stations[station as usize].longer_h(model)
                    });
                    let own_h = time_h.draw(&mut self.stream(key, *purpose, laps));
                    let duration_h = own_h + longer_h;
                    self.hold(place, duration_h, *at);
                    return Ok(());
                }
                Step::Release { station } => {
                    self.release(place, *station);
                    self.entities[place].step += 1;
                }
                Step::Choose {
                    pick,
                    branches,
                    purpose,
                } => {
                    let branch = match pick {
                        Pick::Weights => {
                            let unit = self.stream(key, *purpose, laps).unit();
                            branches.iter().position(|branch| unit < branch.cumulated)
                        }
                        Pick::LeastTime => self.quickest(branches, place),
                    };
                    // Rounding may leave the last sum of weights below 1.
                    let branch = branch.unwrap_or(branches.len() - 1);
                    self.jump(place, branches[branch].step);
                }
                Step::Go { step } => self.jump(place, *step),
                Step::Send {
                    count,
                    step,
                    carry,
                    purpose,
                } => {
                    let count = count.draw(&mut self.stream(key, *purpose, laps)).round() as u64;
                    let key = join(key, purpose.wrapping_add(u64::from(laps)));
                    self.send(place, count, *step, *carry, key)?;
                    self.entities[place].step += 1;
                }
                Step::Leave => {
                    self.leave(place, false);
                    return Ok(());
                }
            }
        }
    }

    /// The branch with the least expected wait and extra time; the first of equals.
    fn quickest(&mut self, branches: &[BranchStep], place: u32) -> Option<usize> {
        let asker = Asker::coming(self.entities[place].priority);
        let mut best: Option<(usize, f64)> = None;
        for (number, branch) in branches.iter().enumerate() {
            let wait_h = branch
                .station
                .map_or(0.0, |station| self.expected_wait_h(station, asker));
            let time_h = wait_h + branch.extra_h;
            if best.is_none_or(|(_, least_h)| time_h < least_h) {
                best = Some((number, time_h));
            }
        }
        best.map(|(number, _)| number)
    }

    pub(super) fn jump(&mut self, place: u32, step: u32) {
        self.entities[place].step = step;
        self.entities[place].laps += 1;
    }

    /// Sends out entities that may take over some of what the sender holds.
    fn send(
        &mut self,
        place: u32,
        count: u64,
        step: u32,
        carry: Option<(u32, u32)>,
        key: u64,
    ) -> Result<(), RunError> {
        for number in 0..count {
            let sender = &mut self.entities[place];
            let mut sent = Entity {
                key: join(key, number),
                source: sender.source,
                number: sender.number,
                sent: true,
                priority: sender.priority,
                length_m: sender.length_m,
                draught_m: sender.draught_m,
                state: State::Moving,
                step,
                arrived_h: self.now_h,
                ..Entity::default()
            };
            if let Some((station, units)) = carry
                && let Some(position) = sender.holds(station)
            {
                let held = &mut sender.held[position];
                let units = units.min(held.units);
                held.units -= units;
                let seen = &mut self.stations[station as usize].seen;
                seen.held_unit_h += f64::from(units) * (self.now_h - held.since_h);
                sent.take(station, units, self.now_h);
            }
            let source = &mut self.sources[sent.source as usize];
            source.sent += 1;
            source.all_in += 1;
            let child = self.entities.add(sent);
            self.observer.entity(
                self.now_h,
                child,
                &self.entities[child],
                Happening::Sent,
                None,
            );
            self.ready.push_back(child);
            self.check_inside()?;
        }
        Ok(())
    }

    /// Gives back all that is held, and leaves.
    pub(super) fn leave(&mut self, place: u32, gives_up: bool) {
        while let Some(held) = self.entities[place].held().last() {
            self.release(place, held.station);
        }
        let entity = &self.entities[place];
        let source = &mut self.sources[entity.source as usize];
        source.all_out += 1;
        *match (entity.sent, gives_up) {
            (false, false) => &mut source.finished,
            (false, true) => &mut source.gave_up,
            (true, false) => &mut source.sent_finished,
            (true, true) => &mut source.sent_gave_up,
        } += 1;
        if !gives_up && entity.arrived_h >= self.plan.model().warm_up_h.hours() {
            let time = if entity.sent {
                &mut source.sent_time
            } else {
                &mut source.time
            };
            time.add(self.now_h - entity.arrived_h);
        }
        let what = if gives_up {
            Happening::GaveUp
        } else {
            Happening::Finished
        };
        self.observer.entity(self.now_h, place, entity, what, None);
        self.entities.remove(place);
    }
}
