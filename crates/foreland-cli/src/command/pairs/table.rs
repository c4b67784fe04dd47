//! The table of pairs: its columns, its bounds, what is wrong with it as a whole.

use std::path::Path;

use foreland::Problem;
use foreland::route::ANSWER_COLUMNS;

use crate::failure::Failure;

/// Longest head that is compared with ours; anything longer is no slip for one.
const LONGEST_NAME: usize = 64;
/// Largest file that is read.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Columns that mean something here.
const KNOWN: [&str; 9] = [
    "from", "to", "from_lon", "from_lat", "to_lon", "to_lat", "id", "via", "avoid",
];
/// What the header may be.
const FORM: &str = "begin with a header that has the columns from,to (places) or \
                    from_lon,from_lat,to_lon,to_lat (degrees), and optionally id,via,avoid";

/// A table that was read.
pub(super) struct Pairs {
    pub(super) header: csv::StringRecord,
    pub(super) rows: Vec<csv::StringRecord>,
    pub(super) columns: Columns,
}

/// Which column is which.
pub(super) struct Columns {
    pub(super) from: EndColumns,
    pub(super) to: EndColumns,
    pub(super) via: Option<usize>,
    pub(super) avoid: Option<usize>,
}

/// The columns of one end: a place, or its coordinates, or both for different rows.
pub(super) struct EndColumns {
    pub(super) name: Option<usize>,
    pub(super) lon: Option<usize>,
    pub(super) lat: Option<usize>,
}

/// Reads a table of pairs.
///
/// # Errors
///
/// Wrong input for a file that is absent, too large, not UTF-8, ragged, or lacks its columns.
pub(super) fn read(path: &Path) -> Result<Pairs, Failure> {
    let shown = path.display().to_string();
    let bytes = read_bounded(path, MAX_BYTES)?;
    parse(&shown, &bytes).map_err(|problem| Failure::inputs(shown, vec![*problem]))
}

/// The bytes of a file of limited size.
///
/// # Errors
///
/// Wrong input for a file that is absent or too large.
pub(crate) fn read_bounded(path: &Path, most_bytes: u64) -> Result<Vec<u8>, Failure> {
    let read = |error| Failure::io("read", path, error);
    let size = std::fs::metadata(path).map_err(read)?.len();
    if size > most_bytes {
        let problem = Problem::in_file(
            path.display().to_string(),
            format!("the file has {size} bytes; at most {most_bytes} are read"),
            "split the file",
        );
        return Err(Failure::inputs("the file", vec![problem]));
    }
    std::fs::read(path).map_err(read)
}

fn parse(shown: &str, bytes: &[u8]) -> Result<Pairs, Box<Problem>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes);
    let mut records = reader.records();
    let header = match records.next() {
        Some(record) => record.map_err(|error| broken(shown, &error))?,
        None => return Err(Problem::in_file(shown, "the file is empty", FORM).into()),
    };
    let columns = columns(shown, &header)?;
    let rows = records
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| broken(shown, &error))?;
    if rows.is_empty() {
        return Err(Problem::in_file(shown, "there are no rows", "add a row for each pair").into());
    }
    Ok(Pairs {
        header,
        rows,
        columns,
    })
}

/// What the reader of CSV could not read.
pub(crate) fn broken(shown: &str, error: &csv::Error) -> Box<Problem> {
    let line = error.position().map(csv::Position::line);
    let (message, remedy) = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => (
            "the line is not valid UTF-8".to_owned(),
            "save the file as UTF-8",
        ),
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => (
            format!("the row has {len} fields, the header has {expected_len}"),
            "give every row as many fields as the header; quote fields that hold a comma",
        ),
        _ => (error.to_string(), "write a comma-separated table in UTF-8"),
    };
    let problem = Problem::in_file(shown, message, remedy);
    Box::new(match line {
        Some(line) => problem.on_line(line),
        None => problem,
    })
}

