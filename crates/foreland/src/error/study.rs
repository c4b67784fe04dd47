//! What is wrong in a study file, shown with line and caret.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use thiserror::Error;

use super::count;
use crate::names::closest;

/// Everything that is wrong in a study file.
#[derive(Debug, Error, Diagnostic)]
#[error("{file} has {}", count(faults.len(), "error"))]
pub struct StudyError {
    /// The file.
    pub file: String,
    /// All errors found, in file order.
    #[related]
    pub faults: Vec<StudyFault>,
}

/// One error in a study file.
#[derive(Clone, Debug, Error, Diagnostic)]
#[error("{file}:{line}:{column}: {message}")]
pub struct StudyFault {
    /// The file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    #[help]
    pub remedy: Option<String>,
    #[source_code]
    source_code: NamedSource<Arc<str>>,
    #[label("here")]
    span: SourceSpan,
}

/// The text of a study file, to place errors in it.
#[derive(Clone, Debug)]
pub struct StudyText {
    file: String,
    text: Arc<str>,
}

impl StudyText {
    /// A file's text under its name.
    pub fn new(path: &Path, text: &str) -> Self {
        StudyText {
            file: path.display().to_string(),
            text: Arc::from(text),
        }
    }

    /// File name as shown in errors.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// An error at a place.
    pub fn fault(
        &self,
        span: Range<usize>,
        message: impl Into<String>,
        remedy: Option<String>,
    ) -> StudyFault {
        let start = floor_char(&self.text, span.start);
        let end = floor_char(&self.text, span.end).max(start);
        let before = &self.text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        StudyFault {
            file: self.file.clone(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
            remedy,
            source_code: NamedSource::new(&self.file, Arc::clone(&self.text)),
            span: SourceSpan::from((start, end - start)),
        }
    }

    /// A name that stands for nothing, with the nearest that do.
    pub(crate) fn unknown<'n>(
        &self,
        span: Range<usize>,
        name: &str,
        what: &str,
        names: impl Iterator<Item = &'n str>,
    ) -> StudyFault {
        let near = closest(name, names, 3);
        let remedy = if near.is_empty() {
            "add it, or correct the spelling".to_owned()
        } else {
            format!("did you mean {}?", near.join(", "))
        };
        self.fault(span, format!("there is no {what} `{name}`"), Some(remedy))
    }

    /// All errors of this file as one.
    pub fn error(&self, mut faults: Vec<StudyFault>) -> Box<StudyError> {
        let place = |fault: &StudyFault| (fault.line, fault.column, fault.message.clone());
        faults.sort_by_cached_key(place);
        // A change is resolved against every baseline; what is wrong with it is wrong once.
        faults.dedup_by_key(|fault| place(fault));
        Box::new(StudyError {
            file: self.file.clone(),
            faults,
        })
    }
}

/// The nearest character boundary at or before a byte offset.
fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
