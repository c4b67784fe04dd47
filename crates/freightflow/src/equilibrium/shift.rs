//! Shifting flow between the paths of one origin–destination pair until they cost the same.

use super::compare::Comparison;
use super::groups::{Group, PairFlow, PathFlow};
use super::problem::Assignment;
use super::state::LinkState;

/// Corrections of one shift; each at least halves the bracket or the difference of cost.
const MAX_CORRECTIONS: usize = 12;

/// Step of elastic demand, as a part of it, that needs no further correction.
const CLOSE: f64 = 1e-3;

/// Shifts flow; holds the memory that this needs.
pub(super) struct Shifter {
    comparison: Comparison,
    costs: Vec<f64>,
    only_dear: Vec<u32>,
    only_cheap: Vec<u32>,
}

impl Shifter {
    pub(super) fn new(links: usize) -> Self {
        Self {
            comparison: Comparison::new(links),
            costs: Vec::new(),
            only_dear: Vec::new(),
            only_cheap: Vec::new(),
        }
    }

    /// Shifts flow for every active pair (group, pair) in turn.
    pub(super) fn sweep(
        &mut self,
        problem: &Assignment<'_>,
        state: &mut LinkState,
        groups: &mut [Group],
        active: &[(u32, u32)],
        negligible: f64,
    ) -> f64 {
        let mut met = 0.0;
        for &(group, pair) in active {
            let group = &mut groups[group as usize];
            met += self.shift(problem, state, group, pair as usize, negligible);
        }
        met
    }

    /// Brings the paths of a pair, and what stays at home, nearer to equal cost. Returns Σ flow ×
    /// excess cost that it met, weighted.
    fn shift(
        &mut self,
        problem: &Assignment<'_>,
        state: &mut LinkState,
        group: &mut Group,
        pair: usize,
        negligible: f64,
    ) -> f64 {
        let class = &problem.classes()[group.class];
        let flow = group.pairs[pair];
        let mut met = 0.0;
        if flow.paths >= 2 {
            met += self.equalise(problem, state, group, &flow, negligible);
        }
        if class.demand[flow.position as usize].is_elastic() {
            met += self.answer(problem, state, group, pair);
        }
        class.weight * met
    }

    /// Moves flow from each dearer path to the cheapest.
    fn equalise(
        &mut self,
        problem: &Assignment<'_>,
        state: &mut LinkState,
        group: &mut Group,
        pair: &PairFlow,
        negligible: f64,
    ) -> f64 {
        let range = pair.range();
        let weight = problem.classes()[group.class].weight;
        let links = &group.links;
        let paths = &mut group.paths[range];
        self.costs.clear();
        self.costs
            .extend(paths.iter().map(|path| cost_of(links, path, state)));
        let mut cheap = 0;
        for (index, &cost) in self.costs.iter().enumerate() {
            if cost < self.costs[cheap] {
                cheap = index;
            }
        }
        let mut met = 0.0;
        for dear in 0..paths.len() {
            let excess = paths[dear].flow * (self.costs[dear] - self.costs[cheap]);
            met += excess;
            if dear != cheap && excess > negligible {
                self.move_flow(problem, state, links, paths, (dear, cheap), weight);
            }
        }
        met
    }

    /// Newton's step between two paths, corrected while it overshoots.
    fn move_flow(
        &mut self,
        problem: &Assignment<'_>,
        state: &mut LinkState,
        links: &[u32],
        paths: &mut [PathFlow],
        (dear, cheap): (usize, usize),
        weight: f64,
    ) {
        self.only_dear.clear();
        self.only_cheap.clear();
        let (on_dear, on_cheap) = (&links[paths[dear].range()], &links[paths[cheap].range()]);
        self.comparison
            .split(on_dear, on_cheap, &mut self.only_dear, &mut self.only_cheap);
        let extra = paths[dear].extra - paths[cheap].extra;
        let (mut excess, slope) = self.difference(state, extra);
        let (low, high) = (-paths[cheap].flow, paths[dear].flow);
        if excess == 0.0 {
            return;
        }
        let newton = excess / (weight * slope);
        // A slope of nothing, or one without end, leaves only trying how far it goes.
        let end = if excess > 0.0 { high } else { low };
        let mut step = if newton.is_finite() && newton != 0.0 {
            newton
        } else {
            end
        };
        let mut moved = 0.0;
        for _ in 0..MAX_CORRECTIONS {
            let target = (moved + step).clamp(low, high);
            let step_taken = target - moved;
            if step_taken == 0.0 {
                break;
            }
            for &link in &self.only_dear {
                state.add(problem, link, -weight * step_taken);
            }
            for &link in &self.only_cheap {
                state.add(problem, link, weight * step_taken);
            }
            moved = target;
            let before = excess;
            excess = self.difference(state, extra).0;
            // Good enough if the difference has shrunk by half or kept its sign.
            if excess.abs() <= 0.5 * before.abs() || (excess > 0.0) == (before > 0.0) {
                break;
            }
            // The secant between the two ends of the bracket.
            step = -step_taken * excess / (excess - before);
        }
        paths[dear].flow = if moved == high {
            0.0
        } else {
            paths[dear].flow - moved
        };
        paths[cheap].flow = if moved == low {
            0.0
        } else {
            paths[cheap].flow + moved
        };
    }

