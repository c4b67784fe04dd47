//! Numbers the nodes, joins those that see each other, measures the edges.

use std::collections::HashMap;

use rayon::prelude::*;

use super::{Progress, Start, Work};
use crate::build::graph::edges;
use crate::build::input::Input;
use crate::build::labels::Links;
use crate::cape::{Bend, Cape, capes};
use crate::ellipsoid::geodesic_m;
use crate::network::{Edge, key};
use crate::passage::PassageSet;
use crate::sea::Lines;
use crate::triangulation::Vertex;
use crate::visibility::Water;

impl Work {
    pub(super) fn number_nodes(&mut self) {
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
        self.report.counts.extend([
            ("nodes at sea", self.vertices.len()),
            ("nodes", self.points.len()),
        ]);
    }

    pub(super) fn see(&mut self, progress: Progress<'_>) {
        let total = self.vertices.len() as u64;
        let done = std::sync::atomic::AtomicU64::new(0);
        let water = Water {
            mesh: &self.mesh,
            wet: &self.wet,
        };
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
        Lines {
            gates: self.gates.clone(),
            ice,
            ice_bit: self.ice_bit,
        }
    }

    fn set_number(&mut self, set: PassageSet) -> u16 {
        let sets = &mut self.sets;
        *self.set_of.entry(set.bits()).or_insert_with(|| {
            sets.push(set.bits());
            (sets.len() - 1) as u16
        })
    }

    pub(super) fn measure(&mut self, progress: Progress<'_>) {
        progress("lengths", 0, 1);
        let lines = self.lines();
        let measured: Vec<(u32, PassageSet)> = self
            .pairs
            .par_iter()
            .map(|&(u, v)| {
                let (a, b) = (self.points[u as usize], self.points[v as usize]);
                (
                    (geodesic_m(a, b) * 100.0).round() as u32,
                    lines.crossed(a, b),
                )
            })
            .collect();
        for (i, (cm, set)) in measured.into_iter().enumerate() {
            let (from, to) = self.pairs[i];
            let mask = self.set_number(set);
            self.network_edges.push(Edge { from, to, cm, mask });
        }
    }

    pub(super) fn channel_edges(&mut self, input: &Input) -> Vec<Edge> {
        let bit_of = |id: &str| self.passages.iter().position(|p| p.id == id);
        let bits: Vec<PassageSet> = input
            .channels
            .iter()
            .map(|c| {
                bit_of(c.passage.as_deref().unwrap_or(&c.id))
                    .map_or(PassageSet::EMPTY, PassageSet::one)
            })
            .collect();
        let legs = std::mem::take(&mut self.channel_legs);
        let edges = legs
            .iter()
            .filter(|leg| leg.from != leg.to)
            .map(|leg| {
                let (a, b) = (&self.channel_nodes[leg.from], &self.channel_nodes[leg.to]);
                let cm = (geodesic_m(a.at, b.at) * 100.0).round() as u32;
                (
                    a.node,
                    b.node,
                    cm,
                    if leg.gated {
                        bits[leg.channel]
                    } else {
                        PassageSet::EMPTY
                    },
                )
            })
            .collect::<Vec<_>>();
        edges
            .into_iter()
            .map(|(from, to, cm, set)| Edge {
                from,
                to,
                cm,
                mask: self.set_number(set),
            })
            .collect()
    }

    pub(super) fn links(&self, closed: PassageSet) -> Vec<Links> {
        let port_at: HashMap<Vertex, Vec<u32>> =
            self.starts
                .iter()
                .enumerate()
                .fold(HashMap::new(), |mut map, (i, s)| {
                    if let Start::Water(v) = s {
                        map.entry(*v).or_insert_with(Vec::new).push(i as u32);
                    }
                    map
                });
        let water = Water {
            mesh: &self.mesh,
            wet: &self.wet,
        };
        let lines = self.lines();
        (0..self.starts.len())
            .into_par_iter()
            .map(|port| match self.starts[port] {
                Start::Nowhere => Links::default(),
                Start::Channel(n) => {
                    let node = self.channel_nodes[n].node;
                    let cm = (self.offings[port].way_m * 100.0).round() as u32;
                    Links {
                        nodes: vec![(node, key(cm, node, u32::MAX))],
                        ..Links::default()
                    }
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
        let mut links = Links {
            at: Some(at),
            ..Links::default()
        };
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
            for &q in port_at
                .get(&w)
                .into_iter()
                .flatten()
                .filter(|&&q| q as usize != port)
            {
                let cm = (offing.straight_m(&self.offings[q as usize]) * 100.0).round() as u32;
                links.ports.push((q, key(cm, q, port as u32)));
            }
        }
        links
    }
}
