//! The page of a sweep: shares of runs under which claims hold, what scenarios change, and the
//! assumptions behind both.

use super::{Estimate, FactorIndex, OutputKind, OutputSummary, Summary};
use crate::number;
use crate::report::markup::{Element, el};
use crate::report::table::{Align, Table};

/// Assumptions named in a row.
const NAMED: usize = 3;

/// The summary of a sweep as one self-contained HTML page.
pub(super) fn html(summary: &Summary) -> String {
    crate::report::page(&summary.title, body(summary), None)
}

fn body(summary: &Summary) -> Element {
    let headline = format!(
        "{} runs over {} assumptions.",
        number::plain(summary.runs as f64),
        summary.factors.len()
    );
    let masthead = el("header")
        .class("masthead")
        .child(
            el("p")
                .class("kicker")
                .child(el("span").class("brand").text("foreland"))
                .text(format!(" sweep of study {}", summary.study)),
        )
        .child(el("h1").text(&summary.title))
        .child(el("p").class("question").text(headline));
    let methods = summary.estimators.iter().map(|text| el("p").text(text));
    let main = el("main")
        .maybe(section(
            "Claims",
            outputs(summary, |kind| {
                matches!(kind, OutputKind::ClaimHolds | OutputKind::PartHolds)
            }),
            "Share of runs under which a claim or its part holds",
        ))
        .maybe(section(
            "What changes",
            outputs(summary, |kind| kind == OutputKind::Change),
            "Mean over all runs, and what its variance comes from",
        ))
        .maybe(section(
            "Figures behind the claims",
            outputs(summary, |kind| kind == OutputKind::Figure),
            "Mean over all runs, and what its variance comes from",
        ))
        .child(
            el("section")
                .child(el("h2").text("How it was estimated"))
                .children(methods),
        );
    el("body").child(masthead).child(el("div").child(main))
}

fn outputs(summary: &Summary, wanted: impl Fn(OutputKind) -> bool) -> Vec<&OutputSummary> {
    let all = summary.outputs.iter();
    all.filter(|output| wanted(output.kind)).collect()
}

fn section(title: &str, outputs: Vec<&OutputSummary>, caption: &str) -> Option<Element> {
    if outputs.is_empty() {
        return None;
    }
    let mut table = Table::new(caption)
        .words(["What"])
        .column("Identifier", Align::Code)
        .numbers(["Mean or share", "95 % interval", "Without a figure"])
        .words(["Assumptions with the largest indices"]);
    for output in outputs {
        table.row([
            output.label.clone(),
            output.id.clone(),
            output
                .mean
                .map_or_else(|| "none".to_owned(), |mean| value(mean.value, output)),
            output
                .mean
                .map_or_else(String::new, |m| interval(m, output)),
            number::plain(output.missing as f64),
            named(&output.strongest),
        ]);
    }
    let content = el("section").child(el("h2").text(title));
    Some(content.child(table.finish()))
}

fn value(value: f64, output: &OutputSummary) -> String {
    match output.kind.is_share() {
        true => number::share(value),
        false => number::with_unit(value, &output.unit),
    }
}

fn interval(estimate: Estimate, output: &OutputSummary) -> String {
    match output.kind.is_share() {
        // A percentage without decimals would hide how narrow it is.
        true => number::range(100.0 * estimate.low, 100.0 * estimate.high, "%"),
        false => number::range(estimate.low, estimate.high, &output.unit),
    }
}

/// The strongest assumptions with their total indices, or first-order indices where the design
/// yields no others.
fn named(strongest: &[FactorIndex]) -> String {
    let texts = strongest.iter().take(NAMED).filter_map(|index| {
        let (kind, estimate) = match (index.total, index.first) {
            (Some(total), _) => ("total", total),
            (None, first) => ("first order", first?),
        };
        Some(format!("{} ({kind} {:.2})", index.factor, estimate.value))
    });
    texts.collect::<Vec<_>>().join(", ")
}
