//! Lengths and passages between many ports at once, for searches that ask
//! which way goods go and not along which line.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::tie::Tie;
use super::{End, Options};
use crate::index::Meeting;
use crate::network::{Key, Scratch, UNREACHED, centimetres};
use crate::ocean::{Ocean, PortIx};
use crate::passage::PassageSet;
use crate::units::NauticalMiles;

/// The shortest way between two ports, without its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    /// Its length.
    pub distance: NauticalMiles,
    /// Passages that it takes, channels among them.
    pub passages: PassageSet,
}

impl Ocean {
    /// The shortest way of each pair of ports, in parallel; `None` where there
    /// is none. Ways are the same in both directions.
    ///
    /// Lengths of ways that the port index does not hold are those that the
    /// search adds up: they differ from a route's by less than 0.01 %.
    pub fn ways(&self, pairs: &[(PortIx, PortIx)], options: &Options) -> Vec<Option<Way>> {
        let closed = self.closed(options);
        let mut ways = self.indexed_ways(pairs, closed);
        let open = (0..pairs.len()).filter(|&i| ways[i].is_none());
        let searches = searches(pairs, open);
        let mut ends: Vec<PortIx> = searches
            .iter()
            .flat_map(|s| s.ends.iter().map(|&(_, end)| end).chain([s.from]))
            .collect();
        ends.sort_unstable();
        ends.dedup();
        let ties: HashMap<PortIx, Tie> = ends
            .par_iter()
            .filter_map(|&port| Some((port, self.tie(End::Port(port), closed, options).ok()?)))
            .collect();
        let found: Vec<Vec<Option<Way>>> = searches
            .par_iter()
            .map(|search| self.search_all(search, &ties, closed))
            .collect();
        for (search, found) in searches.iter().zip(found) {
            for (&(pair, _), way) in search.ends.iter().zip(found) {
                ways[pair] = way;
            }
        }
        ways
    }

    fn search_all(
        &self,
        search: &Search,
        ties: &HashMap<PortIx, Tie>,
        closed: PassageSet,
    ) -> Vec<Option<Way>> {
        let Some(from) = ties.get(&search.from) else {
            return vec![None; search.ends.len()];
        };
        Ocean::with_scratch(|scratch| {
            let ends = search.ends.iter().filter_map(|(_, port)| ties.get(port));
            let wanted = ends.flat_map(|tie| tie.nodes.iter().map(|&(node, _)| node));
            let network = self.network();
            network.search_all(&from.seeds(), closed, wanted, scratch);
            let mut sets = HashMap::new();
            let mut end = |port: &PortIx| {
                let tie = ties.get(port)?;
                self.searched(from, tie, closed, scratch, &mut sets)
            };
            search.ends.iter().map(|(_, port)| end(port)).collect()
        })
    }

    /// The ways that the port index holds and that are open under `closed`.
    fn indexed_ways(&self, pairs: &[(PortIx, PortIx)], closed: PassageSet) -> Vec<Option<Way>> {
        if !self.closed.without(closed).is_empty() {
            return vec![None; pairs.len()]; // more is open than the index knows
        }
        let mut ports: Vec<PortIx> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
        ports.sort_unstable();
        ports.dedup();
        // Pairs of a port share its tree: its passages are looked for once.
        let trees: HashMap<PortIx, Vec<PassageSet>> = ports
            .par_iter()
            .filter_map(|&port| Some((port, self.tree_passages(port)?)))
            .collect();
        pairs
            .par_iter()
            .map(|&(a, b)| self.indexed_passages(a, b, &trees, closed))
            .collect()
    }

    /// The passages from a port to each place of its tree.
    fn tree_passages(&self, port: PortIx) -> Option<Vec<PassageSet>> {
        let berth = self.berth_point(port)?;
        let (nodes, parents) = self.index().tree(port.0);
        let mut sets: Vec<PassageSet> = Vec::with_capacity(nodes.len());
        for (place, (&node, &parent)) in nodes.iter().zip(parents).enumerate() {
            let parent = parent as usize;
            sets.push(if parent < place {
                sets[parent].with(self.leg_passages(nodes[parent], node, self.closed))
            } else {
                self.lines.crossed(berth, self.points[node as usize])
            });
        }
        Some(sets)
    }

    /// The way by the port index, if it is open under `closed`.
    fn indexed_passages(
        &self,
        a: PortIx,
        b: PortIx,
        trees: &HashMap<PortIx, Vec<PassageSet>>,
        closed: PassageSet,
    ) -> Option<Way> {
        if a == b {
            return Some(Way {
                distance: NauticalMiles::default(),
                passages: PassageSet::EMPTY,
            });
        }
        let (cm, meeting) = self.index().meet(a.0, b.0)?;
        let passages = match meeting {
            Meeting::Direct => self
                .lines
                .crossed(self.berth_point(a)?, self.berth_point(b)?),
            Meeting::Hub(of_a, of_b) => {
                trees.get(&a)?[of_a as usize].with(trees.get(&b)?[of_b as usize])
            }
        };
        let passages = passages.without(PassageSet::one(self.lines.ice_bit));
        (!passages.meets(closed.without(self.closed))).then_some(Way {
            distance: NauticalMiles::from_cm(cm),
            passages,
        })
    }

