//! A world whose sea legs are measured.

use std::collections::HashMap;
use std::sync::Arc;

use crate::atlas::{CargoKind, VesselKind};
use crate::findings::Warning;
use crate::number;
use crate::param::Draw;
use crate::sea::{SeaCache, SeaLeg};
use crate::world::{PortIx, Service, VesselIx, World};

/// Snap distances from here on are worth a warning, nm.
const SNAP_WARNING_NM: f64 = 5.0;

/// A world with the legs of its services.
pub struct Network {
    /// The world.
    pub world: World,
    /// Leg `i` of service `s` leads from call `i` to the next; `None` if the service cannot sail.
    pub(crate) legs: Vec<Option<Vec<Arc<SeaLeg>>>>,
    /// Passages of each leg, as indices into the world's passages.
    pub(crate) leg_passages: Vec<Vec<Vec<usize>>>,
    /// Ports that services call at or that bulk voyages use, in a compact order.
    pub(crate) slots: Vec<PortIx>,
    pub(crate) slot_of: HashMap<PortIx, usize>,
    /// Bulk voyages by load port, discharge port and vessel class.
    pub(crate) voyages: HashMap<(PortIx, PortIx, VesselIx), Voyage>,
    /// What was snapped or dropped.
    pub warnings: Vec<Warning>,
}

/// The greatest draught that a container terminal of a port takes; none if one of them states none
/// or no terminal is known.
fn deepest_m(world: &World, port: PortIx) -> Option<f64> {
    let limits = world.terminals_at(port, CargoKind::Container);
    let limits: Option<Vec<f64>> = limits.map(|terminal| terminal.limits.draught_m).collect();
    limits?.into_iter().reduce(f64::max)
}

/// A measured bulk voyage.
#[derive(Clone, Debug)]
pub(crate) struct Voyage {
    pub(crate) leg: Arc<SeaLeg>,
    pub(crate) passages: Vec<usize>,
}

impl Network {
    pub(crate) fn new(world: World, sea: &SeaCache<'_>) -> Network {
        let mut network = Network {
            legs: Vec::new(),
            leg_passages: Vec::new(),
            slots: Vec::new(),
            slot_of: HashMap::new(),
            voyages: HashMap::new(),
            warnings: Vec::new(),
            world,
        };
        let least =
            Draw::central(&network.world.params).get(network.world.model.least_call_draught_share);
        for ix in 0..network.world.services.len() {
            network.pass_by_shallow(ix, least);
            let legs = network.measure(ix, sea);
            let passages = legs.iter().flatten().map(|leg| network.passages_of(leg));
            network.leg_passages.push(passages.collect());
            network.legs.push(legs);
        }
        for ix in 0..network.world.services.len() {
            for call in network.world.services[ix].calls.clone() {
                network.slot(call.port);
            }
        }
        network
    }

    fn slot(&mut self, port: PortIx) -> usize {
        let next = self.slots.len();
        let slot = *self.slot_of.entry(port).or_insert(next);
        if slot == next {
            self.slots.push(port);
        }
        slot
    }

    /// Where all open terminals are too shallow for a service's ship, it takes no goods if they allow
    /// less than `least` of its design draught, and calls part laden if they allow more.
    fn pass_by_shallow(&mut self, ix: usize, least: f64) {
        let service = &self.world.services[ix];
        let Some(draught_m) = self.world.vessels[service.vessel.index()].size.draught_m else {
            return;
        };
        let (mut barred, mut part_laden) = (Vec::new(), Vec::new());
        for (number, call) in service.calls.iter().enumerate() {
            let Some(limit_m) = deepest_m(&self.world, call.port) else {
                continue;
            };
            let port = self.world.port_at(call.port);
            let words = format!("{} ({}) {limit_m} m", port.name, port.unlocode);
            if limit_m < least * draught_m {
                barred.push((number, words));
            } else if limit_m < draught_m && !part_laden.contains(&words) {
                part_laden.push(words);
            }
        }
        let warning = |code: &str, text: String| Warning {
            code: code.to_owned(),
            subject: service.id.clone(),
            text,
        };
        let mut warnings = Vec::new();
        if !barred.is_empty() {
            let words: Vec<&str> = barred.iter().map(|(_, words)| words.as_str()).collect();
            warnings.push(warning(
                "shallow_port",
                format!(
                    "service {} takes no goods at {} of its calls: its ships draw {draught_m} m, and \
                     the terminals take less than {} of it: {}",
                    service.name,
                    barred.len(),
                    number::share(least),
                    words.join(", ")
                ),
            ));
        }
        if !part_laden.is_empty() {
            warnings.push(warning(
                "part_laden",
                format!(
                    "ships of service {} draw {draught_m} m laden and call part laden at {}; what \
                     that costs in slots is not counted",
                    service.name,
                    part_laden.join(", ")
                ),
            ));
        }
        for (number, _) in barred {
            self.world.services[ix].calls[number].takes_cargo = false;
        }
        self.warnings.extend(warnings);
    }

