//! Facts, each with source, date and licence, in CSV tables that a person can read and correct.
//!
//! [`Atlas::load`] reads a folder of tables and reports everything that is wrong with any cell;
//! [`Atlas::check`] adds what only shows across rows and tables.

mod arrow;
pub(crate) mod cell;
pub(crate) mod check;
mod descriptor;
mod row;
mod schema;
mod table;
mod tables;

pub use cell::{Countries, Country, Id, List, UnLocode};
pub use check::{CheckReport, TableReport};
pub use descriptor::datapackage;
pub use row::{Origin, Ranged, Row, Validity};
pub use schema::{Column, ColumnType, UnitRule};
pub use table::{MAX_TABLE_BYTES, Table};
pub use tables::*;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::error::{Error, Problem};
use crate::findings::Warning;
use crate::param::Params;

/// Declares the atlas's tables once: the struct's fields, the loader, and everything that walks
/// over all tables.
macro_rules! atlas {
    ($($(#[$doc:meta])* $field:ident : $row:ident,)+) => {
        /// All tables of an atlas.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Atlas {
            /// Folder it was read from.
            pub dir: PathBuf,
            $($(#[$doc])* pub $field: Table<$row>,)+
            /// Every ranged value of every table.
            pub params: Params,
            /// Values that the caller set instead of their ranges, see [`Atlas::with_values`].
            pub set: BTreeMap<String, f64>,
            /// What services brought that a user imported, see [`Atlas::with_services`].
            pub imported: Vec<Warning>,
        }

        impl Atlas {
            fn load_tables(dir: &Path, problems: &mut Vec<Problem>) -> Atlas {
                Atlas {
                    dir: dir.to_owned(),
                    $($field: Table::<$row>::load(dir, problems),)+
                    params: Params::default(),
                    set: BTreeMap::new(),
                    imported: Vec::new(),
                }
            }

            /// Names, meanings and columns of all tables.
            pub fn schema() -> Vec<TableSchema> {
                vec![$(TableSchema {
                    name: $row::TABLE,
                    about: $row::ABOUT.trim(),
                    columns: $row::columns(),
                },)+]
            }

            /// Name, rows, bytes and hash of every table.
            pub fn files(&self) -> Vec<TableFile> {
                vec![$(TableFile {
                    name: Table::<$row>::file_name(),
                    rows: self.$field.rows.len() as u64,
                    bytes: self.$field.bytes,
                    blake3: self.$field.blake3.clone(),
                },)+]
            }

            pub(crate) fn each_table(&self, visit: &mut impl TableVisitor) {
                $(visit.table(&self.$field);)+
            }
        }
    };
}

/// What a table is, without its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct TableSchema {
    /// File stem.
    pub name: &'static str,
    /// What the table holds.
    pub about: &'static str,
    /// Columns in order.
    pub columns: Vec<Column>,
}

/// A table file as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFile {
    /// File name.
    pub name: String,
    /// Data rows.
    pub rows: u64,
    /// Size.
    pub bytes: u64,
    /// BLAKE3 of the bytes, hexadecimal.
    pub blake3: String,
}

/// Something done to every table, whatever its row type.
pub(crate) trait TableVisitor {
    fn table<R: Row>(&mut self, table: &Table<R>);
}

atlas! {
    /// The world's ports.
    ports: PortRow,
    /// Terminals over time.
    terminals: TerminalRow,
    /// Canals, straits and capes.
    passages: PassageRow,
    /// Toll rules.
    passage_tolls: PassageTollRow,
    /// Where passages lie.
    passage_gates: PassageGateRow,
    /// Approach channels and canals as lines.
    channels: ChannelRow,
    /// Chokepoints of world trade.
    chokepoints: ChokepointRow,
    /// Vessel classes.
    vessels: VesselRow,
    /// Fuels.
    fuels: FuelRow,
    /// Liner services.
    services: ServiceRow,
    /// Calls of liner services.
    service_calls: ServiceCallRow,
    /// Places on land.
    places: PlaceRow,
    /// Links on land.
    links: LinkRow,
    /// Border crossings.
    borders: BorderRow,
    /// Modes of inland transport.
    modes: ModeRow,
    /// Handling in ports.
    handling: HandlingRow,
    /// Commodities.
    commodities: CommodityRow,
    /// Over which places a country's trade is spread.
    demand_places: DemandPlaceRow,
    /// Countries.
    countries: CountryRow,
    /// Seaports of countries.
    country_ports: CountryPortRow,
    /// Groups of goods in the world's seaborne trade.
    trade_groups: TradeGroupRow,
    /// Who ships and takes the goods of a group.
    trade_weights: TradeWeightRow,
    /// Trade and investment.
    trade: TradeRow,
    /// What was said.
    statements: StatementRow,
    /// Parameters of the model.
    parameters: ParameterRow,
    /// Other gathered figures.
    facts: FactRow,
}

impl Atlas {
    /// Reads the tables of a folder.
    ///
    /// # Errors
    ///
    /// [`Error::Atlas`] with every problem of every cell: absent or oversized files, headers that
    /// differ, cells of the wrong type or outside their unit's range, incomplete ranges.
    pub fn load(dir: &Path) -> Result<Atlas, Error> {
        if !dir.is_dir() {
            return Err(Error::Input(Problem::in_file(
                dir.display().to_string(),
                "there is no atlas folder here",
                "name the folder that holds ports.csv and the other tables",
            )));
        }
        let mut problems = Vec::new();
        let mut atlas = Atlas::load_tables(dir, &mut problems);
        if problems.is_empty() {
            atlas.params = Params::of_atlas(&atlas);
            Ok(atlas)
        } else {
            Err(Error::Atlas {
                dir: dir.to_owned(),
                problems,
            })
        }
    }
}
