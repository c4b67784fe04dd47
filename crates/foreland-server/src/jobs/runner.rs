//! Runs jobs: so many at once, the rest in order.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use foreland::route::Charts;
use foreland::{Error, Progress, RunRequest, Study};
use tokio::sync::{Notify, Semaphore, watch};

use super::job::{Job, Status};
use super::store::{Store, StoreError};
use crate::config::{Config, Limits};

/// How often the progress of a job is written to the database.
const NOTE_EVERY: Duration = Duration::from_secs(2);
/// After a fault of the database, the queue is looked at again after this time.
const TRY_AGAIN: Duration = Duration::from_secs(5);
/// The stages of a run in order, with the percent at which each ends: about its share of the time.
const STAGES: [(&str, f64); 12] = [
    ("worlds", 5.0),
    ("sea legs and chains", 15.0),
    ("runs", 45.0),
    ("claims", 55.0),
    ("choice sets", 60.0),
    ("flows", 75.0),
    ("replications", 85.0),
    ("summary", 87.0),
    ("world", 88.0),
    ("trade", 89.0),
    ("ways by sea", 97.0),
    ("writing", 100.0),
];

/// How far a job is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// What is being done.
    pub stage: &'static str,
    /// Steps of it done.
    pub done: u64,
    /// Steps of it in all.
    pub total: u64,
    /// Whole percent of the job.
    pub progress: u8,
    /// Whether the job is over.
    pub is_over: bool,
}

/// The jobs of a server; cheap to clone.
#[derive(Clone)]
pub struct Jobs(Arc<Inner>);

struct Inner {
    store: Store,
    results: PathBuf,
    limits: Limits,
    charts: Arc<Charts>,
    studies: std::collections::BTreeMap<String, Arc<Study>>,
    /// Jobs under way, by identifier.
    running: Mutex<HashMap<String, Arc<Running>>>,
    /// Rung when a job is accepted.
    bell: Notify,
}

/// A job under way.
struct Running {
    cancel: AtomicBool,
    is_dismissed: AtomicBool,
    step: watch::Sender<Step>,
}

