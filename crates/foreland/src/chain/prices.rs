//! What everything in a network takes in one draw.

use super::Network;
use crate::param::{Draw, ParamIx};
use crate::study::FreightRule;
use crate::world::{Passage, Service, Vessel, World};

/// Hours in a day.
const DAY_H: f64 = 24.0;

/// Prices of a network in one draw.
pub struct Prices<'a> {
    pub(crate) network: &'a Network,
    pub(crate) draw: &'a Draw,
    /// `None` for services that cannot sail.
    pub(crate) services: Vec<Option<ServicePrices>>,
}

/// What a ship's hour costs and emits, per unit of cargo on board.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct ShipHour {
    pub(crate) usd: f64,
    pub(crate) ttw_kg: f64,
    pub(crate) wtw_kg: f64,
}

/// A service in one draw, per TEU.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ServicePrices {
    /// Wait for the first sailing, h.
    pub(crate) wait_h: f64,
    /// Wait for the sailing after a transshipment, h.
    pub(crate) connection_h: f64,
    /// Under way on each leg, h.
    pub(crate) sea_h: Vec<f64>,
    /// Queue and transit of passages on each leg, h.
    pub(crate) passage_h: Vec<f64>,
    /// Tolls on each leg, USD.
    pub(crate) toll_usd: Vec<f64>,
    /// Stay at each call, h.
    pub(crate) stay_h: Vec<f64>,
    /// An hour under way.
    pub(crate) at_sea: ShipHour,
    /// An hour in port or queue.
    pub(crate) idle: ShipHour,
    /// Published freight, if it is what counts; ship hours and tolls are then free.
    pub(crate) freight_usd: Option<f64>,
    /// Hours from the first departure to the arrival at each call, over two rotations.
    pub(crate) arrive_h: Vec<f64>,
    /// Hours from the first departure to the departure from each call, over two rotations.
    pub(crate) depart_h: Vec<f64>,
    /// Money likewise, USD.
    pub(crate) arrive_usd: Vec<f64>,
    pub(crate) depart_usd: Vec<f64>,
    /// What a kilogram of the ship's fuel costs, USD.
    pub(crate) fuel_usd_per_kg: f64,
    pub(crate) fuel_ttw: f64,
    pub(crate) fuel_wtw: f64,
}

impl<'a> Prices<'a> {
    /// Prices of a network in a draw.
    pub fn new(network: &'a Network, draw: &'a Draw, freight: FreightRule) -> Prices<'a> {
        let services = network
            .world
            .services
            .iter()
            .enumerate()
            .map(|(ix, service)| {
                network.legs[ix].as_ref()?;
                Some(service_prices(network, ix, service, draw, freight))
            })
            .collect();
        Prices {
            network,
            draw,
            services,
        }
    }

    pub(crate) fn world(&self) -> &'a World {
        &self.network.world
    }
}

pub(crate) fn sum(draw: &Draw, list: &[ParamIx]) -> f64 {
    list.iter().map(|&ix| draw.get(ix)).sum()
}

pub(crate) fn product(draw: &Draw, list: &[ParamIx]) -> f64 {
    list.iter().map(|&ix| draw.get(ix)).product()
}

/// Hours under way over a distance: the ship sails a little more than the shortest way and loses
/// time to weather.
pub(crate) fn sea_hours(world: &World, draw: &Draw, distance_nm: f64, speed_kn: f64) -> f64 {
    let model = &world.model;
    let sailed_nm = distance_nm * (1.0 + draw.get(model.distance_margin));
    sailed_nm / speed_kn * (1.0 + draw.get(model.weather_margin))
}

/// Hours of queue and transit. A strait's length is part of the sea leg; what the atlas states is
/// the time beyond that.
pub(crate) fn passage_hours(passage: &Passage, draw: &Draw) -> f64 {
    let stated = |ix: Option<ParamIx>| ix.map_or(0.0, |ix| draw.get(ix));
    stated(passage.transit_h) + stated(passage.queue_h) + sum(draw, &passage.delays_h)
}

/// Toll of a ship, USD. Container ships pay by TEU where the rule knows TEU, all others by net
/// tonnage.
pub(crate) fn toll_usd(world: &World, passage: &Passage, vessel: &Vessel, draw: &Draw) -> f64 {
    let Some(toll) = &passage.toll else {
        return 0.0;
    };
    let model = &world.model;
    let by_teu = toll.per_teu_capacity_usd + toll.per_loaded_teu_usd + toll.per_empty_teu_usd;
    let variable = match vessel.capacity_teu {
        Some(capacity) if by_teu > 0.0 => {
            let carried = capacity * draw.get(model.load_factor);
            let empty = draw.get(model.empty_share);
            toll.per_teu_capacity_usd * capacity
                + toll.per_loaded_teu_usd * carried * (1.0 - empty)
                + toll.per_empty_teu_usd * carried * empty
        }
        _ => {
            let dwt = vessel.dwt_t.unwrap_or(0.0);
            toll.per_net_t_usd * dwt * draw.get(model.net_t_per_dwt)
        }
    };
    (toll.per_transit_usd + variable)
        * draw.get(toll.factor)
        * product(draw, &passage.price_factors)
}

