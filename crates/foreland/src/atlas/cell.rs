//! What a cell may hold and how it is read.

use std::fmt;

use jiff::civil::Date;

use super::schema::ColumnType;
use crate::quantity::Basis;

/// A value read from one cell.
pub(crate) trait Scalar: Sized {
    /// Type of the column.
    const TYPE: ColumnType;
    /// Whether an empty cell is a value.
    const OPTIONAL: bool = false;
    /// Reads the trimmed text; the error says what was expected.
    fn parse(text: &str) -> Result<Self, String>;
    /// The number, for columns that hold numbers.
    fn number(&self) -> Option<f64> {
        None
    }
}

impl<S: Scalar> Scalar for Option<S> {
    const TYPE: ColumnType = S::TYPE;
    const OPTIONAL: bool = true;

    fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            Ok(None)
        } else {
            S::parse(text).map(Some)
        }
    }

    fn number(&self) -> Option<f64> {
        self.as_ref().and_then(Scalar::number)
    }
}

impl Scalar for f64 {
    const TYPE: ColumnType = ColumnType::Number;

    fn parse(text: &str) -> Result<Self, String> {
        let expected = || {
            "a decimal number with a point and without thousands separators, such as 1234.5"
                .to_owned()
        };
        let value: f64 = text.parse().map_err(|_| expected())?;
        if value.is_finite() {
            Ok(value)
        } else {
            Err(expected())
        }
    }

    fn number(&self) -> Option<f64> {
        Some(*self)
    }
}

impl Scalar for u32 {
    const TYPE: ColumnType = ColumnType::Integer;

    fn parse(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| "a whole number that is not negative".to_owned())
    }

    fn number(&self) -> Option<f64> {
        Some(f64::from(*self))
    }
}

impl Scalar for String {
    const TYPE: ColumnType = ColumnType::Text;

    fn parse(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            Err("a text; this cell must not be empty".to_owned())
        } else {
            Ok(text.to_owned())
        }
    }
}

impl Scalar for bool {
    const TYPE: ColumnType = ColumnType::YesNo;

    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err("yes or no".to_owned()),
        }
    }
}

impl Scalar for Date {
    const TYPE: ColumnType = ColumnType::Date;

    fn parse(text: &str) -> Result<Self, String> {
        text.parse()
            .map_err(|_| "an ISO date such as 2024-11-14".to_owned())
    }
}

/// An identifier: small letters, digits, `-`, `_` and `.`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Scalar for Id {
    const TYPE: ColumnType = ColumnType::Id;

    fn parse(text: &str) -> Result<Self, String> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
        if !text.is_empty() && text.chars().all(fits) {
            Ok(Id(text.to_owned()))
        } else {
            Err("an identifier of small letters, digits, -, _ and .".to_owned())
        }
    }
}

/// A UN/LOCODE: two letters for the country and three letters or digits for the place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnLocode(String);

impl UnLocode {
    /// The code as text, such as `PECHY`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text has the form of a UN/LOCODE.
    pub fn fits(text: &str) -> bool {
        let bytes = text.as_bytes();
        bytes.len() == 5
            && bytes[..2].iter().all(u8::is_ascii_uppercase)
            && bytes[2..]
                .iter()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    }
}

impl fmt::Display for UnLocode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Scalar for UnLocode {
    const TYPE: ColumnType = ColumnType::UnLocode;

    fn parse(text: &str) -> Result<Self, String> {
        if UnLocode::fits(text) {
            Ok(UnLocode(text.to_owned()))
        } else {
            Err("a UN/LOCODE without space, such as PECHY".to_owned())
        }
    }
}

/// An ISO 3166-1 alpha-2 country code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(String);

impl Country {
    /// The code as text, such as `PE`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Scalar for Country {
    const TYPE: ColumnType = ColumnType::Country;

    fn parse(text: &str) -> Result<Self, String> {
        if text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()) {
            Ok(Country(text.to_owned()))
        } else {
            Err("an ISO 3166-1 alpha-2 country code, such as PE".to_owned())
        }
    }
}

/// Country codes joined by `;` in one cell; an empty cell is an empty list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Countries(pub Vec<Country>);

impl Scalar for Countries {
    const TYPE: ColumnType = ColumnType::List;
    const OPTIONAL: bool = true;

    fn parse(text: &str) -> Result<Self, String> {
        let items = List::parse(text)?.0;
        let codes: Result<Vec<Country>, String> =
            items.iter().map(|item| Country::parse(item)).collect();
        codes.map(Countries)
    }
}

/// Texts joined by `;` in one cell; an empty cell is an empty list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List(pub Vec<String>);

impl Scalar for List {
    const TYPE: ColumnType = ColumnType::List;
    const OPTIONAL: bool = true;

    fn parse(text: &str) -> Result<Self, String> {
        let items: Vec<String> = text
            .split(';')
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect();
        Ok(List(items))
    }
}

/// Declares a set of words as an enum that a column may hold.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vmeta])* $variant,)+
        }

        impl $name {
            /// The word used in atlas tables.
            pub fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }
        }

        impl $crate::atlas::cell::Scalar for $name {
            const TYPE: $crate::atlas::schema::ColumnType =
                $crate::atlas::schema::ColumnType::Word(&[$($word),+]);

            fn parse(text: &str) -> Result<Self, String> {
                match text {
                    $($word => Ok($name::$variant),)+
                    _ => Err(format!("one of {}", [$($word),+].join(", "))),
                }
            }
        }
    };
}
pub(crate) use words;

impl Scalar for Basis {
    const TYPE: ColumnType = ColumnType::Word(&["sourced", "derived", "assumed"]);

    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "sourced" => Ok(Basis::Sourced),
            "derived" => Ok(Basis::Derived),
            "assumed" => Ok(Basis::Assumed),
            _ => Err("one of sourced, derived, assumed".to_owned()),
        }
    }
}
