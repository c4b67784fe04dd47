//! A table in columns, written as CSV or as Parquet.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, StringArray, UInt64Array};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use crate::error::Error;

/// A table.
pub(super) struct Sheet {
    /// File stem.
    pub(super) name: &'static str,
    pub(super) columns: Vec<(&'static str, Cells)>,
}

/// The cells of a column.
pub(super) enum Cells {
    Text(Vec<String>),
    Number(Vec<Option<f64>>),
    Count(Vec<u64>),
    Truth(Vec<Option<bool>>),
}

impl Cells {
    fn text(&self, row: usize) -> String {
        match self {
            Cells::Text(cells) => cells[row].clone(),
            // The shortest text that reads back as the same number.
            Cells::Number(cells) => cells[row].map_or_else(String::new, |n| n.to_string()),
            Cells::Count(cells) => cells[row].to_string(),
            Cells::Truth(cells) => match cells[row] {
                Some(true) => "yes".to_owned(),
                Some(false) => "no".to_owned(),
                None => String::new(),
            },
        }
    }

    fn len(&self) -> usize {
        match self {
            Cells::Text(cells) => cells.len(),
            Cells::Number(cells) => cells.len(),
            Cells::Count(cells) => cells.len(),
            Cells::Truth(cells) => cells.len(),
        }
    }

    fn field(&self, name: &str) -> Field {
        match self {
            Cells::Text(_) => Field::new(name, DataType::Utf8, false),
            Cells::Number(_) => Field::new(name, DataType::Float64, true),
            Cells::Count(_) => Field::new(name, DataType::UInt64, false),
            Cells::Truth(_) => Field::new(name, DataType::Boolean, true),
        }
    }

    fn array(&self) -> ArrayRef {
        match self {
            Cells::Text(cells) => Arc::new(StringArray::from_iter_values(cells)),
            Cells::Number(cells) => Arc::new(Float64Array::from(cells.clone())),
            Cells::Count(cells) => Arc::new(UInt64Array::from(cells.clone())),
            Cells::Truth(cells) => Arc::new(BooleanArray::from(cells.clone())),
        }
    }
}

impl Sheet {
    fn rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, cells)| cells.len())
    }

    fn error(&self, why: impl std::fmt::Display) -> Error {
        Error::Encode {
            what: format!("table {}", self.name),
            why: why.to_string(),
        }
    }

    pub(super) fn csv(&self) -> Result<Vec<u8>, Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let names = self.columns.iter().map(|(name, _)| name);
        writer.write_record(names).map_err(|e| self.error(e))?;
        for row in 0..self.rows() {
            let texts = self.columns.iter().map(|(_, cells)| cells.text(row));
            writer.write_record(texts).map_err(|e| self.error(e))?;
        }
        writer.into_inner().map_err(|e| self.error(e))
    }

    /// The table in columns.
    pub(super) fn batch(&self) -> Result<RecordBatch, Error> {
        let fields: Vec<Field> = self
            .columns
            .iter()
            .map(|(name, cells)| cells.field(name))
            .collect();
        let arrays = self
            .columns
            .iter()
            .map(|(_, cells)| cells.array())
            .collect();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(|e| self.error(e))
    }

    pub(super) fn parquet(&self) -> Result<Vec<u8>, Error> {
        parquet(&self.batch()?, &[]).map_err(|e| self.error(e))
    }
}

/// A table as Parquet, with texts about the file as a whole.
pub(super) fn parquet(
    batch: &RecordBatch,
    about: &[(&str, String)],
) -> Result<Vec<u8>, parquet::errors::ParquetError> {
    let about = about
        .iter()
        .map(|(key, value)| KeyValue::new((*key).to_owned(), value.clone()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(about.collect()))
        .build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties))?;
    writer.write(batch)?;
    writer.into_inner()
}

/// Builds a [`Sheet`] from rows: `sheet!("name", rows, row => { "column": Kind(expression), … })`.
macro_rules! sheet {
    ($name:literal, $rows:expr, $row:ident => { $($column:literal : $kind:ident($value:expr),)+ }) => {{
        let rows: Vec<_> = $rows.collect();
        $crate::publish::sheet::Sheet {
            name: $name,
            columns: vec![$((
                $column,
                $crate::publish::sheet::Cells::$kind(
                    rows.iter().map(|$row| $value).collect(),
                ),
            ),)+],
        }
    }};
}
pub(super) use sheet;
