//! Studies.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use foreland::Study;
use foreland::findings::Basis;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::{Code, Problem};
use crate::reply::{Content, Freshness};
use crate::state::App;

/// A study in a list.
#[derive(Serialize, ToSchema)]
pub struct StudySummary {
    /// Identifier.
    id: String,
    /// Title.
    title: String,
    /// The question that it asks.
    question: String,
    /// Claims are judged as of this day.
    as_of: String,
}

/// A study.
#[derive(Serialize, ToSchema)]
pub struct StudyInfo {
    #[serde(flatten)]
    summary: StudySummary,
    /// Plausible states of the world before the change.
    baselines: Vec<Part>,
    /// The changes that are asked about.
    scenarios: Vec<Part>,
    /// What was said.
    claims: Vec<Said>,
    /// What can be set in a run.
    parameters: Vec<Parameter>,
    /// Seed of a run that gives none.
    seed: u64,
    /// Parameter samples per world of a run that gives none.
    replications: u32,
}

/// A baseline or scenario.
#[derive(Serialize, ToSchema)]
pub struct Part {
    /// Identifier.
    id: String,
    /// Title.
    title: String,
    /// What it is, in a sentence.
    description: String,
    /// Day on which the world is looked at.
    date: Option<String>,
}

/// A claim.
#[derive(Serialize, ToSchema)]
pub struct Said {
    /// Identifier.
    id: String,
    /// Title.
    title: String,
    /// What was said, in our words.
    statement: String,
    /// Who said it.
    speaker: String,
    /// When.
    said_on: String,
    /// Where it can be read.
    source: String,
}

/// A value with its plausible range, or several that move together.
#[derive(Serialize, ToSchema)]
pub struct Parameter {
    /// Identifier, for `set`.
    id: String,
    /// Label.
    label: String,
    /// Low end of the plausible range.
    low: f64,
    /// Most plausible value.
    central: f64,
    /// High end.
    high: f64,
    /// Unit.
    unit: String,
    /// Where it comes from.
    source: String,
    /// Whether it is an assumption rather than a figure that was read or derived.
    assumed: bool,
}

/// All studies
#[utoipa::path(
    get, path = "/v1/studies", tag = "studies",
    responses((status = 200, body = Vec<StudySummary>))
)]
pub async fn studies(State(app): State<App>) -> Json<Vec<StudySummary>> {
    Json(app.studies.values().map(|study| summary(study)).collect())
}

/// A study with its claims and what can be set
#[utoipa::path(
    get, path = "/v1/studies/{id}", tag = "studies",
    params(("id" = String, Path, description = "Identifier", example = "chancay")),
    responses(
        (status = 200, body = StudyInfo),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn study(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<StudyInfo>, Problem> {
    let study = find(&app, &id)?;
    let spec = &study.spec;
    Ok(Json(StudyInfo {
        summary: summary(&study),
        baselines: spec
            .baseline
            .iter()
            .map(|one| Part {
                id: one.id.get().clone(),
                title: one.title.clone(),
                description: one.description.clone(),
                date: Some(one.date.0.to_string()),
            })
            .collect(),
        scenarios: spec
            .scenario
            .iter()
            .map(|one| Part {
                id: one.id.get().clone(),
                title: one.title.clone(),
                description: one.description.clone(),
                date: one.on.as_ref().map(|day| day.0.to_string()),
            })
            .collect(),
        claims: spec
            .claim
            .iter()
            .map(|one| Said {
                id: one.id.get().clone(),
                title: one.title.clone(),
                statement: one.statement.clone(),
                speaker: one.speaker.clone(),
                said_on: one.said_on.0.to_string(),
                source: one.source.clone(),
            })
            .collect(),
        parameters: parameters(&app),
        seed: spec.run.seed.unwrap_or(foreland::run::DEFAULT_SEED),
        replications: spec
            .run
            .replications
            .as_ref()
            .map_or(foreland::run::DEFAULT_REPLICATIONS, |n| *n.get()),
    }))
}

/// The study's file
#[utoipa::path(
    get, path = "/v1/studies/{id}/study.toml", tag = "studies",
    params(("id" = String, Path, description = "Identifier", example = "chancay")),
    responses(
        (status = 200, description = "TOML", content_type = "application/toml"),
        (status = 304, description = "The client has it"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn file(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let study = find(&app, &id)?;
    let text = study.text.text().to_owned();
    Ok(Content::new("application/toml", text).answer(&headers, Freshness::Ask))
}

/// A study by its identifier.
///
/// # Errors
///
/// `not_found` with the studies that there are.
pub fn find(app: &App, id: &str) -> Result<Arc<Study>, Problem> {
    app.studies.get(id).cloned().ok_or_else(|| {
        let known: Vec<&str> = app.studies.keys().map(String::as_str).collect();
        Problem::new(Code::NotFound, format!("there is no study `{id}`"))
            .remedy(format!("name one of {}", known.join(", ")))
    })
}

fn summary(study: &Study) -> StudySummary {
    StudySummary {
        id: study.id.clone(),
        title: study.spec.title.clone(),
        question: study.spec.question.clone(),
        as_of: study.spec.as_of.0.to_string(),
    }
}

fn parameters(app: &App) -> Vec<Parameter> {
    let drivers = app.charts.atlas.iter().flat_map(|atlas| atlas.drivers());
    drivers
        .map(|driver| Parameter {
            assumed: driver.origin.basis == Basis::Assumed,
            id: driver.id,
            label: driver.label,
            low: driver.low,
            central: driver.mid,
            high: driver.high,
            unit: driver.unit,
            source: driver.origin.source,
        })
        .collect()
}
