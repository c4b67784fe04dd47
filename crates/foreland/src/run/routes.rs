//! Journeys with their lines and points.

use std::collections::BTreeMap;

use super::case::Case;
use super::ensemble::{Totals, totals};
use super::plan::{FlowPlaces, Plan};
use crate::chain::{Cargo, Describer, Path, Prices};
use crate::claim::measure::Flow;
use crate::ensemble::spread;
use crate::findings::{
    CargoUnit, Chain, Journey, LegMode, MapPoint, PlaceRef, PointRole, RouteLine, RouteRole,
    Spread, Stage, StageSplit,
};
use crate::geo::cut_at_antimeridian;
use crate::world::PortIx;

/// Collects journeys, lines and points of all worlds.
#[derive(Default)]
pub(super) struct Atlas {
    pub(super) journeys: Vec<Journey>,
    routes: BTreeMap<String, RouteLine>,
    points: BTreeMap<(PointRole, String), MapPoint>,
}

/// A side of a case: one world with its chains and their totals in all runs.
pub(super) struct Side<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) case: &'a Case,
    pub(super) prices: &'a Prices<'a>,
    pub(super) after: bool,
    pub(super) world: String,
    /// By run, flow and chain.
    pub(super) totals: &'a dyn Fn(usize, usize) -> Vec<Option<Totals>>,
}

impl Atlas {
    pub(super) fn add_side(&mut self, side: &Side<'_>) {
        for (number, flow) in side.plan.flows.iter().enumerate() {
            let chains = &side.case.chains[number];
            let paths = if side.after {
                &chains.after
            } else {
                &chains.before
            };
            let places = &side.plan.places[number];
            self.point(PointRole::Origin, places.origin.clone());
            self.point(PointRole::Destination, places.destination.clone());
            let journey = self.journey(side, number, flow, places, paths);
            self.journeys.push(journey);
        }
    }

    pub(super) fn routes(&self) -> Vec<RouteLine> {
        self.routes.values().cloned().collect()
    }

    pub(super) fn points(&self) -> Vec<MapPoint> {
        self.points.values().cloned().collect()
    }

    pub(super) fn point(&mut self, role: PointRole, place: PlaceRef) {
        self.points
            .entry((role, place.id.clone()))
            .or_insert(MapPoint { place, role });
    }

    fn journey(
        &mut self,
        side: &Side<'_>,
        number: usize,
        flow: &Flow,
        places: &FlowPlaces,
        paths: &[Path],
    ) -> Journey {
        let world = side.prices.world();
        let goods = &world.commodities[flow.trip.commodity];
        let mut chains = Vec::new();
        for (ix, path) in paths.iter().enumerate() {
            chains.extend(self.chain(side, number, flow, places, (ix, path)));
        }
        let no_chain = chains.is_empty().then(|| no_chain(side, flow));
        Journey {
            flow: flow.id.clone(),
            world: side.world.clone(),
            origin: places.origin.clone(),
            destination: places.destination.clone(),
            commodity: goods.id.clone(),
            commodity_name: goods.name.clone(),
            per: if flow.per == "TEU" {
                CargoUnit::Teu
            } else {
                CargoUnit::Tonne
            },
            chains,
            no_chain,
        }
    }

    fn chain(
        &mut self,
        side: &Side<'_>,
        number: usize,
        flow: &Flow,
        places: &FlowPlaces,
        (ix, path): (usize, &Path),
    ) -> Option<Chain> {
        let prices = side.prices;
        let split = prices.evaluate(&flow.trip, path)?;
        let central = totals(prices, &flow.trip, &split);
        let world = prices.world();
        let cargo = Cargo::of(world, &world.commodities[flow.trip.commodity], prices.draw);
        let describer = Describer { prices };
        let mut legs = Vec::new();
        let mut passages = Vec::new();
        let (mut sea_nm, mut land_km) = (0.0, 0.0);
        for drawn in describer.legs(path) {
            let mut leg = drawn.leg;
            match leg.mode {
                LegMode::Sea => sea_nm += leg.distance,
                _ => land_km += leg.distance,
            }
            passages.extend(drawn.passages.iter().cloned());
            if ix == 0 {
                let route = route_line(&leg, drawn.line, drawn.passages, drawn.links);
                leg.route = Some(route.id.clone());
                self.route(side, flow, route);
            }
            legs.push(leg);
        }
        if ix == 0 {
            self.chain_points(&describer, path);
        }
        let samples = (side.totals)(number, ix);
        let of = |unit: &str, quantity: usize| -> Spread {
            let values: Vec<f64> = samples.iter().flatten().map(|t| t[quantity]).collect();
            spread(unit, central[quantity], &values)
        };
        let per = flow.per;
        Some(Chain {
            rank: ix as u32 + 1,
            id: format!("{}/{}/{}", side.world, flow.id, ix + 1),
            label: describer.label(path, &places.origin, &places.destination),
            legs,
            stages: Stage::ALL
                .iter()
                .map(|&stage| stage_split(stage, &split, &cargo))
                .collect(),
            time_d: of("d", 0),
            transit_d: of("d", 1),
            money_usd: of(&format!("USD/{per}"), 2),
            generalised_usd: of(&format!("USD/{per}"), 3),
            ttw_kg: of(&format!("kg CO2e/{per}"), 4),
            wtw_kg: of(&format!("kg CO2e/{per}"), 5),
            sea_nm,
            land_km,
            passages,
        })
    }

