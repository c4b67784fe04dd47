//! Where the days, the money and the emissions of a chain go.

use crate::findings::{Chain, Findings, Journey, Spread, Stage, StageSplit};
use crate::report::chart::{StageRow, stage_key, stages};
use crate::report::markup::{Element, el};
use crate::report::names::Names;
use crate::report::number;
use crate::report::section::changes::stacked;
use crate::report::table::{Table, screen_details};

const HOURS_PER_DAY: f64 = 24.0;

/// The chains of every flow; `None` if there are none.
pub(in crate::report) fn days(findings: &Findings) -> Option<Element> {
    if findings.journeys.is_empty() {
        return None;
    }
    let names = Names(findings);
    let flows = names.flows().into_iter().map(|flow| one_flow(names, flow));
    Some(
        el("section")
            .attr("id", "days")
            .attr("aria-labelledby", "days-title")
            .child(el("h2").attr("id", "days-title").text("Where the days go"))
            .child(el("p").class("lead").text(
                "Door-to-door days of the best chain by generalised cost in each world, with all \
                 assumptions at their central values. The line below a bar is the range of the \
                 whole over the runs, its dot the median.",
            ))
            .child(stage_key())
            .children(flows),
    )
}

fn one_flow(names: Names, flow: &str) -> Element {
    let journeys = names.journeys(flow);
    let alike = all_alike(&journeys);
    let shown = if alike { &journeys[..1] } else { &journeys[..] };
    let head = el("article")
        .class("flow")
        .child(el("h3").text(names.flow(flow)))
        .child(
            el("figure")
                .child(el("figcaption").text(if alike {
                    "Days from door to door, by stage; the same in every world"
                } else {
                    "Days from door to door, by stage"
                }))
                .child(stages(&bars(names, shown))),
        );
    head.child(best_table(names, shown)).child(screen_details(
        "All chains; days, money and emissions by stage",
        [
            chain_table(names, &journeys),
            time_table(names, &journeys),
            cost_table(names, &journeys),
        ],
    ))
}

/// Whether every world has the same best chain with the same figures.
fn all_alike(journeys: &[&Journey]) -> bool {
    let figures = |journey: &Journey| {
        let best = journey.chains.first()?;
        let figures = [&best.time_d, &best.money_usd, &best.wtw_kg].map(Clone::clone);
        Some((best.label.clone(), figures))
    };
    journeys.len() > 1
        && journeys.windows(2).all(|pair| {
            let first = figures(pair[0]);
            first.is_some() && first == figures(pair[1])
        })
}

fn bars<'a>(names: Names, journeys: &[&'a Journey]) -> Vec<StageRow<'a>> {
    let baseline_of = |journey: &Journey| names.world(&journey.world).map(|w| &w.baseline);
    let bar = |(i, journey): (usize, &&'a Journey)| StageRow {
        label: names.world_title(&journey.world),
        changed: (journeys.len() > 1).then(|| names.is_changed(&journey.world)),
        last_of_baseline: journeys
            .get(i + 1)
            .is_none_or(|next| baseline_of(next) != baseline_of(journey)),
        chain: journey.chains.first().ok_or_else(|| {
            journey
                .no_chain
                .clone()
                .unwrap_or_else(|| "none was found".to_owned())
        }),
    };
    journeys.iter().enumerate().map(bar).collect()
}

/// A world's name with the word that tells before from after.
fn world_cell(names: Names, journey: &Journey) -> String {
    let when = if names.is_changed(&journey.world) {
        "after"
    } else {
        "before"
    };
    format!("{}, {when}", names.world_title(&journey.world))
}

/// The best chain of every world.
fn best_table(names: Names, journeys: &[&Journey]) -> Element {
    let unit = unit(journeys);
    let mut table = Table::new("The best chain of each world")
        .words(["World", "Chain"])
        .numbers([
            "Port to port (d)",
            &format!("Money (USD/{unit})"),
            &format!("Well-to-wake (kg/{unit})"),
        ]);
    for journey in journeys {
        let world = if journeys.len() == 1 {
            el("span").text("every world")
        } else {
            el("span").text(world_cell(names, journey))
        };
        match journey.chains.first() {
            Some(chain) => table.rich_row([
                world,
                chain_cell(names, chain, false),
                bare(&chain.transit_d),
                bare(&chain.money_usd),
                bare(&chain.wtw_kg),
            ]),
            None => table.rich_row([world, el("span").text("none")]),
        }
    }
    table.finish()
}

