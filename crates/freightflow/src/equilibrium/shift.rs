//! Shifting flow between the paths of one origin–destination pair until they cost the same.

use super::groups::{Group, PairFlow, PathFlow};
use super::problem::Assignment;
use super::state::LinkState;

/// Corrections of one shift; each at least halves the bracket or the difference of cost.
const MAX_CORRECTIONS: usize = 12;

/// Shifts flow; holds the memory that this needs.
pub(super) struct Shifter {
    marks: Vec<u32>,
    stamp: u32,
    costs: Vec<f64>,
    only_dear: Vec<u32>,
    only_cheap: Vec<u32>,
}

impl Shifter {
    pub(super) fn new(links: usize) -> Self {
        Self {
            marks: vec![0; links],
            stamp: 0,
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
        self.compare(links, &paths[dear], &paths[cheap]);
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

    /// Lets elastic demand answer to the cheapest path's cost.
    fn answer(
        &mut self,
        problem: &Assignment<'_>,
        state: &mut LinkState,
        group: &mut Group,
        index: usize,
    ) -> f64 {
        let users = &problem.classes()[group.class];
        let pair = group.pairs[index];
        let demand = &users.demand[pair.position as usize];
        let range = pair.range();
        let cost = |path: &PathFlow, state: &LinkState| cost_of(&group.links, path, state);
        let mut cheap = range.start;
        for path in range {
            if cost(&group.paths[path], state) < cost(&group.paths[cheap], state) {
                cheap = path;
            }
        }
        let path = group.paths[cheap];
        let on_path = &group.links[path.range()];
        let mut moving = pair.volume - pair.kept;
        let (low, high) = (moving - path.flow, pair.volume);
        let mut before = f64::INFINITY;
        let (mut floor, mut ceiling) = (low, high);
        let mut met = 0.0;
        for round in 0..MAX_CORRECTIONS {
            let (willing, willing_slope) = demand.willingness(moving);
            let gain = willing - cost(&path, state);
            if round == 0 {
                met = if gain > 0.0 {
                    (pair.volume - moving) * gain
                } else {
                    -gain * path.flow
                };
            }
            if gain.abs() <= 0.5 * before.abs() && round > 0 && gain.abs() < 1e-3 * willing {
                break;
            }
            // Demand rises where it is worth its cost: keep the bracket.
            if gain > 0.0 {
                floor = moving
            } else {
                ceiling = moving
            }
            let slope: f64 = on_path.iter().map(|&link| state.slope[link as usize]).sum();
            let mut target = moving + gain / (users.weight * slope - willing_slope);
            if !(target >= floor && target <= ceiling) {
                target = (floor + ceiling) / 2.0;
            }
            for &link in on_path {
                state.add(problem, link, users.weight * (target - moving));
            }
            moving = target;
            before = gain;
        }
        group.paths[cheap].flow = (path.flow + moving - (pair.volume - pair.kept)).max(0.0);
        group.pairs[index].kept = pair.volume - moving;
        met
    }

    /// Finds the links that only one of two paths uses.
    fn compare(&mut self, links: &[u32], dear: &PathFlow, cheap: &PathFlow) {
        if self.stamp > u32::MAX - 2 {
            self.marks.fill(0);
            self.stamp = 0;
        }
        self.stamp += 2;
        let (on_cheap, common) = (self.stamp - 1, self.stamp);
        let dear = &links[dear.range()];
        let cheap = &links[cheap.range()];
        self.only_dear.clear();
        self.only_cheap.clear();
        for &link in cheap {
            self.marks[link as usize] = on_cheap;
        }
        for &link in dear {
            let mark = &mut self.marks[link as usize];
            if *mark == on_cheap {
                *mark = common;
            } else {
                self.only_dear.push(link);
            }
        }
        for &link in cheap {
            if self.marks[link as usize] == on_cheap {
                self.only_cheap.push(link);
            }
        }
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

fn cost_of(links: &[u32], path: &PathFlow, state: &LinkState) -> f64 {
    let links = &links[path.range()];
    path.extra
        + links
            .iter()
            .map(|&link| state.cost[link as usize])
            .sum::<f64>()
}
