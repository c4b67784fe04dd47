//! A table of typed rows read from one CSV file.

use std::path::Path;

use super::row::{Cells, Row};
use super::schema::Column;
use crate::error::Problem;

/// Largest table that is read. The ports table is the largest at about half a megabyte; a file of
/// this size is not an atlas table but something else.
pub const MAX_TABLE_BYTES: u64 = 16 * 1024 * 1024;

/// All rows of one table, in file order.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<R> {
    /// The rows.
    pub rows: Vec<R>,
    /// BLAKE3 of the file's bytes, hexadecimal; empty if the file is absent.
    pub blake3: String,
    /// Size of the file.
    pub bytes: u64,
}

impl<R> Default for Table<R> {
    fn default() -> Self {
        Table {
            rows: Vec::new(),
            blake3: String::new(),
            bytes: 0,
        }
    }
}

impl<R: Row> Table<R> {
    /// File name of the table.
    pub fn file_name() -> String {
        format!("{}.csv", R::TABLE)
    }

    /// Reads the table from a folder, collecting every problem. An absent file is a problem.
    pub(crate) fn load(dir: &Path, problems: &mut Vec<Problem>) -> Self {
        let file = Self::file_name();
        let path = dir.join(&file);
        let size = match std::fs::metadata(&path) {
            Ok(meta) => meta.len(),
            Err(error) => {
                problems.push(Problem::in_file(
                    &file,
                    format!("the table cannot be read: {error}"),
                    format!("put {file} into the atlas folder; a header alone is a valid table"),
                ));
                return Self::default();
            }
        };
        if size > MAX_TABLE_BYTES {
            problems.push(Problem::in_file(
                &file,
                format!("the table has {size} bytes; at most {MAX_TABLE_BYTES} are read"),
                "split the data off into an import, or drop rows that no study uses",
            ));
            return Self::default();
        }
        match std::fs::read(&path) {
            Ok(bytes) => Self::parse(&bytes, problems),
            Err(error) => {
                problems.push(Problem::in_file(
                    &file,
                    format!("the table cannot be read: {error}"),
                    "check the file's permissions",
                ));
                Self::default()
            }
        }
    }

    /// Reads the table from bytes, collecting every problem.
    pub(crate) fn parse(bytes: &[u8], problems: &mut Vec<Problem>) -> Self {
        let file = Self::file_name();
        let columns = R::columns();
        let mut table = Table {
            rows: Vec::new(),
            blake3: blake3::hash(bytes).to_hex().to_string(),
            bytes: bytes.len() as u64,
        };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        let mut records = reader.records();
        match records.next() {
            Some(Ok(header)) => {
                if !header_agrees(&file, &header, &columns, problems) {
                    return table;
                }
            }
            Some(Err(error)) => {
                problems.push(csv_problem(&file, &error));
                return table;
            }
            None => {
                problems.push(Problem::in_file(
                    &file,
                    "the table is empty",
                    format!("begin with the header {}", header_text(&columns)),
                ));
                return table;
            }
        }
        for record in records {
            match record {
                Ok(texts) => {
                    if let Some(row) = read_row(&file, &columns, &texts, problems) {
                        table.rows.push(row);
                    }
                }
                Err(error) => problems.push(csv_problem(&file, &error)),
            }
        }
        table
    }
}

fn read_row<R: Row>(
    file: &str,
    columns: &[Column],
    texts: &csv::StringRecord,
    problems: &mut Vec<Problem>,
) -> Option<R> {
    let line = texts.position().map_or(0, csv::Position::line);
    if texts.len() != columns.len() {
        problems.push(
            Problem::in_file(
                file,
                format!(
                    "the row has {} cells, the header has {}",
                    texts.len(),
                    columns.len()
                ),
                "put texts that contain a comma in double quotes; leave unknown cells empty",
            )
            .on_line(line),
        );
        return None;
    }
    R::read(&mut Cells {
        file,
        line,
        columns,
        texts,
        problems,
    })
}

fn csv_problem(file: &str, error: &csv::Error) -> Problem {
    let (message, remedy) = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => (
            "the line is not valid UTF-8".to_owned(),
            "save the table as UTF-8",
        ),
        _ => (
            format!("the line is not valid CSV: {error}"),
            "quote texts with \" and double a quote inside them",
        ),
    };
    let problem = Problem::in_file(file, message, remedy);
    match error.position() {
        Some(position) => problem.on_line(position.line()),
        None => problem,
    }
}

fn header_text(columns: &[Column]) -> String {
    let names: Vec<&str> = columns.iter().map(|c| c.name.as_str()).collect();
    names.join(",")
}

/// Compares the header with the declared columns and names each column that is missing, unknown,
/// doubled or moved.
fn header_agrees(
    file: &str,
    header: &csv::StringRecord,
    columns: &[Column],
    problems: &mut Vec<Problem>,
) -> bool {
    let found: Vec<&str> = header.iter().map(str::trim).collect();
    let declared: Vec<&str> = columns.iter().map(|c| c.name.as_str()).collect();
    if found == declared {
        return true;
    }
    let before = problems.len();
    let mut problem = |column: &str, message: String, remedy: String| {
        problems.push(
            Problem::in_file(file, message, remedy)
                .on_line(1)
                .in_column(column),
        );
    };
    for (ix, name) in declared.iter().enumerate() {
        if !found.contains(name) {
            problem(
                name,
                "the column is missing".to_owned(),
                format!("add it as column {} of {}", ix + 1, declared.len()),
            );
        }
    }
    for (ix, name) in found.iter().enumerate() {
        if !declared.contains(name) {
            let shown: String = name.chars().take(60).flat_map(char::escape_debug).collect();
            problem(
                &shown,
                format!("column {} is not known to this table", ix + 1),
                format!("remove it; the header is {}", header_text(columns)),
            );
        } else if found[..ix].contains(name) {
            problem(
                name,
                format!("column {} repeats an earlier column", ix + 1),
                "remove it".to_owned(),
            );
        }
    }
    if problems.len() == before {
        // Same names in another order: name the first that moved.
        if let Some((ix, name)) = found.iter().enumerate().find(|(i, n)| declared[*i] != **n) {
            let home = declared.iter().position(|d| d == name).unwrap_or(ix);
            problems.push(
                Problem::in_file(
                    file,
                    format!(
                        "the column has moved: it stands at {} and belongs at {}",
                        ix + 1,
                        home + 1
                    ),
                    format!("restore the order {}", header_text(columns)),
                )
                .on_line(1)
                .in_column(*name),
            );
        }
    }
    false
}
