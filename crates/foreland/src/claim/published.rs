//! What others published about the same quantity.

use super::measure::Setting;
use crate::atlas::StatementRow;
use crate::findings::{Published, Spread};
use crate::names::closest;
use crate::study::{Located, PublishedSpec, StudyFault};

/// A published figure, and whether it is about the same quantity as ours.
pub(crate) struct Quoted {
    row: StatementRow,
    same: bool,
}

pub(crate) fn resolve(
    spec: Option<&PublishedSpec>,
    setting: &Setting<'_>,
) -> Result<Vec<Quoted>, Vec<StudyFault>> {
    let Some(spec) = spec else {
        return Ok(Vec::new());
    };
    let rows = &setting.atlas.statements.rows;
    let of_topic: Vec<&StatementRow> = rows
        .iter()
        .filter(|row| row.topic.as_str() == spec.topic.get())
        .collect();
    let unknown = |place: &Located<String>, what: &str, names: Vec<&str>| {
        let near = closest(place.get(), names.into_iter(), 3);
        setting.text.fault(
            place.span(),
            format!("statements.csv has no {what} `{}`", place.get()),
            (!near.is_empty()).then(|| format!("did you mean {}?", near.join(", "))),
        )
    };
    if of_topic.is_empty() {
        let topics = rows.iter().map(|row| row.topic.as_str()).collect();
        return Err(vec![unknown(&spec.topic, "topic", topics)]);
    }
    let mut faults = Vec::new();
    let mut quoted = Vec::new();
    for (quantity, same) in spec
        .same
        .iter()
        .map(|q| (q, true))
        .chain(spec.related.iter().map(|q| (q, false)))
    {
        let before = quoted.len();
        quoted.extend(
            of_topic
                .iter()
                .filter(|row| row.quantity.as_str() == quantity.get())
                .map(|row| Quoted {
                    row: (*row).clone(),
                    same,
                }),
        );
        if quoted.len() == before {
            let names = of_topic.iter().map(|row| row.quantity.as_str()).collect();
            faults.push(unknown(quantity, "quantity of this topic", names));
        }
    }
    if faults.is_empty() {
        Ok(quoted)
    } else {
        Err(faults)
    }
}

/// The published figures beside ours. One agrees if it overlaps our P5–P95.
pub(crate) fn beside(quoted: &[Quoted], figure: Option<&Spread>) -> Vec<Published> {
    quoted
        .iter()
        .map(|quoted| {
            let row = &quoted.row;
            let any = row
                .value
                .or(row.value_low)
                .or(row.value_high)
                .unwrap_or(0.0);
            let (low, high) = (row.value_low.unwrap_or(any), row.value_high.unwrap_or(any));
            let overlaps = |ours: &Spread| low <= ours.p95 && ours.p5 <= high;
            Published {
                speaker: row.speaker.clone(),
                quantity: row.quantity.as_str().replace('_', " "),
                low: low.min(high),
                value: row.value.unwrap_or((low + high) / 2.0),
                high: high.max(low),
                unit: row.unit.clone(),
                date: row.said_on.clone().unwrap_or_default(),
                source: row.origin.source.clone(),
                agrees: figure.filter(|_| quoted.same).map(overlaps),
            }
        })
        .collect()
}