impl Jobs {
    /// Opens the store and puts jobs that a killed server left back in the queue.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot be used.
    pub async fn open(
        config: &Config,
        charts: Arc<Charts>,
        studies: std::collections::BTreeMap<String, Arc<Study>>,
    ) -> Result<Jobs, StoreError> {
        let store = Store::open(&config.store, config.database_url.as_deref()).await?;
        let results = config.store.join("results");
        std::fs::create_dir_all(&results).map_err(|cause| StoreError::Folder {
            path: results.clone(),
            cause,
        })?;
        sweep(&results);
        store.requeue().await?;
        Ok(Jobs(Arc::new(Inner {
            store,
            results,
            limits: config.limits.clone(),
            charts,
            studies,
            running: Mutex::new(HashMap::new()),
            bell: Notify::new(),
        })))
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Folder of a job's results. The identifier is one of the database's, never a client's text.
    pub fn results(&self, job: &Job) -> PathBuf {
        self.0.results.join(&job.id)
    }

    /// Tells that a job was accepted.
    pub fn ring(&self) {
        self.0.bell.notify_one();
    }

    /// Follows a job under way; `None` if it is not.
    pub fn follow(&self, id: &str) -> Option<watch::Receiver<Step>> {
        Some(self.find(id)?.step.subscribe())
    }

    /// Calls a job off: one that waits never starts, one under way stops, and of one that is over
    /// the results are removed.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database cannot be asked.
    pub async fn dismiss(&self, job: &Job) -> Result<(), StoreError> {
        if let Some(running) = self.find(&job.id) {
            running.is_dismissed.store(true, Ordering::SeqCst);
            running.cancel.store(true, Ordering::SeqCst);
        }
        let store = self.store();
        if !store.end(&job.id, Status::Dismissed, "dismissed").await? {
            store.forget(&job.id).await?;
        }
        remove(&self.results(job));
        Ok(())
    }

    /// Runs jobs for ever.
    pub async fn work(self) {
        let permits = Arc::new(Semaphore::new(self.0.limits.runs));
        while let Ok(permit) = Arc::clone(&permits).acquire_owned().await {
            let job = loop {
                match self.store().next().await {
                    Ok(Some(job)) => break job,
                    Ok(None) => self.0.bell.notified().await,
                    Err(error) => {
                        eprintln!("error: {error}");
                        tokio::time::sleep(TRY_AGAIN).await;
                    }
                }
            };
            let jobs = self.clone();
            tokio::spawn(async move {
                if let Err(error) = jobs.do_job(&job).await {
                    eprintln!("error: job {}: {error}", job.id);
                }
                drop(permit);
            });
        }
    }

    async fn do_job(&self, job: &Job) -> Result<(), StoreError> {
        let running = Arc::new(Running {
            cancel: AtomicBool::new(false),
            is_dismissed: AtomicBool::new(false),
            step: watch::Sender::new(Step::default()),
        });
        self.all_running()
            .insert(job.id.clone(), Arc::clone(&running));
        let (jobs, this, state) = (self.clone(), job.clone(), Arc::clone(&running));
        let mut run = tokio::task::spawn_blocking(move || jobs.run(&this, &state));
        let late = tokio::time::sleep(self.0.limits.run_time);
        tokio::pin!(late);
        let mut is_late = false;
        let ended = loop {
            tokio::select! {
                ended = &mut run => break ended,
                () = &mut late, if !is_late => {
                    is_late = true;
                    running.cancel.store(true, Ordering::SeqCst);
                }
                () = tokio::time::sleep(NOTE_EVERY) => {
                    let step = running.step.borrow().clone();
                    self.store().progress(&job.id, step.progress, step.stage).await?;
                }
            }
        };
        let (status, message) = match ended {
            Ok(Ok(())) => (Status::Successful, "done".to_owned()),
            Ok(Err(Error::Cancelled)) if is_late => {
                let most = self.0.limits.run_time.as_secs();
                (
                    Status::Failed,
                    format!("stopped: it took longer than {most} s"),
                )
            }
            Ok(Err(Error::Cancelled)) => (Status::Dismissed, "dismissed".to_owned()),
            Ok(Err(error)) => (Status::Failed, error.detail()),
            // The panic's text is in the log.
            Err(_) => (Status::Failed, "the server has a fault".to_owned()),
        };
        let ended = self.store().end(&job.id, status, &message).await;
        if running.is_dismissed.load(Ordering::SeqCst) {
            remove(&self.results(job));
        }
        self.all_running().remove(&job.id);
        running.step.send_modify(|step| step.is_over = true);
        ended.map(drop)
    }

    fn run(&self, job: &Job, running: &Running) -> Result<(), Error> {
        let (charts, studies) = (&self.0.charts, &self.0.studies);
        let (Some(atlas), Some(study)) = (&charts.atlas, studies.get(&job.study)) else {
            let problem = foreland::Problem::in_file(
                "study",
                format!("there is no study `{}` any more", job.study),
                "start the server with the folder that holds it",
            );
            return Err(Error::Input(problem));
        };
        let (off, scenario) = (&job.options.off, job.options.scenario.as_deref());
        let without = match off.is_empty() {
            true => None,
            false => Some(study.without(off, scenario)?),
        };
        let set: Vec<(String, f64)> = job.options.set.clone().into_iter().collect();
        let request = RunRequest {
            atlas: &atlas.with_values(&set)?,
            study: without.as_ref().unwrap_or(study),
            sea: charts.ocean,
            seed: job.options.seed,
            replications: job.options.replications,
            command: vec!["foreland".to_owned(), "run".to_owned(), job.study.clone()],
            cancel: Some(&running.cancel),
        };
        let shown = Mutex::new(Instant::now());
        let findings = foreland::run(&request, &|progress| tell(running, &shown, progress))?;
        tell(
            running,
            &shown,
            Progress {
                stage: "writing",
                done: 0,
                total: 1,
            },
        );
        if running.cancel.load(Ordering::SeqCst) {
            return Err(Error::Cancelled);
        }
        findings.write(&self.results(job)).map(drop)
    }

    fn find(&self, id: &str) -> Option<Arc<Running>> {
        self.all_running().get(id).cloned()
    }

    fn all_running(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Running>>> {
        self.0
            .running
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Shows followers how far a run is, a few times a second and at every new stage.
fn tell(running: &Running, shown: &Mutex<Instant>, progress: Progress) {
    const EVERY: Duration = Duration::from_millis(100);
    running.step.send_if_modified(|step| {
        let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = step.stage != progress.stage || progress.done == progress.total;
        if !is_new && shown.elapsed() < EVERY {
            return false;
        }
        *shown = Instant::now();
        *step = Step {
            stage: progress.stage,
            done: progress.done,
            total: progress.total,
            progress: percent(&progress).max(step.progress),
            is_over: false,
        };
        true
    });
}

/// How much of a run is done.
fn percent(progress: &Progress) -> u8 {
    let Some(number) = STAGES.iter().position(|(name, _)| *name == progress.stage) else {
        return 0;
    };
    let begins = number.checked_sub(1).map_or(0.0, |before| STAGES[before].1);
    let share = progress.done as f64 / progress.total.max(1) as f64;
    // 100 is for a job whose results are in their place.
    (begins + (STAGES[number].1 - begins) * share.min(1.0)).min(99.0) as u8
}

/// Removes what a killed server left half-written: such folders begin with a dot.
fn sweep(results: &Path) {
    let entries = std::fs::read_dir(results).into_iter().flatten();
    for entry in entries.filter_map(Result::ok) {
        if entry.file_name().to_string_lossy().starts_with('.') {
            remove(&entry.path());
        }
    }
}

fn remove(folder: &Path) {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            eprintln!("warning: {} cannot be removed: {error}", folder.display());
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use foreland::Progress;

    use super::percent;

    #[test]
    fn percents_rise_with_the_stages_and_end_below_a_hundred() {
        let at = |stage, done| {
            percent(&Progress {
                stage,
                done,
                total: 10,
            })
        };
        assert_eq!(at("worlds", 0), 0);
        assert_eq!(at("runs", 0), 15);
        assert_eq!(at("runs", 10), 45);
        assert_eq!(at("writing", 10), 99);
        assert_eq!(at("something new", 5), 0);
    }
}
