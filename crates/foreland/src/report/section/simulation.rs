//! Flows over time under disruptions: queues, recovery, losses, outcomes beside what was observed.

mod replay;
mod tables;

pub use tables::tables;

use jiff::civil::DateTime;

use crate::findings::{
    DisruptionFinding, Fan, Findings, SimulatedScenario, SimulationFindings, StationFinding,
};
use crate::number;
use crate::report::chart::{FanChart, fan_key};
use crate::report::map::Land;
use crate::report::markup::{Element, el};
use crate::report::table::{Align, Table};

/// Days that are shown after the last backlog is gone.
const AFTER_D: f64 = 10.0;
/// Days that are shown before the first disruption.
const BEFORE_D: f64 = 7.0;

/// What opens for good disrupts nothing.
const OPENS: &str = "open";

/// What happens over time, if the study asks for it.
pub(in crate::report) fn simulation(findings: &Findings, land: &Land) -> Option<Element> {
    let simulation = findings.simulation.as_ref()?;
    let tables = tables(simulation);
    let scenarios = simulation
        .scenarios
        .iter()
        .map(|one| scenario(simulation, one));
    let certificate = &simulation.certificate;
    Some(
        el("section")
            .attr("id", "simulation")
            .attr("aria-labelledby", "simulation-title")
            .child(el("h2").attr("id", "simulation-title").text("Over time"))
            .child(el("p").class("lead").text(format!(
                "{} replications from {} to {}; each draws every assumption anew and plays the \
                 undisturbed run and each scenario on the same luck. Figures are medians with P10 \
                 to P90. Missing from the books: {}; Little’s law holds to {:.0e}.",
                number::fixed(f64::from(simulation.replications), 0),
                day(&simulation.count_from),
                day(&simulation.until),
                certificate.missing,
                certificate.little_residual,
            )))
            .children(scenarios)
            .children(tables.iter().map(drawn))
            .children(
                simulation
                    .replays
                    .iter()
                    .map(|one| replay::replay(one, land)),
            )
            .maybe(assumptions(simulation)),
    )
}

/// `2021-03-29`.
fn day(moment: &str) -> &str {
    moment.get(..10).unwrap_or(moment)
}

fn drawn(evidence: &crate::findings::EvidenceTable) -> Element {
    let mut table = Table::new(&evidence.title);
    for (number, head) in evidence.columns.iter().enumerate() {
        let words =
            number == 0 || ["Source", "Remark", "Loss", "Unit", "Grade"].contains(&head.as_str());
        table = table.column(head, if words { Align::Text } else { Align::Number });
    }
    for row in &evidence.rows {
        table.row(row);
    }
    table.finish()
}

/// What happens, and the queues.
fn scenario(simulation: &SimulationFindings, scenario: &SimulatedScenario) -> Element {
    let shown = shown(simulation, scenario);
    let marked = spans(simulation, &scenario.disruptions);
    let pairs = scenario.stations.iter().zip(&simulation.stations);
    let queues = pairs
        .filter(|(with, without)| is_disturbed(with, without))
        .map(|(with, without)| {
            figure(
                format!("Waiting at {}, {}", with.title, with.unit),
                &FanChart {
                    label: format!("{} waiting at {} over time", with.unit, with.title),
                    start: start(simulation),
                    step_h: simulation.step_h,
                    shown,
                    fan: &with.queue,
                    calm: Some(&without.queue),
                    marked: marked.clone(),
                },
            )
        });
    let waiting = scenario.waiting.iter().filter(|fan| is_visible(&fan.days));
    let waiting = waiting.map(|fan| {
        figure(
            format!(
                "Days of waiting more than without the disruption, added up, {} × d",
                fan.unit
            ),
            &FanChart {
                label: format!("days of waiting of {} added up over time", fan.unit),
                start: start(simulation),
                step_h: simulation.step_h,
                shown,
                fan: &fan.days,
                calm: None,
                marked: marked.clone(),
            },
        )
    });
    el("section")
        .child(el("h3").text(&scenario.title))
        .child(el("p").text(&scenario.description))
        .child(el("ul").children(scenario.disruptions.iter().map(disruption)))
        .children(queues)
        .children(waiting)
        .child(fan_key(true))
}

