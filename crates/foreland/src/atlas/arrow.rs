//! Tables of the atlas as Arrow, with the types of their columns.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};

use super::{Atlas, Column, ColumnType, TableSchema};
use crate::error::{Error, ErrorCode, Problem};
use crate::names;

impl Atlas {
    /// A table by its name, such as `vessels`: numbers as numbers, `yes` and `no` as truth, all
    /// else as text, unknown as null. Each field carries the column's meaning and unit.
    ///
    /// # Errors
    ///
    /// A name that no table has; a file that changed since the atlas was read.
    pub fn record_batch(&self, name: &str) -> Result<RecordBatch, Error> {
        let tables = Atlas::schema();
        let names = tables.iter().map(|table| table.name);
        let table = tables.iter().find(|table| table.name == name);
        let table = table.ok_or_else(|| {
            let problem = Problem::in_file(
                "table",
                format!("the atlas has no table `{name}`"),
                names::remedy(name, names.clone()),
            );
            Error::Input(problem.of_kind(ErrorCode::NotFound))
        })?;
        let path = self.dir.join(format!("{name}.csv"));
        let bytes = std::fs::read(&path).map_err(|cause| Error::Io {
            action: "read",
            path,
            cause,
        })?;
        batch(table, &bytes).map_err(|why| Error::Encode {
            what: format!("the table {name}"),
            why,
        })
    }
}

fn batch(table: &TableSchema, bytes: &[u8]) -> Result<RecordBatch, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(bytes)
        .records()
        .collect::<Result<_, _>>()
        .map_err(|error| error.to_string())?;
    let fields: Vec<Field> = table.columns.iter().map(field).collect();
    let columns = table.columns.iter().enumerate();
    let arrays = columns.map(|(at, column)| array(column.kind, &rows, at));
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays.collect())
        .map_err(|error| error.to_string())
}

fn field(column: &Column) -> Field {
    let mut about = vec![("description".to_owned(), column.description.clone())];
    if let Some(rule) = column.unit() {
        about.push(("unit".to_owned(), rule.unit.to_owned()));
    }
    let kind = match column.kind {
        ColumnType::Number => DataType::Float64,
        ColumnType::Integer => DataType::Int64,
        ColumnType::YesNo => DataType::Boolean,
        _ => DataType::Utf8,
    };
    Field::new(&column.name, kind, true).with_metadata(about.into_iter().collect())
}

fn array(kind: ColumnType, rows: &[csv::StringRecord], at: usize) -> ArrayRef {
    let cells = rows
        .iter()
        .map(|row| row.get(at).map(str::trim).filter(|cell| !cell.is_empty()));
    match kind {
        ColumnType::Number => Arc::new(cells.map(|c| c?.parse().ok()).collect::<Float64Array>()),
        ColumnType::Integer => Arc::new(cells.map(|c| c?.parse().ok()).collect::<Int64Array>()),
        ColumnType::YesNo => Arc::new(cells.map(|c| Some(c? == "yes")).collect::<BooleanArray>()),
        _ => Arc::new(cells.collect::<StringArray>()),
    }
}