    /// The way that a search from `a` found to `b`; `sets` remembers the
    /// passages up to each node.
    fn searched(
        &self,
        a: &Tie,
        b: &Tie,
        closed: PassageSet,
        scratch: &Scratch,
        sets: &mut HashMap<u32, PassageSet>,
    ) -> Option<Way> {
        let reach = |&(v, leg): &(u32, Key)| (scratch.key(v).saturating_add(leg), v);
        let best = b.nodes.iter().map(reach).min();
        let straight = self.straight(a, b, closed).unwrap_or(UNREACHED);
        let (key, passages) = match best {
            Some((key, node)) if key < straight => {
                let last = self.lines.crossed(self.points[node as usize], b.offing.at);
                (
                    key,
                    self.passages_to(node, a, closed, scratch, sets).with(last),
                )
            }
            _ => (straight, self.lines.crossed(a.offing.at, b.offing.at)),
        };
        (key != UNREACHED).then(|| Way {
            distance: NauticalMiles::from_metres(f64::from(centimetres(key)) / 100.0),
            passages: passages.without(PassageSet::one(self.lines.ice_bit)),
        })
    }

    /// The passages from the start of a search to a node that it reached.
    fn passages_to(
        &self,
        node: u32,
        a: &Tie,
        closed: PassageSet,
        scratch: &Scratch,
        sets: &mut HashMap<u32, PassageSet>,
    ) -> PassageSet {
        let (mut way, mut at) = (Vec::new(), node);
        let mut set = loop {
            if let Some(&set) = sets.get(&at) {
                break set;
            }
            match scratch.parent(at) {
                Some(before) => {
                    way.push((before, at));
                    at = before;
                }
                None => {
                    let first = self.lines.crossed(a.offing.at, self.points[at as usize]);
                    sets.insert(at, first);
                    break first;
                }
            }
        };
        for &(before, after) in way.iter().rev() {
            set = set.with(self.leg_passages(before, after, closed));
            sets.insert(after, set);
        }
        set
    }
}

/// One search from a port to the other ends of some pairs.
struct Search {
    from: PortIx,
    /// Number of the pair, and its other end.
    ends: Vec<(usize, PortIx)>,
}

/// Few searches that answer all `open` pairs: always from the port that most
/// of the pairs left have in common.
fn searches(pairs: &[(PortIx, PortIx)], open: impl Iterator<Item = usize>) -> Vec<Search> {
    let mut of_port: BTreeMap<PortIx, Vec<usize>> = BTreeMap::new();
    for pair in open {
        for port in [pairs[pair].0, pairs[pair].1] {
            of_port.entry(port).or_default().push(pair);
        }
    }
    let mut done = vec![false; pairs.len()];
    let mut searches = Vec::new();
    loop {
        for left in of_port.values_mut() {
            left.retain(|&pair| !done[pair]);
        }
        // The first of equals: the order of ports decides, never that of threads.
        let most = of_port
            .iter()
            .rev()
            .max_by_key(|(_, left)| left.len())
            .filter(|(_, left)| !left.is_empty());
        let Some((&from, left)) = most else {
            return searches;
        };
        let other = |pair: usize| {
            let (a, b) = pairs[pair];
            if a == from { b } else { a }
        };
        let ends: Vec<(usize, PortIx)> = left.iter().map(|&pair| (pair, other(pair))).collect();
        for &(pair, _) in &ends {
            done[pair] = true;
        }
        searches.push(Search { from, ends });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ports(ocean: &Ocean) -> Vec<PortIx> {
        ["NLRTM", "SGSIN", "PECLL", "USNYC", "SAJED", "BRSSZ"]
            .iter()
            .filter_map(|code| ocean.port(code))
            .collect()
    }

    #[test]
    fn ways_are_those_of_routes_with_passages_open_and_shut() {
        let ocean = Ocean::embedded().unwrap();
        let ports = ports(ocean);
        let shut = ["suez", "panama"].map(|id| ocean.passage(id).unwrap());
        for avoid in [PassageSet::EMPTY, shut[0], shut[0].with(shut[1])] {
            let options = Options {
                avoid,
                ..Options::default()
            };
            let pairs: Vec<(PortIx, PortIx)> = ports
                .iter()
                .flat_map(|&a| ports.iter().filter(move |&&b| b != a).map(move |&b| (a, b)))
                .collect();
            let ways = ocean.ways(&pairs, &options);
            for (&(a, b), way) in pairs.iter().zip(ways) {
                let way = way.unwrap();
                let route = ocean.route(End::Port(a), End::Port(b), &options).unwrap();
                let error = way.distance.nm() / route.distance.nm() - 1.0;
                assert!(error.abs() < 1e-4, "{error}");
                assert_eq!(way.passages, ocean.taken(&route));
                assert!(!way.passages.meets(avoid));
            }
        }
    }
}
