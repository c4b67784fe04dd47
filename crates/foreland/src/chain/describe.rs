//! Chains as findings show them.

use super::path::{LandPart, Path, Ride, SeaPart};
use super::{Network, Prices};
use crate::atlas::Mode;
use crate::findings::{Leg, LegMode, PlaceRef};
use crate::geo::join_lines;
use crate::world::{NodeIx, PortIx, ServiceIx, VesselIx, World, mode_index};

/// A leg with its geometry.
pub(crate) struct DrawnLeg {
    pub(crate) leg: Leg,
    /// Longitudes run on beyond ±180°.
    pub(crate) line: Vec<[f64; 2]>,
    pub(crate) passages: Vec<String>,
    /// Links on land, one from each point of the line to the next.
    pub(crate) links: Vec<String>,
}

/// Puts names and lines to paths.
pub(crate) struct Describer<'a> {
    pub(crate) prices: &'a Prices<'a>,
}

impl Describer<'_> {
    fn network(&self) -> &Network {
        self.prices.network
    }

    fn world(&self) -> &World {
        &self.prices.network.world
    }

    /// The legs of a path in order.
    pub(crate) fn legs(&self, path: &Path) -> Vec<DrawnLeg> {
        let mut legs = self.land_legs(&path.out);
        match &path.sea {
            SeaPart::Liner(rides) => legs.extend(rides.iter().map(|ride| self.ride(ride))),
            SeaPart::Bulk { from, to, vessel } => legs.extend(self.voyage(*from, *to, *vessel)),
        }
        legs.extend(self.land_legs(&path.home));
        legs
    }

    /// Ports at which goods change between land and ships or between ships, in order.
    pub(crate) fn ports(&self, path: &Path) -> Vec<PortIx> {
        match &path.sea {
            SeaPart::Liner(rides) => {
                let mut ports: Vec<PortIx> = rides
                    .iter()
                    .map(|ride| self.prices.call_port(ride, |r| r.from))
                    .collect();
                ports.extend(rides.last().map(|r| self.prices.call_port(r, |r| r.to)));
                ports
            }
            SeaPart::Bulk { from, to, .. } => vec![*from, *to],
        }
    }

    /// Ports that ships call at with the goods on board.
    pub(crate) fn calls(&self, path: &Path) -> Vec<PortIx> {
        match &path.sea {
            SeaPart::Liner(rides) => rides.iter().flat_map(|ride| self.between(ride)).collect(),
            SeaPart::Bulk { .. } => Vec::new(),
        }
    }

    /// Borders crossed on land.
    pub(crate) fn borders(&self, path: &Path) -> Vec<NodeIx> {
        [&path.out, &path.home]
            .iter()
            .flat_map(|part| part.steps.iter().map(|&(_, node)| node))
            .filter(|node| self.world().land.nodes[node.index()].border.is_some())
            .collect()
    }

    /// The chain in a line: `Lima → Callao → [WSA3] → Shanghai`.
    pub(crate) fn label(&self, path: &Path, origin: &PlaceRef, destination: &PlaceRef) -> String {
        // A place at the port itself would only repeat the port.
        let at_port = |part: &LandPart| part.steps.is_empty();
        let mut stops = Vec::new();
        if !at_port(&path.out) {
            stops.push(origin.name.clone());
        }
        match &path.sea {
            SeaPart::Liner(rides) => {
                for ride in rides {
                    stops.push(self.port_name(self.prices.call_port(ride, |r| r.from)));
                    stops.push(format!("[{}]", self.service_name(ride.service)));
                }
                if let Some(ride) = rides.last() {
                    stops.push(self.port_name(self.prices.call_port(ride, |r| r.to)));
                }
            }
            SeaPart::Bulk { from, to, vessel } => {
                stops.push(self.port_name(*from));
                stops.push(format!("[{}]", self.world().vessels[vessel.index()].name));
                stops.push(self.port_name(*to));
            }
        }
        if !at_port(&path.home) {
            stops.push(destination.name.clone());
        }
        stops.join(" → ")
    }

    fn port_name(&self, port: PortIx) -> String {
        self.world().port_at(port).name.clone()
    }

    fn service_name(&self, service: ServiceIx) -> String {
        self.world().services[service.index()].name.clone()
    }

    fn between(&self, ride: &Ride) -> Vec<PortIx> {
        let calls = &self.world().services[ride.service.index()].calls;
        (ride.from + 1..ride.to)
            .map(|step| calls[step as usize % calls.len()].port)
            .collect()
    }

    fn ride(&self, ride: &Ride) -> DrawnLeg {
        let service = &self.world().services[ride.service.index()];
        let measured = self.network().legs[ride.service.index()]
            .as_deref()
            .unwrap_or_default();
        let steps = (ride.from..ride.to).map(|step| step as usize % service.calls.len());
        let legs: Vec<_> = steps
            .clone()
            .filter_map(|step| measured.get(step))
            .collect();
        let time_h = self.prices.services[ride.service.index()]
            .as_ref()
            .map_or(0.0, |p| {
                p.arrive_h[ride.to as usize] - p.depart_h[ride.from as usize]
            });
        let (from, to) = (
            self.prices.call_port(ride, |r| r.from),
            self.prices.call_port(ride, |r| r.to),
        );
        let calls = self.between(ride);
        DrawnLeg {
            leg: Leg {
                mode: LegMode::Sea,
                from: self.world().port_at(from).unlocode.clone(),
                to: self.world().port_at(to).unlocode.clone(),
                from_name: self.port_name(from),
                to_name: self.port_name(to),
                by: service.name.clone(),
                distance: legs.iter().map(|leg| leg.distance_nm).sum(),
                distance_unit: "nm".to_owned(),
                time_h,
                calls: calls.into_iter().map(|port| self.port_name(port)).collect(),
                route: None,
            },
            line: join_lines(legs.iter().map(|leg| leg.line.as_slice())),
            passages: legs.iter().flat_map(|leg| leg.passages.clone()).collect(),
            links: Vec::new(),
        }
    }

    fn voyage(&self, from: PortIx, to: PortIx, vessel: VesselIx) -> Option<DrawnLeg> {
        let voyage = self.network().voyages.get(&(from, to, vessel))?;
        let ship = &self.world().vessels[vessel.index()];
        let sea_h = super::prices::sea_hours(
            self.world(),
            self.prices.draw,
            voyage.leg.distance_nm,
            ship.design_speed_kn,
        );
        let passage_h: f64 = voyage
            .passages
            .iter()
            .map(|&ix| super::prices::passage_hours(&self.world().passages[ix], self.prices.draw))
            .sum();
        Some(DrawnLeg {
            leg: Leg {
                mode: LegMode::Sea,
                from: self.world().port_at(from).unlocode.clone(),
                to: self.world().port_at(to).unlocode.clone(),
                from_name: self.port_name(from),
                to_name: self.port_name(to),
                by: ship.name.clone(),
                distance: voyage.leg.distance_nm,
                distance_unit: "nm".to_owned(),
                time_h: sea_h + passage_h,
                calls: Vec::new(),
                route: None,
            },
            line: voyage.leg.line.clone(),
            passages: voyage.leg.passages.clone(),
            links: Vec::new(),
        })
    }

    /// One leg for each run of links of the same mode.
    fn land_legs(&self, part: &LandPart) -> Vec<DrawnLeg> {
        let land = &self.world().land;
        let mut legs: Vec<DrawnLeg> = Vec::new();
        let Some(mut here) = part.start else {
            return legs;
        };
        let mut mode: Option<Mode> = None;
        for &(link_ix, next) in &part.steps {
            let link = &land.links[link_ix as usize];
            if mode != Some(link.mode) {
                legs.push(self.land_leg(link.mode, here));
                mode = Some(link.mode);
            }
            if let Some(drawn) = legs.last_mut() {
                self.extend(drawn, link_ix as usize, here, next);
            }
            here = next;
        }
        legs
    }

    fn land_leg(&self, mode: Mode, from: NodeIx) -> DrawnLeg {
        let node = &self.world().land.nodes[from.index()];
        DrawnLeg {
            leg: Leg {
                mode: [LegMode::Road, LegMode::Rail, LegMode::River][mode_index(mode)],
                from: node.id.clone(),
                to: node.id.clone(),
                from_name: node.name.clone(),
                to_name: node.name.clone(),
                by: String::new(),
                distance: 0.0,
                distance_unit: "km".to_owned(),
                time_h: 0.0,
                calls: Vec::new(),
                route: None,
            },
            line: vec![[node.lon_deg, node.lat_deg]],
            passages: Vec::new(),
            links: Vec::new(),
        }
    }

    fn extend(&self, drawn: &mut DrawnLeg, link_ix: usize, here: NodeIx, next: NodeIx) {
        let land = &self.world().land;
        let link = &land.links[link_ix];
        let mode = land.mode(link.mode);
        let (from, to) = (&land.nodes[here.index()], &land.nodes[next.index()]);
        if drawn.leg.from != from.id {
            drawn.leg.calls.push(from.name.clone());
        }
        drawn.leg.to = to.id.clone();
        drawn.leg.to_name = to.name.clone();
        drawn.leg.distance += link.distance_km;
        let draw = self.prices.draw;
        drawn.leg.time_h += link.distance_km / draw.get(link.speed_kmh) * 24.0
            / draw.get(mode.hours_per_day)
            + super::prices::sum(draw, &link.delays_h);
        drawn.line.push([to.lon_deg, to.lat_deg]);
        drawn.links.push(link.id.clone());
    }
}
