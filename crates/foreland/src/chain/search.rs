//! The best chains for a trip.

use super::land::{self, LandTree};
use super::liner::{self, LinerSearch, handling};
use super::path::{LandPart, Path, Ride, SeaPart};
use super::{Cargo, Prices, Split, Weights, bulk};
use crate::atlas::{CargoKind, HandlingStage};
use crate::findings::Stage;
use crate::study::Criterion;
use crate::world::{NodeIx, PortIx, ServiceIx, World};

/// One end of a trip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// A place or port with links on land.
    Node(NodeIx),
    /// A port without links on land.
    Port(PortIx),
}

impl End {
    /// The end that an identifier names: a place, or a port by UN/LOCODE.
    pub fn of(world: &World, id: &str) -> Option<End> {
        world
            .land
            .node(id)
            .map(End::Node)
            .or_else(|| world.port(id).map(End::Port))
    }
}

/// Who wants to go where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Trip {
    /// Origin.
    pub origin: End,
    /// Destination.
    pub destination: End,
    /// Index of the commodity in the world.
    pub commodity: usize,
}

/// What is asked of a search.
#[derive(Clone, Debug)]
pub struct Query<'q> {
    /// By what the best is chosen.
    pub criterion: Criterion,
    /// Changes of ship that a chain may hold.
    pub max_transshipments: u32,
    /// Load at one of these ports only.
    pub load_at: Option<&'q [PortIx]>,
    /// Never load at these ports.
    pub not_at: &'q [PortIx],
}

impl Query<'_> {
    fn allows(&self, port: PortIx) -> bool {
        self.load_at.is_none_or(|ports| ports.contains(&port)) && !self.not_at.contains(&port)
    }
}

/// The two ways over land of a trip, priced to every port.
struct Hinterlands {
    origin: Hinterland,
    destination: Hinterland,
    cargo: Cargo,
    weights: Weights,
}

struct Hinterland {
    tree: Option<LandTree>,
    /// Cost from the end to each slot's port, handling left out.
    cost: Vec<f64>,
}

impl Hinterland {
    fn new(prices: &Prices<'_>, cargo: &Cargo, weights: Weights, end: End) -> Hinterland {
        let world = prices.world();
        let slots = &prices.network.slots;
        match end {
            End::Node(root) => {
                let tree = LandTree::grow(world, prices.draw, cargo, weights, root);
                let cost = slots
                    .iter()
                    .map(|&port| {
                        port_node(world, port).map_or(f64::INFINITY, |node| tree.cost(node))
                    })
                    .collect();
                Hinterland {
                    tree: Some(tree),
                    cost,
                }
            }
            End::Port(port) => Hinterland {
                tree: None,
                cost: slots
                    .iter()
                    .map(|&slot| if slot == port { 0.0 } else { f64::INFINITY })
                    .collect(),
            },
        }
    }

    fn way_out(&self, world: &World, port: PortIx) -> LandPart {
        match (&self.tree, port_node(world, port)) {
            (Some(tree), Some(node)) => tree.way_to(node),
            _ => LandPart::default(),
        }
    }

    fn way_home(&self, world: &World, port: PortIx) -> LandPart {
        match (&self.tree, port_node(world, port)) {
            (Some(tree), Some(node)) => tree.way_from(node),
            _ => LandPart::default(),
        }
    }
}

fn port_node(world: &World, port: PortIx) -> Option<NodeIx> {
    world.land.node(&world.port_at(port).unlocode)
}

impl Hinterlands {
    fn new(prices: &Prices<'_>, trip: &Trip, criterion: Criterion) -> Hinterlands {
        let world = prices.world();
        let cargo = Cargo::of(world, &world.commodities[trip.commodity], prices.draw);
        let weights = cargo.weights(criterion);
        Hinterlands {
            origin: Hinterland::new(prices, &cargo, weights, trip.origin),
            destination: Hinterland::new(prices, &cargo, weights, trip.destination),
            cargo,
            weights,
        }
    }

    /// Cost at each slot with handling, infinite where the port is shut or not allowed.
    fn at_ports(
        &self,
        prices: &Prices<'_>,
        side: &Hinterland,
        stage: HandlingStage,
        allowed: &dyn Fn(PortIx) -> bool,
    ) -> Vec<f64> {
        let slots = prices.network.slots.iter().zip(&side.cost);
        slots
            .map(|(&port, &land)| {
                let open = land.is_finite()
                    && allowed(port)
                    && prices.world().takes(port, self.cargo.kind);
                let slice = open
                    .then(|| handling(prices, &self.cargo, port, stage))
                    .flatten();
                slice.map_or(f64::INFINITY, |slice| {
                    land + self.weights.cost(slice.money_usd(), slice.time_h)
                })
            })
            .collect()
    }
}