    fn route(&mut self, side: &Side<'_>, flow: &Flow, route: RouteLine) {
        let known = self.routes.entry(route.id.clone()).or_insert(route);
        if !known.worlds.contains(&side.world) {
            known.worlds.push(side.world.clone());
        }
        if !known.flows.contains(&flow.id) {
            known.flows.push(flow.id.clone());
        }
        let role = if side.after {
            RouteRole::After
        } else {
            RouteRole::Before
        };
        known.role = if known.worlds.len() == 1 || known.role == role {
            role
        } else {
            RouteRole::Both
        };
    }

    fn chain_points(&mut self, describer: &Describer<'_>, path: &Path) {
        let world = describer.prices.world();
        let place = |port: PortIx| {
            let facts = world.port_at(port);
            PlaceRef {
                id: facts.unlocode.clone(),
                name: facts.name.clone(),
                lon_deg: facts.lon_deg,
                lat_deg: facts.lat_deg,
            }
        };
        let ports = describer.ports(path);
        for (ix, &port) in ports.iter().enumerate() {
            let end = ix == 0 || ix + 1 == ports.len();
            let role = if end {
                PointRole::Port
            } else {
                PointRole::Transshipment
            };
            self.point(role, place(port));
        }
        for port in describer.calls(path) {
            self.point(PointRole::Call, place(port));
        }
        for node in describer.borders(path) {
            let node = &world.land.nodes[node.index()];
            let place = PlaceRef {
                id: node.id.clone(),
                name: node.name.clone(),
                lon_deg: node.lon_deg,
                lat_deg: node.lat_deg,
            };
            self.point(PointRole::Border, place);
        }
    }
}

fn stage_split(stage: Stage, split: &crate::chain::Split, cargo: &Cargo) -> StageSplit {
    let slice = split.stage(stage);
    StageSplit {
        stage,
        time_h: slice.time_h,
        carriage_usd: slice.carriage_usd,
        handling_usd: slice.handling_usd,
        tolls_usd: slice.tolls_usd,
        time_cost_usd: slice.time_h * cargo.vot_usd_per_h,
        ttw_kg: slice.ttw_kg,
        wtw_kg: slice.wtw_kg,
    }
}

fn route_line(
    leg: &crate::findings::Leg,
    line: Vec<[f64; 2]>,
    passages: Vec<String>,
    links: Vec<String>,
) -> RouteLine {
    let name = if leg.by.is_empty() {
        format!("{} → {}", leg.from_name, leg.to_name)
    } else {
        format!("{}: {} → {}", leg.by, leg.from_name, leg.to_name)
    };
    let mode = match leg.mode {
        LegMode::Road => "road",
        LegMode::Rail => "rail",
        LegMode::River => "river",
        LegMode::Sea => "sea",
    };
    // The same leg may run elsewhere in another world: a hash of the line tells them apart.
    let mut hasher = blake3::Hasher::new();
    hasher.update(leg.by.as_bytes());
    for [lon, lat] in &line {
        hasher.update(&lon.to_le_bytes());
        hasher.update(&lat.to_le_bytes());
    }
    let hash = hasher.finalize().to_hex();
    RouteLine {
        id: format!("{mode}-{}-{}-{}", leg.from, leg.to, &hash[..8]),
        name,
        mode: leg.mode,
        role: RouteRole::Before,
        worlds: Vec::new(),
        flows: Vec::new(),
        distance: leg.distance,
        distance_unit: leg.distance_unit.clone(),
        passages,
        links,
        lines: cut_at_antimeridian(&line),
        unwrapped: line,
    }
}

fn no_chain(side: &Side<'_>, flow: &Flow) -> String {
    let world = side.prices.world();
    let (from, to) = side.prices.reachable_ports(&flow.trip);
    let names = |ports: &[PortIx]| {
        let mut names: Vec<&str> = ports
            .iter()
            .take(8)
            .map(|&port| world.port_at(port).unlocode.as_str())
            .collect();
        if ports.len() > names.len() {
            names.push("…");
        }
        names.join(", ")
    };
    if from.is_empty() || to.is_empty() {
        return "no port can be reached over land from one of the ends".to_owned();
    }
    format!(
        "no service or ship connects the ports of the origin ({}) with those of the destination \
         ({}) with at most {} changes of ship",
        names(&from),
        names(&to),
        side.plan.settings.max_transshipments
    )
}
