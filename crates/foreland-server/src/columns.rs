//! Tables in the formats that people and programs read.

use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type, Int32Type, UInt64Type};
use arrow_array::{Array, RecordBatch};
use arrow_ipc::writer::StreamWriter;
use arrow_schema::DataType;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::format::Format;
use crate::problem::Problem;

/// Formats that every table is offered in.
pub const OFFERED: [Format; 4] = [Format::Json, Format::Csv, Format::Arrow, Format::Parquet];

/// A value as JSON.
///
/// # Errors
///
/// `internal` if it cannot be written.
pub fn json(value: &impl Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(value).map_err(|error| Problem::internal(&error))
}

/// Batches of one schema in a format of [`OFFERED`].
///
/// # Errors
///
/// `internal` if they cannot be written.
pub fn encode(batches: &[RecordBatch], format: Format) -> Result<Vec<u8>, Problem> {
    let Some(first) = batches.first() else {
        return Ok(Vec::new());
    };
    match format {
        Format::Csv => csv(batches),
        Format::Arrow => {
            let mut writer = StreamWriter::try_new(Vec::new(), first.schema_ref())
                .map_err(|error| Problem::internal(&error))?;
            for batch in batches {
                writer
                    .write(batch)
                    .map_err(|error| Problem::internal(&error))?;
            }
            writer
                .into_inner()
                .map_err(|error| Problem::internal(&error))
        }
        Format::Parquet => {
            let properties = WriterProperties::builder()
                .set_compression(Compression::ZSTD(ZstdLevel::default()))
                .build();
            let mut writer = ArrowWriter::try_new(Vec::new(), first.schema(), Some(properties))
                .map_err(|error| Problem::internal(&error))?;
            for batch in batches {
                writer
                    .write(batch)
                    .map_err(|error| Problem::internal(&error))?;
            }
            writer
                .into_inner()
                .map_err(|error| Problem::internal(&error))
        }
        _ => json(&rows(batches)),
    }
}

/// Rows as objects, one member a column.
fn rows(batches: &[RecordBatch]) -> Vec<Map<String, Value>> {
    let mut rows = Vec::new();
    for batch in batches {
        let schema = batch.schema();
        for row in 0..batch.num_rows() {
            let cells = schema.fields().iter().zip(batch.columns());
            rows.push(
                cells
                    .map(|(field, column)| (field.name().clone(), cell(column.as_ref(), row)))
                    .collect(),
            );
        }
    }
    rows
}

fn csv(batches: &[RecordBatch]) -> Result<Vec<u8>, Problem> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    if let Some(first) = batches.first() {
        let schema = first.schema();
        let names = schema.fields().iter().map(|field| field.name().as_str());
        writer
            .write_record(names)
            .map_err(|error| Problem::internal(&error))?;
    }
    for batch in batches {
        for row in 0..batch.num_rows() {
            let cells = batch
                .columns()
                .iter()
                .map(|column| text(column.as_ref(), row));
            writer
                .write_record(cells)
                .map_err(|error| Problem::internal(&error))?;
        }
    }
    writer
        .into_inner()
        .map_err(|error| Problem::internal(&error))
}

/// A cell as text; empty where there is no value.
fn text(column: &dyn Array, row: usize) -> String {
    match cell(column, row) {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        other => other.to_string(),
    }
}

/// A cell of the types that our tables have.
fn cell(column: &dyn Array, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row).into(),
        DataType::Float64 => column.as_primitive::<Float64Type>().value(row).into(),
        // The shortest text that reads back as the same number is that of the narrow type.
        DataType::Float32 => {
            let narrow = column.as_primitive::<Float32Type>().value(row);
            narrow
                .to_string()
                .parse::<f64>()
                .map_or(Value::Null, Value::from)
        }
        DataType::UInt64 => column.as_primitive::<UInt64Type>().value(row).into(),
        DataType::Int32 => column.as_primitive::<Int32Type>().value(row).into(),
        DataType::Boolean => column.as_boolean().value(row).into(),
        DataType::Dictionary(_, _) => {
            let keyed = column.as_dictionary::<Int32Type>();
            keyed
                .key(row)
                .map_or(Value::Null, |key| cell(keyed.values().as_ref(), key))
        }
        _ => Value::Null,
    }
}
