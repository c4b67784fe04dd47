//! Layouts of ports, passages and liner demand.

use super::layout::Cell::{Amount, Day, Text, Whole};
use super::layout::{Layout, Vintage, may, must};

const IMF: &str = "International Monetary Fund, PortWatch, https://portwatch.imf.org";
const IMF_LICENCE: &str = "user-supplied, may not be redistributed (IMF terms of use)";
/// Rows and calls are counted below this, far above any file.
const MANY: i64 = 1_000_000_000_000;

/// Daily calls and trade of ports.
pub(super) const PORTWATCH_PORTS: &[Layout] = &[Layout {
    variant: "daily",
    delimiter: b',',
    columns: &[
        must("date", Day, "day, UTC"),
        must("year", Whole(1900, 2100), "year"),
        must("month", Whole(1, 12), "month"),
        must("day", Whole(1, 31), "day of month"),
        must("portid", Text, ""),
        must("portname", Text, ""),
        may("country", Text, ""),
        may("ISO3", Text, ""),
        must("portcalls_container", Whole(0, MANY), "calls"),
        must("portcalls_dry_bulk", Whole(0, MANY), "calls"),
        must("portcalls_general_cargo", Whole(0, MANY), "calls"),
        must("portcalls_roro", Whole(0, MANY), "calls"),
        must("portcalls_tanker", Whole(0, MANY), "calls"),
        must("portcalls_cargo", Whole(0, MANY), "calls"),
        must("portcalls", Whole(0, MANY), "calls"),
        must("import_container", Amount, "t"),
        must("import_dry_bulk", Amount, "t"),
        must("import_general_cargo", Amount, "t"),
        must("import_roro", Amount, "t"),
        must("import_tanker", Amount, "t"),
        must("import_cargo", Amount, "t"),
        must("import", Amount, "t"),
        must("export_container", Amount, "t"),
        must("export_dry_bulk", Amount, "t"),
        must("export_general_cargo", Amount, "t"),
        must("export_roro", Amount, "t"),
        must("export_tanker", Amount, "t"),
        must("export_cargo", Amount, "t"),
        must("export", Amount, "t"),
        may("ObjectId", Whole(0, MANY), ""),
    ],
    vintage: Vintage::None,
    source: IMF,
    licence: IMF_LICENCE,
}];

/// Daily transits of chokepoints; a ship counts once in 48 hours.
pub(super) const PORTWATCH_CHOKEPOINTS: &[Layout] = &[Layout {
    variant: "daily",
    delimiter: b',',
    columns: &[
        must("date", Day, "day, UTC"),
        must("year", Whole(1900, 2100), "year"),
        must("month", Whole(1, 12), "month"),
        must("day", Whole(1, 31), "day of month"),
        must("portid", Text, ""),
        must("portname", Text, ""),
        must("n_container", Whole(0, MANY), "transits"),
        must("n_dry_bulk", Whole(0, MANY), "transits"),
        must("n_general_cargo", Whole(0, MANY), "transits"),
        must("n_roro", Whole(0, MANY), "transits"),
        must("n_tanker", Whole(0, MANY), "transits"),
        must("n_cargo", Whole(0, MANY), "transits"),
        must("n_total", Whole(0, MANY), "transits"),
        must("capacity_container", Amount, "t"),
        must("capacity_dry_bulk", Amount, "t"),
        must("capacity_general_cargo", Amount, "t"),
        must("capacity_roro", Amount, "t"),
        must("capacity_tanker", Amount, "t"),
        must("capacity_cargo", Amount, "t"),
        must("capacity", Amount, "t"),
        may("ObjectId", Whole(0, MANY), ""),
    ],
    vintage: Vintage::None,
    source: IMF,
    licence: IMF_LICENCE,
}];

/// Weekly demand between ports.
pub(super) const LINERLIB_DEMAND: &[Layout] = &[Layout {
    variant: "demand",
    delimiter: b'\t',
    columns: &[
        must("Origin", Text, ""),
        must("Destination", Text, ""),
        must("FFEPerWeek", Amount, "FFE/week"),
        must("Revenue_1", Amount, "USD/FFE"),
        must("TransitTime", Amount, "days"),
    ],
    vintage: Vintage::None,
    source: "LINERLIB benchmark suite (Brouer et al.)",
    licence: "user-supplied; see the terms of the benchmark suite",
}];
