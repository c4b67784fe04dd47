//! Remarks on single published distances: which way they mean, and why some cannot be matched.

use std::path::Path;

use serde::Deserialize;

use super::published::Published;
use crate::error::{Error, Problem};

/// Name of the table in the atlas folder.
pub const REMARKS_FILE: &str = "distances-remarks.csv";
/// Largest table that is read.
const MAX_BYTES: u64 = 1024 * 1024;

/// What a remark says of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The published figure is wrong.
    Misprint,
    /// The publication names a way; where passages stand for it, ours takes it too.
    Qualifier,
    /// The published position is not the port's.
    Position,
    /// The published route is another than the shortest for a ship.
    Route,
}

impl Kind {
    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Misprint => "misprint",
            Kind::Qualifier => "qualifier",
            Kind::Position => "position",
            Kind::Route => "route",
        }
    }
}

/// A remark on one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// Line in the table, from 1.
    pub line: u64,
    /// What it says.
    pub kind: Kind,
    /// Passages that the published route takes, in order.
    pub take: Vec<String>,
    /// Passages that it does not take.
    pub avoid: Vec<String>,
    /// Why, in a sentence.
    pub reason: String,
    key: Key,
}

/// What names a row: ends, canal and the figure itself, since a pair can have several.
#[derive(Clone, Debug, PartialEq)]
struct Key {
    from: String,
    to: String,
    via: String,
    nm: f64,
}

#[derive(Deserialize)]
struct Row {
    from_unlocode: String,
    to_unlocode: String,
    via: String,
    nm: f64,
    kind: Kind,
    take: String,
    avoid: String,
    reason: String,
}

impl Remark {
    fn is_about(&self, row: &Published) -> bool {
        self.key.from == row.from.unlocode
            && self.key.to == row.to.unlocode
            && self.key.via == row.via
            && self.key.nm == row.nm
    }
}

/// The remark on a row, if there is one.
pub(super) fn find<'a>(remarks: &'a [Remark], row: &Published) -> Option<&'a Remark> {
    remarks.iter().find(|remark| remark.is_about(row))
}

/// Reads the remarks and checks that each is about a row.
pub(super) fn read(path: &Path, rows: &[Published]) -> Result<Vec<Remark>, Error> {
    let io = |cause| Error::Io {
        action: "read",
        path: path.to_owned(),
        cause,
    };
    let shown = path.display().to_string();
    let bytes = std::fs::metadata(path).map_err(io)?.len();
    if bytes > MAX_BYTES {
        return Err(Error::Input(Problem::in_file(
            shown,
            format!("the table has {bytes} bytes; at most {MAX_BYTES} are read"),
            "put the table of remarks there",
        )));
    }
    parse(&shown, &std::fs::read(path).map_err(io)?, rows)
}

fn parse(shown: &str, bytes: &[u8], rows: &[Published]) -> Result<Vec<Remark>, Error> {
    let mut remarks: Vec<Remark> = Vec::new();
    for (i, row) in csv::Reader::from_reader(bytes).deserialize().enumerate() {
        let line = i as u64 + 2;
        let wrong = |what: String, remedy: &str| {
            Error::Input(Problem::in_file(shown, what, remedy).on_line(line))
        };
        let row: Row =
            row.map_err(|error| wrong(error.to_string(), "keep the columns and words"))?;
        let remark = remark(line, row);
        let (from, to) = (&remark.key.from, &remark.key.to);
        if !rows.iter().any(|row| remark.is_about(row)) {
            return Err(wrong(
                format!("{from} – {to} is no row of the distances"),
                "copy the codes, `via` and `nm` of the row that is meant",
            ));
        }
        if remarks.iter().any(|other| other.key == remark.key) {
            return Err(wrong(
                format!("{from} – {to} has a remark already"),
                "join the two remarks",
            ));
        }
        remarks.push(remark);
    }
    Ok(remarks)
}

fn remark(line: u64, row: Row) -> Remark {
    let list = |cell: &str| {
        let ids = cell.split(';').map(str::trim).filter(|id| !id.is_empty());
        ids.map(str::to_owned).collect()
    };
    Remark {
        line,
        kind: row.kind,
        take: list(&row.take),
        avoid: list(&row.avoid),
        reason: row.reason,
        key: Key {
            from: row.from_unlocode,
            to: row.to_unlocode,
            via: row.via,
            nm: row.nm,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::published::{End, Published, Trust};
    use super::{Kind, find, parse};

    const HEAD: &str = "from_unlocode,to_unlocode,via,nm,kind,take,avoid,reason\n";

    fn row(nm: f64) -> Published {
        let end = |code: &str| End {
            unlocode: code.to_owned(),
            name: code.to_owned(),
            lon_deg: None,
            lat_deg: None,
        };
        Published {
            line: 2,
            from: end("CNSHA"),
            to: end("JPYOK"),
            via: "none".to_owned(),
            nm,
            trust: Trust::A,
            note: String::new(),
        }
    }

    #[test]
    fn a_remark_finds_its_row_by_ends_and_figure() {
        let rows = [row(1117.0), row(1037.0)];
        let table = format!("{HEAD}CNSHA,JPYOK,none,1117,qualifier,kanmon; korea,,why\n");
        let remarks = parse("r.csv", table.as_bytes(), &rows).expect("a table");
        assert_eq!(remarks[0].kind, Kind::Qualifier);
        assert_eq!(remarks[0].take, ["kanmon", "korea"]);
        assert!(find(&remarks, &rows[0]).is_some());
        assert!(find(&remarks, &rows[1]).is_none());
    }

    #[test]
    fn a_remark_about_nothing_or_twice_is_refused_with_its_line() {
        let rows = [row(1117.0)];
        let one = "CNSHA,JPYOK,none,1117,route,,,why\n";
        for (lines, expected) in [
            ("CNSHA,JPYOK,none,1118,route,,,why\n".to_owned(), "r.csv:2"),
            ("CNSHA,JPYOK,none,1117,guess,,,why\n".to_owned(), "r.csv:2"),
            (format!("{one}{one}"), "r.csv:3"),
        ] {
            let table = format!("{HEAD}{lines}");
            let error = parse("r.csv", table.as_bytes(), &rows).expect_err(&lines);
            assert!(error.to_string().starts_with(expected), "{error}");
        }
    }
}
