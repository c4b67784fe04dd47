//! A Newton step on all paths in use at once.
//!
//! Shifting flow pair by pair is slow where many pairs share links that are far beyond capacity: each
//! shift undoes part of another. Solving the quadratic model of the objective for all pairs together
//! follows such valleys to their end.

use std::ops::Range;

use super::compare::Comparison;
use super::groups::Group;
use super::problem::Assignment;
use super::state::LinkState;

/// Steps of the conjugate-gradient method; each costs about as much as a sweep.
const MAX_STEPS: usize = 100;

/// Part of the first residual at which the model is solved well enough.
const SOLVED: f64 = 1e-2;

/// One in so many paths may be emptied in a step of the method.
const FEW: usize = 64;

/// Part of a flow that counts as none.
const AT_BOUND: f64 = 1e-12;

/// Trials of the length of a step.
const MAX_TRIALS: usize = 30;

/// Largest part of an elastic demand that one step may take away.
const MOST_LOST: f64 = 0.9;

/// Flow that leaves the base path of a pair for another, or stays at home.
struct Exchange {
    group: usize,
    pair: usize,
    /// The other path; nothing for home.
    path: Option<usize>,
    base: usize,
    weight: f64,
    /// Excess cost of the other over the base, and its part that does not depend on links.
    excess: f64,
    extra: f64,
    /// Slope of the excess if only this flow is exchanged, and its part due to home.
    slope: f64,
    home_slope: f64,
    /// Links that only the other uses, then links that only the base uses.
    gains: Range<usize>,
    losses: Range<usize>,
}

impl Exchange {
    /// Least and largest amount.
    fn bounds(&self, groups: &[Group]) -> (f64, f64) {
        let group = &groups[self.group];
        match self.path {
            Some(path) => (-group.paths[path].flow, f64::INFINITY),
            None => {
                let pair = &group.pairs[self.pair];
                (-pair.kept, MOST_LOST * pair.moving())
            }
        }
    }
}

/// Memory of Newton steps.
pub(super) struct Newton {
    exchanges: Vec<Exchange>,
    links: Vec<u32>,
    comparison: Comparison,
    change: Vec<f64>,
}

impl Newton {
    pub(super) fn new(links: usize) -> Self {
        Self {
            exchanges: Vec::new(),
            links: Vec::new(),
            comparison: Comparison::new(links),
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
        self.exchanges.clear();
        self.links.clear();
        for &(group, pair) in active {
            self.list(problem, state, groups, (group as usize, pair as usize));
        }
        if self.exchanges.is_empty() {
            return true;
        }
        let amounts = self.solve(state, groups);
        self.spread(&amounts);
        let part = self.line_search(problem, state, groups, &amounts);
        if part > 0.0 {
            self.apply(problem, state, groups, &amounts, part);
        }
        part >= 1.0
    }

    /// Lists the exchanges of one pair.
    fn list(
        &mut self,
        problem: &Assignment<'_>,
        state: &LinkState,
        groups: &[Group],
        (group_index, pair_index): (usize, usize),
    ) {
        let group = &groups[group_index];
        let class = &problem.classes()[group.class];
        let pair = &group.pairs[pair_index];
        let flow = |path: usize| group.paths[path].flow;
        let Some(base) = pair.range().max_by(|&a, &b| flow(a).total_cmp(&flow(b))) else {
            return;
        };
        let demand = &class.demand[pair.position as usize];
        let home = (demand.is_elastic() && pair.kept > 0.0).then_some(None);
        let others = pair
            .range()
            .filter(|&path| path != base && flow(path) > 0.0)
            .map(Some);
        for path in others.chain(home) {
            let on_path = path.map_or(&[][..], |path| &group.links[group.paths[path].range()]);
            let on_base = &group.links[group.paths[base].range()];
            let start = self.links.len();
            let mut losses = Vec::new();
            self.comparison
                .split(on_path, on_base, &mut self.links, &mut losses);
            let gains = start..self.links.len();
            self.links.extend(&losses);
            let losses = gains.end..self.links.len();

            let cost = self.sum(&state.cost, &gains) - self.sum(&state.cost, &losses);
            let slope = self.sum(&state.slope, &gains) + self.sum(&state.slope, &losses);
            let mut extra = -group.paths[base].extra;
            let (mut willing, mut home_slope) = (0.0, 0.0);
            match path {
                Some(path) => extra += group.paths[path].extra,
                None => {
                    let (cost, slope) = demand.willingness(pair.moving());
                    (willing, home_slope) = (cost, -slope);
                }
            }
            self.exchanges.push(Exchange {
                group: group_index,
                pair: pair_index,
                path,
                base,
                weight: class.weight,
                excess: cost + extra + willing,
                extra,
                slope: class.weight * slope + home_slope,
                home_slope,
                gains,
                losses,
            });
        }
    }

    fn sum(&self, values: &[f64], range: &Range<usize>) -> f64 {
        self.links[range.clone()]
            .iter()
            .map(|&link| values[link as usize])
            .sum()
    }

    /// Minimises the quadratic model by conjugate gradients, each exchange scaled by its own slope.
    /// Where a step empties a path its exchange is settled, and the method starts afresh with the
    /// others.
    fn solve(&mut self, state: &LinkState, groups: &[Group]) -> Vec<f64> {
        let mut scale: Vec<f64> = self
            .exchanges
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
                for (index, exchange) in self.exchanges.iter().enumerate() {
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
        for same in self
            .exchanges
            .chunk_by(|a, b| (a.group, a.pair) == (b.group, b.pair))
        {
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
        for same in self
            .exchanges
            .chunk_by(|a, b| (a.group, a.pair) == (b.group, b.pair))
        {
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
        self.spread(direction);
        for (change, slope) in self.change.iter_mut().zip(&state.slope) {
            *change *= slope;
        }
        let pairs = self.exchanges.iter().zip(direction);
        pairs
            .map(|(exchange, amount)| {
                let links = self.sum(&self.change, &exchange.gains)
                    - self.sum(&self.change, &exchange.losses);
                exchange.weight * (links + exchange.home_slope * amount)
            })
            .collect()
    }

    /// Changes of link flows that the exchanges make.
    fn spread(&mut self, amounts: &[f64]) {
        self.change.fill(0.0);
        for (exchange, amount) in self.exchanges.iter().zip(amounts) {
            let flow = exchange.weight * amount;
            for &link in &self.links[exchange.gains.clone()] {
                self.change[link as usize] += flow;
            }
            for &link in &self.links[exchange.losses.clone()] {
                self.change[link as usize] -= flow;
            }
        }
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
            let exchanges = self.exchanges.iter().zip(amounts);
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
        for (exchange, amount) in self.exchanges.iter().zip(amounts) {
            let group = &mut groups[exchange.group];
            let amount = part * amount;
            // What the base gives to one path it may first have to take from another.
            group.paths[exchange.base].flow -= amount;
            match exchange.path {
                Some(path) => add(&mut group.paths[path].flow, amount),
                None => add(&mut group.pairs[exchange.pair].kept, amount),
            }
        }
        for exchange in &self.exchanges {
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
