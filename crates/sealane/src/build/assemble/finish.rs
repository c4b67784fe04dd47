//! Makes the port index and packs everything.

use super::{Progress, Start, Work};
use crate::archive::{Archive, StoredPort, differences, micro};
use crate::build::input::Input;
use crate::build::labels::port_index;
use crate::cape::Bend;
use crate::network::{Edge, Network};
use crate::passage::PassageSet;

impl Work {
    pub(super) fn finish(&mut self, input: &Input, progress: Progress<'_>) -> Archive {
        let legs = self.channel_edges(input);
        let mut all = self.network_edges.clone();
        all.extend(&legs);
        let sets: Vec<PassageSet> = self
            .sets
            .iter()
            .map(|&s| PassageSet::from_bits(s))
            .collect();
        let closed = self
            .passages
            .iter()
            .enumerate()
            .filter(|(_, p)| !p.open_by_default)
            .fold(PassageSet::EMPTY, |set, (i, _)| {
                set.with(PassageSet::one(i))
            });
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
        for (i, e) in self
            .network_edges
            .iter()
            .enumerate()
            .filter(|(_, e)| e.mask != 0)
        {
            masked.push((i as u32 - before, e.mask));
            before = i as u32;
        }
        let ports = input
            .ports
            .iter()
            .zip(self.starts.iter().zip(&self.approaches))
            .map(|(p, (start, approach))| StoredPort {
                lead: approach.turns(),
                gap_cm: approach.gap_cm(),
                unlocode: p.unlocode.clone(),
                name: p.name.clone(),
                at: micro(p.at.point()),
                vertex: if let Start::Water(v) = start {
                    Some(*v)
                } else {
                    None
                },
                node: if let Start::Channel(n) = start {
                    Some(self.channel_nodes[*n].node)
                } else {
                    None
                },
            });
        let free = self
            .bends
            .iter()
            .enumerate()
            .filter(|(_, b)| matches!(b, Bend::Free))
            .map(|(i, _)| i as u32);
        let ice = self
            .ice
            .iter()
            .filter_map(|(v, _)| Some((*self.node_of.get(v)?, micro(self.mesh.point(*v)).1)));
        let coast: Vec<(i32, i32)> = input.coasts.iter().flatten().map(|&p| micro(p)).collect();
        Archive {
            coast_rings: input.coasts.iter().map(|ring| ring.len() as u32).collect(),
            coast_lons: differences(coast.iter().map(|p| p.0)),
            coast_lats: differences(coast.iter().map(|p| p.1)),
            clearance_m: input.tolerance.clearance_m,
            about: input.about.clone(),
            lons: differences(at.iter().map(|p| p.0)),
            lats: differences(at.iter().map(|p| p.1)),
            corners: differences(self.mesh.corners().iter().flatten().map(|&c| c as i32)),
            marks: self
                .mesh
                .fixed()
                .iter()
                .zip(&self.wet)
                .map(|(f, w)| f | u8::from(*w) << 3)
                .collect(),
            node_vertices: differences(self.vertices.iter().map(|&v| v as i32)),
            inland: self.points[self.vertices.len()..]
                .iter()
                .map(|&p| micro(p))
                .collect(),
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
