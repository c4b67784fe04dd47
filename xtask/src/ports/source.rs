//! What each source says about a port, before any judgement.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

/// Table that an entry was read from, the best positions first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// PyPI `searoute`, `ports.geojson`.
    Searoute,
    /// NGA Pub. 151, by way of `atlas/distances.csv`.
    Pub151,
    /// npm `sea-ports`, `ports.json`.
    SeaPorts,
}

impl Table {
    /// Name in the provenance columns.
    pub fn label(self) -> &'static str {
        match self {
            Self::Searoute => "PyPI searoute 1.6.0",
            Self::SeaPorts => "npm sea-ports 0.0.9",
            Self::Pub151 => "NGA Pub. 151",
        }
    }
}

/// One row of one table.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Table that it stands in.
    pub table: Table,
    /// Code as written there.
    pub unlocode: String,
    /// Name as written there.
    pub name: String,
    /// Country name as written there; empty if the table has none.
    pub country: String,
    /// Longitude and latitude in degrees, if the table has a position.
    pub position: Option<[f64; 2]>,
    /// Other names in the table.
    pub aliases: Vec<String>,
    /// Countries that liner services reach from the port without transshipment, if the table counts them.
    pub countries_served: Option<usize>,
}

#[derive(Deserialize)]
struct FeatureCollection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    geometry: Point,
    properties: Properties,
}

#[derive(Deserialize)]
struct Point {
    coordinates: [f64; 2],
}

#[derive(Deserialize)]
struct Properties {
    cty: String,
    name: String,
    port: String,
    /// 1: a container terminal is known, 0: known to have none, null: not known.
    t: Option<f64>,
    to_cty: Option<Vec<String>>,
}

/// Reads searoute's `ports.geojson`.
///
/// # Errors
/// If the bytes are not GeoJSON points with the properties of that file.
pub fn read_searoute(bytes: &[u8]) -> Result<Vec<Entry>> {
    let collection: FeatureCollection = serde_json::from_slice(bytes).context("ports.geojson")?;
    let entry = |feature: Feature| {
        let Properties {
            cty,
            name,
            port,
            t,
            to_cty,
        } = feature.properties;
        let served = to_cty.map_or(0, |countries| countries.len());
        Entry {
            table: Table::Searoute,
            unlocode: port,
            name,
            country: cty.replace('_', " "),
            position: Some(feature.geometry.coordinates),
            aliases: Vec::new(),
            countries_served: (t == Some(1.0)).then_some(served),
        }
    };
    Ok(collection.features.into_iter().map(entry).collect())
}

#[derive(Deserialize)]
struct SeaPort {
    name: String,
    country: String,
    #[serde(default)]
    alias: Vec<String>,
    coordinates: Option<[f64; 2]>,
}

/// Reads sea-ports' `ports.json`.
///
/// # Errors
/// If the bytes are not a JSON object of ports as in that file.
pub fn read_sea_ports(bytes: &[u8]) -> Result<Vec<Entry>> {
    let ports: BTreeMap<String, SeaPort> = serde_json::from_slice(bytes).context("ports.json")?;
    let entry = |(unlocode, port): (String, SeaPort)| Entry {
        table: Table::SeaPorts,
        unlocode,
        name: port.name,
        country: port.country,
        position: port.coordinates,
        aliases: port.alias,
        countries_served: None,
    };
    Ok(ports.into_iter().map(entry).collect())
}

