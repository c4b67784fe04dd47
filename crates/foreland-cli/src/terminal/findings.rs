//! Findings in a terminal: the answer, the claims, what changes, the chains.

use foreland::Findings;
use foreland::findings::{
    Chain, Difference, DifferenceQuantity, EvidenceTable, Journey, PartFinding, Spread,
};
use foreland::number;

use super::Grid;

/// The findings as text that ends with a line.
pub(crate) fn findings(findings: &Findings) -> String {
    let run = &findings.run;
    let mut blocks = vec![format!("{}\n{}", run.title, run.question)];
    if !run.answer.is_empty() {
        blocks.push(run.answer.join("\n"));
    }
    blocks.extend(claims(findings));
    blocks.extend(changes(findings));
    blocks.extend(chains(findings));
    blocks.extend(world_trade(findings));
    blocks.extend(simulation(findings));
    blocks.extend(footing(findings));
    blocks.join("\n\n") + "\n"
}

fn claims(findings: &Findings) -> Option<String> {
    if findings.claims.is_empty() {
        return None;
    }
    let mut grid = Grid::new();
    grid.number("#")
        .text("Claim, and its parts")
        .text("Verdict");
    grid.number("Figure").number("5 to 95 %").number("Holds in");
    for claim in &findings.claims {
        let only_part = match claim.parts.as_slice() {
            [part] => Some(part),
            _ => None,
        };
        let of_only_part = only_part.map(figures).unwrap_or_default();
        grid.row(
            [
                claim.number.to_string(),
                claim.title.clone(),
                claim.verdict.label().to_owned(),
            ]
            .into_iter()
            .chain(of_only_part),
        );
        if only_part.is_some() {
            continue;
        }
        for part in &claim.parts {
            grid.row(
                [
                    String::new(),
                    format!("  {}", part.statement),
                    part.verdict.label().to_owned(),
                ]
                .into_iter()
                .chain(figures(part)),
            );
        }
    }
    Some(format!("Claims\n{}", grid.render()))
}

/// The figure, its range and the share of runs in which the part holds.
fn figures(part: &PartFinding) -> [String; 3] {
    let figure = part.figure.as_ref();
    [
        figure.map(number::central).unwrap_or_default(),
        figure.and_then(number::spread_range).unwrap_or_default(),
        part.share_holding
            .map(|share| format!("{} of runs", number::share(share)))
            .unwrap_or_default(),
    ]
}

/// One row a journey and scenario; figures run over the baselines.
fn changes(findings: &Findings) -> Option<String> {
    let mut grid = Grid::new();
    grid.text("Journey")
        .number("Door to door")
        .number("5 to 95 %");
    grid.number("Port to port")
        .number("Money")
        .number("Well-to-wake");
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for first in &findings.differences {
        let pair = (first.flow.as_str(), first.scenario.as_str());
        if seen.contains(&pair) {
            continue;
        }
        seen.push(pair);
        let central = |quantity| {
            let all = of_quantity(findings, pair, quantity);
            over(
                all.iter().map(|change| change.central),
                all.first().copied(),
            )
        };
        let times = of_quantity(findings, pair, DifferenceQuantity::DoorToDoorTime);
        let ends = times.iter().flat_map(|change| [change.p5, change.p95]);
        grid.row([
            flow(findings, &first.flow),
            central(DifferenceQuantity::DoorToDoorTime),
            over(ends, times.first().copied()),
            central(DifferenceQuantity::TransitTime),
            central(DifferenceQuantity::Money),
            central(DifferenceQuantity::WellToWake),
        ]);
    }
    (!seen.is_empty()).then(|| {
        format!(
            "What changes, over the {} baselines\n{}",
            findings.run.baselines.len(),
            grid.render()
        )
    })
}

/// The changes of a quantity of a journey under a scenario, one a baseline.
fn of_quantity<'a>(
    findings: &'a Findings,
    (flow, scenario): (&str, &str),
    quantity: DifferenceQuantity,
) -> Vec<&'a Spread> {
    let ours = |d: &&Difference| d.quantity == quantity && d.flow == flow && d.scenario == scenario;
    findings
        .differences
        .iter()
        .filter(ours)
        .map(|d| &d.change)
        .collect()
}

/// The range of some figures in the unit of one of them.
fn over(figures: impl Iterator<Item = f64>, like: Option<&Spread>) -> String {
    let Some(like) = like else {
        return String::new();
    };
    let (low, high) = figures.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
        (low.min(v), high.max(v))
    });
    number::range(low, high, &like.unit)
}

/// One row for each best chain of a journey before and after the change.
fn chains(findings: &Findings) -> Option<String> {
    if findings.journeys.is_empty() {
        return None;
    }
    let mut grid = Grid::new();
    grid.text("Journey")
        .text("When")
        .text("Best chain")
        .number("Baselines");
    grid.number("Door to door")
        .number("At sea")
        .number("On land");
    grid.number("Money").number("Well-to-wake");
    let mut seen: Vec<&str> = Vec::new();
    for journey in &findings.journeys {
        if seen.contains(&journey.flow.as_str()) {
            continue;
        }
        seen.push(&journey.flow);
        let mut head = flow(findings, &journey.flow);
        for changed in [false, true] {
            for row in distinct(findings, &journey.flow, changed) {
                grid.row([std::mem::take(&mut head)].into_iter().chain(row));
            }
        }
    }
    Some(format!("Best chains\n{}", grid.render()))
}

