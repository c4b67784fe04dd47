//! Sweeps in a terminal: what one will cost, what it took, what it says.

use foreland::number;
use foreland::sweep::{
    Checkpoint, Cost, Design, Estimate, FactorIndex, Outcome, OutputKind, OutputSummary, Summary,
    SweepPlan,
};

use super::Grid;

/// Bytes in a megabyte.
const MEGABYTE: f64 = 1e6;
/// Seconds in an hour.
const HOUR_S: f64 = 3600.0;
/// Assumptions named for an output.
const NAMED: usize = 3;

/// Rows of figures that a terminal shows; more are left to the page and the tables.
const MOST_ROWS: usize = 40;

/// What a sweep will cost, before it starts.
pub(crate) fn cost(cost: &Cost, plan: &SweepPlan) -> String {
    let extent = &plan.extent;
    let design = match extent.design {
        Design::Sobol => format!(
            "{} points × ({} assumptions + 2)",
            count(extent.points),
            extent.factors
        ),
        Design::LatinHypercube => format!("a Latin hypercube of {} assumptions", extent.factors),
        Design::FullFactorial => {
            format!("{} levels of {} assumptions", extent.levels, extent.factors)
        }
    };
    format!(
        "{} runs: {design}, in {} partitions\n\
         {} assumptions are not looked at by the model, {} were left out\n\
         predicted from {} runs on one core: {} ms a run, {} core-hours, {} MB",
        count(cost.runs),
        count(cost.partitions),
        plan.not_read.len(),
        plan.left_out.len(),
        count(cost.pilot_runs),
        number::plain(cost.core_s_per_run * 1e3),
        number::plain(cost.core_h()),
        number::plain(cost.bytes as f64 / MEGABYTE),
    )
}

/// What it took, beside what was predicted.
pub(crate) fn outcome(outcome: &Outcome, cost: &Cost, wall_s: f64) -> String {
    let mut text = format!(
        "{} partitions computed ({} of them were damaged), {} kept",
        count(outcome.made),
        count(outcome.redone),
        count(outcome.kept)
    );
    if outcome.runs > 0 {
        let share = outcome.runs as f64 / cost.runs as f64;
        let line = |what: &str, took: f64, predicted: f64, unit: &str| {
            format!(
                "\n{what}: {} {unit}, predicted {} ({}{:.0} %)",
                number::plain(took),
                number::plain(predicted),
                if took < predicted { "−" } else { "+" },
                100.0 * (took / predicted - 1.0).abs()
            )
        };
        text.push_str(&line(
            "core time",
            outcome.core_s / HOUR_S,
            cost.core_h() * share,
            "h",
        ));
        text.push_str(&line(
            "output",
            outcome.bytes as f64 / MEGABYTE,
            cost.bytes as f64 * share / MEGABYTE,
            "MB",
        ));
        text.push_str(&format!(
            "\n{} runs in {} s: {} runs a second",
            count(outcome.runs),
            number::plain(wall_s),
            number::plain(outcome.runs as f64 / wall_s)
        ));
    }
    text
}

/// What a sweep says.
pub(crate) fn summary(summary: &Summary) -> String {
    let head = format!(
        "{}\n{} runs over {} assumptions; intervals are 95 %\n\
         Means, changes and all indices are in index.html and the tables.",
        summary.title,
        count(summary.runs),
        summary.factors.len()
    );
    let blocks = [
        Some(head),
        shares(summary),
        figures(summary, OutputKind::Change, "What changes"),
        figures(summary, OutputKind::Figure, "Figure behind a claim"),
        convergence(summary),
    ];
    blocks
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n\n")
        + "\n"
}

fn of_kind(summary: &Summary, wanted: impl Fn(OutputKind) -> bool) -> Vec<&OutputSummary> {
    let all = summary.outputs.iter();
    all.filter(|output| wanted(output.kind)).collect()
}

fn shares(summary: &Summary) -> Option<String> {
    let is_wanted = |kind| matches!(kind, OutputKind::ClaimHolds | OutputKind::PartHolds);
    let outputs = of_kind(summary, is_wanted);
    if outputs.is_empty() {
        return None;
    }
    let mut grid = Grid::new();
    grid.text("Claim or part")
        .number("Holds in")
        .number("95 %")
        .text("What decides it");
    for output in outputs {
        let indent = match output.kind {
            OutputKind::PartHolds => "  ",
            _ => "",
        };
        let id = output.id.trim_start_matches("holds/");
        grid.row([
            format!("{indent}{id}"),
            output
                .mean
                .map_or_else(String::new, |mean| number::share(mean.value)),
            output.mean.map_or_else(String::new, percent_range),
            strongest(&output.strongest),
        ]);
    }
    Some(grid.render())
}

fn percent_range(estimate: Estimate) -> String {
    number::range(100.0 * estimate.low, 100.0 * estimate.high, "%")
}

fn figures(summary: &Summary, kind: OutputKind, head: &str) -> Option<String> {
    let outputs = of_kind(summary, |of| of == kind);
    if outputs.is_empty() || outputs.len() > MOST_ROWS {
        return None;
    }
    let mut grid = Grid::new();
    grid.text(head)
        .number("Mean")
        .number("SD")
        .text("What its variance comes from");
    for output in outputs {
        let figure = |value: f64| number::with_unit(value, &output.unit);
        grid.row([
            output.id.clone(),
            output
                .mean
                .map_or_else(|| "none".to_owned(), |mean| figure(mean.value)),
            output.sd.map_or_else(String::new, figure),
            strongest(&output.strongest),
        ]);
    }
    Some(grid.render())
}

/// How the claims' shares and their strongest indices settle.
fn convergence(summary: &Summary) -> Option<String> {
    let claims = of_kind(summary, |kind| kind == OutputKind::ClaimHolds);
    let steps = claims.first()?.convergence.len();
    if steps < 2 {
        return None;
    }
    let mut grid = Grid::new();
    grid.number("Points").number("Runs").text("Claim");
    grid.number("Holds in (%)").text("Strongest index");
    // The last few doublings tell whether it has settled.
    for step in steps.saturating_sub(4)..steps {
        for claim in &claims {
            let checkpoint: &Checkpoint = &claim.convergence[step];
            grid.row([
                count(checkpoint.points),
                count(checkpoint.runs),
                claim.id.trim_start_matches("holds/").to_owned(),
                checkpoint.mean.map_or_else(String::new, percent_range),
                checkpoint
                    .strongest
                    .first()
                    .and_then(with_interval)
                    .unwrap_or_default(),
            ]);
        }
    }
    Some(grid.render())
}

/// The index that says most: total where the design yields it.
fn index(of: &FactorIndex) -> Option<(&'static str, Estimate)> {
    match of.total {
        Some(total) => Some(("total", total)),
        None => of.first.map(|first| ("first order", first)),
    }
}

fn strongest(indices: &[FactorIndex]) -> String {
    let named = indices.iter().take(NAMED).filter_map(|of| {
        let (kind, estimate) = index(of)?;
        Some(format!("{} ({kind} {:.2})", of.factor, estimate.value))
    });
    named.collect::<Vec<_>>().join(", ")
}

fn with_interval(of: &FactorIndex) -> Option<String> {
    let (kind, estimate) = index(of)?;
    Some(format!(
        "{} ({kind} {:.2}, {:.2} to {:.2})",
        of.factor, estimate.value, estimate.low, estimate.high
    ))
}

fn count(count: u64) -> String {
    number::fixed(count as f64, 0)
}
