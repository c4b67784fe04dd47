//! Questions to the ocean: a route, its alternatives, a matrix.

mod alternatives;
mod matrix;
mod tie;
mod ways;

pub use matrix::Matrix;
pub use ways::Way;

use crate::network::{Goal, Key, Scratch, Seed, UNREACHED};
use crate::ocean::{Ocean, PortIx};
use crate::passage::{Barred, Kind, PassageSet, Vessel};
use crate::route::{Crossing, Route, RouteError};
use crate::units::{LonLat, NauticalMiles};
use tie::Tie;

/// An end of a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    /// A port.
    Port(PortIx),
    /// Any position.
    Point(LonLat),
}

/// What a route must pass on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Via {
    /// One of these passages.
    Passage(PassageSet),
    /// A place.
    Place(End),
}

/// How a route may run.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The ship; passages that are too small for it are closed.
    pub vessel: Vessel,
    /// Passages that are closed.
    pub avoid: PassageSet,
    /// Passages that are open although closed by default.
    pub open: PassageSet,
    /// Passages and places to be taken, in order.
    pub via: Vec<Via>,
    /// How far from navigable water an end may lie.
    pub most_snap: NauticalMiles,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            vessel: Vessel::default(),
            avoid: PassageSet::EMPTY,
            open: PassageSet::EMPTY,
            via: Vec::new(),
            // 30 km: the widest bay that generalising the coast may have filled, and a river port.
            most_snap: NauticalMiles::from_metres(30_000.0),
        }
    }
}

impl Ocean {
    /// Passages closed under these options.
    pub fn closed(&self, options: &Options) -> PassageSet {
        let barred = self
            .passages
            .iter()
            .enumerate()
            .filter(|(_, p)| p.limits.exceeded_by(&options.vessel).is_some())
            .fold(PassageSet::EMPTY, |set, (i, _)| {
                set.with(PassageSet::one(i))
            });
        self.closed
            .with(self.done_without(options))
            .without(options.open)
            .with(options.avoid)
            .with(barred)
    }

    /// Passages that the ways asked for do without: who asks for Magellan does not
    /// mean a way through Panama that turns back there.
    fn done_without(&self, options: &Options) -> PassageSet {
        let taken = options.via.iter().filter_map(|via| match via {
            Via::Passage(set) => Some(*set),
            Via::Place(_) => None,
        });
        let taken = taken.fold(PassageSet::EMPTY, PassageSet::with);
        let spared = taken.iter().map(|n| self.passages[n].instead_of);
        spared
            .fold(PassageSet::EMPTY, PassageSet::with)
            .without(taken)
    }

    /// The shortest route.
    ///
    /// # Errors
    /// [`RouteError`] says which place is no place for a ship, or what bars the way.
    pub fn route(&self, from: End, to: End, options: &Options) -> Result<Route, RouteError> {
        let mut closed = self.closed(options);
        let ends = options.via.iter().filter_map(|v| match v {
            Via::Place(e) => Some(*e),
            Via::Passage(_) => None,
        });
        let beyond = ends
            .chain([from, to])
            .any(|e| self.lines.is_beyond_ice(self.position(e).point()));
        if beyond {
            closed = closed.without(PassageSet::one(self.lines.ice_bit));
        }
        let mut stages: Vec<(End, Vec<PassageSet>)> = vec![(from, Vec::new())];
        for v in &options.via {
            match v {
                Via::Place(e) => stages.push((*e, Vec::new())),
                Via::Passage(set) => {
                    if set.without(closed).is_empty() {
                        return Err(RouteError::Contradiction(self.names(*set)));
                    }
                    if let Some((_, passages)) = stages.last_mut() {
                        passages.push(set.without(closed));
                    }
                }
            }
        }
        stages.push((to, Vec::new()));
        let mut whole: Option<Route> = None;
        for w in stages.windows(2) {
            let part = self.stage(w[0].0, w[1].0, &w[0].1, closed, options)?;
            whole = Some(match whole {
                None => part,
                Some(before) => joined(before, part),
            });
        }
        let mut route = whole.ok_or(RouteError::NoRoute { barred: Vec::new() })?;
        route.beyond_ice_limit = beyond;
        Ok(route)
    }

