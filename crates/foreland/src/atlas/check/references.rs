//! What a row refers to exists.

use std::collections::HashSet;

use super::{CheckReport, at};
use crate::atlas::{Atlas, PlaceKind, Row, Table, UnLocode};
use crate::names::closest;

/// The keys of a table, to look references up in.
struct Keys<'a> {
    table: &'static str,
    keys: HashSet<&'a str>,
}

impl<'a> Keys<'a> {
    fn of<R: Row>(table: &'a Table<R>, key: impl Fn(&'a R) -> &'a str) -> Self {
        Keys {
            table: R::TABLE,
            keys: table.rows.iter().map(key).collect(),
        }
    }

    fn need<R: Row>(&self, row: &R, column: &str, name: &str, report: &mut CheckReport) {
        if self.keys.contains(name) {
            return;
        }
        let mut remedy = format!("add it to {}.csv or correct the spelling", self.table);
        let near = closest(name, self.keys.iter().copied(), 3);
        if !near.is_empty() {
            remedy.push_str(&format!("; near: {}", near.join(", ")));
        }
        report.problems.push(at(
            row,
            column,
            format!("`{name}` is not in {}.csv", self.table),
            remedy,
        ));
    }
}

pub(super) fn check(atlas: &Atlas, report: &mut CheckReport) {
    sea(atlas, report);
    ships(atlas, report);
    land(atlas, report);
    goods(atlas, report);
    world_trade(atlas, report);
}

fn world_trade(atlas: &Atlas, report: &mut CheckReport) {
    let countries = Keys::of(&atlas.countries, |row| row.code.as_str());
    let ports = Keys::of(&atlas.ports, |row| row.unlocode.as_str());
    let commodities = Keys::of(&atlas.commodities, |row| row.id.as_str());
    let vessels = Keys::of(&atlas.vessels, |row| row.id.as_str());
    let groups = Keys::of(&atlas.trade_groups, |row| row.commodity.as_str());
    for row in &atlas.countries.rows {
        for neighbour in &row.neighbours.0 {
            countries.need(row, "neighbours", neighbour.as_str(), report);
        }
    }
    for row in &atlas.country_ports.rows {
        countries.need(row, "country", row.country.as_str(), report);
        ports.need(row, "port", row.port.as_str(), report);
        if let Some(goods) = &row.commodity {
            groups.need(row, "commodity", goods.as_str(), report);
        }
    }
    for row in &atlas.trade_groups.rows {
        commodities.need(row, "commodity", row.commodity.as_str(), report);
        vessels.need(row, "vessel", row.vessel.as_str(), report);
    }
    for row in &atlas.trade_weights.rows {
        groups.need(row, "commodity", row.commodity.as_str(), report);
        countries.need(row, "country", row.country.as_str(), report);
    }
}

fn sea(atlas: &Atlas, report: &mut CheckReport) {
    let ports = Keys::of(&atlas.ports, |row| row.unlocode.as_str());
    let passages = Keys::of(&atlas.passages, |row| row.id.as_str());
    let tolls = Keys::of(&atlas.passage_tolls, |row| row.id.as_str());
    let chokepoints = Keys::of(&atlas.chokepoints, |row| row.id.as_str());
    for row in &atlas.terminals.rows {
        ports.need(row, "port", row.port.as_str(), report);
    }
    for row in &atlas.passages.rows {
        if let Some(rule) = &row.toll_rule {
            tolls.need(row, "toll_rule", rule.as_str(), report);
        }
        if let Some(chokepoint) = &row.chokepoint {
            chokepoints.need(row, "chokepoint", chokepoint.as_str(), report);
        }
    }
    // A channel has a gate too where the water beside it is wide enough to pass.
    let channels: HashSet<&str> = atlas.channels.rows.iter().map(|c| c.id.as_str()).collect();
    for row in &atlas.passage_gates.rows {
        if !channels.contains(row.passage.as_str()) {
            passages.need(row, "passage", row.passage.as_str(), report);
        }
    }
    for row in &atlas.channels.rows {
        if let Some(passage) = &row.passage {
            passages.need(row, "passage", passage.as_str(), report);
        }
        if !row.closable && (row.passage.is_some() || row.max_draught_m.is_some()) {
            report.problems.push(at(
                row,
                "closable",
                format!(
                    "`{}` cannot be closed, but has a passage or a draught limit",
                    row.id
                ),
                "empty `passage` and `max_draught_m`, or write `yes`",
            ));
        }
    }
    for row in &atlas.chokepoints.rows {
        for passage in &row.passage.0 {
            passages.need(row, "passage", passage, report);
        }
    }
}

