//! The tags at the head of a TNTP file.

use crate::error::{ReadError, ReadProblem};
use crate::text::{Field, Line, TextFile};

/// The tags of a file, by name, and the lines behind them.
pub(super) struct Metadata<'a> {
    file: &'a TextFile,
    tags: Vec<(String, Field<'a>)>,
}

impl<'a> Metadata<'a> {
    /// Reads the tags up to `<END OF METADATA>` and leaves `lines` behind them.
    pub(super) fn read(
        file: &'a TextFile,
        lines: &mut impl Iterator<Item = Line<'a>>,
    ) -> Result<Self, ReadError> {
        let mut tags: Vec<(String, Field<'a>)> = Vec::new();
        for line in lines {
            let field = line.field().trimmed();
            if field.text.is_empty() || field.text.starts_with('~') {
                continue;
            }
            let end = field
                .text
                .starts_with('<')
                .then(|| field.text.find('>'))
                .flatten();
            let Some(end) = end else {
                return Err(file.bad_value(field, "a line of the metadata", "`<TAG> value`"));
            };
            let name = field.text[1..end].trim().to_ascii_uppercase();
            if name == "END OF METADATA" {
                return Ok(Self { file, tags });
            }
            if let Some((_, first)) = tags.iter().find(|(known, _)| *known == name) {
                let first = first.line.number;
                return Err(file.error_at(
                    field,
                    ReadProblem::Duplicate {
                        what: "tag",
                        name,
                        first,
                    },
                ));
            }
            tags.push((name, field.tail(end + 1).trimmed()));
        }
        Err(file.error(ReadProblem::Missing {
            what: "<END OF METADATA>",
            expected: "the tag behind the metadata".into(),
        }))
    }

    pub(super) fn get(&self, tag: &str) -> Option<Field<'a>> {
        self.tags
            .iter()
            .find(|(name, _)| name == tag)
            .map(|(_, value)| *value)
    }

    /// A whole number that must be there.
    pub(super) fn count(
        &self,
        tag: &'static str,
        low: usize,
        high: usize,
    ) -> Result<usize, ReadError> {
        let Some(field) = self.get(tag) else {
            let expected = format!("`<{tag}> n` in the metadata");
            return Err(self.file.error(ReadProblem::Missing {
                what: tag,
                expected,
            }));
        };
        self.file.whole(field, tag, low, high)
    }

    /// A number that may be left out.
    pub(super) fn amount(&self, tag: &'static str) -> Result<Option<f64>, ReadError> {
        self.get(tag)
            .map(|field| self.file.amount(field, tag))
            .transpose()
    }
}
