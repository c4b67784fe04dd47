//! The simulation's answer in sentences.

use crate::findings::{RecoveryDate, SimulatedScenario, SimulationFindings};
use crate::number;

/// A sentence or two for each scenario.
pub(crate) fn sentences(simulation: &SimulationFindings) -> Vec<String> {
    simulation.scenarios.iter().map(scenario).collect()
}

fn scenario(scenario: &SimulatedScenario) -> String {
    let worst = scenario
        .stations
        .iter()
        .max_by(|a, b| a.queue_most.p50.total_cmp(&b.queue_most.p50));
    let queue = worst.map_or_else(String::new, |station| {
        format!(
            "up to {} {} wait at {} ({} to {})",
            number::fixed(station.queue_most.p50, 0),
            station.unit,
            station.title,
            number::fixed(station.queue_most.p10, 0),
            number::fixed(station.queue_most.p90, 0),
        )
    });
    let recovery = &scenario.recovery;
    let dates = match (&recovery.backlog_gone, &recovery.regular_again) {
        (Some(gone), Some(regular)) => format!(
            "the backlog is gone {}, service is regular again {}",
            after(gone),
            after(regular)
        ),
        (Some(gone), None) => format!("the backlog is gone {}", after(gone)),
        _ => "the trace is not gone in the time that is simulated".to_owned(),
    };
    format!("{}: {queue}; {dates}.", scenario.title)
}

fn after(date: &RecoveryDate) -> String {
    format!(
        "{} days after the end ({} to {})",
        number::fixed(date.after_d.p50, 1),
        number::fixed(date.after_d.p10, 1),
        number::fixed(date.after_d.p90, 1),
    )
}
