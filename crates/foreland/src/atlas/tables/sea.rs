//! Tables of the sea: ports, terminals, passages, channels, chokepoints.

use crate::atlas::cell::{Countries, Country, Id, List, UnLocode, words};
use crate::atlas::row::{Cells, Field, Ranged, Validity, range_of, table};
use crate::atlas::schema::{Column, ColumnType};

words! {
    /// Size of a port.
    pub enum PortSize {
        /// Large.
        Large = "large",
        /// Medium.
        Medium = "medium",
        /// Small.
        Small = "small",
    }
}

table! {
    /// The world's ports.
    "ports" => pub struct PortRow {
        /// UN/LOCODE of the port
        unlocode: UnLocode,
        /// name with its diacritics
        name: String,
        /// other names, joined by `;`
        alt_names: List,
        /// country
        country: Country,
        /// longitude
        lon_deg: f64,
        /// latitude
        lat_deg: f64,
        /// size of the port
        size: Option<PortSize>,
        /// deepest draught that the port can take
        max_draught_m: Option<f64>,
    }
    key(row) { row.unlocode.to_string() }
}

words! {
    /// What a terminal handles.
    pub enum TerminalKind {
        /// Containers.
        Container = "container",
        /// Dry bulk.
        Bulk = "bulk",
        /// Containers, bulk and general cargo.
        Multipurpose = "multipurpose",
        /// Liquids.
        Liquid = "liquid",
    }
}

table! {
    /// Terminals with their owners and operators over time; several rows per terminal, one for
    /// each period.
    "terminals" => pub struct TerminalRow {
        /// identifier of the terminal
        id: Id,
        /// port in which it lies
        port: UnLocode,
        /// name with its diacritics
        name: String,
        /// what it handles
        kind: TerminalKind,
        /// company that runs it
        operator: Option<String>,
        /// countries of the operator's ultimate parents, joined by `;`
        operator_country: Countries,
        /// company that owns it or holds the concession
        owner: Option<String>,
        /// countries of the owners' ultimate parents, joined by `;`
        owner_country: Countries,
        /// when the row holds
        validity: Validity,
        /// length of quay
        quay_m: Option<f64>,
        /// number of berths
        berths: Option<u32>,
        /// longest ship
        max_loa_m: Option<f64>,
        /// widest ship
        max_beam_m: Option<f64>,
        /// deepest draught alongside
        max_draught_m: Option<f64>,
        /// largest container ship that was taken or is admitted
        max_ship_teu: Option<f64>,
        /// yearly capacity for containers
        capacity_teu_per_year: Option<f64>,
        /// yearly capacity for other cargo
        capacity_t_per_year: Option<f64>,
    }
    key(row) { row.id.to_string() }
}

words! {
    /// What a passage is.
    pub enum PassageKind {
        /// Dug through land.
        Canal = "canal",
        /// Between two coasts.
        Strait = "strait",
        /// Round a headland.
        Cape = "cape",
    }
}

table! {
    /// Passages: canals, straits and capes with limits, times and toll rule.
    "passages" => pub struct PassageRow {
        /// identifier of the passage
        id: Id,
        /// name
        name: String,
        /// what it is
        kind: PassageKind,
        /// whether ships may use it unless a scenario says otherwise
        open_by_default: bool,
        /// longest ship
        max_loa_m: Option<f64>,
        /// widest ship
        max_beam_m: Option<f64>,
        /// deepest draught
        max_draught_m: Option<f64>,
        /// highest air draught
        max_air_draught_m: Option<f64>,
        /// time from entrance to exit beyond the time that its length takes at sea speed
        transit_h: Option<Ranged>,
        /// wait before the transit
        queue_h: Option<Ranged>,
        /// toll rule in passage-tolls
        toll_rule: Option<Id>,
        /// chokepoint of the same waters
        chokepoint: Option<Id>,
        /// passages that a ship taking this one does without, separated by `;`
        instead_of: Option<String>,
    }
    key(row) { row.id.to_string() }
}

/// The plausible range of a toll, as a factor on it: columns `low_factor` and `high_factor`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TollFactor(pub Ranged);

impl Field for TollFactor {
    fn declare(_name: &'static str, about: &str, out: &mut Vec<Column>) {
        for end in ["low", "high"] {
            out.push(Column {
                name: format!("{end}_factor"),
                kind: ColumnType::Number,
                optional: false,
                description: format!("{about}, {end} end"),
            });
        }
    }

    fn read(cells: &mut Cells<'_>, _name: &'static str) -> Option<Self> {
        let low = <f64 as Field>::read(cells, "low_factor");
        let high = <f64 as Field>::read(cells, "high_factor");
        let range = range_of(cells, "low_factor", Some(low?), Some(1.0), Some(high?))?;
        range.map(TollFactor)
    }

    fn ranges(&self, name: &'static str, out: &mut Vec<(&'static str, Ranged)>) {
        out.push((name, self.0));
    }
}

table! {
    /// Toll rules of passages.
    "passage-tolls" => pub struct PassageTollRow {
        /// identifier of the toll rule
        id: Id,
        /// fixed fee of a transit
        per_transit_usd: Option<f64>,
        /// fee per TEU of the ship's capacity
        per_teu_capacity_usd: Option<f64>,
        /// fee per loaded TEU on board
        per_loaded_teu_usd: Option<f64>,
        /// fee per empty TEU on board
        per_empty_teu_usd: Option<f64>,
        /// fee per net tonne
        per_net_t_usd: Option<f64>,
        /// year of the money
        usd_year: u32,
        /// plausible range as a factor on the toll
        factor: TollFactor,
    }
    key(row) { row.id.to_string() }
}

table! {
    /// Where passages lie: points through which a transit runs.
    "passage-gates" => pub struct PassageGateRow {
        /// passage
        passage: Id,
        /// order of the points
        seq: u32,
        /// longitude
        lon_deg: f64,
        /// latitude
        lat_deg: f64,
    }
    key(row) { format!("{}:{}", row.passage, row.seq) }
}

table! {
    /// Approach channels and canals as lines.
    "channels" => pub struct ChannelRow {
        /// identifier of the channel
        id: Id,
        /// name
        name: String,
        /// passage that the channel belongs to
        passage: Option<Id>,
        /// a passage that can be closed, by itself or as part of another
        closable: bool,
        /// order of the points
        seq: u32,
        /// longitude
        lon_deg: f64,
        /// latitude
        lat_deg: f64,
        /// deepest draught
        max_draught_m: Option<f64>,
    }
    key(row) { format!("{}:{}", row.id, row.seq) }
}

table! {
    /// The chokepoints of world trade by position.
    "chokepoints" => pub struct ChokepointRow {
        /// identifier of the chokepoint
        id: Id,
        /// name
        name: String,
        /// longitude
        lon_deg: f64,
        /// latitude
        lat_deg: f64,
        /// ships a year
        transits_per_year: Option<f64>,
        /// passages of the same waters, joined by `;`
        passage: List,
    }
    key(row) { row.id.to_string() }
}
