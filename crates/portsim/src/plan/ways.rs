//! All ways through the routes: what is held where, and what leads where.

use std::collections::HashMap;

use super::{Jump, Plan, Step, fault};
use crate::engine::MOST_HELD;
use crate::error::{Fault, Problem};
use crate::model::{Kind, Units};

/// Most combinations of route and holdings that are looked at. Models that have more are run without
/// their loads being known.
const MOST_NODES: usize = 10_000;

/// Routes as they are entered: each with what is held at its beginning.
pub(super) struct Ways {
    pub nodes: Vec<Node>,
    /// Node at which each source begins.
    pub starts: Vec<usize>,
    /// Whether all ways were followed to their end.
    pub complete: bool,
}

/// A route, entered with certain holdings.
pub(super) struct Node {
    step: u32,
    held: Vec<Held>,
    /// Where it was first reached from.
    from: Option<usize>,
    pub edges: Vec<Edge>,
    pub passes: Vec<Pass>,
}

#[derive(Clone, Copy, PartialEq)]
struct Held {
    station: u32,
    units: Units,
    /// Where in [`Node::passes`] its time is counted.
    pass: Option<usize>,
}

/// A way from one route to another.
pub(super) struct Edge {
    pub to: usize,
    pub flow: Flow,
    /// No time needs to pass between entering this route and the next.
    pub timeless: bool,
}

/// How many go along a way, for each that enters the route.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Flow {
    Mean(f64),
    /// Depends on the state of the queues.
    Undecided,
}

/// A station that is used on a route.
pub(super) struct Pass {
    pub station: u32,
    pub units: Units,
    /// Mean time for which it is held on this route, without waiting, in hours.
    pub hours: f64,
    /// Whether it is seized here rather than held from before.
    pub seized: bool,
    pub flow: Flow,
}

/// Follows every way from every source.
pub(super) fn explore(plan: &Plan, faults: &mut Vec<Fault>) -> Ways {
    let mut explorer = Explorer {
        plan,
        faults,
        nodes: Vec::new(),
        known: HashMap::new(),
        complete: true,
    };
    let starts: Vec<usize> = plan
        .sources
        .iter()
        .map(|source| explorer.node(source.step, &[], None))
        .collect();
    let mut next = 0;
    while next < explorer.nodes.len() {
        explorer.follow(next);
        next += 1;
    }
    let (nodes, complete) = (explorer.nodes, explorer.complete);
    let ways = Ways {
        nodes,
        starts,
        complete,
    };
    ways.timeless_loops(plan, faults);
    ways
}

impl Ways {
    fn name(&self, plan: &Plan, node: usize) -> String {
        plan.route_name(self.nodes[node].step).to_owned()
    }

    /// Circles of edges on which no time needs to pass, by depth-first search.
    fn timeless_loops(&self, plan: &Plan, faults: &mut Vec<Fault>) {
        let mut state = vec![0_u8; self.nodes.len()];
        for root in 0..self.nodes.len() {
            if state[root] != 0 {
                continue;
            }
            let mut path = vec![(root, 0)];
            state[root] = 1;
            while let Some((node, edge)) = path.last_mut() {
                let Some(next) = self.nodes[*node].edges.get(*edge) else {
                    state[*node] = 2;
                    path.pop();
                    continue;
                };
                *edge += 1;
                match (next.timeless, state[next.to]) {
                    (true, 0) => {
                        state[next.to] = 1;
                        path.push((next.to, 0));
                    }
                    (true, 1) => {
                        let begin = path
                            .iter()
                            .position(|(node, _)| *node == next.to)
                            .unwrap_or(0);
                        let names = path[begin..].iter().map(|(node, _)| self.name(plan, *node));
                        let way = names
                            .map(|name| format!("`{name}`"))
                            .collect::<Vec<_>>()
                            .join(" → ");
                        let place = format!("route `{}`", self.name(plan, next.to));
                        faults.push(fault(place, Problem::ZeroTimeLoop { way }));
                        return;
                    }
                    _ => {}
                }
            }
        }
    }
}

