//! Every ranged value that entered, by table.

use crate::findings::{Assumption, Basis, Findings};
use crate::number;
use crate::report::markup::{Element, el};
use crate::report::table::{Table, details};

/// The assumptions; `None` if the run had none.
pub(in crate::report) fn assumptions(findings: &Findings) -> Option<Element> {
    if findings.assumptions.is_empty() {
        return None;
    }
    let all = &findings.assumptions;
    let deciding: Vec<&Assumption> = all.iter().filter(|a| decides(findings, a)).collect();
    let count = |basis: Basis| all.iter().filter(|a| a.basis == basis).count();
    let tables = table_names(all).into_iter().map(|name| {
        let rows: Vec<&Assumption> = all.iter().filter(|a| a.table == name).collect();
        details(
            format!(
                "{name} ({} {})",
                rows.len(),
                if rows.len() == 1 { "value" } else { "values" }
            ),
            [table(format!("Values of table {name}"), &rows)],
        )
    });
    Some(
        el("section")
            .attr("id", "assumptions")
            .attr("aria-labelledby", "assumptions-title")
            .child(el("h2").attr("id", "assumptions-title").text("Assumptions"))
            .child(el("p").class("lead").text(format!(
                "{} ranged values of the atlas entered this run: {} read in a named publication, \
                 {} derived from other figures, {} assumed with a stated reason. Each run draws \
                 all of them within their ranges.",
                number::fixed(all.len() as f64, 0),
                count(Basis::Sourced),
                count(Basis::Derived),
                count(Basis::Assumed),
            )))
            .maybe(
                (!deciding.is_empty())
                    .then(|| table("Those that decide a claim".to_owned(), &deciding)),
            )
            .child(el("h3").text("All, by table of the atlas"))
            .children(tables),
    )
}

/// Whether it is among those that decide some part of a claim.
fn decides(findings: &Findings, assumption: &Assumption) -> bool {
    findings
        .claims
        .iter()
        .flat_map(|claim| &claim.parts)
        .flat_map(|part| &part.tornado)
        .any(|bar| bar.assumption == assumption.id)
}

/// Names of the tables in the order of their first value.
fn table_names(all: &[Assumption]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for assumption in all {
        if !names.contains(&assumption.table.as_str()) {
            names.push(&assumption.table);
        }
    }
    names
}

fn table(caption: String, rows: &[&Assumption]) -> Element {
    let mut table = Table::new(caption)
        .words(["Assumption"])
        .numbers(["Value", "Range"])
        .words(["Basis", "Source", "As of"]);
    for a in rows {
        let note = (!a.note.is_empty()).then(|| el("small").class("under").text(&a.note));
        table.rich_row([
            el("span")
                .text(&a.label)
                .child(el("small").class("under id").text(&a.id)),
            el("span").text(number::with_unit(a.value, &a.unit)),
            el("span").text(number::range(a.low, a.high, &a.unit)),
            el("span")
                .class(format!("basis {}", a.basis.as_str()))
                .text(a.basis.as_str()),
            el("span").text(&a.source).maybe(note),
            el("span").text(&a.as_of),
        ]);
    }
    table.finish()
}