fn disruption(disruption: &DisruptionFinding) -> Element {
    let end = match disruption.end.as_str() {
        "differs" => "an end that differs from run to run".to_owned(),
        "not before the end" => "the end of the simulation".to_owned(),
        other => minute(other),
    };
    el("li").text(format!(
        "{}, from {} to {}: hits {}.",
        disruption.effect,
        minute(&disruption.start),
        end,
        disruption.hits.join(", ")
    ))
}

/// `2021-03-29 18:00`.
fn minute(moment: &str) -> String {
    moment.replace('T', " ").chars().take(16).collect()
}

fn figure(caption: String, chart: &FanChart<'_>) -> Element {
    el("figure")
        .child(el("figcaption").text(caption))
        .child(chart.draw())
}

fn start(simulation: &SimulationFindings) -> DateTime {
    simulation.start.parse().unwrap_or(DateTime::MIN)
}

/// Hours from the start of the simulation.
fn hours(simulation: &SimulationFindings, moment: &str) -> Option<f64> {
    let at: DateTime = moment.parse().ok()?;
    Some(start(simulation).duration_until(at).as_secs_f64() / 3600.0)
}

/// Places of the first and last value that are shown: from a week before the first disruption until
/// some days after the trace is gone.
fn shown(simulation: &SimulationFindings, scenario: &SimulatedScenario) -> (usize, usize) {
    let step = simulation.step_h;
    let of = |moment: &String| hours(simulation, moment);
    let disruptions = scenario.disruptions.iter().filter(|d| d.kind != OPENS);
    let starts = disruptions.filter_map(|d| of(&d.start));
    let first = starts.fold(f64::INFINITY, f64::min);
    let counted = of(&simulation.count_from).unwrap_or(0.0);
    let from = if first.is_finite() {
        (first - 24.0 * BEFORE_D).max(counted)
    } else {
        counted
    };
    let recovery = &scenario.recovery;
    let dates = [&recovery.backlog_gone, &recovery.regular_again];
    let gone = dates.map(|date| date.as_ref().filter(|date| date.reached > 0.9));
    let until = match gone {
        [Some(one), Some(other)] => {
            let last = of(&one.p90).into_iter().chain(of(&other.p90));
            last.fold(0.0, f64::max) + 24.0 * AFTER_D
        }
        _ => f64::INFINITY,
    };
    let end = of(&simulation.until).unwrap_or(until);
    ((from / step) as usize, (until.min(end) / step) as usize + 1)
}

/// When disruptions last; those without a known end up to the end of the simulation.
fn spans(
    simulation: &SimulationFindings,
    disruptions: &[DisruptionFinding],
) -> Vec<(DateTime, DateTime)> {
    let parse = |moment: &str| moment.parse::<DateTime>().ok();
    let end = parse(&simulation.until);
    disruptions
        .iter()
        .filter(|one| one.kind != OPENS)
        .filter_map(|one| Some((parse(&one.start)?, parse(&one.end).or(end)?)))
        .collect()
}

fn is_disturbed(with: &StationFinding, without: &StationFinding) -> bool {
    with.queue != without.queue
}

fn is_visible(fan: &Fan) -> bool {
    fan.p90
        .iter()
        .chain(&fan.p10)
        .any(|value| value.abs() > 1e-9)
}

/// Every range that was drawn.
fn assumptions(simulation: &SimulationFindings) -> Option<Element> {
    if simulation.assumptions.is_empty() {
        return None;
    }
    let mut table = Table::new("What each replication draws")
        .words(["Assumption"])
        .numbers(["Low", "Most plausible", "High"])
        .words(["Unit", "Basis", "Source"]);
    for one in &simulation.assumptions {
        table.row([
            one.label.clone(),
            number::plain(one.low),
            number::plain(one.mid),
            number::plain(one.high),
            one.unit.clone(),
            one.basis.as_str().to_owned(),
            one.source.clone(),
        ]);
    }
    Some(
        el("details")
            .child(el("summary").text("Assumptions of the simulation"))
            .child(table.finish()),
    )
}
