//! Plays every back-test and writes what was observed beside what is modelled: `cargo xtask disruptions`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, ensure};
use foreland::findings::SimulatedOutcome;
use foreland::number;
use foreland::{Atlas, SimulationRequest, Study, simulate};
use indicatif::ProgressBar;
use sealane::{End, Ocean, Options, PassageSet};

/// Where the document lies in the repository.
const DOCUMENT: &str = "docs/validation/disruptions.md";
/// The back-tests, by the date of what they test.
const STUDIES: [&str; 8] = [
    "los-angeles-2021",
    "suez-2021",
    "panama-drought-2023",
    "red-sea-2024",
    "us-east-strike-2024",
    "bolivia-2024",
    "peru-swell-2024",
    "hormuz-2026",
];
/// Rotterdam to Singapore round the Cape less through Suez, sums of NGA Pub. 151, nm.
const PUBLISHED_DETOUR_NM: f64 = 11_769.0 - 8_340.0;

const HEAD: &str = "\
# Disruptions against what was observed

Written by `cargo xtask disruptions`; do not edit.

Each study of the table plays a disruption of the past with `foreland simulate`. What was known
before, or was announced, goes in; what came of it stays out and is compared here. An *exam* is such
an outcome. A figure *shown* is one by which something was set, or no outcome at all: it only shows
that the run does what it was told, and counts for nothing. Nothing is fitted to exams. Modelled is
the median over replications with P10 and P90; the ratio is median over observed. Within range: the
median lies in the range of what was observed; within ±15 %: it is that near to its middle value.
Where the figures can be read stands in `atlas/facts.csv` under the name of the fact.

";

/// A study and what came of it.
struct BackTest {
    folder: &'static str,
    title: String,
    outcomes: Vec<SimulatedOutcome>,
}

/// Plays the back-tests and writes the document, or with `check` compares it with the committed one.
///
/// # Errors
/// If a study or the atlas is wrong, or with `check` if the document differs.
pub fn run(root: &Path, check: bool) -> Result<()> {
    let atlas = Atlas::load(&root.join("atlas")).map_err(|error| anyhow!("{error}"))?;
    let bar = ProgressBar::new(STUDIES.len() as u64);
    let mut tests = Vec::new();
    for folder in STUDIES {
        bar.set_message(folder);
        tests.push(play(root, &atlas, folder)?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    let text = document(&tests, detour_nm()?);
    print!("{text}");
    let path = root.join(DOCUMENT);
    if check {
        let committed = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        ensure!(
            committed == text,
            "{DOCUMENT} is not current: run `cargo xtask disruptions`"
        );
        println!("{DOCUMENT} is current");
        return Ok(());
    }
    fs::write(&path, text).with_context(|| path.display().to_string())
}

fn play(root: &Path, atlas: &Atlas, folder: &'static str) -> Result<BackTest> {
    let wrong = |error: foreland::Error| anyhow!("studies/{folder}: {error}");
    let study = Study::load(&root.join("studies").join(folder)).map_err(wrong)?;
    let request = SimulationRequest {
        atlas,
        study: &study,
        seed: None,
        replications: None,
        until: None,
        checkpoint: None,
        cancel: None,
    };
    let findings = simulate(&request, &|_| {}).map_err(wrong)?;
    let findings = findings.with_context(|| format!("studies/{folder} has no [simulation]"))?;
    Ok(BackTest {
        folder,
        title: study.spec.title.clone(),
        outcomes: findings.outcomes,
    })
}

/// How much longer Rotterdam to Singapore is with Bab el-Mandeb closed, nm.
fn detour_nm() -> Result<f64> {
    let ocean = Ocean::embedded().map_err(|error| anyhow!("{error}"))?;
    let port = |code: &str| ocean.port(code).map(End::Port).context("a port is missing");
    let (from, to) = (port("NLRTM")?, port("SGSIN")?);
    let closed = ocean
        .passage("bab-el-mandeb")
        .context("the passage is missing")?;
    let length_nm = |avoid: PassageSet| -> Result<f64> {
        let options = Options {
            avoid,
            ..Options::default()
        };
        let route = ocean.route(from, to, &options);
        Ok(route.map_err(|error| anyhow!("{error}"))?.distance.nm())
    };
    Ok(length_nm(closed)? - length_nm(PassageSet::EMPTY)?)
}

fn document(tests: &[BackTest], detour_nm: f64) -> String {
    let exams = || {
        let outcomes = tests.iter().flat_map(|test| &test.outcomes);
        outcomes.filter(|outcome| outcome.exam)
    };
    let passed = exams().filter(|exam| exam.grade.passes()).count();
    let mut text = String::from(HEAD);
    let _ = writeln!(
        text,
        "{passed} of {} exams lie within the range or ±15 %.\n",
        exams().count()
    );
    for test in tests {
        text.push_str(&section(test));
    }
    let _ = writeln!(
        text,
        "## The way round the Cape\n\nRotterdam to Singapore is {} nm longer with Bab el-Mandeb closed, by `foreland route`; published \
         {} nm (sums of NGA Pub. 151), ratio {}. What that means in days stands in the study's estimate of world trade \
         (`foreland run studies/red-sea-2024`), which has its own table: 10 to 14 days were observed.",
        number::fixed(detour_nm, 0),
        number::fixed(PUBLISHED_DETOUR_NM, 0),
        number::fixed(detour_nm / PUBLISHED_DETOUR_NM, 3),
    );
    text
}

fn section(test: &BackTest) -> String {
    let mut text = format!(
        "## {}\n\n[`studies/{}`](../../studies/{}/study.toml)\n\n\
         | outcome | unit | observed | modelled, P50 (P10 to P90) | ratio | |\n|---|---|---:|---:|---:|---|\n",
        test.title, test.folder, test.folder
    );
    let rows = test.outcomes.iter();
    text.extend(rows.clone().map(row));
    text.push('\n');
    let remarks = rows.filter_map(|outcome| Some((outcome, outcome.remark.as_ref()?)));
    let notes: Vec<String> = remarks
        .map(|(outcome, remark)| format!("- {}: {remark}\n", outcome.statement))
        .collect();
    if !notes.is_empty() {
        text.extend(notes);
        text.push('\n');
    }
    text
}

fn row(outcome: &SimulatedOutcome) -> String {
    let ends = [outcome.observed_low, outcome.observed_high];
    let middle = outcome.modelled.as_ref().map_or(0.0, |found| found.p50);
    let decimals = number::decimals_for(&outcome.unit, &[outcome.observed, middle]);
    let fixed = |value: f64| number::fixed(value, decimals);
    let mut observed = fixed(outcome.observed);
    if ends[0] < ends[1] {
        let _ = write!(observed, " ({} to {})", fixed(ends[0]), fixed(ends[1]));
    }
    let modelled = outcome.modelled.as_ref().map_or_else(String::new, |found| {
        let [low, middle, high] = [found.p10, found.p50, found.p90].map(fixed);
        format!("{middle} ({low} to {high})")
    });
    let ratio = outcome.ratio.map(|ratio| number::fixed(ratio, 2));
    let grade = match outcome.exam {
        true => outcome.grade.label(),
        false => "shown",
    };
    format!(
        "| {} | {} | {observed} | {modelled} | {} | {grade} |\n",
        outcome.statement,
        outcome.unit,
        ratio.unwrap_or_default(),
    )
}
