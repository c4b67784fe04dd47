//! Findings on disk.
//!
//! Everything is first written to a temporary folder beside the target and then renamed into
//! place: a run that stops leaves nothing half-written.

mod datapackage;
mod emissions;
mod flow_sheets;
mod geojson;
mod geoparquet;
mod sheet;
mod sheets;
mod simulation_sheets;

use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;

use crate::error::{Error, ErrorCode, Problem};
use crate::findings::{FINDINGS_VERSION, Findings, Manifest, OutputFile, claim_reviews};
use crate::names;
use sheet::Sheet;

/// File that tells a folder of findings from others.
const MANIFEST: &str = "manifest.json";

impl Findings {
    /// Writes tables (CSV and Parquet, with a Data Package descriptor), geometries (GeoJSON and
    /// GeoParquet), emissions (in the shape of iLEAP), claims (ClaimReview in JSON-LD), the
    /// findings as JSON, the report and a manifest into a folder, and returns the files written.
    ///
    /// An earlier run in the same folder is replaced. The bytes depend on the findings only.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] if the folder holds something other than findings; [`Error::Io`] and
    /// [`Error::Encode`] if writing fails. The folder is then as it was.
    pub fn write(&self, dir: &Path) -> Result<Vec<PathBuf>, Error> {
        let replaces = occupied(dir)?;
        let files = self.files()?;
        let staging = beside(dir, "new");
        let written = stage(&staging, &files).and_then(|()| swap(&staging, dir, replaces));
        if written.is_err() && staging.exists() {
            // The error that is returned says what went wrong; a leftover would be a second fault.
            let _ = std::fs::remove_dir_all(&staging);
        }
        written?;
        Ok(files.iter().map(|(name, _)| dir.join(name)).collect())
    }

    /// The tables of the findings in columns, by name; the same that [`Findings::write`] writes.
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] if a table cannot be made.
    pub fn tables(&self) -> Result<Vec<(&'static str, RecordBatch)>, Error> {
        let sheets = self.sheets();
        sheets.map(|s| Ok((s.name, s.batch()?))).collect()
    }

    /// Names of the tables of a run.
    pub fn table_names(&self) -> Vec<String> {
        let names = self.sheets().map(|sheet| sheet.name.to_owned());
        names.collect()
    }

    /// A table of a run by its name.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] for a name that no table has; [`Error::Encode`] if Arrow refuses the
    /// columns.
    pub fn table(&self, name: &str) -> Result<RecordBatch, Error> {
        let sheets: Vec<Sheet> = self.sheets().collect();
        match sheets.iter().find(|sheet| sheet.name == name) {
            Some(sheet) => sheet.batch(),
            None => {
                let known = sheets.iter().map(|sheet| sheet.name);
                let problem = Problem::in_file(
                    "table",
                    format!("the run has no table `{name}`"),
                    names::remedy(name, known),
                );
                Err(Error::Input(problem.of_kind(ErrorCode::NotFound)))
            }
        }
    }

    /// The routes for the map with their lines as GeoArrow (WKB).
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] if Arrow refuses the columns.
    pub fn routes_table(&self) -> Result<RecordBatch, Error> {
        geoparquet::routes_batch(self)
    }

    /// The points for the map as GeoArrow (WKB).
    ///
    /// # Errors
    ///
    /// [`Error::Encode`] if Arrow refuses the columns.
    pub fn points_table(&self) -> Result<RecordBatch, Error> {
        geoparquet::points_batch(self)
    }

    fn sheets(&self) -> impl Iterator<Item = Sheet> {
        let of_flows = self.flows.iter().flat_map(flow_sheets::all);
        let over_time = self.simulation.iter().flat_map(simulation_sheets::all);
        sheets::all(self)
            .into_iter()
            .chain(of_flows)
            .chain(over_time)
    }

    /// Every file with its bytes; the manifest last.
    fn files(&self) -> Result<Vec<(String, Vec<u8>)>, Error> {
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        let mut tables: Vec<(Sheet, Vec<u8>)> = Vec::new();
        for sheet in self.sheets() {
            let csv = sheet.csv()?;
            let name = sheet.name;
            files.push((format!("tables/{name}.csv"), csv.clone()));
            files.push((format!("tables/{name}.parquet"), sheet.parquet()?));
            tables.push((sheet, csv));
        }
        let descriptor = datapackage::descriptor(self, &tables)?;
        files.push(("tables/datapackage.json".to_owned(), descriptor));
        files.push(("geo/routes.geojson".to_owned(), geojson::routes(self)?));
        files.push(("geo/points.geojson".to_owned(), geojson::points(self)?));
        let (routes, points) = (geoparquet::routes(self)?, geoparquet::points(self)?);
        files.push(("geo/routes.parquet".to_owned(), routes));
        files.push(("geo/points.parquet".to_owned(), points));
        files.push(("emissions.json".to_owned(), emissions::shipments(self)?));
        let reviews = json(&claim_reviews(self))?;
        files.push(("claims.jsonld".to_owned(), reviews));
        files.push(("findings.json".to_owned(), json(self)?));
        let page = crate::report::html(self).into_bytes();
        files.push(("report/index.html".to_owned(), page));
        let outputs = files
            .iter()
            .map(|(name, bytes)| OutputFile {
                name: name.clone(),
                bytes: bytes.len() as u64,
                blake3: blake3::hash(bytes).to_hex().to_string(),
            })
            .collect();
        files.push((MANIFEST.to_owned(), json(&self.manifest(outputs))?));
        Ok(files)
    }

    fn manifest(&self, outputs: Vec<OutputFile>) -> Manifest {
        Manifest {
            version: FINDINGS_VERSION,
            study: self.run.study.clone(),
            seed: self.run.seed,
            replications: self.run.replications,
            invocation: self.provenance.invocation.clone(),
            inputs: self.provenance.inputs.clone(),
            software: self.provenance.software.clone(),
            outputs,
        }
    }
}

