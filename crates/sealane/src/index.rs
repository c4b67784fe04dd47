//! Port-to-port distances by hub labels.
//!
//! Each port keeps a short list of hubs (capes, ends of channels) with its
//! distance to each, chosen so that every shortest route between two ports
//! passes a hub that both list (hub labelling: Abraham, Delling, Goldberg and
//! Werneck, ESA 2012). A distance is then one merge of two sorted lists; the
//! route is read off the small tree of ways from each port to its hubs.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Ports by number, lengths in centimetres.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct PortIndex {
    /// Row of each port in `hubs`, `cms` and `places`.
    pub label_rows: Vec<u32>,
    /// Hub ranks, ascending within a row.
    pub hubs: Vec<u32>,
    /// Distance from the port to the hub.
    pub cms: Vec<u32>,
    /// Position of the hub in the port's tree.
    pub places: Vec<u32>,
    /// Row of each port in `tree_nodes` and `tree_parents`.
    pub tree_rows: Vec<u32>,
    /// Nodes on the ways to the hubs.
    pub tree_nodes: Vec<u32>,
    /// Position in the same tree of the next node towards the port;
    /// its own position where the port itself comes next.
    pub tree_parents: Vec<u32>,
    /// Row of each port in `direct_ports` and `direct_cms`.
    pub direct_rows: Vec<u32>,
    /// Ports reached without a turn, ascending within a row.
    pub direct_ports: Vec<u32>,
    /// Distances to them.
    pub direct_cms: Vec<u32>,
}

/// How two ports are joined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Meeting {
    /// In a straight line.
    Direct,
    /// At a hub, by its positions in the two ports' trees.
    Hub(u32, u32),
}

impl PortIndex {
    /// Number of ports.
    pub fn ports(&self) -> usize {
        self.label_rows.len().saturating_sub(1)
    }

    fn row(rows: &[u32], port: u32) -> std::ops::Range<usize> {
        rows[port as usize] as usize..rows[port as usize + 1] as usize
    }

    /// The hubs of a port with distances.
    pub fn label(&self, port: u32) -> impl Iterator<Item = (u32, u32)> + '_ {
        Self::row(&self.label_rows, port).map(|i| (self.hubs[i], self.cms[i]))
    }

    /// The straight way between two ports in centimetres, if there is one.
    pub fn direct(&self, a: u32, b: u32) -> Option<u32> {
        let row = Self::row(&self.direct_rows, a);
        let at = self.direct_ports[row.clone()].binary_search(&b).ok()?;
        Some(self.direct_cms[row.start + at])
    }

    /// Distance in centimetres from port to port, and how they meet; `None` where no water joins them.
    pub fn meet(&self, a: u32, b: u32) -> Option<(u32, Meeting)> {
        let (ra, rb) = (
            Self::row(&self.label_rows, a),
            Self::row(&self.label_rows, b),
        );
        let (mut i, mut j) = (ra.start, rb.start);
        let mut best = (u64::MAX, Meeting::Direct);
        if let Some(cm) = self.direct(a, b) {
            best.0 = u64::from(cm);
        }
        while i < ra.end && j < rb.end {
            let (x, y) = (self.hubs[i], self.hubs[j]);
            if x == y {
                let sum = u64::from(self.cms[i]) + u64::from(self.cms[j]);
                if sum < best.0 {
                    best = (sum, Meeting::Hub(self.places[i], self.places[j]));
                }
            }
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        if best.0 == u64::MAX {
            return None;
        }
        u32::try_from(best.0).ok().map(|cm| (cm, best.1))
    }

    /// The nodes of a port's tree, and the place of the one before each; a root's is its own.
    pub fn tree(&self, port: u32) -> (&[u32], &[u32]) {
        let row = Self::row(&self.tree_rows, port);
        (&self.tree_nodes[row.clone()], &self.tree_parents[row])
    }

    /// The nodes from the port outward to a place in its tree.
    pub fn way(&self, port: u32, place: u32) -> Vec<u32> {
        let start = self.tree_rows[port as usize] as usize;
        let mut way = Vec::new();
        let mut at = place as usize;
        loop {
            way.push(self.tree_nodes[start + at]);
            let next = self.tree_parents[start + at] as usize;
            if next == at {
                way.reverse();
                return way;
            }
            at = next;
        }
    }

    /// Distances from each source to each target in nautical miles, row by
    /// row; `NAN` where there is no route.
    pub fn matrix(&self, sources: &[u32], targets: &[u32]) -> Vec<f32> {
        let hubs = self.hubs.iter().max().map_or(0, |h| *h as usize + 1);
        let (rows, entries) = self.buckets(targets, hubs);
        let mut cells = vec![f32::NAN; sources.len() * targets.len()];
        cells
            .par_chunks_mut(targets.len().max(1))
            .zip(sources)
            .for_each_init(
                || vec![u64::MAX; targets.len()],
                |sums, (row, &source)| {
                    sums.fill(u64::MAX);
                    for (hub, cm) in self.label(source) {
                        for &(column, other) in &entries[rows[hub as usize]..rows[hub as usize + 1]]
                        {
                            let sum = u64::from(cm) + u64::from(other);
                            let cell = &mut sums[column as usize];
                            *cell = (*cell).min(sum);
                        }
                    }
                    self.fill(row, sums, source, targets);
                },
            );
        cells
    }

    fn buckets(&self, targets: &[u32], hubs: usize) -> (Vec<usize>, Vec<(u32, u32)>) {
        let mut rows = vec![0usize; hubs + 1];
        for &t in targets {
            for (hub, _) in self.label(t) {
                rows[hub as usize + 1] += 1;
            }
        }
        for i in 0..hubs {
            rows[i + 1] += rows[i];
        }
        let mut next = rows.clone();
        let mut entries = vec![(0, 0); rows[hubs]];
        for (column, &t) in targets.iter().enumerate() {
            for (hub, cm) in self.label(t) {
                entries[next[hub as usize]] = (column as u32, cm);
                next[hub as usize] += 1;
            }
        }
        (rows, entries)
    }

    fn fill(&self, row: &mut [f32], sums: &[u64], source: u32, targets: &[u32]) {
        let near = Self::row(&self.direct_rows, source);
        for ((cell, &sum), &t) in row.iter_mut().zip(sums).zip(targets) {
            let mut sum = sum;
            if t == source {
                *cell = 0.0;
                continue;
            }
            if !near.is_empty()
                && let Ok(at) = self.direct_ports[near.clone()].binary_search(&t)
            {
                sum = sum.min(u64::from(self.direct_cms[near.start + at]));
            }
            if sum != u64::MAX {
                *cell = (sum as f64 / 185_200.0) as f32;
            }
        }
    }
}

