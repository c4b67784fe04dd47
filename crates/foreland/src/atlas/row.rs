//! How rows are declared and read.
//!
//! [`table!`] declares a table once: the row's type, its header, the types and meanings of its
//! columns and the reader all come from the same lines.

use jiff::civil::Date;

use super::cell::Scalar;
use super::schema::{Column, ColumnType, UnitRule};
use crate::error::Problem;
use crate::quantity::Basis;

/// A row of an atlas table.
pub trait Row: Sized {
    /// File stem, such as `services`.
    const TABLE: &'static str;
    /// What the table holds.
    const ABOUT: &'static str;
    /// Columns in the order of the header.
    fn columns() -> Vec<Column>;
    /// Reads a row; `None` if any cell is wrong (the problems are in `cells`).
    #[doc(hidden)]
    fn read(cells: &mut Cells<'_>) -> Option<Self>;
    /// What tells this row from others in its table.
    fn key(&self) -> String;
    /// Where the row comes from.
    fn origin(&self) -> &Origin;
    /// Line in the file.
    fn line(&self) -> u64;
    /// The ranged values of the row by column name.
    fn ranges(&self) -> Vec<(&'static str, Ranged)>;
}

/// Provenance of a row: the last four columns of every table.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// How well the row is grounded.
    pub basis: Basis,
    /// Publication, derivation, or why the value was assumed.
    pub source: String,
    /// Date of the figures, as published.
    pub as_of: String,
    /// Remark.
    pub note: String,
}

/// A value with its plausible range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranged {
    /// Low end of the plausible range.
    pub low: f64,
    /// Most plausible value.
    pub mid: f64,
    /// High end of the plausible range.
    pub high: f64,
    /// Whether the atlas states both ends.
    pub stated: bool,
}

impl Ranged {
    /// A value without a range.
    pub fn exact(value: f64) -> Self {
        Ranged {
            low: value,
            mid: value,
            high: value,
            stated: false,
        }
    }
}

/// The cells of one row while it is read; collects what is wrong with them.
#[doc(hidden)]
pub struct Cells<'a> {
    pub(crate) file: &'a str,
    pub(crate) line: u64,
    pub(crate) columns: &'a [Column],
    pub(crate) texts: &'a csv::StringRecord,
    pub(crate) problems: &'a mut Vec<Problem>,
}

impl Cells<'_> {
    fn text(&self, name: &str) -> &str {
        self.columns
            .iter()
            .position(|c| c.name == name)
            .and_then(|ix| self.texts.get(ix))
            .unwrap_or("")
            .trim()
    }

    pub(crate) fn problem(&mut self, column: &str, message: String, remedy: String) {
        self.problems.push(
            Problem::in_file(self.file, message, remedy)
                .on_line(self.line)
                .in_column(column),
        );
    }

    fn scalar<S: Scalar>(&mut self, name: &str) -> Option<S> {
        let text = self.text(name).to_owned();
        match S::parse(&text) {
            Ok(value) => {
                if let (Some(number), Some(rule)) = (value.number(), UnitRule::of_column(name))
                    && !(rule.min..=rule.max).contains(&number)
                {
                    self.problem(
                        name,
                        format!("{number} {} is out of range", rule.unit),
                        format!(
                            "give a value from {} to {} {}; is it in the unit that the column \
                             name states?",
                            rule.min, rule.max, rule.unit
                        ),
                    );
                    return None;
                }
                Some(value)
            }
            Err(expected) => {
                let shown = if text.is_empty() {
                    "the cell is empty".to_owned()
                } else {
                    format!("`{}` is not valid", clip(&text))
                };
                self.problem(name, shown, format!("give {expected}"));
                None
            }
        }
    }
}

/// Long or odd cell contents, cut so that an error stays a line.
fn clip(text: &str) -> String {
    let shown: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    if text.chars().count() > 60 {
        format!("{shown}…")
    } else {
        shown
    }
}

