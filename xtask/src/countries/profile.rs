//! One country's profile in the World Factbook.

use anyhow::{Context as _, Result};
use serde_json::Value;

use super::quantity::{amount, position};

/// Year whose trade is taken where the profile has it: that of the published figures on
/// chokepoints that the world trade is compared with.
pub const TRADE_YEAR: u32 = 2022;

/// What the Factbook says of a country.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Alpha-2 code.
    pub alpha2: String,
    /// Short name in English.
    pub name: String,
    /// Long name in English, empty where there is none.
    pub long_name: String,
    /// Part of the world: the folder of the profile.
    pub region: String,
    /// Capital, degrees east and north; the country's middle where it has none.
    pub at: [f64; 2],
    /// Whether it has no coast.
    pub landlocked: bool,
    /// Border countries in words.
    pub borders: String,
    /// People.
    pub population: Option<f64>,
    /// Gross domestic product at exchange rates, USD.
    pub gdp_usd: Option<f64>,
    /// Exports of goods and services, USD, with the year.
    pub exports_usd: Option<(f64, u32)>,
    /// Imports of goods and services, USD, with the year.
    pub imports_usd: Option<(f64, u32)>,
    /// Coal exported, t a year.
    pub coal_export_t: f64,
    /// Coal imported, t a year.
    pub coal_import_t: f64,
}

impl Profile {
    /// Reads a profile; `None` for those without a code or a position.
    ///
    /// # Errors
    /// If the file is not JSON.
    pub fn read(path: &str, bytes: &[u8]) -> Result<Option<Profile>> {
        let json: Value = serde_json::from_slice(bytes).with_context(|| path.to_owned())?;
        Ok(read(path, &json))
    }

    /// Whether both exports and imports are known.
    pub fn trades(&self) -> bool {
        self.exports_usd.is_some() && self.imports_usd.is_some()
    }
}

fn read(path: &str, json: &Value) -> Option<Profile> {
    let text = |at: &str| json.pointer(at).and_then(|v| v["text"].as_str());
    let named = |at: &str| text(at).filter(|name| *name != "none" && !name.is_empty());
    let alpha2 = code(text("/Communications/Internet country code")?)?;
    let short = named("/Government/Country name/conventional short form");
    let long = named("/Government/Country name/conventional long form");
    let coast = text("/Geography/Coastline").unwrap_or_default();
    let borders = [
        "/Geography/Land boundaries/border countries",
        "/Geography/Land boundaries/regional borders",
    ];
    let amount_at = |at: &str| text(at).and_then(amount);
    Some(Profile {
        name: short.or(long)?.to_owned(),
        long_name: long.unwrap_or_default().to_owned(),
        region: path.split('/').next().unwrap_or_default().to_owned(),
        at: text("/Government/Capital/geographic coordinates")
            .and_then(position)
            .or_else(|| text("/Geography/Geographic coordinates").and_then(position))?,
        landlocked: coast.contains("landlocked") || coast.starts_with("0 km"),
        borders: borders
            .into_iter()
            .find_map(text)
            .unwrap_or_default()
            .to_owned(),
        population: amount_at("/People and Society/Population/total"),
        gdp_usd: amount_at("/Economy/GDP (official exchange rate)"),
        exports_usd: by_year(&json["Economy"]["Exports"]),
        imports_usd: by_year(&json["Economy"]["Imports"]),
        coal_export_t: amount_at("/Energy/Coal/exports").unwrap_or(0.0),
        coal_import_t: amount_at("/Energy/Coal/imports").unwrap_or(0.0),
        alpha2,
    })
}

/// `.pe` is `PE`; `.uk` is the one that differs from ISO 3166-1.
fn code(text: &str) -> Option<String> {
    let letters = text.split('.').nth(1)?.get(..2)?.to_ascii_uppercase();
    Some(match letters.as_str() {
        "UK" => "GB".to_owned(),
        _ => letters,
    })
}

/// The figure of [`TRADE_YEAR`], else of the year nearest to it.
fn by_year(figures: &Value) -> Option<(f64, u32)> {
    let figures = figures.as_object()?;
    figures
        .iter()
        .filter_map(|(key, value)| {
            let year: u32 = key.rsplit(' ').next()?.parse().ok()?;
            Some((amount(value["text"].as_str()?)?, year))
        })
        .min_by_key(|(_, year)| (year.abs_diff(TRADE_YEAR), *year))
}
