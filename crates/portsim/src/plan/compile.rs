//! Names become numbers, and routes one list of steps.

use std::collections::HashMap;

use super::{BranchStep, Jump, Plan, SeizeStep, SourcePlan, StationPlan, Step, fault};
use crate::error::{Fault, Problem};
use crate::luck::{join, name_key};
use crate::model::{Branch, Discipline, Go, Kind, Model, Route, Seize, Stage, Work};
use crate::time::Hours;

/// Resolves a model whose parts are in order.
pub(super) fn compile(model: Model, faults: &mut Vec<Fault>) -> Plan {
    let mut start = 0;
    let mut routes = HashMap::new();
    for route in &model.routes {
        routes.insert(route.name.as_str(), start);
        start += steps_of(&model, route);
    }
    let stations = model
        .stations
        .iter()
        .zip(0..)
        .map(|(station, number)| (station.name.as_str(), number));
    let mut compiler = Compiler {
        model: &model,
        stations: stations.collect(),
        routes,
        steps: Vec::new(),
        route_of_step: Vec::new(),
        faults,
    };
    for (number, route) in model.routes.iter().enumerate() {
        compiler.route(number as u32, route);
    }
    let sources = model.sources.iter().map(|source| SourcePlan {
        step: compiler.routes[source.route.as_str()],
        key: name_key(&source.name),
        until_h: source.until_h.unwrap_or(model.horizon_h).hours(),
        most: source.most.unwrap_or(u64::MAX),
    });
    let sources = sources.collect();
    let asked = asked_of(&compiler.steps, model.stations.len());
    let stations = model.stations.iter().zip(asked);
    let stations = stations.map(|(station, asked)| StationPlan {
        key: name_key(&station.name),
        by_class: asked && station.discipline == Discipline::Priority,
        can_pause: station.breakdowns.is_some()
            || station
                .changes
                .iter()
                .any(|change| change.work == Work::Pause)
            || station
                .opening
                .as_ref()
                .is_some_and(|opening| opening.work == Work::Pause),
        hold_h: 0.0,
        most_units: super::check::greatest_capacity(station).into(),
        load: None,
    });
    let stations = stations.collect();
    let (steps, route_of_step) = (compiler.steps, compiler.route_of_step);
    Plan {
        model,
        steps,
        route_of_step,
        sources,
        stations,
    }
}

/// Of which stations the expected wait is asked.
fn asked_of(steps: &[Step], stations: usize) -> Vec<bool> {
    let mut asked = vec![false; stations];
    for step in steps {
        match step {
            Step::Seize(seize) if seize.expected_over_h.is_some() => {
                asked[seize.station as usize] = true;
            }
            Step::Choose { branches, .. } => {
                let stations = branches.iter().filter_map(|branch| branch.station);
                stations.for_each(|station| asked[station as usize] = true);
            }
            _ => {}
        }
    }
    asked
}

fn is_slots(model: &Model, station: &str) -> bool {
    let kind = model.stations.iter().find(|known| known.name == station);
    kind.is_some_and(|station| matches!(station.kind, Kind::Slots { .. }))
}

/// How many steps a route becomes; the last is the leaving.
fn steps_of(model: &Model, route: &Route) -> u32 {
    let steps = |stage: &Stage| match stage {
        Stage::Serve { seize, .. } if is_slots(model, &seize.station) => 2,
        Stage::Serve { .. } => 3,
        _ => 1,
    };
    route.stages.iter().map(steps).sum::<u32>() + 1
}

struct Compiler<'a> {
    model: &'a Model,
    stations: HashMap<&'a str, u32>,
    routes: HashMap<&'a str, u32>,
    steps: Vec<Step>,
    route_of_step: Vec<u32>,
    faults: &'a mut Vec<Fault>,
}

