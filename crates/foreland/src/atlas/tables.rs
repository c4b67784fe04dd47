//! The tables of the atlas, each declared once.

mod goods;
mod land;
mod said;
mod sea;
mod ships;
mod trade_world;

pub use goods::{
    CommodityRow, DemandPlaceRow, DemandSide, HandlingRow, HandlingStage, HandlingUnit, TradeFlow,
    TradeRow,
};
pub use land::{BorderRow, LinkRow, Mode, ModeOrTransfer, ModeRow, PlaceKind, PlaceRow};
pub use said::{FactRow, ParameterRow, ParameterValue, StatementRow};
pub use sea::{
    ChannelRow, ChokepointRow, PassageGateRow, PassageKind, PassageRow, PassageTollRow, PortRow,
    PortSize, TerminalKind, TerminalRow, TollFactor,
};
pub use ships::{FuelRow, ServiceCallRow, ServiceRow, VesselKind, VesselRow};
pub use trade_world::{
    CountryPortRow, CountryRow, TradeGroupRow, TradeShares, TradeSide, TradeWeightRow,
};

use super::cell::words;

words! {
    /// How a commodity travels.
    pub enum CargoKind {
        /// In containers.
        Container = "container",
        /// Loose.
        Bulk = "bulk",
    }
}
