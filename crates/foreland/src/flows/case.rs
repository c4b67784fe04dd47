//! A world in which flows are solved: what each lane chooses from, and what chains share.

use super::FlowError;
use super::lanes::Lanes;
use super::market::Market;
use crate::atlas::CargoKind;
use crate::chain::{LandPart, Network, Path, Prices, Query, SeaPart, Trip};
use crate::findings::PlaceRef;
use crate::param::Draw;
use crate::study::{Criterion, FreightRule};
use crate::world::{PortIx, Service, Terminal, World};

/// Length of a terminal for path sizes, h: two chains through the same gate share about a day.
const TERMINAL_LENGTH_H: f64 = 24.0;

/// How chains are searched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Search {
    pub(super) chains: usize,
    pub(super) max_transshipments: u32,
    pub(super) freight: FreightRule,
}

/// A world with everything that flows need of it.
pub(super) struct Case {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) network: Network,
    /// Containers, then bulk.
    pub(super) kinds: Vec<Kind>,
}

/// The lanes of one kind of cargo.
pub(super) struct Kind {
    pub(super) cargo: CargoKind,
    /// Indices of lanes.
    pub(super) lanes: Vec<usize>,
    /// By lane of this kind: the chains found.
    pub(super) chains: Vec<Vec<Path>>,
    /// By lane of this kind: what is chosen from; the last is not to ship at all.
    pub(super) choices: Vec<Vec<Choice>>,
    pub(super) elements: Vec<Element>,
    /// Other cargo that chooses among the terminals of a port.
    pub(super) background: Vec<Background>,
    pub(super) market: Market,
}

/// A chain with the terminals at which its cargo is loaded and discharged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Choice {
    /// Not to ship: the goods are not worth the cost.
    StayAtHome,
    /// By a chain.
    Ship {
        /// Index among the lane's chains.
        chain: usize,
        /// Index of the terminal of loading.
        load: Option<usize>,
        /// Index of the terminal of discharge.
        discharge: Option<usize>,
    },
}

/// What chains share.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Element {
    /// A terminal, by index.
    Terminal(usize),
    /// A leg of a service, by indices.
    Leg(usize, usize),
    /// A way over land.
    Land(LandPart),
}

/// Other cargo of a port.
pub(super) struct Background {
    pub(super) port: PortIx,
    pub(super) terminals: Vec<usize>,
}

impl Case {
    /// Searches the chains of all lanes at central values.
    pub(super) fn new(
        (id, title): (&str, &str),
        network: Network,
        lanes: &Lanes,
        loaded: &[PortIx],
        search: Search,
    ) -> Result<Case, FlowError> {
        let draw = Draw::central(&network.world.params);
        let kinds = {
            let prices = Prices::new(&network, &draw, search.freight);
            [CargoKind::Container, CargoKind::Bulk]
                .into_iter()
                .map(|cargo| Kind::new(cargo, &prices, lanes, loaded, search))
                .collect::<Result<Vec<Kind>, FlowError>>()?
        };
        Ok(Case {
            id: id.to_owned(),
            title: title.to_owned(),
            network,
            kinds,
        })
    }
}

impl Kind {
    fn new(
        cargo: CargoKind,
        prices: &Prices<'_>,
        lanes: &Lanes,
        loaded: &[PortIx],
        search: Search,
    ) -> Result<Kind, FlowError> {
        let world = prices.world();
        let of_kind =
            |&lane: &usize| world.commodities[lanes.list[lane].trip.commodity].cargo == cargo;
        let mut builder = Builder {
            prices,
            elements: Vec::new(),
            lengths: Vec::new(),
        };
        let list: Vec<usize> = (0..lanes.list.len()).filter(of_kind).collect();
        let (mut chains, mut choices, mut uses) = (Vec::new(), Vec::new(), Vec::new());
        let query = Query {
            criterion: Criterion::GeneralisedCost,
            max_transshipments: search.max_transshipments,
            load_at: None,
            not_at: &[],
        };
        for &lane in &list {
            let trip = &lanes.list[lane].trip;
            let found = prices.choice_set(trip, &query, search.chains);
            let mut paths: Vec<Path> = found.into_iter().map(|(_, path)| path).collect();
            keep_known(prices, cargo, &mut paths);
            let (of_lane, used) = builder.choices(cargo, trip, &paths);
            chains.push(paths);
            choices.push(of_lane);
            uses.push(used);
        }
        let background = match cargo {
            CargoKind::Container => builder.background(loaded, &mut uses),
            CargoKind::Bulk => Vec::new(),
        };
        Ok(Kind {
            cargo,
            lanes: list,
            chains,
            choices,
            market: Market::new(&builder.lengths, uses)?,
            elements: builder.elements,
            background,
        })
    }
}

