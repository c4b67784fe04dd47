//! Visits of entities as a Parquet file.

use std::fs::{self, File};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, StringArray, UInt64Array};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::error::TraceError;
use crate::log::replay;
use crate::plan::Plan;
use crate::run::Settings;
use crate::visit::Visit;

/// Writes the visits of every entity in some replications, one row a visit, a row group a replication.
/// The file is written beside its place and renamed.
///
/// | column | meaning |
/// |---|---|
/// | `replication` | number of the replication, from 0 |
/// | `source` | name of the source |
/// | `number` | number of the entity among those of the source; of one that was sent out, that of the sender |
/// | `entity` | a number of its own, the same in every scenario with the same seed |
/// | `sent` | whether another entity sent it out |
/// | `station` | name of the station |
/// | `asked_h` | when it asked, hours from the start |
/// | `seized_h` | when it got what it asked for, hours from the start; null if it did not |
/// | `left_h` | when it gave that back or stopped waiting, hours from the start; null if it did not |
/// | `end` | `served`, `waiting` (at the horizon), `balked`, `reneged`, `too_large` |
///
/// # Errors
///
/// Those of a replication; what the file system refuses.
pub fn write_trace(
    file: &Path,
    plan: &Plan,
    settings: &Settings,
    replications: Range<u64>,
) -> Result<(), TraceError> {
    let failed = |why: String| TraceError::File {
        file: file.to_owned(),
        why,
    };
    let beside = file.with_extension(format!("{}.part", std::process::id()));
    let schema = schema();
    let level = ZstdLevel::try_new(3).map_err(|error| failed(error.to_string()))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .build();
    let out = File::create(&beside).map_err(|error| failed(error.to_string()))?;
    let written = || -> Result<(), TraceError> {
        let mut writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties))
            .map_err(|error| failed(error.to_string()))?;
        for replication in replications {
            let visits = replay(plan, settings, replication)?.visits();
            let columns = columns(plan, replication, &visits);
            let batch = RecordBatch::try_new(Arc::clone(&schema), columns)
                .map_err(|error| failed(error.to_string()))?;
            writer
                .write(&batch)
                .and_then(|()| writer.flush())
                .map_err(|error| failed(error.to_string()))?;
        }
        writer.close().map_err(|error| failed(error.to_string()))?;
        fs::rename(&beside, file).map_err(|error| failed(error.to_string()))
    }();
    if written.is_err() {
        // Best effort: the error that is returned matters more than what is left behind.
        let _ = fs::remove_file(&beside);
    }
    written
}

fn schema() -> Arc<Schema> {
    let field = |name: &str, kind: DataType, nullable| Field::new(name, kind, nullable);
    Arc::new(Schema::new(vec![
        field("replication", DataType::UInt64, false),
        field("source", DataType::Utf8, false),
        field("number", DataType::UInt64, false),
        field("entity", DataType::UInt64, false),
        field("sent", DataType::Boolean, false),
        field("station", DataType::Utf8, false),
        field("asked_h", DataType::Float64, false),
        field("seized_h", DataType::Float64, true),
        field("left_h", DataType::Float64, true),
        field("end", DataType::Utf8, false),
    ]))
}

fn columns(plan: &Plan, replication: u64, visits: &[Visit]) -> Vec<ArrayRef> {
    let model = plan.model();
    let source = |visit: &Visit| model.sources[visit.entity.source as usize].name.as_str();
    let station = |visit: &Visit| model.stations[visit.station as usize].name.as_str();
    vec![
        Arc::new(UInt64Array::from(vec![replication; visits.len()])),
        Arc::new(StringArray::from_iter_values(visits.iter().map(source))),
        Arc::new(UInt64Array::from_iter_values(
            visits.iter().map(|visit| visit.entity.number),
        )),
        Arc::new(UInt64Array::from_iter_values(
            visits.iter().map(|visit| visit.entity.key),
        )),
        Arc::new(BooleanArray::from(
            visits
                .iter()
                .map(|visit| visit.entity.sent)
                .collect::<Vec<_>>(),
        )),
        Arc::new(StringArray::from_iter_values(visits.iter().map(station))),
        Arc::new(Float64Array::from_iter_values(
            visits.iter().map(|visit| visit.asked_h),
        )),
        Arc::new(
            visits
                .iter()
                .map(|visit| visit.seized_h)
                .collect::<Float64Array>(),
        ),
        Arc::new(
            visits
                .iter()
                .map(|visit| visit.left_h)
                .collect::<Float64Array>(),
        ),
        Arc::new(StringArray::from_iter_values(
            visits.iter().map(|visit| visit.end.word()),
        )),
    ]
}
