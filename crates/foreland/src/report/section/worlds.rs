//! Which worlds were compared: baselines, changes, choices made by rule.

use crate::findings::{Findings, ScenarioInfo};
use crate::number;
use crate::report::markup::{Element, el};
use crate::report::names::Names;
use crate::report::table::Table;

/// Baselines, scenarios, worlds, defaults.
pub(in crate::report) fn worlds(findings: &Findings) -> Element {
    let run = &findings.run;
    let baselines = run.baselines.iter().map(|baseline| {
        el("div")
            .child(
                el("dt")
                    .text(&baseline.title)
                    .child(el("small").text(format!(" as of {}", baseline.date))),
            )
            .child(el("dd").text(&baseline.description))
    });
    el("section")
        .attr("id", "worlds")
        .attr("aria-labelledby", "worlds-title")
        .child(
            el("h2")
                .attr("id", "worlds-title")
                .text("The worlds compared"),
        )
        .child(el("p").class("lead").text(
            "Nobody knows the one world before the change; each baseline is a plausible one. \
             Every answer is the difference between a baseline and the same baseline changed.",
        ))
        .child(el("h3").text("Baselines"))
        .child(el("dl").class("definitions").children(baselines))
        .children(run.scenarios.iter().flat_map(scenario))
        .child(world_table(findings))
        .maybe(defaults(findings))
}

fn scenario(scenario: &ScenarioInfo) -> [Element; 3] {
    let mut table = Table::new(format!("Changes of “{}”", scenario.title))
        .words(["From", "Until", "Change", "Target", "Effect"]);
    for change in &scenario.changes {
        table.row([
            change.start.to_string(),
            change
                .end
                .map_or_else(|| "stays".to_owned(), |end| end.to_string()),
            change.kind.clone(),
            change.target.clone(),
            change.effect.clone(),
        ]);
    }
    [
        el("h3").text(format!("Change: {}", scenario.title)),
        el("p").text(&scenario.description),
        table.finish(),
    ]
}

fn world_table(findings: &Findings) -> Element {
    let names = Names(findings);
    let mut table = Table::new("Worlds evaluated")
        .words(["World", "Changed by", "As of"])
        .numbers(["Liner services", "Terminals"]);
    for world in &findings.run.worlds {
        table.row([
            names.baseline(&world.baseline).to_owned(),
            world
                .scenario
                .as_deref()
                .map_or("nothing", |id| names.scenario(id))
                .to_owned(),
            world.date.to_string(),
            number::fixed(f64::from(world.services), 0),
            number::fixed(f64::from(world.terminals), 0),
        ]);
    }
    table.finish()
}

fn defaults(findings: &Findings) -> Option<Element> {
    if findings.run.defaults.is_empty() {
        return None;
    }
    let mut table = Table::new("Choices made by rule because the study does not make them")
        .words(["Choice", "Value", "Why"]);
    for chosen in &findings.run.defaults {
        table.row([&chosen.what, &chosen.value, &chosen.because]);
    }
    Some(table.finish())
}
