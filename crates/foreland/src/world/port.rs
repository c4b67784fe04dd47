//! Ports, terminals and handling.

use crate::atlas::{CargoKind, HandlingStage, HandlingUnit, TerminalKind};
use crate::param::ParamIx;

/// Index of a port in its world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortIx(pub(crate) u32);

impl PortIx {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A port.
#[derive(Clone, Debug, PartialEq)]
pub struct Port {
    /// UN/LOCODE.
    pub unlocode: String,
    /// Name with its diacritics.
    pub name: String,
    /// Country code.
    pub country: String,
    /// Longitude, degrees.
    pub lon_deg: f64,
    /// Latitude, degrees.
    pub lat_deg: f64,
    /// Whether a change closed the whole port.
    pub closed: bool,
    /// Extra dwell that changes cause, h.
    pub(crate) delays_h: Vec<ParamIx>,
    /// Factors on handling cost that changes cause.
    pub(crate) price_factors: Vec<ParamIx>,
    /// Whether the atlas knows a container terminal here, on any date.
    pub(crate) knows_container: bool,
    /// Whether the atlas knows a bulk terminal here, on any date.
    pub(crate) knows_bulk: bool,
}

impl Port {
    /// Whether the atlas knows a terminal for a kind of cargo here, open or not.
    pub fn knows_terminal(&self, cargo: CargoKind) -> bool {
        match cargo {
            CargoKind::Container => self.knows_container,
            CargoKind::Bulk => self.knows_bulk,
        }
    }
}

/// Largest ship that a terminal or passage takes; `None` = not known or no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ShipLimits {
    /// Length over all, m.
    pub loa_m: Option<f64>,
    /// Beam, m.
    pub beam_m: Option<f64>,
    /// Draught, m.
    pub draught_m: Option<f64>,
    /// Air draught, m.
    pub air_draught_m: Option<f64>,
}

/// A terminal that is open on the world's day.
#[derive(Clone, Debug, PartialEq)]
pub struct Terminal {
    /// Identifier.
    pub id: String,
    /// Port.
    pub port: PortIx,
    /// Name.
    pub name: String,
    /// What it handles.
    pub kind: TerminalKind,
    /// Operator.
    pub operator: String,
    /// Countries of the operator's parents.
    pub operator_countries: Vec<String>,
    /// Owner.
    pub owner: String,
    /// Countries of the owner's parents.
    pub owner_countries: Vec<String>,
    /// Limits.
    pub limits: ShipLimits,
    /// Largest container ship that it stated to take, TEU.
    pub max_ship_teu: Option<f64>,
    /// Number of berths.
    pub berths: Option<u32>,
    /// Container capacity, TEU a year.
    pub capacity_teu_per_year: Option<f64>,
    /// Other capacity, t a year.
    pub capacity_t_per_year: Option<f64>,
    /// Where the facts come from.
    pub source: String,
}

impl Terminal {
    /// Whether the terminal handles a kind of cargo.
    pub fn handles(&self, cargo: CargoKind) -> bool {
        handles(self.kind, cargo)
    }
}

pub(crate) fn handles(kind: TerminalKind, cargo: CargoKind) -> bool {
    match cargo {
        CargoKind::Container => {
            matches!(kind, TerminalKind::Container | TerminalKind::Multipurpose)
        }
        CargoKind::Bulk => matches!(kind, TerminalKind::Bulk | TerminalKind::Multipurpose),
    }
}

/// Dwell and cost of handling.
#[derive(Clone, Debug, PartialEq)]
pub struct Handling {
    /// Port; `None` = every port without a row of its own.
    pub port: Option<PortIx>,
    /// Kind of cargo.
    pub cargo: CargoKind,
    /// Export, import or transshipment.
    pub stage: HandlingStage,
    /// Dwell, h.
    pub dwell_h: ParamIx,
    /// Cost, USD per unit.
    pub cost_usd: ParamIx,
    /// Unit of the cost.
    pub unit: HandlingUnit,
}