fn ships(atlas: &Atlas, report: &mut CheckReport) {
    let ports = Keys::of(&atlas.ports, |row| row.unlocode.as_str());
    let fuels = Keys::of(&atlas.fuels, |row| row.id.as_str());
    let vessels = Keys::of(&atlas.vessels, |row| row.id.as_str());
    let services = Keys::of(&atlas.services, |row| row.id.as_str());
    for row in &atlas.vessels.rows {
        fuels.need(row, "fuel", row.fuel.as_str(), report);
    }
    for row in &atlas.services.rows {
        vessels.need(row, "vessel", row.vessel.as_str(), report);
    }
    for row in &atlas.service_calls.rows {
        services.need(row, "service", row.service.as_str(), report);
        ports.need(row, "port", row.port.as_str(), report);
    }
}

fn land(atlas: &Atlas, report: &mut CheckReport) {
    let ports = Keys::of(&atlas.ports, |row| row.unlocode.as_str());
    let places = Keys::of(&atlas.places, |row| row.id.as_str());
    let borders = Keys::of(&atlas.borders, |row| row.id.as_str());
    for row in &atlas.places.rows {
        if let Some(port) = &row.port {
            ports.need(row, "port", port.as_str(), report);
        }
        if row.kind == PlaceKind::Border {
            borders.need(row, "id", row.id.as_str(), report);
        }
    }
    for row in &atlas.links.rows {
        for (column, end) in [("from", &row.from), ("to", &row.to)] {
            if UnLocode::fits(end) {
                ports.need(row, column, end, report);
            } else {
                places.need(row, column, end, report);
            }
        }
        if row.from == row.to {
            report.problems.push(at(
                row,
                "to",
                format!("the link leads from `{}` to itself", row.from),
                "name the other end",
            ));
        }
    }
    for row in &atlas.borders.rows {
        places.need(row, "id", row.id.as_str(), report);
        let place = atlas.places.rows.iter().find(|p| p.id == row.id);
        if place.is_some_and(|p| p.kind != PlaceKind::Border) {
            report.problems.push(at(
                row,
                "id",
                format!("`{}` is not a place of kind border", row.id),
                "set its kind in places.csv to border",
            ));
        }
    }
}

fn goods(atlas: &Atlas, report: &mut CheckReport) {
    let ports = Keys::of(&atlas.ports, |row| row.unlocode.as_str());
    let commodities = Keys::of(&atlas.commodities, |row| row.id.as_str());
    for row in &atlas.handling.rows {
        if row.port != "*" {
            ports.need(row, "port", &row.port, report);
        }
    }
    let places = Keys::of(&atlas.places, |row| row.id.as_str());
    for row in &atlas.demand_places.rows {
        if row.commodity != "*" {
            commodities.need(row, "commodity", &row.commodity, report);
        }
        if UnLocode::fits(&row.place) {
            ports.need(row, "place", &row.place, report);
        } else {
            places.need(row, "place", &row.place, report);
        }
    }
    for row in &atlas.trade.rows {
        if row.commodity.as_str() != "total" {
            commodities.need(row, "commodity", row.commodity.as_str(), report);
        }
    }
}
