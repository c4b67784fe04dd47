//! Tables of goods: handling in ports, commodities, trade.

use super::CargoKind;
use crate::atlas::cell::{Country, Id, words};
use crate::atlas::row::{Ranged, Validity, table};

words! {
    /// What happens to the cargo in the port.
    pub enum HandlingStage {
        /// From the gate on board.
        Export = "export",
        /// From the ship to the gate.
        Import = "import",
        /// From ship to ship.
        Transshipment = "transshipment",
    }
}

words! {
    /// The unit of cargo that a handling cost refers to.
    pub enum HandlingUnit {
        /// Twenty-foot equivalent unit.
        Teu = "TEU",
        /// Tonne.
        Tonne = "t",
    }
}

table! {
    /// Dwell, cost and pace of handling by port; `*` = every port without a row of its own.
    "handling" => pub struct HandlingRow {
        /// UN/LOCODE or `*`
        port: String,
        /// kind of cargo
        cargo: CargoKind,
        /// what happens to the cargo
        stage: HandlingStage,
        /// time in the port, the wait for the next sailing left out
        dwell_h: Ranged,
        /// handling, storage and port dues
        cost_usd_per_unit: Ranged,
        /// unit of the cost
        unit: HandlingUnit,
        /// moves per hour of a ship at berth
        moves_per_hour: Option<Ranged>,
        /// when the row holds
        validity: Validity,
    }
    key(row) {
        match row.validity.from {
            Some(from) => format!("{}@{from}", row.stage_key()),
            None => row.stage_key(),
        }
    }
}

impl HandlingRow {
    /// Port, cargo and stage: what rows of different validity share.
    pub(crate) fn stage_key(&self) -> String {
        format!(
            "{}:{}:{}",
            self.port,
            self.cargo.as_str(),
            self.stage.as_str()
        )
    }
}

table! {
    /// Commodities: value, stowage, value of time.
    "commodities" => pub struct CommodityRow {
        /// identifier of the commodity
        id: Id,
        /// name
        name: String,
        /// HS code
        hs: Option<String>,
        /// how it travels
        cargo: CargoKind,
        /// value of the goods
        value_usd_per_t: Ranged,
        /// mass in a TEU
        t_per_teu: Option<Ranged>,
        /// value of time as a share of the goods' value
        time_value_pct_per_day: Ranged,
        /// whether it spoils
        perishable: bool,
    }
    key(row) { row.id.to_string() }
}

words! {
    /// What a row of trade counts.
    pub enum TradeFlow {
        /// Goods out.
        Export = "export",
        /// Goods in.
        Import = "import",
        /// Stock of foreign direct investment.
        FdiStock = "fdi_stock",
    }
}

words! {
    /// Which way a row of `demand-places` looks.
    pub enum DemandSide {
        /// Goods out of the country.
        Export = "export",
        /// Goods into the country.
        Import = "import",
        /// Both.
        Both = "*",
    }
}

table! {
    /// Over which places the trade of a country is spread; shares are scaled to their sum.
    "demand-places" => pub struct DemandPlaceRow {
        /// country
        country: Country,
        /// goods out of the country, into it, or both
        flow: DemandSide,
        /// commodity, or `*` for those without rows of their own
        commodity: String,
        /// place, or port by UN/LOCODE
        place: String,
        /// share of the place
        share_pct: Ranged,
    }
    key(row) {
        format!(
            "{}:{}:{}:{}",
            row.country,
            row.flow.as_str(),
            row.commodity,
            row.place
        )
    }
}

table! {
    /// Trade and investment by reporter, partner and commodity.
    "trade" => pub struct TradeRow {
        /// reporting country
        reporter: Country,
        /// what is counted
        flow: TradeFlow,
        /// partner country, `world`, or a group
        partner: String,
        /// commodity, or `total`
        commodity: Id,
        /// year
        year: u32,
        /// part of the year, such as `01..10`; empty = whole
        period: Option<String>,
        /// value
        value_musd: Option<f64>,
        /// mass
        mass_t: Option<f64>,
        /// share of the partner in the reporter's flow of the commodity
        share_pct: Option<f64>,
    }
    key(row) {
        format!(
            "{}:{}:{}:{}:{}:{}",
            row.reporter,
            row.flow.as_str(),
            row.partner,
            row.commodity,
            row.year,
            row.period.as_deref().unwrap_or("")
        )
    }
}
