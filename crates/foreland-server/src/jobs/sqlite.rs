//! Jobs in a file.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, params_from_iter};

use super::database::{COUNT_VERSIONS, Cell, MIGRATIONS, NOTE_VERSION, Row, VERSIONS};
use super::store::StoreError;

/// A file of jobs; one statement at a time.
pub struct Sqlite(Arc<Mutex<Connection>>);

impl Sqlite {
    /// Opens or makes the file. Every commit is on disk before it is answered.
    pub fn open(path: &Path) -> Result<Sqlite, StoreError> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        Ok(Sqlite(Arc::new(Mutex::new(connection))))
    }

    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    ) -> Result<T, StoreError> {
        let connection = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || {
            work(&mut connection.lock().unwrap_or_else(PoisonError::into_inner))
        });
        Ok(done
            .await
            .map_err(|error| StoreError::Thread(error.to_string()))??)
    }

    pub(super) async fn execute(
        &self,
        sql: &'static str,
        cells: Vec<Cell>,
    ) -> Result<u64, StoreError> {
        self.with(move |connection| {
            let mut statement = connection.prepare_cached(sql)?;
            Ok(statement.execute(params_from_iter(cells))? as u64)
        })
        .await
    }

    pub(super) async fn query(
        &self,
        sql: &'static str,
        cells: Vec<Cell>,
    ) -> Result<Vec<Row>, StoreError> {
        self.with(move |connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let columns = statement.column_count();
            let rows = statement.query_map(params_from_iter(cells), |row| {
                (0..columns).map(|column| row.get(column)).collect()
            })?;
            rows.collect()
        })
        .await
    }

    pub(super) async fn migrate(&self) -> Result<(), StoreError> {
        self.with(|connection| {
            let change = connection.transaction()?;
            change.execute_batch(VERSIONS)?;
            let made: String = change.query_row(COUNT_VERSIONS, [], |row| row.get(0))?;
            let made: usize = made.parse().unwrap_or(0);
            for (number, migration) in MIGRATIONS.iter().enumerate().skip(made) {
                change.execute_batch(migration)?;
                change.execute(NOTE_VERSION, [number.to_string()])?;
            }
            change.commit()
        })
        .await
    }
}
