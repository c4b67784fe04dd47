//! Exchanges of flow between the paths of a pair, as variables of a Newton step.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::compare::Comparison;
use super::groups::Group;
use super::problem::Assignment;
use super::state::LinkState;

/// Largest part of an elastic demand that one step may take away.
const MOST_LOST: f64 = 0.9;

/// Flow that leaves the base path of a pair for another, or stays at home.
pub(super) struct Exchange {
    pub(super) group: usize,
    pub(super) pair: usize,
    /// The other path; nothing for home.
    pub(super) path: Option<usize>,
    pub(super) base: usize,
    pub(super) weight: f64,
    /// Excess cost of the other over the base, and its part that does not depend on links.
    pub(super) excess: f64,
    pub(super) extra: f64,
    /// Slope of the excess if only this flow is exchanged, and its part due to home.
    pub(super) slope: f64,
    pub(super) home_slope: f64,
    /// Links that only the other uses, then links that only the base uses.
    pub(super) gains: Range<usize>,
    pub(super) losses: Range<usize>,
}

/// The exchanges of a step and their links.
pub(super) struct Exchanges {
    pub(super) all: Vec<Exchange>,
    links: Vec<u32>,
    comparison: Comparison,
    /// The exchange that was kept of those between the same links.
    kept: HashMap<u64, usize>,
}

impl Exchange {
    /// Least and largest amount.
    pub(super) fn bounds(&self, groups: &[Group]) -> (f64, f64) {
        let group = &groups[self.group];
        match self.path {
            Some(path) => (-group.paths[path].flow, f64::INFINITY),
            None => {
                let pair = &group.pairs[self.pair];
                (-pair.kept, MOST_LOST * pair.moving())
            }
        }
    }

    /// Whether two exchanges have the same pair, and so the same base.
    pub(super) fn same_pair(&self, other: &Self) -> bool {
        (self.group, self.pair) == (other.group, other.pair)
    }

    /// Flow that can be exchanged either way.
    fn room(&self, groups: &[Group]) -> f64 {
        let flow = |path: usize| groups[self.group].paths[path].flow;
        flow(self.base).min(self.path.map_or(f64::INFINITY, flow))
    }
}

impl Exchanges {
    pub(super) fn new(links: usize) -> Self {
        Self {
            all: Vec::new(),
            links: Vec::new(),
            comparison: Comparison::new(links),
            kept: HashMap::new(),
        }
    }

    /// Lists the exchanges of the active pairs (group, pair).
    ///
    /// Many pairs may choose between the same two stretches of road. For the flows of links they are
    /// one variable, so only the one with most room is kept.
    pub(super) fn list(
        &mut self,
        problem: &Assignment<'_>,
        state: &LinkState,
        groups: &[Group],
        active: &[(u32, u32)],
    ) {
        self.all.clear();
        self.links.clear();
        self.kept.clear();
        for &(group, pair) in active {
            self.list_pair(problem, state, groups, (group as usize, pair as usize));
        }
        self.all
            .sort_by_key(|exchange| (exchange.group, exchange.pair, exchange.path));
    }

    fn list_pair(
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
            let (gains, losses) = self.compare(group, path, base);
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
            self.keep(
                groups,
                group.class,
                Exchange {
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
                },
            );
        }
    }

    /// Appends the links that only one of two paths uses.
    fn compare(
        &mut self,
        group: &Group,
        path: Option<usize>,
        base: usize,
    ) -> (Range<usize>, Range<usize>) {
        let on_path = path.map_or(&[][..], |path| &group.links[group.paths[path].range()]);
        let on_base = &group.links[group.paths[base].range()];
        let start = self.links.len();
        let mut losses = Vec::new();
        self.comparison
            .split(on_path, on_base, &mut self.links, &mut losses);
        let gains = start..self.links.len();
        self.links.extend(losses);
        let losses = gains.end..self.links.len();
        (gains, losses)
    }

    /// Keeps an exchange, unless one between the same links has more room.
    fn keep(&mut self, groups: &[Group], class: usize, exchange: Exchange) {
        if exchange.path.is_some() {
            let mut hasher = DefaultHasher::new();
            let links = |range: &Range<usize>| &self.links[range.clone()];
            (class, links(&exchange.gains), links(&exchange.losses)).hash(&mut hasher);
            let alike = *self.kept.entry(hasher.finish()).or_insert(self.all.len());
            if let Some(known) = self.all.get_mut(alike) {
                self.links.truncate(exchange.gains.start);
                if exchange.room(groups) > known.room(groups) {
                    let (gains, losses) = (known.gains.clone(), known.losses.clone());
                    *known = Exchange {
                        gains,
                        losses,
                        ..exchange
                    };
                }
                return;
            }
        }
        self.all.push(exchange);
    }

    fn sum(&self, values: &[f64], range: &Range<usize>) -> f64 {
        self.links[range.clone()]
            .iter()
            .map(|&link| values[link as usize])
            .sum()
    }

    /// What an exchange adds of a value of links: those of the other path less those of the base.
    pub(super) fn difference(&self, values: &[f64], exchange: &Exchange) -> f64 {
        self.sum(values, &exchange.gains) - self.sum(values, &exchange.losses)
    }

    /// Changes of link flows that amounts of the exchanges make.
    pub(super) fn spread(&self, amounts: &[f64], change: &mut [f64]) {
        change.fill(0.0);
        for (exchange, amount) in self.all.iter().zip(amounts) {
            let flow = exchange.weight * amount;
            for &link in &self.links[exchange.gains.clone()] {
                change[link as usize] += flow;
            }
            for &link in &self.links[exchange.losses.clone()] {
                change[link as usize] -= flow;
            }
        }
    }
}
