//! Services of LINERLIB's published solutions.

use std::collections::BTreeMap;

use arrow_array::Array;

use super::draft::{Draft, DraftCall, Drafts};
use crate::error::{Error, count};
use crate::import::stored::{Columns, StoredTable, word};

/// TEU in a container of forty feet.
const TEU_PER_FFE: f64 = 2.0;
/// Every service of the suite sails weekly.
const WEEK_H: f64 = 168.0;

/// The services of a table, by their numbers.
pub(super) fn drafts(table: &StoredTable) -> Result<Drafts, Error> {
    let mut services: BTreeMap<i64, Draft> = BTreeMap::new();
    table.read(|columns| add(columns, &mut services))?;
    let (kept, short): (Vec<Draft>, Vec<Draft>) = services
        .into_values()
        .partition(|service| service.calls.len() > 1);
    let left_out = short
        .iter()
        .map(|service| {
            format!(
                "service {}: {}",
                service.code,
                count(service.calls.len(), "call")
            )
        })
        .collect();
    Ok(Drafts {
        services: kept,
        left_out,
    })
}

/// Rows stand in the order of the calls.
fn add(columns: &Columns<'_>, services: &mut BTreeMap<i64, Draft>) -> Option<()> {
    let (number, ships) = (columns.whole("service")?, columns.whole("ships")?);
    let (capacity, speed) = (columns.figure("capacity")?, columns.figure("speed")?);
    let port = columns.text("port")?;
    for row in 0..columns.rows() {
        let code = number.value(row);
        let service = services.entry(code).or_insert_with(|| Draft {
            code: code.to_string(),
            name: format!("Service {code}"),
            carrier: "LINERLIB".to_owned(),
            headway_h: Some([WEEK_H; 3]),
            ships: u32::try_from(ships.value(row)).ok().filter(|n| *n > 0),
            capacity_teu: Some(TEU_PER_FFE * capacity.value(row)).filter(|teu| *teu > 0.0),
            speed_kn: speed.is_valid(row).then(|| speed.value(row)),
            derived: vec!["weekly, as all services of the suite".to_owned()],
            ..Draft::default()
        });
        service.calls.push(DraftCall {
            port: word(port, row).to_owned(),
            stay_h: None,
        });
    }
    Some(())
}
