//! A partition of a sweep on disk: one Parquet file in a folder of its own
//! (`runs/part=00042/runs.parquet`), beside it a file that tells whether its bytes are whole and
//! belong to this sweep.
//!
//! The folder is written under another name and renamed: it is there as a whole or not at all.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef, Float64Array, RecordBatch, StringArray, UInt64Array};
use arrow_schema::{DataType, Field, Schema};
use bytes::Bytes;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::design::Design;
use super::plan::SweepPlan;
use crate::error::{Error, Problem};

/// Folder of the partitions.
const RUNS: &str = "runs";
/// The Parquet file of a partition.
const FILE: &str = "runs.parquet";
/// BLAKE3 over the sweep's hash, the partition's number and the file's bytes; readers of Parquet
/// folders skip names that begin so.
const CHECK: &str = "_check";

/// What is found of a partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Missing,
    /// Damaged, or of another sweep.
    Damaged,
    Whole,
}

/// The folder of a partition.
pub(crate) fn folder(dir: &Path, partition: u64) -> PathBuf {
    dir.join(RUNS).join(format!("part={partition:05}"))
}

fn check_of(hash: &blake3::Hash, partition: u64, bytes: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(hash.as_bytes());
    hasher.update(&partition.to_le_bytes());
    hasher.update(bytes);
    format!("{}\n", hasher.finalize().to_hex())
}

/// Whether a partition is there and whole.
pub(crate) fn state(dir: &Path, partition: u64, hash: &blake3::Hash) -> State {
    let folder = folder(dir, partition);
    if !folder.exists() {
        return State::Missing;
    }
    match read_whole(dir, partition, hash) {
        Some(_) => State::Whole,
        None => State::Damaged,
    }
}

/// The bytes of a partition if they are whole and of this sweep.
fn read_whole(dir: &Path, partition: u64, hash: &blake3::Hash) -> Option<Vec<u8>> {
    let folder = folder(dir, partition);
    let bytes = std::fs::read(folder.join(FILE)).ok()?;
    let check = std::fs::read_to_string(folder.join(CHECK)).ok()?;
    (check == check_of(hash, partition, &bytes)).then_some(bytes)
}

/// Puts a partition in its place; one that is there and not whole is replaced.
///
/// # Errors
///
/// [`Error::Io`] if it cannot be written.
pub(crate) fn write(
    dir: &Path,
    partition: u64,
    hash: &blake3::Hash,
    bytes: &[u8],
) -> Result<(), Error> {
    let target = folder(dir, partition);
    let staging = unfinished(dir, partition);
    let written = fill(&staging, &check_of(hash, partition, bytes), bytes).and_then(|()| {
        if target.exists() && state(dir, partition, hash) != State::Whole {
            std::fs::remove_dir_all(&target).map_err(Error::io("write", &target))?;
        }
        std::fs::rename(&staging, &target).map_err(Error::io("rename", &staging))
    });
    if staging.exists() {
        // What was not renamed is of no use to anyone; the error below says why it was not.
        let _ = std::fs::remove_dir_all(&staging);
    }
    // Another worker may have been faster: its bytes are the same.
    match written {
        Err(_) if state(dir, partition, hash) == State::Whole => Ok(()),
        written => written,
    }
}

fn fill(staging: &Path, check: &str, bytes: &[u8]) -> Result<(), Error> {
    std::fs::create_dir_all(staging).map_err(Error::io("write", staging))?;
    for (name, bytes) in [(FILE, bytes), (CHECK, check.as_bytes())] {
        let path = staging.join(name);
        let put = |path: &Path| {
            let mut file = std::fs::File::create(path)?;
            std::io::Write::write_all(&mut file, bytes)?;
            file.sync_all()
        };
        put(&path).map_err(Error::io("write", &path))?;
    }
    Ok(())
}

/// A name that no other worker uses, on this machine or another that shares the folder. It is gone
/// once the partition is in its place.
fn unfinished(dir: &Path, partition: u64) -> PathBuf {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now_ns = now.map_or(0, |since| since.as_nanos());
    let name = format!(".part-{partition:05}.{}-{now_ns}", std::process::id());
    dir.join(RUNS).join(name)
}

/// Removes what workers that were killed have left behind.
///
/// # Errors
///
/// [`Error::Io`] if the folder cannot be read.
pub(crate) fn tidy(dir: &Path) -> Result<(), Error> {
    let runs = dir.join(RUNS);
    if !runs.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(&runs).map_err(Error::io("read", &runs))? {
        let path = entry.map_err(Error::io("read", &runs))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy());
        if name.is_some_and(|name| name.starts_with(".part-")) {
            std::fs::remove_dir_all(&path).map_err(Error::io("write", &path))?;
        }
    }
    Ok(())
}

