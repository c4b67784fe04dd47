//! The jobs in their database.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::database::{Cell, Database, Row};
use super::job::{Job, RunOptions, Status};
use super::postgres::Postgres;
use super::sqlite::Sqlite;

/// Why jobs cannot be stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder cannot be used.
    #[error("the store {} cannot be used: {cause}", path.display())]
    Folder {
        /// Folder or file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// Another server works in it.
    #[error("another server uses the store {}", path.display())]
    InUse {
        /// Folder.
        path: PathBuf,
    },
    /// SQLite says no.
    #[error("the database of jobs: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL says no.
    #[error("the database of jobs: {}", described(.0))]
    Postgres(#[from] tokio_postgres::Error),
    /// A row that no server of this version wrote.
    #[error("the database of jobs holds a row that is none: {0}")]
    Row(String),
    /// A thread ended early.
    #[error("the database of jobs: {0}")]
    Thread(String),
}

/// What the database server said; the error alone only tells that it said something.
fn described(error: &tokio_postgres::Error) -> String {
    let said = error.as_db_error().map(|db| format!("{error}: {db}"));
    said.unwrap_or_else(|| error.to_string())
}

/// What became of a request for a job.
pub enum Accepted {
    /// A new job.
    New(Job),
    /// The job that the same key asked for before.
    Same(Job),
    /// The key asked for something else before.
    Conflict(Job),
}

/// The jobs.
pub struct Store {
    database: Database,
    /// Held as long as the server runs.
    _lock: File,
}

/// A statement whose answer is jobs.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, study, request, inputs, status, message, progress, created, started, \
             finished, updated FROM jobs ",
            $rest
        )
    };
}