impl<'a> Compiler<'a> {
    fn route(&mut self, number: u32, route: &'a Route) {
        // The luck of a stage hangs on its route, its kind, its station and which one of these it
        // is: other stages may come and go without changing it.
        let mut times_seen: HashMap<String, u64> = HashMap::new();
        let mut purpose = |what: &str, station: &str| {
            let name = format!("{what} {station}");
            let key = name_key(&name);
            let seen = times_seen.entry(name).or_default();
            *seen += 1;
            join(join(name_key(&route.name), key), *seen)
        };
        for (position, stage) in route.stages.iter().enumerate() {
            let place = format!("route `{}`, stage {}", route.name, position + 1);
            match stage {
                Stage::Seize(seize) => {
                    let purpose = purpose("patience", &seize.station);
                    self.seize(number, seize, purpose);
                }
                Stage::Serve { seize, time_h } => {
                    let patience = purpose("patience", &seize.station);
                    self.seize(number, seize, patience);
                    let station = self.stations[seize.station.as_str()];
                    let slots = is_slots(self.model, &seize.station);
                    let (at, purpose) =
                        ((!slots).then_some(station), purpose("hold", &seize.station));
                    self.push(
                        number,
                        Step::Hold {
                            time_h: time_h.clone(),
                            at,
                            served_by: Some(station),
                            purpose,
                        },
                    );
                    if !slots {
                        self.push(number, Step::Release { station });
                    }
                }
                Stage::Hold { time_h, at } => {
                    let name = at.as_deref().unwrap_or("");
                    self.no_slots(&place, name, "leave out `at`");
                    let at = at.as_deref().map(|station| self.stations[station]);
                    let purpose = purpose("hold", name);
                    self.push(
                        number,
                        Step::Hold {
                            time_h: time_h.clone(),
                            at,
                            served_by: at,
                            purpose,
                        },
                    );
                }
                Stage::Release { station } => {
                    self.no_slots(&place, station, "leave out the release");
                    let station = self.stations[station.as_str()];
                    self.push(number, Step::Release { station });
                }
                Stage::Choose { pick, branches } => {
                    let (pick, branches) = (*pick, self.branches(branches));
                    self.push(
                        number,
                        Step::Choose {
                            pick,
                            branches,
                            purpose: purpose("choose", ""),
                        },
                    );
                }
                Stage::Go { route } => {
                    let step = self.routes[route.as_str()];
                    self.push(number, Step::Go { step });
                }
                Stage::Send {
                    count,
                    route,
                    carry,
                } => {
                    let step = self.routes[route.as_str()];
                    let carried = carry.as_ref().map_or("", |carry| &carry.station);
                    self.no_slots(
                        &place,
                        carried,
                        "nothing of them is held that could be carried",
                    );
                    let carry = carry
                        .as_ref()
                        .map(|carry| (self.stations[carry.station.as_str()], carry.units));
                    let (count, purpose) = (count.clone(), purpose("send", route));
                    self.push(
                        number,
                        Step::Send {
                            count,
                            step,
                            carry,
                            purpose,
                        },
                    );
                }
            }
        }
        self.push(number, Step::Leave);
        self.find_work();
    }

    fn no_slots(&mut self, place: &str, station: &str, remedy: &'static str) {
        if is_slots(self.model, station) {
            self.faults.push(fault(
                place,
                Problem::Slots {
                    station: station.into(),
                    remedy,
                },
            ));
        }
    }

    fn push(&mut self, route: u32, step: Step) {
        self.steps.push(step);
        self.route_of_step.push(route);
    }

    fn jump(&self, go: &Go) -> Jump {
        match go {
            Go::Leave => Jump::Leave,
            Go::Route(route) => Jump::To(self.routes[route.as_str()]),
        }
    }

    fn seize(&mut self, route: u32, seize: &Seize, purpose: u64) {
        let exits = &seize.exits;
        let step = SeizeStep {
            station: self.stations[seize.station.as_str()],
            units: seize.units,
            priority: seize.priority,
            too_large: exits
                .too_large
                .as_ref()
                .map_or(Jump::Leave, |go| self.jump(go)),
            queue_at_least: exits
                .queue_at_least
                .as_ref()
                .map(|(least, go)| (*least, self.jump(go))),
            draught_m: seize.draught_m,
            expected_over_h: exits
                .expected_over_h
                .as_ref()
                .map(|(law, go)| (law.clone(), self.jump(go))),
            patience_h: exits
                .patience_h
                .as_ref()
                .map(|(law, go)| (law.clone(), self.jump(go))),
            purpose,
            judging: join(purpose, name_key("expected wait")),
            work: None,
        };
        self.push(route, Step::Seize(Box::new(step)));
    }

    fn branches(&self, branches: &[Branch]) -> Vec<BranchStep> {
        let sum: f64 = branches.iter().map(|branch| branch.weight).sum();
        let mut cumulated = 0.0;
        let branch = |branch: &Branch| {
            cumulated += branch.weight / sum;
            BranchStep {
                step: self.routes[branch.route.as_str()],
                cumulated,
                station: branch
                    .station
                    .as_deref()
                    .map(|station| self.stations[station]),
                extra_h: Hours::hours(branch.extra_h),
            }
        };
        branches.iter().map(branch).collect()
    }

    /// Tells each seizing on the route that was made last what work follows it.
    fn find_work(&mut self) {
        let (mut next, count) = (None, self.steps.len());
        for place in (0..count).rev() {
            match &mut self.steps[place] {
                Step::Hold { .. } => next = Some(place as u32),
                Step::Seize(seize) if seize.work.is_none() => seize.work = next,
                Step::Leave if place + 1 < count => break,
                _ => {}
            }
        }
    }
}
