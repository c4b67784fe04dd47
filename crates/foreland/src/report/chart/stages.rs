//! Stacked bars of where the days of a chain go.

use super::scale::{level, upright};
use super::{Scale, axis_row, figure, row, track};
use crate::findings::{Chain, Stage};
use crate::number;
use crate::report::markup::{Element, el};

const HOURS_PER_DAY: f64 = 24.0;
/// Height of a bar with the space around it, px.
const TRACK_PX: f64 = 40.0;
/// Top and height of the bar, px.
const BAR_PX: (f64, f64) = (5.0, 22.0);
/// Height of the whisker below the bar, px.
const WHISKER_PX: f64 = 33.0;
/// A stage with a smaller share of the axis gets no number in the bar.
const SMALLEST_LABEL_PERCENT: f64 = 3.5;
/// A stage with a smaller share of the axis gets its number on wide pages only.
const SMALL_LABEL_PERCENT: f64 = 8.0;

/// One bar.
pub(in crate::report) struct StageRow<'a> {
    /// Which world.
    pub(in crate::report) label: String,
    /// Whether the change has happened; `None` for a bar that stands for all worlds.
    pub(in crate::report) changed: Option<bool>,
    /// Whether the next bar stands on the other side of the change.
    pub(in crate::report) last_of_side: bool,
    /// The chain, or why there is none.
    pub(in crate::report) chain: Result<&'a Chain, String>,
}

/// The bars of one flow over a common axis from zero.
pub(in crate::report) fn stages(rows: &[StageRow]) -> Element {
    let longest = rows
        .iter()
        .filter_map(|row| row.chain.as_ref().ok())
        .map(|chain| chain.time_d.p95.max(chain.time_d.central));
    let scale = Scale::over(longest.chain([0.0]));
    el("div")
        .class("chart stages")
        .children(rows.iter().map(|row| bar(row, &scale)))
        .child(axis_row(scale.axis("d")))
}

fn bar(stage_row: &StageRow, scale: &Scale) -> Element {
    let row = |label, track, figure| {
        let class = if stage_row.last_of_side {
            "row last"
        } else {
            "row"
        };
        row(class, label, track, figure)
    };
    let label = match stage_row.changed {
        Some(changed) => {
            let when = if changed { "after" } else { "before" };
            el("span")
                .child(el("span").class(format!("when {when}")).text(when))
                .text(" ")
                .text(&stage_row.label)
        }
        None => el("span").text(&stage_row.label),
    };
    match &stage_row.chain {
        Ok(chain) => row(
            label,
            segments(chain, scale),
            figure(
                number::central(&chain.time_d),
                number::spread_range(&chain.time_d),
            ),
        ),
        Err(why) => row(
            label.child(el("small").class("missing").text(why)),
            track(scale, TRACK_PX),
            el("span").child(el("b").text("no chain")),
        ),
    }
}

fn segments(chain: &Chain, scale: &Scale) -> Element {
    let mut drawing = track(scale, TRACK_PX);
    let mut start_d = 0.0;
    for split in &chain.stages {
        let days = split.time_h / HOURS_PER_DAY;
        let (from, to) = (scale.percent(start_d), scale.percent(start_d + days));
        start_d += days;
        if to - from < 0.02 {
            continue;
        }
        let described = format!("{}: {}", split.stage.label(), number::with_unit(days, "d"));
        drawing = drawing.child(
            el("rect")
                .class(format!("stage {}", split.stage.as_str()))
                .attr("x", format!("{from:.2}%"))
                .attr("y", BAR_PX.0)
                .attr("width", format!("{:.2}%", to - from))
                .attr("height", BAR_PX.1)
                .child(el("title").text(described)),
        );
        if to - from >= SMALLEST_LABEL_PERCENT {
            let small = to - from < SMALL_LABEL_PERCENT;
            let class = format!(
                "on-{}{}",
                split.stage.as_str(),
                if small { " wide-only" } else { "" }
            );
            drawing = drawing.child(
                el("text")
                    .class(format!("in-bar {class}"))
                    .attr("x", format!("{:.2}%", (from + to) / 2.0))
                    .attr("y", BAR_PX.0 + BAR_PX.1 / 2.0 + 4.0)
                    .attr("text-anchor", "middle")
                    .text(number::fixed(days, usize::from(days < 9.95))),
            );
        }
    }
    whisker(drawing, chain, scale)
}

/// The 5–95 % range of the door-to-door time, below the bar so that it hides nothing.
fn whisker(drawing: Element, chain: &Chain, scale: &Scale) -> Element {
    let time = &chain.time_d;
    if time.p5 == time.p95 {
        return drawing;
    }
    let (from, to) = (scale.at(time.p5), scale.at(time.p95));
    drawing
        .child(level("whisker", &from, &to, WHISKER_PX))
        .child(upright(
            "whisker",
            &from,
            WHISKER_PX - 3.5,
            WHISKER_PX + 3.5,
        ))
        .child(upright("whisker", &to, WHISKER_PX - 3.5, WHISKER_PX + 3.5))
        .child(
            el("circle")
                .class("whisker-mid")
                .attr("cx", scale.at(time.p50))
                .attr("cy", WHISKER_PX)
                .attr("r", 2.5),
        )
}

/// Which colour is which stage.
pub(in crate::report) fn stage_key() -> Element {
    el("ul").class("legend").children(Stage::ALL.map(|stage| {
        el("li")
            .child(
                el("svg")
                    .class("swatch")
                    .attr("viewBox", "0 0 12 12")
                    .attr("aria-hidden", "true")
                    .child(
                        el("rect")
                            .class(format!("stage {}", stage.as_str()))
                            .attr("width", 12)
                            .attr("height", 12),
                    ),
            )
            .text(stage.label())
    }))
}
