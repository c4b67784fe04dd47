//! What a voyage costs and emits, in the shape of the API.

use foreland::findings::Spread;
use foreland::route::{Assumption, PerUnit, VoyageCost};
use serde::Serialize;
use utoipa::ToSchema;

/// A figure with its range over draws of the assumptions.
#[derive(Serialize, ToSchema)]
pub struct Ranged {
    /// With every assumption at its central value.
    central: f64,
    /// 5 % of the draws lie below.
    p5: f64,
    /// Median of the draws.
    p50: f64,
    /// 95 % of the draws lie below.
    p95: f64,
}

/// What the ship's voyage costs and emits: its time, fuel and tolls. Port dues, handling, the way
/// back and the carrier's margin are left out.
#[derive(Serialize, ToSchema)]
pub struct CostInfo {
    /// Time of the ship that is paid for, with margins for weather and detours, h.
    ship_time_h: Ranged,
    /// Charter, fuel and tolls together, USD.
    cost_usd: Ranged,
    /// Of the central cost, charter, USD.
    charter_usd: f64,
    /// Of the central cost, fuel, USD.
    fuel_usd: f64,
    /// Of the central cost, tolls, USD.
    tolls_usd: f64,
    /// Fuel, t.
    fuel_t: Ranged,
    /// Greenhouse gases.
    emissions: Emissions,
    /// The share of a unit of cargo; of container ships, bulk carriers and tankers only.
    per_unit: Option<PerUnitInfo>,
}

/// Greenhouse gases as CO2 equivalents.
#[derive(Serialize, ToSchema)]
pub struct Emissions {
    /// Well to wake, t CO2e.
    wtw_t_co2e: Ranged,
    /// Tank to wake, t CO2e.
    ttw_t_co2e: Ranged,
}

/// The share of a unit of cargo at the usual load.
#[derive(Serialize, ToSchema)]
pub struct PerUnitInfo {
    /// `TEU` or `t`.
    unit: &'static str,
    /// USD a unit.
    cost_usd: Ranged,
    /// Well to wake, kg CO2e a unit.
    wtw_kg_co2e: Ranged,
}

/// An assumption that costs and emissions rest on.
#[derive(Serialize, ToSchema)]
pub struct AssumptionInfo {
    /// Identifier in the atlas.
    id: String,
    /// Label.
    label: String,
    /// Central value.
    value: f64,
    /// Low end.
    low: f64,
    /// High end.
    high: f64,
    /// Unit of all three.
    unit: String,
    /// sourced, derived or assumed.
    basis: &'static str,
    /// Where it comes from.
    source: String,
}

impl Ranged {
    /// Rounded to a share of the unit: finer than what is known.
    fn of(spread: &Spread, shares: f64) -> Ranged {
        let rounded = |value: f64| (value * shares).round() / shares;
        Ranged {
            central: rounded(spread.central),
            p5: rounded(spread.p5),
            p50: rounded(spread.p50),
            p95: rounded(spread.p95),
        }
    }
}

impl From<&VoyageCost> for CostInfo {
    fn from(cost: &VoyageCost) -> CostInfo {
        CostInfo {
            ship_time_h: Ranged::of(&cost.ship_time_h, 10.0),
            cost_usd: Ranged::of(&cost.total_usd, 1.0),
            charter_usd: cost.charter_usd.round(),
            fuel_usd: cost.fuel_usd.round(),
            tolls_usd: cost.tolls_usd.round(),
            fuel_t: Ranged::of(&cost.fuel_t, 10.0),
            emissions: Emissions {
                wtw_t_co2e: Ranged::of(&cost.wtw_t_co2e, 10.0),
                ttw_t_co2e: Ranged::of(&cost.ttw_t_co2e, 10.0),
            },
            per_unit: cost.per_unit.as_ref().map(PerUnitInfo::from),
        }
    }
}

impl From<&PerUnit> for PerUnitInfo {
    fn from(share: &PerUnit) -> PerUnitInfo {
        PerUnitInfo {
            unit: share.unit,
            cost_usd: Ranged::of(&share.usd, 100.0),
            wtw_kg_co2e: Ranged::of(&share.wtw_kg_co2e, 10.0),
        }
    }
}

impl From<Assumption> for AssumptionInfo {
    fn from(one: Assumption) -> AssumptionInfo {
        AssumptionInfo {
            id: one.id,
            label: one.label,
            value: one.value,
            low: one.low,
            high: one.high,
            unit: one.unit,
            basis: one.basis.as_str(),
            source: one.source,
        }
    }
}
