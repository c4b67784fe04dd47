//! Which layout a file has, by its header; or which column moved.

use csv::ByteRecord;

use super::layout::Layout;
use crate::error::Problem;

/// Finds the layout that a header belongs to.
///
/// # Errors
///
/// The columns that moved, are missing or are not known, against the layout that fits best.
pub(super) fn choose(
    layouts: &'static [Layout],
    found: &[String],
    file: &str,
    line: u64,
) -> Result<&'static Layout, Box<Problem>> {
    let exact = |layout: &&Layout| names(layout).eq(found.iter().map(String::as_str));
    if let Some(layout) = layouts.iter().find(exact) {
        return Ok(layout);
    }
    let known = |layout: &Layout| names(layout).filter(|name| holds(found, name)).count();
    // Every kind has a layout; the first of those that fit equally well is the likeliest.
    let mut nearest = &layouts[0];
    for layout in layouts {
        if known(layout) > known(nearest) {
            nearest = layout;
        }
    }
    Err(Box::new(difference(nearest, found, file, line)))
}

/// The cells of a header row.
pub(super) fn cells(record: &ByteRecord) -> Vec<String> {
    let text = |cell: &[u8]| String::from_utf8_lossy(cell).trim().to_owned();
    record.iter().map(text).collect()
}

fn names(layout: &Layout) -> impl Iterator<Item = &'static str> {
    layout.columns.iter().map(|column| column.name)
}

fn holds(found: &[String], name: &str) -> bool {
    found.iter().any(|other| other == name)
}

fn difference(layout: &Layout, found: &[String], file: &str, line: u64) -> Problem {
    let mut wrong: Vec<(String, String)> = Vec::new();
    for name in names(layout).filter(|name| !holds(found, name)) {
        wrong.push((name.to_owned(), format!("column {name} is missing")));
    }
    for (at, name) in found.iter().enumerate() {
        let shown = shorten(name);
        if !names(layout).any(|known| known == name) {
            wrong.push((shown.clone(), format!("column {shown} is not known")));
        } else if found[..at].contains(name) {
            wrong.push((shown.clone(), format!("column {shown} stands there twice")));
        }
    }
    if wrong.is_empty() {
        wrong = moved(layout, found);
    }
    let column = wrong
        .first()
        .map_or_else(String::new, |(name, _)| name.clone());
    let more = wrong.len().saturating_sub(SHOWN);
    let mut says: Vec<String> = wrong
        .into_iter()
        .take(SHOWN)
        .map(|(_, says)| says)
        .collect();
    if more > 0 {
        says.push(format!("and {more} more"));
    }
    let expected: Vec<&str> = names(layout).collect();
    let delimiter = char::from(layout.delimiter).escape_default();
    Problem::in_file(
        file,
        format!(
            "the header is not that of `{}`: {}",
            layout.variant,
            says.join("; ")
        ),
        format!(
            "the header must be, with `{delimiter}` between the names: {}",
            expected.join(",")
        ),
    )
    .on_line(line)
    .in_column(column)
}

/// Differences listed in one message.
const SHOWN: usize = 8;

/// Columns that stand at another place than the layout's.
fn moved(layout: &Layout, found: &[String]) -> Vec<(String, String)> {
    let place = |name: &str| found.iter().position(|other| other == name);
    names(layout)
        .enumerate()
        .filter_map(|(at, name)| {
            place(name)
                .filter(|now| *now != at)
                .map(|now| (at, name, now))
        })
        .map(|(at, name, now)| {
            let says = format!(
                "column {name} moved from place {} to place {}",
                at + 1,
                now + 1
            );
            (name.to_owned(), says)
        })
        .collect()
}

/// A name as it can be shown: files that are no tables have headers without end.
pub(super) fn shorten(text: &str) -> String {
    let mut shown: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    if text.chars().nth(60).is_some() {
        shown.push('…');
    }
    shown
}
