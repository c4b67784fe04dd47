//! The summary as files.

use std::path::Path;

use super::{FactorIndex, OutputSummary, Summary};
use crate::error::Error;
use crate::publish::json;
use crate::sweep::estimate::{Estimate, Index};
use crate::sweep::plan::OutputKind;

/// Writes all files; each is there as a whole or as it was.
pub(super) fn files(dir: &Path, summary: &Summary) -> Result<(), Error> {
    let files = [
        ("sweep.json", json(summary)?),
        ("indices.csv", indices(summary)?),
        ("claims.csv", claims(summary)?),
        ("convergence.csv", convergence(summary)?),
        ("index.html", crate::sweep::page::html(summary).into_bytes()),
    ];
    for (name, bytes) in files {
        let path = dir.join(name);
        let staging = dir.join(format!(".{name}.{}", std::process::id()));
        std::fs::write(&staging, bytes).map_err(Error::io("write", &staging))?;
        std::fs::rename(&staging, &path).map_err(Error::io("rename", &staging))?;
    }
    Ok(())
}

fn csv_bytes(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, Error> {
    let failed = |why: String| Error::Encode {
        what: "the summary of a sweep".to_owned(),
        why,
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(head)
        .map_err(|error| failed(error.to_string()))?;
    for row in rows {
        writer
            .write_record(row)
            .map_err(|error| failed(error.to_string()))?;
    }
    writer
        .into_inner()
        .map_err(|error| failed(error.to_string()))
}

/// Value, low and high end, each the shortest text that reads back as the same number.
fn three(estimate: Option<Estimate>) -> [String; 3] {
    match estimate {
        Some(e) => [e.value, e.low, e.high].map(|value| value.to_string()),
        None => [const { String::new() }; 3],
    }
}

/// Every index that is not exactly zero.
fn indices(summary: &Summary) -> Result<Vec<u8>, Error> {
    let moves = |index: &Index| {
        let of = |estimate: Option<Estimate>| estimate.is_some_and(|e| e.value != 0.0);
        of(index.first) || of(index.total)
    };
    let rows = summary.outputs.iter().flat_map(|output| {
        let all = output.indices.iter().zip(&summary.factors);
        all.filter(|(index, _)| moves(index))
            .map(|(index, factor)| {
                let mut row = vec![output.id.clone(), factor.id.clone()];
                row.extend(three(index.first));
                row.extend(three(index.total));
                row
            })
    });
    csv_bytes(
        &[
            "output",
            "assumption",
            "first_order",
            "first_order_low",
            "first_order_high",
            "total",
            "total_low",
            "total_high",
        ],
        rows,
    )
}

/// The share of runs under which each claim and part holds.
fn claims(summary: &Summary) -> Result<Vec<u8>, Error> {
    let rows = summary
        .outputs
        .iter()
        .filter(|output| output.kind.is_share())
        .map(|output| {
            let what = match output.kind {
                OutputKind::ClaimHolds => "claim",
                _ => "part",
            };
            let name = output.id.trim_start_matches("holds/");
            let (name, baseline) = match output.kind {
                OutputKind::PartHoldsAgainst => name.split_once('@').unwrap_or((name, "")),
                _ => (name, ""),
            };
            let mut row = vec![what.to_owned(), name.to_owned(), baseline.to_owned()];
            row.push(output.label.clone());
            row.extend(three(output.mean));
            row.push(output.sampled_runs.to_string());
            row
        });
    csv_bytes(
        &[
            "what",
            "id",
            "baseline",
            "statement",
            "share_holding",
            "share_low",
            "share_high",
            "runs",
        ],
        rows,
    )
}

/// Means, shares and the strongest indices at growing numbers of points.
fn convergence(summary: &Summary) -> Result<Vec<u8>, Error> {
    let rows = summary.outputs.iter().flat_map(|output| {
        output.convergence.iter().flat_map(move |checkpoint| {
            let row = |quantity: &str, factor: &str, estimate: Option<Estimate>| {
                let mut row = vec![
                    output.id.clone(),
                    checkpoint.points.to_string(),
                    checkpoint.runs.to_string(),
                    quantity.to_owned(),
                    factor.to_owned(),
                ];
                row.extend(three(estimate));
                row
            };
            let mut rows = vec![row(mean_word(output), "", checkpoint.mean)];
            for FactorIndex {
                factor,
                first,
                total,
            } in &checkpoint.strongest
            {
                rows.push(row("first_order", factor, *first));
                if total.is_some() {
                    rows.push(row("total", factor, *total));
                }
            }
            rows
        })
    });
    csv_bytes(
        &[
            "output",
            "points",
            "runs",
            "quantity",
            "assumption",
            "value",
            "low",
            "high",
        ],
        rows,
    )
}

fn mean_word(output: &OutputSummary) -> &'static str {
    match output.kind.is_share() {
        true => "share",
        false => "mean",
    }
}
