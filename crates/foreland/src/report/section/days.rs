//! Where the days, the money and the emissions of a chain go.

use crate::findings::{Chain, Findings, Journey, Spread, Stage, StageSplit};
use crate::number;
use crate::report::chart::{StageRow, stage_key, stages};
use crate::report::markup::{Element, el};
use crate::report::names::Names;
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
    let by_best = groups(names, &journeys, |journey| {
        journey.chains.iter().take(1).collect()
    });
    let by_all = groups(names, &journeys, |journey| journey.chains.iter().collect());
    el("article")
        .class("flow")
        .child(el("h3").text(names.flow(flow)))
        .child(
            el("figure")
                .child(el("figcaption").text("Days from door to door, by stage"))
                .child(stages(&bars(&by_best))),
        )
        .child(best_table(names, &by_best))
        .child(screen_details(
            "All chains; days, money and emissions by stage",
            [
                chain_table(names, &by_all),
                time_table(&by_best),
                cost_table(&by_best),
            ],
        ))
}

/// Worlds with the same chains and figures, which one row stands for.
struct Group<'a> {
    /// Whether the change has happened; `None` if the row stands for worlds before and after it.
    changed: Option<bool>,
    /// Titles of the worlds.
    worlds: String,
    /// The first of their journeys.
    journey: &'a Journey,
}

impl Group<'_> {
    /// The worlds with the word that tells before from after.
    fn title(&self) -> String {
        match self.changed {
            Some(true) => format!("after: {}", self.worlds),
            Some(false) => format!("before: {}", self.worlds),
            None => self.worlds.clone(),
        }
    }
}

/// Journeys before the change and after it, those alike taken together.
fn groups<'a>(
    names: Names<'a>,
    journeys: &[&'a Journey],
    shown: impl Fn(&'a Journey) -> Vec<&'a Chain>,
) -> Vec<Group<'a>> {
    let alike = |a: &'a Journey, b: &'a Journey| signature(&shown(a)) == signature(&shown(b));
    if let [first, rest @ ..] = journeys
        && rest.iter().all(|journey| alike(first, journey))
    {
        return vec![Group {
            changed: None,
            worlds: "every world".to_owned(),
            journey: first,
        }];
    }
    [false, true]
        .into_iter()
        .flat_map(|changed| {
            let side: Vec<&Journey> = journeys
                .iter()
                .copied()
                .filter(|journey| names.is_changed(&journey.world) == changed)
                .collect();
            let mut parts: Vec<Vec<&Journey>> = Vec::new();
            for journey in &side {
                match parts.iter_mut().find(|part| alike(part[0], journey)) {
                    Some(part) => part.push(journey),
                    None => parts.push(vec![journey]),
                }
            }
            parts.into_iter().map(move |part| Group {
                changed: Some(changed),
                worlds: if part.len() == side.len() {
                    "every baseline".to_owned()
                } else {
                    let titles: Vec<String> = part
                        .iter()
                        .map(|journey| names.world_title(&journey.world))
                        .collect();
                    titles.join("; ")
                },
                journey: part[0],
            })
        })
        .collect()
}

/// What has to agree for chains to be shown as one.
fn signature<'a>(chains: &[&'a Chain]) -> Vec<(&'a str, [&'a Spread; 4])> {
    let figures = |chain: &'a Chain| {
        [
            &chain.time_d,
            &chain.transit_d,
            &chain.money_usd,
            &chain.wtw_kg,
        ]
    };
    chains
        .iter()
        .map(|chain| (chain.label.as_str(), figures(chain)))
        .collect()
}

fn bars<'a>(groups: &[Group<'a>]) -> Vec<StageRow<'a>> {
    let bar = |(i, group): (usize, &Group<'a>)| StageRow {
        label: group.worlds.clone(),
        changed: group.changed,
        last_of_side: groups
            .get(i + 1)
            .is_some_and(|next| next.changed != group.changed),
        chain: group
            .journey
            .chains
            .first()
            .ok_or_else(|| why_none(group.journey)),
    };
    groups.iter().enumerate().map(bar).collect()
}

fn why_none(journey: &Journey) -> String {
    let why = journey.no_chain.clone();
    why.unwrap_or_else(|| "none was found".to_owned())
}

/// The best chain of every world.
fn best_table(names: Names, groups: &[Group]) -> Element {
    let unit = unit(groups);
    let mut table = Table::new("The best chain of each world")
        .words(["World", "Chain"])
        .numbers([
            "Port to port (d)",
            &format!("Money (USD/{unit})"),
            &format!("Well-to-wake (kg CO₂e/{unit})"),
        ]);
    for group in groups {
        let world = el("span").text(group.title());
        match group.journey.chains.first() {
            Some(chain) => table.rich_row([
                world,
                chain_cell(names, chain, false),
                bare(&chain.transit_d),
                bare(&chain.money_usd),
                bare(&chain.wtw_kg),
            ]),
            None => table.rich_row([world, el("span").text(why_none(group.journey))]),
        }
    }
    table.finish()
}

/// Every chain that was found.
fn chain_table(names: Names, groups: &[Group]) -> Element {
    let unit = unit(groups);
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
            &format!("Well-to-wake (kg CO₂e/{unit})"),
            &format!("Tank-to-wake (kg CO₂e/{unit})"),
        ]);
    for group in groups {
        for chain in &group.journey.chains {
            table.rich_row([
                el("span").text(group.title()),
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
fn unit(groups: &[Group]) -> &'static str {
    groups
        .first()
        .map_or("TEU", |group| group.journey.per.as_str())
}

/// A chain with the passages that it uses.
fn chain_cell(names: Names, chain: &Chain, ranked: bool) -> Element {
    let label = if ranked {
        format!("{}. {}", chain.rank, chain.label)
    } else {
        chain.label.clone()
    };
    let through = (!chain.passages.is_empty()).then(|| {
        let passages = format!("through {}", names.passages(&chain.passages));
        el("small").class("under").text(passages)
    });
    el("span").text(label).maybe(through)
}

/// The best chain of each group with its worlds.
fn best<'a>(groups: &[Group<'a>]) -> Vec<(String, &'a Chain)> {
    groups
        .iter()
        .filter_map(|group| Some((group.title(), group.journey.chains.first()?)))
        .collect()
}

/// Hours of every stage, as days.
fn time_table(groups: &[Group]) -> Element {
    let mut table = Table::new("Days by stage (d)").words(["World"]);
    table = table.numbers(Stage::ALL.map(Stage::label)).numbers(["Sum"]);
    for (world, chain) in best(groups) {
        let days = |stage| split(chain, stage).map_or(0.0, |s| s.time_h / HOURS_PER_DAY);
        let all = Stage::ALL.map(days);
        let sum: f64 = all.iter().sum();
        let cells = all.into_iter().chain([sum]).map(|d| number::fixed(d, 1));
        table.row(std::iter::once(world).chain(cells));
    }
    table.finish()
}

/// Money and emissions of every stage.
fn cost_table(groups: &[Group]) -> Element {
    let unit = unit(groups);
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
    for (world, chain) in best(groups) {
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
