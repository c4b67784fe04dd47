//! Hand-kept corrections: rows of `atlas/port-corrections.csv`, each with its source.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};

/// Columns that the file must have, in this order.
const HEADER: [&str; 4] = ["unlocode", "field", "value", "source"];

/// What the rows say about one port.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Correction {
    /// Code to use in place of the one that the tables have.
    pub unlocode: Option<String>,
    /// Name to use.
    pub name: Option<String>,
    /// Further names.
    pub alt_names: Vec<String>,
    /// Longitude in degrees.
    pub lon_deg: Option<f64>,
    /// Latitude in degrees.
    pub lat_deg: Option<f64>,
    /// Largest draught in m.
    pub max_draught_m: Option<f64>,
    /// Why the port is left out.
    pub drop: Option<String>,
    /// Why the place may be no port, although it is kept.
    pub doubt: Option<String>,
    /// River, lake or canal by which ships reach a port far from the coast.
    pub waterway: Option<String>,
    /// Source of each corrected field.
    pub sources: BTreeMap<String, String>,
}

impl Correction {
    /// Longitude and latitude, if both are given.
    pub fn position(&self) -> Option<[f64; 2]> {
        Some([self.lon_deg?, self.lat_deg?])
    }
}

/// Reads the corrections, by the code that the tables have.
///
/// # Errors
/// Names the line where the header, a field, a number or a source is not as it should be.
pub fn read_corrections(bytes: &[u8]) -> Result<BTreeMap<String, Correction>> {
    let mut reader = csv::Reader::from_reader(bytes);
    ensure!(
        reader.headers()?.iter().eq(HEADER),
        "line 1: the header must be {}",
        HEADER.join(",")
    );
    let mut corrections: BTreeMap<String, Correction> = BTreeMap::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let [code, field, value, source] = [0, 1, 2, 3].map(|at| record[at].trim());
        ensure!(
            !code.is_empty() && !value.is_empty(),
            "line {line}: unlocode and value must be filled"
        );
        ensure!(
            !source.is_empty(),
            "line {line}: a correction needs a source"
        );
        let correction = corrections.entry(code.to_owned()).or_default();
        apply(correction, field, value).with_context(|| format!("line {line}"))?;
        let earlier = correction
            .sources
            .insert(field.to_owned(), source.to_owned());
        ensure!(
            earlier.is_none(),
            "line {line}: {code} has two rows for {field}"
        );
    }
    for (code, correction) in &corrections {
        ensure!(
            correction.lon_deg.is_some() == correction.lat_deg.is_some(),
            "{code}: lon_deg and lat_deg must both be given"
        );
    }
    Ok(corrections)
}

fn apply(correction: &mut Correction, field: &str, value: &str) -> Result<()> {
    let text = || Some(value.to_owned());
    match field {
        "unlocode" => correction.unlocode = text(),
        "name" => correction.name = text(),
        "alt_names" => correction.alt_names = value.split(';').map(str::to_owned).collect(),
        "lon_deg" => correction.lon_deg = Some(number(value, -180.0, 180.0)?),
        "lat_deg" => correction.lat_deg = Some(number(value, -90.0, 90.0)?),
        "max_draught_m" => correction.max_draught_m = Some(number(value, 0.0, 40.0)?),
        "drop" => correction.drop = text(),
        "doubt" => correction.doubt = text(),
        "waterway" => correction.waterway = text(),
        _ => bail!(
            "unknown field \"{field}\"; known are unlocode, name, alt_names, lon_deg, lat_deg, \
             max_draught_m, drop, doubt, waterway"
        ),
    }
    Ok(())
}

fn number(value: &str, low: f64, high: f64) -> Result<f64> {
    let number: f64 = value
        .parse()
        .with_context(|| format!("\"{value}\" is not a number"))?;
    ensure!(
        (low..=high).contains(&number),
        "{number} is not within {low} to {high}"
    );
    Ok(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(rows: &str) -> Result<BTreeMap<String, Correction>> {
        read_corrections(format!("unlocode,field,value,source\n{rows}").as_bytes())
    }

    #[test]
    fn rows_of_one_port_are_gathered() {
        let rows = "PECHY,name,Chancay,operator\nPECHY,lon_deg,-77.277,operator\nPECHY,lat_deg,-11.593,operator\n";
        let chancay = &read(rows).unwrap()["PECHY"];
        assert_eq!(chancay.name.as_deref(), Some("Chancay"));
        assert_eq!(chancay.position(), Some([-77.277, -11.593]));
        assert_eq!(chancay.sources["name"], "operator");
    }

    #[test]
    fn a_place_can_be_doubted_and_kept() {
        let rows = "GBWHG,doubt,an inland town,geographic knowledge\n";
        let doubted = &read(rows).unwrap()["GBWHG"];
        assert_eq!(doubted.doubt.as_deref(), Some("an inland town"));
        assert_eq!(doubted.drop, None);
    }

    #[test]
    fn faults_are_named_with_their_line() {
        let fault = |rows: &str| format!("{:#}", read(rows).unwrap_err());
        assert!(fault("PECHY,nmae,Chancay,x\n").contains("line 2: unknown field \"nmae\""));
        assert!(fault("PECHY,lat_deg,95,x\n").contains("line 2: 95 is not within -90 to 90"));
        assert!(fault("PECHY,lat_deg,NaN,x\n").contains("line 2"));
        assert!(fault("PECHY,name,Chancay,\n").contains("needs a source"));
        assert!(fault("PECHY,lat_deg,1,x\n").contains("lon_deg and lat_deg"));
        assert!(fault("PECHY,name,A,x\nPECHY,name,B,x\n").contains("line 3"));
        assert!(read_corrections(b"code,field\n").is_err());
    }

    proptest! {
        #[test]
        fn arbitrary_rows_never_panic(rows in "[A-Z,\"\\n0-9a-z.-]{0,200}") {
            let _outcome = read(&rows);
        }
    }
}
