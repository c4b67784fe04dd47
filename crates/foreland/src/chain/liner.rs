//! The best chain of liner services: rounds over services, one for each ship.

use super::path::Ride;
use super::{Cargo, Prices, Slice, Split, Weights};
use crate::atlas::{CargoKind, HandlingStage};
use crate::findings::Stage;
use crate::world::{PortIx, ServiceIx};

use super::prices::{product, sum};

/// What a search over services is given.
pub(crate) struct LinerSearch<'a> {
    pub(crate) prices: &'a Prices<'a>,
    pub(crate) cargo: &'a Cargo,
    pub(crate) weights: Weights,
    /// Cost from the origin to the quay of each port slot, export handling included.
    pub(crate) quay: &'a [f64],
    /// Cost from the ship at each port slot to the destination, import handling included.
    pub(crate) home: &'a [f64],
    pub(crate) max_transshipments: u32,
    /// Take this service first.
    pub(crate) first: Option<ServiceIx>,
}

/// How a port was reached in a round.
#[derive(Clone, Copy, Debug)]
struct Arrival {
    service: u32,
    from: u32,
    to: u32,
}

impl LinerSearch<'_> {
    /// The best sequence of rides, with its cost; `None` if no service connects.
    pub(crate) fn best(&self) -> Option<(f64, Vec<Ride>)> {
        let (reached, arrivals) = self.explore();
        let mut best: Option<(f64, usize, usize)> = None;
        for (round, reached) in reached.iter().enumerate() {
            for (slot, (ship, home)) in reached.iter().zip(self.home).enumerate() {
                let total = ship + home;
                if total.is_finite() && best.is_none_or(|(cost, ..)| total < cost) {
                    best = Some((total, round, slot));
                }
            }
        }
        let (cost, round, slot) = best?;
        Some((cost, self.trace(&arrivals, round, slot)))
    }

    /// The best sequence of rides to each port of discharge, with its cost.
    pub(crate) fn best_by_discharge(&self) -> Vec<(f64, Vec<Ride>)> {
        let (reached, arrivals) = self.explore();
        let to_slot = |slot: usize| {
            let total = |round: &usize| reached[*round][slot] + self.home[slot];
            let round = (0..reached.len()).min_by(|a, b| total(a).total_cmp(&total(b)))?;
            let cost = total(&round);
            cost.is_finite()
                .then(|| (cost, self.trace(&arrivals, round, slot)))
        };
        (0..self.home.len()).filter_map(to_slot).collect()
    }

    /// Costs to every port by number of ships, and how they were reached.
    fn explore(&self) -> (Vec<Vec<f64>>, Vec<Vec<Option<Arrival>>>) {
        let slots = self.prices.network.slots.len();
        let rounds = self.max_transshipments as usize + 1;
        let mut on_quay = self.quay.to_vec();
        let mut costs = Vec::with_capacity(rounds);
        let mut arrivals = Vec::with_capacity(rounds);
        for round in 0..rounds {
            let mut reached = vec![f64::INFINITY; slots];
            let mut how = vec![None; slots];
            for service in 0..self.prices.services.len() {
                let barred = round == 0 && self.first.is_some_and(|f| f.index() != service);
                if !barred {
                    self.sail(service, round, &on_quay, &mut reached, &mut how);
                }
            }
            if round + 1 < rounds {
                for (slot, quay) in on_quay.iter_mut().enumerate() {
                    *quay = reached[slot] + self.transshipment_cost(slot);
                }
            }
            costs.push(reached);
            arrivals.push(how);
        }
        (costs, arrivals)
    }

    /// Carries goods from every quay along one service.
    fn sail(
        &self,
        service: usize,
        round: usize,
        on_quay: &[f64],
        reached: &mut [f64],
        how: &mut [Option<Arrival>],
    ) {
        let Some(p) = &self.prices.services[service] else {
            return;
        };
        let calls = &self.prices.world().services[service].calls;
        let reefer = self.reefer_usd_per_h(service);
        let wait_h = if round == 0 { p.wait_h } else { p.connection_h };
        let wait = self.weights.cost(p.freight_usd.unwrap_or(0.0), wait_h);
        let clock = |usd: f64, h: f64| self.weights.cost(usd + reefer * h, h);
        // Cheapest way to be on board, as cost minus the clock at departure. A later boarding at
        // the same port, one rotation on, always beats the earlier one: its clock has run on.
        let mut aboard = f64::INFINITY;
        let mut boarded = 0u32;
        for step in 0..2 * calls.len() {
            let call = &calls[step % calls.len()];
            if !call.takes_cargo {
                continue;
            }
            let slot = self.prices.network.slot_of[&call.port];
            if aboard.is_finite() {
                let cost = aboard + clock(p.arrive_usd[step], p.arrive_h[step]);
                if cost < reached[slot] {
                    reached[slot] = cost;
                    how[slot] = Some(Arrival {
                        service: service as u32,
                        from: boarded,
                        to: step as u32,
                    });
                }
            }
            let boarding = on_quay[slot] + wait - clock(p.depart_usd[step], p.depart_h[step]);
            if boarding < aboard && step < calls.len() {
                aboard = boarding;
                boarded = step as u32;
            }
        }
    }

    fn reefer_usd_per_h(&self, service: usize) -> f64 {
        let Some(p) = &self.prices.services[service] else {
            return 0.0;
        };
        self.cargo.reefer_kg_per_h * p.fuel_usd_per_kg
    }

    fn transshipment_cost(&self, slot: usize) -> f64 {
        let world = self.prices.world();
        let port = self.prices.network.slots[slot];
        let allowed = world.hubs.as_ref().is_none_or(|hubs| hubs.contains(&port));
        if !allowed || !world.takes(port, CargoKind::Container) {
            return f64::INFINITY;
        }
        match handling(self.prices, self.cargo, port, HandlingStage::Transshipment) {
            Some(slice) => self.weights.cost(slice.money_usd(), slice.time_h),
            None => f64::INFINITY,
        }
    }

    fn trace(&self, arrivals: &[Vec<Option<Arrival>>], round: usize, slot: usize) -> Vec<Ride> {
        let mut rides = Vec::new();
        let mut slot = slot;
        for how in arrivals[..=round].iter().rev() {
            let Some(arrival) = how[slot] else { break };
            rides.push(Ride {
                service: ServiceIx(arrival.service),
                from: arrival.from,
                to: arrival.to,
            });
            let calls = &self.prices.world().services[arrival.service as usize].calls;
            let boarded = calls[arrival.from as usize % calls.len()].port;
            slot = self.prices.network.slot_of[&boarded];
        }
        rides.reverse();
        rides
    }
}

