//! Places and links on land.

use std::collections::HashMap;

use super::PortIx;
use crate::atlas::Mode;
use crate::param::ParamIx;

/// Index of a node of the land network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIx(pub(crate) u32);

impl NodeIx {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// The land network.
#[derive(Clone, Debug, PartialEq)]
pub struct Land {
    /// Nodes: places and ports. A place at a port and the port are one node.
    pub nodes: Vec<LandNode>,
    /// Two-way links.
    pub links: Vec<LandLink>,
    /// Links at each node.
    pub(crate) links_at: Vec<Vec<u32>>,
    pub(crate) index: HashMap<String, NodeIx>,
    /// Road, rail, river, in the order of [`Mode`].
    pub(crate) modes: [ModeFacts; 3],
    /// What a change of mode takes.
    pub transfer: TransferFacts,
}

impl Land {
    /// The node of a place identifier or UN/LOCODE.
    pub fn node(&self, id: &str) -> Option<NodeIx> {
        self.index.get(id).copied()
    }

    /// Facts about a mode.
    pub fn mode(&self, mode: Mode) -> &ModeFacts {
        &self.modes[mode_index(mode)]
    }
}

pub(crate) fn mode_index(mode: Mode) -> usize {
    match mode {
        Mode::Road => 0,
        Mode::Rail => 1,
        Mode::River => 2,
    }
}

/// A node of the land network.
#[derive(Clone, Debug, PartialEq)]
pub struct LandNode {
    /// Place identifier, or UN/LOCODE for ports that are no place.
    pub id: String,
    /// Name with its diacritics.
    pub name: String,
    /// Longitude, degrees.
    pub lon_deg: f64,
    /// Latitude, degrees.
    pub lat_deg: f64,
    /// Port here.
    pub port: Option<PortIx>,
    /// Border crossing here.
    pub border: Option<Border>,
}

/// What a border crossing takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Border {
    /// Delay, h.
    pub delay_h: ParamIx,
    /// Fees, USD/t.
    pub cost_usd_per_t: ParamIx,
    /// Extra delay that changes cause, h.
    pub(crate) delays_h: Vec<ParamIx>,
    /// Factors on the fees that changes cause.
    pub(crate) price_factors: Vec<ParamIx>,
    /// Whether a change closed it.
    pub closed: bool,
}

/// A two-way link.
#[derive(Clone, Debug, PartialEq)]
pub struct LandLink {
    /// Identifier.
    pub id: String,
    /// One end.
    pub from: NodeIx,
    /// Other end.
    pub to: NodeIx,
    /// Mode.
    pub mode: Mode,
    /// Length, km.
    pub distance_km: f64,
    /// Speed while moving, km/h.
    pub speed_kmh: ParamIx,
    /// Tariff, USD/t·km.
    pub cost_usd_per_tkm: ParamIx,
    /// Track gauge, mm.
    pub gauge_mm: Option<f64>,
    /// Whether a change blocked it.
    pub blocked: bool,
    /// Extra time that changes cause, h.
    pub(crate) delays_h: Vec<ParamIx>,
    /// Factors on the tariff that changes cause.
    pub(crate) price_factors: Vec<ParamIx>,
}

/// Facts about a mode of inland transport.
#[derive(Clone, Debug, PartialEq)]
pub struct ModeFacts {
    /// Tank-to-wake, g CO2e/t·km.
    pub ttw_g_per_tkm: f64,
    /// Well-to-wake, g CO2e/t·km.
    pub wtw_g_per_tkm: f64,
    /// Hours of movement a day.
    pub hours_per_day: ParamIx,
}

/// What a change of mode takes.
#[derive(Clone, Debug, PartialEq)]
pub struct TransferFacts {
    /// Time, h.
    pub time_h: ParamIx,
    /// Cost, USD/t.
    pub cost_usd_per_t: ParamIx,
}

impl Land {
    /// Length of the shortest way between two nodes, km; `None` if there is none.
    pub fn shortest_km(&self, from: NodeIx, to: NodeIx) -> Option<f64> {
        let mut done = vec![false; self.nodes.len()];
        let mut km = vec![f64::INFINITY; self.nodes.len()];
        km[from.index()] = 0.0;
        // The network has some hundred nodes: a scan for the nearest is as good as a heap.
        loop {
            let nearest = (0..km.len())
                .filter(|&ix| !done[ix] && km[ix].is_finite())
                .min_by(|&a, &b| km[a].total_cmp(&km[b]))?;
            if nearest == to.index() {
                return Some(km[nearest]);
            }
            done[nearest] = true;
            for &link_ix in &self.links_at[nearest] {
                let link = &self.links[link_ix as usize];
                if link.blocked {
                    continue;
                }
                let next = if link.from.index() == nearest {
                    link.to
                } else {
                    link.from
                };
                let reached = km[nearest] + link.distance_km;
                if reached < km[next.index()] {
                    km[next.index()] = reached;
                }
            }
        }
    }
}