impl Store {
    /// Opens the store: the folder for one server alone, and the database in its present form.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if another server uses the folder or the database cannot be had.
    pub async fn open(folder: &Path, database_url: Option<&str>) -> Result<Store, StoreError> {
        let at = |path: PathBuf| move |cause| StoreError::Folder { path, cause };
        std::fs::create_dir_all(folder).map_err(at(folder.to_owned()))?;
        let path = folder.join("lock");
        let lock = File::create(&path).map_err(at(path.clone()))?;
        lock.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => StoreError::InUse {
                path: folder.to_owned(),
            },
            TryLockError::Error(cause) => StoreError::Folder { path, cause },
        })?;
        let mut database = match database_url {
            Some(url) => Database::Postgres(Box::new(Postgres::open(url).await?)),
            None => Database::Sqlite(Sqlite::open(&folder.join("jobs.sqlite"))?),
        };
        database.migrate().await?;
        Ok(Store {
            database,
            _lock: lock,
        })
    }

    /// Stores a job, unless its key asked before.
    pub async fn accept(&self, job: Job, key: Option<String>) -> Result<Accepted, StoreError> {
        const INSERT: &str = "INSERT INTO jobs (id, study, request, inputs, idempotency_key, \
            status, message, progress, created, updated) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
            ON CONFLICT (idempotency_key) DO NOTHING";
        const FREE: &str = "UPDATE jobs SET idempotency_key = NULL WHERE id = $1";
        let cells: Vec<Cell> = [
            Some(job.id.clone()),
            Some(job.study.clone()),
            Some(serde_json::to_string(&job.options).map_err(row_error)?),
            Some(job.inputs.clone()),
            key.clone(),
            Some(job.status.as_str().to_owned()),
            Some(job.message.clone()),
            Some(job.progress.to_string()),
            Some(job.created.clone()),
            Some(job.updated.clone()),
        ]
        .into();
        loop {
            if self.database.execute(INSERT, cells.clone()).await? > 0 {
                return Ok(Accepted::New(job));
            }
            let rows = self
                .database
                .query(select!("WHERE idempotency_key = $1"), vec![key.clone()])
                .await?;
            let Some(row) = rows.first() else { continue };
            let before = read(row)?;
            if (&before.study, &before.options) != (&job.study, &job.options) {
                return Ok(Accepted::Conflict(before));
            }
            let is_good = !matches!(before.status, Status::Failed | Status::Dismissed);
            if is_good && before.inputs == job.inputs {
                return Ok(Accepted::Same(before));
            }
            // It ended without results, or the facts have changed since: the key asks anew.
            self.database.execute(FREE, vec![Some(before.id)]).await?;
        }
    }

    /// A job.
    pub async fn job(&self, id: &str) -> Result<Option<Job>, StoreError> {
        let rows = self
            .database
            .query(select!("WHERE id = $1"), vec![Some(id.to_owned())])
            .await?;
        rows.first().map(read).transpose()
    }

    /// The newest jobs, newest first.
    pub async fn list(&self) -> Result<Vec<Job>, StoreError> {
        const NEWEST: &str = select!("ORDER BY created DESC, id LIMIT 200");
        let rows = self.database.query(NEWEST, Vec::new()).await?;
        rows.iter().map(read).collect()
    }

    /// How many jobs wait.
    pub async fn waiting(&self) -> Result<usize, StoreError> {
        const COUNT: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM jobs WHERE status = 'accepted'";
        let rows = self.database.query(COUNT, Vec::new()).await?;
        let cell = rows.first().and_then(|row| row.first()?.as_ref());
        Ok(cell.and_then(|count| count.parse().ok()).unwrap_or(0))
    }

    /// Puts jobs that were running when the server ended back in the queue.
    pub async fn requeue(&self) -> Result<u64, StoreError> {
        const REQUEUE: &str = "UPDATE jobs SET status = 'accepted', \
            message = 'waits again: the server was started anew', progress = '0', \
            started = NULL, updated = $1 WHERE status = 'running'";
        self.database.execute(REQUEUE, vec![Some(now())]).await
    }

    /// Takes the job that has waited longest.
    pub async fn next(&self) -> Result<Option<Job>, StoreError> {
        const OLDEST: &str = select!("WHERE status = 'accepted' ORDER BY created, id LIMIT 1");
        const BEGIN: &str = "UPDATE jobs SET status = 'running', message = 'runs', started = $1, \
            updated = $2 WHERE id = $3 AND status = 'accepted'";
        loop {
            let rows = self.database.query(OLDEST, Vec::new()).await?;
            let Some(row) = rows.first() else {
                return Ok(None);
            };
            let job = read(row)?;
            let at = Some(now());
            let cells = vec![at.clone(), at, Some(job.id.clone())];
            // It may have been dismissed in between.
            if self.database.execute(BEGIN, cells).await? > 0 {
                return self.job(&job.id).await;
            }
        }
    }

    /// Notes how far a running job is.
    pub async fn progress(&self, id: &str, percent: u8, message: &str) -> Result<(), StoreError> {
        const NOTE: &str = "UPDATE jobs SET progress = $1, message = $2, updated = $3 \
            WHERE id = $4 AND status = 'running'";
        let cells = [&percent.to_string(), message, &now(), id];
        let cells = cells.map(|cell| Some(cell.to_owned())).into();
        self.database.execute(NOTE, cells).await.map(drop)
    }

    /// Ends a job that is not over yet; says whether it did.
    pub async fn end(&self, id: &str, status: Status, message: &str) -> Result<bool, StoreError> {
        const END: &str = "UPDATE jobs SET status = $1, message = $2, progress = $3, \
            finished = $4, updated = $5 WHERE id = $6 AND status IN ('accepted', 'running')";
        let progress = if status == Status::Successful {
            "100"
        } else {
            "0"
        };
        let at = now();
        let cells = [status.as_str(), message, progress, &at, &at, id];
        let cells = cells.map(|cell| Some(cell.to_owned())).into();
        Ok(self.database.execute(END, cells).await? > 0)
    }

    /// Dismisses a job that is over; its results are to be removed.
    pub async fn forget(&self, id: &str) -> Result<(), StoreError> {
        const FORGET: &str = "UPDATE jobs SET status = 'dismissed', \
            message = 'dismissed; its results were removed', updated = $1 WHERE id = $2";
        let cells = vec![Some(now()), Some(id.to_owned())];
        self.database.execute(FORGET, cells).await.map(drop)
    }
}

/// Now in UTC, so that texts sort as times do.
pub fn now() -> String {
    Timestamp::now()
        .strftime("%Y-%m-%dT%H:%M:%S%.6fZ")
        .to_string()
}

fn row_error(error: impl std::fmt::Display) -> StoreError {
    StoreError::Row(error.to_string())
}

fn read(row: &Row) -> Result<Job, StoreError> {
    let mut cells = row.iter().cloned();
    let mut next = || cells.next().flatten();
    let mut needed = || next().ok_or_else(|| StoreError::Row("a cell is missing".to_owned()));
    let (id, study, request, inputs) = (needed()?, needed()?, needed()?, needed()?);
    let (status, message, progress, created) = (needed()?, needed()?, needed()?, needed()?);
    let options: RunOptions = serde_json::from_str(&request).map_err(row_error)?;
    let known = Status::named(&status);
    Ok(Job {
        id,
        study,
        options,
        inputs,
        status: known.ok_or_else(|| row_error(format!("status `{status}`")))?,
        message,
        progress: progress.parse().map_err(row_error)?,
        created,
        started: next(),
        finished: next(),
        updated: next().unwrap_or_default(),
    })
}
