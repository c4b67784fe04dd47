//! A linear axis as wide as its place on the page.
//!
//! Positions are percentages, so that a chart fills a phone and a sheet of paper alike while its
//! texts keep their size.

use crate::number;
use crate::report::markup::{Element, el};

/// A linear axis from one value to another.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report) struct Scale {
    low: f64,
    high: f64,
    ticks: Vec<f64>,
    decimals: usize,
}

/// About as many ticks as an axis has.
const TICKS: f64 = 5.0;
/// Longer units stand beside the figures only, characters.
const LONGEST_UNIT: usize = 3;
/// Longer values stand at every other tick only, characters.
const LONGEST_VALUE: usize = 5;

impl Scale {
    /// An axis that shows all values; its ends are round numbers.
    pub(in crate::report) fn over(values: impl IntoIterator<Item = f64>) -> Scale {
        let (mut low, mut high) = values
            .into_iter()
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
                (low.min(v), high.max(v))
            });
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if high - low < 1e-9 * high.abs().max(1e-9) {
            let half = if high == 0.0 { 1.0 } else { high.abs() * 0.2 };
            (low, high) = (low - half, high + half);
        }
        let step = nice_step((high - low) / TICKS);
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        let ticks = (0..=(last - first) as u32)
            .map(|i| (first + f64::from(i)) * step)
            .collect();
        Scale {
            low: first * step,
            high: last * step,
            ticks,
            decimals: (-step.log10().floor()).clamp(0.0, 6.0) as usize,
        }
    }

    /// Where a value falls, % of the width; values beyond the ends are put at them.
    pub(in crate::report) fn percent(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low) * 100.0).clamp(0.0, 100.0)
    }

    /// Where a value falls, as an SVG length.
    pub(in crate::report) fn at(&self, value: f64) -> String {
        format!("{:.2}%", self.percent(value))
    }

    /// The ticks with their values in words.
    pub(in crate::report) fn labelled(&self) -> impl Iterator<Item = (f64, String)> {
        let decimals = self.decimals;
        self.ticks
            .iter()
            .map(move |tick| (*tick, number::fixed(*tick, decimals)))
    }

    /// Thin lines at the ticks, the one at zero stronger.
    pub(in crate::report) fn grid(&self, height_px: f64) -> Vec<Element> {
        self.ticks
            .iter()
            .map(|&tick| {
                let zero = tick.abs() < 1e-9 * (self.high - self.low);
                let class = if zero { "grid zero" } else { "grid" };
                upright(class, &self.at(tick), 0.0, height_px)
            })
            .collect()
    }

    /// The ticks' values in a row, with a short unit as the last word.
    pub(in crate::report) fn axis(&self, unit: &str) -> Element {
        let last = self.ticks.len().saturating_sub(1);
        let values: Vec<String> = self
            .ticks
            .iter()
            .map(|tick| number::fixed(*tick, self.decimals))
            .collect();
        let crowded = values
            .iter()
            .any(|value| value.chars().count() > LONGEST_VALUE);
        let is_shown =
            |i: usize| !crowded || i == 0 || i == last || (i.is_multiple_of(2) && i + 1 != last);
        let unit = if unit.chars().count() <= LONGEST_UNIT {
            unit
        } else {
            ""
        };
        let tick = |i: usize, value: &str| {
            let anchor = match i {
                0 => "start",
                i if i == last => "end",
                _ => "middle",
            };
            el("text")
                .class(if i % 2 == 1 && i != last {
                    "tick odd"
                } else {
                    "tick"
                })
                .attr("x", self.at(self.ticks[i]))
                .attr("y", 13)
                .attr("text-anchor", anchor)
                .text(number::join_unit(
                    value.to_owned(),
                    if i == last { unit } else { "" },
                ))
        };
        let shown = values.iter().enumerate().filter(|(i, _)| is_shown(*i));
        el("svg")
            .class("axis")
            .attr("height", 18)
            .attr("aria-hidden", "true")
            .children(shown.map(|(i, value)| tick(i, value)))
    }
}

/// An upright line.
pub(super) fn upright(class: &str, x: &str, from_px: f64, to_px: f64) -> Element {
    el("line")
        .class(class)
        .attr("x1", x)
        .attr("x2", x)
        .attr("y1", from_px)
        .attr("y2", to_px)
}

/// A level line.
pub(super) fn level(class: &str, from: &str, to: &str, y_px: f64) -> Element {
    el("line")
        .class(class)
        .attr("x1", from)
        .attr("x2", to)
        .attr("y1", y_px)
        .attr("y2", y_px)
}

/// The smallest of 1, 2, 5 times a power of ten that is not below a number.
fn nice_step(at_least: f64) -> f64 {
    let power = 10.0_f64.powf(at_least.log10().floor());
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= at_least * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::{Scale, nice_step};

    #[test]
    fn steps_are_round() {
        assert_eq!(nice_step(7.3), 10.0);
        assert_eq!(nice_step(2.0), 2.0);
        assert_eq!(nice_step(0.3), 0.5);
    }

    #[test]
    fn an_axis_covers_its_values() {
        let scale = Scale::over([-14.3, 3.0]);
        assert_eq!(scale.percent(-15.0), 0.0);
        assert_eq!(scale.percent(5.0), 100.0);
        assert_eq!(scale.at(-5.0), "50.00%");
    }

    #[test]
    fn a_single_value_and_no_value_have_an_axis() {
        assert!((Scale::over([3.0]).percent(3.0) - 50.0).abs() < 20.0);
        assert!(Scale::over([0.0]).percent(0.0) > 0.0);
        assert_eq!(Scale::over([]).percent(0.0), 0.0);
    }
}
