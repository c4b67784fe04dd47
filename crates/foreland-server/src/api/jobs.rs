//! Runs of studies as jobs (OGC API – Processes).

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream, StreamExt};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::studies;
use crate::extract::Json;
use crate::jobs::{Accepted, Job, RunOptions, Status, Step, StoreError};
use crate::problem::{Code, Problem};
use crate::state::App;

/// Longest Idempotency-Key.
const LONGEST_KEY: usize = 128;
/// Values that a run may set.
const MOST_SET: usize = 200;
/// Things that a run may switch off.
const MOST_OFF: usize = 20;
/// Seconds after which a place in the queue may be free.
const COME_AGAIN_S: u32 = 30;

/// A job (OGC API – Processes, statusInfo).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StatusInfo {
    /// Identifier of the job.
    #[serde(rename = "jobID")]
    job_id: String,
    /// The study that is run.
    #[serde(rename = "processID")]
    process_id: String,
    /// Always `process`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// Where it is in its life.
    status: Status,
    /// What it does, or how it ended.
    message: String,
    /// Whole percent.
    #[schema(minimum = 0, maximum = 100)]
    progress: u8,
    /// When it was accepted, UTC.
    created: String,
    /// When it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    started: Option<String>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    finished: Option<String>,
    /// When any of this last changed.
    updated: String,
    /// What was asked.
    request: RunOptions,
    /// Where to go from here.
    links: Vec<Link>,
}

/// A link.
#[derive(Serialize, ToSchema)]
pub struct Link {
    /// Address.
    href: String,
    /// Relation.
    rel: &'static str,
    /// Media type.
    #[serde(rename = "type")]
    kind: &'static str,
}

/// Jobs.
#[derive(Serialize, ToSchema)]
pub struct JobList {
    /// Newest first.
    jobs: Vec<StatusInfo>,
}

impl From<Job> for StatusInfo {
    fn from(job: Job) -> StatusInfo {
        let link = |end: &str, rel, kind| Link {
            href: format!("/v1/jobs/{}{end}", job.id),
            rel,
            kind,
        };
        let mut links = vec![
            link("", "self", "application/json"),
            link("/events", "monitor", "text/event-stream"),
        ];
        if job.status == Status::Successful {
            let results = "http://www.opengis.net/def/rel/ogc/1.0/results";
            links.push(link("/results", results, "application/json"));
            links.push(link("/results/report", "alternate", "text/html"));
        }
        StatusInfo {
            links,
            job_id: job.id,
            process_id: job.study,
            kind: "process",
            status: job.status,
            message: job.message,
            progress: job.progress,
            created: job.created,
            started: job.started,
            finished: job.finished,
            updated: job.updated,
            request: job.options,
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        Problem::internal(&error)
    }
}

/// Asks for a run of a study
///
/// With the header Idempotency-Key the same request twice is one job, as long as it did not fail,
/// was not dismissed, and study and atlas are the same.
#[utoipa::path(
    post, path = "/v1/studies/{id}/runs", tag = "jobs", request_body = RunOptions,
    params(
        ("id" = String, Path, description = "Study", example = "chancay"),
        ("Idempotency-Key" = Option<String>, Header, description = "A text of the client's choice"),
    ),
    responses(
        (status = 202, body = StatusInfo, headers(("Location" = String, description = "The job"))),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 503, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn run(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(options): Json<RunOptions>,
) -> Result<Response, Problem> {
    let study = studies::find(&app, &id)?;
    let key = idempotency_key(&headers)?;
    check(&app, &study, &options).await?;
    let store = app.jobs.store();
    let now = crate::jobs::now();
    let job = Job {
        id: random_id()?,
        study: id,
        options,
        inputs: inputs(&app, &study),
        status: Status::Accepted,
        message: "waits".to_owned(),
        progress: 0,
        created: now.clone(),
        started: None,
        finished: None,
        updated: now,
    };
    let most = app.config.limits.jobs_waiting;
    if store.waiting().await? >= most {
        return Err(
            Problem::new(Code::Overloaded, format!("{most} runs wait already"))
                .remedy("ask again later")
                .retry_after(COME_AGAIN_S),
        );
    }
    let job = match store.accept(job, key).await? {
        Accepted::New(job) => {
            app.jobs.ring();
            job
        }
        Accepted::Same(job) => job,
        Accepted::Conflict(job) => {
            return Err(Problem::bad(
                format!(
                    "this Idempotency-Key asked for something else: job {}",
                    job.id
                ),
                "send another key, or the same request",
            )
            .with_status(StatusCode::UNPROCESSABLE_ENTITY));
        }
    };
    let location = HeaderValue::from_str(&format!("/v1/jobs/{}", job.id))
        .map_err(|error| Problem::internal(&error))?;
    let body = axum::Json(StatusInfo::from(job));
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, location)], body).into_response())
}

/// The newest jobs
#[utoipa::path(
    get, path = "/v1/jobs", tag = "jobs",
    responses((status = 200, body = JobList))
)]
pub async fn jobs(State(app): State<App>) -> Result<axum::Json<JobList>, Problem> {
    let jobs = app.jobs.store().list().await?;
    Ok(axum::Json(JobList {
        jobs: jobs.into_iter().map(StatusInfo::from).collect(),
    }))
}

