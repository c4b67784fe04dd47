//! Text files held whole, and fields that know their line and column.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{ReadError, ReadProblem};

/// Largest file that is read, in bytes (2 GiB): ten times the largest published instance.
const MAX_BYTES: u64 = 2 << 30;

/// A text file and its name.
pub(crate) struct TextFile {
    path: PathBuf,
    text: String,
}

/// One line, with its number from 1 and without its end.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) number: usize,
    pub(crate) text: &'a str,
}

/// A piece of a line and where it stands, in bytes from the start of the line.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    pub(crate) line: Line<'a>,
    pub(crate) start: usize,
    pub(crate) text: &'a str,
}

impl TextFile {
    pub(crate) fn open(path: &Path) -> Result<Self, ReadError> {
        let fail = |problem| ReadError {
            file: path.into(),
            line: 0,
            column: 0,
            problem,
        };
        let size = fs::metadata(path)
            .map_err(|e| fail(ReadProblem::Io(e)))?
            .len();
        if size > MAX_BYTES {
            return Err(fail(ReadProblem::TooLong {
                bytes: size,
                limit: MAX_BYTES,
            }));
        }
        let bytes = fs::read(path).map_err(|e| fail(ReadProblem::Io(e)))?;
        let text = String::from_utf8(bytes).map_err(|_| fail(ReadProblem::NotText))?;
        Ok(Self::from_text(path, text))
    }

    pub(crate) fn from_text(path: &Path, text: String) -> Self {
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        Self {
            path: path.into(),
            text,
        }
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let numbered = self.text.lines().enumerate();
        numbered.map(|(index, text)| Line {
            number: index + 1,
            text,
        })
    }

    /// An error about the file as a whole.
    pub(crate) fn error(&self, problem: ReadProblem) -> ReadError {
        ReadError {
            file: self.path.clone(),
            line: 0,
            column: 0,
            problem,
        }
    }

    /// An error about a line.
    pub(crate) fn error_in(&self, line: Line<'_>, problem: ReadProblem) -> ReadError {
        ReadError {
            file: self.path.clone(),
            line: line.number,
            column: 0,
            problem,
        }
    }

    /// An error about a field.
    pub(crate) fn error_at(&self, field: Field<'_>, problem: ReadProblem) -> ReadError {
        let before = field.line.text.get(..field.start).unwrap_or("");
        let column = before.chars().count() + 1;
        ReadError {
            file: self.path.clone(),
            line: field.line.number,
            column,
            problem,
        }
    }

    /// A field that does not hold what it should.
    pub(crate) fn bad_value(
        &self,
        field: Field<'_>,
        what: &'static str,
        expected: impl Into<String>,
    ) -> ReadError {
        let found = field.text.to_owned();
        self.error_at(
            field,
            ReadProblem::Value {
                what,
                found,
                expected: expected.into(),
            },
        )
    }

    /// A finite number.
    pub(crate) fn number(&self, field: Field<'_>, what: &'static str) -> Result<f64, ReadError> {
        match field.text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(value),
            _ => Err(self.bad_value(field, what, "a finite number")),
        }
    }

    /// A finite number that is not negative.
    pub(crate) fn amount(&self, field: Field<'_>, what: &'static str) -> Result<f64, ReadError> {
        match field.text.parse::<f64>() {
            Ok(value) if value.is_finite() && value >= 0.0 => Ok(value),
            _ => Err(self.bad_value(field, what, "a finite number, 0 or more")),
        }
    }

    /// A whole number from `low` to `high`.
    pub(crate) fn whole(
        &self,
        field: Field<'_>,
        what: &'static str,
        low: usize,
        high: usize,
    ) -> Result<usize, ReadError> {
        match field.text.parse::<usize>() {
            Ok(value) if (low..=high).contains(&value) => Ok(value),
            _ => {
                let expected = format!("a whole number from {low} to {high}");
                Err(self.bad_value(field, what, expected))
            }
        }
    }
}

impl<'a> Line<'a> {
    /// Pieces between tab characters, trimmed.
    pub(crate) fn cells(self) -> impl Iterator<Item = Field<'a>> {
        let mut start = 0;
        self.text.split('\t').map(move |cell| {
            let field = Field {
                line: self,
                start,
                text: cell,
            };
            start += cell.len() + 1;
            field.trimmed()
        })
    }

    /// The whole line as one field.
    pub(crate) fn field(self) -> Field<'a> {
        Field {
            line: self,
            start: 0,
            text: self.text,
        }
    }
}

impl<'a> Field<'a> {
    /// Without white space at either end.
    pub(crate) fn trimmed(self) -> Self {
        let left = self.text.trim_start();
        let start = self.start + self.text.len() - left.len();
        Field {
            start,
            text: left.trim_end(),
            ..self
        }
    }

    /// The part from byte `from` on.
    pub(crate) fn tail(self, from: usize) -> Self {
        Field {
            start: self.start + from,
            text: &self.text[from..],
            ..self
        }
    }

    /// The part before byte `to`.
    pub(crate) fn head(self, to: usize) -> Self {
        Field {
            text: &self.text[..to],
            ..self
        }
    }

    /// Pieces between white space.
    pub(crate) fn split_words(self) -> impl Iterator<Item = Field<'a>> {
        let mut rest = self;
        std::iter::from_fn(move || {
            let field = rest.trimmed();
            if field.text.is_empty() {
                return None;
            }
            let end = field
                .text
                .find(char::is_whitespace)
                .unwrap_or(field.text.len());
            rest = field.tail(end);
            Some(field.head(end))
        })
    }

    /// Pieces between `separator`, untrimmed.
    pub(crate) fn split(self, separator: char) -> impl Iterator<Item = Field<'a>> {
        let mut start = self.start;
        self.text.split(separator).map(move |piece| {
            let field = Field {
                line: self.line,
                start,
                text: piece,
            };
            start += piece.len() + separator.len_utf8();
            field
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_know_their_columns() {
        let file = TextFile::from_text(Path::new("x"), "\u{feff}a\tñ b\t nope\n".into());
        let line = file.lines().next().unwrap();
        let cells: Vec<_> = line.cells().map(|cell| cell.text).collect();
        assert_eq!(cells, ["a", "ñ b", "nope"]);
        let error = file
            .number(line.cells().nth(2).unwrap(), "revenue")
            .unwrap_err();
        assert_eq!((error.line, error.column), (1, 8));
        assert_eq!(
            error.to_string(),
            "x:1:8: revenue is `nope`; expected a finite number"
        );
        let words: Vec<_> = line.field().split_words().map(|word| word.text).collect();
        assert_eq!(words, ["a", "ñ", "b", "nope"]);
    }

    #[test]
    fn numbers_are_finite() {
        for text in ["inf", "NaN", "1e999", ""] {
            let file = TextFile::from_text(Path::new("x"), text.into());
            let line = Line { number: 1, text };
            assert!(file.number(line.field(), "cost").is_err(), "{text}");
        }
        let line = Line {
            number: 1,
            text: "-0.5",
        };
        let file = TextFile::from_text(Path::new("x"), String::new());
        assert!(file.amount(line.field(), "cost").is_err());
    }
}
