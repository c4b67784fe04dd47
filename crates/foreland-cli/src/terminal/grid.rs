//! Tables: drawn and wrapped on a terminal, plain and unwrapped where a program reads.

use comfy_table::{Attribute, Cell, CellAlignment, ContentArrangement, Table, presets};

/// A table being built.
pub(crate) struct Grid {
    heads: Vec<(String, CellAlignment)>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    pub(crate) fn new() -> Self {
        Grid {
            heads: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// A column of words.
    pub(crate) fn text(&mut self, head: &str) -> &mut Self {
        self.heads.push((head.to_owned(), CellAlignment::Left));
        self
    }

    /// A column of figures.
    pub(crate) fn number(&mut self, head: &str) -> &mut Self {
        self.heads.push((head.to_owned(), CellAlignment::Right));
        self
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The table for the standard output, without a newline at its end.
    pub(crate) fn render(&self) -> String {
        let width = super::is_terminal().then(|| super::width(100));
        self.drawn(width, super::colours_wanted())
    }

    /// The table as wide as a terminal, or plain.
    fn drawn(&self, terminal_width: Option<usize>, bold: bool) -> String {
        let mut table = Table::new();
        table.force_no_tty();
        match terminal_width {
            Some(width) => {
                table
                    .load_style(presets::UTF8_HORIZONTAL_ONLY)
                    .set_content_arrangement(ContentArrangement::Dynamic)
                    .set_width(u16::try_from(width.clamp(40, 1000)).unwrap_or(u16::MAX));
                if bold {
                    table.enforce_styling();
                }
            }
            None => {
                table
                    .load_style(presets::NOTHING)
                    .set_content_arrangement(ContentArrangement::Disabled);
            }
        }
        let head = |(text, alignment): &(String, CellAlignment)| {
            let cell = Cell::new(text).set_alignment(*alignment);
            if bold && terminal_width.is_some() {
                cell.add_attribute(Attribute::Bold)
            } else {
                cell
            }
        };
        table.set_header(self.heads.iter().map(head).collect::<Vec<_>>());
        for row in &self.rows {
            let cells = row.iter().zip(&self.heads);
            let cells =
                cells.map(|(text, (_, align))| Cell::new(clean(text)).set_alignment(*align));
            table.add_row(cells.collect::<Vec<_>>());
        }
        if terminal_width.is_none() {
            for column in table.column_iter_mut() {
                column.set_padding((0, 2));
            }
        }
        table.trim_fmt()
    }
}

/// A text without characters that a terminal obeys instead of showing.
fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::Grid;

    fn grid() -> Grid {
        let mut grid = Grid::new();
        grid.text("Port").number("nm");
        grid.row(["Callao".to_owned(), "9,278".to_owned()]);
        grid.row(["São Sebastião\u{1b}[31m".to_owned(), "11".to_owned()]);
        grid
    }

    #[test]
    fn plain_tables_are_aligned_and_hold_no_control_characters() {
        assert_eq!(
            grid().drawn(None, true),
            "Port                   nm\nCallao              9,278\nSão Sebastião [31m     11"
        );
    }

    #[test]
    fn tables_keep_to_the_width_of_the_terminal() {
        let mut grid = Grid::new();
        grid.text("Claim").text("Because");
        grid.row(["a".to_owned(), "many words ".repeat(40)]);
        for line in grid.drawn(Some(60), false).lines() {
            assert!(line.chars().count() <= 60, "{line}");
        }
    }
}