    fn names(&self, set: PassageSet) -> String {
        set.iter()
            .map(|i| self.passages[i].id.as_str())
            .collect::<Vec<_>>()
            .join("`, `")
    }

    fn position(&self, end: End) -> LonLat {
        match end {
            End::Port(p) => self.ports[p.number()].position,
            End::Point(p) => p,
        }
    }

    /// One stretch between places, through `via` in order.
    fn stage(
        &self,
        from: End,
        to: End,
        via: &[PassageSet],
        closed: PassageSet,
        options: &Options,
    ) -> Result<Route, RouteError> {
        if let (End::Port(a), End::Port(b), []) = (from, to, via)
            && a != b
            && let Some(route) = self.indexed(a, b, closed)
        {
            return Ok(route);
        }
        let (a, b) = (
            self.tie(from, closed, options)?,
            self.tie(to, closed, options)?,
        );
        let (here, there) = (self.position(from), self.position(to));
        if here == there && via.is_empty() {
            return Ok(Route::nowhere(here));
        }
        let found = Ocean::with_scratch(|scratch| self.find(&a, &b, via, closed, scratch));
        match found {
            Some(nodes) => Ok(self.trace(&a, &nodes, &b, closed)),
            None => Err(RouteError::NoRoute {
                barred: self.what_bars(&a, &b, via, closed, options),
            }),
        }
    }

    /// The route by the port index, if its shortest way is open under `closed`.
    fn indexed(&self, a: PortIx, b: PortIx, closed: PassageSet) -> Option<Route> {
        if !self.closed.without(closed).is_empty() {
            return None; // more is open than the index knows
        }
        let nodes = self.indexed_way(a, b)?;
        let (from, to) = (self.bare_tie(a)?, self.bare_tie(b)?);
        let route = self.trace(&from, &nodes, &to, self.closed);
        let extra = closed.without(self.closed);
        let taken = self.taken(&route);
        (!taken.meets(extra)).then_some(route)
    }

    fn taken(&self, route: &Route) -> PassageSet {
        route.crossings.iter().fold(PassageSet::EMPTY, |set, c| {
            let number = self.passages.iter().position(|p| p.id == c.passage);
            set.with(number.map_or(PassageSet::EMPTY, PassageSet::one))
        })
    }

    /// The nodes of the shortest way, or `None`.
    fn find(
        &self,
        a: &Tie,
        b: &Tie,
        via: &[PassageSet],
        closed: PassageSet,
        scratch: &mut Scratch,
    ) -> Option<Vec<u32>> {
        let network = self.network();
        let mut seeds = a.seeds();
        // Ways already laid before the seeds of the last stage: through each passage.
        let mut before: Vec<Vec<u32>> = Vec::new();
        let mut starts: Vec<Option<usize>> = vec![None; seeds.len()];
        for (i, &set) in via.iter().enumerate() {
            network.search(&seeds, closed, None, scratch);
            let first = i == 0;
            (seeds, before, starts) =
                self.through(a, set, closed, scratch, first, &seeds, &before, &starts);
        }
        let direct = if via.is_empty() {
            self.straight(a, b, closed)
        } else {
            None
        };
        let goal = Goal {
            seen_from: &b.nodes,
            at: b.offing.at,
            bound: direct.unwrap_or(UNREACHED),
        };
        let (best, last) = network.search(&seeds, closed, Some(&goal), scratch);
        if best == UNREACHED {
            return None;
        }
        let Some(last) = last else {
            return Some(Vec::new());
        };
        let path = scratch.path(last);
        Some(whole_way(&path, &seeds, &before, &starts))
    }

