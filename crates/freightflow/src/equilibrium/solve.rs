//! Path equilibration: trees grown at fixed costs, then flow shifted between paths, in turn.

use std::ops::ControlFlow;

use rayon::prelude::*;

use super::demand::OdPair;
use super::groups::{Gap, Group, Workspace, groups_of};
use super::measure::Flows;
use super::newton::Newton;
use super::outcome::{Equilibrium, Limits, PairOutcome, Paths};
use super::problem::{Assignment, AssignmentError};
use super::shift::Shifter;
use super::state::LinkState;
use crate::progress::{Progress, Stop, Watch};

/// Origins whose trees are grown at the same costs while the first paths are found. The number is
/// fixed so that the result does not depend on how many threads grow them.
const BLOCK: usize = 16;

/// Sweeps over the paths in use before a Newton step.
const SWEEPS: usize = 3;

/// Most Newton steps before trees are grown again, if none goes all the way.
const MAX_NEWTON_STEPS: usize = 8;

/// Part of the mean gap of a pair below which a path is left as it is for now.
const NEGLIGIBLE: f64 = 0.01;

/// Iterations without a smaller gap after which none is expected.
const PATIENCE: usize = 25;

/// Flows by path while they are brought to equilibrium.
struct Solver<'a, 'p> {
    problem: &'a Assignment<'p>,
    groups: Vec<Group>,
    state: LinkState,
    shifter: Shifter,
    newton: Newton,
}

/// Solves an assignment by path equilibration.
///
/// Each iteration
///
/// 1. grows the least-cost tree of every origin at the present costs, in parallel, repairing the
///    tree of the iteration before; this measures the gap, and adds paths that are better than those
///    in use;
/// 2. sweeps a few times over the pairs with several paths and moves flow from each dearer path to
///    the cheapest by Newton's method on the links that the two do not share: the gradient projection
///    of Jayakrishnan et al. (*Transportation Research Record* 1443, 1994) with the order of Florian,
///    Constantin and Florian (*Transportation Research Record* 2090, 2009);
/// 3. takes one Newton step for all paths in use together, by conjugate gradients on the quadratic
///    model of the objective, with a line search. Near the solution the gap falls quadratically.
///
/// Runs in the thread pool of the caller; the result is the same, bit for bit, for any number of
/// threads. `watch` is called once an iteration and may stop the computation.
///
/// # Errors
/// [`AssignmentError::Unreachable`] and [`AssignmentError::Unbounded`].
///
/// # Examples
/// Two roads, one slow and wide, one fast and narrow:
/// ```
/// use freightflow::cost::LinkCost;
/// use freightflow::equilibrium::{Assignment, Class, Limits, OdPair, path_equilibrium};
/// use freightflow::{Network, NodeId, unwatched};
///
/// let (from, to) = (NodeId::new(0), NodeId::new(1));
/// let network = Network::new(2, &[(from, to), (from, to)])?;
/// let costs = [LinkCost::constant(20.0)?, LinkCost::bpr(10.0, 1.0, 5.0, 1.0)?];
/// let demand = vec![OdPair::fixed(from, to, 8.0)];
/// let class = Class { weight: 1.0, demand, ..Class::default() };
/// let problem = Assignment::new(&network, &costs, vec![class])?;
/// let found = path_equilibrium(&problem, Limits::default(), &mut unwatched)?;
/// // Five units fill the fast road until it takes 20, too.
/// assert!((found.link_flow[1] - 5.0).abs() < 1e-9);
/// assert!(found.certificate.relative_gap <= 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn path_equilibrium(
    problem: &Assignment<'_>,
    limits: Limits,
    watch: Watch<'_>,
) -> Result<Equilibrium, AssignmentError> {
    let mut solver = Solver {
        problem,
        groups: groups_of(problem),
        state: LinkState::new(problem),
        shifter: Shifter::new(problem.network().links()),
        newton: Newton::new(problem.network().links()),
    };
    solver.find_most_demand()?;
    solver.find_first_paths();
    solver.check_reach()?;
    let mut iterations = 0;
    let mut best = (f64::INFINITY, 0);
    let stop = loop {
        let mut gap = solver.grow_trees();
        iterations += 1;
        if gap.relative() <= limits.relative_gap {
            // The flows of the links may have drifted: the paths decide.
            solver.state.reload(problem, &solver.groups);
            gap = solver.grow_trees();
        }
        if gap.relative() < best.0 {
            best = (gap.relative(), iterations);
        }
        let progress = Progress {
            iteration: iterations,
            relative_gap: gap.relative(),
            objective: solver.objective(),
        };
        if gap.relative() <= limits.relative_gap {
            break Stop::Converged;
        } else if watch(progress) == ControlFlow::Break(()) {
            break Stop::Cancelled;
        } else if iterations >= limits.max_iterations {
            break Stop::IterationLimit;
        } else if iterations - best.1 >= PATIENCE {
            break Stop::Stalled;
        }
        solver.equalise(gap);
    };
    Ok(solver.outcome(iterations, stop))
}

