//! From coastlines, passages, channels and ports to the archive.

use std::collections::HashMap;

mod finish;
mod lay;
mod link;

use super::input::{Input, PassageInput};
use crate::approach::Approach;
use crate::archive::{LoadError, StoredPassage, from_micro, micro};
use crate::cape::{Bend, Cape};
use crate::land::Land;
use crate::network::Edge;
use crate::passage::Kind;
use crate::sea::Offing;
use crate::sphere::Point;
use crate::triangulation::{Triangulation, Vertex};

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
    let land = Land::new(&input.coasts);
    work.lay_channels(input, &land);
    work.lay_ports(input, &land);
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
    approaches: Vec<Approach>,
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
            instead_of: p.instead_of.clone(),
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
            instead_of: Vec::new(),
            limits_m: [None; 4],
            gate: Vec::new(),
        });
        let own = input
            .channels
            .iter()
            .filter(|c| c.is_closable && c.passage.is_none());
        for c in own {
            passages.push(StoredPassage {
                id: c.id.clone(),
                name: c.name.clone(),
                kind: Kind::Channel.name().into(),
                open_by_default: true,
                instead_of: Vec::new(),
                limits_m: [None, None, c.draught_m, None],
                gate: c.gate.iter().map(|g| micro(g.point())).collect(),
            });
        }
        let gates = passages
            .iter()
            .map(|p| p.gate.iter().map(|&g| from_micro(g)).collect())
            .collect();
        Work {
            mesh: Triangulation::new(),
            wet: Vec::new(),
            seas: input.seas.iter().map(|s| s.point()).collect(),
            ice: Vec::new(),
            channel_nodes: Vec::new(),
            channel_of: HashMap::new(),
            channel_legs: Vec::new(),
            starts: Vec::new(),
            approaches: Vec::new(),
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
}