    /// The seeds beyond a passage: the far end of every edge through it.
    #[expect(
        clippy::too_many_arguments,
        reason = "the state of one stage, used once"
    )]
    fn through(
        &self,
        a: &Tie,
        set: PassageSet,
        closed: PassageSet,
        scratch: &Scratch,
        first: bool,
        seeds: &[Seed],
        before: &[Vec<u32>],
        starts: &[Option<usize>],
    ) -> (Vec<Seed>, Vec<Vec<u32>>, Vec<Option<usize>>) {
        let network = self.network();
        let mut best: std::collections::HashMap<u32, (Key, u32)> = std::collections::HashMap::new();
        for (u, v, length) in network.edges_through(set, closed) {
            for (x, y) in [(u, v), (v, u)] {
                let reached = scratch.key(x);
                if reached != UNREACHED {
                    let entry = best.entry(y).or_insert((UNREACHED, x));
                    if reached + length < entry.0 {
                        *entry = (reached + length, x);
                    }
                }
            }
        }
        let mut beyond: Vec<(u32, (Key, u32))> = best.into_iter().collect();
        beyond.sort_unstable();
        let (mut out, mut ways, mut from) = (Vec::new(), Vec::new(), Vec::new());
        for (y, (k, x)) in beyond {
            out.push(Seed {
                node: y,
                key: k,
                from: None,
            });
            from.push(Some(ways.len()));
            ways.push(whole_way(&scratch.path(x), seeds, before, starts));
        }
        if first {
            // The first leg may itself go through.
            for &(node, k) in &a.nodes {
                if a.from_water
                    && self
                        .lines
                        .crossed(a.offing.at, self.points[node as usize])
                        .meets(set)
                {
                    out.push(Seed {
                        node,
                        key: k,
                        from: Some(a.offing.at),
                    });
                    from.push(None);
                }
            }
        }
        (out, ways, from)
    }

    /// The route along nodes between two ties.
    fn trace(&self, a: &Tie, nodes: &[u32], b: &Tie, closed: PassageSet) -> Route {
        let mut points = vec![a.offing.at];
        points.extend(nodes.iter().map(|&n| self.points[n as usize]));
        points.push(b.offing.at);
        let last = points.len() - 2;
        let mut done_m = 0.0;
        let mut crossings: Vec<(usize, f64, f64)> = Vec::new();
        for (i, w) in points.windows(2).enumerate() {
            let length = match (i == 0, i == last) {
                (true, true) => a.offing.straight_m(&b.offing),
                (true, false) => a.leg_m(w[1]),
                (false, true) => b.leg_m(w[0]),
                (false, false) => Ocean::leg_m(w[0], w[1]),
            };
            let set = if i > 0 && i < last {
                self.leg_passages(nodes[i - 1], nodes[i], closed)
            } else {
                self.lines.crossed(w[0], w[1])
            };
            for number in set.iter().filter(|&n| n != self.lines.ice_bit) {
                match crossings.last_mut() {
                    Some(last) if last.0 == number && (last.1 + last.2 - done_m).abs() < 1.0 => {
                        last.2 += length
                    }
                    _ => crossings.push((number, done_m, length)),
                }
            }
            done_m += length;
        }
        let (mut turns, mut in_channel) = (vec![LonLat::from_point(a.lead[0])], Vec::new());
        let ways = (&a.lead[1..], b.lead.iter().rev());
        for (i, &p) in ways.0.iter().chain(&points).chain(ways.1).enumerate() {
            let i = (i + 1).saturating_sub(a.lead.len());
            let (last, next) = (turns[turns.len() - 1], LonLat::from_point(p));
            let repeated = (last.lon_deg() - next.lon_deg()).abs() < 1e-7
                && (last.lat_deg() - next.lat_deg()).abs() < 1e-7;
            if !repeated {
                turns.push(next);
                let inner = i >= 2 && i <= nodes.len();
                in_channel.push(inner && self.is_channel_leg(nodes[i - 2], nodes[i - 1]));
            }
        }
        Route {
            turns,
            in_channel,
            distance: NauticalMiles::from_metres(done_m),
            crossings: crossings
                .into_iter()
                .map(|(number, at, length)| Crossing {
                    passage: self.passages[number].id.clone(),
                    is_channel: self.passages[number].kind == Kind::Channel,
                    at: NauticalMiles::from_metres(at),
                    length: NauticalMiles::from_metres(length),
                })
                .collect(),
            snap_from: NauticalMiles::from_metres(a.gap_m),
            snap_to: NauticalMiles::from_metres(b.gap_m),
            beyond_ice_limit: false,
        }
    }

    /// Passages of an inner leg: by its lines across water, or its channel.
    fn leg_passages(&self, u: u32, v: u32, closed: PassageSet) -> PassageSet {
        if self.is_channel_leg(u, v) {
            let legs = self
                .archive
                .legs
                .iter()
                .filter(|l| (l.0, l.1) == (u, v) || (l.0, l.1) == (v, u));
            let sets = legs.map(|l| PassageSet::from_bits(self.archive.sets[usize::from(l.2)]));
            if let Some(set) = sets.filter(|s| !s.meets(closed)).min() {
                return set;
            }
        }
        self.lines
            .crossed(self.points[u as usize], self.points[v as usize])
    }

    /// Whether a leg runs from one channel node to another.
    fn is_channel_leg(&self, u: u32, v: u32) -> bool {
        let channel = |n: u32| self.archive.free.binary_search(&n).is_ok();
        channel(u) && channel(v)
    }

    /// What bars the way that would be the shortest if nothing asked for did.
    fn what_bars(
        &self,
        a: &Tie,
        b: &Tie,
        via: &[PassageSet],
        closed: PassageSet,
        options: &Options,
    ) -> Vec<Barred> {
        // First as if nothing had been asked for, then as if nothing were closed at all.
        let ice = closed.and(PassageSet::one(self.lines.ice_bit));
        let Some(taken) = [closed.and(self.closed), ice].into_iter().find_map(|free| {
            let (a, b) = (self.retie(a, free, options)?, self.retie(b, free, options)?);
            let nodes = Ocean::with_scratch(|s| self.find(&a, &b, via, free, s))?;
            Some(self.taken(&self.trace(&a, &nodes, &b, free)))
        }) else {
            return Vec::new();
        };
        taken
            .and(closed)
            .iter()
            .map(|i| {
                let p = &self.passages[i];
                match p.limits.exceeded_by(&options.vessel) {
                    Some((limit, allowed, asked)) => Barred {
                        passage: p.id.clone(),
                        limit,
                        allowed_m: Some(allowed),
                        asked_m: Some(asked),
                    },
                    None => Barred {
                        passage: p.id.clone(),
                        limit: "closed",
                        allowed_m: None,
                        asked_m: None,
                    },
                }
            })
            .collect()
    }
}

