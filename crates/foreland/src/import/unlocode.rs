//! UN/LOCODE's raw list: no header, two orders of columns, UTF-8 or Latin-1.
//!
//! Without a header only the cells can tell the order: functions look like `1-3-----`, a status
//! like `AI`. The first rows decide, and a column whose cells do not look like it is named.

use super::header;
use super::layout::Cell::{Position, Text};
use super::layout::{Column, Layout, Vintage, counted, may, must};
use crate::error::Problem;

const UNECE: &str = "UNECE, UN/LOCODE, https://unece.org/trade/uncefact/unlocode";
const UNECE_LICENCE: &str = "user-supplied; UNECE terms of use, ask for permission to hand on";

const CHANGE: Column = may("Change", Text, "");
const COUNTRY: Column = must("Country", Text, "");
// Blank in the rows that name a country, which are no places.
const LOCATION: Column = must("Location", Text, "");
const NAME: Column = must("Name", Text, "");
const PLAIN_NAME: Column = may("NameWoDiacritics", Text, "");
const SUBDIVISION: Column = may("Subdivision", Text, "");
const FUNCTION: Column = may("Function", Text, "");
const STATUS: Column = may("Status", Text, "");
const DATE: Column = may("Date", Text, "year and month, YYMM");
const IATA: Column = may("IATA", Text, "");
const COORDINATES: Column = counted("Coordinates", Position, "");
const REMARKS: Column = may("Remarks", Text, "");

/// The order of the UNECE and that of the mirror, which swaps function and status.
pub(super) const LAYOUTS: &[Layout] = &[
    Layout {
        variant: "function-first",
        delimiter: b',',
        columns: &[
            CHANGE,
            COUNTRY,
            LOCATION,
            NAME,
            PLAIN_NAME,
            SUBDIVISION,
            FUNCTION,
            STATUS,
            DATE,
            IATA,
            COORDINATES,
            REMARKS,
        ],
        vintage: Vintage::None,
        source: UNECE,
        licence: UNECE_LICENCE,
    },
    Layout {
        variant: "status-first",
        delimiter: b',',
        columns: &[
            CHANGE,
            COUNTRY,
            LOCATION,
            NAME,
            PLAIN_NAME,
            SUBDIVISION,
            STATUS,
            FUNCTION,
            DATE,
            IATA,
            COORDINATES,
            REMARKS,
        ],
        vintage: Vintage::None,
        source: UNECE,
        licence: UNECE_LICENCE,
    },
];

/// A column's name, and whether a cell looks like its cells.
type Form = (&'static str, fn(&str) -> bool);

/// Columns whose cells have a form of their own.
const FORMS: [Form; 4] = [
    ("Country", is_country),
    ("Location", is_location),
    ("Function", is_function),
    ("Status", is_status),
];

/// The layout of a file without header by its first bytes; none if it has a header.
///
/// # Errors
///
/// The column whose cells do not look like it, if neither order fits.
pub(super) fn without_header(
    start: &[u8],
    file: &str,
) -> Result<Option<&'static Layout>, Box<Problem>> {
    let rows = rows(start);
    let names_columns = |row: &Vec<String>| {
        let known = |cell: &&String| LAYOUTS[0].columns.iter().any(|c| c.name == cell.as_str());
        row.iter().filter(known).count() > row.len() / 2
    };
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    if names_columns(first) {
        return Ok(None);
    }
    let mut nearest: Option<(usize, &'static str)> = None;
    for layout in LAYOUTS {
        let misfits = misfits(layout, &rows);
        let Some(&(column, count)) = misfits.iter().max_by_key(|(_, count)| *count) else {
            return Ok(Some(layout));
        };
        if nearest.is_none_or(|(least, _)| count < least) {
            nearest = Some((count, column));
        }
    }
    let column = nearest.map_or("", |(_, column)| column);
    let expected: Vec<&str> = LAYOUTS[0].columns.iter().map(|c| c.name).collect();
    let problem = Problem::in_file(
        file,
        format!(
            "the rows are not those of UN/LOCODE: most cells of column {column} are something else"
        ),
        format!(
            "the columns must be, with or without this header: {}",
            expected.join(",")
        ),
    );
    Err(Box::new(problem.on_line(1).in_column(column)))
}

/// Columns of which most filled cells have another form.
fn misfits(layout: &Layout, rows: &[Vec<String>]) -> Vec<(&'static str, usize)> {
    let count = |(name, fits): &Form| {
        let at = layout
            .columns
            .iter()
            .position(|column| column.name == *name)?;
        let cells = rows
            .iter()
            .map(|row| row.get(at).map_or("?", String::as_str));
        let filled: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
        let wrong = filled.iter().filter(|cell| !fits(cell)).count();
        (wrong * 2 > filled.len()).then_some((*name, wrong))
    };
    FORMS.iter().filter_map(count).collect()
}

/// The whole rows in the first bytes.
fn rows(start: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(start);
    let mut rows: Vec<Vec<String>> = reader
        .byte_records()
        .map_while(Result::ok)
        .map(|record| header::cells(&record))
        .collect();
    // The last may be cut off.
    if rows.len() > 1 {
        rows.pop();
    }
    rows
}

fn is_country(cell: &str) -> bool {
    cell.len() == 2 && cell.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_location(cell: &str) -> bool {
    cell.len() == 3
        && cell
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// Eight places: the digit of the function, `B` for a border crossing, `0` if not known, or `-`.
fn is_function(cell: &str) -> bool {
    cell.len() == 8
        && cell
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'-' || b == b'B')
}

fn is_status(cell: &str) -> bool {
    cell.len() == 2 && cell.bytes().all(|b| b.is_ascii_uppercase())
}

/// A cell in the letters of Western Europe, where it is not UTF-8.
pub(super) fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}