    fn measure(&mut self, ix: usize, sea: &SeaCache<'_>) -> Option<Vec<Arc<SeaLeg>>> {
        let service = self.world.services[ix].clone();
        let ship = self.world.vessels[service.vessel.index()].size;
        let mut legs = Vec::with_capacity(service.calls.len());
        for (call, next) in service
            .calls
            .iter()
            .zip(service.calls.iter().cycle().skip(1))
        {
            let from = self.world.sea_end(call.port);
            let to = self.world.sea_end(next.port);
            match sea.leg(&self.world.sea_query(from, to, ship)) {
                Ok(leg) => {
                    self.note_snap(call.port, leg.snap_from_nm);
                    legs.push(leg);
                }
                Err(why) => {
                    self.drop_service(&service, call.port, next.port, &why);
                    return None;
                }
            }
        }
        Some(legs)
    }

    fn note_snap(&mut self, port: PortIx, snap_nm: f64) {
        let port = self.world.port_at(port);
        let code = "snapped_port";
        let known = |w: &Warning| w.code == code && w.subject == port.unlocode;
        if snap_nm > SNAP_WARNING_NM && !self.warnings.iter().any(known) {
            self.warnings.push(Warning {
                code: code.to_owned(),
                subject: port.unlocode.clone(),
                text: format!(
                    "{} ({}) lies {snap_nm:.1} nm from navigable water; sea distances start at \
                     the nearest water",
                    port.name, port.unlocode
                ),
            });
        }
    }

    fn drop_service(&mut self, service: &Service, from: PortIx, to: PortIx, why: &str) {
        self.warnings.push(Warning {
            code: "dropped_service".to_owned(),
            subject: service.id.clone(),
            text: format!(
                "service {} is left out: no way from {} to {}: {why}",
                service.name,
                self.world.port_at(from).unlocode,
                self.world.port_at(to).unlocode
            ),
        });
    }

    fn passages_of(&self, leg: &SeaLeg) -> Vec<usize> {
        leg.passages
            .iter()
            .filter_map(|id| self.world.passages.iter().position(|p| p.id == *id))
            .collect()
    }

    /// Measures the bulk voyages between some ports.
    pub(crate) fn add_voyages(&mut self, from: &[PortIx], to: &[PortIx], sea: &SeaCache<'_>) {
        let bulkers: Vec<VesselIx> = (0u32..)
            .map(VesselIx)
            .zip(&self.world.vessels)
            .filter(|(_, vessel)| vessel.kind == VesselKind::Bulk)
            .map(|(ix, _)| ix)
            .collect();
        for &load in from {
            for &discharge in to {
                if load == discharge
                    || !self.world.takes(load, CargoKind::Bulk)
                    || !self.world.takes(discharge, CargoKind::Bulk)
                {
                    continue;
                }
                for &vessel in &bulkers {
                    self.add_voyage(load, discharge, vessel, sea);
                }
            }
        }
    }

    fn add_voyage(
        &mut self,
        load: PortIx,
        discharge: PortIx,
        vessel: VesselIx,
        sea: &SeaCache<'_>,
    ) {
        let key = (load, discharge, vessel);
        if self.voyages.contains_key(&key) {
            return;
        }
        let query = self.world.sea_query(
            self.world.sea_end(load),
            self.world.sea_end(discharge),
            self.world.vessels[vessel.index()].size,
        );
        // A class that cannot make the voyage is no fault: smaller ones may.
        if let Ok(leg) = sea.leg(&query) {
            self.slot(load);
            self.slot(discharge);
            let passages = self.passages_of(&leg);
            self.voyages.insert(key, Voyage { leg, passages });
        }
    }
}
