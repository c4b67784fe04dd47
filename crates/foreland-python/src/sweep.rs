//! Sweeps: prepared once, then asked for any of their partitions.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use foreland::sweep::{self, Design, SweepOptions, SweepPlan};
use foreland::{Atlas, Error, Problem, RunRequest, Study};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::charts::ocean;
use crate::failure;
use crate::running;

/// How often it is looked whether the caller wants to stop.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// A sweep that is ready: its worlds live on a thread of their own, which answers until the sweep is
/// dropped.
#[pyclass(frozen, module = "foreland._foreland")]
pub(crate) struct Sweep {
    jobs: Mutex<Sender<Job>>,
    stop: Arc<AtomicBool>,
    plan: SweepPlan,
}

/// A partition that is wanted, and where its bytes go.
struct Job {
    number: u64,
    answer: Sender<Result<Vec<u8>, Error>>,
}

/// What is asked of a sweep, as Python says it.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct Asked {
    design: String,
    runs: u64,
    levels: u32,
    vary: Vec<String>,
    partition_size: u64,
    seed: Option<u64>,
}

impl Asked {
    fn options(&self) -> Result<SweepOptions, Error> {
        let design = match self.design.as_str() {
            "sobol" => Design::Sobol,
            "latin-hypercube" => Design::LatinHypercube,
            "full-factorial" => Design::FullFactorial,
            other => {
                return Err(Error::Input(Problem::in_file(
                    "argument design",
                    format!("there is no design `{other}`"),
                    "sobol, latin-hypercube or full-factorial",
                )));
            }
        };
        Ok(SweepOptions {
            design,
            runs: self.runs,
            levels: self.levels,
            vary: self.vary.clone(),
            runs_per_partition: self.partition_size,
        })
    }
}

#[pymethods]
impl Sweep {
    /// Prepares a sweep of a study's text with the facts of a folder.
    #[new]
    fn new(
        py: Python<'_>,
        id: &str,
        text: &str,
        atlas: PathBuf,
        asked: Asked,
        progress: Option<Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let sea = ocean(py)?;
        let options = asked.options().map_err(|e| failure::of_error(py, &e))?;
        let file = Path::new(id).join("study.toml");
        let study = Study::parse(&file, text).map_err(|e| failure::of_error(py, &e))?;
        let (jobs, wanted) = mpsc::channel::<Job>();
        let (tell, ready) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        thread::spawn(move || {
            let prepared = Atlas::load(&atlas);
            let atlas = match prepared {
                Ok(atlas) => atlas,
                Err(error) => return drop(tell.send(Err(error))),
            };
            let request = RunRequest {
                atlas: &atlas,
                study: &study,
                sea,
                seed: asked.seed,
                replications: None,
                command: Vec::new(),
                cancel: Some(&stopped),
            };
            let sweep = match sweep::Sweep::prepare(&request, &options, &|_| {}) {
                Ok(sweep) => sweep,
                Err(error) => return drop(tell.send(Err(error))),
            };
            // Whoever asked may have gone meanwhile; then there is nothing left to do.
            if tell.send(Ok(sweep.plan().clone())).is_err() {
                return;
            }
            while let Ok(job) = wanted.recv() {
                let _ = job.answer.send(sweep.partition(job.number));
            }
        });
        let wish = &stop;
        let plan = running::run(py, progress.as_ref(), move |cancel, _| {
            await_answer(ready, cancel, wish)
        })?;
        Ok(Sweep {
            jobs: Mutex::new(jobs),
            stop,
            plan,
        })
    }

    /// The plan as JSON, in the bytes that stand in a sweep's folder.
    #[getter]
    fn plan(&self, py: Python<'_>) -> PyResult<Vec<u8>> {
        self.plan.to_json().map_err(|e| failure::of_error(py, &e))
    }

    /// The bytes of a partition.
    fn partition<'py>(&self, py: Python<'py>, number: u64) -> PyResult<Bound<'py, PyBytes>> {
        let (answer, awaited) = mpsc::channel();
        self.stop.store(false, Ordering::Relaxed);
        let job = Job { number, answer };
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        // A thread that is gone answers nothing, which is told below.
        let _ = jobs.send(job);
        drop(jobs);
        let wish = &self.stop;
        let bytes = running::run(py, None, move |cancel, _| {
            await_answer(awaited, cancel, wish)
        })?;
        Ok(PyBytes::new(py, &bytes))
    }
}

/// Waits for an answer, and hands on the wish to stop.
fn await_answer<T>(
    awaited: mpsc::Receiver<Result<T, Error>>,
    cancel: &AtomicBool,
    stop: &AtomicBool,
) -> Result<T, Error> {
    loop {
        match awaited.recv_timeout(LOOK_AGAIN) {
            Ok(answer) => return answer,
            Err(RecvTimeoutError::Timeout) => {
                if cancel.load(Ordering::Relaxed) {
                    stop.store(true, Ordering::Relaxed);
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Err(Error::Cancelled),
        }
    }
}

/// The folder of a sweep.
#[pyclass(frozen, module = "foreland._foreland")]
pub(crate) struct SweepFolder {
    folder: sweep::SweepFolder,
}

#[pymethods]
impl SweepFolder {
    /// Makes the folder of a sweep, or goes on with one.
    #[new]
    fn new(py: Python<'_>, dir: PathBuf, sweep: &Bound<'_, Sweep>) -> PyResult<Self> {
        let folder = sweep::SweepFolder::begin(&dir, &sweep.get().plan);
        let folder = folder.map_err(|e| failure::of_error(py, &e))?;
        Ok(SweepFolder { folder })
    }

    /// Numbers of the partitions that are not there and whole.
    fn missing(&self, py: Python<'_>) -> Vec<u64> {
        py.detach(|| self.folder.missing())
    }

    /// Puts a partition in its place.
    fn put(&self, py: Python<'_>, number: u64, bytes: &[u8]) -> PyResult<()> {
        let put = self.folder.put(number, bytes);
        put.map_err(|e| failure::of_error(py, &e))
    }
}

/// Makes the summary of a sweep's folder and returns it as JSON.
#[pyfunction]
pub(crate) fn summarise(
    py: Python<'_>,
    dir: PathBuf,
    progress: Option<Bound<'_, PyAny>>,
) -> PyResult<String> {
    running::run(py, progress.as_ref(), |_, show| {
        let summary = sweep::summarise(&dir, show)?;
        serde_json::to_string(&summary).map_err(|error| Error::Encode {
            what: "the summary".to_owned(),
            why: error.to_string(),
        })
    })
}
