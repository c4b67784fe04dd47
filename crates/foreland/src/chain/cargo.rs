//! One unit of cargo: its mass, its value of time, and what a search minimises.

use crate::atlas::{CargoKind, HandlingUnit};
use crate::findings::CargoUnit;
use crate::param::Draw;
use crate::study::Criterion;
use crate::world::{Commodity, World};

/// One unit of a commodity in one draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cargo {
    /// How it travels.
    pub kind: CargoKind,
    /// What one unit is.
    pub unit: CargoUnit,
    /// Mass of a unit, t.
    pub t_per_unit: f64,
    /// Value of time, USD per unit and hour.
    pub vot_usd_per_h: f64,
    /// Power of a reefer, kg of fuel per unit and hour; 0 for dry goods.
    pub reefer_kg_per_h: f64,
    t_per_teu: f64,
}

impl Cargo {
    /// A unit of a commodity: a TEU of containerised goods, a tonne of bulk.
    pub fn of(world: &World, commodity: &Commodity, draw: &Draw) -> Cargo {
        let t_per_teu = commodity.t_per_teu.map_or(1.0, |ix| draw.get(ix));
        let (unit, t_per_unit) = match commodity.cargo {
            CargoKind::Container => (CargoUnit::Teu, t_per_teu),
            CargoKind::Bulk => (CargoUnit::Tonne, 1.0),
        };
        let value = draw.get(commodity.value_usd_per_t) * t_per_unit;
        let share_per_h = draw.get(commodity.time_value_pct_per_day) / 100.0 / 24.0;
        let reefer = if commodity.perishable && commodity.cargo == CargoKind::Container {
            draw.get(world.model.reefer_fuel_kg_per_teu_h)
        } else {
            0.0
        };
        Cargo {
            kind: commodity.cargo,
            unit,
            t_per_unit,
            vot_usd_per_h: value * share_per_h,
            reefer_kg_per_h: reefer,
            t_per_teu,
        }
    }

    /// A handling cost per its own unit as a cost per unit of this cargo.
    pub(crate) fn handling_usd(&self, usd: f64, per: HandlingUnit) -> f64 {
        match (per, self.unit) {
            (HandlingUnit::Teu, CargoUnit::Teu) | (HandlingUnit::Tonne, CargoUnit::Tonne) => usd,
            (HandlingUnit::Tonne, CargoUnit::Teu) => usd * self.t_per_teu,
            (HandlingUnit::Teu, CargoUnit::Tonne) => usd / self.t_per_teu,
        }
    }

    /// What a search minimises under a criterion.
    pub fn weights(&self, criterion: Criterion) -> Weights {
        match criterion {
            Criterion::GeneralisedCost => Weights {
                per_usd: 1.0,
                per_h: self.vot_usd_per_h,
            },
            // Among chains of equal time the cheaper one; 1 USD counts as a millionth of an hour.
            Criterion::Time => Weights {
                per_usd: 1e-6,
                per_h: 1.0,
            },
        }
    }
}

/// Weights of money and time in a search.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// Weight of a USD.
    pub per_usd: f64,
    /// Weight of an hour.
    pub per_h: f64,
}

impl Weights {
    /// Weighted sum.
    pub fn cost(self, usd: f64, hours: f64) -> f64 {
        self.per_usd * usd + self.per_h * hours
    }
}
