//! One cell of a file: what it holds, or why its row is rejected.

use std::borrow::Cow;

use jiff::civil::Date;

use super::country;
use super::layout::{Blank, Cell, Column};

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    /// Not known.
    Nothing,
    Text(Cow<'a, str>),
    Whole(i64),
    Number(f64),
    Truth(bool),
    /// Days since 1970-01-01.
    Day(i32),
    /// Milliseconds since 1970, UTC.
    Instant(i64),
    /// Degrees north, degrees east.
    Position(f64, f64),
}

impl Value<'_> {
    /// The same, without the file's own bytes.
    pub(super) fn owned(self) -> Value<'static> {
        match self {
            Value::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Value::Nothing => Value::Nothing,
            Value::Whole(number) => Value::Whole(number),
            Value::Number(number) => Value::Number(number),
            Value::Truth(truth) => Value::Truth(truth),
            Value::Day(day) => Value::Day(day),
            Value::Instant(ms) => Value::Instant(ms),
            Value::Position(north, east) => Value::Position(north, east),
        }
    }
}

/// A cell that was read, with what is to be counted about it.
pub(super) type Read<'a> = Result<(Value<'a>, Option<&'static str>), &'static str>;

/// Reads a cell. The error says why its row is rejected.
pub(super) fn read<'a>(column: &Column, text: &'a str) -> Read<'a> {
    let text = text.trim();
    // Namibia's code is `NA`: only figures can be missing by that word.
    let is_blank =
        text.is_empty() || (matches!(column.cell, Cell::Amount | Cell::Measure) && text == "NA");
    if is_blank {
        return match column.blank {
            Blank::Reject => Err("blank"),
            Blank::Count => Ok((Value::Nothing, Some("blank; kept as unknown"))),
            Blank::Allow => Ok((Value::Nothing, None)),
        };
    }
    match column.cell {
        Cell::Text => Ok((Value::Text(Cow::Borrowed(text)), None)),
        Cell::Digits(length) => digits(text, length),
        Cell::Whole(low, high) => Ok((Value::Whole(whole(text, low, high)?), None)),
        Cell::Country => {
            let code = whole(text, 0, 999)?;
            Ok((Value::Whole(code), country::outside_iso(code)))
        }
        Cell::Amount => amount(text),
        Cell::Measure => match amount(text)? {
            (Value::Number(0.0), _) => Ok((Value::Nothing, Some("0 stands for unknown"))),
            known => Ok(known),
        },
        Cell::Degrees(limit) => match text.parse::<f64>() {
            Ok(degrees) if degrees.abs() <= limit => Ok((Value::Number(degrees), None)),
            Ok(_) => Err("out of range"),
            Err(_) => Err("not a number"),
        },
        Cell::Truth => truth(text),
        Cell::Position => position(text),
        Cell::Place => place(text),
        Cell::Instant => instant(text),
        Cell::Day => Ok((Value::Day(day(text).ok_or("not a day")?), None)),
    }
}

fn digits(text: &str, length: usize) -> Read<'_> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("not a code of digits");
    }
    match length.checked_sub(text.len()) {
        Some(0) => Ok((Value::Text(Cow::Borrowed(text)), None)),
        // Programs that take codes for numbers drop one zero: chapters run from 01.
        Some(1) => Ok((
            Value::Text(Cow::Owned(format!("0{text}"))),
            Some("leading zero was lost; put back"),
        )),
        _ => Err("wrong number of digits"),
    }
}

fn whole(text: &str, low: i64, high: i64) -> Result<i64, &'static str> {
    // Some tables write whole numbers as `15590.0`.
    let text = text.strip_suffix(".0").unwrap_or(text);
    let number: i64 = text.parse().map_err(|_| "not a whole number")?;
    if (low..=high).contains(&number) {
        Ok(number)
    } else {
        Err("out of range")
    }
}

fn amount(text: &str) -> Read<'_> {
    match text.parse::<f64>() {
        Ok(number) if !number.is_finite() => Err("not a number"),
        Ok(number) if number < 0.0 => Err("negative"),
        // A negative zero is zero.
        Ok(number) => Ok((Value::Number(number.abs()), None)),
        Err(_) => Err("not a number"),
    }
}

fn truth(text: &str) -> Read<'_> {
    match text {
        "true" | "True" | "TRUE" | "1" => Ok((Value::Truth(true), None)),
        "false" | "False" | "FALSE" | "0" => Ok((Value::Truth(false), None)),
        _ => Err("neither true nor false"),
    }
}

/// `1203S 07708W`: degrees and minutes, two digits of each north or south, three and two east or
/// west.
fn position(text: &str) -> Read<'_> {
    let (north, east) = text.split_once(' ').ok_or("not a position")?;
    let north = arc(north, 2, ['N', 'S']).ok_or("not a position")?;
    let east = arc(east.trim_start(), 3, ['E', 'W']).ok_or("not a position")?;
    if north.abs() > 90.0 || east.abs() > 180.0 {
        return Err("out of range");
    }
    Ok((Value::Position(north, east), None))
}

