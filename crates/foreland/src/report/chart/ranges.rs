//! Figures with their ranges, one below the other: ours, and what others published.

use super::scale::{level, upright};
use super::{Scale, axis_row, band, bounds, figure, row, track};
use crate::findings::Threshold;
use crate::number;
use crate::report::markup::{Element, el};

/// Height of a row's drawing, px.
const TRACK_PX: f64 = 30.0;
const MIDDLE_PX: f64 = TRACK_PX / 2.0;

/// What stands for a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Mark {
    /// Computed here: a disc on a thick and a thin line.
    Computed,
    /// Published by others: a hollow diamond.
    Published,
    /// What was said: a hollow diamond, stronger.
    Said,
}

/// One figure with its range.
pub(in crate::report) struct RangeRow {
    pub(in crate::report) label: Element,
    pub(in crate::report) mark: Mark,
    /// The central figure; `None` if there is none, then `note` says why.
    pub(in crate::report) value: Option<f64>,
    /// Outer range.
    pub(in crate::report) outer: Option<(f64, f64)>,
    /// Middle half.
    pub(in crate::report) inner: Option<(f64, f64)>,
    /// A remark below the figure, such as the share of runs that hold.
    pub(in crate::report) note: Option<String>,
}

/// The rows over a common axis, with the band in which a claim holds.
pub(in crate::report) fn ranges(
    rows: Vec<RangeRow>,
    unit: &str,
    threshold: Option<&Threshold>,
    from_zero: bool,
) -> Element {
    let values: Vec<f64> = rows
        .iter()
        .flat_map(|row| {
            let outer = row.outer.into_iter().flat_map(|(low, high)| [low, high]);
            row.value.into_iter().chain(outer)
        })
        .collect();
    let decimals = number::decimals_for(unit, &values);
    let written = |value: f64| number::fixed(value, decimals);
    let scale = Scale::over(
        values
            .iter()
            .copied()
            .chain(bounds(threshold))
            .chain(from_zero.then_some(0.0)),
    );
    el("div")
        .class("chart ranges")
        .children(rows.into_iter().map(|row| {
            let shown = row_figure(&row, unit, &written);
            range_row(row, shown, threshold, &scale)
        }))
        .child(axis_row(scale.axis(unit)))
}

/// The figure, its range and its remark in words, with as many decimals as its neighbours.
fn row_figure(range: &RangeRow, unit: &str, written: &impl Fn(f64) -> String) -> Element {
    let shown = match range.value {
        Some(value) => figure(
            number::join_unit(written(value), unit),
            range
                .outer
                .filter(|(low, high)| low != high)
                .map(|(low, high)| {
                    number::join_unit(format!("{} to {}", written(low), written(high)), unit)
                }),
        ),
        None => el("span").child(el("b").text("no figure")),
    };
    shown.maybe(
        range
            .note
            .as_ref()
            .map(|note| el("small").class("under").text(note)),
    )
}

fn range_row(
    range: RangeRow,
    shown: Element,
    threshold: Option<&Threshold>,
    scale: &Scale,
) -> Element {
    let mut drawing = track(scale, TRACK_PX);
    if let Some(threshold) = threshold {
        drawing = drawing.child(band(scale, threshold, TRACK_PX));
    }
    let kind = match range.mark {
        Mark::Computed => "computed",
        Mark::Published => "published",
        Mark::Said => "said",
    };
    if let Some((low, high)) = range.outer
        && low != high
    {
        let (from, to) = (scale.at(low), scale.at(high));
        drawing = drawing
            .child(level(&format!("outer {kind}"), &from, &to, MIDDLE_PX))
            .child(upright(
                &format!("outer {kind}"),
                &from,
                MIDDLE_PX - 4.0,
                MIDDLE_PX + 4.0,
            ))
            .child(upright(
                &format!("outer {kind}"),
                &to,
                MIDDLE_PX - 4.0,
                MIDDLE_PX + 4.0,
            ));
    }
    if let Some((low, high)) = range.inner {
        drawing = drawing.child(level("inner", &scale.at(low), &scale.at(high), MIDDLE_PX));
    }
    if let Some(value) = range.value {
        drawing = drawing.child(mark(range.mark, kind, &scale.at(value)));
    }
    row("row", range.label, drawing, shown)
}

fn mark(mark: Mark, kind: &str, x: &str) -> Element {
    match mark {
        Mark::Computed => el("circle")
            .class("dot computed")
            .attr("cx", x)
            .attr("cy", MIDDLE_PX)
            .attr("r", 5),
        // A nested drawing, because only x and y may be percentages.
        Mark::Published | Mark::Said => el("svg")
            .attr("x", x)
            .attr("y", MIDDLE_PX)
            .attr("width", 1)
            .attr("height", 1)
            .attr("overflow", "visible")
            .child(
                el("path")
                    .class(format!("dot {kind}"))
                    .attr("d", "M0-5.5L5.5 0L0 5.5L-5.5 0z"),
            ),
    }
}
