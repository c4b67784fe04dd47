//! Figures that carry their unit and their spread.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A computed figure with the spread that the ensemble gives it.
///
/// `central` is the figure with every parameter at its atlas value; `p5`, `p50` and `p95` are
/// quantiles over all replications. The central figure need not be the median.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Spread {
    /// Unit of all four numbers, such as `d`, `nm`, `USD/TEU`, `%`.
    pub unit: String,
    /// The figure with every parameter at its atlas value.
    pub central: f64,
    /// 5 % of the replications lie below.
    pub p5: f64,
    /// Median of the replications.
    pub p50: f64,
    /// 95 % of the replications lie below.
    pub p95: f64,
}

impl Spread {
    /// A figure without uncertainty: all quantiles equal.
    pub fn exact(unit: impl Into<String>, value: f64) -> Self {
        Spread {
            unit: unit.into(),
            central: value,
            p5: value,
            p50: value,
            p95: value,
        }
    }
}

/// How well a number is grounded.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Read in a publication that is named.
    Sourced,
    /// Computed from other figures; the working is in the source column.
    Derived,
    /// A stated assumption with a range.
    Assumed,
}

impl Basis {
    /// The word used in atlas tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Basis::Sourced => "sourced",
            Basis::Derived => "derived",
            Basis::Assumed => "assumed",
        }
    }
}