impl Prices<'_> {
    /// The best chain for a trip, with its cost under the query's weights.
    pub fn best(&self, trip: &Trip, query: &Query<'_>) -> Option<(f64, Path)> {
        let lands = Hinterlands::new(self, trip, query.criterion);
        match lands.cargo.kind {
            CargoKind::Container => self.best_liner(&lands, query, None),
            CargoKind::Bulk => self.bulk(&lands, query).into_iter().next(),
        }
    }

    /// The best chains for a trip that differ in the port of loading or in the first ship, best
    /// first.
    pub fn best_few(&self, trip: &Trip, query: &Query<'_>, few: usize) -> Vec<(f64, Path)> {
        let lands = Hinterlands::new(self, trip, query.criterion);
        let mut found = match lands.cargo.kind {
            CargoKind::Container => self.liner_variants(&lands, query),
            CargoKind::Bulk => {
                let mut voyages = self.bulk(&lands, query);
                // The best ship for each pair of ports.
                let mut seen = Vec::new();
                voyages.retain(|(_, path)| {
                    let SeaPart::Bulk { from, to, .. } = path.sea else {
                        return false;
                    };
                    let new = !seen.contains(&(from, to));
                    seen.push((from, to));
                    new
                });
                voyages
            }
        };
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found.truncate(few);
        found
    }

    fn liner_variants(&self, lands: &Hinterlands, query: &Query<'_>) -> Vec<(f64, Path)> {
        let mut found: Vec<(f64, Path)> = Vec::new();
        for (slot, &port) in self.network.slots.iter().enumerate() {
            if !lands.origin.cost[slot].is_finite() || !query.allows(port) {
                continue;
            }
            let here = [port];
            let from_here = Query {
                load_at: Some(&here),
                ..query.clone()
            };
            for (ix, service) in (0u32..).map(ServiceIx).zip(&self.world().services) {
                if service
                    .calls
                    .iter()
                    .any(|call| call.port == port && call.takes_cargo)
                    && let Some(chain) = self.best_liner(lands, &from_here, Some(ix))
                    && !found.iter().any(|(_, path)| *path == chain.1)
                {
                    found.push(chain);
                }
            }
        }
        found
    }

    fn best_liner(
        &self,
        lands: &Hinterlands,
        query: &Query<'_>,
        first: Option<ServiceIx>,
    ) -> Option<(f64, Path)> {
        let (quay, home) = self.quays(lands, query);
        let (cost, rides) = self
            .liner_search(lands, query, first, &quay, &home)
            .best()?;
        Some((cost, self.path_of(lands, rides)?))
    }

    /// The chains from which a shipper chooses: the best for each port of loading, first ship and
    /// port of discharge; best first.
    pub(crate) fn choice_set(
        &self,
        trip: &Trip,
        query: &Query<'_>,
        few: usize,
    ) -> Vec<(f64, Path)> {
        let lands = Hinterlands::new(self, trip, query.criterion);
        if lands.cargo.kind == CargoKind::Bulk {
            return self.best_few(trip, query, few);
        }
        let mut found: Vec<(f64, Path)> = Vec::new();
        for (slot, &port) in self.network.slots.iter().enumerate() {
            if !lands.origin.cost[slot].is_finite() || !query.allows(port) {
                continue;
            }
            let here = [port];
            let from_here = Query {
                load_at: Some(&here),
                ..query.clone()
            };
            let (quay, home) = self.quays(&lands, &from_here);
            for (ix, service) in (0u32..).map(ServiceIx).zip(&self.world().services) {
                let calls = |call: &crate::world::Call| call.port == port && call.takes_cargo;
                if !service.calls.iter().any(calls) {
                    continue;
                }
                let search = self.liner_search(&lands, &from_here, Some(ix), &quay, &home);
                for (cost, rides) in search.best_by_discharge() {
                    found.extend(self.path_of(&lands, rides).map(|path| (cost, path)));
                }
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut kept: Vec<(f64, Path)> = Vec::new();
        for chain in found {
            if kept.len() < few && !kept.iter().any(|(_, path)| *path == chain.1) {
                kept.push(chain);
            }
        }
        kept
    }

    /// Cost from an end over land through each of some ports, handling included; infinite if
    /// there is no way.
    pub(crate) fn land_costs(
        &self,
        end: End,
        commodity: usize,
        ports: &[PortIx],
        stage: HandlingStage,
    ) -> Vec<f64> {
        let world = self.world();
        let cargo = Cargo::of(world, &world.commodities[commodity], self.draw);
        let weights = cargo.weights(Criterion::GeneralisedCost);
        let End::Node(root) = end else {
            return vec![f64::INFINITY; ports.len()];
        };
        let tree = LandTree::grow(world, self.draw, &cargo, weights, root);
        let cost = |&port: &PortIx| {
            let land = tree.cost(port_node(world, port)?);
            let slice = handling(self, &cargo, port, stage)?;
            Some(land + weights.cost(slice.money_usd(), slice.time_h))
        };
        ports
            .iter()
            .map(|p| cost(p).unwrap_or(f64::INFINITY))
            .collect()
    }

    /// Hours that a way over land takes.
    pub(crate) fn land_hours(&self, trip: &Trip, part: &LandPart) -> f64 {
        let world = self.world();
        let cargo = Cargo::of(world, &world.commodities[trip.commodity], self.draw);
        let mut split = Split::default();
        land::evaluate(world, self.draw, &cargo, part, &mut split);
        split.total().time_h
    }

    /// Costs from the origin on board, and from the ship to the destination, at each port.
    fn quays(&self, lands: &Hinterlands, query: &Query<'_>) -> (Vec<f64>, Vec<f64>) {
        let quay = lands.at_ports(self, &lands.origin, HandlingStage::Export, &|port| {
            query.allows(port)
        });
        let home = lands.at_ports(self, &lands.destination, HandlingStage::Import, &|_| true);
        (quay, home)
    }

    fn liner_search<'s>(
        &'s self,
        lands: &'s Hinterlands,
        query: &Query<'_>,
        first: Option<ServiceIx>,
        quay: &'s [f64],
        home: &'s [f64],
    ) -> LinerSearch<'s> {
        LinerSearch {
            prices: self,
            cargo: &lands.cargo,
            weights: lands.weights,
            quay,
            home,
            max_transshipments: query.max_transshipments,
            first,
        }
    }

    fn path_of(&self, lands: &Hinterlands, rides: Vec<Ride>) -> Option<Path> {
        let load = self.call_port(rides.first()?, |ride| ride.from);
        let discharge = self.call_port(rides.last()?, |ride| ride.to);
        Some(Path {
            out: lands.origin.way_out(self.world(), load),
            sea: SeaPart::Liner(rides),
            home: lands.destination.way_home(self.world(), discharge),
        })
    }

    pub(crate) fn call_port(&self, ride: &Ride, call: impl Fn(&Ride) -> u32) -> PortIx {
        let calls = &self.world().services[ride.service.index()].calls;
        calls[call(ride) as usize % calls.len()].port
    }

    /// All bulk voyages for a trip, best first.
    fn bulk(&self, lands: &Hinterlands, query: &Query<'_>) -> Vec<(f64, Path)> {
        let mut found = Vec::new();
        let mut keys: Vec<_> = self.network.voyages.keys().copied().collect();
        keys.sort_unstable();
        for (from, to, vessel) in keys {
            let slot_of = &self.network.slot_of;
            let land_out = lands.origin.cost[slot_of[&from]];
            let land_home = lands.destination.cost[slot_of[&to]];
            if !(land_out + land_home).is_finite() || !query.allows(from) {
                continue;
            }
            let mut split = Split::default();
            if bulk::evaluate(self, &lands.cargo, from, to, vessel, &mut split).is_none() {
                continue;
            }
            let total = split.total();
            let cost = land_out + land_home + lands.weights.cost(total.money_usd(), total.time_h);
            found.push((cost, (from, to, vessel)));
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found
            .into_iter()
            .map(|(cost, (from, to, vessel))| {
                let path = Path {
                    out: lands.origin.way_out(self.world(), from),
                    sea: SeaPart::Bulk { from, to, vessel },
                    home: lands.destination.way_home(self.world(), to),
                };
                (cost, path)
            })
            .collect()
    }

    /// What a chain takes, stage by stage; `None` if it cannot be sailed in this draw.
    pub fn evaluate(&self, trip: &Trip, path: &Path) -> Option<Split> {
        let world = self.world();
        let cargo = Cargo::of(world, &world.commodities[trip.commodity], self.draw);
        let mut split = Split::default();
        land::evaluate(world, self.draw, &cargo, &path.out, &mut split);
        land::evaluate(world, self.draw, &cargo, &path.home, &mut split);
        match &path.sea {
            SeaPart::Liner(rides) => {
                let load = self.call_port(rides.first()?, |ride| ride.from);
                let discharge = self.call_port(rides.last()?, |ride| ride.to);
                for (port, stage) in [
                    (load, HandlingStage::Export),
                    (discharge, HandlingStage::Import),
                ] {
                    split.add(Stage::PortDwell, handling(self, &cargo, port, stage)?);
                }
                liner::evaluate(self, &cargo, rides, &mut split);
            }
            SeaPart::Bulk { from, to, vessel } => {
                bulk::evaluate(self, &cargo, *from, *to, *vessel, &mut split)?;
            }
        }
        Some(split)
    }

    /// Ports that can be reached over land from an end, in this draw.
    pub fn reachable_ports(&self, trip: &Trip) -> (Vec<PortIx>, Vec<PortIx>) {
        let world = self.world();
        let cargo = Cargo::of(world, &world.commodities[trip.commodity], self.draw);
        let weights = cargo.weights(Criterion::GeneralisedCost);
        let reach = |end: End| match end {
            End::Port(port) => vec![port],
            End::Node(root) => {
                let tree = LandTree::grow(world, self.draw, &cargo, weights, root);
                (0..world.land.nodes.len())
                    .filter_map(|ix| {
                        let node = NodeIx(ix as u32);
                        let port = world.land.nodes[ix].port?;
                        tree.cost(node).is_finite().then_some(port)
                    })
                    .collect()
            }
        };
        (reach(trip.origin), reach(trip.destination))
    }
}