/// Degrees of `1203S`; negative in the second direction.
fn arc(text: &str, degree_digits: usize, directions: [char; 2]) -> Option<f64> {
    let direction = text.chars().last()?;
    let digits = text.strip_suffix(direction)?;
    if digits.len() != degree_digits + 2 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (degrees, minutes) = digits.split_at(degree_digits);
    let (degrees, minutes): (f64, f64) = (degrees.parse().ok()?, minutes.parse().ok()?);
    if minutes >= 60.0 {
        return None;
    }
    let sign = match directions.iter().position(|d| *d == direction)? {
        0 => 1.0,
        _ => -1.0,
    };
    Some(sign * (degrees + minutes / 60.0))
}

fn place(text: &str) -> Read<'_> {
    let joined: String = text.chars().filter(|c| *c != ' ').collect();
    let is_code = joined.len() == 5
        && joined.bytes().take(2).all(|b| b.is_ascii_uppercase())
        && joined
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    if !is_code {
        return Err("not a code of UN/LOCODE");
    }
    let text = if joined == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(joined)
    };
    Ok((Value::Text(text), None))
}

fn instant(text: &str) -> Read<'_> {
    let instant: jiff::Timestamp = text.parse().map_err(|_| "not an instant with its offset")?;
    Ok((Value::Instant(instant.as_millisecond()), None))
}

fn day(text: &str) -> Option<i32> {
    let date = if let Ok(milliseconds) = text.parse::<i64>() {
        let instant = jiff::Timestamp::from_millisecond(milliseconds).ok()?;
        jiff::tz::TimeZone::UTC.to_datetime(instant).date()
    } else {
        // Some exports write `2024/05/01 00:00:00+00`.
        let date = text.get(..10)?.replace('/', "-");
        let rest = &text[10..];
        if !(rest.is_empty() || rest.starts_with(['T', ' '])) {
            return None;
        }
        date.parse::<Date>().ok()?
    };
    let epoch = Date::constant(1970, 1, 1);
    Some(epoch.until(date).ok()?.get_days())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is how a test fails")]
mod tests {
    use super::*;
    use crate::import::layout::{counted, must};

    #[test]
    fn na_is_namibia_in_words_and_unknown_in_figures() {
        let word = must("iso2", Cell::Text, "");
        assert_eq!(
            read(&word, "NA"),
            Ok((Value::Text(Cow::Borrowed("NA")), None))
        );
        let figure = counted("q", Cell::Amount, "t");
        assert_eq!(
            read(&figure, "      NA"),
            Ok((Value::Nothing, Some("blank; kept as unknown")))
        );
        assert_eq!(read(&must("v", Cell::Amount, ""), "NA"), Err("blank"));
    }

    #[test]
    fn masses_are_numbers_and_not_negative() {
        let mass = counted("q", Cell::Amount, "t");
        for (text, why) in [
            ("-1", "negative"),
            ("1,5", "not a number"),
            ("NaN", "not a number"),
            ("inf", "not a number"),
        ] {
            assert_eq!(read(&mass, text), Err(why), "{text}");
        }
        assert_eq!(read(&mass, " 1.5 "), Ok((Value::Number(1.5), None)));
    }

    #[test]
    fn days_are_dates_or_milliseconds() {
        for text in [
            "1970-02-01",
            "1970-02-01T12:00:00Z",
            "1970/02/01 00:00:00+00",
            "2678400000",
        ] {
            assert_eq!(day(text), Some(31), "{text}");
        }
        for text in ["", "1970-02-30", "1970-02-01x", "01.02.1970", "ééééé-éé-é"] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn positions_are_degrees_and_minutes() {
        let column = must("Coordinates", Cell::Position, "");
        let (value, _) = read(&column, "1203S 07708W").unwrap();
        let Value::Position(north, east) = value else {
            panic!("{value:?}")
        };
        assert!((north + 12.05).abs() < 1e-12 && (east + 77.0 + 8.0 / 60.0).abs() < 1e-12);
        for text in [
            "1203S",
            "1263S 07708W",
            "1203W 07708S",
            "123S 07708W",
            "1203S 7708W",
            "é 1",
        ] {
            assert_eq!(read(&column, text), Err("not a position"), "{text}");
        }
        assert_eq!(read(&column, "9900N 07708W"), Err("out of range"));
    }

    #[test]
    fn places_lose_their_blank_and_nothing_else_passes() {
        let column = must("location", Cell::Place, "");
        assert_eq!(
            read(&column, "PE CLL").unwrap().0,
            Value::Text(Cow::Borrowed("PECLL"))
        );
        for text in ["PECL", "PECALL", "12345", "pecll"] {
            assert!(read(&column, text).is_err(), "{text}");
        }
    }

    #[test]
    fn other_asia_is_kept_and_counted() {
        let (value, note) = read(&must("i", Cell::Country, ""), "490").unwrap();
        assert_eq!(value, Value::Whole(490));
        assert!(note.unwrap().contains("Other Asia"));
        assert_eq!(
            read(&must("i", Cell::Country, ""), "516"),
            Ok((Value::Whole(516), None))
        );
    }
}
