//! The ocean: ports, passages and the shortest ways between places.

use std::collections::HashMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::archive::{Archive, LoadError, StoredPort, from_micro, sums};
use crate::cape::{Bend, Cape, capes};
use crate::ellipsoid::{approximate_m, geodesic_m, reduced};
use crate::index::{Meeting, PortIndex};
use crate::land::Land;
use crate::network::{Edge, Network, Scratch};
use crate::passage::{Kind, Limits, Passage, PassageSet};
use crate::sea::{Lines, Shores};
use crate::sphere::Point;
use crate::triangulation::{Triangulation, Vertex};
use crate::units::{LonLat, NauticalMiles};

/// A port by its number in [`Ocean::ports`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PortIx(pub(crate) u32);

impl PortIx {
    /// The number.
    pub fn number(self) -> usize {
        self.0 as usize
    }
}

/// A port.
#[derive(Clone, Debug, PartialEq)]
pub struct Port {
    /// UN/LOCODE, five characters without a space.
    pub unlocode: String,
    /// Name with its diacritics.
    pub name: String,
    /// Position.
    pub position: LonLat,
    /// From the port to where its routes begin, in open water or in a channel.
    pub approach: NauticalMiles,
    /// From the port to the nearest water of the map.
    pub gap: NauticalMiles,
    /// Whether any water reaches it.
    pub is_reached: bool,
}

/// Where the routes of a port begin.
#[derive(Clone, Copy)]
pub(crate) enum Berth {
    Water(Vertex),
    Channel(u32),
    Inland,
}

/// The triangulated water, made when first needed.
pub(crate) struct Sea {
    pub mesh: Triangulation,
    pub wet: Vec<bool>,
    /// The node at each vertex, `u32::MAX` where there is none.
    pub node_of: Vec<u32>,
    pub shores: Shores,
    pub bends: Vec<Bend>,
}

/// All the water in the world, its ports and passages. Immutable; shared freely
/// between threads.
pub struct Ocean {
    pub(crate) archive: Archive,
    pub(crate) passages: Vec<Passage>,
    pub(crate) ports: Vec<Port>,
    pub(crate) berths: Vec<Berth>,
    /// The port and the turns of its approach, for each port.
    pub(crate) leads: Vec<Vec<Point>>,
    port_of: HashMap<String, u32>,
    /// Positions of mesh vertices.
    vertices: Vec<Point>,
    /// Positions of nodes.
    pub(crate) points: Vec<Point>,
    pub(crate) lines: Lines,
    pub(crate) closed: PassageSet,
    sea: OnceLock<Sea>,
    network: OnceLock<Network>,
    land: OnceLock<Land>,
}

static EMBEDDED: &[u8] = include_bytes!("../data/ocean.sealane");

impl Ocean {
    /// The ocean inside this crate, unpacked when first asked for.
    ///
    /// # Errors
    /// [`LoadError`] only if the crate itself was damaged.
    pub fn embedded() -> Result<&'static Ocean, &'static LoadError> {
        static OCEAN: OnceLock<Result<Ocean, LoadError>> = OnceLock::new();
        OCEAN.get_or_init(|| Ocean::from_bytes(EMBEDDED)).as_ref()
    }