/// Collects elements.
struct Builder<'a> {
    prices: &'a Prices<'a>,
    elements: Vec<Element>,
    lengths: Vec<f64>,
}

impl Builder<'_> {
    fn element(&mut self, element: Element, length_h: f64) -> usize {
        if let Some(known) = self.elements.iter().position(|e| *e == element) {
            return known;
        }
        self.elements.push(element);
        self.lengths.push(length_h);
        self.elements.len() - 1
    }

    /// What a lane chooses from, and the elements that each choice uses.
    fn choices(
        &mut self,
        cargo: CargoKind,
        trip: &Trip,
        paths: &[Path],
    ) -> (Vec<Choice>, Vec<Vec<usize>>) {
        let world = self.prices.world();
        let (mut choices, mut uses) = (Vec::new(), Vec::new());
        for (chain, path) in paths.iter().enumerate() {
            let Some([from, to]) = ends(self.prices, path) else {
                continue;
            };
            let service = |last: bool| match &path.sea {
                SeaPart::Liner(rides) => {
                    let ride = if last { rides.last() } else { rides.first() };
                    ride.map(|ride| &world.services[ride.service.index()])
                }
                SeaPart::Bulk { .. } => None,
            };
            for load in terminals(world, from, cargo, service(false)) {
                for discharge in terminals(world, to, cargo, service(true)) {
                    choices.push(Choice::Ship {
                        chain,
                        load,
                        discharge,
                    });
                    uses.push(self.uses(trip, path, load, discharge));
                }
            }
        }
        choices.push(Choice::StayAtHome);
        uses.push(Vec::new());
        (choices, uses)
    }

    fn uses(
        &mut self,
        trip: &Trip,
        path: &Path,
        load: Option<usize>,
        discharge: Option<usize>,
    ) -> Vec<usize> {
        let mut used = Vec::new();
        used.extend(self.land(trip, &path.out));
        used.extend(load.map(|t| self.element(Element::Terminal(t), TERMINAL_LENGTH_H)));
        if let SeaPart::Liner(rides) = &path.sea {
            for ride in rides {
                let calls = self.prices.world().services[ride.service.index()]
                    .calls
                    .len();
                for step in ride.from..ride.to {
                    let leg = step as usize % calls;
                    used.push(self.leg(ride.service.index(), leg));
                }
            }
        }
        used.extend(discharge.map(|t| self.element(Element::Terminal(t), TERMINAL_LENGTH_H)));
        used.extend(self.land(trip, &path.home));
        used
    }

    fn leg(&mut self, service: usize, leg: usize) -> usize {
        let hours = self.prices.services[service]
            .as_ref()
            .map_or(0.0, |p| p.sea_h[leg] + p.passage_h[leg]);
        self.element(Element::Leg(service, leg), hours)
    }

    fn land(&mut self, trip: &Trip, part: &LandPart) -> Option<usize> {
        if part.steps.is_empty() {
            return None;
        }
        let hours = self.prices.land_hours(trip, part);
        Some(self.element(Element::Land(part.clone()), hours))
    }

    /// Other cargo of the ports that a study names, as sets of their own.
    fn background(&mut self, ports: &[PortIx], uses: &mut Vec<Vec<Vec<usize>>>) -> Vec<Background> {
        let mut background = Vec::new();
        for &port in ports {
            let world = self.prices.world();
            let terminals: Vec<usize> = terminals(world, port, CargoKind::Container, None)
                .into_iter()
                .flatten()
                .collect();
            if terminals.is_empty() {
                continue;
            }
            let used = terminals
                .iter()
                .map(|&t| vec![self.element(Element::Terminal(t), TERMINAL_LENGTH_H)])
                .collect();
            uses.push(used);
            background.push(Background { port, terminals });
        }
        background
    }
}

