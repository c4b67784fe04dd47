//! Lengths and passages between many ports at once, for searches that ask
//! which way goods go and not along which line.

use std::collections::HashMap;

use rayon::prelude::*;

use super::tie::Tie;
use super::{End, Options};
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
    /// The shortest way from each source to each target, row by row and in
    /// parallel; `None` where there is none.
    ///
    /// Lengths of ways that the port index does not hold are those that the
    /// search adds up: they differ from a route's by less than 0.01 %.
    pub fn ways(
        &self,
        sources: &[PortIx],
        targets: &[PortIx],
        options: &Options,
    ) -> Vec<Option<Way>> {
        let closed = self.closed(options);
        let targets: Vec<Target> = targets
            .par_iter()
            .map(|&port| Target {
                port,
                tie: self.tie(End::Port(port), closed, options).ok(),
            })
            .collect();
        sources
            .par_iter()
            .flat_map_iter(|&source| self.ways_from(source, &targets, closed, options))
            .collect()
    }

    fn ways_from(
        &self,
        source: PortIx,
        targets: &[Target],
        closed: PassageSet,
        options: &Options,
    ) -> Vec<Option<Way>> {
        let known: Vec<Option<Way>> = targets
            .iter()
            .map(|target| self.indexed_passages(source, target.port, closed))
            .collect();
        if known.iter().all(Option::is_some) {
            return known;
        }
        let Ok(from) = self.tie(End::Port(source), closed, options) else {
            return known;
        };
        Ocean::with_scratch(|scratch| {
            self.network().search(&from.seeds(), closed, None, scratch);
            let mut sets = HashMap::new();
            known
                .into_iter()
                .zip(targets)
                .map(|(way, target)| {
                    way.or_else(|| {
                        let tie = target.tie.as_ref()?;
                        self.searched(&from, tie, closed, scratch, &mut sets)
                    })
                })
                .collect()
        })
    }

    /// The way by the port index, if it is open under `closed`.
    fn indexed_passages(&self, a: PortIx, b: PortIx, closed: PassageSet) -> Option<Way> {
        if a == b {
            return Some(Way {
                distance: NauticalMiles::default(),
                passages: PassageSet::EMPTY,
            });
        }
        if !self.closed.without(closed).is_empty() {
            return None; // more is open than the index knows
        }
        let (cm, _) = self.index().meet(a.0, b.0)?;
        let nodes = self.indexed_way(a, b)?;
        let mut points = vec![self.berth_point(a)?];
        points.extend(nodes.iter().map(|&n| self.points[n as usize]));
        points.push(self.berth_point(b)?);
        let last = points.len() - 2;
        let passages = points
            .windows(2)
            .enumerate()
            .fold(PassageSet::EMPTY, |set, (i, ends)| {
                set.with(if i > 0 && i < last {
                    self.leg_passages(nodes[i - 1], nodes[i], self.closed)
                } else {
                    self.lines.crossed(ends[0], ends[1])
                })
            })
            .without(PassageSet::one(self.lines.ice_bit));
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

/// A target, tied once for all sources.
struct Target {
    port: PortIx,
    tie: Option<Tie>,
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
            let ways = ocean.ways(&ports, &ports, &options);
            for (i, &a) in ports.iter().enumerate() {
                for (j, &b) in ports.iter().enumerate().filter(|&(j, _)| j != i) {
                    let way = ways[i * ports.len() + j].unwrap();
                    let route = ocean.route(End::Port(a), End::Port(b), &options).unwrap();
                    let error = way.distance.nm() / route.distance.nm() - 1.0;
                    assert!(error.abs() < 1e-4, "{error}");
                    assert_eq!(way.passages, ocean.taken(&route));
                    assert!(!way.passages.meets(avoid));
                }
            }
        }
    }
}
