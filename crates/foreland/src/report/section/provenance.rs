//! What the run was computed from, and what the reader should know about it.

use crate::findings::Findings;
use crate::number;
use crate::report::markup::{Element, el};
use crate::report::table::{Align, Table};

/// What was dropped, snapped or defaulted; `None` if nothing was.
pub(in crate::report) fn warnings(findings: &Findings) -> Option<Element> {
    if findings.warnings.is_empty() {
        return None;
    }
    let mut table = Table::new("Dropped, snapped or defaulted")
        .words(["Concerns", "What happened"])
        .column("Code", Align::Code);
    for warning in &findings.warnings {
        table.row([&warning.subject, &warning.text, &warning.code]);
    }
    Some(
        el("section")
            .attr("id", "warnings")
            .attr("aria-labelledby", "warnings-title")
            .child(el("h2").attr("id", "warnings-title").text("Warnings"))
            .child(table.finish()),
    )
}

/// Hashes, versions, seed, command.
pub(in crate::report) fn provenance(findings: &Findings) -> Element {
    let provenance = &findings.provenance;
    let mut inputs = Table::new("Files read")
        .words(["File", "Of"])
        .numbers(["Rows", "Size"])
        .column("BLAKE3", Align::Code);
    for input in &provenance.inputs {
        inputs.row([
            input.name.clone(),
            input.role.clone(),
            input
                .rows
                .map_or_else(String::new, |rows| number::fixed(rows as f64, 0)),
            number::join_unit(number::fixed(input.bytes as f64, 0), "B"),
            input.blake3.clone(),
        ]);
    }
    let mut software = Table::new("Software").words(["Crate", "Version"]);
    for crate_used in &provenance.software {
        software.row([&crate_used.name, &crate_used.version]);
    }
    let command = provenance.invocation.command.join(" ");
    el("section")
        .attr("id", "provenance")
        .attr("aria-labelledby", "provenance-title")
        .child(el("h2").attr("id", "provenance-title").text("Provenance"))
        .child(el("p").class("lead").text(format!(
            "Seed {}, {} replications a world. The same inputs, seed and versions give \
                     the same bytes.",
            findings.run.seed,
            number::fixed(f64::from(findings.run.replications), 0)
        )))
        .maybe(
            (!command.is_empty())
                .then(|| el("p").text("Command: ").child(el("code").text(command))),
        )
        .maybe((!inputs.is_empty()).then(|| inputs.finish()))
        .maybe((!software.is_empty()).then(|| software.finish()))
}
