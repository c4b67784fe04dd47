//! The finished table `atlas/ports.csv`.

use anyhow::Result;

use super::draft::Draft;

/// Columns of `atlas/ports.csv`.
const HEADER: [&str; 12] = [
    "unlocode",
    "name",
    "alt_names",
    "country",
    "lon_deg",
    "lat_deg",
    "size",
    "max_draught_m",
    "basis",
    "source",
    "as_of",
    "note",
];

/// Port size by the number of countries that its liner services reach without transshipment
/// (searoute's `to_cty`, where `t` says that a container terminal is known): large from 20,
/// medium from 5, small from 1; elsewhere unknown.
pub fn size(countries_served: Option<usize>) -> &'static str {
    match countries_served {
        Some(20..) => "large",
        Some(5..) => "medium",
        Some(1..) => "small",
        _ => "",
    }
}

/// Writes the ports as CSV; they must be sorted by code.
///
/// # Errors
/// Only if memory cannot be written.
pub fn to_csv(ports: &[Draft]) -> Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for port in ports {
        let draught = port
            .max_draught_m
            .map(|m| m.to_string())
            .unwrap_or_default();
        writer.write_record([
            port.unlocode.as_str(),
            &port.names.name,
            &port.names.alt_names.join(";"),
            &port.unlocode[..2],
            &degrees(port.position[0]),
            &degrees(port.position[1]),
            size(port.countries_served),
            &draught,
            "sourced",
            &port.source,
            "",
            &note(port),
        ])?;
    }
    Ok(writer.into_inner()?)
}

/// Five decimals are about one metre; trailing zeros are left out.
fn degrees(value: f64) -> String {
    let text = format!("{value:.5}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

fn note(port: &Draft) -> String {
    let mut parts = Vec::new();
    let labels: Vec<_> = port.tables.iter().map(|table| table.label()).collect();
    if labels.len() > 1 || labels.first().is_some_and(|label| *label != port.source) {
        parts.push(format!("in {}", labels.join(" and ")));
    }
    if let Some(km) = port.disagreement_km {
        parts.push(format!("positions differ by {km:.1} km"));
    }
    if port.coast_km >= 5.0 {
        let side = if port.on_land {
            "inland"
        } else {
            "off the coast"
        };
        parts.push(format!("{:.0} km {side}", port.coast_km));
    }
    if let Some(waterway) = &port.waterway {
        parts.push(format!("on {waterway}"));
    }
    if let Some(countries) = port.countries_served.filter(|countries| *countries > 0) {
        let noun = if countries == 1 {
            "country"
        } else {
            "countries"
        };
        parts.push(format!("direct services to {countries} {noun}"));
    }
    parts.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_follows_the_countries_served() {
        let sizes = [None, Some(0), Some(1), Some(4), Some(5), Some(19), Some(20)].map(size);
        assert_eq!(
            sizes,
            ["", "", "small", "small", "medium", "medium", "large"]
        );
    }

    #[test]
    fn degrees_have_five_decimals_at_most_and_no_idle_zeros() {
        let written = [-77.277, 10.0, -0.000_001, 51.202_374_9].map(degrees);
        assert_eq!(written, ["-77.277", "10", "0", "51.20237"]);
    }
}
