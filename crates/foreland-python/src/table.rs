//! Arrow tables on their way to Python, and their cells as text.

use arrow_array::RecordBatch;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use pyo3::prelude::*;
use pyo3_arrow::PyTable;

use crate::failure;

/// A batch as a table that other libraries take without copying.
pub(crate) fn table(batch: RecordBatch) -> PyResult<PyTable> {
    let schema = batch.schema();
    PyTable::try_new(vec![batch], schema)
}

/// The cells of some rows as text, for showing a table.
#[pyfunction]
pub(crate) fn cells(
    py: Python<'_>,
    table: PyTable,
    first: usize,
    most: usize,
) -> PyResult<Vec<Vec<String>>> {
    let options = FormatOptions::default().with_null("");
    let mut rows = Vec::new();
    let mut to_skip = first;
    for batch in table.batches() {
        let columns = batch.columns().iter();
        let formatters = columns
            .map(|column| ArrayFormatter::try_new(column.as_ref(), &options))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| failure::of_encoding(py, "a table as text", &error))?;
        for row in to_skip..batch.num_rows() {
            if rows.len() == most {
                return Ok(rows);
            }
            rows.push(
                formatters
                    .iter()
                    .map(|f| f.value(row).to_string())
                    .collect(),
            );
        }
        to_skip = to_skip.saturating_sub(batch.num_rows());
    }
    Ok(rows)
}
