//! Quantities that a study states, as parameters.

use std::sync::Arc;

use super::{Located, Quantity, QuantityOf, StudyFault, StudyText};
use crate::atlas::{Atlas, Origin, Ranged};
use crate::names::closest;
use crate::param::{Draw, Group, Param, Params};

/// Days of a mean year, for chokepoints' ships a year.
const DAYS_PER_YEAR: f64 = 365.25;

/// A parameter times a factor, plus a constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// The parameter; its identifier is that of the atlas where the study names a figure of the
    /// atlas, so that one figure used twice is drawn once.
    pub param: Arc<Param>,
    /// The factor.
    pub times: f64,
    /// The constant.
    pub plus: f64,
}

/// What a quantity stands for in a study.
pub(crate) struct Meaning<'a> {
    /// Identifier within the study.
    pub id: String,
    /// Label for people.
    pub label: String,
    /// Unit.
    pub unit: &'a str,
    /// Least that is possible.
    pub min: f64,
    /// Most that is possible.
    pub max: f64,
}

impl Value {
    /// A number that nobody doubts.
    pub(crate) fn exact(id: &str, value: f64, unit: &str) -> Value {
        Value::stated(id.to_owned(), id.to_owned(), [value; 3], unit, "the study")
    }

    /// A range that the study or a default states.
    pub(crate) fn stated(
        id: String,
        label: String,
        range: [f64; 3],
        unit: &str,
        source: &str,
    ) -> Value {
        Value {
            param: Arc::new(Param::stated(id, label, range, unit, source.to_owned())),
            times: 1.0,
            plus: 0.0,
        }
    }

    /// A parameter as it is.
    pub(crate) fn of_param(param: Param) -> Value {
        Value {
            param: Arc::new(param),
            times: 1.0,
            plus: 0.0,
        }
    }

    /// Looks a quantity up.
    pub(crate) fn resolve(
        quantity: &Located<Quantity>,
        meaning: Meaning<'_>,
        atlas: &Atlas,
        text: &StudyText,
    ) -> Result<Value, Vec<StudyFault>> {
        let fault = |message: String, remedy: String| {
            vec![text.fault(quantity.span(), message, Some(remedy))]
        };
        let mut value = match &quantity.of {
            QuantityOf::Exact(number) => Value::stated(
                meaning.id,
                meaning.label,
                [*number; 3],
                meaning.unit,
                &format!("stated in {}", text.file()),
            ),
            QuantityOf::Range(range) => {
                let [low, mid, high] = *range;
                if !(low <= mid && mid <= high) {
                    return Err(fault(
                        format!("[{low}, {mid}, {high}] is not in ascending order"),
                        "give [low, most plausible, high]".to_owned(),
                    ));
                }
                Value::stated(
                    meaning.id,
                    meaning.label,
                    *range,
                    meaning.unit,
                    &format!("stated in {}", text.file()),
                )
            }
            QuantityOf::Named(name) => named(name, atlas)
                .map_err(|remedy| fault(format!("the atlas has no figure `{name}`"), remedy))?,
        };
        value.times = quantity.times;
        let range = value.param.range;
        let (low, high) = (range.low * value.times, range.high * value.times);
        let possible = low.min(high) >= meaning.min && low.max(high) <= meaning.max;
        if !possible || !value.times.is_finite() {
            let (min, max) = (meaning.min, meaning.max);
            let expected = if max.is_finite() {
                format!("from {min} to {max}")
            } else {
                format!("of {min} or more")
            };
            let unit = if meaning.unit == "1" {
                ""
            } else {
                meaning.unit
            };
            return Err(fault(
                format!("{} is out of range", shown(low, high, meaning.unit)),
                format!("give a value {expected} {unit}")
                    .trim_end()
                    .to_owned(),
            ));
        }
        Ok(value)
    }

    /// What it is worth in a draw.
    pub(crate) fn of(&self, params: &Params, draw: &Draw) -> f64 {
        let ix = params.ix(&self.param.id);
        self.plus + self.times * ix.map_or(self.param.range.mid, |ix| draw.get(ix))
    }

    /// Its most plausible value.
    pub(crate) fn mid(&self) -> f64 {
        self.plus + self.times * self.param.range.mid
    }

