//! Questions to the ocean: a route, its alternatives, a matrix.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::network::{Goal, Key, Scratch, Seed, UNREACHED, centimetres, key};
use crate::ocean::{Berth, Ocean, PortIx};
use crate::passage::{Barred, Kind, PassageSet, Vessel};
use crate::route::{Crossing, Route, RouteError};
use crate::sea::{Offing, nearest_on_arc};
use crate::sphere::Point;
use crate::triangulation::{Place, Vertex};
use crate::units::{LonLat, NauticalMiles};
use crate::visibility::Water;

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

/// An end tied to the network.
struct Tie {
    offing: Offing,
    port: Option<PortIx>,
    /// Nodes seen, with the key from the place.
    nodes: Vec<(u32, Key)>,
    seen: Vec<Vertex>,
    from_water: bool,
}

impl Tie {
    fn seeds(&self) -> Vec<Seed> {
        self.nodes.iter().map(|&(node, key)| Seed { node, key, from: Some(self.offing.at) }).collect()
    }

    /// Length from the place to its first node, in metres.
    fn leg_m(&self, node: Point) -> f64 {
        if self.from_water {
            self.offing.leg_m(node)
        } else {
            self.offing.snap_m + Ocean::leg_m(self.offing.at, node)
        }
    }
}

/// Distances between ports, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Number of columns.
    pub columns: usize,
    /// Nautical miles, row by row; `NAN` where there is no route.
    pub nm: Vec<f32>,
}

