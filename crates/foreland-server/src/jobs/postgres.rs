//! Jobs in a PostgreSQL server. The connection is not encrypted: the server belongs on this
//! machine or into a network of its own.

use tokio::sync::Mutex;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls};

use super::database::{COUNT_VERSIONS, Cell, MIGRATIONS, NOTE_VERSION, Row, VERSIONS};
use super::store::StoreError;

/// A connection that is made anew when it breaks.
pub struct Postgres {
    url: String,
    client: Mutex<Client>,
}

impl Postgres {
    /// Connects.
    pub async fn open(url: &str) -> Result<Postgres, StoreError> {
        Ok(Postgres {
            url: url.to_owned(),
            client: Mutex::new(connect(url).await?),
        })
    }

    pub(super) async fn execute(
        &self,
        sql: &'static str,
        cells: Vec<Cell>,
    ) -> Result<u64, StoreError> {
        let client = self.living().await?;
        Ok(client.execute(sql, &parameters(&cells)).await?)
    }

    pub(super) async fn query(
        &self,
        sql: &'static str,
        cells: Vec<Cell>,
    ) -> Result<Vec<Row>, StoreError> {
        let client = self.living().await?;
        let rows = client.query(sql, &parameters(&cells)).await?;
        rows.iter()
            .map(|row| {
                (0..row.len())
                    .map(|column| Ok(row.try_get(column)?))
                    .collect()
            })
            .collect()
    }

    pub(super) async fn migrate(&mut self) -> Result<(), StoreError> {
        let client = self.client.get_mut();
        let change = client.transaction().await?;
        change.batch_execute(VERSIONS).await?;
        let made: String = change.query_one(COUNT_VERSIONS, &[]).await?.try_get(0)?;
        let made: usize = made.parse().unwrap_or(0);
        for (number, migration) in MIGRATIONS.iter().enumerate().skip(made) {
            change.batch_execute(migration).await?;
            change.execute(NOTE_VERSION, &[&number.to_string()]).await?;
        }
        Ok(change.commit().await?)
    }

    /// The connection, or a new one if it broke.
    async fn living(&self) -> Result<tokio::sync::MutexGuard<'_, Client>, StoreError> {
        let mut client = self.client.lock().await;
        if client.is_closed() {
            *client = connect(&self.url).await?;
        }
        Ok(client)
    }
}

async fn connect(url: &str) -> Result<Client, StoreError> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(async move {
        // Whoever asks next finds the connection closed and makes another.
        if let Err(error) = connection.await {
            eprintln!("warning: the connection to the database broke: {error}");
        }
    });
    Ok(client)
}

fn parameters(cells: &[Cell]) -> Vec<&(dyn ToSql + Sync)> {
    cells
        .iter()
        .map(|cell| cell as &(dyn ToSql + Sync))
        .collect()
}
