//! The world's trade by sea before and after: chokepoints, outcomes, dependence.

use super::map::figure;
use crate::findings::{ChokepointRange, EvidenceTable, Findings, Spread, WorldTradeFindings};
use crate::number;
use crate::report::map::{self, Land};
use crate::report::markup::{Element, el};
use crate::report::table::{Align, Table};
use crate::world_trade::{Amount, Dependence};

/// Rows of a dependence that are shown; the files hold all.
const SHOWN: usize = 15;

/// The estimate's tables, if the study asks for them.
pub(in crate::report) fn world_trade(findings: &Findings, land: &Land) -> Option<Element> {
    let trade = findings.world_trade.as_ref()?;
    let maps = map::world_trade(trade, land)
        .into_iter()
        .map(|(title, svg)| {
            let drawn = "The wider the line, the greater the value; the greatest ways only";
            figure(
                svg,
                &format!("{title} (estimate). {drawn}, of the goods that the changes concern."),
            )
        });
    let tables = tables(trade).into_iter().map(|evidence| {
        let mut table = Table::new(&evidence.title);
        for (number, head) in evidence.columns.iter().enumerate() {
            let words = number == 0 || head == "Source" || head == "Also there";
            table = table.column(head, if words { Align::Text } else { Align::Number });
        }
        for row in &evidence.rows {
            table.row(row);
        }
        table.finish()
    });
    Some(
        el("section")
            .attr("id", "world-trade")
            .attr("aria-labelledby", "world-trade-title")
            .child(
                el("h2")
                    .attr("id", "world-trade-title")
                    .text("The world’s trade by sea: an estimate"),
            )
            .child(el("p").class("lead").text(format!(
                "Every figure of this section is an {}. World of {}; the changes concern: {}.",
                trade.basis,
                trade.date,
                trade.goods.join("; ")
            )))
            .child(el("p").text(ranged(trade)))
            .children(maps.collect::<Vec<_>>())
            .children(tables)
            .child(el("ul").children(trade.remarks.iter().map(|line| el("li").text(line)))),
    )
}

/// All trade by sea with its range.
fn ranged(trade: &WorldTradeFindings) -> String {
    match trade.total_range.as_deref() {
        Some([value, mass]) => format!(
            "By sea: {} bn USD ({}) and {} Mt ({}) a year, an estimate. Ranges hold nine tenths of {} \
             samples of every parameter.",
            number::fixed(value.central, 0),
            range(value, 0),
            number::fixed(mass.central, 0),
            range(mass, 0),
            trade.samples
        ),
        _ => format!(
            "By sea: {} bn USD and {} Mt a year, an estimate; too few samples were drawn for ranges.",
            number::fixed(trade.total.value_usd / 1e9, 0),
            number::fixed(trade.total.mass_t / 1e6, 0)
        ),
    }
}

fn range(spread: &Spread, decimals: usize) -> String {
    let end = |value: f64| number::fixed(value, decimals);
    format!("{} to {}", end(spread.p5), end(spread.p95))
}

/// The same tables for every face.
pub fn tables(trade: &WorldTradeFindings) -> Vec<EvidenceTable> {
    let mut tables = Vec::new();
    if !trade.outcomes.is_empty() {
        tables.push(outcomes(trade));
    }
    tables.extend(trade.scenarios.iter().map(chokepoints));
    let conflicts = trade.scenarios.iter().filter(|s| !s.diverted.is_empty());
    tables.extend(conflicts.map(diverted));
    tables.push(totals(trade));
    tables.extend(trade.dependence.iter().map(dependence));
    tables
}

fn table(title: String, columns: &[&str], rows: Vec<Vec<String>>) -> EvidenceTable {
    EvidenceTable {
        title,
        columns: columns.iter().map(|&head| head.to_owned()).collect(),
        rows,
    }
}

fn outcomes(trade: &WorldTradeFindings) -> EvidenceTable {
    let figure = |value: f64, unit: &str| number::with_unit((value * 10.0).round() / 10.0, unit);
    let rows = trade.outcomes.iter().map(|o| {
        let observed = if o.observed_low == o.observed_high {
            figure(o.observed_low, &o.unit)
        } else {
            number::range(o.observed_low, o.observed_high, &o.unit)
        };
        vec![
            o.statement.clone(),
            observed,
            o.modelled.map(|m| figure(m, &o.unit)).unwrap_or_default(),
            o.ratio.map(|r| number::fixed(r, 2)).unwrap_or_default(),
            o.source.clone(),
        ]
    });
    table(
        "What was observed, beside the estimate".to_owned(),
        &["Outcome", "Observed", "Estimate", "Ratio", "Source"],
        rows.collect(),
    )
}

