//! Findings in a terminal: the answer, the claims, what changes, the chains.

use foreland::Findings;
use foreland::findings::{Difference, DifferenceQuantity, PartFinding, Spread};
use foreland::report::number;

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

fn changes(findings: &Findings) -> Option<String> {
    if findings.differences.is_empty() {
        return None;
    }
    let mut grid = Grid::new();
    grid.text("Journey").text("Baseline");
    grid.number("Door to door")
        .number("5 to 95 %")
        .number("Port to port");
    grid.number("Money").number("Well-to-wake");
    for time in of_quantity(findings, DifferenceQuantity::DoorToDoorTime) {
        let beside = |quantity| {
            of_quantity(findings, quantity)
                .find(|other| {
                    (&other.flow, &other.baseline, &other.scenario)
                        == (&time.flow, &time.baseline, &time.scenario)
                })
                .map(|other| signed(&other.change))
                .unwrap_or_default()
        };
        grid.row([
            flow(findings, &time.flow),
            baseline(findings, &time.baseline),
            signed(&time.change),
            number::spread_range(&time.change).unwrap_or_default(),
            beside(DifferenceQuantity::TransitTime),
            beside(DifferenceQuantity::Money),
            beside(DifferenceQuantity::WellToWake),
        ]);
    }
    Some(format!("What changes\n{}", grid.render()))
}

fn of_quantity(
    findings: &Findings,
    quantity: DifferenceQuantity,
) -> impl Iterator<Item = &Difference> {
    findings
        .differences
        .iter()
        .filter(move |d| d.quantity == quantity)
}

/// A change with its sign, `0` without.
fn signed(change: &Spread) -> String {
    let text = number::central(change);
    if change.central > 0.0 && text.contains(|c: char| ('1'..='9').contains(&c)) {
        format!("+{text}")
    } else {
        text
    }
}

fn chains(findings: &Findings) -> Option<String> {
    let mut grid = Grid::new();
    grid.text("Journey").text("World").text("Best chain");
    grid.number("Days")
        .number("5 to 95 %")
        .number("At sea")
        .number("On land");
    grid.number("Money").number("Well-to-wake");
    for journey in &findings.journeys {
        let head = [
            flow(findings, &journey.flow),
            world(findings, &journey.world),
        ];
        match journey.chains.first() {
            Some(chain) => grid.row(head.into_iter().chain([
                chain.label.clone(),
                number::central(&chain.time_d),
                number::spread_range(&chain.time_d).unwrap_or_default(),
                number::with_unit(chain.sea_nm.round(), "nm"),
                number::with_unit(chain.land_km.round(), "km"),
                number::central(&chain.money_usd),
                number::central(&chain.wtw_kg),
            ])),
            None => {
                let why = journey.no_chain.as_deref().unwrap_or("none was found");
                grid.row(head.into_iter().chain([format!("no chain: {why}")]));
            }
        }
    }
    (!findings.journeys.is_empty()).then(|| format!("Chains\n{}", grid.render()))
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

fn baseline(findings: &Findings, id: &str) -> String {
    let found = findings
        .run
        .baselines
        .iter()
        .find(|baseline| baseline.id == id);
    found.map_or_else(|| id.to_owned(), |baseline| baseline.title.clone())
}

fn world(findings: &Findings, id: &str) -> String {
    let Some(world) = findings.run.worlds.iter().find(|world| world.id == id) else {
        return id.to_owned();
    };
    let when = if world.scenario.is_some() {
        "after"
    } else {
        "before"
    };
    format!("{}, {when}", baseline(findings, &world.baseline))
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
