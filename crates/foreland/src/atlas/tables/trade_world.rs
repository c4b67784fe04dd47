//! Tables of the world's trade: countries, their seaports, groups of goods, who ships and takes them.

use crate::atlas::cell::{Countries, Country, Id, List, UnLocode, words};
use crate::atlas::row::{Ranged, table};

table! {
    /// Countries with codes, neighbours, product and trade.
    "countries" => pub struct CountryRow {
        /// ISO 3166-1 alpha-2 code
        code: Country,
        /// short name
        name: String,
        /// other names, joined by `;`
        alt_names: List,
        /// ISO 3166-1 alpha-3 code
        alpha3: String,
        /// ISO 3166-1 numeric code
        numeric: String,
        /// part of the world
        region: String,
        /// longitude of the capital
        lon_deg: f64,
        /// latitude of the capital
        lat_deg: f64,
        /// whether it has no coast
        landlocked: bool,
        /// countries with a common border that goods cross, joined by `;`
        neighbours: Countries,
        /// people
        population: Option<f64>,
        /// gross domestic product at exchange rates, a year
        gdp_musd: Option<f64>,
        /// exports of goods and services, a year
        exports_musd: f64,
        /// imports of goods and services, a year
        imports_musd: f64,
        /// coal exported, a year
        coal_export_mass_t: f64,
        /// coal imported, a year
        coal_import_mass_t: f64,
    }
    key(row) { row.code.to_string() }
}

table! {
    /// Seaports by which a country's goods go, with their shares before distance decides; of a
    /// neighbour, where the country has none.
    "country-ports" => pub struct CountryPortRow {
        /// country
        country: Country,
        /// port
        port: UnLocode,
        /// goods that the row is for; all goods without rows of their own, if empty
        commodity: Option<Id>,
        /// coast or way
        coast: Option<String>,
        /// share of the country's seaborne goods
        share: f64,
    }
    key(row) {
        format!("{}:{}:{}", row.country, row.port, row.commodity.as_ref().map_or("*", Id::as_str))
    }
}

words! {
    /// What the shares of countries in a trade follow.
    pub enum TradeShares {
        /// Exports or imports of the country, less those of goods that are listed.
        Trade = "trade",
        /// Rows of trade-weights.
        Listed = "listed",
        /// Coal exported or imported by the table of countries.
        Coal = "coal",
    }
}

table! {
    /// Groups of goods in the world's seaborne trade with totals and the ship that carries them.
    "trade-groups" => pub struct TradeGroupRow {
        /// goods in commodities
        commodity: Id,
        /// what exporters' shares follow
        origins: TradeShares,
        /// what importers' shares follow
        destinations: TradeShares,
        /// ship class whose limits and costs decide the way
        vessel: Id,
        /// world total by sea, a year
        sea_mass_t: Ranged,
        /// distance over land at which 63 % of the goods take the sea; 0 = all goods listed go by sea
        land_reach_km: Ranged,
    }
    key(row) { row.commodity.to_string() }
}

words! {
    /// Side of a trade.
    pub enum TradeSide {
        /// Shipped.
        Export = "export",
        /// Taken.
        Import = "import",
    }
}

table! {
    /// Who ships and who takes the goods of a group by sea.
    "trade-weights" => pub struct TradeWeightRow {
        /// goods in trade-groups
        commodity: Id,
        /// country
        country: Country,
        /// side of the trade
        flow: TradeSide,
        /// by sea, a year
        mass_t: f64,
        /// least plausible
        least_mass_t: f64,
        /// most plausible
        most_mass_t: f64,
    }
    key(row) { format!("{}:{}:{}", row.commodity, row.flow.as_str(), row.country) }
}
