//! What a file must look like: one declarative layout per file format.

use super::{liner, places, registers, schedules, trade, unlocode};

/// A kind of file that can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// CEPII's BACI: trade by country pair and product, with its two code tables.
    Baci,
    /// UN Comtrade's full CSV.
    Comtrade,
    /// Brazil's foreign trade by state, customs unit and month.
    Comexstat,
    /// IMF PortWatch: daily calls and trade of ports.
    PortwatchPorts,
    /// IMF PortWatch: daily transits of chokepoints.
    PortwatchChokepoints,
    /// NGA's World Port Index, `UpdatedPub150.csv`.
    Wpi,
    /// SMDG's terminal code list.
    Smdg,
    /// UN/LOCODE's raw list, with or without a header, in UTF-8 or Latin-1.
    Unlocode,
    /// IMF PortWatch: its databases of ports and of chokepoints.
    PortwatchPlaces,
    /// IMF PortWatch: disruptions.
    PortwatchDisruptions,
    /// LINERLIB: demand for container liner transport.
    LinerlibDemand,
    /// LINERLIB: ports.
    LinerlibPorts,
    /// LINERLIB: classes of ships, and how many there are of each.
    LinerlibFleet,
    /// LINERLIB: distances.
    LinerlibDistances,
    /// LINERLIB: the services of a published solution, by its log.
    LinerlibServices,
    /// DCSA Commercial Schedules: point-to-point routes, as JSON.
    DcsaCommercialSchedules,
    /// DCSA Operational Vessel Schedules, and vessel schedules of Commercial Schedules, as JSON.
    DcsaVesselSchedules,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 17] = [
        Kind::Baci,
        Kind::Comtrade,
        Kind::Comexstat,
        Kind::PortwatchPorts,
        Kind::PortwatchChokepoints,
        Kind::Wpi,
        Kind::Smdg,
        Kind::LinerlibDemand,
        Kind::Unlocode,
        Kind::PortwatchPlaces,
        Kind::PortwatchDisruptions,
        Kind::LinerlibPorts,
        Kind::LinerlibFleet,
        Kind::LinerlibDistances,
        Kind::LinerlibServices,
        Kind::DcsaCommercialSchedules,
        Kind::DcsaVesselSchedules,
    ];

    /// The name as written on the command line, and of the folder in the store.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Baci => "baci",
            Kind::Comtrade => "comtrade",
            Kind::Comexstat => "comexstat",
            Kind::PortwatchPorts => "portwatch-ports",
            Kind::PortwatchChokepoints => "portwatch-chokepoints",
            Kind::Wpi => "wpi",
            Kind::Smdg => "smdg",
            Kind::LinerlibDemand => "linerlib-demand",
            Kind::Unlocode => "unlocode",
            Kind::PortwatchPlaces => "portwatch-places",
            Kind::PortwatchDisruptions => "portwatch-disruptions",
            Kind::LinerlibPorts => "linerlib-ports",
            Kind::LinerlibFleet => "linerlib-fleet",
            Kind::LinerlibDistances => "linerlib-distances",
            Kind::LinerlibServices => "linerlib-services",
            Kind::DcsaCommercialSchedules => "dcsa-commercial-schedules",
            Kind::DcsaVesselSchedules => "dcsa-vessel-schedules",
        }
    }

    /// Whether its files are lists in JSON.
    pub(super) fn is_json(self) -> bool {
        matches!(
            self,
            Kind::DcsaCommercialSchedules | Kind::DcsaVesselSchedules
        )
    }

    /// Whether its files may be written in the letters of Western Europe.
    pub(super) fn may_be_latin_1(self) -> bool {
        matches!(self, Kind::Unlocode | Kind::Comexstat)
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The layouts that files of this kind come in.
    pub(super) fn layouts(self) -> &'static [Layout] {
        match self {
            Kind::Baci => trade::BACI,
            Kind::Comtrade => trade::COMTRADE,
            Kind::Comexstat => trade::COMEXSTAT,
            Kind::PortwatchPorts => places::PORTWATCH_PORTS,
            Kind::PortwatchChokepoints => places::PORTWATCH_CHOKEPOINTS,
            Kind::Wpi => registers::WORLD_PORT_INDEX,
            Kind::Smdg => registers::SMDG,
            Kind::LinerlibDemand => liner::DEMAND,
            Kind::Unlocode => unlocode::LAYOUTS,
            Kind::PortwatchPlaces => places::PORTWATCH_PLACES,
            Kind::PortwatchDisruptions => places::PORTWATCH_DISRUPTIONS,
            Kind::LinerlibPorts => liner::PORTS,
            Kind::LinerlibFleet => liner::FLEET,
            Kind::LinerlibDistances => liner::DISTANCES,
            Kind::LinerlibServices => liner::SERVICES,
            Kind::DcsaCommercialSchedules => schedules::COMMERCIAL,
            Kind::DcsaVesselSchedules => schedules::VESSEL,
        }
    }
}