/// One or more columns that make up a field of a row.
pub(crate) trait Field: Sized {
    fn declare(name: &'static str, about: &str, out: &mut Vec<Column>);
    fn read(cells: &mut Cells<'_>, name: &'static str) -> Option<Self>;
    fn ranges(&self, _name: &'static str, _out: &mut Vec<(&'static str, Ranged)>) {}
}

impl<S: Scalar> Field for S {
    fn declare(name: &'static str, about: &str, out: &mut Vec<Column>) {
        out.push(Column {
            name: name.to_owned(),
            kind: S::TYPE,
            optional: S::OPTIONAL,
            description: about.to_owned(),
        });
    }

    fn read(cells: &mut Cells<'_>, name: &'static str) -> Option<Self> {
        cells.scalar(name)
    }
}

fn declare_ranged(name: &str, about: &str, optional: bool, out: &mut Vec<Column>) {
    for (suffix, end, may_be_empty) in [
        ("_low", ", low end of the plausible range", true),
        ("", "", optional),
        ("_high", ", high end of the plausible range", true),
    ] {
        out.push(Column {
            name: format!("{name}{suffix}"),
            kind: ColumnType::Number,
            optional: may_be_empty,
            description: format!("{about}{end}"),
        });
    }
}

impl Field for Ranged {
    fn declare(name: &'static str, about: &str, out: &mut Vec<Column>) {
        declare_ranged(name, about, false, out);
    }

    fn read(cells: &mut Cells<'_>, name: &'static str) -> Option<Self> {
        match <Option<Ranged> as Field>::read(cells, name)? {
            Some(ranged) => Some(ranged),
            None => {
                cells.problem(
                    name,
                    "the cell is empty".to_owned(),
                    "give a number, and its plausible range in the _low and _high columns"
                        .to_owned(),
                );
                None
            }
        }
    }

    fn ranges(&self, name: &'static str, out: &mut Vec<(&'static str, Ranged)>) {
        out.push((name, *self));
    }
}

impl Field for Option<Ranged> {
    fn declare(name: &'static str, about: &str, out: &mut Vec<Column>) {
        declare_ranged(name, about, true, out);
    }

    fn read(cells: &mut Cells<'_>, name: &'static str) -> Option<Self> {
        let low: Option<f64> = cells.scalar(&format!("{name}_low"))?;
        let mid: Option<f64> = cells.scalar(name)?;
        let high: Option<f64> = cells.scalar(&format!("{name}_high"))?;
        range_of(cells, name, low, mid, high)
    }

    fn ranges(&self, name: &'static str, out: &mut Vec<(&'static str, Ranged)>) {
        if let Some(ranged) = self {
            out.push((name, *ranged));
        }
    }
}

/// Puts the three cells of a ranged value together; also used by tables that name them
/// differently.
pub(crate) fn range_of(
    cells: &mut Cells<'_>,
    name: &str,
    low: Option<f64>,
    mid: Option<f64>,
    high: Option<f64>,
) -> Option<Option<Ranged>> {
    match (low, mid, high) {
        (None, None, None) => Some(None),
        (None, Some(value), None) => Some(Some(Ranged::exact(value))),
        (Some(low), Some(mid), Some(high)) if low <= mid && mid <= high => Some(Some(Ranged {
            low,
            mid,
            high,
            stated: true,
        })),
        (Some(low), Some(mid), Some(high)) => {
            cells.problem(
                name,
                format!("the range {low} – {mid} – {high} is not in ascending order"),
                "give low ≤ value ≤ high".to_owned(),
            );
            None
        }
        _ => {
            cells.problem(
                name,
                "the range is incomplete".to_owned(),
                "give the value alone, or low, value and high together".to_owned(),
            );
            None
        }
    }
}

impl Field for Origin {
    fn declare(_name: &'static str, _about: &str, out: &mut Vec<Column>) {
        <Basis as Field>::declare("basis", "sourced, derived or assumed", out);
        <String as Field>::declare(
            "source",
            "publication, derivation, or why the value was assumed",
            out,
        );
        <Option<String> as Field>::declare("as_of", "date or year of the figures", out);
        <Option<String> as Field>::declare("note", "remark", out);
    }

