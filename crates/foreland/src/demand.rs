//! What is to be moved: goods from a place or country to another, in a year.
//!
//! A [`Demand`] says nothing of ways. It comes from the atlas's trade table, from an imported
//! table, or from an estimate, and says which.

use serde::{Deserialize, Serialize};

/// Where a demand's figures come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DemandBasis {
    /// Rows of the atlas's `trade.csv`, with their sources.
    Atlas,
    /// A table that a user imported.
    Imported,
    /// An estimate by the gravity model; marked wherever it is shown.
    Gravity,
}

/// Goods of one kind from one origin to one destination.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Demand {
    /// Country (ISO 3166-1 alpha-2) or place of `places.csv` that the goods come from.
    pub origin: String,
    /// Country (ISO 3166-1 alpha-2) or place of `places.csv` that the goods go to.
    pub destination: String,
    /// Commodity of `commodities.csv`.
    pub commodity: String,
    /// Value, USD a year.
    pub value_usd: f64,
    /// Mass, t a year.
    pub mass_t: f64,
    /// Containers, TEU a year; 0 for goods that are not in containers.
    pub teu: f64,
    /// Where the figures come from.
    pub basis: DemandBasis,
    /// The source in words, for people.
    pub source: String,
}
