//! Values are complete, ranged where they are assumed, and agree with each other.

use super::{CheckReport, at};
use crate::atlas::{
    Atlas, CargoKind, HandlingStage, ModeOrTransfer, Row, Table, TableVisitor, VesselKind,
};
use crate::error::Problem;
use crate::param::REQUIRED_PARAMETERS;
use crate::quantity::Basis;

pub(super) fn check(atlas: &Atlas, report: &mut CheckReport) {
    atlas.each_table(&mut AssumedHasRange(report));
    capacities(atlas, report);
    vessels(atlas, report);
    commodities(atlas, report);
    modes(atlas, report);
    handling(atlas, report);
    parameters(atlas, report);
    said(atlas, report);
}

/// An assumption without a range is a bare number.
struct AssumedHasRange<'a>(&'a mut CheckReport);

impl TableVisitor for AssumedHasRange<'_> {
    fn table<R: Row>(&mut self, table: &Table<R>) {
        for row in &table.rows {
            if row.origin().basis != Basis::Assumed {
                continue;
            }
            for (column, range) in row.ranges() {
                if !range.stated {
                    self.0.problems.push(at(
                        row,
                        column,
                        "the value is assumed and has no range",
                        "give its plausible low and high ends",
                    ));
                }
            }
        }
    }
}

/// What can hold or carry nothing would be taken for something that is not known.
fn capacities(atlas: &Atlas, report: &mut CheckReport) {
    let remedy = "leave the cell empty if it is not known";
    for row in &atlas.terminals.rows {
        for (column, capacity) in [
            ("capacity_teu_per_year", row.capacity_teu_per_year),
            ("capacity_t_per_year", row.capacity_t_per_year),
        ] {
            if capacity == Some(0.0) {
                report.problems.push(at(
                    row,
                    column,
                    format!("`{}` has a capacity of 0", row.id),
                    format!("{remedy}; a terminal that is shut ends with valid_to"),
                ));
            }
        }
    }
    for row in &atlas.vessels.rows {
        for (column, capacity) in [("capacity_teu", row.capacity_teu), ("dwt_t", row.dwt_t)] {
            if capacity == Some(0.0) {
                let message = format!("`{}` has a capacity of 0", row.id);
                report.problems.push(at(row, column, message, remedy));
            }
        }
    }
    for row in &atlas.services.rows {
        if row.headway_h.low <= 0.0 {
            report.problems.push(at(
                row,
                "headway_h",
                format!(
                    "`{}` has 0 h between sailings: its capacity has no end",
                    row.id
                ),
                "give the hours between sailings",
            ));
        }
    }
}

fn vessels(atlas: &Atlas, report: &mut CheckReport) {
    for row in &atlas.vessels.rows {
        if !(row.min_speed_kn <= row.design_speed_kn && row.design_speed_kn <= row.max_speed_kn) {
            report.problems.push(at(
                row,
                "design_speed_kn",
                format!(
                    "{} kn does not lie between {} and {} kn",
                    row.design_speed_kn, row.min_speed_kn, row.max_speed_kn
                ),
                "give min ≤ design ≤ max",
            ));
        }
        if row.draught_m > row.scantling_draught_m {
            report.problems.push(at(
                row,
                "draught_m",
                format!(
                    "the design draught of {} m is deeper than the scantling draught of {} m",
                    row.draught_m, row.scantling_draught_m
                ),
                "give design ≤ scantling",
            ));
        }
        let (column, missing) = match row.kind {
            VesselKind::Container => ("capacity_teu", row.capacity_teu.is_none()),
            _ => ("dwt_t", row.dwt_t.is_none()),
        };
        if missing {
            report.problems.push(at(
                row,
                column,
                "the capacity by which costs are shared is missing",
                "container ships need capacity_teu, all others dwt_t",
            ));
        }
    }
}

