//! What a run yields, for Python.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3_arrow::PyTable;

use crate::{failure, table};

/// Findings of a run.
#[pyclass(frozen, module = "foreland._foreland")]
pub(crate) struct Findings {
    pub(crate) findings: foreland::Findings,
}

#[pymethods]
impl Findings {
    /// Everything as JSON, by docs/schema/findings.schema.json.
    fn json(&self, py: Python<'_>) -> PyResult<String> {
        serde_json::to_string(&self.findings)
            .map_err(|error| failure::of_encoding(py, "the findings", &error))
    }

    /// Names of the tables.
    fn table_names(&self) -> Vec<String> {
        self.findings.table_names()
    }

    /// A table by its name.
    fn table(&self, py: Python<'_>, name: &str) -> PyResult<PyTable> {
        let batch = self.findings.table(name);
        table::table(batch.map_err(|e| failure::of_error(py, &e))?)
    }

    /// Lines of the best chains, with their geometry.
    fn routes(&self, py: Python<'_>) -> PyResult<PyTable> {
        let batch = self.findings.routes_table();
        table::table(batch.map_err(|e| failure::of_error(py, &e))?)
    }

    /// Points of the map, with their geometry.
    fn points(&self, py: Python<'_>) -> PyResult<PyTable> {
        let batch = self.findings.points_table();
        table::table(batch.map_err(|e| failure::of_error(py, &e))?)
    }

    /// The report as one page.
    fn report(&self) -> String {
        foreland::report::html(&self.findings)
    }

    /// A map of the routes as one SVG.
    fn svg(&self) -> String {
        let findings = &self.findings;
        foreland::report::routes_svg(&findings.run.title, &findings.routes, &findings.points)
    }

    /// Writes tables, geometries, report and manifest into a folder.
    fn write(&self, py: Python<'_>, dir: PathBuf) -> PyResult<Vec<PathBuf>> {
        let written = py.detach(|| self.findings.write(&dir));
        written.map_err(|e| failure::of_error(py, &e))
    }
}
