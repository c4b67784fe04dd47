//! Keys are unique, or the rows that share one hold at different times.

use std::collections::HashMap;

use super::{CheckReport, at};
use crate::atlas::{Atlas, Row, Table, Validity};

pub(super) fn check(atlas: &Atlas, report: &mut CheckReport) {
    unique(&atlas.ports, "unlocode", report);
    unique(&atlas.passages, "id", report);
    unique(&atlas.passage_tolls, "id", report);
    unique(&atlas.passage_gates, "seq", report);
    unique(&atlas.channels, "seq", report);
    unique(&atlas.chokepoints, "id", report);
    unique(&atlas.vessels, "id", report);
    unique(&atlas.fuels, "id", report);
    unique(&atlas.services, "id", report);
    unique(&atlas.service_calls, "seq", report);
    unique(&atlas.places, "id", report);
    unique(&atlas.links, "id", report);
    unique(&atlas.borders, "id", report);
    unique(&atlas.modes, "id", report);
    unique(&atlas.commodities, "id", report);
    unique(&atlas.demand_places, "place", report);
    unique(&atlas.statements, "id", report);
    unique(&atlas.parameters, "id", report);
    unique(&atlas.countries, "code", report);
    unique(&atlas.country_ports, "port", report);
    unique(&atlas.trade_groups, "commodity", report);
    unique(&atlas.trade_weights, "country", report);
    disjoint(
        &atlas.terminals,
        |row| row.id.to_string(),
        |row| row.validity,
        report,
    );
    disjoint(
        &atlas.handling,
        |row| row.stage_key(),
        |row| row.validity,
        report,
    );
}

fn unique<R: Row>(table: &Table<R>, column: &str, report: &mut CheckReport) {
    let mut seen: HashMap<String, u64> = HashMap::new();
    for row in &table.rows {
        let key = row.key();
        if let Some(line) = seen.get(&key) {
            report.problems.push(at(
                row,
                column,
                format!("`{key}` stands already in line {line}"),
                "give each row a key of its own",
            ));
        } else {
            seen.insert(key, row.line());
        }
    }
}

fn disjoint<R: Row>(
    table: &Table<R>,
    key: impl Fn(&R) -> String,
    validity: impl Fn(&R) -> Validity,
    report: &mut CheckReport,
) {
    let mut seen: HashMap<String, Vec<&R>> = HashMap::new();
    for row in &table.rows {
        let rows = seen.entry(key(row)).or_default();
        for earlier in rows.iter() {
            if validity(row).overlaps(validity(earlier)) {
                report.problems.push(at(
                    row,
                    "valid_from",
                    format!(
                        "`{}` holds on days on which line {} holds too",
                        key(row),
                        earlier.line()
                    ),
                    "end one row on the day before the other begins",
                ));
            }
        }
        rows.push(row);
    }
}