impl Ocean {
    /// Passages closed under these options.
    pub fn closed(&self, options: &Options) -> PassageSet {
        let barred = self
            .passages
            .iter()
            .enumerate()
            .filter(|(_, p)| p.limits.exceeded_by(&options.vessel).is_some())
            .fold(PassageSet::EMPTY, |set, (i, _)| set.with(PassageSet::one(i)));
        self.closed.without(options.open).with(options.avoid).with(barred)
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
        set.iter().map(|i| self.passages[i].id.as_str()).collect::<Vec<_>>().join("`, `")
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
        let (a, b) = (self.tie(from, closed, options)?, self.tie(to, closed, options)?);
        let found = Ocean::with_scratch(|scratch| self.find(&a, &b, via, closed, scratch));
        match found {
            Some(nodes) => Ok(self.trace(&a, &nodes, &b, closed)),
            None => Err(RouteError::NoRoute { barred: self.what_bars(&a, &b, via, closed, options) }),
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

    fn bare_tie(&self, port: PortIx) -> Option<Tie> {
        let at = self.berth_point(port)?;
        let p = &self.ports[port.number()];
        let snap_m = p.approach.nm() * 1852.0;
        Some(Tie {
            offing: Offing::new(p.position.point(), at, snap_m, self.archive.clearance_m),
            port: Some(port),
            nodes: Vec::new(),
            seen: Vec::new(),
            from_water: matches!(self.berths[port.number()], Berth::Water(_)),
        })
    }

    /// Ties an end to the nodes it sees.
    fn tie(&self, end: End, closed: PassageSet, options: &Options) -> Result<Tie, RouteError> {
        match end {
            End::Port(p) => {
                let port = &self.ports[p.number()];
                let mut tie = self.bare_tie(p).ok_or_else(|| RouteError::Inland {
                    unlocode: port.unlocode.clone(),
                    name: port.name.clone(),
                })?;
                match self.berths[p.number()] {
                    Berth::Channel(n) => {
                        let cm = (tie.offing.snap_m * 100.0).round() as u32;
                        tie.nodes.push((n, key(cm, n, u32::MAX)));
                    }
                    Berth::Water(v) => self.look_round(&mut tie, Some(v), closed),
                    Berth::Inland => {}
                }
                Ok(tie)
            }
            End::Point(position) => self.tie_point(position, closed, options),
        }
    }

    fn tie_point(&self, position: LonLat, closed: PassageSet, options: &Options) -> Result<Tie, RouteError> {
        let asked = position.point();
        let sea = self.sea();
        let mut tie = Tie {
            offing: Offing::new(asked, asked, 0.0, self.archive.clearance_m),
            port: None,
            nodes: Vec::new(),
            seen: Vec::new(),
            from_water: true,
        };
        if !sea.wet[sea.mesh.triangle_of(asked) as usize] {
            let water = sea.shores.nearest_water(asked);
            let water_m = water.map_or(f64::INFINITY, |w| w.1);
            match (self.nearest_channel(asked), water) {
                (Some((ends, foot, m)), _) if m < water_m => {
                    tie.offing = Offing::new(asked, foot, m, 0.0);
                    tie.from_water = false;
                    tie.nodes = ends.map(|n| {
                        let cm = (tie.leg_m(self.points[n as usize]) * 100.0).round() as u32;
                        (n, key(cm, n, u32::MAX))
                    })
                    .to_vec();
                }
                (_, Some((q, m))) => tie.offing = Offing::new(asked, q, m, self.archive.clearance_m),
                _ => {}
            }
            let snap = NauticalMiles::from_metres(tie.offing.snap_m);
            if snap > options.most_snap {
                return Err(RouteError::OnLand { at: position, nearest: snap, allowed: options.most_snap });
            }
        }
        if tie.from_water {
            self.look_round(&mut tie, None, closed);
        }
        Ok(tie)
    }

    /// The channel leg nearest to a point: its nodes, the foot, the distance in metres.
    fn nearest_channel(&self, p: Point) -> Option<([u32; 2], Point, f64)> {
        let legs = self.archive.legs.iter().map(|&(a, b, _)| {
            let foot = nearest_on_arc(self.points[a as usize], self.points[b as usize], p);
            ([a, b], foot)
        });
        let (ends, foot) = legs.min_by(|x, y| x.1.angle(p).total_cmp(&y.1.angle(p)))?;
        Some((ends, foot, Ocean::leg_m(foot, p)))
    }

    /// Finds what can be seen from where a tie begins.
    fn look_round(&self, tie: &mut Tie, vertex: Option<Vertex>, closed: PassageSet) {
        let (sea, at) = (self.sea(), tie.offing.at);
        let water = Water { mesh: &sea.mesh, wet: &sea.wet };
        let vertex = vertex.or(match sea.mesh.locate(at) {
            Place::Vertex(v) => Some(v),
            _ => None,
        });
        let mut seen = Vec::new();
        match (vertex, sea.mesh.locate(at)) {
            (Some(v), _) => {
                seen.push(v);
                water.look(v, None, &mut |w| seen.push(w));
            }
            (None, Place::Inside(t)) => water.look_from_inside(at, t, &mut |w| seen.push(w)),
            (None, Place::Edge(t, i)) => {
                water.look_from_inside(at, t, &mut |w| seen.push(w));
                if !sea.mesh.is_fixed(t, i) {
                    water.look_from_inside(at, sea.mesh.across(t, i), &mut |w| seen.push(w));
                }
            }
            (None, Place::Vertex(_)) => {}
        }
        seen.sort_unstable();
        seen.dedup();
        for &w in &seen {
            let node = sea.node_of[w as usize];
            if node == u32::MAX {
                continue;
            }
            let to = sea.mesh.point(w);
            let accepted = Some(w) == vertex || sea.bends[node as usize].accepts(to, at);
            if accepted && !self.lines.crossed(at, to).meets(closed) {
                let cm = (tie.offing.leg_about_m(to) * 100.0).round() as u32;
                tie.nodes.push((node, key(cm, node, u32::MAX)));
            }
        }
        tie.seen = seen;
    }

    /// Whether the two ends see each other over open passages.
    fn straight(&self, a: &Tie, b: &Tie, closed: PassageSet) -> Option<Key> {
        if !a.from_water || !b.from_water || self.lines.crossed(a.offing.at, b.offing.at).meets(closed) {
            return None;
        }
        let sees = match (a.port.map(|p| self.berths[p.number()]), b.port.map(|p| self.berths[p.number()])) {
            (_, Some(Berth::Water(v))) if !a.seen.is_empty() => a.seen.binary_search(&v).is_ok(),
            (Some(Berth::Water(v)), _) if !b.seen.is_empty() => b.seen.binary_search(&v).is_ok(),
            _ => self.sees(a.offing.at, b.offing.at),
        };
        let cm = (a.offing.straight_m(&b.offing) * 100.0).round() as u32;
        sees.then(|| key(cm, u32::MAX, u32::MAX))
    }

    /// Whether the straight line between two points in water stays in it.
    fn sees(&self, a: Point, b: Point) -> bool {
        let sea = self.sea();
        Water { mesh: &sea.mesh, wet: &sea.wet }.sees(a, b)
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
            (seeds, before, starts) = self.through(a, set, closed, scratch, first, &seeds, &before, &starts);
        }
        let direct = if via.is_empty() { self.straight(a, b, closed) } else { None };
        let goal = Goal { seen_from: &b.nodes, at: b.offing.asked, bound: direct.unwrap_or(UNREACHED) };
        let (best, last) = network.search(&seeds, closed, Some(&goal), scratch);
        if best == UNREACHED {
            return None;
        }
        let Some(last) = last else { return Some(Vec::new()) };
        let path = scratch.path(last);
        Some(whole_way(&path, &seeds, &before, &starts))
    }

    /// The seeds beyond a passage: the far end of every edge through it.
    #[expect(clippy::too_many_arguments, reason = "the state of one stage, used once")]
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
            out.push(Seed { node: y, key: k, from: None });
            from.push(Some(ways.len()));
            ways.push(whole_way(&scratch.path(x), seeds, before, starts));
        }
        if first {
            // The first leg may itself go through.
            for &(node, k) in &a.nodes {
                if a.from_water && self.lines.crossed(a.offing.at, self.points[node as usize]).meets(set) {
                    out.push(Seed { node, key: k, from: Some(a.offing.at) });
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
                    Some(last) if last.0 == number && (last.1 + last.2 - done_m).abs() < 1.0 => last.2 += length,
                    _ => crossings.push((number, done_m, length)),
                }
            }
            done_m += length;
        }
        let (mut turns, mut in_channel) = (vec![LonLat::from_point(a.offing.asked)], Vec::new());
        for (i, &p) in points.iter().chain([&b.offing.asked]).enumerate() {
            let (last, next) = (turns[turns.len() - 1], LonLat::from_point(p));
            let repeated =
                (last.lon_deg() - next.lon_deg()).abs() < 1e-7 && (last.lat_deg() - next.lat_deg()).abs() < 1e-7;
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
            snap_from: NauticalMiles::from_metres(a.offing.snap_m),
            snap_to: NauticalMiles::from_metres(b.offing.snap_m),
            beyond_ice_limit: false,
        }
    }

    /// Passages of an inner leg: by its lines across water, or its channel.
    fn leg_passages(&self, u: u32, v: u32, closed: PassageSet) -> PassageSet {
        if self.is_channel_leg(u, v) {
            let legs = self.archive.legs.iter().filter(|l| (l.0, l.1) == (u, v) || (l.0, l.1) == (v, u));
            let sets = legs.map(|l| PassageSet::from_bits(self.archive.sets[usize::from(l.2)]));
            if let Some(set) = sets.filter(|s| !s.meets(closed)).min() {
                return set;
            }
        }
        self.lines.crossed(self.points[u as usize], self.points[v as usize])
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
        let free = closed.and(PassageSet::one(self.lines.ice_bit));
        let ties = (self.retie(a, free, options), self.retie(b, free, options));
        let (Some(a), Some(b)) = ties else { return Vec::new() };
        let Some(nodes) = Ocean::with_scratch(|s| self.find(&a, &b, via, free, s)) else {
            return Vec::new();
        };
        let taken = self.taken(&self.trace(&a, &nodes, &b, free));
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
                    None => Barred { passage: p.id.clone(), limit: "closed", allowed_m: None, asked_m: None },
                }
            })
            .collect()
    }

    fn retie(&self, tie: &Tie, closed: PassageSet, options: &Options) -> Option<Tie> {
        let end = match tie.port {
            Some(p) => End::Port(p),
            None => End::Point(LonLat::from_point(tie.offing.asked)),
        };
        self.tie(end, closed, options).ok()
    }

    /// The shortest route and others that differ from it in the passages they
    /// take, shortest first, at most `most`.
    ///
    /// # Errors
    /// As for [`Ocean::route`], if there is no route at all.
    pub fn alternatives(
        &self,
        from: End,
        to: End,
        options: &Options,
        most: usize,
    ) -> Result<Vec<Route>, RouteError> {
        let mut waiting = vec![(self.route(from, to, options)?, options.avoid)];
        let (mut tried, mut taken) = (BTreeSet::from([options.avoid]), BTreeSet::new());
        let mut routes: Vec<Route> = Vec::new();
        while routes.len() < most && !waiting.is_empty() {
            let next = (0..waiting.len())
                .min_by(|&i, &j| waiting[i].0.distance.nm().total_cmp(&waiting[j].0.distance.nm()))
                .unwrap_or(0);
            let (route, avoid) = waiting.swap_remove(next);
            let passages = self.taken(&route);
            for number in passages.iter().filter(|&n| self.passages[n].kind != Kind::Channel) {
                let avoid = avoid.with(PassageSet::one(number));
                if tried.insert(avoid)
                    && let Ok(other) = self.route(from, to, &Options { avoid, ..options.clone() })
                {
                    waiting.push((other, avoid));
                }
            }
            if taken.insert(passages) {
                routes.push(route);
            }
        }
        Ok(routes)
    }

    /// Distances from each source to each target, in parallel.
    pub fn matrix(&self, sources: &[PortIx], targets: &[PortIx], options: &Options) -> Matrix {
        let closed = self.closed(options);
        let numbers = |ports: &[PortIx]| ports.iter().map(|p| p.0).collect::<Vec<_>>();
        if closed == self.closed {
            let nm = self.index().matrix(&numbers(sources), &numbers(targets));
            return Matrix { columns: targets.len(), nm };
        }
        let ties: Vec<Option<Tie>> = targets.par_iter().map(|&t| self.tie(End::Port(t), closed, options).ok()).collect();
        let nm = sources
            .par_iter()
            .flat_map_iter(|&s| self.row(s, targets, &ties, closed, options))
            .collect();
        Matrix { columns: targets.len(), nm }
    }

    fn row(
        &self,
        source: PortIx,
        targets: &[PortIx],
        ties: &[Option<Tie>],
        closed: PassageSet,
        options: &Options,
    ) -> Vec<f32> {
        let Ok(a) = self.tie(End::Port(source), closed, options) else {
            return vec![f32::NAN; targets.len()];
        };
        let seeds = a.seeds();
        Ocean::with_scratch(|scratch| {
            self.network().search(&seeds, closed, None, scratch);
            ties.iter()
                .zip(targets)
                .map(|(tie, &target)| {
                    let Some(b) = tie else { return f32::NAN };
                    if target == source {
                        return 0.0;
                    }
                    let reach = |&(v, leg): &(u32, Key)| scratch.key(v).saturating_add(leg);
                    let best = b.nodes.iter().map(reach).min().unwrap_or(UNREACHED);
                    let best = best.min(self.straight(&a, b, closed).unwrap_or(UNREACHED));
                    if best == UNREACHED {
                        return f32::NAN;
                    }
                    let m = f64::from(centimetres(best)) / 100.0;
                    NauticalMiles::from_metres(m).nm() as f32
                })
                .collect()
        })
    }
}

/// The nodes of all stages up to the end of `path`.
fn whole_way(path: &[u32], seeds: &[Seed], before: &[Vec<u32>], starts: &[Option<usize>]) -> Vec<u32> {
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
