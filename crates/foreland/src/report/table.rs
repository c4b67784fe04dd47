//! Tables: numbers to the right, wide ones scroll in their own box.

use super::markup::{Element, el};

/// A table being built.
pub(crate) struct Table {
    caption: String,
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<Element>>,
}

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Words.
    Text,
    /// Figures, so that digits stand below each other.
    Number,
    /// Identifiers and hashes.
    Code,
}

impl Table {
    /// A table with a caption; screen readers name the box that scrolls by it.
    pub(crate) fn new(caption: impl Into<String>) -> Self {
        Table {
            caption: caption.into(),
            columns: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// With columns of words.
    pub(crate) fn words<const N: usize>(mut self, heads: [&str; N]) -> Self {
        self.columns
            .extend(heads.map(|head| (head.to_owned(), Align::Text)));
        self
    }

    /// With columns of numbers; heads carry the unit.
    pub(crate) fn numbers<const N: usize>(mut self, heads: [&str; N]) -> Self {
        self.columns
            .extend(heads.map(|head| (head.to_owned(), Align::Number)));
        self
    }

    /// With a column set in a way.
    pub(crate) fn column(mut self, head: impl Into<String>, align: Align) -> Self {
        self.columns.push((head.into(), align));
        self
    }

    /// Adds a row of texts; the first cell heads the row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = impl ToString>) {
        self.rich_row(cells.into_iter().map(|cell| el("span").text(cell)));
    }

    /// Adds a row of elements; the first cell heads the row.
    pub(crate) fn rich_row(&mut self, cells: impl IntoIterator<Item = Element>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether there are rows.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table in its box.
    pub(crate) fn finish(self) -> Element {
        let class = |align: Align| match align {
            Align::Text => "text",
            Align::Number => "number",
            Align::Code => "code",
        };
        let head = el("tr").children(self.columns.iter().map(|(head, align)| {
            el("th")
                .class(class(*align))
                .attr("scope", "col")
                .text(head)
        }));
        let body = self.rows.into_iter().map(|cells| {
            let missing = self.columns.len().saturating_sub(cells.len());
            let padded = cells.into_iter().chain((0..missing).map(|_| el("span")));
            el("tr").children(padded.zip(&self.columns).enumerate().map(
                |(i, (cell, (_, align)))| {
                    let tag = if i == 0 {
                        el("th").attr("scope", "row")
                    } else {
                        el("td")
                    };
                    tag.class(class(*align)).child(cell)
                },
            ))
        });
        el("div")
            .class("scroll")
            .attr("role", "region")
            .attr("tabindex", 0)
            .attr("aria-label", &self.caption)
            .child(
                el("table")
                    .child(el("caption").text(&self.caption))
                    .child(el("thead").child(head))
                    .child(el("tbody").children(body)),
            )
    }
}

/// Something long that opens on request.
pub(crate) fn details(
    summary: impl ToString,
    content: impl IntoIterator<Item = Element>,
) -> Element {
    el("details")
        .child(el("summary").text(summary))
        .children(content)
}

/// Something long that opens on request and is left out on paper: the tables beside the report
/// hold it as well.
pub(crate) fn screen_details(
    summary: impl ToString,
    content: impl IntoIterator<Item = Element>,
) -> Element {
    details(summary, content).class("screen-only")
}