fn chokepoints(scenario: &crate::findings::TradeScenario) -> EvidenceTable {
    let change = |before: f64, after: f64| {
        if before > 0.0 {
            format!("{} %", number::fixed(100.0 * (after / before - 1.0), 1))
        } else {
            String::new()
        }
    };
    let rows = scenario.chokepoints.iter().map(|c| {
        let (a, b): (&Amount, &Amount) = (&c.before, &c.after);
        let ends = |of: fn(&ChokepointRange) -> &Spread, decimals: usize| {
            c.range
                .as_ref()
                .map(|r| range(of(r), decimals))
                .unwrap_or_default()
        };
        vec![
            c.name.clone(),
            number::fixed(a.value_usd / 1e9, 0),
            number::fixed(b.value_usd / 1e9, 0),
            number::fixed(a.mass_t / 1e6, 0),
            number::fixed(b.mass_t / 1e6, 0),
            ends(|r| &r.before_mt, 0),
            ends(|r| &r.after_mt, 0),
            change(a.mass_t, b.mass_t),
            ends(|r| &r.change_mass_pct, 1),
            number::fixed(a.teu / 1e6, 1),
            number::fixed(b.teu / 1e6, 1),
            change(a.teu, b.teu),
        ]
    });
    table(
        format!(
            "Chokepoints before and after “{}” (estimate)",
            scenario.title
        ),
        &[
            "Chokepoint",
            "bn USD before",
            "after",
            "Mt before",
            "after",
            "before, 5 to 95 %",
            "after, 5 to 95 %",
            "change",
            "%, 5 to 95 %",
            "M TEU before",
            "after",
            "change",
        ],
        rows.collect(),
    )
}

fn diverted(scenario: &crate::findings::TradeScenario) -> EvidenceTable {
    let rows = scenario.diverted.iter().map(|d| {
        let range = |s: &crate::findings::Spread| {
            format!("{} to {}", number::fixed(s.p5, 0), number::fixed(s.p95, 0))
        };
        vec![
            format!("{} → {}, {}", d.from, d.to, d.goods),
            number::fixed(d.before.value_usd / 1e6, 0),
            number::fixed(d.change_musd.central, 0),
            range(&d.change_musd),
            number::fixed(d.change_pct.central, 0),
            range(&d.change_pct),
        ]
    });
    table(
        format!(
            "Who sells less and who sells instead after “{}” (estimate)",
            scenario.title
        ),
        &[
            "Trade",
            "Before, M USD a year",
            "Change",
            "5 to 95 %",
            "Change, %",
            "5 to 95 %",
        ],
        rows.collect(),
    )
}

fn totals(trade: &WorldTradeFindings) -> EvidenceTable {
    let rows = trade.scenarios.iter().map(|s| {
        let slots = s.slots.iter().map(|slot| {
            format!(
                "{}: {} of {} ships a day, {} USD a transit",
                slot.chokepoint,
                number::fixed(slot.after_per_day, 1),
                number::fixed(slot.before_per_day, 1),
                number::fixed(slot.price_usd, 0)
            )
        });
        vec![
            s.title.clone(),
            number::fixed(s.extra_cost_usd / 1e9, 2),
            number::fixed(s.extra_time_d, 2),
            number::fixed(s.cut_off.value_usd / 1e9, 1),
            slots.collect::<Vec<_>>().join("; "),
        ]
    });
    table(
        "What the scenarios cost the world’s trade (estimate)".to_owned(),
        &[
            "Scenario",
            "Extra cost, bn USD a year",
            "Extra time, d",
            "Cut off, bn USD a year",
            "Slots",
        ],
        rows.collect(),
    )
}

fn dependence(found: &Dependence) -> EvidenceTable {
    let is_link = found.loss.is_some();
    let mut columns = vec![
        if is_link { "Country" } else { "Chokepoint" },
        "bn USD",
        "Mt",
        "of value",
        "of mass",
        "Extra cost if gone, M USD",
        "of value",
        "Cut off, bn USD",
    ];
    if !is_link {
        columns.push("Also there");
    }
    let rows = found.rows.iter().take(SHOWN).map(|row| {
        let mut cells = vec![
            row.name.clone(),
            number::fixed(row.through.value_usd / 1e9, 1),
            number::fixed(row.through.mass_t / 1e6, 1),
            number::share(row.share.value_usd),
            number::share(row.share.mass_t),
            number::fixed(row.loss.extra_cost_usd / 1e6, 0),
            number::share(row.loss.extra_cost_share),
            number::fixed(row.loss.cut_off.value_usd / 1e9, 1),
        ];
        if !is_link {
            cells.push(row.co_users.join(", "));
        }
        cells
    });
    table(
        format!(
            "Dependence: {} ({}), {} bn USD and {} Mt a year, HHI over {} {} (estimate)",
            found.name,
            found.kind,
            number::fixed(found.total.value_usd / 1e9, 1),
            number::fixed(found.total.mass_t / 1e6, 1),
            found.concentration_over,
            number::fixed(found.hhi, 3)
        ),
        &columns,
        rows.collect(),
    )
}
