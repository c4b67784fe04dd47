//! From coastlines, passages, channels and ports to the archive.

use std::collections::HashMap;

use rayon::prelude::*;

use super::coast::{Coast, Tolerance};
use super::graph::edges;
use super::labels::{Links, port_index};
use crate::archive::{Archive, LoadError, StoredPassage, StoredPort, differences, from_micro, micro};
use crate::cape::{Bend, Cape, capes};
use crate::ellipsoid::geodesic_m;
use crate::network::{Edge, Network, key};
use crate::passage::{Kind, PassageSet};
use crate::sea::{Lines, Offing, Shores, ice_corners, nearest_on_arc};
use crate::sphere::Point;
use crate::triangulation::{Triangulation, Vertex};
use crate::units::LonLat;
use crate::visibility::Water;

/// A passage to be.
#[derive(Clone, Debug)]
pub struct PassageInput {
    /// Short name.
    pub id: String,
    /// Full name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Whether routes take it unless told otherwise.
    pub open_by_default: bool,
    /// LOA, beam, draught, air draught in metres.
    pub limits_m: [Option<f64>; 4],
    /// A line from land to land across it; empty for canals, which are channels.
    pub gate: Vec<LonLat>,
}

/// A channel or canal to be.
#[derive(Clone, Debug)]
pub struct ChannelInput {
    /// Short name.
    pub id: String,
    /// Full name.
    pub name: String,
    /// The passage that opens and closes it, if not itself.
    pub passage: Option<String>,
    /// Greatest draught in metres.
    pub draught_m: Option<f64>,
    /// Waypoints; equal ones join channels.
    pub points: Vec<LonLat>,
}

/// A port to be.
#[derive(Clone, Debug)]
pub struct PortInput {
    /// UN/LOCODE.
    pub unlocode: String,
    /// Name.
    pub name: String,
    /// Position.
    pub at: LonLat,
}

/// All that the ocean is made from.
#[derive(Clone, Debug)]
pub struct Input {
    /// Coasts and shoals as closed rings with land on the right.
    pub rings: Vec<Vec<Point>>,
    /// A point in each sea that routes may use.
    pub seas: Vec<LonLat>,
    /// How far coasts may be moved.
    pub tolerance: Tolerance,
    /// Southern limit of latitude in degrees.
    pub ice_south_deg: f64,
    /// Passages.
    pub passages: Vec<PassageInput>,
    /// Channels.
    pub channels: Vec<ChannelInput>,
    /// Ports.
    pub ports: Vec<PortInput>,
    /// Notes on sources and parameters to be kept with the data.
    pub about: Vec<(String, String)>,
}

