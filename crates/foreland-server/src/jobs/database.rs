//! One way to speak to both databases: the same statements, texts in, texts out.

use super::postgres::Postgres;
use super::sqlite::Sqlite;
use super::store::StoreError;

/// A value in a statement.
pub type Cell = Option<String>;
/// A row of an answer.
pub type Row = Vec<Cell>;

/// The changes of the database's form, in order. Those that were made are never altered.
pub const MIGRATIONS: [&str; 1] = [include_str!("../../migrations/0001_jobs.sql")];
/// Which of them were made.
pub const VERSIONS: &str = "CREATE TABLE IF NOT EXISTS schema_version (version TEXT PRIMARY KEY)";
/// The number of those made.
pub const COUNT_VERSIONS: &str = "SELECT CAST(COUNT(*) AS TEXT) FROM schema_version";
/// Notes one as made.
pub const NOTE_VERSION: &str = "INSERT INTO schema_version (version) VALUES ($1)";

/// The database of jobs.
pub enum Database {
    /// A file in the store.
    Sqlite(Sqlite),
    /// A server.
    Postgres(Box<Postgres>),
}

impl Database {
    /// Rows changed by a statement. Parameters `$1`, `$2`, … stand in this order in its text.
    pub async fn execute(&self, sql: &'static str, cells: Vec<Cell>) -> Result<u64, StoreError> {
        match self {
            Database::Sqlite(sqlite) => sqlite.execute(sql, cells).await,
            Database::Postgres(postgres) => postgres.execute(sql, cells).await,
        }
    }

    /// Rows of an answer, all of whose columns are texts.
    pub async fn query(&self, sql: &'static str, cells: Vec<Cell>) -> Result<Vec<Row>, StoreError> {
        match self {
            Database::Sqlite(sqlite) => sqlite.query(sql, cells).await,
            Database::Postgres(postgres) => postgres.query(sql, cells).await,
        }
    }

    /// Makes the migrations that were not made yet.
    pub async fn migrate(&mut self) -> Result<(), StoreError> {
        match self {
            Database::Sqlite(sqlite) => sqlite.migrate().await,
            Database::Postgres(postgres) => postgres.migrate().await,
        }
    }
}