    fn read(cells: &mut Cells<'_>, _name: &'static str) -> Option<Self> {
        let basis = cells.scalar("basis");
        let source = cells.scalar("source");
        let as_of: Option<Option<String>> = cells.scalar("as_of");
        let note: Option<Option<String>> = cells.scalar("note");
        Some(Origin {
            basis: basis?,
            source: source?,
            as_of: as_of?.unwrap_or_default(),
            note: note?.unwrap_or_default(),
        })
    }
}

/// From when until when a row holds; both ends may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// First day; `None` = always was.
    pub from: Option<Date>,
    /// Last day; `None` = still is.
    pub to: Option<Date>,
}

impl Validity {
    /// Whether the row holds on a day.
    pub fn holds_on(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether two rows ever hold on the same day.
    pub fn overlaps(self, other: Validity) -> bool {
        let starts_in_time = |a: Validity, b: Validity| match (a.from, b.to) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
        starts_in_time(self, other) && starts_in_time(other, self)
    }
}

impl Field for Validity {
    fn declare(_name: &'static str, _about: &str, out: &mut Vec<Column>) {
        <Option<Date> as Field>::declare("valid_from", "first day on which the row holds", out);
        <Option<Date> as Field>::declare("valid_to", "last day on which the row holds", out);
    }

    fn read(cells: &mut Cells<'_>, _name: &'static str) -> Option<Self> {
        let from: Option<Option<Date>> = cells.scalar("valid_from");
        let to: Option<Option<Date>> = cells.scalar("valid_to");
        let (from, to) = (from?, to?);
        if let (Some(first), Some(last)) = (from, to)
            && last < first
        {
            cells.problem(
                "valid_to",
                format!("{last} lies before valid_from, {first}"),
                "give a last day that is not before the first".to_owned(),
            );
            return None;
        }
        Some(Validity { from, to })
    }
}

/// Declares a table: type of a row, columns, reader and key.
macro_rules! table {
    (
        $(#[doc = $about:literal])+
        $table:literal => pub struct $name:ident {
            $($(#[doc = $doc:literal])+ $field:ident : $type:ty,)+
        }
        key($row:ident) { $key:expr }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[doc = $doc])+ pub $field: $type,)+
            /// Where the row comes from.
            pub origin: $crate::atlas::row::Origin,
            /// Line in the file.
            pub line: u64,
        }

        impl $crate::atlas::row::Row for $name {
            const TABLE: &'static str = $table;
            const ABOUT: &'static str = concat!($($about),+);

            fn columns() -> Vec<$crate::atlas::schema::Column> {
                use $crate::atlas::row::Field;
                let mut out = Vec::new();
                $(<$type as Field>::declare(
                    stringify!($field), concat!($($doc),+).trim(), &mut out);)+
                <$crate::atlas::row::Origin as Field>::declare("origin", "", &mut out);
                out
            }

            fn read(cells: &mut $crate::atlas::row::Cells<'_>) -> Option<Self> {
                use $crate::atlas::row::Field;
                // Every field is read before the first `?`, so that all problems are seen.
                $(let $field = <$type as Field>::read(cells, stringify!($field));)+
                let origin = <$crate::atlas::row::Origin as Field>::read(cells, "origin");
                Some($name { $($field: $field?,)+ origin: origin?, line: cells.line })
            }

            fn key(&self) -> String {
                let $row = self;
                $key
            }

            fn origin(&self) -> &$crate::atlas::row::Origin {
                &self.origin
            }

            fn line(&self) -> u64 {
                self.line
            }

            fn ranges(&self) -> Vec<(&'static str, $crate::atlas::row::Ranged)> {
                use $crate::atlas::row::Field;
                let mut out = Vec::new();
                $(self.$field.ranges(stringify!($field), &mut out);)+
                out
            }
        }
    };
}
pub(crate) use table;
