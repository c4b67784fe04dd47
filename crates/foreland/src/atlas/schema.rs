//! How a table is declared: columns, types, units, plausible ranges.

/// The type of a column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// A finite decimal number.
    Number,
    /// A whole number that is not negative.
    Integer,
    /// Free text.
    Text,
    /// An identifier: small letters, digits, `-`, `_`, `.`.
    Id,
    /// A UN/LOCODE such as `PECHY`.
    UnLocode,
    /// An ISO 3166-1 alpha-2 country code.
    Country,
    /// An ISO date.
    Date,
    /// `yes` or `no`.
    YesNo,
    /// One of a fixed set of words.
    Word(&'static [&'static str]),
    /// Texts joined by `;`.
    List,
}

impl ColumnType {
    /// The Frictionless Data type under which `datapackage.json` declares the column.
    pub fn frictionless(self) -> &'static str {
        match self {
            ColumnType::Number => "number",
            ColumnType::Integer => "integer",
            ColumnType::Date => "date",
            _ => "string",
        }
    }
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Name in the header row.
    pub name: String,
    /// What a cell holds.
    pub kind: ColumnType,
    /// Whether a cell may be empty (unknown).
    pub optional: bool,
    /// What the column means.
    pub description: String,
}

impl Column {
    /// The unit that the column's name states, if it states one.
    pub fn unit(&self) -> Option<&'static UnitRule> {
        match self.kind {
            ColumnType::Number | ColumnType::Integer => UnitRule::of_column(&self.name),
            _ => None,
        }
    }
}

/// A unit as column names end in it, with the range outside which a value must be a slip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitRule {
    /// End of the column name.
    pub suffix: &'static str,
    /// Unit as printed.
    pub unit: &'static str,
    /// Smallest value that is not a slip.
    pub min: f64,
    /// Largest value that is not a slip.
    pub max: f64,
}

const fn rule(suffix: &'static str, unit: &'static str, min: f64, max: f64) -> UnitRule {
    UnitRule {
        suffix,
        unit,
        min,
        max,
    }
}

/// Units by column suffix. The first that fits counts, so longer suffixes come first. The ranges
/// are wide enough for everything that floats or rolls; they catch values in the wrong unit.
const UNIT_RULES: &[UnitRule] = &[
    rule("lon_deg", "deg", -180.0, 180.0),
    rule("lat_deg", "deg", -90.0, 90.0),
    rule("_usd_per_teu", "USD/TEU", 0.0, 50_000.0),
    rule("_usd_per_tkm", "USD/t·km", 0.0, 10.0),
    rule("_usd_per_t", "USD/t", 0.0, 1_000_000.0),
    rule("_usd_per_unit", "USD/unit", 0.0, 10_000.0),
    rule("_usd_per_day", "USD/d", 0.0, 1_000_000.0),
    rule("per_teu_capacity_usd", "USD/TEU", 0.0, 1_000.0),
    rule("per_loaded_teu_usd", "USD/TEU", 0.0, 1_000.0),
    rule("per_empty_teu_usd", "USD/TEU", 0.0, 1_000.0),
    rule("per_net_t_usd", "USD/t", 0.0, 1_000.0),
    rule("_usd", "USD", 0.0, 100_000_000_000.0),
    rule("_musd", "M USD", 0.0, 100_000_000.0),
    rule("usd_year", "year", 1990.0, 2100.0),
    rule("_teu_per_year", "TEU/year", 0.0, 100_000_000.0),
    rule("_t_per_year", "t/year", 0.0, 2_000_000_000.0),
    rule("_t_per_day", "t/d", 0.0, 500.0),
    rule("t_per_teu", "t/TEU", 0.1, 30.0),
    rule("_co2e_t_per_t", "t CO2e/t", 0.0, 10.0),
    rule("_g_co2e_per_tkm", "g CO2e/t·km", 0.0, 1_000.0),
    rule("_mj_per_kg", "MJ/kg", 1.0, 150.0),
    rule("_pct_per_day", "%/d", 0.0, 50.0),
    rule("_pct", "%", 0.0, 100.0),
    rule("hours_per_day", "h/d", 0.5, 24.0),
    rule("_per_hour", "1/h", 0.0, 1_000.0),
    rule("_per_year", "1/year", 0.0, 1_000_000.0),
    rule("_factor", "1", 0.0, 100.0),
    rule("_teu", "TEU", 0.0, 30_000.0),
    rule("_kmh", "km/h", 0.1, 200.0),
    rule("_km", "km", 0.0, 20_000.0),
    rule("_kn", "kn", 1.0, 40.0),
    rule("_nm", "nm", 0.0, 30_000.0),
    rule("_mm", "mm", 500.0, 2_000.0),
    rule("mass_t", "t", 0.0, 100_000_000_000.0),
    rule("_t", "t", 0.0, 1_000_000.0),
    rule("air_draught_m", "m", 0.0, 120.0),
    rule("draught_m", "m", 0.0, 40.0),
    rule("beam_m", "m", 0.0, 150.0),
    rule("_m", "m", 0.0, 20_000.0),
    rule("_h", "h", 0.0, 10_000.0),
];

/// Number columns that carry no unit: counts, ranks, years, or a unit in the row itself.
const UNITLESS: &[&str] = &[
    "seq",
    "berths",
    "ships",
    "year",
    "value",
    "low",
    "high",
    "value_low",
    "value_high",
    "population",
    "share",
];

impl UnitRule {
    /// The rule that a number column's name invokes. `_low` and `_high` share the rule of their
    /// middle column.
    pub fn of_column(name: &str) -> Option<&'static UnitRule> {
        if UNITLESS.contains(&name) {
            return None;
        }
        let stem = name
            .strip_suffix("_low")
            .or_else(|| name.strip_suffix("_high"))
            .unwrap_or(name);
        UNIT_RULES.iter().find(|r| stem.ends_with(r.suffix))
    }

    /// Whether a number column without a rule is meant to have none.
    pub fn is_unitless(name: &str) -> bool {
        UNITLESS.contains(&name)
    }
}
