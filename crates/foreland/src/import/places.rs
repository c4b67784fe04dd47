//! Layouts of ports, passages and what befalls them.

use super::layout::Cell::{Amount, Day, Degrees, Place, Text, Whole};
use super::layout::{Layout, Vintage, counted, may, must};

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

/// Ports and chokepoints: one table of columns for both. Their `LOCODE` has a blank in it.
pub(super) const PORTWATCH_PLACES: &[Layout] = &[Layout {
    variant: "places",
    delimiter: b',',
    columns: &[
        must("portid", Text, ""),
        must("portname", Text, ""),
        may("country", Text, ""),
        may("ISO3", Text, ""),
        may("continent", Text, ""),
        may("fullname", Text, ""),
        must("lat", Degrees(90.0), "degrees north"),
        must("lon", Degrees(180.0), "degrees east"),
        counted("vessel_count_total", Amount, "calls a year"),
        counted("vessel_count_container", Amount, "calls a year"),
        counted("vessel_count_dry_bulk", Amount, "calls a year"),
        counted("vessel_count_general_cargo", Amount, "calls a year"),
        counted("vessel_count_RoRo", Amount, "calls a year"),
        counted("vessel_count_tanker", Amount, "calls a year"),
        may("industry_top1", Text, ""),
        may("industry_top2", Text, ""),
        may("industry_top3", Text, ""),
        may("share_country_maritime_import", Amount, "share"),
        may("share_country_maritime_export", Amount, "share"),
        may("LOCODE", Place, ""),
        may("pageid", Text, ""),
        may("countrynoaccents", Text, ""),
        may("ObjectId", Whole(0, MANY), ""),
    ],
    vintage: Vintage::None,
    source: IMF,
    licence: IMF_LICENCE,
}];

/// Disruptions; those that go on have no last day. `affectedports` is a list with `; ` between.
pub(super) const PORTWATCH_DISRUPTIONS: &[Layout] = &[Layout {
    variant: "disruptions",
    delimiter: b',',
    columns: &[
        must("eventid", Text, ""),
        must("eventtype", Text, ""),
        must("eventname", Text, ""),
        may("htmlname", Text, ""),
        may("htmldescription", Text, ""),
        may("alertlevel", Text, ""),
        may("country", Text, ""),
        must("fromdate", Day, "day, UTC"),
        may("year", Whole(1900, 2100), "year"),
        may("todate", Day, "day, UTC"),
        may("severitytext", Text, ""),
        counted("lat", Degrees(90.0), "degrees north"),
        counted("long", Degrees(180.0), "degrees east"),
        may("editdate", Day, "day, UTC"),
        may("affectedports", Text, ""),
        may("n_affectedports", Whole(0, MANY), "ports"),
        may("affectedpopulation", Text, ""),
        may("pageid", Text, ""),
        may("ObjectId", Whole(0, MANY), ""),
    ],
    vintage: Vintage::None,
    source: IMF,
    licence: IMF_LICENCE,
}];