    /// Lets elastic demand answer to its cost: more of it moves on the cheapest path if that is worth
    /// it, or less on every path that is not.
    fn answer(
        &mut self,
        problem: &Assignment<'_>,
        state: &mut LinkState,
        group: &mut Group,
        pair: usize,
    ) -> f64 {
        let range = group.pairs[pair].range();
        let cost = |path: usize| cost_of(&group.links, &group.paths[path], state);
        let Some(cheap) = range.clone().min_by(|&a, &b| cost(a).total_cmp(&cost(b))) else {
            return 0.0;
        };
        let demand = &problem.classes()[group.class].demand[group.pairs[pair].position as usize];
        if demand.willingness(group.pairs[pair].moving()).0 > cost(cheap) {
            return answer_on(problem, state, group, (pair, cheap));
        }
        let used: Vec<usize> = range.filter(|&path| group.paths[path].flow > 0.0).collect();
        used.into_iter()
            .map(|path| answer_on(problem, state, group, (pair, path)))
            .sum()
    }

    /// How much dearer the one path is, and the slope of that.
    fn difference(&self, state: &LinkState, extra: f64) -> (f64, f64) {
        let sum = |values: &[f64], links: &[u32]| -> f64 {
            links.iter().map(|&link| values[link as usize]).sum()
        };
        let excess = sum(&state.cost, &self.only_dear) - sum(&state.cost, &self.only_cheap) + extra;
        let slope = sum(&state.slope, &self.only_dear) + sum(&state.slope, &self.only_cheap);
        (excess, slope)
    }
}

/// Brings the flow of one path to where its cost is what the last of the demand is willing to pay,
/// as far as its flow allows. Newton's method inside a bracket.
fn answer_on(
    problem: &Assignment<'_>,
    state: &mut LinkState,
    group: &mut Group,
    (pair, path): (usize, usize),
) -> f64 {
    let class = &problem.classes()[group.class];
    let flow = group.pairs[pair];
    let demand = &class.demand[flow.position as usize];
    let path = &mut group.paths[path];
    let links = &group.links[path.range()];
    let before = flow.moving();
    let mut moving = before;
    let (mut floor, mut ceiling) = (before - path.flow, flow.volume);
    let mut met = None;
    for _ in 0..MAX_CORRECTIONS {
        let (willing, willing_slope) = demand.willingness(moving);
        let gain = willing - cost_of(&group.links, path, state);
        met.get_or_insert(if gain > 0.0 {
            flow.kept * gain
        } else {
            -gain * path.flow
        });
        if gain > 0.0 {
            floor = moving;
        } else {
            ceiling = moving;
        }
        let slope: f64 = links.iter().map(|&link| state.slope[link as usize]).sum();
        let newton = moving + gain / (class.weight * slope - willing_slope);
        let inside = newton >= floor && newton <= ceiling;
        let target = if inside {
            newton
        } else {
            (floor + ceiling) / 2.0
        };
        let step = target - moving;
        for &link in links {
            state.add(problem, link, class.weight * step);
        }
        moving = target;
        if step.abs() <= CLOSE * moving {
            break;
        }
    }
    path.flow = (path.flow + moving - before).max(0.0);
    group.pairs[pair].kept = flow.volume - moving;
    met.unwrap_or(0.0)
}

fn cost_of(links: &[u32], path: &PathFlow, state: &LinkState) -> f64 {
    let links = &links[path.range()];
    path.extra
        + links
            .iter()
            .map(|&link| state.cost[link as usize])
            .sum::<f64>()
}
