//! Routes against published distances, for people and programs.

use std::path::Path;

use foreland::validation::{Compared, DistanceCheck, check_distances};
use sealane::Ocean;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::progress::Stages;
use crate::terminal::Grid;

/// How many of the worst rows are listed.
const WORST: usize = 20;

/// The comparison of all rows.
pub(super) struct Validation(DistanceCheck);

/// Compares every published distance.
///
/// # Errors
///
/// Wrong input if the table of published distances cannot be read.
pub(super) fn validate(atlas_dir: &Path, ocean: &Ocean) -> Result<Validation, Failure> {
    let stages = Stages::new();
    let check = check_distances(atlas_dir, ocean, &|done, total| {
        stages.update("distances", done, total);
    })?;
    Ok(Validation(check))
}

impl Validation {
    /// Number of goals that are missed.
    pub(super) fn unmet(&self) -> usize {
        self.0.goals().iter().filter(|goal| !goal.is_met()).count()
    }

    pub(super) fn text(&self) -> String {
        let mut groups = Grid::new();
        groups.text("Published distances").number("Rows");
        groups
            .number("Median |error|")
            .number("95 % below")
            .number("Worst")
            .number("Mean");
        for group in self.0.groups() {
            groups.row([
                group.name,
                group.rows.to_string(),
                percent(group.median),
                percent(group.p95),
                percent(group.worst),
                format!("{:+.2} %", group.bias * 100.0),
            ]);
        }
        let mut worst = Grid::new();
        worst.text("Worst rows").text("Via").text("Trust");
        worst
            .number("Published")
            .number("Ours")
            .number("Error")
            .text("Remark");
        for row in self.0.worst(WORST) {
            worst.row(cells(row));
        }
        let explain = self.0.to_explain();
        format!(
            "\n{}\n\n{}\n\n{}\n{} rows of trust A and 200 nm or more differ by more than 6 %",
            groups.render(),
            worst.render(),
            self.goals().render(),
            explain.len()
        )
    }

    fn goals(&self) -> Grid {
        let mut goals = Grid::new();
        goals
            .text("Goal")
            .number("Reached")
            .number("At most")
            .text("");
        for goal in self.0.goals() {
            let unit = goal.unit;
            goals.row([
                goal.name.clone(),
                format!("{:.2} {unit}", goal.reached),
                format!("{:.2} {unit}", goal.at_most),
                if goal.is_met() { "met" } else { "missed" }.to_owned(),
            ]);
        }
        goals
    }

    pub(super) fn json(&self) -> Value {
        let groups: Vec<Value> = self
            .0
            .groups()
            .into_iter()
            .map(|g| {
                json!({
                    "name": g.name, "rows": g.rows, "median_abs_error": g.median,
                    "p95_abs_error": g.p95, "worst_abs_error": g.worst, "mean_error": g.bias,
                })
            })
            .collect();
        let goals: Vec<Value> = self
            .0
            .goals()
            .into_iter()
            .map(|goal| {
                json!({
                    "name": goal.name, "reached": finite(goal.reached), "at_most": goal.at_most,
                    "unit": goal.unit, "met": goal.is_met(),
                })
            })
            .collect();
        let worst: Vec<Value> = self.0.worst(WORST).into_iter().map(row_json).collect();
        let rows: Vec<Value> = self.0.rows.iter().map(row_json).collect();
        json!({ "groups": groups, "goals": goals, "worst": worst, "rows": rows })
    }
}

/// JSON has no infinity.
fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

fn cells(row: &Compared) -> [String; 7] {
    let published = &row.published;
    let (ours, error) = match (&row.computed_nm, row.error()) {
        (Ok(nm), Some(error)) => (format!("{nm:.0} nm"), format!("{:+.2} %", error * 100.0)),
        _ => ("none".to_owned(), String::new()),
    };
    [
        format!("{} – {}", published.from.name, published.to.name),
        published.via.clone(),
        published.trust.as_str().to_owned(),
        format!("{:.0} nm", published.nm),
        ours,
        error,
        row.reason().to_owned(),
    ]
}

fn row_json(row: &Compared) -> Value {
    let published = &row.published;
    json!({
        "line": published.line, "from": published.from.unlocode, "to": published.to.unlocode,
        "via": published.via, "trust": published.trust.as_str(), "published_nm": published.nm,
        "computed_nm": row.computed_nm.as_ref().ok(), "error": row.error(),
        "why": row.computed_nm.as_ref().err(), "note": row.reason(),
    })
}
