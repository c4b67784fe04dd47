//! The tables of a simulation, for every face.

use crate::findings::{
    EvidenceTable, FlowFinding, FlowLoss, Percentiles, RecoveryDate, SimulatedOutcome,
    SimulatedScenario, SimulationFindings, StationFinding,
};
use crate::number;

/// All tables, the most important first.
pub fn tables(simulation: &SimulationFindings) -> Vec<EvidenceTable> {
    let mut tables = Vec::new();
    if !simulation.outcomes.is_empty() {
        tables.push(outcomes(&simulation.outcomes));
    }
    for scenario in &simulation.scenarios {
        tables.push(stations(scenario, &simulation.stations));
        tables.push(flows(scenario, &simulation.flows));
        tables.push(recovery(scenario));
        tables.push(losses(
            format!("What is lost: {}", scenario.title),
            &scenario.losses,
        ));
    }
    for scenario in &simulation.scenarios {
        if let (Some(beside), Some(first)) = (&scenario.beside_first, simulation.scenarios.first())
        {
            let title = format!(
                "{}, against “{}” on the same luck: below zero is less",
                scenario.title, first.title
            );
            tables.push(losses(title, std::slice::from_ref(beside)));
        }
    }
    for recurrence in &simulation.recurrences {
        let title = format!(
            "A year of {}: {} times (mean; {} to {})",
            recurrence.title,
            number::plain(recurrence.number.mean),
            number::plain(recurrence.number.p10),
            number::plain(recurrence.number.p90)
        );
        tables.push(losses(title, std::slice::from_ref(&recurrence.loss)));
    }
    tables
}

fn table(title: String, columns: &[&str], rows: Vec<Vec<String>>) -> EvidenceTable {
    EvidenceTable {
        title,
        columns: columns.iter().map(|&head| head.to_owned()).collect(),
        rows,
    }
}

/// `12.4 (10.1 to 15.0)`: median, and the range from P10 to P90.
fn shown(found: &Percentiles, scale: f64) -> String {
    let values = [found.p50, found.p10, found.p90].map(|value| value / scale);
    let largest = values
        .iter()
        .fold(0.0_f64, |most, value| most.max(value.abs()));
    let decimals = match largest {
        most if most >= 100.0 => 0,
        most if most >= 10.0 => 1,
        most if most >= 1.0 => 2,
        0.0 => 0,
        _ => 3,
    };
    let [middle, low, high] = values.map(|value| number::fixed(value, decimals));
    if low == high {
        middle
    } else {
        format!("{middle} ({low} to {high})")
    }
}

fn perhaps(found: Option<&Percentiles>, scale: f64) -> String {
    found.map_or_else(String::new, |found| shown(found, scale))
}

fn outcomes(outcomes: &[SimulatedOutcome]) -> EvidenceTable {
    let rows = outcomes.iter().map(|outcome| {
        let observed = if outcome.observed_low < outcome.observed_high {
            format!(
                "{} ({} to {})",
                number::plain(outcome.observed),
                number::plain(outcome.observed_low),
                number::plain(outcome.observed_high)
            )
        } else {
            number::plain(outcome.observed)
        };
        vec![
            outcome.statement.clone(),
            outcome.unit.clone(),
            observed,
            perhaps(outcome.modelled.as_ref(), 1.0),
            outcome
                .ratio
                .map(|ratio| number::fixed(ratio, 2))
                .unwrap_or_default(),
            if outcome.exam {
                outcome.grade.label().to_owned()
            } else {
                format!("{} (shown, no exam)", outcome.grade.label())
            },
            outcome.remark.clone().unwrap_or_default(),
            outcome.source.clone(),
        ]
    });
    table(
        "What was observed, beside the simulation (median, P10 to P90)".to_owned(),
        &[
            "Outcome", "Unit", "Observed", "Modelled", "Ratio", "Grade", "Remark", "Source",
        ],
        rows.collect(),
    )
}

fn stations(scenario: &SimulatedScenario, calm: &[StationFinding]) -> EvidenceTable {
    let rows = scenario.stations.iter().zip(calm).map(|(with, without)| {
        vec![
            with.title.clone(),
            without
                .load
                .map(|load| number::fixed(load, 2))
                .unwrap_or_default(),
            shown(&without.queue_most, 1.0),
            shown(&with.queue_most, 1.0),
            perhaps(without.wait_h.as_ref(), 24.0),
            perhaps(with.wait_h.as_ref(), 24.0),
            perhaps(with.wait_longest_h.as_ref(), 24.0),
            shown(&without.per_day, 1.0),
            shown(&with.per_day, 1.0),
        ]
    });
    table(
        format!("Stations: {} (median, P10 to P90)", scenario.title),
        &[
            "Station",
            "Load ρ",
            "Most waiting, undisturbed",
            "Most waiting",
            "Mean wait undisturbed, d",
            "Mean wait, d",
            "Longest wait, d",
            "Through a day, undisturbed",
            "Through a day",
        ],
        rows.collect(),
    )
}

