//! What a tonne of goods costs by sea.

use super::goods::Goods;
use super::ways::bit;
use crate::atlas::{CargoKind, HandlingStage, HandlingUnit, VesselKind};
use crate::chain::{passage_hours, product, sea_hours, ship_hours, sum, toll_usd};
use crate::param::Draw;
use crate::world::{PortIx, ShipLimits, Vessel, World};

/// Costs of a tonne of one group of goods on its ship in a draw.
pub(crate) struct Carriage<'a> {
    world: &'a World,
    draw: &'a Draw,
    goods: &'a Goods,
    /// An hour under way, USD/t, the goods' own time included.
    sea_usd_per_h: f64,
    /// An hour of queue or transit, USD/t.
    idle_usd_per_h: f64,
    /// By passage of the world: hours, USD/t in all.
    passage_usd: Vec<f64>,
    passage_h: Vec<f64>,
}

impl<'a> Carriage<'a> {
    pub(crate) fn new(
        world: &'a World,
        draw: &'a Draw,
        goods: &'a Goods,
        surcharges: &[Surcharge],
    ) -> Self {
        let vessel = &world.vessels[goods.vessel];
        let model = &world.model;
        let (at_sea, idle) = ship_hours(world, vessel, vessel.design_speed_kn, draw);
        // Liners are paid in both directions, bulk ships for their way back in ballast.
        let (overhead, paid) = match vessel.kind {
            VesselKind::Container => (draw.get(model.carrier_overhead_factor), 1.0),
            _ => (1.0, draw.get(model.bulk_ballast_factor)),
        };
        let cargo_t = cargo_t(world, draw, goods);
        let hours: Vec<f64> = world
            .passages
            .iter()
            .map(|passage| passage_hours(passage, draw))
            .collect();
        let idle_usd_per_h = idle.usd * overhead / cargo_t + goods.time_usd_per_t_h;
        let passage_usd = world
            .passages
            .iter()
            .zip(&hours)
            .enumerate()
            .map(|(number, (passage, h))| {
                let charged = surcharges.iter().filter(|s| s.passages & bit(number) != 0);
                let surcharge: f64 = charged.map(|s| s.usd).sum();
                let toll = toll_usd(world, passage, vessel, draw) + surcharge;
                h * idle_usd_per_h + toll / cargo_t
            })
            .collect();
        Carriage {
            world,
            draw,
            goods,
            sea_usd_per_h: at_sea.usd * overhead * paid / cargo_t + goods.time_usd_per_t_h,
            idle_usd_per_h,
            passage_usd,
            passage_h: hours,
        }
    }

    /// A way from port to port, USD/t.
    pub(crate) fn way_usd(&self, distance_nm: f64, passages: u128) -> f64 {
        let tolls: f64 = bits(passages).map(|p| self.passage_usd[p]).sum();
        self.sea_h(distance_nm) * self.sea_usd_per_h + tolls
    }

    /// Time of a way, h.
    pub(crate) fn way_h(&self, distance_nm: f64, passages: u128) -> f64 {
        self.sea_h(distance_nm) + bits(passages).map(|p| self.passage_h[p]).sum::<f64>()
    }

    fn sea_h(&self, distance_nm: f64) -> f64 {
        let speed_kn = self.world.vessels[self.goods.vessel].design_speed_kn;
        sea_hours(self.world, self.draw, distance_nm, speed_kn)
    }

    /// Loading or unloading at a port, USD/t, the ship's stay and the goods' dwell included.
    pub(crate) fn port_usd(&self, port: PortIx, stage: HandlingStage) -> f64 {
        let container = self.world.vessels[self.goods.vessel].kind == VesselKind::Container;
        let kind = if container {
            CargoKind::Container
        } else {
            CargoKind::Bulk
        };
        let facts = self.world.port_at(port);
        let handling = self.world.handling(port, kind, stage).map_or(0.0, |row| {
            let usd = self.draw.get(row.cost_usd) * product(self.draw, &facts.price_factors);
            let per_t = match row.unit {
                HandlingUnit::Teu => self.goods.t_per_teu.unwrap_or(1.0),
                HandlingUnit::Tonne => 1.0,
            };
            let dwell_h = self.draw.get(row.dwell_h) + sum(self.draw, &facts.delays_h);
            usd / per_t + dwell_h * self.goods.time_usd_per_t_h
        });
        let stay_h = if container {
            0.0
        } else {
            self.draw.get(self.world.model.bulk_port_stay_h)
        };
        handling + stay_h * self.idle_usd_per_h
    }
}

/// What a transit of some passages costs above the toll.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Surcharge {
    /// Passages, as bits of the world's.
    pub(crate) passages: u128,
    /// USD a transit.
    pub(crate) usd: f64,
}

/// Goods on board of a laden ship of the group's class, t.
pub(crate) fn cargo_t(world: &World, draw: &Draw, goods: &Goods) -> f64 {
    let vessel = &world.vessels[goods.vessel];
    match (vessel.kind, vessel.capacity_teu) {
        (VesselKind::Container, Some(teu)) => {
            teu * draw.get(world.model.load_factor) * goods.t_per_teu.unwrap_or(1.0)
        }
        _ => vessel.dwt_t.unwrap_or(1.0) * draw.get(world.model.bulk_load_factor),
    }
}

/// The limits that a laden ship of the class must fit in.
pub(crate) fn laden(vessel: &Vessel, world: &World, draw: &Draw) -> ShipLimits {
    let draught_m = match vessel.kind {
        VesselKind::Container => vessel.size.draught_m,
        _ => {
            let share = draw.get(world.model.arrival_draught_share);
            Some(vessel.scantling_draught_m * share)
        }
    };
    ShipLimits {
        draught_m,
        ..vessel.size
    }
}

/// Numbers of the bits that are set, ascending.
pub(crate) fn bits(mut set: u128) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        (set != 0).then(|| {
            let number = set.trailing_zeros() as usize;
            set &= set - 1;
            number
        })
    })
}