fn columns(shown: &str, header: &csv::StringRecord) -> Result<Columns, Box<Problem>> {
    let names: Vec<&str> = header.iter().map(str::trim).collect();
    let wrong = |column: &str, message: String, remedy: String| {
        Box::new(
            Problem::in_file(shown, message, remedy)
                .on_line(1)
                .in_column(column),
        )
    };
    for (i, name) in names.iter().enumerate() {
        if KNOWN.contains(name) && names[..i].contains(name) {
            let message = "the column stands twice".to_owned();
            return Err(wrong(name, message, "keep one of them".to_owned()));
        }
        if ANSWER_COLUMNS.contains(name) {
            let message = format!("`{name}` is a column that is appended");
            return Err(wrong(name, message, "rename it in the file".to_owned()));
        }
    }
    let at = |name: &str| names.iter().position(|other| *other == name);
    let end = |name: &str, lon: &str, lat: &str| -> Result<EndColumns, Box<Problem>> {
        let columns = EndColumns {
            name: at(name),
            lon: at(lon),
            lat: at(lat),
        };
        match (columns.name, columns.lon, columns.lat) {
            (Some(_), None, None) | (_, Some(_), Some(_)) => Ok(columns),
            (_, Some(_), None) => Err(missing(shown, &names, lat)),
            (_, None, Some(_)) => Err(missing(shown, &names, lon)),
            (None, None, None) => Err(missing(shown, &names, name)),
        }
    };
    Ok(Columns {
        from: end("from", "from_lon", "from_lat")?,
        to: end("to", "to_lon", "to_lat")?,
        via: at("via"),
        avoid: at("avoid"),
    })
}

/// A column that the header lacks, with what may have been meant for it.
fn missing(shown: &str, names: &[&str], column: &str) -> Box<Problem> {
    let remedy = match names {
        [one] if one.contains(';') || one.contains('\t') => {
            "separate the fields by commas".to_owned()
        }
        _ => match names.iter().find(|name| meant(name, column)) {
            Some(name) => format!("rename the column `{name}` to `{column}`"),
            None => FORM.to_owned(),
        },
    };
    Box::new(
        Problem::in_file(shown, "the header lacks this column", remedy)
            .on_line(1)
            .in_column(column),
    )
}

/// Whether a header's name was meant for a column.
fn meant(name: &str, column: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['-', ' ', '.'], "_");
    let name = plain(name);
    name == column || is_near(&name, column) && !KNOWN.contains(&name.as_str())
}

/// Whether two words are so alike that one may be a slip for the other.
fn is_near(word: &str, other: &str) -> bool {
    word.chars().count() <= LONGEST_NAME && strsim::damerau_levenshtein(word, other) <= 2
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn problem(text: &str) -> String {
        match parse("pairs.csv", text.as_bytes()) {
            Ok(_) => String::new(),
            Err(problem) => format!("{problem}; {}", problem.remedy),
        }
    }

    #[test]
    fn names_coordinates_and_both_are_read() {
        for header in [
            "from,to",
            "id,from,to,via,avoid,note",
            "from_lon,from_lat,to_lon,to_lat",
            "from,to_lon,to_lat",
            "from,to,from_lon,from_lat,to_lon,to_lat",
        ] {
            let cells = vec!["1"; header.split(',').count()].join(",");
            assert_eq!(problem(&format!("{header}\n{cells}\n")), "", "{header}");
        }
    }

    #[test]
    fn a_header_that_drifted_is_named_with_its_remedy() {
        let told = problem("From,to\nA,B\n");
        assert!(told.starts_with("pairs.csv:1, column from:"), "{told}");
        assert!(
            told.contains("rename the column `From` to `from`"),
            "{told}"
        );
        let told = problem("from_lon,from_latt,to_lon,to_lat\n1,2,3,4\n");
        assert!(
            told.contains("column from_lat") && told.contains("`from_latt`"),
            "{told}"
        );
        assert!(problem("a;b\n1;2\n").contains("separate the fields by commas"));
        assert!(problem("x,y\n1,2\n").contains("begin with a header"));
        assert!(problem("from,to,from\nA,B,C\n").contains("twice"));
        assert!(problem("from,to,distance_nm\nA,B,1\n").contains("rename it"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(0_u8..=255, 0..300)) {
            let _ = parse("pairs.csv", &bytes);
            let with_header = [&b"from,to\n"[..], &bytes].concat();
            if let Ok(pairs) = parse("pairs.csv", &with_header) {
                proptest::prop_assert!(pairs.rows.iter().all(|row| row.len() == 2));
            }
        }
    }

    #[test]
    fn ragged_empty_and_broken_files_are_refused() {
        assert!(problem("from,to\nA,B,C\n").contains("pairs.csv:2: the row has 3 fields"));
        assert!(problem("").contains("the file is empty"));
        assert!(problem("from,to\n").contains("no rows"));
        let told = match parse("pairs.csv", b"from,to\nA,\xff\n") {
            Err(problem) => problem.to_string(),
            Ok(_) => String::new(),
        };
        assert!(told.contains("UTF-8"), "{told}");
    }
}