fn encode_error(why: impl std::fmt::Display) -> Error {
    Error::Encode {
        what: "a partition of the sweep".to_owned(),
        why: why.to_string(),
    }
}

/// The rows of points, one after the other, as a Parquet file: the run's number, in a Sobol' design
/// its point and which of the point's runs it is, and its figures.
///
/// # Errors
///
/// [`Error::Encode`] if the encoder fails.
pub(crate) fn encode(
    plan: &SweepPlan,
    hash: &blake3::Hash,
    first_point: u64,
    rows: &[Vec<f64>],
) -> Result<Vec<u8>, Error> {
    let per_point = plan.extent.runs_per_point();
    let first_run = first_point * per_point;
    let numbers = || (0u64..).take(rows.len()).map(|row| first_run + row);
    let mut fields = vec![Field::new("run", DataType::UInt64, false)];
    let mut arrays: Vec<ArrayRef> = vec![Arc::new(UInt64Array::from_iter_values(numbers()))];
    if plan.extent.design == Design::Sobol {
        fields.push(Field::new("point", DataType::UInt64, false));
        let points = numbers().map(|run| run / per_point);
        arrays.push(Arc::new(UInt64Array::from_iter_values(points)));
        fields.push(Field::new("block", DataType::Utf8, false));
        let blocks = numbers().map(|run| match (run % per_point) as usize {
            0 => "A",
            1 => "B",
            moved => plan.factors[moved - 2].id.as_str(),
        });
        arrays.push(Arc::new(StringArray::from_iter_values(blocks)));
    }
    for (number, column) in plan.columns.iter().enumerate() {
        fields.push(Field::new(&column.name, DataType::Float64, true));
        let figures = rows
            .iter()
            .map(|row| Some(row[number]).filter(|figure| !figure.is_nan()));
        arrays.push(Arc::new(Float64Array::from_iter(figures)));
    }
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(encode_error)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_key_value_metadata(Some(vec![KeyValue::new(
            "foreland.sweep".to_owned(),
            hash.to_hex().to_string(),
        )]))
        .build();
    let mut writer =
        ArrowWriter::try_new(Vec::new(), schema, Some(properties)).map_err(encode_error)?;
    writer.write(&batch).map_err(encode_error)?;
    writer.into_inner().map_err(encode_error)
}

/// The figures of a partition by column; NaN where there is none.
///
/// # Errors
///
/// [`Error::Input`] if the partition is missing, damaged or of another sweep.
pub(crate) fn read(
    dir: &Path,
    partition: u64,
    plan: &SweepPlan,
    hash: &blake3::Hash,
) -> Result<Vec<Vec<f64>>, Error> {
    let wrong = |why: String| {
        Error::Input(Problem::in_file(
            folder(dir, partition).display().to_string(),
            why,
            "compute it again: `foreland sweep STUDY --out DIR` keeps what is whole",
        ))
    };
    let Some(bytes) = read_whole(dir, partition, hash) else {
        return Err(wrong(
            "the partition is missing, damaged or of another sweep".to_owned(),
        ));
    };
    let points = plan.points_of(partition);
    let rows = (points.end - points.start) * plan.extent.runs_per_point();
    let columns = figures(plan, bytes).map_err(wrong)?;
    if columns.iter().any(|column| column.len() as u64 != rows) {
        return Err(wrong(format!("the partition has not {rows} runs")));
    }
    Ok(columns)
}

fn figures(plan: &SweepPlan, bytes: Vec<u8>) -> Result<Vec<Vec<f64>>, String> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes))
        .and_then(|builder| builder.build())
        .map_err(|error| error.to_string())?;
    let mut columns = vec![Vec::new(); plan.columns.len()];
    for batch in reader {
        let batch = batch.map_err(|error| error.to_string())?;
        for (column, figures) in plan.columns.iter().zip(&mut columns) {
            let array = batch
                .column_by_name(&column.name)
                .and_then(|array| array.as_primitive_opt::<Float64Type>())
                .ok_or_else(|| format!("the column `{}` is missing", column.name))?;
            figures.extend((0..array.len()).map(|row| match array.is_valid(row) {
                true => array.value(row),
                false => f64::NAN,
            }));
        }
    }
    Ok(columns)
}
