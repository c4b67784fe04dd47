//! `*_trips.tntp`.

use std::path::Path;

use super::metadata::Metadata;
use crate::error::{ReadError, ReadProblem};
use crate::text::{Field, TextFile};

/// More zones than any published trip table by a factor of a hundred.
const MAX_ZONES: usize = 1_000_000;

/// A trip table.
#[derive(Clone, Debug, PartialEq)]
pub struct TntpTrips {
    /// Zones.
    pub zones: usize,
    /// Total flow that the file announces, if it does.
    pub announced_total: Option<f64>,
    /// Entries in the order of the file, also those of no flow and those within a zone.
    pub trips: Vec<Trip>,
}

/// Flow from a zone to another, in the unit of the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trip {
    /// Zone where the trips start, from 1.
    pub origin: usize,
    /// Zone where they end, from 1.
    pub destination: usize,
    /// Flow.
    pub volume: f64,
}

impl TntpTrips {
    /// Reads a trip table.
    ///
    /// # Errors
    /// [`ReadError`] with file, line and column.
    pub fn read(path: &Path) -> Result<Self, ReadError> {
        Self::parse(&TextFile::open(path)?)
    }

    /// Reads a trip table from text; `name` stands for the file in errors.
    ///
    /// # Errors
    /// [`ReadError`] with line and column.
    pub fn from_text(name: &str, text: &str) -> Result<Self, ReadError> {
        Self::parse(&TextFile::from_text(Path::new(name), text.to_owned()))
    }

    /// Sum of all entries.
    pub fn total(&self) -> f64 {
        self.trips.iter().map(|trip| trip.volume).sum()
    }

    fn parse(file: &TextFile) -> Result<Self, ReadError> {
        let mut lines = file.lines();
        let metadata = Metadata::read(file, &mut lines)?;
        let zones = metadata.count("NUMBER OF ZONES", 1, MAX_ZONES)?;
        let announced_total = metadata.amount("TOTAL OD FLOW")?;
        let mut table = Table {
            file,
            zones,
            origin: None,
            origin_lines: vec![0; zones + 1],
            entry_lines: vec![(0, 0); zones + 1],
            trips: Vec::new(),
        };
        for line in lines {
            let row = line.field().trimmed();
            if row.text.is_empty() || row.text.starts_with('~') {
                continue;
            }
            match row
                .text
                .get(..6)
                .filter(|word| word.eq_ignore_ascii_case("origin"))
            {
                Some(_) => table.start_origin(row.tail(6).trimmed())?,
                None => {
                    for piece in row.split(';').map(Field::trimmed) {
                        if !piece.text.is_empty() {
                            table.add_entry(piece)?;
                        }
                    }
                }
            }
        }
        Ok(Self {
            zones,
            announced_total,
            trips: table.trips,
        })
    }
}

/// A table while it is read.
struct Table<'a> {
    file: &'a TextFile,
    zones: usize,
    origin: Option<usize>,
    /// Line of each origin, 0 for those not yet met.
    origin_lines: Vec<usize>,
    /// Origin and line of the last entry of each destination.
    entry_lines: Vec<(usize, usize)>,
    trips: Vec<Trip>,
}

impl Table<'_> {
    fn start_origin(&mut self, field: Field<'_>) -> Result<(), ReadError> {
        let origin = self.file.whole(field, "origin", 1, self.zones)?;
        let first = self.origin_lines[origin];
        if first > 0 {
            return Err(self.twice(field, "origin", origin, first));
        }
        self.origin_lines[origin] = field.line.number;
        self.origin = Some(origin);
        Ok(())
    }

    fn add_entry(&mut self, piece: Field<'_>) -> Result<(), ReadError> {
        let Some(origin) = self.origin else {
            return Err(self
                .file
                .bad_value(piece, "an entry", "a line `Origin n` before it"));
        };
        let Some(colon) = piece.text.find(':') else {
            return Err(self
                .file
                .bad_value(piece, "an entry", "`destination : flow ;`"));
        };
        let zone = piece.head(colon).trimmed();
        let destination = self.file.whole(zone, "destination", 1, self.zones)?;
        let volume = self.file.amount(piece.tail(colon + 1).trimmed(), "flow")?;
        let (last_origin, first) = self.entry_lines[destination];
        if last_origin == origin {
            return Err(self.twice(zone, "destination", destination, first));
        }
        self.entry_lines[destination] = (origin, zone.line.number);
        self.trips.push(Trip {
            origin,
            destination,
            volume,
        });
        Ok(())
    }

    fn twice(&self, field: Field<'_>, what: &'static str, zone: usize, first: usize) -> ReadError {
        let name = zone.to_string();
        self.file
            .error_at(field, ReadProblem::Duplicate { what, name, first })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "<NUMBER OF ZONES> 3\n<TOTAL OD FLOW> 12.5\n<END OF METADATA>\n~ note\n";

    fn read(body: &str) -> Result<TntpTrips, ReadError> {
        TntpTrips::from_text("t", &format!("{HEAD}{body}"))
    }

    fn fails(body: &str) -> String {
        read(body).unwrap_err().to_string()
    }

    #[test]
    fn entries_may_share_lines_and_stand_close() {
        let table = read("Origin 1\n2 : 4.5;3:3 ;\n\nOrigin\t3\n  1 :\t5.0;\n").unwrap();
        let trips: Vec<_> = table
            .trips
            .iter()
            .map(|t| (t.origin, t.destination, t.volume))
            .collect();
        assert_eq!(trips, [(1, 2, 4.5), (1, 3, 3.0), (3, 1, 5.0)]);
        assert_eq!((table.announced_total, table.total()), (Some(12.5), 12.5));
    }

    #[test]
    fn errors_say_where() {
        assert_eq!(
            fails("2 : 1;"),
            "t:5:1: an entry is `2 : 1`; expected a line `Origin n` before it"
        );
        assert_eq!(
            fails("Origin 4"),
            "t:5:8: origin is `4`; expected a whole number from 1 to 3"
        );
        assert_eq!(
            fails("Origin 1\n 2 : x;"),
            "t:6:6: flow is `x`; expected a finite number, 0 or more"
        );
        assert!(fails("Origin 1\n 2 : -1;").starts_with("t:6:6: flow is `-1`"));
        assert!(fails("Origin 1\n 2 1;").contains("`destination : flow ;`"));
        assert_eq!(
            fails("Origin 1\n2 : 1; 2 : 1;"),
            "t:6:8: destination `2` was given before, in line 6; keep one of the two"
        );
        assert!(fails("Origin 1\nOrigin 1").contains("origin `1` was given before, in line 5"));
    }
}
