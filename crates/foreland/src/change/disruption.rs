//! What a change does over time: the part of it that a simulation sees.

use std::ops::Range;

use jiff::civil::DateTime;
use schemars::JsonSchema;
use serde::Deserialize;

use super::Site;
use crate::study::{Day, Located, Moment, OtherWaySpec, Quantity, StudyFault, Value};

/// A change over time.
#[derive(Clone, Debug, PartialEq)]
pub struct Disruption {
    /// Kind of the change.
    pub kind: &'static str,
    /// `kind/id` of what is hit.
    pub target: String,
    /// The change as a sentence.
    pub sentence: String,
    /// When it begins.
    pub start: DateTime,
    /// When it ends.
    pub end: DisruptionEnd,
    /// How much longer actors believe that it lasts, h, as long as the end is not known to them.
    pub believed_h: Option<Value>,
    /// From when on actors reckon with it; only once it has begun, if absent.
    pub announced: Option<DateTime>,
    /// What happens.
    pub effect: Effect,
    /// Where the change stands in the study.
    pub span: Range<usize>,
}

/// When a disruption ends.
#[derive(Clone, Debug, PartialEq)]
pub enum DisruptionEnd {
    /// At a moment.
    At(DateTime),
    /// After a time that differs from run to run, h.
    After(Value),
    /// Not in the time that is simulated.
    Never,
}

/// What a disruption does.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Only a part of the capacity is left.
    Part {
        /// The part, 0 to 1.
        part: Value,
        /// Hours of the day in which all of it is there; none, if absent.
        open_hours: Option<[f64; 2]>,
        /// Whether work under way stands still; it is finished otherwise.
        work_stops: bool,
    },
    /// Some units are gone.
    UnitsLost(Value),
    /// So many slots a day, and so much draught in metres, from each moment on.
    Ration {
        /// Slots; as ever, if there are none.
        slots: Vec<(DateTime, Value)>,
        /// Most draught, m; as ever, if there is none.
        draught_m: Vec<(DateTime, Value)>,
    },
    /// Everything takes so many hours longer.
    Longer(Value),
    /// What was not there opens.
    Opens,
    /// So many times the arrivals, from each moment on.
    Arrivals(Vec<(DateTime, Value)>),
    /// A share of those who come goes another way, from each moment on.
    Avoid {
        /// Flows; all that pass the station, if absent.
        flows: Option<Vec<String>>,
        /// The shares.
        share: Vec<(DateTime, Value)>,
        /// The other way.
        by: OtherWay,
    },
    /// Capacity starts at a part and grows back in a straight line over some days.
    RampUp {
        /// The part at the beginning.
        from_part: Value,
        /// Days until all of it is there.
        days: Value,
    },
}

/// Another way, and what it costs more.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherWay {
    /// Station that counts those who take it.
    pub through: Option<String>,
    /// Time by which it is longer, h.
    pub extra_h: Value,
    /// Extra cost of each, USD.
    pub extra_usd: Option<Value>,
    /// Who pays.
    pub payer: String,
    /// Extra emissions of each, t CO2e (well-to-wake).
    pub extra_wtw_t: Option<Value>,
}

/// Who pays where the study does not say.
pub(crate) const DEFAULT_PAYER: &str = "carrier";

/// An end that differs from run to run, and what actors believe of it.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnknownEndSpec {
    /// How long it lasts, h; until `end`, if absent.
    pub lasts_h: Option<Located<Quantity>>,
    /// How much longer actors believe that it lasts, at any moment, h.
    pub believed_h: Located<Quantity>,
}

/// Dates of a disruption as they are written.
pub(super) struct Span<'a> {
    pub(super) start: &'a Located<Moment>,
    pub(super) end: Option<&'a Located<Moment>>,
    pub(super) unknown: Option<&'a UnknownEndSpec>,
    pub(super) announced: Option<&'a Located<Moment>>,
}

