//! The rows of a file, one at a time, each kept or rejected.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::Read;
use std::path::{Path, PathBuf};

use csv::ByteRecord;

use super::cell::{self, Value};
use super::elements::{Cut, Elements};
use super::layout::{Kind, Layout};
use super::metered::Metered;
use super::report::{ImportReport, Tallies};
use super::{compression, header, peek, schedules, solution, unlocode};
use crate::error::{Error, Problem};

/// Longest record: no row of any kind comes near it, but an open quotation mark goes past it.
const RECORD_BYTES: u64 = 1 << 20;

/// What rows are read from.
enum Input<R: Read> {
    Table(csv::Reader<Metered<R>>),
    /// Elements of a list in JSON, and the rows of the element at hand.
    Schedules(Elements<R>, VecDeque<ByteRecord>),
    /// The calls of a log that was read as a whole.
    Log(Metered<R>, VecDeque<ByteRecord>),
}

/// A file that is read row by row.
pub(super) struct Rows<R: Read> {
    path: PathBuf,
    /// Name for messages.
    file: String,
    kind: Kind,
    layout: &'static Layout,
    input: Input<R>,
    record: ByteRecord,
    /// The record was read and is still to be looked at.
    is_ahead: bool,
    read: u64,
    kept: u64,
    rejected: Tallies,
    noted: Tallies,
}

/// What became of a row.
pub(super) enum Step<'a> {
    /// It is kept.
    Kept(Row<'a>),
    /// It was counted as rejected.
    Rejected,
}

/// A row that is kept.
pub(super) struct Row<'a> {
    /// Line, from 1.
    pub(super) line: u64,
    pub(super) values: Vec<Value<'a>>,
    layout: &'static Layout,
}

impl Row<'_> {
    /// The text in a column; empty if it holds none.
    pub(super) fn text(&self, column: &str) -> &str {
        let place = self.layout.columns.iter().position(|c| c.name == column);
        match place.map(|at| &self.values[at]) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }
}

impl<R: Read> Rows<R> {
    /// Opens a file and finds its layout by its header.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] if the header is none of the kind's; [`Error::Io`].
    pub(super) fn open(
        path: &Path,
        file: &str,
        kind: Kind,
        input: R,
    ) -> Result<Rows<impl Read>, Error> {
        let (start, input) = peek(input).map_err(|cause| io(path, cause))?;
        if let Some(compression) = compression(&start) {
            return Err(Error::Input(Problem::in_file(
                file,
                format!("the file is compressed ({compression})"),
                "unpack it first",
            )));
        }
        let layouts = kind.layouts();
        let mut metered = Metered::new(input);
        let input = if kind == Kind::LinerlibServices {
            metered.allow(solution::LOG_BYTES);
            let calls = solution::calls(file, &mut metered)?;
            Input::Log(metered, calls)
        } else if kind.is_json() {
            Input::Schedules(Elements::new(metered), VecDeque::new())
        } else {
            let reader = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                // Every kind has a layout, and all of a kind have the same delimiter.
                .delimiter(layouts[0].delimiter)
                .from_reader(metered);
            Input::Table(reader)
        };
        let mut rows = Rows {
            path: path.to_owned(),
            file: file.to_owned(),
            kind,
            layout: &layouts[0],
            input,
            record: ByteRecord::new(),
            is_ahead: false,
            read: 0,
            kept: 0,
            rejected: Tallies::default(),
            noted: Tallies::default(),
        };
        if !rows.advance()? {
            return Err(Error::Input(Problem::in_file(
                file,
                "the file is empty",
                format!("a file of kind {} begins with its header", kind.name()),
            )));
        }
        let refused = |problem: Box<Problem>| Error::Input(*problem);
        rows.is_ahead = true;
        if kind.is_json() || kind == Kind::LinerlibServices {
            return Ok(rows);
        }
        if kind == Kind::Unlocode
            && let Some(layout) = unlocode::without_header(&start, file).map_err(refused)?
        {
            rows.layout = layout;
            return Ok(rows);
        }
        rows.is_ahead = false;
        let names = header::cells(&rows.record);
        let line = line_of(&rows.record);
        rows.layout = header::choose(layouts, &names, file, line).map_err(refused)?;
        Ok(rows)
    }

