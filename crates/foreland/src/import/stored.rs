//! Tables of the store that studies name as `KIND/NAME`.

use std::fs::File;
use std::path::{Path, PathBuf};

use arrow_array::{Array, Float64Array, Int64Array, RecordBatch, StringArray};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::{ImportReport, Kind};
use crate::error::{Error, Problem};
use crate::findings::InputFile;

/// What an input file of a run is that comes from the store.
pub(crate) const STORE_ROLE: &str = "store";
/// First characters of a hash that words show.
const SHOWN_HASH: usize = 12;

/// A table of the store with its provenance.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoredTable {
    /// As the study names it: `baci/BACI_HS17_Y2022_V202401b`.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// What the import said of it.
    pub(crate) report: ImportReport,
    path: PathBuf,
}

impl StoredTable {
    /// The table `KIND/NAME` of a store, if its kind is one of those that serve.
    ///
    /// # Errors
    ///
    /// What is wrong with the name, or that the store does not have it.
    pub(crate) fn named(
        store: &Path,
        name: &str,
        kinds: &[Kind],
    ) -> Result<StoredTable, Box<Problem>> {
        let refuse = |message: String, remedy: String| {
            Err(Box::new(Problem::in_file(name, message, remedy)))
        };
        let known = kinds.iter().map(|kind| kind.name());
        let known = known.collect::<Vec<_>>().join(", ");
        let Some((kind, stem)) = name.split_once('/') else {
            return refuse(
                format!("`{name}` names no table of the store"),
                format!("write KIND/NAME, with one of the kinds {known}"),
            );
        };
        let Some(kind) = Kind::named(kind).filter(|kind| kinds.contains(kind)) else {
            return refuse(
                format!("a table of `{kind}` does not serve here"),
                format!("name one of the kinds {known}"),
            );
        };
        let is_plain = !stem.is_empty() && !stem.starts_with('.') && !stem.contains(['/', '\\']);
        let path = store.join(kind.name()).join(format!("{stem}.parquet"));
        let report = std::fs::read(path.with_extension("json")).ok();
        let report = report.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let Some(report) = report.filter(|_| is_plain && path.is_file()) else {
            return refuse(
                format!("the store {} does not have `{name}`", store.display()),
                format!(
                    "bring the file with `foreland atlas import {} FILE`",
                    kind.name()
                ),
            );
        };
        Ok(StoredTable {
            name: name.to_owned(),
            kind,
            report,
            path,
        })
    }

    /// File, source, licence and hash in words.
    pub(crate) fn words(&self) -> String {
        let report = &self.report;
        let vintage = report.hs.as_deref().unwrap_or("no vintage stated");
        format!(
            "imported {} ({}, {vintage}; {}; SHA-256 {})",
            report.file,
            report.source,
            report.licence,
            report.sha256.get(..SHOWN_HASH).unwrap_or_default(),
        )
    }

    /// The table as an input of a run.
    ///
    /// # Errors
    ///
    /// [`Error::Io`].
    pub(crate) fn input(&self) -> Result<InputFile, Error> {
        let mut hasher = blake3::Hasher::new();
        let mut file = File::open(&self.path).map_err(|cause| self.unreadable(cause))?;
        let bytes =
            std::io::copy(&mut file, &mut hasher).map_err(|cause| self.unreadable(cause))?;
        Ok(InputFile {
            role: STORE_ROLE.to_owned(),
            name: format!("{}.parquet", self.name),
            rows: Some(self.report.rows_kept),
            bytes,
            blake3: hasher.finalize().to_hex().to_string(),
        })
    }

    fn unreadable(&self, cause: std::io::Error) -> Error {
        Error::Io {
            action: "read",
            path: self.path.clone(),
            cause,
        }
    }

    /// Reads the table, a batch of rows at a time; `each` gives nothing if the columns are not those
    /// of the kind.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] and [`Error::Input`] if the table cannot be read.
    pub(crate) fn read(
        &self,
        mut each: impl FnMut(&Columns<'_>) -> Option<()>,
    ) -> Result<(), Error> {
        let file = File::open(&self.path).map_err(|cause| self.unreadable(cause))?;
        let batches = ParquetRecordBatchReaderBuilder::try_new(file)
            .and_then(ParquetRecordBatchReaderBuilder::build)
            .map_err(|error| self.damaged(&error.to_string()))?;
        for batch in batches {
            let batch = batch.map_err(|error| self.damaged(&error.to_string()))?;
            each(&Columns(&batch)).ok_or_else(|| {
                self.damaged(&format!(
                    "its columns are not those of an import of {}",
                    self.kind.name()
                ))
            })?;
        }
        Ok(())
    }

    /// The table says nothing that can be used.
    pub(crate) fn damaged(&self, why: &str) -> Error {
        Problem::in_file(
            self.path.display().to_string(),
            format!("the table cannot be used: {why}"),
            "import the file again",
        )
        .into()
    }
}

/// Columns of a batch by name and type.
pub(crate) struct Columns<'a>(&'a RecordBatch);

impl<'a> Columns<'a> {
    pub(crate) fn rows(&self) -> usize {
        self.0.num_rows()
    }

    fn column<T: Array + 'static>(&self, name: &str) -> Option<&'a T> {
        self.0.column_by_name(name)?.as_any().downcast_ref()
    }

    pub(crate) fn text(&self, name: &str) -> Option<&'a StringArray> {
        self.column(name)
    }

    pub(crate) fn whole(&self, name: &str) -> Option<&'a Int64Array> {
        self.column(name)
    }

    pub(crate) fn figure(&self, name: &str) -> Option<&'a Float64Array> {
        self.column(name)
    }

    /// Milliseconds since 1970 (UTC).
    pub(crate) fn instant(&self, name: &str) -> Option<&'a arrow_array::TimestampMillisecondArray> {
        self.column(name)
    }
}

/// The text of a cell; empty if it holds none.
pub(crate) fn word(column: &StringArray, row: usize) -> &str {
    if column.is_valid(row) {
        column.value(row)
    } else {
        ""
    }
}
