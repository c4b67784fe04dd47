//! Something over time: the median, the range from P10 to P90, and how it would have been.

use jiff::SignedDuration;
use jiff::civil::DateTime;

use super::Scale;
use crate::findings::Fan;
use crate::report::markup::{Element, el};

/// Drawing in its own units; it is scaled to the width of the page.
const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 230.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 28.0;
/// Dates on the axis, at most.
const MOST_DATES: usize = 9;

/// A figure over time.
pub(in crate::report) struct FanChart<'a> {
    /// What the drawing shows, for those who do not see it.
    pub(in crate::report) label: String,
    /// Time of the first value.
    pub(in crate::report) start: DateTime,
    /// Distance between values, h.
    pub(in crate::report) step_h: f64,
    /// Places of the first value that is shown and of that after the last.
    pub(in crate::report) shown: (usize, usize),
    pub(in crate::report) fan: &'a Fan,
    /// How it would have been.
    pub(in crate::report) calm: Option<&'a Fan>,
    /// Spans of time that are marked, from and until.
    pub(in crate::report) marked: Vec<(DateTime, DateTime)>,
}

impl FanChart<'_> {
    /// The drawing.
    pub(in crate::report) fn draw(&self) -> Element {
        let (from, until) = self.shown;
        let until = until.min(self.fan.p50.len()).max(from + 1);
        let shown = |values: &[f64]| values.get(from..until).unwrap_or_default().to_vec();
        let (low, high) = (shown(&self.fan.p10), shown(&self.fan.p90));
        let middle = shown(&self.fan.p50);
        let calm = self.calm.map(|calm| shown(&calm.p50)).unwrap_or_default();
        let all = [&low, &high, &middle, &calm].into_iter().flatten().copied();
        let scale = Scale::over(all.chain([0.0]));
        let paper = Paper {
            chart: self,
            scale: &scale,
            from,
            count: until - from,
        };
        let marks = self.marked.iter().filter_map(|span| paper.mark(*span));
        let drawing = el("svg")
            .class("fan")
            .attr("viewBox", format!("0 0 {WIDTH} {HEIGHT}"))
            .attr("role", "img")
            .attr("aria-label", &self.label)
            .children(marks)
            .children(paper.levels())
            .children(paper.dates())
            .child(
                el("path")
                    .class("fan-band")
                    .attr("d", paper.area(&low, &high)),
            )
            .maybe(
                (!calm.is_empty())
                    .then(|| el("path").class("fan-calm").attr("d", paper.line(&calm))),
            )
            .child(
                el("path")
                    .class("fan-middle")
                    .attr("d", paper.line(&middle)),
            );
        el("div").class("scroll").child(drawing)
    }
}

struct Paper<'a> {
    chart: &'a FanChart<'a>,
    scale: &'a Scale,
    from: usize,
    count: usize,
}

impl Paper<'_> {
    fn x(&self, place: f64) -> f64 {
        let last = (self.count.max(2) - 1) as f64;
        LEFT + (WIDTH - LEFT - RIGHT) * (place / last).clamp(0.0, 1.0)
    }

    fn y(&self, value: f64) -> f64 {
        HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * self.scale.percent(value) / 100.0
    }

    fn time(&self, place: f64) -> DateTime {
        let hours = (self.from as f64 + place) * self.chart.step_h;
        let minutes = (hours * 60.0).round() as i64;
        self.chart
            .start
            .checked_add(SignedDuration::from_mins(minutes))
            .unwrap_or(DateTime::MAX)
    }

    fn place(&self, at: DateTime) -> f64 {
        let hours = self.chart.start.duration_until(at).as_secs_f64() / 3600.0;
        hours / self.chart.step_h - self.from as f64
    }

    fn points(&self, values: &[f64]) -> Vec<String> {
        let points = values.iter().enumerate();
        points
            .map(|(place, value)| format!("{:.1} {:.1}", self.x(place as f64), self.y(*value)))
            .collect()
    }

    fn line(&self, values: &[f64]) -> String {
        format!("M{}", self.points(values).join("L"))
    }

    fn area(&self, low: &[f64], high: &[f64]) -> String {
        let mut points = self.points(high);
        points.extend(self.points(low).into_iter().rev());
        format!("M{}Z", points.join("L"))
    }

    /// The time of a disruption.
    fn mark(&self, (from, until): (DateTime, DateTime)) -> Option<Element> {
        let (left, right) = (self.x(self.place(from)), self.x(self.place(until)));
        (right > left).then(|| {
            el("rect")
                .class("fan-mark")
                .attr("x", format!("{left:.1}"))
                .attr("width", format!("{:.1}", right - left))
                .attr("y", TOP)
                .attr("height", HEIGHT - TOP - BOTTOM)
        })
    }

    /// Level lines with their values.
    fn levels(&self) -> Vec<Element> {
        let mut found = Vec::new();
        for (value, text) in self.scale.labelled() {
            let y = format!("{:.1}", self.y(value));
            found.push(
                el("line")
                    .class("grid")
                    .attr("x1", LEFT)
                    .attr("x2", WIDTH - RIGHT)
                    .attr("y1", &y)
                    .attr("y2", &y),
            );
            found.push(
                el("text")
                    .attr("x", LEFT - 6.0)
                    .attr("y", format!("{:.1}", self.y(value) + 4.0))
                    .attr("text-anchor", "end")
                    .text(text),
            );
        }
        found
    }

    /// Dates under the drawing, at midnight of every so many days.
    fn dates(&self) -> Vec<Element> {
        let last = (self.count.max(2) - 1) as f64;
        let days = (last * self.chart.step_h / 24.0).max(1.0);
        let every = [1.0, 2.0, 3.0, 7.0, 14.0, 28.0, 56.0, 91.0, 182.0, 365.0]
            .into_iter()
            .find(|every| days / every <= MOST_DATES as f64)
            .unwrap_or(730.0);
        let first = self.time(0.0).date().at(0, 0, 0, 0);
        let mut dates = Vec::new();
        let mut day = 0.0;
        while day <= days + every {
            let minutes = (day * 1440.0) as i64;
            let at = first.checked_add(SignedDuration::from_mins(minutes));
            day += every;
            let Ok(at) = at else { break };
            let place = self.place(at);
            if !(0.0..=last).contains(&place) {
                continue;
            }
            dates.push(
                el("text")
                    .attr("x", format!("{:.1}", self.x(place)))
                    .attr("y", HEIGHT - 9.0)
                    .attr("text-anchor", "middle")
                    .text(day_and_month(at)),
            );
        }
        dates
    }
}

/// `23 Mar`.
fn day_and_month(at: DateTime) -> String {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = MONTHS.get(usize::from(at.month().unsigned_abs()) - 1);
    format!("{} {}", at.day(), month.copied().unwrap_or_default())
}

/// The key under a drawing.
pub(in crate::report) fn fan_key(with_calm: bool) -> Element {
    let entry = |class: &str, words: &str| {
        el("li")
            .child(
                el("svg")
                    .class("fan-sample")
                    .attr("viewBox", "0 0 28 12")
                    .attr("aria-hidden", "true")
                    .child(if class == "fan-band" || class == "fan-mark" {
                        el("rect").class(class).attr("width", 28).attr("height", 12)
                    } else {
                        el("path").class(class).attr("d", "M0 6L28 6")
                    }),
            )
            .text(words)
    };
    el("ul")
        .class("fan-key")
        .child(entry("fan-middle", "median"))
        .child(entry("fan-band", "P10 to P90"))
        .maybe(with_calm.then(|| entry("fan-calm", "median without the disruption")))
        .child(entry("fan-mark", "disruption"))
}
