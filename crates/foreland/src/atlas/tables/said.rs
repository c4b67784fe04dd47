//! Tables of what was said and measured, and the model's parameters.

use crate::atlas::cell::Id;
use crate::atlas::row::{Cells, Field, Ranged, range_of, table};
use crate::atlas::schema::{Column, ColumnType};

table! {
    /// What people and publications said about quantities that the studies test; paraphrased.
    "statements" => pub struct StatementRow {
        /// identifier of the statement
        id: Id,
        /// topic, by which studies choose
        topic: Id,
        /// who said it
        speaker: String,
        /// what it is about
        quantity: Id,
        /// the value, or the middle of a range
        value: Option<f64>,
        /// low end of what was said
        value_low: Option<f64>,
        /// high end of what was said
        value_high: Option<f64>,
        /// unit of the value
        unit: String,
        /// date or year, as published
        said_on: Option<String>,
    }
    key(row) { row.id.to_string() }
}

/// The value of a parameter with the range in the columns `low` and `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParameterValue(pub Ranged);

impl Field for ParameterValue {
    fn declare(_name: &'static str, _about: &str, out: &mut Vec<Column>) {
        for (name, optional, description) in [
            ("value", false, "most plausible value"),
            ("low", true, "low end of the plausible range"),
            ("high", true, "high end of the plausible range"),
        ] {
            out.push(Column {
                name: name.to_owned(),
                kind: ColumnType::Number,
                optional,
                description: description.to_owned(),
            });
        }
    }

    fn read(cells: &mut Cells<'_>, _name: &'static str) -> Option<Self> {
        let mid = <f64 as Field>::read(cells, "value");
        let low = <Option<f64> as Field>::read(cells, "low");
        let high = <Option<f64> as Field>::read(cells, "high");
        let ranged = range_of(cells, "value", low?, Some(mid?), high?)?;
        ranged.map(ParameterValue)
    }

    fn ranges(&self, _name: &'static str, out: &mut Vec<(&'static str, Ranged)>) {
        out.push(("value", self.0));
    }
}

table! {
    /// Parameters of the model.
    "parameters" => pub struct ParameterRow {
        /// identifier of the parameter
        id: Id,
        /// value and plausible range
        value: ParameterValue,
        /// unit of the value
        unit: String,
    }
    key(row) { row.id.to_string() }
}

table! {
    /// Other gathered figures that claims are tested against.
    "facts" => pub struct FactRow {
        /// what the figure is about
        subject: Id,
        /// which figure
        metric: Id,
        /// the value, or the middle of a range
        value: Option<f64>,
        /// low end
        low: Option<f64>,
        /// high end
        high: Option<f64>,
        /// unit of the value
        unit: String,
    }
    key(row) { format!("{}:{}", row.subject, row.metric) }
}
