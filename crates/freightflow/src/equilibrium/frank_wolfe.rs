//! Bi-conjugate Frank–Wolfe: the simple reference.

use std::ops::ControlFlow;

use super::groups::Gap;
use super::loading::{Loaded, load};
use super::measure::{Flows, link_flow};
use super::outcome::{Equilibrium, Limits, PairOutcome, Paths};
use super::problem::{Assignment, AssignmentError};
use crate::progress::{Progress, Stop, Watch};

/// Halvings of a line search: to the last digit.
const HALVINGS: usize = 60;

/// A step this near to the end of the line leaves no direction to be conjugate to.
const FULL_STEP: f64 = 0.99;

/// Solves an assignment by the bi-conjugate Frank–Wolfe algorithm (Mitradjieva and Lindberg,
/// *Transportation Science* 47(2), 2013).
///
/// Each iteration loads all demand on the least-cost paths at the present costs and moves towards a
/// mixture of that loading and the last two targets, chosen so that the direction is conjugate to the
/// last two under the Hessian of the objective; how far is found by halving. It keeps link flows
/// only, and its convergence slows down: expect relative gaps of 1e-4 to 1e-6. It shares nothing
/// with [`path_equilibrium`](super::path_equilibrium) but Dijkstra's algorithm, and serves to check
/// it.
///
/// Runs in the thread pool of the caller; the result does not depend on its size.
///
/// # Errors
/// [`AssignmentError::Unreachable`] and [`AssignmentError::Unbounded`].
pub fn frank_wolfe(
    problem: &Assignment<'_>,
    limits: Limits,
    watch: Watch<'_>,
) -> Result<Equilibrium, AssignmentError> {
    let mut now = Point::at_first(problem)?;
    let most = now.moving.clone();
    let mut memory: Option<Memory> = None;
    let mut iterations = 0;
    loop {
        let (target, least, gap) = now.load(problem, &most);
        iterations += 1;
        let objective = now.objective(problem, &most);
        let progress = Progress {
            iteration: iterations,
            relative_gap: gap.relative(),
            objective,
        };
        let stop = if gap.relative() <= limits.relative_gap {
            Some(Stop::Converged)
        } else if watch(progress) == ControlFlow::Break(()) {
            Some(Stop::Cancelled)
        } else {
            (iterations >= limits.max_iterations).then_some(Stop::IterationLimit)
        };
        if let Some(stop) = stop {
            let most = |class: usize, pair: usize| most[class][pair];
            let end = (iterations, stop);
            return Ok(now
                .into_flows(&least)
                .outcome(problem, gap, most, end, Paths::default()));
        }
        let target = match &memory {
            Some(memory) => memory.conjugate(&now.curvature(problem), &now, target),
            None => target,
        };
        let step = now.line_search(problem, &target);
        now = now.mix(1.0 - step, &target, step);
        let before = memory.take().map(|memory| memory.last);
        memory = (step < FULL_STEP).then_some(Memory {
            last: target,
            before,
            step,
        });
    }
}

/// Link flows by class, and demand that moves by class and position.
struct Point {
    flow: Vec<Vec<f64>>,
    moving: Vec<Vec<f64>>,
}

/// Second derivatives of the objective by weighted link flow, and by class and position of elastic
/// demand.
struct Curvature {
    weights: Vec<f64>,
    links: Vec<f64>,
    pairs: Vec<Vec<f64>>,
}

/// Targets and step of the iterations before.
struct Memory {
    last: Point,
    before: Option<Point>,
    step: f64,
}

impl Point {
    /// All demand on the least-cost paths of the empty network.
    fn at_first(problem: &Assignment<'_>) -> Result<Self, AssignmentError> {
        let empty = vec![vec![0.0; problem.network().links()]; problem.classes().len()];
        let costs = class_costs(problem, &empty);
        let mut first = Self {
            flow: Vec::new(),
            moving: Vec::new(),
        };
        for (index, class) in problem.classes().iter().enumerate() {
            let volume = |position: usize, least: f64| class.demand[position].demand(least);
            let loaded = load(problem, index, &costs[index], volume);
            check(problem, index, &loaded)?;
            first.flow.push(loaded.flow);
            first.moving.push(loaded.volume);
        }
        Ok(first)
    }