struct Explorer<'a> {
    plan: &'a Plan,
    faults: &'a mut Vec<Fault>,
    nodes: Vec<Node>,
    known: HashMap<(u32, Vec<(u32, u64)>), usize>,
    complete: bool,
}

/// What is known half way along a route.
struct Walk {
    node: usize,
    held: Vec<Held>,
    flow: Flow,
    timeless: bool,
}

impl Explorer<'_> {
    fn node(&mut self, step: u32, held: &[Held], from: Option<usize>) -> usize {
        let mut key: Vec<(u32, u64)> = held
            .iter()
            .map(|held| (held.station, units_key(held.units)))
            .collect();
        key.sort_unstable();
        if let Some(&node) = self.known.get(&(step, key.clone())) {
            return node;
        }
        if self.nodes.len() >= MOST_NODES {
            self.complete = false;
            return 0;
        }
        let held: Vec<Held> = held
            .iter()
            .map(|held| Held {
                pass: None,
                ..*held
            })
            .collect();
        self.nodes.push(Node {
            step,
            held,
            from,
            edges: Vec::new(),
            passes: Vec::new(),
        });
        self.known.insert((step, key), self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    fn follow(&mut self, node: usize) {
        let plan = self.plan;
        let held = self.nodes[node].held.clone();
        let mut walk = Walk {
            node,
            held,
            flow: Flow::Mean(1.0),
            timeless: true,
        };
        for held in &mut walk.held {
            let (station, units, flow) = (held.station, held.units, Flow::Mean(1.0));
            held.pass = Some(self.nodes[node].passes.len());
            self.nodes[node].passes.push(Pass {
                station,
                units,
                hours: 0.0,
                seized: false,
                flow,
            });
        }
        let mut step = self.nodes[node].step;
        loop {
            match &plan.steps[step as usize] {
                Step::Seize(_) => self.seize(&mut walk, step),
                Step::Hold { time_h, at, .. } => {
                    for held in &walk.held {
                        if let Some(pass) = held.pass {
                            self.nodes[node].passes[pass].hours += time_h.mean();
                        }
                    }
                    walk.timeless &= !time_h.is_positive();
                    let missing = at.filter(|at| !walk.held.iter().any(|held| held.station == *at));
                    missing
                        .into_iter()
                        .for_each(|station| self.not_held(node, step, station));
                }
                Step::Release { station } => self.release(&mut walk, step, *station),
                Step::Choose { branches, pick, .. } => {
                    let mut before = 0.0;
                    for branch in branches {
                        let share = branch.cumulated - before;
                        before = branch.cumulated;
                        let flow = match (pick, walk.flow) {
                            (crate::model::Pick::Weights, Flow::Mean(flow)) => {
                                Flow::Mean(flow * share)
                            }
                            _ => Flow::Undecided,
                        };
                        self.edge(&walk, branch.step, flow);
                    }
                    return;
                }
                Step::Go { step } => {
                    self.edge(&walk, *step, walk.flow);
                    return;
                }
                Step::Send {
                    count,
                    step: to,
                    carry,
                    ..
                } => {
                    self.send(&walk, step, (*to, count.mean(), *carry));
                }
                Step::Leave => return,
            }
            step += 1;
        }
    }

    fn edge(&mut self, walk: &Walk, step: u32, flow: Flow) {
        let to = self.node(step, &walk.held, Some(walk.node));
        let timeless = walk.timeless;
        self.nodes[walk.node]
            .edges
            .push(Edge { to, flow, timeless });
    }

    fn seize(&mut self, walk: &mut Walk, place: u32) {
        let plan = self.plan;
        let Step::Seize(seize) = &plan.steps[place as usize] else {
            return;
        };
        let station = plan.station_model(seize.station);
        let balking = [
            &seize.queue_at_least.map(|(_, jump)| jump),
            &seize.expected_over_h.as_ref().map(|(_, jump)| *jump),
        ];
        for jump in balking.into_iter().flatten() {
            if let Jump::To(step) = jump {
                self.edge(walk, *step, Flow::Undecided);
            }
        }
        let shallow = |change: &crate::model::Change| change.max_draught_m.is_some();
        let sized = station.max_draught_m.is_some()
            || station.max_length_m.is_some()
            || station.changes.iter().any(shallow);
        if let (true, Jump::To(step)) = (sized, seize.too_large) {
            self.edge(walk, step, Flow::Undecided);
        }
        if let Some((patience, Jump::To(step))) = &seize.patience_h {
            let timeless = walk.timeless;
            walk.timeless &= !patience.is_positive();
            self.edge(walk, *step, Flow::Undecided);
            walk.timeless = timeless;
        }
        let limited = seize.queue_at_least.is_some()
            || seize.expected_over_h.is_some()
            || seize.patience_h.is_some();
        if limited || sized {
            walk.flow = Flow::Undecided;
        }
        let pass = self.nodes[walk.node].passes.len();
        let (flow, units) = (walk.flow, seize.units);
        self.nodes[walk.node].passes.push(Pass {
            station: seize.station,
            units,
            hours: 0.0,
            seized: true,
            flow,
        });
        if matches!(station.kind, Kind::Slots { .. }) {
            return;
        }
        if walk.held.iter().any(|held| held.station == seize.station) {
            let station = station.name.clone();
            let way = self.way(walk.node);
            self.fault_once(place, Problem::HeldTwice { station, way });
            return;
        }
        walk.held.push(Held {
            station: seize.station,
            units,
            pass: Some(pass),
        });
        if walk.held.len() > MOST_HELD {
            let (held, limit, way) = (walk.held.len(), MOST_HELD, self.way(walk.node));
            self.fault_once(place, Problem::TooManyHeld { held, limit, way });
        }
    }

    fn release(&mut self, walk: &mut Walk, place: u32, station: u32) {
        match walk.held.iter().position(|held| held.station == station) {
            Some(position) => {
                walk.held.remove(position);
            }
            None => self.not_held(walk.node, place, station),
        }
    }

    fn send(
        &mut self,
        walk: &Walk,
        place: u32,
        (step, count, carry): (u32, f64, Option<(u32, u32)>),
    ) {
        let mut held = Vec::new();
        if let Some((station, units)) = carry {
            match walk.held.iter().any(|held| held.station == station) {
                true => held.push(Held {
                    station,
                    units: Units::Count(units),
                    pass: None,
                }),
                false => self.not_held(walk.node, place, station),
            }
        }
        let flow = match walk.flow {
            Flow::Mean(flow) => Flow::Mean(flow * count),
            Flow::Undecided => Flow::Undecided,
        };
        let to = self.node(step, &held, Some(walk.node));
        let timeless = walk.timeless && count > 0.0;
        self.nodes[walk.node]
            .edges
            .push(Edge { to, flow, timeless });
    }

    fn not_held(&mut self, node: usize, place: u32, station: u32) {
        let station = self.plan.station_model(station).name.clone();
        let way = self.way(node);
        self.fault_once(place, Problem::NotHeld { station, way });
    }

    /// The routes by which a node was first reached.
    fn way(&self, node: usize) -> String {
        let mut names = Vec::new();
        let mut at = Some(node);
        while let (Some(node), true) = (at, names.len() < 20) {
            names.push(format!("`{}`", self.plan.route_name(self.nodes[node].step)));
            at = self.nodes[node].from;
        }
        names.reverse();
        names.join(" → ")
    }

    /// A stage is at fault once, by however many ways it is reached.
    fn fault_once(&mut self, step: u32, problem: Problem) {
        let place = format!("route `{}`, station", self.plan.route_name(step));
        let same = |fault: &Fault| {
            fault.place == place
                && std::mem::discriminant(&fault.problem) == std::mem::discriminant(&problem)
        };
        if !self.faults.iter().any(same) {
            self.faults.push(fault(place, problem));
        }
    }
}

fn units_key(units: Units) -> u64 {
    match units {
        Units::Count(count) => u64::from(count),
        Units::Length { gap_m } => gap_m.to_bits() | 1 << 63,
    }
}
