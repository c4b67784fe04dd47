//! The store does the same in both databases. PostgreSQL is asked where
//! `FORELAND_TEST_DATABASE_URL` names one, as `cargo xtask test` does.

use super::job::{Job, RunOptions, Status};
use super::store::{Accepted, Store, StoreError, now};

fn job(id: &str, seed: u64) -> Job {
    let at = now();
    Job {
        id: id.to_owned(),
        study: "small".to_owned(),
        options: RunOptions {
            seed: Some(seed),
            ..RunOptions::default()
        },
        inputs: "facts".to_owned(),
        status: Status::Accepted,
        message: "waits".to_owned(),
        progress: 0,
        created: at.clone(),
        started: None,
        finished: None,
        updated: at,
    }
}

async fn accepted(store: &Store, job: Job, key: Option<&str>) -> Accepted {
    let key = key.map(str::to_owned);
    store.accept(job, key).await.expect("a database")
}

/// The life of jobs, over a restart.
async fn lives(url: Option<&str>) -> Result<(), StoreError> {
    let folder = tempfile::tempdir().expect("a folder");
    // Names of this run alone: a database server may hold those of another.
    let id = |name: &str| format!("{name}-{}", folder.path().display());
    let key = id("key");
    let store = Store::open(folder.path(), url).await?;
    let elsewhere = Store::open(folder.path(), url).await;
    assert!(matches!(elsewhere, Err(StoreError::InUse { .. })));
    let (first, second) = (id("first"), id("second"));
    assert!(matches!(
        accepted(&store, job(&first, 1), Some(&key)).await,
        Accepted::New(_)
    ));
    assert!(
        matches!(accepted(&store, job(&second, 1), Some(&key)).await, Accepted::Same(same) if same.id == first)
    );
    assert!(matches!(
        accepted(&store, job(&second, 2), Some(&key)).await,
        Accepted::Conflict(_)
    ));
    assert!(matches!(
        accepted(&store, job(&second, 2), None).await,
        Accepted::New(_)
    ));
    assert_eq!(store.waiting().await?, 2);
    let running = store.next().await?.expect("one waits");
    assert_eq!((&running.id, running.status), (&first, Status::Running));
    assert!(running.started.is_some());
    store.progress(&first, 40, "runs").await?;
    assert_eq!(store.job(&first).await?.expect("it").progress, 40);
    drop(store);
    // The server was killed; another starts.
    let store = Store::open(folder.path(), url).await?;
    assert_eq!(store.requeue().await?, 1);
    assert_eq!(store.next().await?.expect("one waits").id, first);
    assert!(store.end(&first, Status::Successful, "done").await?);
    assert!(!store.end(&first, Status::Failed, "too late").await?);
    assert!(store.end(&second, Status::Dismissed, "dismissed").await?);
    assert!(store.next().await?.is_none());
    let done = store.job(&first).await?.expect("it");
    assert_eq!((done.status, done.progress), (Status::Successful, 100));
    assert!(done.finished.is_some());
    assert_eq!(done.options.seed, Some(1));
    // Other facts: the key asks anew.
    let mut changed = job(&id("third"), 1);
    changed.inputs = "other facts".to_owned();
    assert!(matches!(
        accepted(&store, changed, Some(&key)).await,
        Accepted::New(_)
    ));
    store.forget(&first).await?;
    assert_eq!(
        store.job(&first).await?.expect("it").status,
        Status::Dismissed
    );
    assert!(store.end(&id("third"), Status::Dismissed, "").await?);
    assert!(store.list().await?.len() >= 3);
    Ok(())
}

#[tokio::test]
async fn jobs_live_in_sqlite() {
    lives(None).await.expect("a database");
}

#[tokio::test]
async fn jobs_live_in_postgresql() {
    match std::env::var("FORELAND_TEST_DATABASE_URL") {
        Ok(url) => lives(Some(&url)).await.expect("a database"),
        Err(_) => eprintln!("skipped: FORELAND_TEST_DATABASE_URL names no PostgreSQL"),
    }
}

#[tokio::test]
async fn a_database_that_does_not_answer_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let nobody = "postgresql://nobody@127.0.0.1:9/none?connect_timeout=5";
    let error = Store::open(folder.path(), Some(nobody)).await.err();
    assert!(matches!(error, Some(StoreError::Postgres(_))));
}
