//! Outcomes over replications, beside what was observed.

use super::perhaps;
use crate::disruption::outcome::Outcome;
use crate::disruption::plan::Plan;
use crate::findings::{OutcomeGrade, SimulatedOutcome};

/// A figure within this share of the observed one is good enough.
const GOOD_ENOUGH: f64 = 0.15;

pub(super) fn outcome(
    plan: &Plan<'_>,
    outcome: &Outcome<'_>,
    figures: Vec<Option<f64>>,
) -> SimulatedOutcome {
    let observed = &outcome.observed;
    let reached = figures.iter().flatten().count() as f64 / figures.len().max(1) as f64;
    let modelled = perhaps(&observed.unit, figures.into_iter());
    let scenario = outcome.probe.scenario.map(|place| &plan.scenarios[place]);
    let grade = match &modelled {
        None => OutcomeGrade::NoFigure,
        Some(found) => grade(found.p50, observed.value, observed.low, observed.high),
    };
    SimulatedOutcome {
        statement: outcome.spec.statement.clone(),
        scenario: scenario.map(|scenario| scenario.spec.id.get().clone()),
        exam: outcome.is_exam(),
        fact: outcome.spec.fact.get().clone(),
        observed: observed.value,
        observed_low: observed.low,
        observed_high: observed.high,
        unit: observed.unit.clone(),
        ratio: modelled
            .as_ref()
            .filter(|_| observed.value != 0.0)
            .map(|found| found.p50 / observed.value),
        modelled,
        reached,
        grade,
        remark: outcome.spec.remark.clone(),
        source: observed.source.clone(),
    }
}

fn grade(figure: f64, observed: f64, low: f64, high: f64) -> OutcomeGrade {
    if low < high && (low..=high).contains(&figure) {
        OutcomeGrade::WithinRange
    } else if (figure - observed).abs() <= GOOD_ENOUGH * observed.abs() {
        OutcomeGrade::Within15Percent
    } else {
        OutcomeGrade::Off
    }
}

#[cfg(test)]
mod tests {
    use super::{OutcomeGrade, grade};

    #[test]
    fn a_figure_is_good_within_the_range_or_within_fifteen_percent() {
        assert_eq!(grade(410.0, 422.0, 370.0, 422.0), OutcomeGrade::WithinRange);
        assert_eq!(grade(5.5, 5.0, 5.0, 5.0), OutcomeGrade::Within15Percent);
        assert_eq!(grade(5.0, 5.0, 5.0, 5.0), OutcomeGrade::Within15Percent);
        assert_eq!(grade(6.0, 5.0, 5.0, 5.0), OutcomeGrade::Off);
        assert_eq!(
            grade(-30.0, -29.0, -29.0, -29.0),
            OutcomeGrade::Within15Percent
        );
    }
}
