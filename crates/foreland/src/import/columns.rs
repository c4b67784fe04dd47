//! Rows gathered into columns, and columns written as Parquet, one batch at a time.

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder,
    TimestampMillisecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::cell::Value;
use super::layout::{Cell, Column, Layout};
use crate::error::Error;

/// Rows of a batch, which is also a row group: what is held in memory.
const BATCH_ROWS: usize = 65_536;

/// A Parquet file that rows are added to.
pub(super) struct Table<W: Write + Send> {
    schema: SchemaRef,
    cells: Vec<Cells>,
    rows: usize,
    writer: ArrowWriter<W>,
}

enum Cells {
    Text(StringBuilder),
    Whole(Int64Builder),
    Number(Float64Builder),
    Truth(BooleanBuilder),
    Day(Date32Builder),
    Instant(TimestampMillisecondBuilder),
    /// Degrees north and east: two columns of the table.
    Position(Float64Builder, Float64Builder),
}

impl<W: Write + Send> Table<W> {
    pub(super) fn new(layout: &Layout, out: W) -> Result<Self, Error> {
        let fields: Vec<Field> = layout.columns.iter().flat_map(fields).collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .build();
        let writer =
            ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties)).map_err(encode)?;
        Ok(Table {
            cells: layout.columns.iter().map(Cells::of).collect(),
            schema,
            rows: 0,
            writer,
        })
    }

    /// Adds a row with one value for each column.
    pub(super) fn push(&mut self, row: &[Value<'_>]) -> Result<(), Error> {
        for (cells, value) in self.cells.iter_mut().zip(row) {
            cells.push(value);
        }
        self.rows += 1;
        if self.rows == BATCH_ROWS {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Error> {
        let arrays: Vec<ArrayRef> = self.cells.iter_mut().flat_map(Cells::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(encode)?;
        self.writer.write(&batch).map_err(encode)?;
        self.rows = 0;
        self.writer.flush().map_err(encode)
    }

    /// Writes what is left and gives the output back.
    pub(super) fn finish(mut self) -> Result<W, Error> {
        if self.rows > 0 {
            self.flush()?;
        }
        self.writer.into_inner().map_err(encode)
    }
}

fn encode(error: impl std::fmt::Display) -> Error {
    Error::Encode {
        what: "the imported table".to_owned(),
        why: error.to_string(),
    }
}

/// What a position is split into.
const POSITION: [(&str, &str); 2] = [("latitude", "degrees north"), ("longitude", "degrees east")];
const UTC: &str = "UTC";

fn fields(column: &Column) -> Vec<Field> {
    if column.cell == Cell::Position {
        let field = |(name, unit)| with_unit(Field::new(name, DataType::Float64, true), unit);
        return POSITION.map(field).to_vec();
    }
    let data_type = match column.cell {
        Cell::Text | Cell::Digits(_) | Cell::Place => DataType::Utf8,
        Cell::Whole(..) | Cell::Country => DataType::Int64,
        Cell::Amount | Cell::Measure | Cell::Degrees(_) | Cell::Position => DataType::Float64,
        Cell::Instant => DataType::Timestamp(TimeUnit::Millisecond, Some(UTC.into())),
        Cell::Truth => DataType::Boolean,
        Cell::Day => DataType::Date32,
    };
    vec![with_unit(
        Field::new(column.name, data_type, true),
        column.unit,
    )]
}

fn with_unit(field: Field, unit: &str) -> Field {
    if unit.is_empty() {
        return field;
    }
    // One key only: the order of several would differ from run to run.
    field.with_metadata(HashMap::from([("unit".to_owned(), unit.to_owned())]))
}

impl Cells {
    fn of(column: &Column) -> Cells {
        match column.cell {
            Cell::Text | Cell::Digits(_) | Cell::Place => Cells::Text(StringBuilder::new()),
            Cell::Whole(..) | Cell::Country => Cells::Whole(Int64Builder::new()),
            Cell::Amount | Cell::Measure | Cell::Degrees(_) => Cells::Number(Float64Builder::new()),
            Cell::Truth => Cells::Truth(BooleanBuilder::new()),
            Cell::Day => Cells::Day(Date32Builder::new()),
            Cell::Instant => Cells::Instant(TimestampMillisecondBuilder::new().with_timezone(UTC)),
            Cell::Position => Cells::Position(Float64Builder::new(), Float64Builder::new()),
        }
    }

    /// Adds a value; one of another type than the column's cannot come from its cells.
    fn push(&mut self, value: &Value<'_>) {
        match (self, value) {
            (Cells::Text(cells), Value::Text(text)) => cells.append_value(text),
            (Cells::Whole(cells), Value::Whole(number)) => cells.append_value(*number),
            (Cells::Number(cells), Value::Number(number)) => cells.append_value(*number),
            (Cells::Truth(cells), Value::Truth(truth)) => cells.append_value(*truth),
            (Cells::Day(cells), Value::Day(day)) => cells.append_value(*day),
            (Cells::Instant(cells), Value::Instant(ms)) => cells.append_value(*ms),
            (Cells::Position(north, east), Value::Position(lat, lon)) => {
                north.append_value(*lat);
                east.append_value(*lon);
            }
            (Cells::Text(cells), _) => cells.append_null(),
            (Cells::Whole(cells), _) => cells.append_null(),
            (Cells::Number(cells), _) => cells.append_null(),
            (Cells::Truth(cells), _) => cells.append_null(),
            (Cells::Day(cells), _) => cells.append_null(),
            (Cells::Instant(cells), _) => cells.append_null(),
            (Cells::Position(north, east), _) => {
                north.append_null();
                east.append_null();
            }
        }
    }

    fn finish(&mut self) -> Vec<ArrayRef> {
        match self {
            Cells::Text(cells) => vec![Arc::new(cells.finish())],
            Cells::Whole(cells) => vec![Arc::new(cells.finish())],
            Cells::Number(cells) => vec![Arc::new(cells.finish())],
            Cells::Truth(cells) => vec![Arc::new(cells.finish())],
            Cells::Day(cells) => vec![Arc::new(cells.finish())],
            Cells::Instant(cells) => vec![Arc::new(cells.finish())],
            Cells::Position(north, east) => {
                vec![Arc::new(north.finish()), Arc::new(east.finish())]
            }
        }
    }
}
