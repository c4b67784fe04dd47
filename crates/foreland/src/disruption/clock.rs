//! From dates to hours of a simulation, and back.

use jiff::SignedDuration;
use jiff::civil::DateTime;

use crate::error::Error;
use crate::study::{Located, Moment, SimulationSpec, StudyFault, StudyText};

/// Distance between the times at which queues are noted if the study states none, h.
const DEFAULT_STEP_H: f64 = 6.0;
/// Longest time that is simulated, h.
const LONGEST_H: f64 = 20.0 * 8766.0;

/// The time that is simulated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Clock {
    pub(super) start: DateTime,
    pub(super) count_from_h: f64,
    pub(super) horizon_h: f64,
    pub(super) step_h: f64,
}

impl Clock {
    /// The times of a section; `until` stands in for its end.
    pub(super) fn new(
        spec: &SimulationSpec,
        until: Option<DateTime>,
        text: &StudyText,
    ) -> Result<Clock, Error> {
        let start = spec.start.begin();
        let hours = |at| hours_between(start, at);
        let clock = Clock {
            start,
            count_from_h: hours(spec.count_from.begin()),
            horizon_h: hours(until.unwrap_or(spec.until.end())),
            step_h: spec.step_h.as_ref().map_or(DEFAULT_STEP_H, |step| **step),
        };
        let mut faults = Vec::new();
        let mut fault = |span, message: String, remedy: &str| {
            faults.push(text.fault(span, message, Some(remedy.to_owned())));
        };
        if clock.count_from_h < 0.0 {
            fault(
                spec.count_from.span(),
                format!("figures count from {}, before the start", *spec.count_from),
                "put start, count_from and until in rising order",
            );
        }
        if clock.horizon_h <= clock.count_from_h || clock.horizon_h > LONGEST_H {
            fault(
                spec.until.span(),
                format!(
                    "the simulation ends {:.1} days after figures begin to count",
                    (clock.horizon_h - clock.count_from_h) / 24.0
                ),
                "let it end after count_from and at most 20 years after the start; --until has to \
                 lie there too",
            );
        }
        if let Some(step) = &spec.step_h
            && !(clock.step_h.is_finite() && clock.step_h >= 0.25 && clock.step_h <= 168.0)
        {
            fault(
                step.span(),
                format!("queues cannot be noted every {} h", **step),
                "give 0.25 to 168 h",
            );
        }
        if faults.is_empty() {
            Ok(clock)
        } else {
            Err(text.error(faults).into())
        }
    }

    /// Hours from the start.
    pub(super) fn hours(&self, at: DateTime) -> f64 {
        hours_between(self.start, at)
    }

    /// The date and time after so many hours, to the minute.
    pub(super) fn date(&self, hours: f64) -> DateTime {
        let minutes = (hours * 60.0).round() as i64;
        self.start
            .checked_add(SignedDuration::from_mins(minutes))
            .unwrap_or(DateTime::MAX)
    }

    /// Whether a time is simulated; a fault where it stands if not.
    pub(super) fn within(
        &self,
        at: DateTime,
        what: &str,
        span: std::ops::Range<usize>,
        text: &StudyText,
    ) -> Result<f64, Vec<StudyFault>> {
        let hours = self.hours(at);
        if (0.0..=self.horizon_h).contains(&hours) {
            return Ok(hours);
        }
        Err(vec![text.fault(
            span,
            format!(
                "{what} is {at}, but the simulation goes from {} to {}",
                self.start,
                self.date(self.horizon_h)
            ),
            Some("set start and until of [simulation] wider, or correct the date".to_owned()),
        )])
    }

    /// A span of time of an outcome.
    pub(super) fn span(
        &self,
        from: &Located<Moment>,
        until: &Located<Moment>,
        text: &StudyText,
    ) -> Result<(f64, f64), Vec<StudyFault>> {
        let begin = self.within(from.begin(), "the beginning", from.span(), text);
        let end = self.within(until.end(), "the end", until.span(), text);
        match (begin, end) {
            (Ok(begin), Ok(end)) if begin < end => Ok((begin, end)),
            (Ok(_), Ok(_)) => Err(vec![text.fault(
                until.span(),
                format!("{} comes before {}", until.get(), from.get()),
                Some("put the dates in order".to_owned()),
            )]),
            (begin, end) => {
                let faults = [begin.err(), end.err()].into_iter().flatten();
                Err(faults.flatten().collect())
            }
        }
    }
}

fn hours_between(from: DateTime, to: DateTime) -> f64 {
    from.duration_until(to).as_secs_f64() / 3600.0
}