/// The nodes of all stages up to the end of `path`.
fn whole_way(
    path: &[u32],
    seeds: &[Seed],
    before: &[Vec<u32>],
    starts: &[Option<usize>],
) -> Vec<u32> {
    let mut way = Vec::new();
    if let Some(&first) = path.first() {
        let seed = seeds
            .iter()
            .enumerate()
            .filter(|(_, s)| s.node == first)
            .min_by_key(|(_, s)| s.key)
            .and_then(|(i, _)| starts[i]);
        if let Some(i) = seed {
            way.extend(&before[i]);
        }
    }
    way.extend(path);
    way
}

fn joined(before: Route, part: Route) -> Route {
    let (mut turns, mut in_channel) = (before.turns, before.in_channel);
    turns.extend(part.turns.iter().skip(1));
    in_channel.extend(part.in_channel);
    let mut crossings = before.crossings;
    for mut c in part.crossings {
        c.at = NauticalMiles::from_metres((c.at.nm() + before.distance.nm()) * 1852.0);
        crossings.push(c);
    }
    Route {
        turns,
        in_channel,
        distance: NauticalMiles::from_metres((before.distance.nm() + part.distance.nm()) * 1852.0),
        crossings,
        snap_from: before.snap_from,
        snap_to: part.snap_to,
        beyond_ice_limit: before.beyond_ice_limit || part.beyond_ice_limit,
    }
}