/// A job
#[utoipa::path(
    get, path = "/v1/jobs/{job}", tag = "jobs",
    params(("job" = String, Path, description = "Identifier")),
    responses(
        (status = 200, body = StatusInfo),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn job(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<axum::Json<StatusInfo>, Problem> {
    Ok(axum::Json(find(&app, &id).await?.into()))
}

/// Calls a job off, before and after it starts; of one that is over, removes the results
#[utoipa::path(
    delete, path = "/v1/jobs/{job}", tag = "jobs",
    params(("job" = String, Path, description = "Identifier")),
    responses(
        (status = 200, body = StatusInfo),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn dismiss(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<axum::Json<StatusInfo>, Problem> {
    let job = find(&app, &id).await?;
    app.jobs.dismiss(&job).await?;
    Ok(axum::Json(find(&app, &id).await?.into()))
}

/// How a job goes, as server-sent events: `progress` while it runs, `status` at the beginning and end
#[utoipa::path(
    get, path = "/v1/jobs/{job}/events", tag = "jobs",
    params(("job" = String, Path, description = "Identifier")),
    responses(
        (status = 200, description = "Events", content_type = "text/event-stream"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn events(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let job = find(&app, &id).await?;
    let first = status_event(&job);
    let rest = stream::unfold(
        Follower {
            app,
            id,
            is_over: job.status.is_over(),
            steps: None,
        },
        next,
    );
    let events = stream::once(async { first }).chain(rest).map(Ok);
    Ok(Sse::new(events).keep_alive(KeepAlive::default()))
}

/// Somebody who follows a job.
struct Follower {
    app: App,
    id: String,
    is_over: bool,
    steps: Option<tokio::sync::watch::Receiver<Step>>,
}

/// The next event; none after the job is over.
async fn next(mut follower: Follower) -> Option<(Event, Follower)> {
    /// How often a job that waits is looked at.
    const LOOK: std::time::Duration = std::time::Duration::from_millis(500);
    if follower.is_over {
        return None;
    }
    loop {
        if let Some(steps) = &mut follower.steps {
            if steps.changed().await.is_ok() {
                let step = steps.borrow_and_update().clone();
                if !step.is_over {
                    return Some((progress_event(&step), follower));
                }
            }
            follower.steps = None;
        } else {
            tokio::time::sleep(LOOK).await;
            follower.steps = follower.app.jobs.follow(&follower.id);
        }
        let job = follower.app.jobs.store().job(&follower.id).await.ok()??;
        if job.status.is_over() {
            follower.is_over = true;
            return Some((status_event(&job), follower));
        }
    }
}

fn progress_event(step: &Step) -> Event {
    let data = json!({
        "stage": step.stage, "done": step.done, "total": step.total, "progress": step.progress,
    });
    Event::default().event("progress").data(data.to_string())
}

fn status_event(job: &Job) -> Event {
    let data = json!({
        "jobID": job.id, "status": job.status, "message": job.message, "progress": job.progress,
    });
    Event::default().event("status").data(data.to_string())
}

/// A job by its identifier.
///
/// # Errors
///
/// `not_found`.
pub async fn find(app: &App, id: &str) -> Result<Job, Problem> {
    app.jobs.store().job(id).await?.ok_or_else(|| {
        Problem::new(Code::NotFound, "there is no such job").remedy("GET /v1/jobs lists them")
    })
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(key) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    match key.to_str() {
        Ok(key) if (1..=LONGEST_KEY).contains(&key.len()) => Ok(Some(key.to_owned())),
        _ => Err(Problem::bad(
            "Idempotency-Key: this is no key",
            format!("send 1 to {LONGEST_KEY} visible ASCII characters"),
        )),
    }
}

/// Refuses what could not run, before it waits.
async fn check(app: &App, study: &foreland::Study, options: &RunOptions) -> Result<(), Problem> {
    let most = app.config.limits.replications;
    if let Some(wrong) = options.replications.filter(|n| !(1..=most).contains(n)) {
        return Err(Problem::bad(
            format!("replications: {wrong} are not run"),
            format!("give a number from 1 to {most}"),
        ));
    }
    if options.set.len() > MOST_SET {
        return Err(Problem::new(
            Code::TooBig,
            format!("set: {} values are too many", options.set.len()),
        )
        .remedy(format!("set at most {MOST_SET}")));
    }
    if options.off.len() > MOST_OFF {
        return Err(Problem::new(
            Code::TooBig,
            format!("off: {} things are too many", options.off.len()),
        )
        .remedy(format!("switch off at most {MOST_OFF}")));
    }
    if options.off.is_empty() && options.scenario.is_some() {
        return Err(Problem::bad(
            "scenario: nothing is switched off under it",
            "give `off` as well, or leave it out",
        ));
    }
    if !options.off.is_empty() {
        study.without(&options.off, options.scenario.as_deref())?;
    }
    if options.set.is_empty() {
        return Ok(());
    }
    let (charts, set) = (Arc::clone(&app.charts), options.set.clone());
    let checked = app.work.run(move || {
        let set: Vec<(String, f64)> = set.into_iter().collect();
        let atlas = charts.atlas.as_ref();
        atlas.map_or(Ok(()), |atlas| atlas.with_values(&set).map(drop))
    });
    checked.await?.map_err(Problem::from)
}

/// What a run's result depends on beside its options.
fn inputs(app: &App, study: &foreland::Study) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    hasher.update(study.text.text().as_bytes());
    for file in app.charts.atlas.iter().flat_map(foreland::Atlas::files) {
        hasher.update(file.blake3.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// 128 random bits: who does not know a job cannot guess it.
fn random_id() -> Result<String, Problem> {
    let mut bits = [0_u8; 16];
    getrandom::fill(&mut bits).map_err(|error| Problem::internal(&error))?;
    Ok(bits.iter().map(|byte| format!("{byte:02x}")).collect())
}
