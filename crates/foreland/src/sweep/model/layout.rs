//! The figures of a run, and what is made of them.

use super::Study;
use crate::claim::measure::{Measure, Resolved};
use crate::claim::resolve::Claim;
use crate::run::ensemble::measures;
use crate::sweep::plan::{Column, Condition, Output, OutputKind, Rule};

/// A quantity whose change is followed for each journey.
#[derive(Clone, Copy)]
pub(super) struct Change {
    name: &'static str,
    what: &'static str,
    unit: &'static str,
    /// Per unit of cargo.
    per_unit: bool,
    /// Its place among the totals of a chain.
    pub(super) total: usize,
}

/// What is followed for each journey.
pub(super) const CHANGES: [Change; 4] = [
    Change {
        name: "door_to_door_time_change_d",
        what: "door-to-door time",
        unit: "d",
        per_unit: false,
        total: 0,
    },
    Change {
        name: "money_change_usd",
        what: "money",
        unit: "USD",
        per_unit: true,
        total: 2,
    },
    Change {
        name: "generalised_cost_change_usd",
        what: "generalised cost",
        unit: "USD",
        per_unit: true,
        total: 3,
    },
    Change {
        name: "wtw_change_kg",
        what: "well-to-wake emissions",
        unit: "kg CO2e",
        per_unit: true,
        total: 5,
    },
];

/// A column with what it is of.
pub(super) struct Placed {
    pub(super) column: Column,
    kind: OutputKind,
    /// The part's number, if it is a part's figure.
    part: Option<usize>,
}

/// The columns of all sites in order.
pub(super) fn columns(study: &Study<'_>) -> Vec<Placed> {
    study
        .sites()
        .flat_map(|case| {
            let mut here = Vec::new();
            if let Some(ix) = case.filter(|&ix| study.cases[ix].after.is_some()) {
                here.extend(changes(study, ix));
            }
            here.extend(
                study
                    .parts_at(case)
                    .into_iter()
                    .filter_map(|part| figure(study, case, part)),
            );
            here
        })
        .collect()
}

/// Baseline and scenario of a case.
fn names(study: &Study<'_>, case: usize) -> (String, Option<String>) {
    let case = &study.cases[case];
    let baseline = &study.plan.worlds[case.baseline];
    let scenario = case
        .scenario
        .map(|ix| baseline.changed[ix].spec.id.get().clone());
    (baseline.spec.id.get().clone(), scenario)
}

fn changes(study: &Study<'_>, case: usize) -> Vec<Placed> {
    let (baseline, scenario) = names(study, case);
    let under = scenario.as_deref().unwrap_or_default();
    study
        .plan
        .flows
        .iter()
        .flat_map(|flow| {
            let baseline = baseline.clone();
            let scenario = scenario.clone();
            CHANGES.map(move |change| {
                let unit = match change.per_unit {
                    true => format!("{}/{}", change.unit, flow.per),
                    false => change.unit.to_owned(),
                };
                Placed {
                    column: Column {
                        name: format!("{}/{under}/{}@{baseline}", flow.id, change.name),
                        label: format!("{}: change in {}", flow.title, change.what),
                        unit,
                        baseline: Some(baseline.clone()),
                        scenario: scenario.clone(),
                    },
                    kind: OutputKind::Change,
                    part: None,
                }
            })
        })
        .collect()
}

fn figure(study: &Study<'_>, case: Option<usize>, number: usize) -> Option<Placed> {
    let measure: &dyn Measure = measures(&study.claims)[number]?;
    let part = study.parts()[number];
    let info = measure.info();
    let named = case.map(|ix| names(study, ix));
    let (baseline, scenario) = named.map_or((None, None), |(b, s)| (Some(b), s));
    let place = baseline
        .as_ref()
        .map_or_else(String::new, |baseline| format!("@{baseline}"));
    Some(Placed {
        column: Column {
            name: format!("claim/{}/{}{place}", part.id, unit_word(&info.unit)),
            label: info.description,
            unit: info.unit,
            baseline,
            scenario,
        },
        kind: OutputKind::Figure,
        part: Some(number),
    })
}