/// What handling at a port takes for a unit of cargo.
pub(crate) fn handling(
    prices: &Prices<'_>,
    cargo: &Cargo,
    port: PortIx,
    stage: HandlingStage,
) -> Option<Slice> {
    let world = prices.world();
    let draw = prices.draw;
    let row = world.handling(port, cargo.kind, stage)?;
    let facts = world.port_at(port);
    let usd = draw.get(row.cost_usd) * product(draw, &facts.price_factors);
    Some(Slice {
        time_h: draw.get(row.dwell_h) + sum(draw, &facts.delays_h),
        handling_usd: cargo.handling_usd(usd, row.unit),
        ..Slice::default()
    })
}

/// Adds what rides take, with waits and transshipments between them, to a split.
pub(crate) fn evaluate(prices: &Prices<'_>, cargo: &Cargo, rides: &[Ride], split: &mut Split) {
    for (number, ride) in rides.iter().enumerate() {
        let service = &prices.world().services[ride.service.index()];
        let Some(p) = &prices.services[ride.service.index()] else {
            continue;
        };
        if number == 0 {
            let wait = Slice {
                time_h: p.wait_h,
                ..Slice::default()
            };
            split.add(Stage::SailingWait, wait);
        } else {
            let port = service.calls[ride.from as usize % service.calls.len()].port;
            let mut slice =
                handling(prices, cargo, port, HandlingStage::Transshipment).unwrap_or_default();
            slice.time_h += p.connection_h;
            split.add(Stage::Transshipment, slice);
        }
        if let Some(freight) = p.freight_usd {
            let carriage = Slice {
                carriage_usd: freight,
                ..Slice::default()
            };
            split.add(Stage::Sea, carriage);
        }
        evaluate_ride(p, cargo, *ride, split);
    }
}

fn evaluate_ride(p: &super::prices::ServicePrices, cargo: &Cargo, ride: Ride, split: &mut Split) {
    let calls = p.stay_h.len();
    let reefer = cargo.reefer_kg_per_h;
    let on_board = |hours: f64, hour: super::prices::ShipHour, tolls_usd: f64| Slice {
        time_h: hours,
        carriage_usd: hours * (hour.usd + reefer * p.fuel_usd_per_kg),
        handling_usd: 0.0,
        tolls_usd,
        ttw_kg: hours * (hour.ttw_kg + reefer * p.fuel_ttw),
        wtw_kg: hours * (hour.wtw_kg + reefer * p.fuel_wtw),
    };
    for step in ride.from..ride.to {
        let leg = step as usize % calls;
        split.add(Stage::Sea, on_board(p.sea_h[leg], p.at_sea, 0.0));
        split.add(
            Stage::Passage,
            on_board(p.passage_h[leg], p.idle, p.toll_usd[leg]),
        );
        if step + 1 < ride.to {
            let stay = p.stay_h[(step as usize + 1) % calls];
            split.add(Stage::IntermediateCalls, on_board(stay, p.idle, 0.0));
        }
    }
}