    /// All demand on the least-cost paths at these flows (elastic demand if it is worth its cost
    /// now), the least costs, and the gap of these flows.
    fn load(&self, problem: &Assignment<'_>, most: &[Vec<f64>]) -> (Self, Vec<Vec<f64>>, Gap) {
        let costs = class_costs(problem, &self.flow);
        let mut target = Self {
            flow: Vec::new(),
            moving: Vec::new(),
        };
        let mut all_least = Vec::new();
        let mut gap = Gap::default();
        for (index, class) in problem.classes().iter().enumerate() {
            let moving = &self.moving[index];
            let willing = |position: usize| class.demand[position].willingness(moving[position]).0;
            let volume = |position: usize, least: f64| {
                if willing(position) > least {
                    most[index][position]
                } else {
                    0.0
                }
            };
            let loaded = load(problem, index, &costs[index], volume);
            let flows = self.flow[index]
                .iter()
                .zip(&costs[index])
                .filter(|(flow, _)| **flow > 0.0);
            let total: f64 = flows.map(|(flow, cost)| flow * cost).sum();
            let mut excess = total;
            for (position, pair) in class.demand.iter().enumerate() {
                let all = most[index][position];
                if pair.is_elastic() && pair.uses_links() {
                    excess += (all - moving[position]) * willing(position);
                    excess -= all * willing(position).min(loaded.least[position]);
                } else {
                    excess -= all * loaded.least[position];
                }
            }
            gap = gap.plus(Gap {
                excess: class.weight * excess,
                total: class.weight * total,
            });
            target.flow.push(loaded.flow);
            target.moving.push(loaded.volume);
            all_least.push(loaded.least);
        }
        (target, all_least, gap)
    }

    fn mix(&self, keep: f64, other: &Self, add: f64) -> Self {
        let rows = |a: &[Vec<f64>], b: &[Vec<f64>]| {
            let mixed = |(a, b): (&f64, &f64)| keep * a + add * b;
            a.iter()
                .zip(b)
                .map(|(a, b)| a.iter().zip(b).map(mixed).collect())
                .collect()
        };
        Self {
            flow: rows(&self.flow, &other.flow),
            moving: rows(&self.moving, &other.moving),
        }
    }

    fn curvature(&self, problem: &Assignment<'_>) -> Curvature {
        let flows = link_flow(problem, &self.flow);
        let slope = |(link, &flow): (usize, &f64)| problem.cost_and_slope(link, flow).1;
        let pairs = problem
            .classes()
            .iter()
            .zip(&self.moving)
            .map(|(class, moving)| {
                let pairs = class.demand.iter().zip(moving);
                pairs
                    .map(|(pair, &moving)| -class.weight * pair.willingness(moving).1)
                    .collect()
            });
        Curvature {
            weights: problem.classes().iter().map(|class| class.weight).collect(),
            links: flows.iter().enumerate().map(slope).collect(),
            pairs: pairs.collect(),
        }
    }