/// Every chain that was found.
fn chain_table(names: Names, journeys: &[&Journey]) -> Element {
    let unit = unit(journeys);
    let mut table = Table::new("All chains found, best first by generalised cost")
        .words(["World", "Chain"])
        .numbers([
            "Door to door (d)",
            "Port to port (d)",
            "At sea (nm)",
            "On land (km)",
        ])
        .numbers([
            &format!("Money (USD/{unit})"),
            &format!("Generalised cost (USD/{unit})"),
            &format!("Well-to-wake (kg/{unit})"),
            &format!("Tank-to-wake (kg/{unit})"),
        ]);
    for journey in journeys {
        for chain in &journey.chains {
            table.rich_row([
                el("span").text(world_cell(names, journey)),
                chain_cell(names, chain, true),
                bare(&chain.time_d),
                bare(&chain.transit_d),
                el("span").text(number::fixed(chain.sea_nm, 0)),
                el("span").text(number::fixed(chain.land_km, 0)),
                bare(&chain.money_usd),
                bare(&chain.generalised_usd),
                bare(&chain.wtw_kg),
                bare(&chain.ttw_kg),
            ]);
        }
    }
    table.finish()
}

/// A figure and its range without the unit, which stands in the column's head.
fn bare(spread: &Spread) -> Element {
    stacked(&Spread {
        unit: String::new(),
        ..spread.clone()
    })
}

/// Unit of cargo of a flow.
fn unit(journeys: &[&Journey]) -> &'static str {
    journeys
        .first()
        .map_or("TEU", |journey| journey.per.as_str())
}

/// A chain with the services and passages that it uses.
fn chain_cell(names: Names, chain: &Chain, ranked: bool) -> Element {
    let mut by: Vec<&str> = Vec::new();
    for leg in &chain.legs {
        if !leg.by.is_empty() && !by.contains(&leg.by.as_str()) {
            by.push(&leg.by);
        }
    }
    let mut parts = Vec::new();
    if !by.is_empty() {
        parts.push(format!("by {}", by.join(", ")));
    }
    if !chain.passages.is_empty() {
        parts.push(format!("through {}", names.passages(&chain.passages)));
    }
    el("span")
        .text(if ranked {
            format!("{}. {}", chain.rank, chain.label)
        } else {
            chain.label.clone()
        })
        .child(el("small").class("under").text(parts.join("; ")))
}

/// The best chain of each journey with its world's name.
fn best<'a>(names: Names, journeys: &[&'a Journey]) -> Vec<(String, &'a Chain)> {
    journeys
        .iter()
        .filter_map(|journey| Some((world_cell(names, journey), journey.chains.first()?)))
        .collect()
}

/// Hours of every stage, as days.
fn time_table(names: Names, journeys: &[&Journey]) -> Element {
    let mut table = Table::new("Days by stage (d)").words(["World"]);
    table = table.numbers(Stage::ALL.map(Stage::label)).numbers(["Sum"]);
    for (world, chain) in best(names, journeys) {
        let days = |stage| split(chain, stage).map_or(0.0, |s| s.time_h / HOURS_PER_DAY);
        let all = Stage::ALL.map(days);
        let sum: f64 = all.iter().sum();
        let cells = all.into_iter().chain([sum]).map(|d| number::fixed(d, 1));
        table.row(std::iter::once(world).chain(cells));
    }
    table.finish()
}

/// Money and emissions of every stage.
fn cost_table(names: Names, journeys: &[&Journey]) -> Element {
    let unit = unit(journeys);
    let mut table = Table::new(format!("Money and emissions by stage, per {unit}"))
        .words(["World", "Stage"])
        .numbers([
            "Carriage (USD)",
            "Handling (USD)",
            "Tolls (USD)",
            "Value of time (USD)",
            "Tank-to-wake (kg)",
            "Well-to-wake (kg)",
        ]);
    for (world, chain) in best(names, journeys) {
        for s in chain.stages.iter().filter(|s| !is_nothing(s)) {
            let cell = |value: f64| number::fixed(value, decimals(unit));
            table.row([
                world.clone(),
                s.stage.label().to_owned(),
                cell(s.carriage_usd),
                cell(s.handling_usd),
                cell(s.tolls_usd),
                cell(s.time_cost_usd),
                cell(s.ttw_kg),
                cell(s.wtw_kg),
            ]);
        }
    }
    table.finish()
}

/// Costs of a tonne are shown to the cent, of a container to the dollar; masses likewise.
fn decimals(unit: &str) -> usize {
    if unit == "t" { 2 } else { 0 }
}

fn is_nothing(s: &StageSplit) -> bool {
    [
        s.carriage_usd,
        s.handling_usd,
        s.tolls_usd,
        s.time_cost_usd,
        s.ttw_kg,
        s.wtw_kg,
    ]
    .iter()
    .all(|value| *value == 0.0)
}

fn split(chain: &Chain, stage: Stage) -> Option<&StageSplit> {
    chain.stages.iter().find(|split| split.stage == stage)
}
