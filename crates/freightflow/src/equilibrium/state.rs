//! Flow, cost and slope of every link while flow is shifted.

use super::groups::Group;
use super::problem::Assignment;

/// Links at the present flow.
pub(super) struct LinkState {
    pub(super) flow: Vec<f64>,
    pub(super) cost: Vec<f64>,
    pub(super) slope: Vec<f64>,
}

impl LinkState {
    /// An empty network.
    pub(super) fn new(problem: &Assignment<'_>) -> Self {
        let links = problem.network().links();
        let mut state = Self {
            flow: vec![0.0; links],
            cost: vec![0.0; links],
            slope: vec![0.0; links],
        };
        for link in 0..links {
            state.update(problem, link);
        }
        state
    }

    /// Sums the flows of all paths afresh.
    pub(super) fn reload(&mut self, problem: &Assignment<'_>, groups: &[Group]) {
        self.flow.fill(0.0);
        self.load(problem, groups);
    }

    /// Adds the flows of all paths of some groups.
    pub(super) fn load(&mut self, problem: &Assignment<'_>, groups: &[Group]) {
        for group in groups {
            let weight = problem.classes()[group.class].weight;
            for path in &group.paths {
                for &link in &group.links[path.range()] {
                    self.flow[link as usize] += weight * path.flow;
                }
            }
        }
        for link in 0..self.flow.len() {
            self.update(problem, link);
        }
    }

    /// Costs that a class sees: the common cost and its own.
    pub(super) fn class_costs(&self, problem: &Assignment<'_>) -> Vec<Vec<f64>> {
        let costs = |extra: &Vec<f64>| match extra.is_empty() {
            true => self.cost.clone(),
            false => self
                .cost
                .iter()
                .zip(extra)
                .map(|(cost, extra)| cost + extra)
                .collect(),
        };
        problem
            .classes()
            .iter()
            .map(|class| costs(&class.extra_cost))
            .collect()
    }

    /// Adds flow to a link.
    pub(super) fn add(&mut self, problem: &Assignment<'_>, link: u32, flow: f64) {
        let link = link as usize;
        self.flow[link] = (self.flow[link] + flow).max(0.0);
        self.update(problem, link);
    }

    fn update(&mut self, problem: &Assignment<'_>, link: usize) {
        let (cost, slope) = problem.cost_and_slope(link, self.flow[link]);
        self.cost[link] = cost;
        self.slope[link] = slope;
    }
}