pub(crate) fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, Error> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|error| Error::Encode {
        what: "JSON".to_owned(),
        why: error.to_string(),
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Whether the folder holds an earlier run. Anything else is not ours to replace.
fn occupied(dir: &Path) -> Result<bool, Error> {
    let refuse = |message: &str| {
        Err(Error::Input(Problem::in_file(
            dir.display().to_string(),
            message,
            "name an empty or a new folder, or one that holds an earlier run",
        )))
    };
    if !dir.exists() {
        return Ok(false);
    }
    if !dir.is_dir() {
        return refuse("there is a file of that name");
    }
    let mut entries = std::fs::read_dir(dir).map_err(Error::io("read", dir))?;
    if entries.next().is_none() {
        return Ok(true);
    }
    match Manifest::read(&dir.join(MANIFEST)) {
        Ok(_) => Ok(true),
        Err(_) => refuse("the folder holds files, but no manifest of an earlier run"),
    }
}

/// A sibling that no other run uses: `.name.new-1234`.
fn beside(dir: &Path, what: &str) -> PathBuf {
    let name = dir.file_name().map_or_else(
        || "findings".to_owned(),
        |n| n.to_string_lossy().into_owned(),
    );
    let parent = dir.parent().unwrap_or_else(|| Path::new(""));
    parent.join(format!(".{name}.{what}-{}", std::process::id()))
}

fn stage(staging: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    for (name, bytes) in files {
        let path = staging.join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(Error::io("write", parent))?;
        }
        std::fs::write(&path, bytes).map_err(Error::io("write", &path))?;
    }
    Ok(())
}

fn swap(staging: &Path, dir: &Path, replaces: bool) -> Result<(), Error> {
    if !replaces {
        return std::fs::rename(staging, dir).map_err(Error::io("rename", staging));
    }
    let old = beside(dir, "old");
    std::fs::rename(dir, &old).map_err(Error::io("rename", dir))?;
    if let Err(cause) = std::fs::rename(staging, dir) {
        // Put the earlier run back before reporting.
        std::fs::rename(&old, dir).map_err(Error::io("rename", &old))?;
        return Err(Error::io("rename", staging)(cause));
    }
    std::fs::remove_dir_all(&old).map_err(Error::io("write", &old))
}
