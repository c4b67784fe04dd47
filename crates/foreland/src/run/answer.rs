//! The answer in sentences, computed from the findings.

use crate::claim::test::tidy;
use crate::error::count;
use crate::findings::{ClaimFinding, Difference, DifferenceQuantity, Verdict};

use super::plan::Plan;

/// Sentences that answer the study's question.
pub(super) fn sentences(
    plan: &Plan<'_>,
    differences: &[Difference],
    claims: &[ClaimFinding],
) -> Vec<String> {
    let mut answer = Vec::new();
    for scenario in &plan.study.spec.scenario {
        for flow in &plan.flows {
            let of = |quantity: DifferenceQuantity| -> Vec<&Difference> {
                differences
                    .iter()
                    .filter(|d| {
                        d.quantity == quantity
                            && d.flow == flow.id
                            && d.scenario == *scenario.id.get()
                    })
                    .collect()
            };
            let times = of(DifferenceQuantity::DoorToDoorTime);
            let money = of(DifferenceQuantity::GeneralisedCost);
            let Some(time) = range(times.iter().map(|d| d.change.central)) else {
                continue;
            };
            let cost = range(money.iter().map(|d| d.change.central)).unwrap_or((0.0, 0.0));
            answer.push(format!(
                "{}: `{}` changes the time from door to door by {} d and the generalised cost by \
                 {} USD/{}, by baseline.",
                flow.title,
                scenario.id.get(),
                between(time),
                between(cost),
                flow.per
            ));
        }
    }
    if let Some(tally) = tally(claims) {
        answer.insert(0, tally);
    }
    answer
}

fn range(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    values.fold(None, |range, value| {
        let (low, high) = range.unwrap_or((value, value));
        Some((low.min(value), high.max(value)))
    })
}

fn between((low, high): (f64, f64)) -> String {
    let (low, high) = (signed(low), signed(high));
    if low == high {
        low
    } else {
        format!("{low} to {high}")
    }
}

fn signed(value: f64) -> String {
    let text = tidy(value);
    match text.as_str() {
        "0" | "-0" => "0".to_owned(),
        _ if value > 0.0 => format!("+{text}"),
        _ => text.replace('-', "−"),
    }
}

fn tally(claims: &[ClaimFinding]) -> Option<String> {
    if claims.is_empty() {
        return None;
    }
    let of = |verdict: Verdict| claims.iter().filter(|c| c.verdict == verdict).count();
    let parts: Vec<String> = [
        Verdict::Supported,
        Verdict::SupportedOnlyIf,
        Verdict::NotSupported,
        Verdict::NotCheckable,
    ]
    .into_iter()
    .filter(|&verdict| of(verdict) > 0)
    .map(|verdict| {
        let label = match verdict {
            Verdict::SupportedOnlyIf => "supported only under a condition",
            other => other.label(),
        };
        format!("{} {label}", of(verdict))
    })
    .collect();
    Some(format!(
        "Of {}: {}.",
        count(claims.len(), "claim"),
        parts.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn changes_carry_their_sign() {
        assert_eq!(between((-3.25, 1.0)), "−3.25 to +1");
        assert_eq!(between((0.0, 0.0)), "0");
        assert_eq!(between((-12.0, -12.0)), "−12");
    }
}
