//! Looking up what a section names, and telling what is wrong where it stands.

use std::sync::Arc;

use super::clock::Clock;
use super::station::Station;
use crate::atlas::{Atlas, Row};
use crate::error::Error;
use crate::param::{Param, atlas_param_id};
use crate::study::{Located, Meaning, Quantity, StudyFault, StudyText, Value};

/// Looks up what a section names, and collects what is wrong.
pub(super) struct Resolver<'a> {
    pub(super) atlas: &'a Atlas,
    pub(super) text: &'a StudyText,
    pub(super) clock: Clock,
    pub(super) faults: Vec<StudyFault>,
}

impl Resolver<'_> {
    pub(super) fn fault<T>(
        &mut self,
        place: &Located<T>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let fault = self.text.fault(place.span(), message, Some(remedy.into()));
        self.faults.push(fault);
    }

    pub(super) fn unknown<'n>(
        &mut self,
        place: &Located<String>,
        what: &str,
        names: impl Iterator<Item = &'n str>,
    ) {
        self.faults
            .push(self.text.unknown(place.span(), place.get(), what, names));
    }

    /// A quantity of the section, zero or more and at most `max`.
    pub(super) fn value(
        &mut self,
        quantity: &Located<Quantity>,
        id: &str,
        label: String,
        unit: &str,
        max: f64,
    ) -> Option<Value> {
        let meaning = Meaning {
            id: format!("simulation/{id}"),
            label,
            unit,
            min: 0.0,
            max,
        };
        match Value::resolve(quantity, meaning, self.atlas, self.text) {
            Ok(value) => Some(value),
            Err(faults) => {
                self.faults.extend(faults);
                None
            }
        }
    }

    /// What a tonne of a commodity is worth, USD.
    pub(super) fn commodity_value(&self, id: &str) -> Option<Value> {
        let rows = &self.atlas.commodities.rows;
        let row = rows.iter().find(|row| row.id.as_str() == id)?;
        Some(Value {
            param: Arc::new(Param {
                id: atlas_param_id(row, "value_usd_per_t"),
                label: format!("value of {}", row.name),
                table: "commodities".to_owned(),
                range: row.value_usd_per_t,
                unit: "USD/t".to_owned(),
                origin: row.origin().clone(),
                group: None,
            }),
            times: 1.0,
            plus: 0.0,
        })
    }

    pub(super) fn optional(
        &mut self,
        quantity: &Option<Located<Quantity>>,
        id: &str,
        label: String,
        unit: &str,
    ) -> Option<Value> {
        let max = if unit == "1" { 1.0 } else { f64::INFINITY };
        self.value(quantity.as_ref()?, id, label, unit, max)
    }

    pub(super) fn station_ix(
        &mut self,
        id: &Located<String>,
        stations: &[Station],
    ) -> Option<usize> {
        let found = stations.iter().position(|station| station.id == *id.get());
        if found.is_none() {
            self.unknown(
                id,
                "station",
                stations.iter().map(|station| station.id.as_str()),
            );
        }
        found
    }

    pub(super) fn done(&mut self) -> Result<(), Error> {
        let faults = std::mem::take(&mut self.faults);
        if faults.is_empty() {
            Ok(())
        } else {
            Err(self.text.error(faults).into())
        }
    }

    pub(super) fn unique<'i>(
        &mut self,
        what: &str,
        ids: impl Iterator<Item = &'i Located<String>>,
    ) {
        let mut seen: Vec<&str> = Vec::new();
        for id in ids {
            if seen.contains(&id.get().as_str()) {
                self.fault(
                    id,
                    format!("the {what} `{}` is there twice", id.get()),
                    "give each its own identifier",
                );
            }
            seen.push(id.get());
        }
    }
}
