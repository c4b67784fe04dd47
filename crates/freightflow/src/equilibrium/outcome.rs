//! What an assignment yields.

use super::groups::Group;
use super::problem::Assignment;
use crate::certificate::Certificate;
use crate::network::LinkId;
use crate::progress::Stop;

/// When to end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Relative gap to reach.
    pub relative_gap: f64,
    /// Most iterations.
    pub max_iterations: usize,
}

impl Default for Limits {
    /// To a relative gap of 1e-12, within 1,000 iterations.
    fn default() -> Self {
        Self {
            relative_gap: 1e-12,
            max_iterations: 1_000,
        }
    }
}

/// Flows in equilibrium, or as near to it as the certificate says.
#[derive(Clone, Debug)]
pub struct Equilibrium {
    /// Weighted flow of all classes on each link.
    pub link_flow: Vec<f64>,
    /// Cost of each link at its flow, as a user sees it (also in a system optimum).
    pub link_cost: Vec<f64>,
    /// Flow of each class on each link, in the unit of its demand.
    pub class_flow: Vec<Vec<f64>>,
    /// For each class and position in its demand, what became of the pair.
    pub pairs: Vec<Vec<PairOutcome>>,
    /// Value of the function that the flows minimise: Σ∫cost + Σ extra costs + worth of demand that
    /// stays at home; in a system optimum the total cost instead of Σ∫cost.
    pub objective: f64,
    /// Σ flow × cost of all users, in weighted flow × cost.
    pub total_cost: f64,
    /// Iterations done.
    pub iterations: usize,
    /// Why the computation ended.
    pub stop: Stop,
    /// How good the flows are.
    pub certificate: Certificate,
    pub(super) paths: Paths,
}

/// An origin–destination pair in equilibrium.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PairOutcome {
    /// Flow that moves.
    pub demand: f64,
    /// Least cost of moving: what decides, so marginal costs in a system optimum. 0 for a pair that
    /// uses no link.
    pub cost: f64,
}

/// A path in use.
#[derive(Clone, Debug, PartialEq)]
pub struct UsedPath {
    /// Links in order.
    pub links: Vec<LinkId>,
    /// Flow, in the unit of the demand.
    pub flow: f64,
}

/// Path flows by class and position of the pair.
#[derive(Clone, Debug, Default)]
pub(super) struct Paths {
    /// Group and pair of each class and position.
    places: Vec<Vec<Option<(u32, u32)>>>,
    groups: Vec<Group>,
}

impl Paths {
    pub(super) fn new(problem: &Assignment<'_>, groups: Vec<Group>) -> Self {
        let mut places: Vec<_> = problem
            .classes()
            .iter()
            .map(|class| vec![None; class.demand.len()])
            .collect();
        for (index, group) in groups.iter().enumerate() {
            for (pair, flow) in group.pairs.iter().enumerate() {
                places[group.class][flow.position as usize] = Some((index as u32, pair as u32));
            }
        }
        Self { places, groups }
    }
}

impl Equilibrium {
    /// Paths that the pair at `position` of the demand of `class` uses. Path flows are one of many
    /// sets that make the same link flows.
    ///
    /// Empty for Frank–Wolfe, which keeps no paths, and for pairs that use no link.
    pub fn paths(&self, class: usize, position: usize) -> Vec<UsedPath> {
        let place = self
            .paths
            .places
            .get(class)
            .and_then(|places| places.get(position));
        let Some(&Some((group, pair))) = place else {
            return Vec::new();
        };
        let group = &self.paths.groups[group as usize];
        let used = |path: &&super::groups::PathFlow| path.flow > 0.0;
        let paths = group.paths[group.pairs[pair as usize].range()]
            .iter()
            .filter(used);
        paths
            .map(|path| UsedPath {
                links: group.links[path.range()]
                    .iter()
                    .map(|&link| LinkId::from_raw(link))
                    .collect(),
                flow: path.flow,
            })
            .collect()
    }
}
