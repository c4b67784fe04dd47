//! Studies.

use std::path::PathBuf;

use foreland::RunRequest;
use pyo3::prelude::*;

use crate::charts::ocean;
use crate::failure;
use crate::findings::Findings;
use crate::running;

/// A study file that was read.
#[pyclass(frozen, module = "foreland._foreland")]
pub(crate) struct Study {
    study: foreland::Study,
}

#[pymethods]
impl Study {
    /// Reads a study from its folder or its file.
    #[new]
    fn new(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let study = foreland::Study::load(&path).map_err(|e| failure::of_error(py, &e))?;
        Ok(Study { study })
    }

    /// Name of its folder.
    #[getter]
    fn id(&self) -> &str {
        &self.study.id
    }

    /// The text of the file.
    #[getter]
    fn text(&self) -> &str {
        self.study.text.text()
    }

    /// Runs the study with the facts of a folder.
    #[pyo3(signature = (atlas, progress, seed, replications, values))]
    fn run(
        &self,
        py: Python<'_>,
        atlas: PathBuf,
        progress: Option<Bound<'_, PyAny>>,
        seed: Option<u64>,
        replications: Option<u32>,
        values: Vec<(String, f64)>,
    ) -> PyResult<Findings> {
        let sea = ocean(py)?;
        let findings = running::run(py, progress.as_ref(), |cancel, show| {
            let facts = foreland::Atlas::load(&atlas)?.with_values(&values)?;
            let request = RunRequest {
                atlas: &facts,
                study: &self.study,
                sea,
                seed,
                replications,
                command: Vec::new(),
                cancel: Some(cancel),
            };
            foreland::run(&request, show)
        })?;
        Ok(Findings { findings })
    }
}
