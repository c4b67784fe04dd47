//! What a job found.

use std::path::PathBuf;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde::Deserialize;
use utoipa::IntoParams;

use super::jobs;
use crate::columns;
use crate::extract::Query;
use crate::format::Format;
use crate::jobs::Status;
use crate::problem::{Code, Problem};
use crate::reply::{Content, Freshness};
use crate::state::App;

/// The report is one file: it loads nothing, and runs no scripts.
const REPORT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                             frame-ancestors 'self'";

/// How a table is asked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TableQuery {
    /// json, csv, arrow or parquet (routes and points: geojson); goes before the header Accept
    format: Option<String>,
}

/// Everything that a job found, as docs/schema/findings.schema.json describes it
#[utoipa::path(
    get, path = "/v1/jobs/{job}/results", tag = "jobs",
    params(("job" = String, Path, description = "Identifier")),
    responses(
        (status = 200, description = "Findings", content_type = "application/json"),
        (status = 304, description = "The client has them"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 406, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn results(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let folder = folder(&app, &id).await?;
    let format = Format::choose(None, &headers, &[Format::Json])?;
    file(
        &app,
        folder.join("findings.json"),
        format.media_type(),
        headers,
    )
    .await
}

/// A table of what a job found, its routes or points as GeoJSON, or its report as a page
#[utoipa::path(
    get, path = "/v1/jobs/{job}/results/{table}", tag = "jobs",
    params(
        ("job" = String, Path, description = "Identifier"),
        ("table" = String, Path, description = "chains, claims, … ; routes, points, report"),
        TableQuery,
    ),
    responses(
        (status = 200, content(
            (Vec<serde_json::Value> = "application/json"),
            (String = "text/csv"),
            (Vec<u8> = "application/vnd.apache.arrow.stream"),
            (Vec<u8> = "application/vnd.apache.parquet"),
            (String = "application/geo+json"),
            (String = "text/html"),
        )),
        (status = 304, description = "The client has it"),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 406, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn table(
    State(app): State<App>,
    Path((id, name)): Path<(String, String)>,
    Query(query): Query<TableQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let folder = folder(&app, &id).await?;
    if name == "report" {
        return report(&app, folder, headers).await;
    }
    let named = query.format.as_deref();
    if let Some(geo) = ["routes", "points"].into_iter().find(|geo| *geo == name) {
        let format = Format::choose(named, &headers, &[Format::Geojson])?;
        let path = folder.join(format!("geo/{geo}.geojson"));
        return file(&app, path, format.media_type(), headers).await;
    }
    let tables = tables(&folder)?;
    let Some(known) = tables.iter().find(|known| **known == name) else {
        return Err(Problem::new(
            Code::NotFound,
            format!("the results have no table `{name}`"),
        )
        .remedy(format!(
            "name routes, points, report, or one of {}",
            tables.join(", ")
        )));
    };
    let format = Format::choose(named, &headers, &columns::OFFERED)?;
    let stored = |end| folder.join(format!("tables/{known}.{end}"));
    match format {
        Format::Csv => file(&app, stored("csv"), format.media_type(), headers).await,
        Format::Parquet => file(&app, stored("parquet"), format.media_type(), headers).await,
        _ => {
            let path = stored("parquet");
            let made = app.work.run(move || converted(&path, format)).await??;
            Ok(Content::of(format, made).answer(&headers, Freshness::Ask))
        }
    }
}

/// The folder of a job's results.
async fn folder(app: &App, id: &str) -> Result<PathBuf, Problem> {
    let job = jobs::find(app, id).await?;
    match job.status {
        Status::Successful => Ok(app.jobs.results(&job)),
        Status::Accepted | Status::Running => {
            Err(Problem::new(Code::NotFound, "the results are not ready")
                .remedy("follow the job's events and ask again")
                .retry_after(2))
        }
        Status::Failed => Err(
            Problem::new(Code::NotFound, format!("it failed: {}", job.message))
                .with_status(StatusCode::CONFLICT),
        ),
        Status::Dismissed => {
            Err(Problem::new(Code::Cancelled, "the job was dismissed")
                .remedy("ask for another run"))
        }
    }
}

/// A file of the results.
async fn file(
    app: &App,
    path: PathBuf,
    media_type: &'static str,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let read = app
        .work
        .run(move || std::fs::read(path).map(|bytes| Content::new(media_type, bytes)));
    let content = read.await?.map_err(|error| Problem::internal(&error))?;
    Ok(content.answer(&headers, Freshness::Ask))
}

async fn report(app: &App, folder: PathBuf, headers: HeaderMap) -> Result<Response, Problem> {
    let path = folder.join("report/index.html");
    let mut response = file(app, path, "text/html; charset=utf-8", headers).await?;
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(REPORT_POLICY),
    );
    Ok(response)
}

/// The tables that there are.
fn tables(folder: &std::path::Path) -> Result<Vec<String>, Problem> {
    let entries =
        std::fs::read_dir(folder.join("tables")).map_err(|error| Problem::internal(&error))?;
    let names = entries
        .filter_map(Result::ok)
        .map(|entry| entry.file_name());
    let mut tables: Vec<String> = names
        .filter_map(|name| Some(name.to_str()?.strip_suffix(".parquet")?.to_owned()))
        .collect();
    tables.sort();
    Ok(tables)
}

fn converted(path: &std::path::Path, format: Format) -> Result<Vec<u8>, Problem> {
    let file = std::fs::File::open(path).map_err(|error| Problem::internal(&error))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file)
        .map_err(|error| Problem::internal(&error))?;
    let reader = builder.build().map_err(|error| Problem::internal(&error))?;
    let schema = arrow_array::RecordBatchReader::schema(&reader);
    let batches: Result<Vec<_>, _> = reader.collect();
    let mut batches = batches.map_err(|error| Problem::internal(&error))?;
    if batches.is_empty() {
        batches.push(arrow_array::RecordBatch::new_empty(schema));
    }
    columns::encode(&batches, format)
}
