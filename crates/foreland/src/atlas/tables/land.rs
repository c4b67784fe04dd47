//! Tables of the land: places, links, borders, modes of transport.

use crate::atlas::cell::{Country, Id, List, UnLocode, words};
use crate::atlas::row::{Ranged, Validity, table};

words! {
    /// What a place is.
    pub enum PlaceKind {
        /// City.
        City = "city",
        /// Mine or salt flat.
        Mine = "mine",
        /// Plant.
        Plant = "plant",
        /// Border crossing.
        Border = "border",
        /// Research station.
        Station = "station",
        /// Inland terminal.
        Terminal = "terminal",
    }
}

table! {
    /// Places where goods start, end, cross a border or change mode.
    "places" => pub struct PlaceRow {
        /// identifier of the place
        id: Id,
        /// name with its diacritics
        name: String,
        /// other names, joined by `;`
        alt_names: List,
        /// country
        country: Country,
        /// what it is
        kind: PlaceKind,
        /// longitude
        lon_deg: f64,
        /// latitude
        lat_deg: f64,
        /// port at which the place lies
        port: Option<UnLocode>,
    }
    key(row) { row.id.to_string() }
}

words! {
    /// Mode of inland transport.
    pub enum Mode {
        /// Lorry.
        Road = "road",
        /// Train.
        Rail = "rail",
        /// River barge.
        River = "river",
    }
}

table! {
    /// Road, rail and river links between places and ports; two-way.
    "links" => pub struct LinkRow {
        /// identifier of the link
        id: Id,
        /// one end: place or UN/LOCODE
        from: String,
        /// other end: place or UN/LOCODE
        to: String,
        /// mode of transport
        mode: Mode,
        /// length
        distance_km: f64,
        /// speed while moving
        speed_kmh: Ranged,
        /// tariff
        cost_usd_per_tkm: Ranged,
        /// gauge of the railway
        gauge_mm: Option<f64>,
        /// when the link can be used
        validity: Validity,
    }
    key(row) { row.id.to_string() }
}

table! {
    /// Border crossings with delay and fees.
    "borders" => pub struct BorderRow {
        /// place of kind border
        id: Id,
        /// time to cross
        delay_h: Ranged,
        /// fees
        cost_usd_per_t: Ranged,
    }
    key(row) { row.id.to_string() }
}

words! {
    /// A mode of inland transport, or the transfer between two.
    pub enum ModeOrTransfer {
        /// Lorry.
        Road = "road",
        /// Train.
        Rail = "rail",
        /// River barge.
        River = "river",
        /// Change from one mode to another.
        Transfer = "transfer",
    }
}

table! {
    /// Modes of inland transport: emissions and hours of operation a day; and the transfer
    /// between modes.
    "modes" => pub struct ModeRow {
        /// mode, or transfer
        id: ModeOrTransfer,
        /// tank-to-wake greenhouse gases
        ttw_g_co2e_per_tkm: Option<f64>,
        /// well-to-wake greenhouse gases
        wtw_g_co2e_per_tkm: Option<f64>,
        /// hours of movement a day
        hours_per_day: Option<Ranged>,
        /// time of a transfer
        transfer_h: Option<Ranged>,
        /// cost of a transfer
        transfer_usd_per_t: Option<Ranged>,
    }
    key(row) { row.id.as_str().to_owned() }
}
