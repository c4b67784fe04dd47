//! The atlas as of one date: checked, indexed, immutable.
//!
//! [`World::at`] builds a world; a [`crate::change`] scenario yields another one. Nothing else
//! makes or alters worlds.

mod barrier;
mod build;
mod land;
mod liner;
mod port;
mod ship;

pub use crate::param::{ModelParameters, REQUIRED_PARAMETERS};
pub use barrier::{Barrier, TradeBarrier};
pub(crate) use build::{add_link, link_of, service_of, terminal_of};
pub(crate) use land::mode_index;
pub use land::{Border, Land, LandLink, LandNode, ModeFacts, NodeIx, TransferFacts};
pub use liner::{Call, Service, ServiceIx};
pub use port::{Handling, Port, PortIx, ShipLimits, Terminal};
pub use ship::{Commodity, Fuel, Passage, Toll, Vessel, VesselIx};

use std::collections::HashMap;

use jiff::civil::Date;

use crate::atlas::{CargoKind, HandlingStage};
use crate::param::Params;

/// Everything the model knows about one day.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// The day.
    pub date: Date,
    /// Ports, in atlas order.
    pub ports: Vec<Port>,
    /// Terminals that are open.
    pub terminals: Vec<Terminal>,
    /// Passages, open and closed.
    pub passages: Vec<Passage>,
    /// Vessel classes.
    pub vessels: Vec<Vessel>,
    /// Liner services that run.
    pub services: Vec<Service>,
    /// Ports at which containers may change ships; `None` = all that have a service.
    pub hubs: Option<Vec<PortIx>>,
    /// Places and links on land.
    pub land: Land,
    /// Tariffs and bans that changes raise.
    pub barriers: Vec<TradeBarrier>,
    /// What changes do over time; a simulation plays it.
    pub disruptions: Vec<crate::change::Disruption>,
    /// Commodities.
    pub commodities: Vec<Commodity>,
    /// Parameters of the model.
    pub model: ModelParameters,
    /// Every ranged value.
    pub params: Params,
    pub(crate) handling: Vec<Handling>,
    pub(crate) port_index: HashMap<String, PortIx>,
}

impl World {
    /// The port of a UN/LOCODE.
    pub fn port(&self, unlocode: &str) -> Option<PortIx> {
        self.port_index.get(unlocode).copied()
    }

    /// A port.
    pub fn port_at(&self, ix: PortIx) -> &Port {
        &self.ports[ix.index()]
    }

    /// The commodity of an identifier.
    pub fn commodity(&self, id: &str) -> Option<&Commodity> {
        self.commodities.iter().find(|c| c.id == id)
    }

    /// The vessel class of an identifier.
    pub fn vessel(&self, id: &str) -> Option<&Vessel> {
        self.vessels.iter().find(|v| v.id == id)
    }

    /// The open terminals of a port that handle a kind of cargo.
    pub fn terminals_at(&self, port: PortIx, cargo: CargoKind) -> impl Iterator<Item = &Terminal> {
        self.terminals
            .iter()
            .filter(move |t| t.port == port && t.handles(cargo))
    }

    /// Whether a port takes a kind of cargo today. A port of which the atlas knows no terminal of
    /// that kind takes it: nothing is known against it.
    pub fn takes(&self, port: PortIx, cargo: CargoKind) -> bool {
        let facts = self.port_at(port);
        if facts.closed {
            return false;
        }
        !facts.knows_terminal(cargo) || self.terminals_at(port, cargo).next().is_some()
    }

    /// What handling takes at a port: its own row, or that of all ports.
    pub fn handling(
        &self,
        port: PortIx,
        cargo: CargoKind,
        stage: HandlingStage,
    ) -> Option<&Handling> {
        let fits = |h: &&Handling| h.cargo == cargo && h.stage == stage;
        let own = |h: &&Handling| h.port == Some(port);
        self.handling
            .iter()
            .filter(fits)
            .find(own)
            .or_else(|| self.handling.iter().filter(fits).find(|h| h.port.is_none()))
    }
}
