//! What people read on a terminal: tables as wide as it is, plain text anywhere else.

mod findings;
mod flows;
mod grid;
mod sweep;

use std::io::IsTerminal;

pub(crate) use findings::findings;
pub(crate) use flows::{dependence, flows};
pub(crate) use grid::Grid;
pub(crate) use sweep::{cost, outcome, summary};

/// Columns of the terminal, or a number where there is none.
pub(crate) fn width(otherwise: usize) -> usize {
    terminal_size::terminal_size().map_or(otherwise, |(width, _)| usize::from(width.0))
}

/// Whether the standard output is a terminal.
pub(crate) fn is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether colours may be used at all (<https://no-color.org>).
pub(crate) fn colours_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