/// What an hour of a ship costs and emits in whole, at sea at a speed and at rest.
pub(crate) fn ship_hours(
    world: &World,
    vessel: &Vessel,
    speed_kn: f64,
    draw: &Draw,
) -> (ShipHour, ShipHour) {
    let charter = draw.get(vessel.charter_usd_per_day) * product(draw, &vessel.price_factors);
    let price = fuel_price(vessel, draw);
    let exponent = draw.get(world.model.fuel_speed_exponent);
    // A liner holds its speed against current and fouling and burns more for it.
    let through_water_kn = speed_kn * (1.0 + draw.get(world.model.speed_margin));
    let at_sea_t =
        vessel.fuel_design_t_per_day * (through_water_kn / vessel.design_speed_kn).powf(exponent);
    let hour = |fuel_t_per_day: f64| ShipHour {
        usd: (charter + fuel_t_per_day * price) / DAY_H,
        ttw_kg: fuel_t_per_day * vessel.fuel.ttw_t_per_t * 1000.0 / DAY_H,
        wtw_kg: fuel_t_per_day * vessel.fuel.wtw_t_per_t * 1000.0 / DAY_H,
    };
    (hour(at_sea_t), hour(vessel.fuel_port_t_per_day))
}

pub(crate) fn fuel_price(vessel: &Vessel, draw: &Draw) -> f64 {
    draw.get(vessel.fuel.price_usd_per_t) * product(draw, &vessel.fuel.price_factors)
}

impl ShipHour {
    /// The share of one unit of cargo; money times a factor for overheads.
    pub(crate) fn share(self, units: f64, overhead: f64) -> ShipHour {
        ShipHour {
            usd: self.usd * overhead / units,
            ttw_kg: self.ttw_kg / units,
            wtw_kg: self.wtw_kg / units,
        }
    }
}

fn service_prices(
    network: &Network,
    ix: usize,
    service: &Service,
    draw: &Draw,
    freight: FreightRule,
) -> ServicePrices {
    let world = &network.world;
    let vessel = &world.vessels[service.vessel.index()];
    let speed_kn = draw.get(service.speed_kn);
    let units = vessel.capacity_teu.unwrap_or(1.0) * draw.get(world.model.load_factor);
    let factor = product(draw, &service.price_factors);
    let overhead = draw.get(world.model.carrier_overhead_factor) * factor;
    let (at_sea, idle) = ship_hours(world, vessel, speed_kn, draw);
    let legs = network.legs[ix].as_deref().unwrap_or_default();
    let passages = &network.leg_passages[ix];
    let on_leg = |measure: &dyn Fn(&Passage) -> f64| -> Vec<f64> {
        passages
            .iter()
            .map(|leg| leg.iter().map(|&p| measure(&world.passages[p])).sum())
            .collect()
    };
    let headway_h = draw.get(service.headway_h);
    let delay_h = sum(draw, &service.delays_h);
    let published = match freight {
        FreightRule::Published => service.freight_usd_per_teu.map(|ix| draw.get(ix) * factor),
        FreightRule::Derived => None,
    };
    let mut prices = ServicePrices {
        wait_h: headway_h * draw.get(world.model.headway_wait_share) + delay_h,
        connection_h: headway_h * draw.get(world.model.transshipment_connection_share) + delay_h,
        sea_h: legs
            .iter()
            .map(|leg| sea_hours(world, draw, leg.distance_nm, speed_kn))
            .collect(),
        passage_h: on_leg(&|p| passage_hours(p, draw)),
        toll_usd: on_leg(&|p| toll_usd(world, p, vessel, draw) / units),
        stay_h: service.calls.iter().map(|c| draw.get(c.stay_h)).collect(),
        at_sea: at_sea.share(units, overhead),
        idle: idle.share(units, overhead),
        freight_usd: published,
        arrive_h: Vec::new(),
        depart_h: Vec::new(),
        arrive_usd: Vec::new(),
        depart_usd: Vec::new(),
        fuel_usd_per_kg: fuel_price(vessel, draw) / 1000.0,
        fuel_ttw: vessel.fuel.ttw_t_per_t,
        fuel_wtw: vessel.fuel.wtw_t_per_t,
    };
    if prices.freight_usd.is_some() {
        prices.at_sea.usd = 0.0;
        prices.idle.usd = 0.0;
        prices.toll_usd.fill(0.0);
    }
    prices.accumulate();
    prices
}

impl ServicePrices {
    /// Clocks over two rotations: a ride's time and money are differences of two entries.
    fn accumulate(&mut self) {
        let calls = self.stay_h.len();
        let (mut hours, mut usd) = (0.0, 0.0);
        for step in 0..2 * calls {
            if step > 0 {
                let leg = (step - 1) % calls;
                hours += self.sea_h[leg] + self.passage_h[leg];
                usd += self.sea_h[leg] * self.at_sea.usd
                    + self.passage_h[leg] * self.idle.usd
                    + self.toll_usd[leg];
            }
            self.arrive_h.push(hours);
            self.arrive_usd.push(usd);
            if step > 0 {
                let stay = self.stay_h[step % calls];
                hours += stay;
                usd += stay * self.idle.usd;
            }
            self.depart_h.push(hours);
            self.depart_usd.push(usd);
        }
    }
}