    /// Unpacks an ocean made by `cargo xtask sealanes`.
    ///
    /// # Errors
    /// [`LoadError`] for bytes that are not one, are cut short or altered.
    pub fn from_bytes(bytes: &[u8]) -> Result<Ocean, LoadError> {
        let archive = Archive::from_bytes(bytes)?;
        let mut vertices: Vec<Point> = Triangulation::new().points().to_vec();
        let at: Vec<(i32, i32)> = sums(&archive.lons).zip(sums(&archive.lats)).collect();
        vertices.par_extend(at.into_par_iter().map(from_micro));
        let mut points = Vec::with_capacity(archive.node_vertices.len() + archive.inland.len());
        for v in sums(&archive.node_vertices) {
            points.push(
                *vertices
                    .get(v as usize)
                    .ok_or(LoadError::Inconsistent("nodes"))?,
            );
        }
        points.extend(archive.inland.iter().map(|&m| from_micro(m)));
        let passages = passages(&archive)?;
        let closed = passages
            .iter()
            .enumerate()
            .filter(|(_, p)| !p.open_by_default)
            .fold(PassageSet::EMPTY, |set, (i, _)| {
                set.with(PassageSet::one(i))
            });
        let lines = Lines {
            gates: archive
                .passages
                .iter()
                .map(|p| p.gate.iter().map(|&g| from_micro(g)).collect())
                .collect(),
            ice: archive
                .ice
                .iter()
                .map(|&(n, _)| points[n as usize])
                .collect(),
            ice_bit: passages
                .iter()
                .position(|p| p.kind == Kind::Ice)
                .unwrap_or(PassageSet::CAPACITY),
        };
        let (ports, berths): (Vec<Port>, Vec<Berth>) =
            (0..archive.ports.len()).map(|i| port(&archive, i)).unzip();
        let leads: Vec<Vec<Point>> = archive.ports.iter().map(lead).collect();
        let port_of = ports
            .iter()
            .enumerate()
            .map(|(i, p)| (p.unlocode.clone(), i as u32))
            .collect();
        let mut ocean = Ocean {
            archive,
            passages,
            ports,
            berths,
            leads,
            port_of,
            vertices,
            points,
            lines,
            closed,
            sea: OnceLock::new(),
            network: OnceLock::new(),
            land: OnceLock::new(),
        };
        for i in 0..ocean.ports.len() {
            if let Some(begins) = ocean.berth_point(PortIx(i as u32)) {
                let line = [&ocean.leads[i][..], &[begins]].concat();
                let approach_m = line.windows(2).map(|w| geodesic_m(w[0], w[1])).sum();
                ocean.ports[i].approach = NauticalMiles::from_metres(approach_m);
            }
        }
        Ok(ocean)
    }

    /// All ports, by UN/LOCODE.
    pub fn ports(&self) -> &[Port] {
        &self.ports
    }

    /// The port with a UN/LOCODE.
    pub fn port(&self, unlocode: &str) -> Option<PortIx> {
        self.port_of.get(unlocode).map(|&i| PortIx(i))
    }

    /// All ports by number.
    pub fn port_numbers(&self) -> impl Iterator<Item = PortIx> {
        (0..self.ports.len() as u32).map(PortIx)
    }

    /// All passages: canals, straits, capes, the limit of ice, channels.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// The passages named by an id: one, or all whose ids begin with it and a
    /// hyphen (`panama` is both lanes of locks).
    pub fn passage(&self, id: &str) -> Option<PassageSet> {
        let ids: Vec<&str> = self.passages.iter().map(|p| p.id.as_str()).collect();
        let found = named(&ids, id);
        (!found.is_empty()).then_some(found)
    }

    /// What the data was made from and with which parameters.
    pub fn about(&self) -> &[(String, String)] {
        &self.archive.about
    }

    /// The shortest distance between two ports over the passages that are open
    /// by default; `None` where no water joins them.
    pub fn distance(&self, from: PortIx, to: PortIx) -> Option<NauticalMiles> {
        if from == to {
            return Some(NauticalMiles::default());
        }
        self.index()
            .meet(from.0, to.0)
            .map(|(cm, _)| NauticalMiles::from_cm(cm))
    }

    pub(crate) fn index(&self) -> &PortIndex {
        &self.archive.index
    }

    /// The nodes between two ports by the index, ends excluded.
    pub(crate) fn indexed_way(&self, from: PortIx, to: PortIx) -> Option<Vec<u32>> {
        let (_, meeting) = self.index().meet(from.0, to.0)?;
        Some(match meeting {
            Meeting::Direct => Vec::new(),
            Meeting::Hub(a, b) => {
                let mut way = self.index().way(from.0, a);
                way.extend(self.index().way(to.0, b).into_iter().rev().skip(1));
                way
            }
        })
    }

    /// Where a port's routes begin.
    pub(crate) fn berth_point(&self, port: PortIx) -> Option<Point> {
        match self.berths[port.number()] {
            Berth::Water(v) => Some(self.vertices[v as usize]),
            Berth::Channel(n) => Some(self.points[n as usize]),
            Berth::Inland => None,
        }
    }

    pub(crate) fn sea(&self) -> &Sea {
        self.sea.get_or_init(|| self.make_sea())
    }