    /// The layout that the header belongs to.
    pub(super) fn layout(&self) -> &'static Layout {
        self.layout
    }

    fn metered(&self) -> &Metered<R> {
        match &self.input {
            Input::Table(reader) => reader.get_ref(),
            Input::Schedules(elements, _) => elements.metered(),
            Input::Log(metered, _) => metered,
        }
    }

    /// Bytes read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.metered().bytes()
    }

    /// The next row; none at the end.
    pub(super) fn next_row(&mut self) -> Result<Option<Step<'_>>, Error> {
        if !std::mem::take(&mut self.is_ahead) && !self.advance()? {
            return Ok(None);
        }
        self.read += 1;
        let line = line_of(&self.record);
        let cell = |at: usize| self.record.get(at).unwrap_or_default();
        let layout = self.layout;
        let (values, notes) = match values(layout, &self.record, self.kind.may_be_latin_1()) {
            Ok(row) => row,
            Err((column, reason, at)) => {
                self.rejected.add(column, reason, line, cell(at));
                return Ok(Some(Step::Rejected));
            }
        };
        for (at, reason) in notes {
            self.noted
                .add(layout.columns[at].name, reason, line, cell(at));
        }
        self.kept += 1;
        Ok(Some(Step::Kept(Row {
            line,
            values,
            layout,
        })))
    }

    /// Reads the next record; false at the end.
    fn advance(&mut self) -> Result<bool, Error> {
        let reader = match &mut self.input {
            Input::Table(reader) => reader,
            Input::Schedules(..) => return self.next_call(),
            Input::Log(_, waiting) => {
                let next = waiting.pop_front();
                let more = next.is_some();
                self.record = next.unwrap_or_default();
                return Ok(more);
            }
        };
        let line = reader.position().line();
        reader.get_mut().allow(RECORD_BYTES);
        match reader.read_byte_record(&mut self.record) {
            Ok(more) => Ok(more),
            Err(_) if reader.get_ref().is_spent() => Err(Error::Input(
                Problem::in_file(
                    &self.file,
                    "a record begins here that is longer than 1 MiB",
                    "look for a quotation mark that is not closed",
                )
                .on_line(line),
            )),
            Err(error) => Err(match error.into_kind() {
                csv::ErrorKind::Io(cause) => io(&self.path, cause),
                other => io(&self.path, std::io::Error::other(format!("{other:?}"))),
            }),
        }
    }

    /// The next call of a ship in a list of schedules.
    fn next_call(&mut self) -> Result<bool, Error> {
        let Input::Schedules(elements, waiting) = &mut self.input else {
            return Ok(false);
        };
        let refuse = |line: u64, column: &str, message: String| {
            let remedy = "bring the answer of the carrier's interface as it came";
            let problem = Problem::in_file(&self.file, message, remedy).on_line(line);
            Err(Error::Input(problem.in_column(column)))
        };
        loop {
            if let Some(record) = waiting.pop_front() {
                self.record = record;
                return Ok(true);
            }
            let (line, element) = match elements.next() {
                Ok(Some(element)) => element,
                Ok(None) => return Ok(false),
                Err(Cut::Io(cause)) => return Err(io(&self.path, cause)),
                Err(Cut::Wrong(line, message)) => return refuse(line, "", message.to_owned()),
            };
            match schedules::calls(self.kind, &element, line) {
                Ok(calls) => *waiting = calls,
                Err(fault) => return refuse(line, fault.field, fault.message),
            }
        }
    }

    /// What became of the rows.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] if no row was kept.
    pub(super) fn report(self, hs: Option<String>, table: String) -> Result<ImportReport, Error> {
        let metered = self.metered();
        let report = ImportReport {
            kind: self.kind.name().to_owned(),
            variant: self.layout.variant.to_owned(),
            bytes: metered.bytes(),
            sha256: metered.sha256(),
            modified: None,
            hs,
            source: self.layout.source.to_owned(),
            licence: self.layout.licence.to_owned(),
            rows_read: self.read,
            rows_kept: self.kept,
            rows_rejected: self.rejected.rows(),
            rejected: self.rejected.into_list(),
            noted: self.noted.into_list(),
            file: self.file,
            table,
        };
        if report.rows_kept > 0 {
            return Ok(report);
        }
        let problem = match report.rejected.first() {
            None => Problem::in_file(
                report.file,
                "there is no row below the header",
                "import a file with rows",
            ),
            Some(tally) => Problem::in_file(
                report.file,
                format!(
                    "none of the {} rows can be kept; the first so: {} (`{}`)",
                    report.rows_read, tally.reason, tally.example
                ),
                "check that the file is of this kind",
            )
            .on_line(tally.first_line)
            .in_column(&tally.column),
        };
        Err(Error::Input(problem))
    }
}

/// What is to be counted about a row: place and reason.
type Notes = Vec<(usize, &'static str)>;
/// What makes a row useless: column, reason, place.
type Fault = (&'static str, &'static str, usize);

/// The values of a record, or its first fault.
fn values<'a>(
    layout: &'static Layout,
    record: &'a ByteRecord,
    may_be_latin_1: bool,
) -> Result<(Vec<Value<'a>>, Notes), Fault> {
    if record.len() != layout.columns.len() {
        return Err(("", "wrong number of fields", 0));
    }
    let mut values = Vec::with_capacity(record.len());
    let mut notes = Vec::new();
    for (at, (column, bytes)) in layout.columns.iter().zip(record).enumerate() {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) if may_be_latin_1 => {
                notes.push((at, "not UTF-8; read as Latin-1"));
                Cow::Owned(unlocode::latin_1(bytes))
            }
            Err(_) => return Err((column.name, "not UTF-8", at)),
        };
        let fault = |reason| (column.name, reason, at);
        let (value, note) = match text {
            Cow::Borrowed(text) => cell::read(column, text).map_err(fault)?,
            Cow::Owned(text) => {
                let (value, note) = cell::read(column, &text).map_err(fault)?;
                (value.owned(), note)
            }
        };
        notes.extend(note.map(|note| (at, note)));
        values.push(value);
    }
    Ok((values, notes))
}

fn line_of(record: &ByteRecord) -> u64 {
    record.position().map_or(0, csv::Position::line)
}

fn io(path: &Path, cause: std::io::Error) -> Error {
    Error::Io {
        action: "read",
        path: path.to_owned(),
        cause,
    }
}