impl PortIndex {
    /// Replaces ascending columns by differences, which pack better.
    #[cfg(feature = "build")]
    pub fn turn_to_differences(&mut self) {
        for rows in [
            &mut self.label_rows,
            &mut self.tree_rows,
            &mut self.direct_rows,
        ] {
            for i in (1..rows.len()).rev() {
                rows[i] -= rows[i - 1];
            }
        }
        // The tree is stored as steps back from each place.
        let mut start = 0;
        for port in 0..self.ports() {
            let end = start + self.tree_rows[port + 1] as usize;
            for (place, parent) in self.tree_parents[start..end].iter_mut().enumerate() {
                *parent = place as u32 - *parent;
            }
            start = end;
        }
        for (rows, column) in [
            (&self.label_rows, &mut self.hubs),
            (&self.direct_rows, &mut self.direct_ports),
        ] {
            let mut start = 0;
            for &count in &rows[1..] {
                let end = start + count as usize;
                for i in (start + 1..end).rev() {
                    column[i] -= column[i - 1];
                }
                start = end;
            }
        }
    }

    /// Undoes [`PortIndex::turn_to_differences`]; nonsense stays nonsense for
    /// [`PortIndex::is_sound`] to find.
    pub fn turn_to_sums(&mut self) {
        for rows in [
            &mut self.label_rows,
            &mut self.tree_rows,
            &mut self.direct_rows,
        ] {
            for i in 1..rows.len() {
                rows[i] = rows[i].wrapping_add(rows[i - 1]);
            }
        }
        let within = |rows: &[u32], length: usize| {
            rows.windows(2)
                .all(|w| w[0] <= w[1] && w[1] as usize <= length)
        };
        if within(&self.tree_rows, self.tree_parents.len()) {
            for w in self.tree_rows.windows(2) {
                for i in w[0]..w[1] {
                    let parent = &mut self.tree_parents[i as usize];
                    *parent = (i - w[0]).wrapping_sub(*parent);
                }
            }
        }
        for (rows, column) in [
            (&self.label_rows, &mut self.hubs),
            (&self.direct_rows, &mut self.direct_ports),
        ] {
            if within(rows, column.len()) {
                for w in rows.windows(2) {
                    for i in w[0] as usize + 1..w[1] as usize {
                        column[i] = column[i].wrapping_add(column[i - 1]);
                    }
                }
            }
        }
    }

    /// Whether every number that indexes something is within bounds.
    pub fn is_sound(&self, nodes: usize) -> bool {
        let ports = self.ports();
        let rows = |rows: &[u32], length: usize| {
            rows.len() == ports + 1
                && rows.first() == Some(&0)
                && rows.windows(2).all(|w| w[0] <= w[1])
                && rows.last().is_some_and(|&last| last as usize == length)
        };
        rows(&self.label_rows, self.hubs.len())
            && rows(&self.tree_rows, self.tree_nodes.len())
            && rows(&self.direct_rows, self.direct_ports.len())
            && self.cms.len() == self.hubs.len()
            && self.places.len() == self.hubs.len()
            && self.tree_parents.len() == self.tree_nodes.len()
            && self.direct_cms.len() == self.direct_ports.len()
            && self.hubs.iter().all(|&h| (h as usize) < nodes)
            && self.tree_nodes.iter().all(|&n| (n as usize) < nodes)
            && self
                .tree_rows
                .windows(2)
                .all(|w| (w[0]..w[1]).all(|i| self.tree_parents[i as usize] <= i - w[0]))
            && (0..ports as u32).all(|p| {
                let size = self.tree_rows[p as usize + 1] - self.tree_rows[p as usize];
                Self::row(&self.label_rows, p).all(|i| self.places[i] < size)
            })
    }
}
