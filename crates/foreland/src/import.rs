//! Files that users bring: trade statistics, port calls, liner demand.
//!
//! Each format is one declarative layout (`trade`, `places`, `registers`, `liner`, `unlocode`, `schedules`, `solution`); one streaming reader checks the
//! header and every row against it, and one writer puts what is kept into a Parquet table with
//! its provenance beside it. Memory does not grow with the file. Every row is kept, or rejected
//! and counted by reason.

mod cell;
mod columns;
mod country;
mod elements;
mod header;
mod layout;
mod liner;
mod metered;
mod places;
mod registers;
mod report;
mod rows;
mod schedules;
mod solution;
mod store;
pub(crate) mod stored;
mod trade;
mod unlocode;
mod vintage;

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Problem};
pub use layout::Kind;
use layout::{Layout, Vintage};
pub use report::{ImportReport, Tally};
use rows::{Row, Rows, Step};
use store::Entry;
pub use store::{remove_unfinished, store_beside};

/// What to import, and where to.
#[derive(Clone, Copy, Debug)]
pub struct ImportRequest<'a> {
    /// What the file is.
    pub kind: Kind,
    /// The file.
    pub file: &'a Path,
    /// Folder of the store; made if it is not there.
    pub store: &'a Path,
    /// Vintage of the product codes, such as `HS17`, where the file's name does not tell it.
    pub hs: Option<&'a str>,
    /// Set to stop.
    pub cancel: Option<&'a AtomicBool>,
}

/// Rows between two looks at the flag that stops, and between two reports of progress.
const PACE: u64 = 8_192;

/// Imports a file into the store, as `KIND/NAME.parquet` with `KIND/NAME.json` beside it, and says
/// what became of every row. `progress` is told of bytes read and bytes in all.
///
/// The table's bytes depend on the file's only. An earlier import of the same name is replaced.
///
/// # Errors
///
/// [`Error::Input`] if the header is not the kind's, no row can be kept, or product codes are of
/// mixed or unknown vintage; [`Error::Io`] and [`Error::Encode`] if reading or writing fails;
/// [`Error::Cancelled`]. Nothing is written then.
pub fn import(
    request: &ImportRequest<'_>,
    progress: &dyn Fn(u64, u64),
) -> Result<ImportReport, Error> {
    let path = request.file;
    let name = path.file_name().map(|name| name.to_string_lossy());
    let Some(name) = name.filter(|_| !path.is_dir()) else {
        return Err(Error::Input(Problem::in_file(
            path.display().to_string(),
            "this is a folder",
            "name a file",
        )));
    };
    let cannot_read = |cause| Error::Io {
        action: "read",
        path: path.to_owned(),
        cause,
    };
    let file = File::open(path).map_err(cannot_read)?;
    let facts = file.metadata().map_err(cannot_read)?;
    let modified = facts.modified().ok();
    let mut rows = Rows::open(path, &name, request.kind, file)?;
    let layout = rows.layout();
    let mut hs = stated_vintage(request, layout, &name)?;
    let entry = Entry::begin(request.store, request.kind.name(), path)?;
    let mut table = columns::Table::new(layout, entry.file()?)?;
    let mut pace = 0;
    while let Some(step) = rows.next_row()? {
        if let Step::Kept(row) = step {
            if let Vintage::Column(column) = layout.vintage {
                agree(&mut hs, &row, column, &name)?;
            }
            table.push(&row.values)?;
        }
        pace += 1;
        if pace == PACE {
            pace = 0;
            progress(rows.bytes(), facts.len());
            check(request.cancel)?;
        }
    }
    check(request.cancel)?;
    progress(rows.bytes(), facts.len());
    let out = table.finish()?;
    let mut report = rows.report(hs, entry.table_name())?;
    report.modified = modified.and_then(|time| jiff::Timestamp::try_from(time).ok());
    entry.commit(out, &report)?;
    Ok(report)
}

fn check(cancel: Option<&AtomicBool>) -> Result<(), Error> {
    match cancel {
        Some(flag) if flag.load(Ordering::Relaxed) => Err(Error::Cancelled),
        _ => Ok(()),
    }
}

/// The vintage by the caller and by the file's name, which must agree where both tell it.
fn stated_vintage(
    request: &ImportRequest<'_>,
    layout: &Layout,
    file: &str,
) -> Result<Option<String>, Error> {
    let refuse = |message: String, remedy: String| {
        Err(Error::Input(Problem::in_file(file, message, remedy)))
    };
    let given = match request.hs {
        None => None,
        Some(text) => match vintage::named(text) {
            Some(vintage) => Some(vintage),
            None => {
                return refuse(
                    format!("`{text}` is not a vintage of the Harmonized System"),
                    format!("give one of {} with --hs", vintage::KNOWN),
                );
            }
        },
    };
    match layout.vintage {
        Vintage::None if given.is_some() => refuse(
            format!(
                "`{}` of {} has no vintage",
                layout.variant,
                request.kind.name()
            ),
            "leave out --hs".to_owned(),
        ),
        Vintage::None => Ok(None),
        Vintage::Column(_) => Ok(given.map(str::to_owned)),
        Vintage::FileName => match (given, vintage::in_file_name(file)) {
            (Some(given), Some(named)) if given != named => refuse(
                format!("the name says {named}, but --hs says {given}"),
                "import each vintage by its own; product codes of two do not mix".to_owned(),
            ),
            (None, None) => refuse(
                "the name does not tell the vintage of the product codes".to_owned(),
                format!("give one of {} with --hs", vintage::KNOWN),
            ),
            (given, named) => Ok(given.or(named).map(str::to_owned)),
        },
    }
}

/// Checks that a row's product codes are of the vintage of those before it.
fn agree(hs: &mut Option<String>, row: &Row<'_>, column: &str, file: &str) -> Result<(), Error> {
    let text = row.text(column);
    // Other classifications than the Harmonized System go by their own name.
    let found = vintage::named(text).unwrap_or(text);
    match hs {
        None => *hs = Some(found.to_owned()),
        Some(before) if before == found => {}
        Some(before) => {
            let found = header::shorten(found);
            let message = format!("product codes of {found}, where {before} is expected");
            let remedy = "import each vintage from its own file; product codes of two do not mix";
            let problem = Problem::in_file(file, message, remedy);
            return Err(Error::Input(problem.on_line(row.line).in_column(column)));
        }
    }
    Ok(())
}

/// What compressed files begin with.
const COMPRESSED: [(&[u8], &str); 4] = [
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf", "7z"),
];

/// The name of the compression that a file's first bytes show.
fn compression(start: &[u8]) -> Option<&'static str> {
    let found = COMPRESSED
        .iter()
        .find(|(magic, _)| start.starts_with(magic));
    found.map(|(_, name)| *name)
}

/// First bytes that are looked at: enough rows to tell the order of columns without a header.
const START_BYTES: u64 = 64 << 10;

/// Puts bytes that were looked at back before the rest.
fn peek<R: Read>(mut input: R) -> std::io::Result<(Vec<u8>, impl Read)> {
    let mut start = Vec::new();
    input.by_ref().take(START_BYTES).read_to_end(&mut start)?;
    Ok((start.clone(), std::io::Cursor::new(start).chain(input)))
}