/// Where the vintage of the Harmonized System is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vintage {
    /// Products are not in the Harmonized System, or the file has none.
    None,
    /// In the file's name, or given by the caller.
    FileName,
    /// In a column; all rows must agree.
    Column(&'static str),
}

/// One file format.
#[derive(Debug)]
pub(super) struct Layout {
    /// Which of a kind's files: `flows`, `exports`.
    pub(super) variant: &'static str,
    /// What stands between fields.
    pub(super) delimiter: u8,
    /// All columns, in the file's order.
    pub(super) columns: &'static [Column],
    /// Where the vintage of product codes is found.
    pub(super) vintage: Vintage,
    /// Who publishes the file.
    pub(super) source: &'static str,
    /// What may be done with it.
    pub(super) licence: &'static str,
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Name in the header.
    pub(super) name: &'static str,
    /// What its cells hold.
    pub(super) cell: Cell,
    /// Unit of its figures; empty for codes and words.
    pub(super) unit: &'static str,
    /// What becomes of a row whose cell is blank.
    pub(super) blank: Blank,
}

/// What cells hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    /// Words or a code, kept as they are; `NA` is a word like others.
    Text,
    /// A code of so many digits; a lost leading zero is put back and counted.
    Digits(usize),
    /// A whole number within limits.
    Whole(i64, i64),
    /// A country's number as the United Nations write it; those outside ISO 3166 are counted.
    Country,
    /// A finite number that is not negative; `NA` is blank.
    Amount,
    /// An [`Amount`](Cell::Amount) of which 0 says that it is not known.
    Measure,
    /// Degrees, no further from 0 than this.
    Degrees(f64),
    /// `true` or `false`, also `1` and `0`.
    Truth,
    /// Degrees and minutes, `1203S 07708W`: a latitude and a longitude.
    Position,
    /// A code of UN/LOCODE, `PECLL` or `PE CLL`: country and place.
    Place,
    /// An instant, `2024-05-01T12:00:00-05:00`.
    Instant,
    /// A day, `2024-05-01` with or without a time, or milliseconds since 1970 (UTC).
    Day,
}

/// What becomes of a row whose cell is blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blank {
    /// The row is rejected.
    Reject,
    /// The row is kept, the cell is unknown and counted.
    Count,
    /// The row is kept; blanks are usual here.
    Allow,
}

/// A column that must not be blank.
pub(super) const fn must(name: &'static str, cell: Cell, unit: &'static str) -> Column {
    Column {
        name,
        cell,
        unit,
        blank: Blank::Reject,
    }
}

/// A column whose blanks are counted.
pub(super) const fn counted(name: &'static str, cell: Cell, unit: &'static str) -> Column {
    Column {
        name,
        cell,
        unit,
        blank: Blank::Count,
    }
}

/// A column whose blanks are usual.
pub(super) const fn may(name: &'static str, cell: Cell, unit: &'static str) -> Column {
    Column {
        name,
        cell,
        unit,
        blank: Blank::Allow,
    }
}
