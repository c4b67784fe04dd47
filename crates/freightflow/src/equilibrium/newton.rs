//! A Newton step on all paths in use at once.
//!
//! Shifting flow pair by pair is slow where many pairs share links that are far beyond capacity: each
//! shift undoes part of another. Solving the quadratic model of the objective for all pairs together
//! follows such valleys to their end.

use super::exchange::{Exchange, Exchanges};
use super::groups::Group;
use super::problem::Assignment;
use super::state::LinkState;

/// Most steps of the conjugate-gradient method.
const MAX_STEPS: usize = 1000;

/// Part of the first residual at which the model is solved well enough.
const SOLVED: f64 = 1e-2;

/// One in so many paths may be emptied in a step of the method.
const FEW: usize = 32;

/// Part of a flow that counts as none.
const AT_BOUND: f64 = 1e-12;

/// Trials of the length of a step.
const MAX_TRIALS: usize = 30;

/// Memory of Newton steps.
pub(super) struct Newton {
    exchanges: Exchanges,
    change: Vec<f64>,
}

impl Newton {
    pub(super) fn new(links: usize) -> Self {
        Self {
            exchanges: Exchanges::new(links),
            change: vec![0.0; links],
        }
    }

    /// Moves all flows of the active pairs towards the minimum of the quadratic model, as far as they
    /// stay positive and the objective falls. Says whether it went all the way.
    pub(super) fn step(
        &mut self,
        problem: &Assignment<'_>,
        state: &mut LinkState,
        groups: &mut [Group],
        active: &[(u32, u32)],
    ) -> bool {
        self.exchanges.list(problem, state, groups, active);
        if self.exchanges.all.is_empty() {
            return true;
        }
        let amounts = self.solve(state, groups);
        self.exchanges.spread(&amounts, &mut self.change);
        let part = self.line_search(problem, state, groups, &amounts);
        if part > 0.0 {
            self.apply(problem, state, groups, &amounts, part);
        }
        part >= 1.0
    }

    /// Minimises the quadratic model by conjugate gradients, each exchange scaled by its own slope.
    /// Where a step empties a path its exchange is settled, and the method starts afresh with the
    /// others.
    fn solve(&mut self, state: &LinkState, groups: &[Group]) -> Vec<f64> {
        let mut scale: Vec<f64> = self
            .exchanges
            .all
            .iter()
            .map(|exchange| {
                let slope = exchange.weight * exchange.slope;
                if slope > 0.0 && slope.is_finite() {
                    1.0 / slope
                } else {
                    0.0
                }
            })
            .collect();
        let mut amounts = vec![0.0; scale.len()];
        let mut rest: Vec<f64> = self
            .exchanges
            .all
            .iter()
            .map(|exchange| -exchange.weight * exchange.excess)
            .collect();
        let mut direction: Vec<f64> = rest.iter().zip(&scale).map(|(r, s)| r * s).collect();
        let mut size_of_rest = dot(&rest, &direction);
        let enough = SOLVED * SOLVED * size_of_rest;
        for _ in 0..MAX_STEPS {
            let bent = self.bend(state, &direction);
            let curvature = dot(&direction, &bent);
            // Where the model is flat the minimum is at a bound.
            let free = if curvature > 0.0 {
                size_of_rest / curvature
            } else {
                f64::INFINITY
            };
            let length = free.min(self.room(groups, &amounts, &direction, &scale));
            if !(size_of_rest > enough && length.is_finite()) {
                break;
            }
            for index in 0..amounts.len() {
                amounts[index] += length * direction[index];
                rest[index] -= length * bent[index];
            }
            let settled = self.settle(groups, &mut amounts, &mut scale);
            if settled {
                let bent = self.bend(state, &amounts);
                for (index, exchange) in self.exchanges.all.iter().enumerate() {
                    rest[index] = -exchange.weight * exchange.excess - bent[index];
                }
            }
            let next: f64 = rest.iter().zip(&scale).map(|(r, s)| r * r * s).sum();
            let ratio = if settled { 0.0 } else { next / size_of_rest };
            for index in 0..amounts.len() {
                direction[index] = rest[index] * scale[index] + ratio * direction[index];
            }
            size_of_rest = next;
        }
        amounts
    }

    /// How far a step may go: until the first few of the paths are empty. To stop at the very first
    /// would keep the flows of all pairs in step, but take as many steps as there are paths to empty.
    fn room(&self, groups: &[Group], amounts: &[f64], direction: &[f64], scale: &[f64]) -> f64 {
        let mut ends = Vec::new();
        let mut start = 0;
        for same in self.exchanges.all.chunk_by(Exchange::same_pair) {
            let range = start..start + same.len();
            start = range.end;
            let (mut left, mut drain) = (groups[same[0].group].paths[same[0].base].flow, 0.0);
            for (exchange, index) in same.iter().zip(range) {
                left -= amounts[index];
                if scale[index] > 0.0 {
                    drain += direction[index];
                    let (low, high) = exchange.bounds(groups);
                    let bound = if direction[index] < 0.0 { low } else { high };
                    ends.push((bound - amounts[index]) / direction[index]);
                }
            }
            if drain > 0.0 {
                ends.push(left / drain);
            }
        }
        ends.retain(|end| *end >= 0.0);
        if ends.is_empty() {
            return f64::INFINITY;
        }
        let few = ends.len() / FEW;
        *ends.select_nth_unstable_by(few, f64::total_cmp).1
    }