impl Solver<'_, '_> {
    /// Finds the most that elastic demand can be: that of the empty network.
    fn find_most_demand(&mut self) -> Result<(), AssignmentError> {
        let problem = self.problem;
        if !problem
            .classes()
            .iter()
            .any(|class| class.demand.iter().any(OdPair::is_elastic))
        {
            return Ok(());
        }
        let costs = self.state.class_costs(problem);
        let memory = || Workspace::new(problem.network());
        self.groups
            .par_iter_mut()
            .for_each_init(memory, |work, group| {
                group.look(problem, &costs[group.class], work)
            });
        for group in &mut self.groups {
            let class = &problem.classes()[group.class];
            for flow in &mut group.pairs {
                let pair = &class.demand[flow.position as usize];
                if pair.is_elastic() && flow.least.is_finite() {
                    flow.volume = pair.demand(flow.least);
                    if !flow.volume.is_finite() {
                        return Err(AssignmentError::Unbounded {
                            class: class.name.clone(),
                            origin: pair.origin,
                            destination: pair.destination,
                            volume: flow.volume,
                        });
                    }
                }
            }
        }
        Ok(())
    }

    /// Finds demand that cannot move.
    fn check_reach(&self) -> Result<(), AssignmentError> {
        let (mut pairs, mut volume, mut first) = (0, 0.0, None);
        for group in &self.groups {
            let class = &self.problem.classes()[group.class];
            for flow in group.pairs.iter().filter(|flow| flow.least.is_infinite()) {
                let pair = &class.demand[flow.position as usize];
                pairs += 1;
                volume += pair.volume;
                first.get_or_insert((class.name.clone(), pair.origin, pair.destination));
            }
        }
        match first {
            None => Ok(()),
            Some((class, origin, destination)) => Err(AssignmentError::Unreachable {
                class,
                origin,
                destination,
                pairs,
                volume,
            }),
        }
    }

    /// Loads every origin on its tree, and shifts flow once; in blocks, so that later origins see
    /// the traffic of the earlier ones.
    fn find_first_paths(&mut self) {
        let (problem, state) = (self.problem, &mut self.state);
        for block in self.groups.chunks_mut(BLOCK) {
            grow_trees(problem, state, block);
            state.load(problem, block);
        }
        for block in self.groups.chunks_mut(BLOCK) {
            grow_trees(problem, state, block);
            let active = active_pairs(problem, block);
            self.shifter.sweep(problem, state, block, &active, 0.0);
        }
    }

    fn grow_trees(&mut self) -> Gap {
        grow_trees(self.problem, &self.state, &mut self.groups)
    }

    /// Brings the paths in use nearer to equal cost.
    fn equalise(&mut self, gap: Gap) {
        let (problem, state) = (self.problem, &mut self.state);
        let active = active_pairs(problem, &self.groups);
        let negligible = NEGLIGIBLE * gap.excess / active.len().max(1) as f64;
        for _ in 0..SWEEPS {
            self.shifter
                .sweep(problem, state, &mut self.groups, &active, negligible);
        }
        for _ in 0..MAX_NEWTON_STEPS {
            if self.newton.step(problem, state, &mut self.groups, &active) {
                break;
            }
        }
    }

    fn objective(&self) -> f64 {
        let flows = self.state.flow.iter().enumerate();
        let links: f64 = flows
            .map(|(link, &flow)| self.problem.integral(link, flow))
            .sum();
        let others: f64 = self
            .groups
            .iter()
            .map(|group| group.extra_and_lost(self.problem))
            .sum();
        links + others
    }

    fn outcome(mut self, iterations: usize, stop: Stop) -> Equilibrium {
        let problem = self.problem;
        self.state.reload(problem, &self.groups);
        let gap = self.grow_trees();
        let mut flows = Flows::nothing(problem);
        let mut most: Vec<Vec<f64>> = problem
            .classes()
            .iter()
            .map(|class| vec![0.0; class.demand.len()])
            .collect();
        for group in &self.groups {
            for pair in &group.pairs {
                let position = pair.position as usize;
                let outcome = PairOutcome {
                    demand: pair.moving(),
                    cost: pair.least,
                };
                flows.pairs[group.class][position] = outcome;
                most[group.class][position] = pair.volume;
            }
            for path in &group.paths {
                for &link in &group.links[path.range()] {
                    flows.class_flow[group.class][link as usize] += path.flow;
                }
            }
        }
        let paths = Paths::new(problem, self.groups);
        flows.outcome(
            problem,
            gap,
            |class, pair| most[class][pair],
            (iterations, stop),
            paths,
        )
    }
}

/// Pairs with something to shift: (group, pair).
fn active_pairs(problem: &Assignment<'_>, groups: &[Group]) -> Vec<(u32, u32)> {
    let mut active = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let demand = &problem.classes()[group.class].demand;
        for (pair, flow) in group.pairs.iter().enumerate() {
            if flow.paths >= 2 || demand[flow.position as usize].is_elastic() {
                active.push((index as u32, pair as u32));
            }
        }
    }
    active
}

fn grow_trees(problem: &Assignment<'_>, state: &LinkState, groups: &mut [Group]) -> Gap {
    let costs = state.class_costs(problem);
    let memory = || Workspace::new(problem.network());
    let gaps: Vec<Gap> = groups
        .par_iter_mut()
        .map_init(memory, |work, group| {
            group.improve(problem, &costs[group.class], work)
        })
        .collect();
    gaps.into_iter().fold(Gap::default(), Gap::plus)
}
