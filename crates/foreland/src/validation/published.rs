//! Reading the table of published distances.

use std::path::Path;

use serde::Deserialize;

use crate::error::{Error, Problem};

/// Largest table that is read.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// How far a published figure can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Trust {
    /// The tables of both ports agree.
    A,
    /// Summed over the publication's junction points.
    #[serde(rename = "B+")]
    BPlus,
    /// Listed once, or differing by less than 2 %.
    B,
}

impl Trust {
    /// The word in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Trust::A => "A",
            Trust::BPlus => "B+",
            Trust::B => "B",
        }
    }
}

/// One end of a published distance.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// UN/LOCODE.
    pub unlocode: String,
    /// Name as published.
    pub name: String,
    /// Longitude, degrees, if published.
    pub lon_deg: Option<f64>,
    /// Latitude, degrees, if published.
    pub lat_deg: Option<f64>,
}

/// A published distance.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// Line in the table, from 1.
    pub line: u64,
    /// From where.
    pub from: End,
    /// To where.
    pub to: End,
    /// `none`, or the canal, strait or cape that the published route takes.
    pub via: String,
    /// Distance, nm.
    pub nm: f64,
    /// How far it can be trusted.
    pub trust: Trust,
    /// Remark of the table.
    pub note: String,
}

#[derive(Deserialize)]
struct Row {
    from_unlocode: String,
    from_name: String,
    from_lat: Option<f64>,
    from_lon: Option<f64>,
    to_unlocode: String,
    to_name: String,
    to_lat: Option<f64>,
    to_lon: Option<f64>,
    via: String,
    nm: f64,
    trust: Trust,
    note: String,
}

/// Reads the table.
pub(super) fn read(path: &Path) -> Result<Vec<Published>, Error> {
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
            "put the table of published distances there",
        )));
    }
    parse(&shown, &std::fs::read(path).map_err(io)?)
}

/// Reads the table from bytes; `shown` names it in errors.
fn parse(shown: &str, bytes: &[u8]) -> Result<Vec<Published>, Error> {
    let mut reader = csv::Reader::from_reader(bytes);
    let mut rows = Vec::new();
    for (i, row) in reader.deserialize().enumerate() {
        let row: Row = row.map_err(|error| {
            let line = error.position().map_or(i as u64 + 2, csv::Position::line);
            let remedy = "keep the columns and units of the committed table";
            Error::Input(Problem::in_file(shown, error.to_string(), remedy).on_line(line))
        })?;
        let usable = row.nm.is_finite() && row.nm > 0.0;
        if !usable {
            let problem = Problem::in_file(
                shown,
                format!("{} nm is no distance", row.nm),
                "give a positive number of nautical miles",
            );
            return Err(Error::Input(problem.on_line(i as u64 + 2).in_column("nm")));
        }
        rows.push(published(i as u64 + 2, row));
    }
    Ok(rows)
}

fn published(line: u64, row: Row) -> Published {
    Published {
        line,
        from: End {
            unlocode: row.from_unlocode,
            name: row.from_name,
            lon_deg: row.from_lon,
            lat_deg: row.from_lat,
        },
        to: End {
            unlocode: row.to_unlocode,
            name: row.to_name,
            lon_deg: row.to_lon,
            lat_deg: row.to_lat,
        },
        via: row.via,
        nm: row.nm,
        trust: row.trust,
        note: row.note,
    }
}

#[cfg(test)]
mod tests {
    use super::{Trust, parse};

    const HEAD: &str = "from_unlocode,from_name,from_lat,from_lon,to_unlocode,to_name,to_lat,\
                        to_lon,via,nm,trust,source,note\n";

    #[test]
    fn rows_are_read_with_their_lines() {
        let table = format!(
            "{HEAD}PECLL,Callao,-12.05,-77.17,USHNL,Honolulu,21.3,-157.9,none,5161,B+,NGA,\n"
        );
        let rows = parse("t.csv", table.as_bytes()).expect("a table");
        assert_eq!(
            (rows[0].line, rows[0].nm, rows[0].trust),
            (2, 5161.0, Trust::BPlus)
        );
        assert_eq!(rows[0].from.lon_deg, Some(-77.17));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(0_u8..=255, 0..300)) {
            let _ = parse("t.csv", &[HEAD.as_bytes(), &bytes].concat());
        }
    }

    #[test]
    fn a_wrong_cell_is_named_by_its_line() {
        for cell in ["many", "-5", "NaN"] {
            let table =
                format!("{HEAD}A,a,1,2,B,b,3,4,none,10,A,s,\nA,a,1,2,B,b,3,4,none,{cell},A,s,\n");
            let error = parse("t.csv", table.as_bytes())
                .expect_err(cell)
                .to_string();
            assert!(error.starts_with("t.csv:3"), "{error}");
        }
        assert!(parse("t.csv", b"from,to\nA,B\n").is_err());
    }
}
