//! Charts as static SVG, one row a line of the chart: the texts stand in HTML beside the drawing.

mod fan;
mod ranges;
mod scale;
mod stages;
mod tornado;

pub(super) use fan::{FanChart, fan_key};
pub(super) use ranges::{Mark, RangeRow, ranges};
pub(super) use scale::Scale;
pub(super) use stages::{StageRow, stage_key, stages};
pub(super) use tornado::tornado;

use super::markup::{Element, el};
use crate::findings::Threshold;

/// A row: its label, its drawing, its figure.
fn row(class: &str, label: Element, track: Element, figure: Element) -> Element {
    el("div")
        .class(class)
        .child(label.class("row-label"))
        .child(track)
        .child(figure.class("row-figure"))
}

/// The last row: the axis under the drawings.
fn axis_row(axis: Element) -> Element {
    el("div").class("row axis-row").child(axis)
}

/// An empty drawing with its grid.
fn track(scale: &Scale, height_px: f64) -> Element {
    el("svg")
        .class("track")
        .attr("height", height_px)
        .attr("aria-hidden", "true")
        .children(scale.grid(height_px))
}

/// The band in which a claim holds.
fn band(scale: &Scale, threshold: &Threshold, height_px: f64) -> Element {
    let from = threshold.at_least.map_or(0.0, |v| scale.percent(v));
    let to = threshold.at_most.map_or(100.0, |v| scale.percent(v));
    el("rect")
        .class("band")
        .attr("x", format!("{from:.2}%"))
        // A claim about an exact value has a band without width; it is drawn as a line.
        .attr("width", format!("{:.2}%", (to - from).max(0.4)))
        .attr("height", height_px)
}

/// The ends of a threshold, for the axis to cover.
fn bounds(threshold: Option<&Threshold>) -> Vec<f64> {
    threshold
        .map(|t| [t.at_least, t.at_most].into_iter().flatten().collect())
        .unwrap_or_default()
}

/// A figure with its range below it.
fn figure(value: String, range: Option<String>) -> Element {
    el("span")
        .child(el("b").text(value))
        .maybe(range.map(|range| el("small").class("under").text(range)))
}
