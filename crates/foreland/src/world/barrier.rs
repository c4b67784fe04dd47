//! Barriers to trade between two countries.

use crate::param::ParamIx;

/// A barrier to goods of one country in another.
#[derive(Clone, Debug, PartialEq)]
pub struct TradeBarrier {
    /// Country that the goods come from.
    pub origin: String,
    /// Country that raises the barrier.
    pub destination: String,
    /// Commodity; `None` for all goods.
    pub commodity: Option<String>,
    /// What it is.
    pub barrier: Barrier,
}

/// What keeps goods out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// A duty on top of what is paid before, % of the value.
    Tariff(ParamIx),
    /// Nothing enters.
    Ban,
}
