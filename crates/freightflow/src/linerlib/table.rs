//! Tab-separated tables with a header that must be as expected.

use crate::error::{ReadError, ReadProblem};
use crate::text::{Field, Line, TextFile};

/// Cells of a row.
pub(super) struct Row<'a> {
    pub(super) line: Line<'a>,
    cells: Vec<Field<'a>>,
}

impl<'a> Row<'a> {
    pub(super) fn cell(&self, column: usize) -> Field<'a> {
        self.cells[column]
    }
}

/// Rows below the header; blank lines are skipped. Every row must have as many cells as `columns`.
pub(super) fn rows<'a>(
    file: &'a TextFile,
    columns: &[&'static str],
) -> Result<Vec<Row<'a>>, ReadError> {
    let mut lines = file.lines();
    let Some(header) = lines.next() else {
        let expected = columns.join(", ");
        return Err(file.error(ReadProblem::Missing {
            what: "header",
            expected,
        }));
    };
    let names: Vec<Field<'a>> = header.cells().collect();
    for (index, &expected) in columns.iter().enumerate() {
        let name = names.get(index).copied().unwrap_or(header.field());
        let found = names.get(index).map_or("", |name| name.text).to_owned();
        if found != expected {
            let problem = ReadProblem::Column {
                position: index + 1,
                found,
                expected,
            };
            return Err(file.error_at(name, problem));
        }
    }
    if let Some(extra) = names.get(columns.len()) {
        return Err(file.bad_value(*extra, "a further column", "the end of the header"));
    }
    let mut rows = Vec::new();
    for line in lines.filter(|line| !line.text.trim().is_empty()) {
        let cells: Vec<Field<'a>> = line.cells().collect();
        if cells.len() != columns.len() {
            let what = "cells of the row";
            let (announced, found) = (columns.len(), cells.len());
            return Err(file.error_in(
                line,
                ReadProblem::Count {
                    what,
                    announced,
                    found,
                },
            ));
        }
        rows.push(Row { line, cells });
    }
    Ok(rows)
}
