//! Moments: a day, or a day with an hour.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, de};

use crate::error::Problem;

/// A day as "2021-03-23", or a time of it as "2021-03-23T05:40", in local time of the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    at: DateTime,
    whole_day: bool,
}

impl Moment {
    /// The day.
    pub fn date(self) -> Date {
        self.at.date()
    }

    /// Where something begins that begins at this moment: at midnight, if it is a whole day.
    pub fn begin(self) -> DateTime {
        self.at
    }

    /// Where something ends of which this is the last: the end of the day, if it is a whole day.
    pub fn end(self) -> DateTime {
        if self.whole_day {
            self.at
                .date()
                .tomorrow()
                .map_or(DateTime::MAX, |next| next.at(0, 0, 0, 0))
        } else {
            self.at
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.whole_day {
            write!(f, "{}", self.at.date())
        } else {
            write!(f, "{}", self.at)
        }
    }
}

impl FromStr for Moment {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let at = text.parse::<DateTime>().map_err(|_| {
            Problem::in_file(
                "moment",
                format!("`{text}` is no moment"),
                "write a day as \"2021-03-23\" or a time as \"2021-03-23T05:40\"",
            )
        })?;
        Ok(Moment {
            at,
            whole_day: text.len() <= "2021-03-23".len(),
        })
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(|problem: Problem| {
            de::Error::custom(format!("{}; {}", problem.message, problem.remedy))
        })
    }
}

impl JsonSchema for Moment {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A day (\"2021-03-23\") or a time (\"2021-03-23T05:40\").",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$"
        })
    }
}