    fn make_sea(&self) -> Sea {
        let a = &self.archive;
        let flat: Vec<u32> = sums(&a.corners).map(|c| c as u32).collect();
        let corners = flat.chunks_exact(3).map(|c| [c[0], c[1], c[2]]).collect();
        let fixed = a.marks.iter().map(|m| m & 7).collect();
        let wet: Vec<bool> = a.marks.iter().map(|m| m & 8 != 0).collect();
        // Checked when the archive was packed; a damaged one does not get here.
        let mesh =
            Triangulation::from_parts(self.vertices.clone(), corners, fixed).unwrap_or_default();
        let wet = if wet.len() == mesh.corners().len() {
            wet
        } else {
            vec![true; mesh.corners().len()]
        };
        let vertices: Vec<Vertex> = sums(&a.node_vertices).map(|v| v as Vertex).collect();
        let mut node_of = vec![u32::MAX; mesh.points().len()];
        for (n, &v) in vertices.iter().enumerate() {
            node_of[v as usize] = n as u32;
        }
        let mut bends: Vec<Bend> = vertices
            .par_iter()
            .map(|&v| Bend::Round(capes(&mesh, &wet, v)))
            .collect();
        bends.resize(self.points.len(), Bend::Free);
        let n = a.ice.len();
        for (i, &(node, _)) in a.ice.iter().enumerate() {
            let corner = |k: usize| self.points[a.ice[k % n].0 as usize];
            bends[node as usize] = Bend::Round(vec![Cape {
                first: corner(i + 1),
                second: corner(i + n - 1),
            }]);
        }
        for &f in &a.free {
            bends[f as usize] = Bend::Free;
        }
        let shores = Shores::new(&mesh, &wet);
        Sea {
            mesh,
            wet,
            node_of,
            shores,
            bends,
        }
    }

    /// The land as the map draws it.
    pub(crate) fn land(&self) -> &Land {
        self.land.get_or_init(|| {
            let a = &self.archive;
            let mut coast = sums(&a.coast_lons).zip(sums(&a.coast_lats)).map(from_micro);
            let rings: Vec<Vec<Point>> = a
                .coast_rings
                .iter()
                .map(|&n| coast.by_ref().take(n as usize).collect())
                .collect();
            Land::new(&rings)
        })
    }

    /// Whether a position lies in water that routes use: clear of the coast, which
    /// is generalised and kept off. Elsewhere a route begins with an approach.
    pub fn is_open_water(&self, at: LonLat) -> bool {
        let sea = self.sea();
        sea.wet[sea.mesh.triangle_of(at.point()) as usize]
    }

    /// Whether the great circle between two positions meets the coast as the map
    /// draws it, before it is generalised.
    pub fn meets_coast(&self, from: LonLat, to: LonLat) -> bool {
        self.land().bars(from.point(), to.point())
    }

    /// Whether a position lies on land as the map draws it.
    pub fn is_on_land(&self, at: LonLat) -> bool {
        self.land().covers(at.point())
    }

    pub(crate) fn network(&self) -> &Network {
        self.network.get_or_init(|| self.make_network())
    }

    fn make_network(&self) -> Network {
        let a = &self.archive;
        let flat: Vec<Point> = self.points.iter().map(|&p| reduced(p)).collect();
        let mut edges = Vec::with_capacity(a.heads.len() + a.legs.len());
        let mut slot = 0;
        for (u, &degree) in a.degrees.iter().enumerate() {
            let mut v = u as u32;
            for _ in 0..degree {
                v = v
                    .wrapping_add(a.heads[slot])
                    .min(self.points.len() as u32 - 1);
                slot += 1;
                edges.push(Edge {
                    from: u as u32,
                    to: v,
                    cm: 0,
                    mask: 0,
                });
            }
        }
        let mut at = 0usize;
        for &(step, mask) in &a.masked {
            at += step as usize;
            if let Some(e) = edges.get_mut(at) {
                e.mask = mask;
            }
        }
        edges.extend(a.legs.iter().map(|&(from, to, mask)| Edge {
            from,
            to,
            cm: 0,
            mask,
        }));
        edges.par_iter_mut().for_each(|e| {
            let m = approximate_m(flat[e.from as usize], flat[e.to as usize]);
            e.cm = (m * 100.0).round() as u32;
        });
        let sets = a.sets.iter().map(|&s| PassageSet::from_bits(s)).collect();
        Network::new(self.points.clone(), &self.sea().bends, &edges, sets)
    }

