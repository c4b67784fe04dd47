//! What the tables of a run are, as a Data Package (<https://datapackage.org/standard/data-package/>,
//! version 2): each file with its columns, their types and units, its size and its hash.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::json as encode;
use super::sheet::{Cells, Sheet};
use crate::atlas::UnitRule;
use crate::error::Error;
use crate::findings::Findings;

const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";

/// The descriptor of the CSV tables that lie beside it, with the bytes of each.
pub(super) fn descriptor(
    findings: &Findings,
    tables: &[(Sheet, Vec<u8>)],
) -> Result<Vec<u8>, Error> {
    let resources: Vec<Value> = tables
        .iter()
        .map(|(sheet, csv)| resource(sheet, csv))
        .collect();
    encode(&json!({
        "$schema": PROFILE,
        "name": findings.run.study,
        "title": findings.run.title,
        "description": "Tables of a run by foreland. The same tables lie beside these as Parquet.",
        "version": findings.version.to_string(),
        "resources": resources,
    }))
}

fn resource(sheet: &Sheet, csv: &[u8]) -> Value {
    let hash = Sha256::digest(csv);
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let fields: Vec<Value> = sheet
        .columns
        .iter()
        .map(|(name, cells)| field(name, cells))
        .collect();
    json!({
        "name": sheet.name,
        "path": format!("{}.csv", sheet.name),
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": csv.len(),
        "hash": format!("sha256:{hash}"),
        "schema": { "fields": fields, "missingValues": [""] },
    })
}

fn field(name: &str, cells: &Cells) -> Value {
    let mut field = match cells {
        Cells::Text(_) => json!({ "name": name, "type": "string" }),
        Cells::Number(_) => json!({ "name": name, "type": "number" }),
        Cells::Count(_) => json!({ "name": name, "type": "integer" }),
        Cells::Truth(_) => json!({
            "name": name, "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"],
        }),
    };
    let is_figure = matches!(cells, Cells::Number(_));
    if let (true, Some(rule), Some(field)) = (is_figure, unit(name), field.as_object_mut()) {
        field.insert("unit".to_owned(), json!(rule));
    }
    field
}

/// The unit that a column's name states.
fn unit(name: &str) -> Option<&'static str> {
    const OF_RUNS: [(&str, &str); 3] = [("_d", "d"), ("_kg_co2e", "kg CO2e"), ("_usd", "USD")];
    let of_run = OF_RUNS.iter().find(|(suffix, _)| name.ends_with(suffix));
    match of_run {
        Some((_, unit)) => Some(unit),
        None => UnitRule::of_column(name).map(|rule| rule.unit),
    }
}