fn commodities(atlas: &Atlas, report: &mut CheckReport) {
    for row in &atlas.commodities.rows {
        if row.cargo == CargoKind::Container && row.t_per_teu.is_none() {
            report.problems.push(at(
                row,
                "t_per_teu",
                "containerised goods need the mass in a TEU",
                "give t_per_teu with its range",
            ));
        }
    }
}

fn modes(atlas: &Atlas, report: &mut CheckReport) {
    for mode in [
        ModeOrTransfer::Road,
        ModeOrTransfer::Rail,
        ModeOrTransfer::River,
        ModeOrTransfer::Transfer,
    ] {
        let Some(row) = atlas.modes.rows.iter().find(|row| row.id == mode) else {
            report.problems.push(Problem::in_file(
                "modes.csv",
                format!("the row `{}` is missing", mode.as_str()),
                "add road, rail, river and transfer",
            ));
            continue;
        };
        let needed: &[(&str, bool)] = if mode == ModeOrTransfer::Transfer {
            &[
                ("transfer_h", row.transfer_h.is_some()),
                ("transfer_usd_per_t", row.transfer_usd_per_t.is_some()),
            ]
        } else {
            &[
                ("ttw_g_co2e_per_tkm", row.ttw_g_co2e_per_tkm.is_some()),
                ("wtw_g_co2e_per_tkm", row.wtw_g_co2e_per_tkm.is_some()),
                ("hours_per_day", row.hours_per_day.is_some()),
            ]
        };
        for (column, there) in needed {
            if !there {
                report.problems.push(at(
                    row,
                    column,
                    "the cell is empty",
                    "give a value with its range",
                ));
            }
        }
    }
}

fn handling(atlas: &Atlas, report: &mut CheckReport) {
    let needed = [
        (CargoKind::Container, HandlingStage::Export),
        (CargoKind::Container, HandlingStage::Import),
        (CargoKind::Container, HandlingStage::Transshipment),
        (CargoKind::Bulk, HandlingStage::Export),
        (CargoKind::Bulk, HandlingStage::Import),
    ];
    for (cargo, stage) in needed {
        let found = atlas
            .handling
            .rows
            .iter()
            .any(|row| row.port == "*" && row.cargo == cargo && row.stage == stage);
        if !found {
            report.problems.push(Problem::in_file(
                "handling.csv",
                format!(
                    "there is no row `*,{},{}` for ports without one of their own",
                    cargo.as_str(),
                    stage.as_str()
                ),
                "add it",
            ));
        }
    }
}

fn parameters(atlas: &Atlas, report: &mut CheckReport) {
    for (id, unit) in REQUIRED_PARAMETERS {
        match atlas
            .parameters
            .rows
            .iter()
            .find(|row| row.id.as_str() == *id)
        {
            None => report.problems.push(Problem::in_file(
                "parameters.csv",
                format!("the parameter `{id}` is missing"),
                format!("add it in {unit}, with a range and its basis"),
            )),
            Some(row) if row.unit != *unit => report.problems.push(at(
                row,
                "unit",
                format!("`{id}` is given in {}", row.unit),
                format!("give it in {unit}"),
            )),
            Some(_) => {}
        }
    }
}

fn said(atlas: &Atlas, report: &mut CheckReport) {
    for row in &atlas.statements.rows {
        if row.value.is_none() && row.value_low.is_none() && row.value_high.is_none() {
            report.problems.push(at(
                row,
                "value",
                "the statement has no value",
                "give what was said as a value, or as its low or high end",
            ));
        }
    }
    for row in &atlas.facts.rows {
        if row.value.is_none() && row.low.is_none() && row.high.is_none() {
            report
                .problems
                .push(at(row, "value", "the fact has no value", "give one"));
        }
    }
    for row in &atlas.trade.rows {
        if row.value_musd.is_none() && row.mass_t.is_none() && row.share_pct.is_none() {
            report.problems.push(at(
                row,
                "value_musd",
                "the row has neither value nor mass nor share",
                "give at least one of value_musd, mass_t, share_pct",
            ));
        }
    }
}