/// The different best chains of a journey on one side of the change, each with the number of
/// baselines that it is best in.
fn distinct(findings: &Findings, flow: &str, changed: bool) -> Vec<Vec<String>> {
    let is_changed = |world: &str| {
        let worlds = &findings.run.worlds;
        worlds.iter().any(|w| w.id == world && w.scenario.is_some())
    };
    let journeys: Vec<&Journey> = findings
        .journeys
        .iter()
        .filter(|journey| journey.flow == flow && is_changed(&journey.world) == changed)
        .collect();
    let label = |journey: &Journey| match journey.chains.first() {
        Some(chain) => chain.label.clone(),
        None => format!(
            "none: {}",
            journey.no_chain.as_deref().unwrap_or("not found")
        ),
    };
    let mut labels: Vec<String> = Vec::new();
    for journey in &journeys {
        if !labels.contains(&label(journey)) {
            labels.push(label(journey));
        }
    }
    let when = if changed { "after" } else { "before" };
    labels
        .into_iter()
        .map(|name| {
            let alike: Vec<&Journey> = journeys
                .iter()
                .copied()
                .filter(|journey| label(journey) == name)
                .collect();
            let best: Vec<&Chain> = alike.iter().filter_map(|j| j.chains.first()).collect();
            let spread = |of: fn(&Chain) -> &Spread| {
                over(
                    best.iter().map(|c| of(c).central),
                    best.first().map(|c| of(c)),
                )
            };
            let length = |of: fn(&Chain) -> f64, unit: &str| match best.first() {
                Some(chain) => number::with_unit(of(chain).round(), unit),
                None => String::new(),
            };
            vec![
                when.to_owned(),
                name,
                format!("{} of {}", alike.len(), journeys.len()),
                spread(|chain| &chain.time_d),
                length(|chain| chain.sea_nm, "nm"),
                length(|chain| chain.land_km, "km"),
                spread(|chain| &chain.money_usd),
                spread(|chain| &chain.wtw_kg),
            ]
        })
        .collect()
}

/// The tables of the world's trade, with the sentence that they are an estimate.
fn world_trade(findings: &Findings) -> Vec<String> {
    let Some(trade) = &findings.world_trade else {
        return Vec::new();
    };
    let mut blocks = vec![format!(
        "The world's trade by sea: every figure is an {}.",
        trade.basis
    )];
    blocks.extend(
        foreland::report::world_trade_tables(trade)
            .iter()
            .map(block),
    );
    blocks
}

/// The tables of the simulation.
fn simulation(findings: &Findings) -> Vec<String> {
    let Some(simulation) = &findings.simulation else {
        return Vec::new();
    };
    let mut blocks = vec![format!(
        "Simulated from {} to {}, figures from {} on; {} replications.",
        simulation.start, simulation.until, simulation.count_from, simulation.replications
    )];
    blocks.extend(
        foreland::report::simulation_tables(simulation)
            .iter()
            .map(block),
    );
    blocks
}

/// A table under its title; the first column holds words.
fn block(table: &EvidenceTable) -> String {
    let mut grid = Grid::new();
    for (number, head) in table.columns.iter().enumerate() {
        if number == 0 {
            grid.text(head);
        } else {
            grid.number(head);
        }
    }
    for row in &table.rows {
        grid.row(row.clone());
    }
    format!("{}\n{}", table.title, grid.render())
}

/// What the figures stand on: draws, choices made by rule, warnings.
fn footing(findings: &Findings) -> Option<String> {
    let run = &findings.run;
    let mut lines = vec![format!(
        "{} replications a world, seed {}; ranges hold nine tenths of the runs.",
        number::fixed(f64::from(run.replications), 0),
        run.seed
    )];
    for chosen in &run.defaults {
        lines.push(format!(
            "{}: {} ({})",
            chosen.what, chosen.value, chosen.because
        ));
    }
    if !findings.warnings.is_empty() {
        lines.push(format!(
            "{} warnings, listed in the report.",
            findings.warnings.len()
        ));
    }
    Some(lines.join("\n"))
}

fn flow(findings: &Findings, id: &str) -> String {
    let journey = findings.journeys.iter().find(|journey| journey.flow == id);
    journey.map_or_else(
        || id.to_owned(),
        |j| {
            format!(
                "{}, {} → {}",
                j.commodity_name, j.origin.name, j.destination.name
            )
        },
    )
}

#[cfg(test)]
mod tests {
    use super::findings;

    const SAMPLE: &str = include_str!("../../../foreland/src/report/sample.json");

    #[test]
    fn findings_on_a_pipe() {
        let sample = serde_json::from_str(SAMPLE).expect("the sample holds findings");
        insta::assert_snapshot!(findings(&sample));
    }
}