    /// Takes the exchanges that are at a bound, or beyond it, out of further steps (scale 0). Says
    /// whether there were any.
    fn settle(&self, groups: &[Group], amounts: &mut [f64], scale: &mut [f64]) -> bool {
        let mut settled = false;
        let mut start = 0;
        for same in self.exchanges.all.chunk_by(Exchange::same_pair) {
            let range = start..start + same.len();
            start = range.end;
            let (amounts, scale) = (&mut amounts[range.clone()], &mut scale[range]);
            for ((exchange, amount), scale) in same.iter().zip(&mut *amounts).zip(&mut *scale) {
                let (low, high) = exchange.bounds(groups);
                let slack = AT_BOUND * low.abs();
                if *scale > 0.0 && !(*amount > low + slack && *amount < high) {
                    *amount = if *amount < high { low } else { high };
                    *scale = 0.0;
                    settled = true;
                }
            }
            // A base that is empty has nothing more to give; its pair waits for another one.
            let base = groups[same[0].group].paths[same[0].base].flow;
            let taken: f64 = amounts.iter().filter(|amount| **amount > 0.0).sum();
            let given: f64 = -amounts.iter().filter(|amount| **amount < 0.0).sum::<f64>();
            if taken > base + given - AT_BOUND * base {
                let part = ((base + given) / taken).min(1.0);
                amounts
                    .iter_mut()
                    .filter(|amount| **amount > 0.0)
                    .for_each(|a| *a *= part);
                settled |= scale.iter().any(|scale| *scale > 0.0);
                scale.fill(0.0);
            }
        }
        settled
    }

    /// The Hessian applied to a direction.
    fn bend(&mut self, state: &LinkState, direction: &[f64]) -> Vec<f64> {
        self.exchanges.spread(direction, &mut self.change);
        for (change, slope) in self.change.iter_mut().zip(&state.slope) {
            *change *= slope;
        }
        let pairs = self.exchanges.all.iter().zip(direction);
        pairs
            .map(|(exchange, amount)| {
                let links = self.exchanges.difference(&self.change, exchange);
                exchange.weight * (links + exchange.home_slope * amount)
            })
            .collect()
    }

    /// Part of the step at which the objective has stopped falling; 0 if it does not fall at all.
    fn line_search(
        &self,
        problem: &Assignment<'_>,
        state: &LinkState,
        groups: &[Group],
        amounts: &[f64],
    ) -> f64 {
        let slope_at = |part: f64| {
            let changes = self
                .change
                .iter()
                .enumerate()
                .filter(|(_, change)| **change != 0.0);
            let links: f64 = changes
                .map(|(link, change)| {
                    change
                        * problem
                            .cost_and_slope(link, state.flow[link] + part * change)
                            .0
                })
                .sum();
            let exchanges = self.exchanges.all.iter().zip(amounts);
            let others: f64 = exchanges
                .map(|(exchange, amount)| {
                    let group = &groups[exchange.group];
                    let pair = &group.pairs[exchange.pair];
                    let willing = if exchange.path.is_some() {
                        0.0
                    } else {
                        let class = &problem.classes()[group.class];
                        let demand = &class.demand[pair.position as usize];
                        demand.willingness(pair.moving() - part * amount).0
                    };
                    exchange.weight * amount * (exchange.extra + willing)
                })
                .sum();
            links + others
        };
        let first = slope_at(0.0);
        if first >= 0.0 || first.is_nan() {
            return 0.0;
        }
        let (mut low, mut high) = ((0.0, first), (1.0, slope_at(1.0)));
        for _ in 0..MAX_TRIALS {
            if high.1 <= -0.5 * first {
                break;
            }
            let secant = low.0 - low.1 * (high.0 - low.0) / (high.1 - low.1);
            let margin = 0.1 * (high.0 - low.0);
            let part = if secant.is_finite() {
                secant
            } else {
                (low.0 + high.0) / 2.0
            };
            let part = part.clamp(low.0 + margin, high.0 - margin);
            let slope = slope_at(part);
            if slope <= 0.0 {
                low = (part, slope);
                if slope >= 0.5 * first {
                    return part;
                }
            } else {
                high = (part, slope);
            }
        }
        if high.1 <= -0.5 * first {
            high.0
        } else {
            low.0
        }
    }

    fn apply(
        &self,
        problem: &Assignment<'_>,
        state: &mut LinkState,
        groups: &mut [Group],
        amounts: &[f64],
        part: f64,
    ) {
        for (exchange, amount) in self.exchanges.all.iter().zip(amounts) {
            let group = &mut groups[exchange.group];
            let amount = part * amount;
            // What the base gives to one path it may first have to take from another.
            group.paths[exchange.base].flow -= amount;
            match exchange.path {
                Some(path) => add(&mut group.paths[path].flow, amount),
                None => add(&mut group.pairs[exchange.pair].kept, amount),
            }
        }
        for exchange in &self.exchanges.all {
            add(&mut groups[exchange.group].paths[exchange.base].flow, 0.0);
        }
        for (link, change) in self.change.iter().enumerate() {
            if *change != 0.0 {
                state.add(problem, link as u32, part * change);
            }
        }
    }
}

/// Adds to a flow that stays 0 or more.
fn add(flow: &mut f64, amount: f64) {
    *flow = (*flow + amount).max(0.0);
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
