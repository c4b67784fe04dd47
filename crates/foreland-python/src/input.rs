//! Tables from Python: their text and number columns, whatever Arrow type they have.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef, Float64Array, StringArray};
use arrow_cast::cast;
use arrow_schema::DataType;
use foreland::{Error, ErrorCode, Problem};
use pyo3_arrow::PyTable;

/// Most rows of a table that is asked about.
const MOST_ROWS: usize = 5_000_000;

/// A table that was handed over.
pub(crate) struct Input<'a>(&'a PyTable);

impl<'a> Input<'a> {
    /// A table of bearable size.
    pub(crate) fn new(table: &'a PyTable) -> Result<Self, Error> {
        let input = Input(table);
        let rows = input.rows();
        if rows > MOST_ROWS {
            let problem = Problem::in_file(
                "table",
                format!("{rows} rows are too many"),
                format!("hand over at most {MOST_ROWS} rows at once"),
            );
            return Err(Error::Input(problem.of_kind(ErrorCode::TooBig)));
        }
        Ok(input)
    }

    /// Number of rows.
    pub(crate) fn rows(&self) -> usize {
        self.0.batches().iter().map(|batch| batch.num_rows()).sum()
    }

    /// The first of these columns that there is.
    ///
    /// # Errors
    ///
    /// A table that has none of them.
    pub(crate) fn first_of(&self, names: &[&'static str]) -> Result<&'static str, Error> {
        let found = names.iter().find(|name| self.has(name));
        found.copied().ok_or_else(|| {
            let there: Vec<String> = self.names();
            Error::Input(Problem::in_file(
                "table",
                format!("its columns are {}", there.join(", ")),
                format!("give it a column {}", names.join(" or ")),
            ))
        })
    }

    /// Whether there is a column.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names().iter().any(|other| other == name)
    }

    fn names(&self) -> Vec<String> {
        let schema = match self.0.batches().first() {
            Some(batch) => batch.schema(),
            None => return Vec::new(),
        };
        schema.fields().iter().map(|f| f.name().clone()).collect()
    }

    /// A column of text.
    ///
    /// # Errors
    ///
    /// A column that is absent or cannot be read as text.
    pub(crate) fn text(&self, name: &str) -> Result<Vec<Option<String>>, Error> {
        let mut cells = Vec::with_capacity(self.rows());
        for column in self.column(name, &DataType::Utf8)? {
            let column: &StringArray = column.as_string();
            cells.extend(column.iter().map(|cell| cell.map(str::to_owned)));
        }
        Ok(cells)
    }

    /// A column of numbers.
    ///
    /// # Errors
    ///
    /// A column that is absent or holds something other than numbers.
    pub(crate) fn numbers(&self, name: &str) -> Result<Vec<Option<f64>>, Error> {
        let mut cells = Vec::with_capacity(self.rows());
        for column in self.column(name, &DataType::Float64)? {
            let column: &Float64Array = column.as_primitive::<Float64Type>();
            cells.extend(column.iter());
        }
        Ok(cells)
    }

    fn column(&self, name: &str, wanted: &DataType) -> Result<Vec<ArrayRef>, Error> {
        let wrong = |message: String| {
            let remedy = match wanted {
                DataType::Utf8 => "give the column as text",
                _ => "give the column as numbers",
            };
            Error::Input(Problem::in_file("table", message, remedy).in_column(name))
        };
        let mut columns = Vec::new();
        for batch in self.0.batches() {
            let column = batch.column_by_name(name);
            let column = column.ok_or_else(|| wrong("there is no such column".to_owned()))?;
            columns.push(if column.data_type() == wanted {
                Arc::clone(column)
            } else {
                cast(column.as_ref(), wanted).map_err(|error| wrong(error.to_string()))?
            });
        }
        Ok(columns)
    }
}