fn flows(scenario: &SimulatedScenario, calm: &[FlowFinding]) -> EvidenceTable {
    let rows = scenario.flows.iter().zip(calm).map(|(with, without)| {
        vec![
            format!("{} ({})", with.title, with.unit),
            shown(&with.came, 1.0),
            shown(&with.finished, 1.0),
            shown(&with.rerouted, 1.0),
            shown(&with.diverted, 1.0),
            shown(&with.rebooked, 1.0),
            shown(&with.lightened, 1.0),
            shown(&with.held, 1.0),
            shown(&with.gave_up, 1.0),
            perhaps(without.wait_h.as_ref(), 24.0),
            perhaps(with.wait_h.as_ref(), 24.0),
        ]
    });
    table(
        format!("Flows: {} (median, P10 to P90)", scenario.title),
        &[
            "Flow",
            "Came",
            "Came through",
            "Another way",
            "Another station",
            "Another slot",
            "With less cargo",
            "Held back",
            "Gave up",
            "Mean wait undisturbed, d",
            "Mean wait, d",
        ],
        rows.collect(),
    )
}

fn recovery(scenario: &SimulatedScenario) -> EvidenceTable {
    let recovery = &scenario.recovery;
    let row = |what: String, date: Option<&RecoveryDate>| match date {
        None => vec![what, "not in the time that is simulated".to_owned()],
        Some(date) => vec![
            what,
            shown(&date.after_d, 1.0),
            day(&date.p10),
            day(&date.p50),
            day(&date.p90),
            number::share(date.reached),
        ],
    };
    let mut rows = vec![
        row("End of the disruption".to_owned(), recovery.end.as_ref()),
        row("Backlog gone".to_owned(), recovery.backlog_gone.as_ref()),
    ];
    if recovery.by_station.len() > 1 {
        rows.extend(recovery.by_station.iter().map(|station| {
            row(
                format!("Backlog gone at {}", station.station),
                station.backlog_gone.as_ref(),
            )
        }));
    }
    rows.push(row(
        format!(
            "Service regular again (nobody later than {} h)",
            number::plain(recovery.regular_within_h)
        ),
        recovery.regular_again.as_ref(),
    ));
    for row in &mut rows {
        row.resize(6, String::new());
    }
    table(
        format!("When the trace is gone: {}", scenario.title),
        &[
            "Date",
            "Days after the end",
            "P10",
            "P50",
            "P90",
            "Reached in",
        ],
        rows,
    )
}

/// `2021-04-03 14:00`.
fn day(moment: &str) -> String {
    moment.replace('T', " ").chars().take(16).collect()
}

fn losses(title: String, losses: &[FlowLoss]) -> EvidenceTable {
    let rows = losses.iter().flat_map(|loss| {
        let row = |what: &str, found: &Percentiles, scale: f64, unit: &str| {
            vec![
                loss.flow.clone(),
                what.to_owned(),
                unit.to_owned(),
                shown(found, scale),
                number::plain(found.mean / scale),
            ]
        };
        let mut rows = Vec::new();
        let counted = loss.delayed.iter().chain(&loss.delay_d);
        for (found, what) in counted.zip(["Delayed", "Delay"]) {
            rows.push(row(what, found, 1.0, &found.unit));
        }
        rows.extend([
            row("Mass delayed", &loss.delayed_t, 1.0, "t"),
            row("Boxes delayed", &loss.delayed_teu, 1.0, "TEU"),
            row("Delay times mass", &loss.delay_t_d, 1.0, "t × d"),
            row("Value delayed", &loss.value_delayed_usd, 1e6, "M USD"),
            row("Value lost", &loss.value_lost_usd, 1e6, "M USD"),
        ]);
        for cost in &loss.extra_cost_usd {
            let what = format!("Extra cost, {}", cost.payer);
            rows.push(row(&what, &cost.usd, 1e6, "M USD"));
        }
        rows.push(row("Extra emissions", &loss.extra_wtw_t, 1.0, "t CO2e"));
        let has_figure = |row: &Vec<String>| row[3] != "0";
        rows.into_iter().filter(has_figure).collect::<Vec<_>>()
    });
    table(
        format!("{title} (kinds of loss are not added up)"),
        &["Flow", "Loss", "Unit", "Median (P10 to P90)", "Mean"],
        rows.collect(),
    )
}
