//! The answer in two or three sentences, computed from the findings.

use crate::error::count;
use crate::findings::{ClaimFinding, Difference, DifferenceQuantity, Verdict};
use crate::number;

use super::plan::Plan;

/// Sentences that answer the study's question, the most important first: what a scenario does to
/// the first journey that it changes, how far it reaches, and what came of the claims.
pub(super) fn sentences(
    plan: &Plan<'_>,
    differences: &[Difference],
    claims: &[ClaimFinding],
) -> Vec<String> {
    let mut answer = Vec::new();
    for scenario in &plan.study.spec.scenario {
        let changes: Vec<Change> = plan
            .flows
            .iter()
            .filter_map(|flow| {
                let times = differences.iter().filter(|d| {
                    d.quantity == DifferenceQuantity::DoorToDoorTime
                        && d.flow == flow.id
                        && d.scenario == *scenario.id.get()
                });
                Change::over(&flow.title, times)
            })
            .collect();
        answer.extend(effect(&scenario.title, &changes));
        answer.extend(reach(&changes));
    }
    answer.extend(tally(claims));
    answer
}

/// By how much a journey's door-to-door time changes, over the baselines, d.
struct Change {
    journey: String,
    low: f64,
    high: f64,
}

impl Change {
    /// `None` if the journey was not compared.
    fn over<'a>(journey: &str, times: impl Iterator<Item = &'a Difference>) -> Option<Change> {
        let (low, high) = times.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), time| {
            (low.min(time.change.central), high.max(time.change.central))
        });
        (low <= high).then(|| Change {
            journey: journey.to_owned(),
            low,
            high,
        })
    }

    /// Whether it is more than the tenth of a day that is shown.
    fn is_visible(&self) -> bool {
        const SHOWN_D: f64 = 0.05;
        self.low <= -SHOWN_D || self.high >= SHOWN_D
    }

    /// `4.3 to 13.9 days less`, `1.0 day more`, `between 1.0 days less and 2.0 days more`.
    fn in_words(&self) -> String {
        let days = |low: f64, high: f64, word: &str| {
            let (low, high) = (number::fixed(low, 1), number::fixed(high, 1));
            let range = if low == high {
                low
            } else {
                format!("{low} to {high}")
            };
            format!("{range} days {word}")
        };
        if self.high <= 0.0 {
            days(-self.high, -self.low, "less")
        } else if self.low >= 0.0 {
            days(self.low, self.high, "more")
        } else {
            format!(
                "between {} and {}",
                days(-self.low, -self.low, "less"),
                days(self.high, self.high, "more")
            )
        }
    }
}

/// What a scenario does to the first journey that it changes, in the study's order.
fn effect(scenario: &str, changes: &[Change]) -> Option<String> {
    let leading = changes.iter().find(|change| change.is_visible());
    match leading {
        Some(change) => Some(format!(
            "{scenario}: {} takes {} from door to door, by the baseline it is compared with.",
            change.journey,
            change.in_words()
        )),
        None if changes.is_empty() => None,
        None => Some(format!(
            "{scenario}: no journey's best way takes more or less time than before."
        )),
    }
}

/// How many journeys change at all.
fn reach(changes: &[Change]) -> Option<String> {
    let changed = changes.iter().filter(|change| change.is_visible()).count();
    if changed == 0 || changes.len() == 1 {
        return None;
    }
    let kept: Vec<&str> = changes
        .iter()
        .filter(|change| !change.is_visible())
        .map(|change| change.journey.as_str())
        .collect();
    let all = count(changes.len(), "journey");
    Some(if kept.is_empty() {
        format!("All of the {all} studied change.")
    } else {
        format!(
            "Of the {all} studied, {changed} {} at central values; the best way stays what \
             it was for {}.",
            if changed == 1 { "changes" } else { "change" },
            kept.join("; ")
        )
    })
}

/// How many claims got which verdict.
fn tally(claims: &[ClaimFinding]) -> Option<String> {
    let verdicts = [
        (Verdict::Supported, "supported"),
        (Verdict::SupportedOnlyIf, "supported only under a condition"),
        (Verdict::NotSupported, "not supported"),
        (Verdict::NotCheckable, "not checkable from this data"),
    ];
    let parts: Vec<String> = verdicts
        .into_iter()
        .filter_map(|(verdict, words)| {
            let of = claims
                .iter()
                .filter(|claim| claim.verdict == verdict)
                .count();
            (of > 0).then(|| format!("{of} {} {words}", if of == 1 { "is" } else { "are" }))
        })
        .collect();
    let (last, others) = parts.split_last()?;
    let list = if others.is_empty() {
        last.clone()
    } else {
        format!("{} and {last}", others.join(", "))
    };
    Some(format!("Of {}, {list}.", count(claims.len(), "claim")))
}

#[cfg(test)]
mod tests {
    use super::{Change, effect, reach};

    fn change(journey: &str, low: f64, high: f64) -> Change {
        Change {
            journey: journey.to_owned(),
            low,
            high,
        }
    }

    #[test]
    fn days_are_less_more_or_both() {
        for (low, high, words) in [
            (-13.9, -4.28, "4.3 to 13.9 days less"),
            (-3.0, -3.0, "3.0 days less"),
            (0.0, 2.0, "0.0 to 2.0 days more"),
            (-1.0, 2.0, "between 1.0 days less and 2.0 days more"),
        ] {
            assert_eq!(change("x", low, high).in_words(), words);
        }
    }

    #[test]
    fn the_first_journey_that_changes_leads() {
        let changes = [change("copper", 0.0, 0.0), change("beef", -3.8, -3.8)];
        assert_eq!(
            effect("The port opens", &changes).as_deref(),
            Some(
                "The port opens: beef takes 3.8 days less from door to door, by the baseline it \
                 is compared with."
            )
        );
        assert_eq!(
            reach(&changes).as_deref(),
            Some(
                "Of the 2 journeys studied, 1 changes at central values; the best way stays what \
                 it was for copper."
            )
        );
    }

    #[test]
    fn without_any_change_the_answer_says_so() {
        let told = effect("The port opens", &[change("copper", 0.0, 0.0)]).expect("a sentence");
        assert!(told.contains("no journey's best way takes more or less time"));
        assert_eq!(reach(&[change("copper", 0.0, 0.0)]), None);
        assert_eq!(effect("The port opens", &[]), None);
    }
}