    /// Low, most plausible and high.
    pub(crate) fn range(&self) -> [f64; 3] {
        let range = self.param.range;
        let mut found = [range.low, range.mid, range.high].map(|end| self.plus + self.times * end);
        if self.times < 0.0 {
            found.reverse();
        }
        found
    }

    /// One less the value: what a share leaves.
    pub(crate) fn rest_of_one(self) -> Value {
        Value {
            times: -self.times,
            plus: 1.0 - self.plus,
            ..self
        }
    }

    /// The same, drawn together with all others of a group.
    pub(crate) fn in_group(mut self, id: String) -> Value {
        if self.param.table == "study" {
            let label = self.param.label.clone();
            Arc::make_mut(&mut self.param).group = Some(Group { id, label });
        }
        self
    }
}

fn shown(low: f64, high: f64, unit: &str) -> String {
    let unit = if unit == "1" { "" } else { unit };
    let range = if low == high {
        format!("{low}")
    } else {
        format!("{low} to {high}")
    };
    format!("{range} {unit}").trim_end().to_owned()
}

/// A figure of the atlas, or what could have been meant.
fn named(name: &str, atlas: &Atlas) -> Result<Value, String> {
    let (table, rest) = name.split_once('/').unwrap_or((name, ""));
    match table {
        "fact" => fact(rest, atlas),
        "parameter" => parameter(rest, atlas),
        "chokepoint" => chokepoint(rest, atlas),
        _ => Err(
            "write `fact/subject/metric`, `parameter/id` or `chokepoint/id` (ships a day)"
                .to_owned(),
        ),
    }
}

fn near<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = closest(wanted, known, 3);
    if near.is_empty() {
        "add it to the atlas, or correct the spelling".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    }
}

fn of_atlas(id: String, label: String, range: Ranged, unit: &str, origin: &Origin) -> Value {
    Value {
        param: Arc::new(Param {
            table: id.split('/').next().unwrap_or_default().to_owned(),
            id,
            label,
            range,
            unit: unit.to_owned(),
            origin: origin.clone(),
            group: None,
        }),
        times: 1.0,
        plus: 0.0,
    }
}

fn fact(key: &str, atlas: &Atlas) -> Result<Value, String> {
    let rows = &atlas.facts.rows;
    let keys: Vec<String> = rows
        .iter()
        .map(|row| format!("{}/{}", row.subject, row.metric))
        .collect();
    let found = rows.iter().zip(&keys).find(|(_, known)| *known == key);
    let Some((row, Some(mid))) = found.map(|(row, _)| (row, row.value)) else {
        return Err(near(key, keys.iter().map(String::as_str)));
    };
    Ok(of_atlas(
        format!("facts/{key}"),
        format!("{} of {}", row.metric, row.subject).replace(['_', '-'], " "),
        Ranged {
            low: row.low.unwrap_or(mid),
            mid,
            high: row.high.unwrap_or(mid),
            stated: row.low.is_some() || row.high.is_some(),
        },
        &row.unit,
        &row.origin,
    ))
}

fn parameter(id: &str, atlas: &Atlas) -> Result<Value, String> {
    let rows = &atlas.parameters.rows;
    let found = rows.iter().find(|row| row.id.as_str() == id);
    let row = found.ok_or_else(|| near(id, rows.iter().map(|row| row.id.as_str())))?;
    Ok(of_atlas(
        format!("parameters/{id}"),
        id.replace(['_', '-'], " "),
        row.value.0,
        &row.unit,
        &row.origin,
    ))
}

fn chokepoint(id: &str, atlas: &Atlas) -> Result<Value, String> {
    let rows = &atlas.chokepoints.rows;
    let found = rows.iter().find(|row| row.id.as_str() == id);
    let per_year = found.and_then(|row| row.transits_per_year.map(|ships| (row, ships)));
    let (row, ships) = per_year.ok_or_else(|| near(id, rows.iter().map(|row| row.id.as_str())))?;
    let mid = ships / DAYS_PER_YEAR;
    Ok(of_atlas(
        format!("chokepoints/{id}/transits_per_day"),
        format!("ships a day at {}", row.name),
        Ranged {
            low: mid,
            mid,
            high: mid,
            stated: false,
        },
        "ships/day",
        &row.origin,
    ))
}