/// Where the atlas knows terminals for a kind of cargo, ports without one are no choice: nothing is
/// known against them, but nothing speaks for them either.
fn keep_known(prices: &Prices<'_>, cargo: CargoKind, paths: &mut Vec<Path>) {
    for end in 0..2 {
        let known = |path: &Path| {
            ends(prices, path)
                .is_some_and(|ports| prices.world().port_at(ports[end]).knows_terminal(cargo))
        };
        if paths.iter().any(known) {
            paths.retain(known);
        }
    }
}

/// Ports of loading and of discharge of a chain.
pub(super) fn ends(prices: &Prices<'_>, path: &Path) -> Option<[PortIx; 2]> {
    match &path.sea {
        SeaPart::Liner(rides) => Some([
            prices.call_port(rides.first()?, |ride| ride.from),
            prices.call_port(rides.last()?, |ride| ride.to),
        ]),
        SeaPart::Bulk { from, to, .. } => Some([*from, *to]),
    }
}

/// Terminals at which a port handles cargo of a ship: those whose capacity is stated, else all of
/// the kind; `None` alone if the atlas knows none. Too small ones are left out, unless all are.
fn terminals(
    world: &World,
    port: PortIx,
    cargo: CargoKind,
    service: Option<&Service>,
) -> Vec<Option<usize>> {
    let here: Vec<usize> = (0..world.terminals.len())
        .filter(|&t| world.terminals[t].port == port && world.terminals[t].handles(cargo))
        .collect();
    let stated: Vec<usize> = here
        .iter()
        .copied()
        .filter(|&t| stated_capacity(&world.terminals[t], cargo).is_some())
        .collect();
    let list = if stated.is_empty() { here } else { stated };
    let fitting: Vec<usize> = list
        .iter()
        .copied()
        .filter(|&t| service.is_none_or(|s| admits(world, &world.terminals[t], s)))
        .collect();
    let list = if fitting.is_empty() { list } else { fitting };
    if list.is_empty() {
        vec![None]
    } else {
        list.into_iter().map(Some).collect()
    }
}

/// Yearly capacity as the atlas states it: TEU, or t of bulk.
pub(super) fn stated_capacity(terminal: &Terminal, cargo: CargoKind) -> Option<f64> {
    match cargo {
        CargoKind::Container => terminal.capacity_teu_per_year,
        CargoKind::Bulk => terminal.capacity_t_per_year,
    }
}

fn admits(world: &World, terminal: &Terminal, service: &Service) -> bool {
    let ship = &world.vessels[service.vessel.index()].size;
    let within = |limit: Option<f64>, value: Option<f64>| match (limit, value) {
        (Some(limit), Some(value)) => value <= limit,
        _ => true,
    };
    within(terminal.limits.loa_m, ship.loa_m) && within(terminal.limits.beam_m, ship.beam_m)
}

/// A lane's end as findings name it.
pub(super) fn place(world: &World, id: &str) -> PlaceRef {
    if let Some(node) = world.land.node(id) {
        let node = &world.land.nodes[node.index()];
        return PlaceRef {
            id: id.to_owned(),
            name: node.name.clone(),
            lon_deg: node.lon_deg,
            lat_deg: node.lat_deg,
        };
    }
    let port = world.port(id).map(|ix| world.port_at(ix));
    PlaceRef {
        id: id.to_owned(),
        name: port.map_or_else(|| id.to_owned(), |p| p.name.clone()),
        lon_deg: port.map_or(0.0, |p| p.lon_deg),
        lat_deg: port.map_or(0.0, |p| p.lat_deg),
    }
}
