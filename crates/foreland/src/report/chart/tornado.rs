//! The assumptions that decide a figure.

use super::scale::upright;
use super::{Scale, axis_row, band, bounds, row, track};
use crate::findings::{Threshold, TornadoBar};
use crate::number;
use crate::report::markup::{Element, el};

/// Height of a row's drawing, px.
const TRACK_PX: f64 = 34.0;
/// Top and height of the bar, px.
const BAR_PX: (f64, f64) = (10.0, 14.0);

/// The bars, most decisive first; each runs from the figure with the assumption at its low end to
/// the figure with it at its high end. `baseline` gives a baseline's title and central figure.
pub(in crate::report) fn tornado(
    bars: &[TornadoBar],
    unit: &str,
    threshold: Option<&Threshold>,
    baseline: impl Fn(&str) -> (String, Option<f64>),
) -> Element {
    let ends = bars
        .iter()
        .flat_map(|bar| [bar.figure_at_low, bar.figure_at_high]);
    let scale = Scale::over(ends.chain(bounds(threshold)));
    el("div")
        .class("chart tornado")
        .children(bars.iter().map(|bar| {
            let (title, centre) = baseline(&bar.baseline);
            let label = el("span").text(&bar.label).child(el("small").text(format!(
                " {}; {}",
                number::range(bar.low, bar.high, &bar.unit),
                title
            )));
            let figure = el("span").child(el("b").text(number::range(
                bar.figure_at_low,
                bar.figure_at_high,
                unit,
            )));
            row(
                "row",
                label,
                drawing(bar, &scale, threshold, centre),
                figure,
            )
        }))
        .child(axis_row(scale.axis(unit)))
}

fn drawing(
    bar: &TornadoBar,
    scale: &Scale,
    threshold: Option<&Threshold>,
    centre: Option<f64>,
) -> Element {
    let (low, high) = (
        scale.percent(bar.figure_at_low),
        scale.percent(bar.figure_at_high),
    );
    let (from, to) = (low.min(high), low.max(high));
    let mut out = track(scale, TRACK_PX);
    if let Some(threshold) = threshold {
        out = out.child(band(scale, threshold, TRACK_PX));
    }
    out.child(
        el("rect")
            .class("swing")
            .attr("x", format!("{from:.2}%"))
            .attr("y", BAR_PX.0)
            .attr("width", format!("{:.2}%", to - from))
            .attr("height", BAR_PX.1),
    )
    .maybe(centre.map(|v| {
        upright(
            "centre",
            &scale.at(v),
            BAR_PX.0 - 4.0,
            BAR_PX.0 + BAR_PX.1 + 4.0,
        )
    }))
    .child(end(low, "low", bar.holds_at_low, low <= high))
    .child(end(high, "high", bar.holds_at_high, low > high))
}

/// One end: a disc if the claim holds there, a ring if it does not.
fn end(percent: f64, text: &str, holds: bool, left: bool) -> Element {
    let (anchor, shift) = if left { ("end", -9) } else { ("start", 9) };
    // Near the edges of the drawing the word goes above the bar's inside.
    let (anchor, shift) = match (left, percent) {
        (true, p) if p < 8.0 => ("start", 9),
        (false, p) if p > 92.0 => ("end", -9),
        _ => (anchor, shift),
    };
    el("svg")
        .attr("x", format!("{percent:.2}%"))
        .attr("width", 1)
        .attr("height", 1)
        .attr("overflow", "visible")
        .child(
            el("circle")
                .class(if holds { "end holds" } else { "end fails" })
                .attr("cx", 0)
                .attr("cy", BAR_PX.0 + BAR_PX.1 / 2.0)
                .attr("r", 5),
        )
        .child(
            el("text")
                .class("end-name")
                .attr("x", shift)
                .attr("y", BAR_PX.0 + BAR_PX.1 / 2.0 + 4.0)
                .attr("text-anchor", anchor)
                .text(text),
        )
}
