//! What all requests share.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use foreland::Study;
use foreland::route::Charts;

use crate::config::Config;
use crate::jobs::{Jobs, StoreError};
use crate::reply::Content;
use crate::work::Work;

/// The server's things; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What [`App`] shares.
pub struct Inner {
    /// Settings.
    pub config: Config,
    /// Ocean, atlas, names.
    pub charts: Arc<Charts>,
    /// Studies by identifier.
    pub studies: BTreeMap<String, Arc<Study>>,
    /// Runs of studies.
    pub jobs: Jobs,
    /// Processors.
    pub work: Work,
    /// The ports in each format, made when first asked for.
    pub ports: [OnceLock<Content>; 5],
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Reads the studies and opens the store of jobs.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the store cannot be used.
    pub async fn open(config: Config, charts: Charts) -> Result<App, StoreError> {
        let charts = Arc::new(charts);
        let studies = studies(&config.studies);
        let jobs = Jobs::open(&config, Arc::clone(&charts), studies.clone()).await?;
        let work = Work::new(config.limits.searches_waiting);
        Ok(App(Arc::new(Inner {
            config,
            charts,
            studies,
            jobs,
            work,
            ports: Default::default(),
        })))
    }
}

/// Every study of a folder; one that cannot be read is left out and said.
fn studies(folder: &Path) -> BTreeMap<String, Arc<Study>> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        eprintln!("warning: there are no studies in {}", folder.display());
        return BTreeMap::new();
    };
    entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.join(foreland::study::STUDY_FILE).is_file())
        .filter_map(|path| match Study::load(&path) {
            Ok(study) => Some((study.id.clone(), Arc::new(study))),
            Err(error) => {
                eprintln!("warning: {} is left out: {error}", path.display());
                None
            }
        })
        .collect()
}