/// Where the build stands, for a progress bar: a phase, steps done, steps in all.
pub type Progress<'a> = &'a (dyn Fn(&'static str, u64, u64) + Sync);

/// What the build found worth telling.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Lines in words.
    pub remarks: Vec<String>,
    /// Counts by name.
    pub counts: Vec<(&'static str, usize)>,
}

/// Furthest that a port's routes may begin from it in open water, in metres.
const FURTHEST_WATER_M: f64 = 40_000.0;
/// Furthest that a channel may end from open water, in metres.
const FURTHEST_MOUTH_M: f64 = 20_000.0;
/// Furthest that a port may lie from its channel, in metres.
const FURTHEST_CHANNEL_M: f64 = 12_000.0;
/// A port this close to open water does not look for a channel, in metres.
const AT_SEA_M: f64 = 2_500.0;

/// Builds the ocean and packs it.
///
/// # Errors
/// [`LoadError`] if packing fails.
pub fn build(input: &Input, progress: Progress<'_>) -> Result<(Vec<u8>, Report), LoadError> {
    let mut work = Work::new(input);
    progress("coast", 0, 1);
    work.lay_coast(input);
    progress("ports", 0, 1);
    work.lay_ice(input);
    work.lay_channels(input);
    work.lay_ports(input);
    work.number_nodes();
    work.see(progress);
    work.measure(progress);
    let archive = work.finish(input, progress);
    Ok((archive.to_bytes()?, work.report))
}

struct ChannelNode {
    at: Point,
    vertex: Option<Vertex>,
    node: u32,
}

/// A leg of a channel between two channel nodes.
#[derive(Clone, Copy)]
struct Leg {
    from: usize,
    to: usize,
    channel: usize,
    /// Whether the channel's passage closes it. Of a canal it is the middle
    /// leg, so that ports at either end stay open to their own side.
    gated: bool,
}

#[derive(Clone, Copy)]
enum Start {
    Water(Vertex),
    Channel(usize),
    Nowhere,
}

struct Work {
    mesh: Triangulation,
    wet: Vec<bool>,
    seas: Vec<Point>,
    ice: Vec<(Vertex, Cape)>,
    channel_nodes: Vec<ChannelNode>,
    channel_of: HashMap<(i32, i32), usize>,
    channel_legs: Vec<Leg>,
    starts: Vec<Start>,
    offings: Vec<Offing>,
    passages: Vec<StoredPassage>,
    gates: Vec<Vec<Point>>,
    ice_bit: usize,
    vertices: Vec<Vertex>,
    bends: Vec<Bend>,
    node_of: HashMap<Vertex, u32>,
    points: Vec<Point>,
    pairs: Vec<(u32, u32)>,
    network_edges: Vec<Edge>,
    sets: Vec<u128>,
    set_of: HashMap<u128, u16>,
    report: Report,
}

impl Work {
    fn new(input: &Input) -> Self {
        let stored = |p: &PassageInput| StoredPassage {
            id: p.id.clone(),
            name: p.name.clone(),
            kind: p.kind.name().to_owned(),
            open_by_default: p.open_by_default,
            limits_m: p.limits_m,
            gate: p.gate.iter().map(|g| micro(g.point())).collect(),
        };
        let mut passages: Vec<StoredPassage> = input.passages.iter().map(stored).collect();
        let ice_bit = passages.len();
        passages.push(StoredPassage {
            id: "ice-south".into(),
            name: format!("south of {}°S", input.ice_south_deg.abs()),
            kind: Kind::Ice.name().into(),
            open_by_default: false,
            limits_m: [None; 4],
            gate: Vec::new(),
        });
        for c in input.channels.iter().filter(|c| c.passage.is_none()) {
            passages.push(StoredPassage {
                id: c.id.clone(),
                name: c.name.clone(),
                kind: Kind::Channel.name().into(),
                open_by_default: true,
                limits_m: [None, None, c.draught_m, None],
                gate: Vec::new(),
            });
        }
        let gates = passages.iter().map(|p| p.gate.iter().map(|&g| from_micro(g)).collect()).collect();
        Work {
            mesh: Triangulation::new(),
            wet: Vec::new(),
            seas: input.seas.iter().map(|s| s.point()).collect(),
            ice: Vec::new(),
            channel_nodes: Vec::new(),
            channel_of: HashMap::new(),
            channel_legs: Vec::new(),
            starts: Vec::new(),
            offings: Vec::new(),
            passages,
            gates,
            ice_bit,
            vertices: Vec::new(),
            bends: Vec::new(),
            node_of: HashMap::new(),
            points: Vec::new(),
            pairs: Vec::new(),
            network_edges: Vec::new(),
            sets: vec![0],
            set_of: HashMap::from([(0, 0)]),
            report: Report::default(),
        }
    }

    fn remark(&mut self, text: String) {
        self.report.remarks.push(text);
    }

    fn lay_coast(&mut self, input: &Input) {
        let (mut coast, left_out) = Coast::new(&input.rings, input.tolerance);
        coast.generalise();
        let mut count = 0;
        for ring in coast.rings() {
            let ids: Vec<Vertex> = ring.iter().map(|&p| self.mesh.insert(p.rounded())).collect();
            count += ids.len();
            for i in 0..ids.len() {
                self.mesh.constrain(ids[i], ids[(i + 1) % ids.len()]);
            }
        }
        let raw = input.rings.iter().map(Vec::len).sum();
        self.report.counts.extend([
            ("coast points before", raw),
            ("coast points after", count),
            ("rings of no area left out", left_out),
            ("coast crossings cut", self.mesh.crossings()),
        ]);
        self.wet = self.mesh.flood(&self.seas);
    }

    fn is_wet(&self, p: Point) -> bool {
        self.wet.get(self.mesh.triangle_of(p) as usize).copied().unwrap_or(false)
    }

    /// Adds a free vertex to the water.
    fn add_vertex(&mut self, p: Point) -> Vertex {
        let v = self.mesh.insert(p.rounded());
        // The new triangles lie in the water that the point was put in.
        self.wet.resize(self.mesh.corners().len(), true);
        v
    }

    fn lay_ice(&mut self, input: &Input) {
        let corners = ice_corners(input.ice_south_deg);
        let n = corners.len();
        for i in 0..n {
            let v = self.add_vertex(corners[i]);
            // Seen from north of the limit: east comes first, west last.
            let cape = Cape { first: corners[(i + 1) % n], second: corners[(i + n - 1) % n] };
            self.ice.push((v, cape));
        }
        self.wet = self.mesh.flood(&self.seas);
    }

    fn lay_channels(&mut self, input: &Input) {
        let shores = Shores::new(&self.mesh, &self.wet);
        for (c, channel) in input.channels.iter().enumerate() {
            let mut last = None;
            for (i, position) in channel.points.iter().enumerate() {
                let n = self.channel_node(position.point());
                let is_sea_end = i == 0 || (channel.passage.is_some() && i + 1 == channel.points.len());
                if is_sea_end && self.channel_nodes[n].vertex.is_none() {
                    self.lead_to_water(&shores, n, &channel.id, c);
                }
                if let Some(from) = last {
                    let gated = channel.passage.is_none() || i == channel.points.len() / 2;
                    self.channel_legs.push(Leg { from, to: n, channel: c, gated });
                }
                last = Some(n);
            }
        }
    }

    fn channel_node(&mut self, p: Point) -> usize {
        let name = micro(p);
        if let Some(&n) = self.channel_of.get(&name) {
            return n;
        }
        let p = p.rounded();
        let vertex = self.is_wet(p).then(|| self.add_vertex(p));
        self.channel_nodes.push(ChannelNode { at: p, vertex, node: u32::MAX });
        self.channel_of.insert(name, self.channel_nodes.len() - 1);
        self.channel_nodes.len() - 1
    }

    /// Joins the end of a channel to the nearest open water.
    fn lead_to_water(&mut self, shores: &Shores, n: usize, id: &str, channel: usize) {
        let at = self.channel_nodes[n].at;
        // Ends further inland join another channel instead.
        let Some((sea, gap_m)) = shores.nearest_water(at).filter(|w| w.1 <= FURTHEST_MOUTH_M) else { return };
        let m = self.channel_node(sea);
        self.channel_legs.push(Leg { from: n, to: m, channel, gated: false });
        if gap_m > 5_000.0 {
            self.remark(format!("channel {id} ends {:.1} km from open water; joined straight", gap_m / 1000.0));
        }
    }

    fn lay_ports(&mut self, input: &Input) {
        let shores = Shores::new(&self.mesh, &self.wet);
        for port in &input.ports {
            let at = port.at.point().rounded();
            let water = if self.is_wet(at) { Some((at, 0.0)) } else { shores.nearest_water(at) };
            let channel = self.nearest_channel(at);
            let water_m = water.map_or(f64::INFINITY, |w| w.1);
            let by_channel = match channel {
                Some((_, _, m)) => m <= FURTHEST_CHANNEL_M && water_m > AT_SEA_M && m < water_m,
                None => false,
            };
            let (start, begins, approach_m) = match (by_channel, channel, water) {
                (true, Some((leg, foot, m)), _) => (Start::Channel(self.split_leg(leg, foot)), foot, m),
                (_, _, Some((q, m))) if m <= FURTHEST_WATER_M => {
                    let v = self.add_vertex(q);
                    (Start::Water(v), self.mesh.point(v), m)
                }
                _ => (Start::Nowhere, at, 0.0),
            };
            if matches!(start, Start::Nowhere) {
                self.remark(format!(
                    "{} {} has no way to the sea: {:.0} km to open water and no channel within {:.0} km",
                    port.unlocode,
                    port.name,
                    water_m / 1000.0,
                    FURTHEST_CHANNEL_M / 1000.0
                ));
            }
            self.starts.push(start);
            self.offings.push(Offing::new(at, begins, approach_m, input.tolerance.clearance_m));
        }
        self.wet = self.mesh.flood(&self.seas);
    }

    fn nearest_channel(&self, p: Point) -> Option<(usize, Point, f64)> {
        let foot = |leg: &Leg| {
            let (from, to) = (self.channel_nodes[leg.from].at, self.channel_nodes[leg.to].at);
            nearest_on_arc(from, to, p)
        };
        let best = (0..self.channel_legs.len())
            .map(|i| (i, foot(&self.channel_legs[i])))
            .min_by(|x, y| x.1.angle(p).total_cmp(&y.1.angle(p)))?;
        Some((best.0, best.1, geodesic_m(best.1, p)))
    }

    fn split_leg(&mut self, leg: usize, foot: Point) -> usize {
        let old = self.channel_legs[leg];
        let name = micro(foot);
        let n = match self.channel_of.get(&name) {
            Some(&n) => n,
            None => {
                self.channel_nodes.push(ChannelNode { at: foot.rounded(), vertex: None, node: u32::MAX });
                self.channel_of.insert(name, self.channel_nodes.len() - 1);
                self.channel_nodes.len() - 1
            }
        };
        if n != old.from && n != old.to {
            self.channel_legs[leg] = Leg { to: n, ..old };
            self.channel_legs.push(Leg { from: n, ..old });
        }
        n
    }

    fn number_nodes(&mut self) {
        let ice: HashMap<Vertex, Cape> = self.ice.iter().copied().collect();
        let channels: Vec<Vertex> = self.channel_nodes.iter().filter_map(|c| c.vertex).collect();
        let channels: std::collections::HashSet<Vertex> = channels.into_iter().collect();
        let found: Vec<(Vertex, Bend)> = (0..self.mesh.points().len() as u32)
            .into_par_iter()
            .filter_map(|v| {
                if channels.contains(&v) {
                    return Some((v, Bend::Free));
                }
                let found = capes(&self.mesh, &self.wet, v);
                if !found.is_empty() {
                    return Some((v, Bend::Round(found)));
                }
                let cape = ice.get(&v)?;
                self.wet[self.mesh.triangle_at(v) as usize].then(|| (v, Bend::Round(vec![*cape])))
            })
            .collect();
        for (v, bend) in found {
            self.node_of.insert(v, self.vertices.len() as u32);
            self.vertices.push(v);
            self.bends.push(bend);
            self.points.push(self.mesh.point(v));
        }
        for c in &mut self.channel_nodes {
            c.node = match c.vertex {
                Some(v) => self.node_of[&v],
                None => {
                    self.points.push(c.at);
                    self.bends.push(Bend::Free);
                    (self.points.len() - 1) as u32
                }
            };
        }
        self.report.counts.extend([("nodes at sea", self.vertices.len()), ("nodes", self.points.len())]);
    }

    fn see(&mut self, progress: Progress<'_>) {
        let total = self.vertices.len() as u64;
        let done = std::sync::atomic::AtomicU64::new(0);
        let water = Water { mesh: &self.mesh, wet: &self.wet };
        let bends = &self.bends[..self.vertices.len()];
        self.pairs = edges(&water, &self.vertices, bends, || {
            let n = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            if n.is_multiple_of(256) || n == total {
                progress("visibility", n, total);
            }
        });
        self.report.counts.push(("edges", self.pairs.len()));
    }

    fn lines(&self) -> Lines {
        let ice = self.ice.iter().map(|(v, _)| self.mesh.point(*v)).collect();
        Lines { gates: self.gates.clone(), ice, ice_bit: self.ice_bit }
    }

    fn set_number(&mut self, set: PassageSet) -> u16 {
        let sets = &mut self.sets;
        *self.set_of.entry(set.bits()).or_insert_with(|| {
            sets.push(set.bits());
            (sets.len() - 1) as u16
        })
    }

    fn measure(&mut self, progress: Progress<'_>) {
        progress("lengths", 0, 1);
        let lines = self.lines();
        let measured: Vec<(u32, PassageSet)> = self
            .pairs
            .par_iter()
            .map(|&(u, v)| {
                let (a, b) = (self.points[u as usize], self.points[v as usize]);
                ((geodesic_m(a, b) * 100.0).round() as u32, lines.crossed(a, b))
            })
            .collect();
        for (i, (cm, set)) in measured.into_iter().enumerate() {
            let (from, to) = self.pairs[i];
            let mask = self.set_number(set);
            self.network_edges.push(Edge { from, to, cm, mask });
        }
    }

    fn channel_edges(&mut self, input: &Input) -> Vec<Edge> {
        let bit_of = |id: &str| self.passages.iter().position(|p| p.id == id);
        let bits: Vec<PassageSet> = input
            .channels
            .iter()
            .map(|c| bit_of(c.passage.as_deref().unwrap_or(&c.id)).map_or(PassageSet::EMPTY, PassageSet::one))
            .collect();
        let legs = std::mem::take(&mut self.channel_legs);
        let edges = legs
            .iter()
            .filter(|leg| leg.from != leg.to)
            .map(|leg| {
                let (a, b) = (&self.channel_nodes[leg.from], &self.channel_nodes[leg.to]);
                let cm = (geodesic_m(a.at, b.at) * 100.0).round() as u32;
                (a.node, b.node, cm, if leg.gated { bits[leg.channel] } else { PassageSet::EMPTY })
            })
            .collect::<Vec<_>>();
        edges
            .into_iter()
            .map(|(from, to, cm, set)| Edge { from, to, cm, mask: self.set_number(set) })
            .collect()
    }

    fn links(&self, closed: PassageSet) -> Vec<Links> {
        let port_at: HashMap<Vertex, Vec<u32>> =
            self.starts.iter().enumerate().fold(HashMap::new(), |mut map, (i, s)| {
                if let Start::Water(v) = s {
                    map.entry(*v).or_insert_with(Vec::new).push(i as u32);
                }
                map
            });
        let water = Water { mesh: &self.mesh, wet: &self.wet };
        let lines = self.lines();
        (0..self.starts.len())
            .into_par_iter()
            .map(|port| match self.starts[port] {
                Start::Nowhere => Links::default(),
                Start::Channel(n) => {
                    let node = self.channel_nodes[n].node;
                    let cm = (self.offings[port].snap_m * 100.0).round() as u32;
                    Links { nodes: vec![(node, key(cm, node, u32::MAX))], ..Links::default() }
                }
                Start::Water(v) => self.links_at_sea(port, v, &water, &lines, &port_at, closed),
            })
            .collect()
    }

    fn links_at_sea(
        &self,
        port: usize,
        v: Vertex,
        water: &Water<'_>,
        lines: &Lines,
        port_at: &HashMap<Vertex, Vec<u32>>,
        closed: PassageSet,
    ) -> Links {
        let (offing, at) = (&self.offings[port], self.mesh.point(v));
        let mut links = Links { at: Some(at), ..Links::default() };
        let mut seen = vec![v];
        water.look(v, None, &mut |w| seen.push(w));
        seen.sort_unstable();
        seen.dedup();
        for w in seen {
            let to = self.mesh.point(w);
            if lines.crossed(at, to).meets(closed) {
                continue;
            }
            if let Some(&node) = self.node_of.get(&w)
                && (w == v || self.bends[node as usize].accepts(to, at))
            {
                let cm = (offing.leg_m(to) * 100.0).round() as u32;
                links.nodes.push((node, key(cm, node, port as u32)));
            }
            for &q in port_at.get(&w).into_iter().flatten().filter(|&&q| q as usize != port) {
                let cm = (offing.straight_m(&self.offings[q as usize]) * 100.0).round() as u32;
                links.ports.push((q, key(cm, q, port as u32)));
            }
        }
        links
    }

    fn finish(&mut self, input: &Input, progress: Progress<'_>) -> Archive {
        let legs = self.channel_edges(input);
        let mut all = self.network_edges.clone();
        all.extend(&legs);
        let sets: Vec<PassageSet> = self.sets.iter().map(|&s| PassageSet::from_bits(s)).collect();
        let closed = self
            .passages
            .iter()
            .enumerate()
            .filter(|(_, p)| !p.open_by_default)
            .fold(PassageSet::EMPTY, |set, (i, _)| set.with(PassageSet::one(i)));
        let network = Network::new(self.points.clone(), &self.bends, &all, sets);
        let links = self.links(closed);
        let done = std::sync::atomic::AtomicU64::new(0);
        let total = links.len() as u64;
        let (index, lonely) = port_index(&network, &links, closed, || {
            let n = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            if n.is_multiple_of(32) || n == total {
                progress("port index", n, total);
            }
        });
        self.report.counts.extend([
            ("ports", links.len()),
            ("ports that no route reaches", lonely),
            ("hub entries", index.hubs.len()),
            ("tree nodes", index.tree_nodes.len()),
            ("direct pairs", index.direct_ports.len()),
        ]);
        self.archive(input, &legs, index)
    }

    fn archive(&self, input: &Input, legs: &[Edge], index: crate::index::PortIndex) -> Archive {
        let at: Vec<(i32, i32)> = self.mesh.points()[6..].iter().map(|&p| micro(p)).collect();
        let mut degrees = vec![0u32; self.points.len()];
        let mut heads = Vec::with_capacity(self.pairs.len());
        let mut last = (u32::MAX, 0);
        for &(u, v) in &self.pairs {
            degrees[u as usize] += 1;
            let from = if last.0 == u { last.1 } else { u };
            heads.push(v - from);
            last = (u, v);
        }
        let mut masked = Vec::new();
        let mut before = 0;
        for (i, e) in self.network_edges.iter().enumerate().filter(|(_, e)| e.mask != 0) {
            masked.push((i as u32 - before, e.mask));
            before = i as u32;
        }
        let ports = input.ports.iter().zip(&self.starts).map(|(p, start)| StoredPort {
            unlocode: p.unlocode.clone(),
            name: p.name.clone(),
            at: micro(p.at.point()),
            vertex: if let Start::Water(v) = start { Some(*v) } else { None },
            node: if let Start::Channel(n) = start { Some(self.channel_nodes[*n].node) } else { None },
        });
        let free = self.bends.iter().enumerate().filter(|(_, b)| matches!(b, Bend::Free)).map(|(i, _)| i as u32);
        let ice = self.ice.iter().filter_map(|(v, _)| Some((*self.node_of.get(v)?, micro(self.mesh.point(*v)).1)));
        Archive {
            clearance_m: input.tolerance.clearance_m,
            about: input.about.clone(),
            lons: differences(at.iter().map(|p| p.0)),
            lats: differences(at.iter().map(|p| p.1)),
            corners: differences(self.mesh.corners().iter().flatten().map(|&c| c as i32)),
            marks: self.mesh.fixed().iter().zip(&self.wet).map(|(f, w)| f | u8::from(*w) << 3).collect(),
            node_vertices: differences(self.vertices.iter().map(|&v| v as i32)),
            inland: self.points[self.vertices.len()..].iter().map(|&p| micro(p)).collect(),
            ice: ice.collect(),
            free: free.collect(),
            degrees,
            heads,
            masked,
            legs: legs.iter().map(|e| (e.from, e.to, e.mask)).collect(),
            sets: self.sets.clone(),
            passages: self.passages.clone(),
            ports: ports.collect(),
            index,
        }
    }
}