/// Reads the port positions out of `atlas/distances.csv`.
///
/// # Errors
/// If a column is missing or a position is not a number.
pub fn read_pub151(bytes: &[u8]) -> Result<Vec<Entry>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers()?.clone();
    let column = |name: &str| {
        let at = header.iter().position(|h| h == name);
        at.with_context(|| format!("distances.csv: no column \"{name}\""))
    };
    let mut ends = Vec::new();
    for end in ["from", "to"] {
        ends.push([
            column(&format!("{end}_unlocode"))?,
            column(&format!("{end}_name"))?,
            column(&format!("{end}_lon"))?,
            column(&format!("{end}_lat"))?,
        ]);
    }
    let mut ports = BTreeMap::new();
    for record in reader.records() {
        let record = record.context("distances.csv")?;
        let line = record.position().map_or(0, csv::Position::line);
        for [code, name, lon, lat] in &ends {
            let cell = |at: usize| record.get(at).unwrap_or_default();
            if cell(*lon).is_empty() || cell(*lat).is_empty() {
                continue;
            }
            let degrees = |at: usize| {
                let value = cell(at).parse::<f64>().ok().filter(|v| v.is_finite());
                value.with_context(|| {
                    format!(
                        "distances.csv, line {line}: \"{}\" is not an angle in degrees",
                        cell(at)
                    )
                })
            };
            let position = Some([degrees(*lon)?, degrees(*lat)?]);
            ports
                .entry(cell(*code).to_owned())
                .or_insert_with(|| Entry {
                    table: Table::Pub151,
                    unlocode: cell(*code).to_owned(),
                    name: cell(*name).split(',').next().unwrap_or_default().to_owned(),
                    country: String::new(),
                    position,
                    aliases: Vec::new(),
                    countries_served: None,
                });
        }
    }
    ensure!(!ports.is_empty(), "distances.csv: no port has a position");
    Ok(ports.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn searoute_counts_countries_only_where_a_container_terminal_is_known() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"geometry":{"coordinates":[-77.12,-12.05],"type":"Point"},
             "properties":{"cty":"Peru","name":"Callao","port":"PECLL","t":1.0,"to_cty":["CN","CL"]}},
            {"geometry":{"coordinates":[129.12,37.49],"type":"Point"},
             "properties":{"cty":"South_korea","name":"Tonghae","port":"KRTGH","t":null}}]}"#;
        let entries = read_searoute(text.as_bytes()).unwrap();
        assert_eq!(entries[0].countries_served, Some(2));
        assert_eq!(entries[0].position, Some([-77.12, -12.05]));
        assert_eq!(entries[1].country, "South korea");
        assert_eq!(entries[1].countries_served, None);
    }

    #[test]
    fn sea_ports_may_lack_positions_and_have_aliases() {
        let text = r#"{"CNFOC":{"name":"Fuzhou","country":"China","alias":["Foochow"]}}"#;
        let entries = read_sea_ports(text.as_bytes()).unwrap();
        assert_eq!(entries[0].position, None);
        assert_eq!(entries[0].aliases, ["Foochow"]);
    }

    const HEADER: &str =
        "from_unlocode,from_name,from_lat,from_lon,to_unlocode,to_name,to_lat,to_lon";

    #[test]
    fn each_published_port_is_read_once_without_its_country() {
        let text = format!(
            "{HEADER}\nMXACA,\"Acapulco, Mexico\",16.84,-99.92,PECLL,\"Callao, Peru\",-12.05,-77.16\n\
             BEANR,\"Antwerp, Belgium\",,,PECLL,\"Callao, Peru\",-12.05,-77.16\n"
        );
        let entries = read_pub151(text.as_bytes()).unwrap();
        let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["Acapulco", "Callao"]);
        assert_eq!(entries[0].position, Some([-99.92, 16.84]));
    }

    #[test]
    fn missing_columns_and_bad_angles_are_named() {
        let error = read_pub151(b"from_unlocode,from_name\n")
            .unwrap_err()
            .to_string();
        assert!(error.contains("no column \"from_lon\""), "{error}");
        let text = format!("{HEADER}\nA,B,NaN,1,C,D,2,3\n");
        let error = read_pub151(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains("line 2: \"NaN\""), "{error}");
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(read_searoute(&bytes).is_err());
            let _outcome = read_sea_ports(&bytes);
            let mut table = format!("{HEADER}\n").into_bytes();
            table.extend(&bytes);
            let _outcome = read_pub151(&table);
        }
    }
}