    /// The generalised coast that routes keep to, as closed rings with land on
    /// the right; shoals and clearance are part of it.
    pub fn coastline(&self) -> Vec<Vec<LonLat>> {
        let sea = self.sea();
        let mut next: HashMap<Vertex, Vec<Vertex>> = HashMap::new();
        for t in 0..sea.mesh.corners().len() as u32 {
            let c = sea.mesh.corners()[t as usize];
            for i in (0..3).filter(|&i| sea.wet[t as usize] && sea.mesh.is_fixed(t, i)) {
                if !sea.wet[sea.mesh.across(t, i) as usize] {
                    next.entry(c[(i + 1) % 3]).or_default().push(c[(i + 2) % 3]);
                }
            }
        }
        let mut starts: Vec<Vertex> = next.keys().copied().collect();
        starts.sort_unstable();
        let mut rings = Vec::new();
        for start in starts {
            let mut ring = Vec::new();
            let mut at = start;
            while let Some(to) = next.get_mut(&at).and_then(Vec::pop) {
                ring.push(LonLat::from_point(sea.mesh.point(at)));
                at = to;
            }
            if ring.len() > 2 {
                rings.push(ring);
            }
        }
        rings
    }

    /// Prepares what searches need beyond the port index (about a fifth of a
    /// second), so that the first one is not slower than the rest.
    pub fn prepare(&self) {
        rayon::join(|| self.network(), || self.land());
    }

    /// Number of nodes and edges of the network.
    pub fn size(&self) -> (usize, usize) {
        (self.network().nodes(), self.network().edges())
    }

    /// Length of a leg in metres.
    pub(crate) fn leg_m(a: Point, b: Point) -> f64 {
        geodesic_m(a, b)
    }

    /// Runs `work` with reusable working memory.
    pub(crate) fn with_scratch<T>(work: impl FnOnce(&mut Scratch) -> T) -> T {
        thread_local! {
            static SCRATCH: std::cell::RefCell<Scratch> = std::cell::RefCell::new(Scratch::default());
        }
        SCRATCH.with_borrow_mut(work)
    }
}

/// The passages of a short name, or of a group such as both lanes of locks.
fn named(ids: &[&str], id: &str) -> PassageSet {
    let all = |is_it: &dyn Fn(&str) -> bool| {
        let numbers = (0..ids.len()).filter(|&n| is_it(ids[n]));
        numbers.fold(PassageSet::EMPTY, |set, n| set.with(PassageSet::one(n)))
    };
    let exact = all(&|other| other == id);
    if exact.is_empty() {
        all(&|other| {
            let rest = other.strip_prefix(id);
            rest.is_some_and(|rest| rest.starts_with('-'))
        })
    } else {
        exact
    }
}

fn passages(archive: &Archive) -> Result<Vec<Passage>, LoadError> {
    let ids: Vec<&str> = archive.passages.iter().map(|p| p.id.as_str()).collect();
    archive
        .passages
        .iter()
        .map(|p| {
            let [loa_m, beam_m, draught_m, air_draught_m] = p.limits_m;
            Ok(Passage {
                id: p.id.clone(),
                name: p.name.clone(),
                kind: Kind::from_name(&p.kind)
                    .ok_or(LoadError::Inconsistent("kinds of passages"))?,
                open_by_default: p.open_by_default,
                instead_of: p
                    .instead_of
                    .iter()
                    .fold(PassageSet::EMPTY, |set, id| set.with(named(&ids, id))),
                limits: Limits {
                    loa_m,
                    beam_m,
                    draught_m,
                    air_draught_m,
                },
            })
        })
        .collect()
}

fn lead(port: &StoredPort) -> Vec<Point> {
    let turns = port.lead.iter().map(|&m| from_micro(m));
    std::iter::once(from_micro(port.at)).chain(turns).collect()
}

fn port(archive: &Archive, i: usize) -> (Port, Berth) {
    let p = &archive.ports[i];
    let berth = match (p.vertex, p.node) {
        (Some(v), _) => Berth::Water(v),
        (None, Some(n)) => Berth::Channel(n),
        (None, None) => Berth::Inland,
    };
    let port = Port {
        unlocode: p.unlocode.clone(),
        name: p.name.clone(),
        position: LonLat::from_point(from_micro(p.at)),
        approach: NauticalMiles::default(),
        gap: NauticalMiles::from_metres(f64::from(p.gap_cm) / 100.0),
        is_reached: !matches!(berth, Berth::Inland),
    };
    (port, berth)
}
