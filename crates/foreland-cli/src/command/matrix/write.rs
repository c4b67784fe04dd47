//! A matrix as a long table: from, to, distance_nm.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow_array::types::Int32Type;
use arrow_array::{DictionaryArray, Float32Array, Int32Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use sealane::Matrix;

use crate::failure::Failure;
use crate::interrupt;

/// Rows of the matrix that are written at once.
const CHUNK: usize = 64;

/// What kind of file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    Parquet,
}

impl Format {
    /// By the ending of the file's name.
    ///
    /// # Errors
    ///
    /// Wrong input for any other ending.
    pub(super) fn of(path: &Path) -> Result<Format, Failure> {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("csv") => Ok(Format::Csv),
            Some("parquet") => Ok(Format::Parquet),
            _ => Err(Failure::argument(
                "--out",
                format!("`{}` ends neither in .parquet nor in .csv", path.display()),
                "choose one of the two endings",
            )),
        }
    }
}

/// Writes all pairs, row by row of the matrix; tells how many rows are done.
///
/// # Errors
///
/// [`Failure::Output`] if writing fails; [`Failure::Stopped`] if asked to stop.
pub(super) fn write(
    format: Format,
    codes: &[&str],
    matrix: &Matrix,
    out: &mut dyn Write,
    done: &dyn Fn(u64),
) -> Result<(), Failure> {
    match format {
        Format::Csv => csv(codes, matrix, out, done),
        Format::Parquet => parquet(codes, matrix, out, done),
    }
}

fn csv(
    codes: &[&str],
    matrix: &Matrix,
    out: &mut dyn Write,
    done: &dyn Fn(u64),
) -> Result<(), Failure> {
    writeln!(out, "from,to,distance_nm")?;
    for (i, (from, row)) in codes
        .iter()
        .zip(matrix.nm.chunks(matrix.columns))
        .enumerate()
    {
        interrupt::check()?;
        for (to, nm) in codes.iter().zip(row) {
            // Codes are five letters and digits: nothing to quote.
            if nm.is_nan() {
                writeln!(out, "{from},{to},")?;
            } else {
                writeln!(out, "{from},{to},{nm:.2}")?;
            }
        }
        done(i as u64 + 1);
    }
    Ok(())
}

fn parquet(
    codes: &[&str],
    matrix: &Matrix,
    out: &mut dyn Write,
    done: &dyn Fn(u64),
) -> Result<(), Failure> {
    let code = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let schema = Arc::new(Schema::new(vec![
        Field::new("from", code.clone(), false),
        Field::new("to", code, false),
        Field::new("distance_nm", DataType::Float32, true),
    ]));
    let level = ZstdLevel::try_new(3).map_err(encode)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_created_by(concat!("foreland ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    // The writer needs to own a thing that is Send; chunks are handed on one by one.
    let mut writer =
        ArrowWriter::try_new(Vec::new(), Arc::clone(&schema), Some(properties)).map_err(encode)?;
    let names = Arc::new(StringArray::from(codes.to_vec()));
    let columns = matrix.columns;
    for (i, rows) in matrix.nm.chunks(CHUNK * columns).enumerate() {
        interrupt::check()?;
        let batch = batch(&schema, &names, i * CHUNK, rows, columns).map_err(encode)?;
        writer.write(&batch).map_err(encode)?;
        out.write_all(&std::mem::take(writer.inner_mut()))?;
        done((i * CHUNK + rows.len() / columns) as u64);
    }
    out.write_all(&writer.into_inner().map_err(encode)?)?;
    Ok(())
}

/// The pairs of some rows of the matrix, the first of which has a number.
fn batch(
    schema: &Arc<Schema>,
    names: &Arc<StringArray>,
    first: usize,
    rows: &[f32],
    columns: usize,
) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let from = (0..rows.len()).map(|i| (first + i / columns) as i32);
    let to = (0..rows.len()).map(|i| (i % columns) as i32);
    let key = |numbers: Int32Array| {
        DictionaryArray::<Int32Type>::try_new(numbers, Arc::clone(names) as _)
    };
    let nm: Float32Array = rows
        .iter()
        .map(|nm| (!nm.is_nan()).then_some(*nm))
        .collect();
    RecordBatch::try_new(
        Arc::clone(schema),
        vec![
            Arc::new(key(Int32Array::from_iter_values(from))?),
            Arc::new(key(Int32Array::from_iter_values(to))?),
            Arc::new(nm),
        ],
    )
}

fn encode(error: impl std::fmt::Display) -> Failure {
    Failure::Foreland(foreland::Error::Encode {
        what: "the matrix".to_owned(),
        why: error.to_string(),
    })
}
