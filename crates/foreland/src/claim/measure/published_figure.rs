//! A figure of the facts table.

use super::{Measure, Resolved, Run, Setting};
use crate::atlas::FactRow;
use crate::claim::test::tidy;
use crate::findings::{EvidenceTable, MeasureInfo};
use crate::study::{PublishedFigureSpec, StudyFault};

struct PublishedFigure {
    subject: String,
    metric: String,
    facts: Vec<FactRow>,
}

pub(super) fn resolve(
    spec: &PublishedFigureSpec,
    setting: &Setting<'_>,
) -> Result<Resolved, Vec<StudyFault>> {
    let rows = &setting.atlas.facts.rows;
    let of_subject = || {
        rows.iter()
            .filter(|row| row.subject.as_str() == spec.subject.get())
    };
    if of_subject().next().is_none() {
        let names = rows.iter().map(|row| row.subject.as_str());
        return Err(vec![setting.unknown(
            &spec.subject,
            "subject in facts.csv",
            names,
        )]);
    }
    let facts: Vec<FactRow> = of_subject()
        .filter(|row| row.metric.as_str() == spec.metric.get())
        .cloned()
        .collect();
    let Some(first) = facts.first() else {
        let names = of_subject().map(|row| row.metric.as_str());
        return Err(vec![setting.unknown(
            &spec.metric,
            "such metric in facts.csv:",
            names,
        )]);
    };
    if let Some(other) = facts.iter().find(|fact| fact.unit != first.unit) {
        return Err(vec![setting.fault(
            &spec.metric,
            format!("facts.csv gives it in {} and in {}", first.unit, other.unit),
            "bring the rows to one unit",
        )]);
    }
    Resolved::of(PublishedFigure {
        subject: spec.subject.get().clone(),
        metric: spec.metric.get().clone(),
        facts,
    })
}

/// The ends and the middle of a published figure.
fn range(fact: &FactRow) -> (f64, f64, f64) {
    let any = fact.value.or(fact.low).or(fact.high).unwrap_or(0.0);
    (
        fact.low.unwrap_or(any),
        fact.value.unwrap_or(any),
        fact.high.unwrap_or(any),
    )
}

impl Measure for PublishedFigure {
    fn info(&self) -> MeasureInfo {
        MeasureInfo {
            kind: "published_figure".to_owned(),
            description: format!(
                "{} of {} as published",
                self.metric.replace('_', " "),
                self.subject
            ),
            unit: self
                .facts
                .first()
                .map_or_else(String::new, |fact| fact.unit.clone()),
        }
    }

    /// The lower, the middle and the upper figure of each row.
    fn readings(&self) -> Vec<String> {
        let ends = ["lowest published", "most quoted", "highest published"];
        self.facts
            .iter()
            .flat_map(|fact| ends.map(|end| format!("{end} ({})", fact.origin.source)))
            .collect()
    }

    fn central_place(&self) -> f64 {
        0.5
    }

    fn figure(&self, run: &Run<'_>) -> Option<f64> {
        let reading = run.reading(3 * self.facts.len());
        let (low, value, high) = range(self.facts.get(reading / 3)?);
        Some([low, value, high][reading % 3])
    }

    fn evidence(&self, _run: &Run<'_>) -> Vec<EvidenceTable> {
        let rows = self
            .facts
            .iter()
            .map(|fact| {
                let (low, value, high) = range(fact);
                vec![
                    tidy(low),
                    tidy(value),
                    tidy(high),
                    fact.unit.clone(),
                    fact.origin.as_of.clone(),
                    fact.origin.source.clone(),
                ]
            })
            .collect();
        vec![EvidenceTable {
            title: "Published figures".to_owned(),
            columns: ["low", "value", "high", "unit", "as of", "source"]
                .map(str::to_owned)
                .to_vec(),
            rows,
        }]
    }
}