impl Site<'_> {
    /// A quantity of the change, zero or more and at most `max`.
    pub(super) fn value(
        &self,
        quantity: &Located<Quantity>,
        column: &str,
        label: String,
        unit: &str,
        max: f64,
    ) -> Result<Value, Vec<StudyFault>> {
        let meaning = crate::study::Meaning {
            id: format!("{}/{column}", self.id),
            label,
            unit,
            min: 0.0,
            max,
        };
        let value = Value::resolve(quantity, meaning, self.atlas, self.text)?;
        Ok(value.in_group(format!("{}/{column}", self.luck)))
    }

    /// Dated values in rising order of time.
    pub(super) fn steps<'q>(
        &self,
        steps: impl Iterator<Item = (&'q Located<Moment>, &'q Located<Quantity>)>,
        column: &str,
        label: &str,
        unit: &str,
        max: f64,
    ) -> Result<Vec<(DateTime, Value)>, Vec<StudyFault>> {
        let (mut found, mut faults): (Vec<(DateTime, Value)>, _) = (Vec::new(), Vec::new());
        for (number, (from, quantity)) in (1..).zip(steps) {
            let column = format!("{column}-{number}");
            let label = format!("{label} from {}", from.get());
            let begin = from.begin();
            if found.last().is_some_and(|(before, _)| *before >= begin) {
                faults.push(self.text.fault(
                    from.span(),
                    format!("{} does not come after the step before", from.get()),
                    Some("put the steps in rising order of time".to_owned()),
                ));
            }
            match self.value(quantity, &column, label, unit, max) {
                Ok(value) => found.push((begin, value)),
                Err(more) => faults.extend(more),
            }
        }
        if faults.is_empty() {
            Ok(found)
        } else {
            Err(faults)
        }
    }

    /// Another way.
    pub(super) fn other_way(&self, spec: &OtherWaySpec) -> Result<OtherWay, Vec<StudyFault>> {
        let value = |quantity: &Located<Quantity>, column: &str, label: &str, unit| {
            self.value(quantity, column, label.to_owned(), unit, f64::INFINITY)
        };
        let optional = |quantity: &Option<Located<Quantity>>, column: &str, label: &str, unit| {
            quantity
                .as_ref()
                .map(|quantity| value(quantity, column, label, unit))
                .transpose()
        };
        Ok(OtherWay {
            through: spec.through.as_ref().map(|id| id.get().clone()),
            extra_h: value(&spec.extra_h, "extra_h", "extra time of the other way", "h")?,
            extra_usd: optional(
                &spec.extra_usd,
                "extra_usd",
                "extra cost of the other way",
                "USD",
            )?,
            payer: spec.payer.clone().unwrap_or_else(|| DEFAULT_PAYER.into()),
            extra_wtw_t: optional(
                &spec.extra_wtw_t,
                "extra_wtw_t",
                "extra emissions of the other way",
                "t",
            )?,
        })
    }

    /// No capacity, or no arrivals.
    pub(super) fn nothing(&self) -> Value {
        Value::exact(&format!("{}/nothing", self.id), 0.0, "1")
    }

    /// The opening of something, as a simulation sees it.
    pub(super) fn opening(
        &self,
        target: &Located<String>,
        sentence: &str,
        start: jiff::civil::Date,
        end: Option<&Located<Day>>,
    ) -> Disruption {
        let after = |day: &Located<Day>| day.0.tomorrow().unwrap_or(jiff::civil::Date::MAX);
        Disruption {
            kind: "open",
            target: target.get().clone(),
            sentence: sentence.to_owned(),
            start: start.at(0, 0, 0, 0),
            end: end.map_or(DisruptionEnd::Never, |day| {
                DisruptionEnd::At(after(day).at(0, 0, 0, 0))
            }),
            believed_h: None,
            announced: None,
            effect: Effect::Opens,
            span: target.span(),
        }
    }

    /// The disruption that a change is.
    pub(super) fn disruption(
        &self,
        kind: &'static str,
        target: &Located<String>,
        sentence: &str,
        span: Span<'_>,
        effect: Effect,
    ) -> Result<Disruption, Vec<StudyFault>> {
        let start = span.start.begin();
        if let Some(end) = span.end
            && end.end() <= start
        {
            return Err(vec![self.text.fault(
                end.span(),
                format!(
                    "the change ends on {}, before it starts on {}",
                    end.get(),
                    span.start.get()
                ),
                Some("put the dates in order".to_owned()),
            )]);
        }
        if let Some(announced) = span.announced
            && announced.begin() > start
        {
            return Err(vec![self.text.fault(
                announced.span(),
                format!(
                    "the change is announced on {}, after it starts on {}",
                    announced.get(),
                    span.start.get()
                ),
                Some("announce it before, or leave it out: what has begun is known".to_owned()),
            )]);
        }
        let unknown = span.unknown;
        let lasts = unknown.and_then(|unknown| unknown.lasts_h.as_ref());
        let end = match (lasts, span.end) {
            (Some(lasts), None) => DisruptionEnd::After(self.value(
                lasts,
                "lasts_h",
                format!("length of: {sentence}"),
                "h",
                f64::INFINITY,
            )?),
            (Some(lasts), Some(_)) => {
                return Err(vec![self.text.fault(
                    lasts.span(),
                    "the change has both an end and a length",
                    Some("give `end` or `lasts_h`".to_owned()),
                )]);
            }
            (None, Some(end)) => DisruptionEnd::At(end.end()),
            (None, None) => DisruptionEnd::Never,
        };
        let believed_h = unknown
            .map(|unknown| {
                let label = format!("what actors believe of the rest of: {sentence}");
                self.value(&unknown.believed_h, "believed_h", label, "h", f64::INFINITY)
            })
            .transpose()?;
        Ok(Disruption {
            kind,
            target: target.get().clone(),
            sentence: sentence.to_owned(),
            start,
            end,
            believed_h,
            announced: span.announced.map(|moment| moment.begin()),
            effect,
            span: target.span(),
        })
    }
}

/// Hours of the day, each from 0 to 24 and not alike.
pub(super) fn open_hours(
    site: &Site<'_>,
    hours: &Option<Located<[f64; 2]>>,
) -> Result<Option<[f64; 2]>, Vec<StudyFault>> {
    let Some(located) = hours else {
        return Ok(None);
    };
    let [from, until] = **located;
    let fine = |hour: f64| (0.0..=24.0).contains(&hour);
    if fine(from) && fine(until) && from != until {
        return Ok(Some([from, until]));
    }
    Err(vec![site.text.fault(
        located.span(),
        format!("[{from}, {until}] are no hours of the day"),
        Some("give two different hours from 0 to 24, such as [22, 5] for the night".to_owned()),
    )])
}
