//! Vessel classes, fuels, passages, commodities.

use super::ShipLimits;
use crate::atlas::{CargoKind, PassageKind, VesselKind};
use crate::param::ParamIx;

/// Index of a vessel class in its world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VesselIx(pub(crate) u32);

impl VesselIx {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A vessel class.
#[derive(Clone, Debug, PartialEq)]
pub struct Vessel {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it carries.
    pub kind: VesselKind,
    /// Container capacity, TEU.
    pub capacity_teu: Option<f64>,
    /// Deadweight, t.
    pub dwt_t: Option<f64>,
    /// Dimensions; the draught is the design draught.
    pub size: ShipLimits,
    /// Deepest draught, m.
    pub scantling_draught_m: f64,
    /// Speed to which the fuel figure belongs, kn.
    pub design_speed_kn: f64,
    /// Fuel at design speed, t/d.
    pub fuel_design_t_per_day: f64,
    /// Fuel at berth and at anchor, t/d.
    pub fuel_port_t_per_day: f64,
    /// Time-charter rate, USD/d.
    pub charter_usd_per_day: ParamIx,
    /// Fuel.
    pub fuel: Fuel,
    /// Factors on the charter rate that changes cause.
    pub(crate) price_factors: Vec<ParamIx>,
}

/// A marine fuel.
#[derive(Clone, Debug, PartialEq)]
pub struct Fuel {
    /// Identifier.
    pub id: String,
    /// Tank-to-wake, t CO2e per t.
    pub ttw_t_per_t: f64,
    /// Well-to-wake, t CO2e per t.
    pub wtw_t_per_t: f64,
    /// Price, USD/t.
    pub price_usd_per_t: ParamIx,
    /// Factors on the price that changes cause.
    pub(crate) price_factors: Vec<ParamIx>,
}

/// A canal, strait or cape.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: PassageKind,
    /// Whether ships may use it today.
    pub open: bool,
    /// Whether ships may use it unless a scenario says otherwise.
    pub open_by_default: bool,
    /// Limits today.
    pub limits: ShipLimits,
    /// Limits of the atlas, to tell which ones a change moved.
    pub(crate) atlas_limits: ShipLimits,
    /// Transit, h.
    pub transit_h: Option<ParamIx>,
    /// Queue, h.
    pub queue_h: Option<ParamIx>,
    /// Toll.
    pub toll: Option<Toll>,
    /// Extra queue that changes cause, h.
    pub(crate) delays_h: Vec<ParamIx>,
    /// Factors on the toll that changes cause.
    pub(crate) price_factors: Vec<ParamIx>,
}

/// A toll rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Toll {
    /// USD per transit.
    pub per_transit_usd: f64,
    /// USD per TEU of capacity.
    pub per_teu_capacity_usd: f64,
    /// USD per loaded TEU.
    pub per_loaded_teu_usd: f64,
    /// USD per empty TEU.
    pub per_empty_teu_usd: f64,
    /// USD per net tonne.
    pub per_net_t_usd: f64,
    /// Plausible factor on the whole.
    pub factor: ParamIx,
}

/// A commodity.
#[derive(Clone, Debug, PartialEq)]
pub struct Commodity {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// HS headings, joined by `;`; empty if there are none.
    pub hs: String,
    /// How it travels.
    pub cargo: CargoKind,
    /// Value, USD/t.
    pub value_usd_per_t: ParamIx,
    /// Mass in a TEU, t.
    pub t_per_teu: Option<ParamIx>,
    /// Value of time, % of value a day.
    pub time_value_pct_per_day: ParamIx,
    /// Whether it spoils and travels in reefers.
    pub perishable: bool,
}
