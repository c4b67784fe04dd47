//! What the change changes: time, money, emissions of every flow.

use crate::findings::{Difference, DifferenceQuantity, Findings, Spread};
use crate::number;
use crate::report::chart::{Mark, RangeRow, ranges};
use crate::report::markup::{Element, el};
use crate::report::names::Names;
use crate::report::table::{Table, screen_details};

const QUANTITIES: [DifferenceQuantity; 6] = [
    DifferenceQuantity::DoorToDoorTime,
    DifferenceQuantity::TransitTime,
    DifferenceQuantity::Money,
    DifferenceQuantity::GeneralisedCost,
    DifferenceQuantity::WellToWake,
    DifferenceQuantity::TankToWake,
];

/// The differences; `None` if there are none.
pub(in crate::report) fn changes(findings: &Findings) -> Option<Element> {
    if findings.differences.is_empty() {
        return None;
    }
    let names = Names(findings);
    let flows = names.flows().into_iter().filter_map(|flow| {
        let differences: Vec<&Difference> = findings
            .differences
            .iter()
            .filter(|d| d.flow == flow)
            .collect();
        (!differences.is_empty()).then(|| one_flow(names, flow, &differences))
    });
    Some(
        el("section")
            .attr("id", "changes")
            .attr("aria-labelledby", "changes-title")
            .child(el("h2").attr("id", "changes-title").text("What changes"))
            .child(el("p").class("lead").text(
                "The best chain by generalised cost after the change, less the best one before \
                 it. Both sides of a difference share the same draw of assumptions, so the range \
                 is that of the change itself. Below zero is faster, cheaper, cleaner.",
            ))
            .children(flows),
    )
}

fn one_flow(names: Names, flow: &str, differences: &[&Difference]) -> Element {
    if differences.iter().all(|d| is_nothing(&d.change)) {
        let chain = differences.first().map_or("", |d| d.chain_after.as_str());
        return el("article")
            .class("flow")
            .child(el("h3").text(names.flow(flow)))
            .child(el("p").text(format!(
                "Nothing changes in any run: the best chain stays the same, {chain}."
            )));
    }
    let times: Vec<RangeRow> = differences
        .iter()
        .filter(|d| d.quantity == DifferenceQuantity::DoorToDoorTime)
        .map(|d| RangeRow {
            label: el("span").text(pair_title(names, d)),
            mark: Mark::Computed,
            value: Some(d.change.central),
            outer: Some((d.change.p5, d.change.p95)),
            inner: None,
            note: Some(format!(
                "shorter in {} of runs",
                number::share(d.share_lower)
            )),
        })
        .collect();
    let chart = el("figure")
        .child(el("figcaption").text("Change in door-to-door time"))
        .child(ranges(times, "d", None, true));
    el("article")
        .class("flow")
        .child(el("h3").text(names.flow(flow)))
        .child(
            el("div")
                .class("beside")
                .child(chart)
                .child(summary(names, differences)),
        )
        .child(screen_details(
            "Before, after and change of every quantity",
            [full(names, differences)],
        ))
}

/// Whether a figure is zero in every run.
fn is_nothing(change: &Spread) -> bool {
    [change.central, change.p5, change.p50, change.p95]
        .iter()
        .all(|value| *value == 0.0)
}

/// Baseline, and the scenario if there are several.
fn pair_title(names: Names, difference: &Difference) -> String {
    let baseline = names.baseline(&difference.baseline);
    if names.0.run.scenarios.len() > 1 {
        format!("{baseline}, {}", names.scenario(&difference.scenario))
    } else {
        baseline.to_owned()
    }
}

/// The changes of the main quantities, one row a baseline.
fn summary(names: Names, differences: &[&Difference]) -> Element {
    let main = [
        DifferenceQuantity::TransitTime,
        DifferenceQuantity::Money,
        DifferenceQuantity::WellToWake,
    ];
    let mut table = Table::new("Change against each baseline")
        .words(["Baseline"])
        .numbers(["Port to port", "Money", "Well-to-wake"]);
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for first in differences {
        let pair = (first.baseline.as_str(), first.scenario.as_str());
        if seen.contains(&pair) {
            continue;
        }
        seen.push(pair);
        let cells = main.iter().map(|quantity| {
            differences
                .iter()
                .find(|d| {
                    d.quantity == *quantity && (d.baseline.as_str(), d.scenario.as_str()) == pair
                })
                .map_or_else(|| el("span").text("–"), |d| stacked(&d.change))
        });
        let head = el("span").text(pair_title(names, first));
        table.rich_row(std::iter::once(head).chain(cells));
    }
    table.finish()
}

/// A figure with its range below it.
pub(in crate::report) fn stacked(spread: &Spread) -> Element {
    el("span")
        .text(number::central(spread))
        .maybe(number::spread_range(spread).map(|range| el("small").class("under").text(range)))
}

fn full(names: Names, differences: &[&Difference]) -> Element {
    let mut table = Table::new("Before, after and change")
        .words(["Quantity", "Baseline"])
        .numbers(["Before", "After", "Change", "Lower in"])
        .words(["Chain before", "Chain after"]);
    for quantity in QUANTITIES {
        for d in differences.iter().filter(|d| d.quantity == quantity) {
            table.rich_row([
                el("span").text(quantity_label(quantity)),
                el("span").text(pair_title(names, d)),
                stacked(&d.before),
                stacked(&d.after),
                stacked(&d.change),
                el("span").text(format!("{} of runs", number::share(d.share_lower))),
                el("span").text(&d.chain_before),
                el("span").text(&d.chain_after),
            ]);
        }
    }
    table.finish()
}

fn quantity_label(quantity: DifferenceQuantity) -> &'static str {
    match quantity {
        DifferenceQuantity::DoorToDoorTime => "door-to-door time",
        DifferenceQuantity::TransitTime => "time from port to port",
        DifferenceQuantity::Money => "money",
        DifferenceQuantity::GeneralisedCost => "generalised cost",
        DifferenceQuantity::WellToWake => "well-to-wake emissions",
        DifferenceQuantity::TankToWake => "tank-to-wake emissions",
    }
}