    /// Part of the way to `target` at which the objective is least.
    fn line_search(&self, problem: &Assignment<'_>, target: &Self) -> f64 {
        let direction = target.mix(1.0, self, -1.0);
        let change = link_flow(problem, &direction.flow);
        let rises = |step: f64| {
            let at = self.mix(1.0, &direction, step);
            let flows = link_flow(problem, &at.flow);
            let links = flows
                .iter()
                .zip(&change)
                .enumerate()
                .filter(|(_, (_, d))| **d != 0.0);
            let mut slope: f64 = links
                .map(|(link, (&flow, d))| d * problem.cost_and_slope(link, flow).0)
                .sum();
            for (index, class) in problem.classes().iter().enumerate() {
                let extra = class.extra_cost.iter().zip(&direction.flow[index]);
                let extra: f64 = extra.filter(|(_, d)| **d != 0.0).map(|(e, d)| e * d).sum();
                let pairs = class
                    .demand
                    .iter()
                    .zip(&direction.moving[index])
                    .enumerate();
                let worth: f64 = pairs
                    .filter(|(_, (pair, d))| pair.is_elastic() && **d != 0.0)
                    .map(|(position, (pair, d))| d * pair.willingness(at.moving[index][position]).0)
                    .sum();
                slope += class.weight * (extra - worth);
            }
            slope > 0.0
        };
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..HALVINGS {
            let middle = (low + high) / 2.0;
            if rises(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        (low + high) / 2.0
    }

    fn objective(&self, problem: &Assignment<'_>, most: &[Vec<f64>]) -> f64 {
        let flows = Flows {
            class_flow: self.flow.clone(),
            pairs: outcomes(&self.moving, &self.moving),
        };
        flows.objective(problem, &link_flow(problem, &self.flow), |class, pair| {
            most[class][pair]
        })
    }

    fn into_flows(self, least: &[Vec<f64>]) -> Flows {
        Flows {
            pairs: outcomes(&self.moving, least),
            class_flow: self.flow,
        }
    }
}

impl Curvature {
    /// `aᵀ H b` of two directions.
    fn product(&self, a: &Point, b: &Point) -> f64 {
        let sum = |point: &Point, link: usize| -> f64 {
            self.weights
                .iter()
                .zip(&point.flow)
                .map(|(weight, flow)| weight * flow[link])
                .sum()
        };
        let links = self.links.iter().enumerate();
        let links: f64 = links
            .map(|(link, slope)| slope * sum(a, link) * sum(b, link))
            .sum();
        let pairs =
            self.pairs
                .iter()
                .zip(a.moving.iter().zip(&b.moving))
                .map(|(slopes, (a, b))| {
                    let products = slopes
                        .iter()
                        .zip(a.iter().zip(b))
                        .filter(|(slope, _)| **slope != 0.0);
                    products.map(|(slope, (a, b))| slope * a * b).sum::<f64>()
                });
        links + pairs.sum::<f64>()
    }
}

impl Memory {
    /// A target in a direction conjugate to the last one or two; `loaded` itself if there is none.
    fn conjugate(&self, curvature: &Curvature, now: &Point, loaded: Point) -> Point {
        let away = |target: &Point| target.mix(1.0, now, -1.0);
        let fresh = away(&loaded);
        let last = away(&self.last);
        let Some(before) = &self.before else {
            let along = curvature.product(&last, &fresh);
            let ratio = along / (along - curvature.product(&last, &last));
            let valid = ratio.is_finite() && (0.0..=FULL_STEP).contains(&ratio);
            return if valid {
                self.last.mix(ratio, &loaded, 1.0 - ratio)
            } else {
                loaded
            };
        };
        let step = self.step;
        let bent = self.last.mix(step, before, 1.0 - step).mix(1.0, now, -1.0);
        let apart = before.mix(1.0, &self.last, -1.0);
        let mu = -curvature.product(&bent, &fresh) / curvature.product(&bent, &apart);
        let nu = -curvature.product(&last, &fresh) / curvature.product(&last, &last)
            + mu * step / (1.0 - step);
        if !(mu.is_finite() && nu.is_finite() && mu >= 0.0 && nu >= 0.0) {
            return loaded;
        }
        let whole = 1.0 / (1.0 + mu + nu);
        let mixed = loaded.mix(whole, &self.last, nu * whole);
        mixed.mix(1.0, before, mu * whole)
    }
}

fn outcomes(moving: &[Vec<f64>], least: &[Vec<f64>]) -> Vec<Vec<PairOutcome>> {
    let pair = |(&demand, &cost): (&f64, &f64)| PairOutcome { demand, cost };
    let class =
        |(moving, least): (&Vec<f64>, &Vec<f64>)| moving.iter().zip(least).map(pair).collect();
    moving.iter().zip(least).map(class).collect()
}

fn class_costs(problem: &Assignment<'_>, class_flow: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let flows = link_flow(problem, class_flow);
    let common = |(link, &flow): (usize, &f64)| problem.cost_and_slope(link, flow).0;
    let common: Vec<f64> = flows.iter().enumerate().map(common).collect();
    let own = |extra: &[f64]| -> Vec<f64> {
        let extra = |link: usize| extra.get(link).copied().unwrap_or(0.0);
        common
            .iter()
            .enumerate()
            .map(|(link, cost)| cost + extra(link))
            .collect()
    };
    problem
        .classes()
        .iter()
        .map(|class| own(&class.extra_cost))
        .collect()
}

fn check(problem: &Assignment<'_>, class: usize, loaded: &Loaded) -> Result<(), AssignmentError> {
    let users = &problem.classes()[class];
    let unreachable = |position: &usize| loaded.least[*position].is_infinite();
    let positions: Vec<usize> = (0..users.demand.len()).filter(unreachable).collect();
    if let Some(&first) = positions.first() {
        let pair = &users.demand[first];
        return Err(AssignmentError::Unreachable {
            class: users.name.clone(),
            origin: pair.origin,
            destination: pair.destination,
            pairs: positions.len(),
            volume: positions
                .iter()
                .map(|&position| users.demand[position].volume)
                .sum(),
        });
    }
    match loaded.volume.iter().position(|volume| !volume.is_finite()) {
        None => Ok(()),
        Some(position) => Err(AssignmentError::Unbounded {
            class: users.name.clone(),
            origin: users.demand[position].origin,
            destination: users.demand[position].destination,
            volume: loaded.volume[position],
        }),
    }
}