/// A unit as it stands in names: `USD/TEU` → `usd_per_teu`.
fn unit_word(unit: &str) -> String {
    match unit {
        "1" => "share".to_owned(),
        "%" => "pct".to_owned(),
        unit => unit.to_lowercase().replace('/', "_per_").replace(' ', "_"),
    }
}

/// The outputs: every column; whether each part and each claim holds.
pub(super) fn outputs(study: &Study<'_>, columns: &[Placed]) -> Vec<Output> {
    let mut outputs: Vec<Output> = columns
        .iter()
        .enumerate()
        .map(|(number, placed)| Output {
            id: placed.column.name.clone(),
            label: placed.column.label.clone(),
            unit: placed.column.unit.clone(),
            kind: placed.kind,
            rule: Rule::Column(number),
        })
        .collect();
    let mut number = 0;
    for claim in &study.claims {
        let parts = number..number + claim.parts.len();
        number = parts.end;
        outputs.extend(holds(study, claim, parts, columns));
    }
    outputs
}

/// The conditions of a part: one for each baseline, or one without a baseline.
fn conditions(
    study: &Study<'_>,
    part: usize,
    columns: &[Placed],
) -> Vec<(Option<String>, Condition)> {
    let Some(test) = &study.parts()[part].test else {
        return Vec::new();
    };
    let (at_least, at_most) = test.bounds_met();
    columns
        .iter()
        .enumerate()
        .filter(|(_, placed)| placed.part == Some(part))
        .map(|(column, placed)| {
            let condition = Condition {
                column,
                at_least,
                at_most,
            };
            (placed.column.baseline.clone(), condition)
        })
        .collect()
}

fn holds(
    study: &Study<'_>,
    claim: &Claim<'_>,
    numbers: std::ops::Range<usize>,
    columns: &[Placed],
) -> Vec<Output> {
    let share = |id: String, label: String, kind: OutputKind, rule: Rule| Output {
        id,
        label,
        unit: "1".to_owned(),
        kind,
        rule,
    };
    let mut outputs = Vec::new();
    let mut testable = Vec::new();
    for (part, number) in claim.parts.iter().zip(numbers) {
        let conditions = conditions(study, number, columns);
        if conditions.is_empty() || !matches!(part.measure, Resolved::Measure(_)) {
            continue;
        }
        let id = format!("holds/{}", part.id);
        let all = conditions.iter().map(|(_, c)| vec![*c]).collect();
        let label = part.spec.statement.clone();
        outputs.push(share(
            id.clone(),
            label.clone(),
            OutputKind::PartHolds,
            Rule::Holds(all),
        ));
        for (baseline, condition) in &conditions {
            let Some(baseline) = baseline else { continue };
            outputs.push(share(
                format!("{id}@{baseline}"),
                label.clone(),
                OutputKind::PartHoldsAgainst,
                Rule::Holds(vec![vec![*condition]]),
            ));
        }
        testable.push(conditions);
    }
    if !testable.is_empty() {
        outputs.push(share(
            format!("holds/{}", claim.spec.id.get()),
            claim.spec.title.clone(),
            OutputKind::ClaimHolds,
            Rule::Holds(together(&testable)),
        ));
    }
    outputs
}

/// For each baseline the conditions of all parts; parts that know no baseline count in each.
fn together(parts: &[Vec<(Option<String>, Condition)>]) -> Vec<Vec<Condition>> {
    let mut baselines: Vec<&Option<String>> = Vec::new();
    for (baseline, _) in parts.iter().flatten() {
        if baseline.is_some() && !baselines.contains(&baseline) {
            baselines.push(baseline);
        }
    }
    if baselines.is_empty() {
        baselines.push(&None);
    }
    baselines
        .into_iter()
        .map(|wanted| {
            let here = |baseline: &Option<String>| baseline.is_none() || baseline == wanted;
            let all = parts.iter().flatten();
            all.filter(|(baseline, _)| here(baseline))
                .map(|(_, condition)| *condition)
                .collect()
        })
        .collect()
}
