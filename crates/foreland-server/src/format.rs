//! Which format an answer takes: `?format=` first, then the header Accept (RFC 9110, 12.5.1).

use axum::http::{HeaderMap, header};

use crate::problem::{Code, Problem};

/// A format that answers are given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// GeoJSON (RFC 7946).
    Geojson,
    /// CSV with a header.
    Csv,
    /// GPX 1.1.
    Gpx,
    /// RTZ 1.0.
    Rtz,
    /// Arrow IPC stream.
    Arrow,
    /// Parquet.
    Parquet,
}

impl Format {
    /// Name in `?format=`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Geojson => "geojson",
            Format::Csv => "csv",
            Format::Gpx => "gpx",
            Format::Rtz => "rtz",
            Format::Arrow => "arrow",
            Format::Parquet => "parquet",
        }
    }

    /// Media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Json => "application/json",
            Format::Geojson => "application/geo+json",
            Format::Csv => "text/csv; charset=utf-8",
            Format::Gpx => "application/gpx+xml",
            Format::Rtz => "application/rtz+xml",
            Format::Arrow => "application/vnd.apache.arrow.stream",
            Format::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// The format of a request among those offered, the first of which is the default.
    ///
    /// # Errors
    ///
    /// A problem with status 406 that lists what is offered.
    pub fn choose(
        named: Option<&str>,
        headers: &HeaderMap,
        offered: &[Format],
    ) -> Result<Format, Problem> {
        let found = match named {
            Some(name) => offered.iter().copied().find(|f| f.name() == name),
            None => accepted(headers, offered),
        };
        found.ok_or_else(|| {
            let names: Vec<&str> = offered.iter().map(|f| f.name()).collect();
            let types: Vec<&str> = offered.iter().map(|f| f.media_type()).collect();
            Problem::new(
                Code::NotAcceptable,
                "no format that was asked for is offered",
            )
            .remedy(format!(
                "give ?format= one of {}, or Accept one of {}",
                names.join(", "),
                types.join(", ")
            ))
        })
    }
}

/// The offered format with the highest weight; the first offered where weights are equal.
fn accepted(headers: &HeaderMap, offered: &[Format]) -> Option<Format> {
    let lists: Vec<&str> = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect();
    let ranges: Vec<(&str, f32)> = lists
        .iter()
        .flat_map(|list| list.split(','))
        .filter_map(range)
        .collect();
    if ranges.is_empty() {
        return offered.first().copied();
    }
    let weighed = offered.iter().enumerate().filter_map(|(order, &format)| {
        let weight = weight(format, &ranges)?;
        (weight > 0.0).then_some((weight, order, format))
    });
    weighed
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|(_, _, format)| format)
}

/// A media range with its weight: `text/csv;q=0.5`.
fn range(text: &str) -> Option<(&str, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let weight = parts
        .filter_map(|part| part.strip_prefix("q="))
        .find_map(|q| q.parse().ok());
    Some((range, weight.unwrap_or(1.0)))
}

/// The weight of a format by the most specific range that covers it.
fn weight(format: Format, ranges: &[(&str, f32)]) -> Option<f32> {
    let full = format.media_type();
    let plain = full.split(';').next().unwrap_or(full);
    let kind = plain.split('/').next().unwrap_or(plain);
    let specific = |range: &str| {
        if range.eq_ignore_ascii_case(plain) {
            Some(2)
        } else if range
            .strip_suffix("/*")
            .is_some_and(|k| k.eq_ignore_ascii_case(kind))
        {
            Some(1)
        } else if range == "*/*" {
            Some(0)
        } else {
            None
        }
    };
    ranges
        .iter()
        .filter_map(|&(range, weight)| Some((specific(range)?, weight)))
        .max_by_key(|(specific, _)| *specific)
        .map(|(_, weight)| weight)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::Format;

    fn chosen(accept: &str) -> Option<Format> {
        let mut headers = HeaderMap::new();
        let value = HeaderValue::from_str(accept).expect("a header");
        headers.insert(header::ACCEPT, value);
        let offered = [Format::Json, Format::Csv, Format::Geojson];
        Format::choose(None, &headers, &offered).ok()
    }

    #[test]
    fn weights_and_specific_ranges_decide() {
        for (accept, format) in [
            ("*/*", Some(Format::Json)),
            ("text/csv", Some(Format::Csv)),
            ("text/*, application/json;q=0.5", Some(Format::Csv)),
            (
                "application/json;q=0.1, application/geo+json",
                Some(Format::Geojson),
            ),
            ("*/*, application/json;q=0", Some(Format::Csv)),
            (
                "text/html,application/xhtml+xml,*/*;q=0.8",
                Some(Format::Json),
            ),
            ("image/png", None),
            ("application/json;q=0", None),
        ] {
            assert_eq!(chosen(accept), format, "{accept}");
        }
    }

    #[test]
    fn a_name_goes_before_the_header() {
        let headers = HeaderMap::new();
        let offered = [Format::Json, Format::Csv];
        let named = |name| Format::choose(Some(name), &headers, &offered).ok();
        assert_eq!(named("csv"), Some(Format::Csv));
        assert_eq!(named("gpx"), None);
    }
}
