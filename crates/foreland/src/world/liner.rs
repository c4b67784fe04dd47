//! Liner services.

use super::{PortIx, VesselIx};
use crate::param::ParamIx;

/// Index of a service in its world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceIx(pub(crate) u32);

impl ServiceIx {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A liner service: a closed rotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// Identifier.
    pub id: String,
    /// Name as published.
    pub name: String,
    /// Carrier.
    pub carrier: String,
    /// Kind, by which baselines choose.
    pub kind: String,
    /// Hours between sailings.
    pub headway_h: ParamIx,
    /// Vessel class.
    pub vessel: VesselIx,
    /// Ships in the rotation, where known.
    pub ships: Option<u32>,
    /// Speed between ports, kn.
    pub speed_kn: ParamIx,
    /// Published freight, USD/TEU.
    pub freight_usd_per_teu: Option<ParamIx>,
    /// Calls in order; the last connects back to the first.
    pub calls: Vec<Call>,
    /// Extra wait that changes cause, h.
    pub(crate) delays_h: Vec<ParamIx>,
    /// Factors on the price that changes cause.
    pub(crate) price_factors: Vec<ParamIx>,
}

/// One call of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Port.
    pub port: PortIx,
    /// Stay, h.
    pub stay_h: ParamIx,
    /// Whether goods are loaded and discharged here. A baseline may let a service pass a port by.
    pub takes_cargo: bool,
}
