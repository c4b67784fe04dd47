//! The cargo network of liner services.
//!
//! A service calls at places in a fixed order, again and again. Cargo is loaded at one call and
//! discharged at a later one; at any place where two calls meet it may change from one to the other,
//! also between two calls of the same service. Each leg from a call to the next has the capacity of
//! the service.

use super::problem::{CargoDemand, CargoError, CargoLink, CargoProblem};
use crate::network::{LinkId, Network, NodeId};

/// A place where services call.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// Cost of loading a unit that starts here.
    pub load_cost: f64,
    /// Cost of discharging a unit that ends here.
    pub discharge_cost: f64,
    /// Cost of moving a unit from one call to another here.
    pub transfer_cost: f64,
    /// Time between two calls for a unit that changes, in hours.
    pub transfer_h: f64,
}

/// A liner service.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Units that it carries on each leg, in the period of the demands (a week, say).
    pub capacity: f64,
    /// Its calls in order; behind the last comes the first again.
    pub calls: Vec<Call>,
}

/// A call of a service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// Position of the place.
    pub place: usize,
    /// Time that the ship stays, in hours.
    pub stay_h: f64,
    /// Time from here to the next call, in hours.
    pub sail_h: f64,
}

/// Cargo from a place to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shipment {
    /// Position of the place where it is.
    pub origin: usize,
    /// Position of the place where it shall be.
    pub destination: usize,
    /// Units in the period.
    pub volume: f64,
    /// What carrying a unit earns.
    pub revenue: f64,
    /// What leaving a unit behind costs.
    pub penalty: f64,
    /// Longest time from loading to discharge, in hours; infinite if there is no limit.
    pub time_limit_h: f64,
}

/// A cargo problem, and where the services are in it.
#[derive(Clone, Debug)]
pub struct LinerProblem {
    /// The problem.
    pub problem: CargoProblem,
    /// For each service and call, the link of the leg to the next call.
    pub legs: Vec<Vec<LinkId>>,
}

/// Builds the cargo problem of some services.
///
/// Each place is a source, a sink and a yard; each call an arrival and a departure. Links lead from
/// source to departure (loading), from departure to the next arrival (the leg), from arrival to
/// departure (staying aboard), from arrival to sink (discharge), and from arrival over the yard to
/// departure (transfer). A transfer's cost and time are spread evenly over its two links.
///
/// # Errors
/// [`CargoError`] if a number is out of range or a place is not there.
pub fn liner_problem(
    places: &[Place],
    services: &[Service],
    shipments: &[Shipment],
) -> Result<LinerProblem, CargoError> {
    let mut builder = Builder {
        nodes: 3 * places.len(),
        ends: Vec::new(),
        links: Vec::new(),
    };
    let mut legs = Vec::with_capacity(services.len());
    for service in services {
        let first = builder.nodes;
        builder.nodes += 2 * service.calls.len();
        let mut legs_of = Vec::with_capacity(service.calls.len());
        for (index, call) in service.calls.iter().enumerate() {
            let (arrival, departure) = (first + 2 * index, first + 2 * index + 1);
            let next = first + 2 * ((index + 1) % service.calls.len());
            // A place that is not there gives a node that is not there, which the network refuses.
            let place = places.get(call.place).copied().unwrap_or_default();
            let (source, sink, yard) = if call.place < places.len() {
                (3 * call.place, 3 * call.place + 1, 3 * call.place + 2)
            } else {
                (usize::MAX, usize::MAX, usize::MAX)
            };
            let (half_cost, half_h) = (place.transfer_cost / 2.0, place.transfer_h / 2.0);
            builder.link(source, departure, place.load_cost, 0.0, f64::INFINITY);
            builder.link(arrival, sink, place.discharge_cost, 0.0, f64::INFINITY);
            builder.link(arrival, yard, half_cost, half_h, f64::INFINITY);
            builder.link(yard, departure, half_cost, half_h, f64::INFINITY);
            builder.link(arrival, departure, 0.0, call.stay_h, f64::INFINITY);
            legs_of.push(builder.link(departure, next, 0.0, call.sail_h, service.capacity));
        }
        legs.push(legs_of);
    }
    let network = Network::new(builder.nodes, &builder.ends)?;
    let node = |place: usize, offset: usize| match place < places.len() {
        true => NodeId::new(3 * place + offset),
        false => NodeId::new(usize::MAX),
    };
    let demands = shipments.iter().map(|shipment| CargoDemand {
        origin: node(shipment.origin, 0),
        destination: node(shipment.destination, 1),
        volume: shipment.volume,
        revenue: shipment.revenue,
        penalty: shipment.penalty,
        time_limit_h: shipment.time_limit_h,
    });
    let problem = CargoProblem::new(network, builder.links, demands.collect())?;
    Ok(LinerProblem { problem, legs })
}

struct Builder {
    nodes: usize,
    ends: Vec<(NodeId, NodeId)>,
    links: Vec<CargoLink>,
}

impl Builder {
    fn link(&mut self, tail: usize, head: usize, cost: f64, time_h: f64, capacity: f64) -> LinkId {
        self.ends.push((NodeId::new(tail), NodeId::new(head)));
        self.links.push(CargoLink {
            cost,
            time_h,
            capacity,
        });
        LinkId::new(self.links.len() - 1)
    }
}
