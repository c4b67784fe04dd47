//! Ranged values, each with an identifier, and what they are worth in one run.
//!
//! Every number of the atlas that has a plausible range is a parameter. A model function never
//! sees the range: it asks a [`Draw`] for the value. The central draw gives the atlas values, an
//! ensemble draw gives sampled ones, a tornado or an inversion overrides a single one.

mod driver;
mod model;

pub use driver::Driver;
pub(crate) use driver::drivers_of;
pub(crate) use model::parameters;
pub use model::{ModelParameters, REQUIRED_PARAMETERS};

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::atlas::{Atlas, Origin, Ranged, Row, Table, TableVisitor, UnitRule};
use crate::error::{Error, Problem};
use crate::names;
use crate::quantity::Basis;

/// Index of a parameter in its [`Params`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParamIx(u32);

impl ParamIx {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A ranged value with its identity and origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// `table/row/column`.
    pub id: String,
    /// Label for people.
    pub label: String,
    /// Table, or `scenario`.
    pub table: String,
    /// The range.
    pub range: Ranged,
    /// Unit.
    pub unit: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Parameters of the same group move together: what makes one road slow makes its
    /// neighbours slow.
    pub group: Option<Group>,
}

impl Param {
    /// A range that a study or a default states.
    pub(crate) fn stated(
        id: String,
        label: String,
        [low, mid, high]: [f64; 3],
        unit: &str,
        source: String,
    ) -> Param {
        Param {
            id,
            label,
            table: "study".to_owned(),
            range: Ranged {
                low,
                mid,
                high,
                stated: true,
            },
            unit: unit.to_owned(),
            origin: study_origin(source),
            group: None,
        }
    }
}

/// Parameters that move together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Identifier, such as `links/road/speed_kmh`.
    pub id: String,
    /// Label for people.
    pub label: String,
}

impl Param {
    /// Whether sampling can move the value.
    pub fn varies(&self) -> bool {
        self.range.low < self.range.high
    }
}

/// All parameters of a world.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Params {
    list: Vec<Param>,
    by_id: HashMap<String, ParamIx>,
}

impl Params {
    /// Every ranged value of every table.
    pub(crate) fn of_atlas(atlas: &Atlas) -> Params {
        struct Collect(Params);
        impl TableVisitor for Collect {
            fn table<R: Row>(&mut self, table: &Table<R>) {
                for row in &table.rows {
                    self.0.add_row(row);
                }
            }
        }
        let mut collect = Collect(Params::default());
        atlas.each_table(&mut collect);
        let mut params = collect.0;
        group_links(atlas, &mut params);
        group_stays(atlas, &mut params);
        group_freight(atlas, &mut params);
        // The parameters table carries its units in a column of its own.
        for row in &atlas.parameters.rows {
            if let Some(ix) = params.ix(&format!("parameters/{}", row.id)) {
                params.list[ix.index()].unit = row.unit.clone();
            }
        }
        params
    }

    /// Adds a parameter; one with the same identifier is replaced.
    pub(crate) fn add(&mut self, param: Param) -> ParamIx {
        if let Some(&ix) = self.by_id.get(&param.id) {
            self.list[ix.index()] = param;
            return ix;
        }
        let ix = ParamIx(u32::try_from(self.list.len()).expect("fewer than 2^32 parameters"));
        self.by_id.insert(param.id.clone(), ix);
        self.list.push(param);
        ix
    }

    /// Every ranged value of a row.
    fn add_row<R: Row>(&mut self, row: &R) {
        for (column, range) in row.ranges() {
            self.add(Param {
                id: atlas_param_id(row, column),
                label: label(R::TABLE, &row.key(), column),
                table: R::TABLE.to_owned(),
                range,
                unit: UnitRule::of_column(column).map_or_else(String::new, |r| r.unit.to_owned()),
                origin: row.origin().clone(),
                group: None,
            });
        }
    }

    /// Adds what services and calls bring that an atlas got after it was read.
    pub(crate) fn add_services(atlas: &mut Atlas, services: usize, calls: usize) {
        let mut params = std::mem::take(&mut atlas.params);
        for row in &atlas.services.rows[services..] {
            params.add_row(row);
        }
        for row in &atlas.service_calls.rows[calls..] {
            params.add_row(row);
        }
        group_stays(atlas, &mut params);
        group_freight(atlas, &mut params);
        atlas.params = params;
    }

    fn set_group(&mut self, id: &str, group: Group) {
        if let Some(ix) = self.ix(id) {
            self.list[ix.index()].group = Some(group);
        }
    }

    /// Takes away a parameter's range.
    fn pin(&mut self, ix: ParamIx, value: f64) {
        let range = &mut self.list[ix.index()].range;
        (range.low, range.mid, range.high) = (value, value, value);
    }

    /// The index of an identifier.
    pub fn ix(&self, id: &str) -> Option<ParamIx> {
        self.by_id.get(id).copied()
    }

    /// A parameter.
    pub fn get(&self, ix: ParamIx) -> &Param {
        &self.list[ix.index()]
    }

    /// All parameters in order.
    pub fn iter(&self) -> impl Iterator<Item = (ParamIx, &Param)> {
        (0u32..).map(ParamIx).zip(&self.list)
    }

    /// Number of parameters.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// Values are set within this factor of their range: further off, the model's equations were
/// never looked at.
const FURTHEST: f64 = 20.0;

impl Atlas {
    /// What can be set: every ranged value, or the group of values that it moves with.
    pub fn drivers(&self) -> Vec<Driver> {
        drivers_of(&self.params)
    }

    /// The same atlas with some drivers at one value each instead of their ranges. Of a group,
    /// every member is moved to the place in its range that the value has in the group's.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] for an identifier that is not known, with what may be meant, and for a
    /// value further from its range than a factor of twenty.
    pub fn with_values(&self, values: &[(String, f64)]) -> Result<Atlas, Error> {
        let mut atlas = self.clone();
        if values.is_empty() {
            return Ok(atlas);
        }
        let drivers = self.drivers();
        for (id, value) in values {
            atlas.set.insert(id.clone(), *value);
            if let Some(ix) = self.params.ix(id) {
                let range = self.params.get(ix).range;
                checked(id, *value, range.low, range.high)?;
                atlas.params.pin(ix, *value);
                continue;
            }
            let driver = drivers.iter().find(|driver| driver.id == *id);
            let driver = driver.ok_or_else(|| unknown(id, &drivers))?;
            checked(id, *value, driver.low, driver.high)?;
            let central = Draw::central(&self.params);
            let moved = driver.moved(&self.params, &central, driver.position_of(*value));
            for &ix in &driver.members {
                atlas.params.pin(ix, moved.get(ix));
            }
        }
        Ok(atlas)
    }
}

fn checked(id: &str, value: f64, low: f64, high: f64) -> Result<(), Error> {
    let (least, most) = if low < 0.0 {
        let reach = FURTHEST * low.abs().max(high.abs());
        (-reach, reach)
    } else {
        (low / FURTHEST, high * FURTHEST)
    };
    if value.is_finite() && (least..=most).contains(&value) {
        return Ok(());
    }
    Err(Error::Input(Problem::in_file(
        format!("set {id}"),
        format!("{value} is too far from what `{id}` may be, {low} to {high}"),
        format!("give a value from {least} to {most}, in the parameter's unit"),
    )))
}

fn unknown(id: &str, drivers: &[Driver]) -> Error {
    let near = names::closest(id, drivers.iter().map(|driver| driver.id.as_str()), 3);
    let remedy = if near.is_empty() {
        "take the identifier from the list of the study's parameters".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    Error::Input(Problem::in_file(
        format!("set {id}"),
        format!("there is no parameter `{id}`"),
        remedy,
    ))
}

/// Links of a mode share weather, fuel, drivers and maintenance: independent draws over forty
/// links of a corridor would average the uncertainty away.
fn group_links(atlas: &Atlas, params: &mut Params) {
    for row in &atlas.links.rows {
        let mode = row.mode.as_str();
        for (column, what) in [("speed_kmh", "speed"), ("cost_usd_per_tkm", "tariff")] {
            params.set_group(
                &atlas_param_id(row, column),
                Group {
                    id: format!("links/{mode}/{column}"),
                    label: format!("{what} on {mode} links"),
                },
            );
        }
    }
}

/// Stays of a service's calls share the ship and the exchange per call.
fn group_stays(atlas: &Atlas, params: &mut Params) {
    for row in &atlas.service_calls.rows {
        params.set_group(
            &atlas_param_id(row, "stay_h"),
            Group {
                id: format!("service-calls/{}/stay_h", row.service),
                label: format!("port stays of service {}", row.service),
            },
        );
    }
}

/// Freight rates follow one market.
fn group_freight(atlas: &Atlas, params: &mut Params) {
    for row in &atlas.services.rows {
        params.set_group(
            &atlas_param_id(row, "freight_usd_per_teu"),
            Group {
                id: "services/freight_usd_per_teu".to_owned(),
                label: "level of published freight rates".to_owned(),
            },
        );
    }
}

/// Identifier of a row's ranged column. Rows of the parameters table are their own identifiers.
pub(crate) fn atlas_param_id<R: Row>(row: &R, column: &str) -> String {
    if R::TABLE == "parameters" {
        format!("parameters/{}", row.key())
    } else {
        format!("{}/{}/{column}", R::TABLE, row.key())
    }
}

/// `service speed of service wsa3-chancay`, `dwell of handling at all ports, container, export`.
fn label(table: &str, key: &str, column: &str) -> String {
    let words = |text: &str| text.replace(['_', '-'], " ");
    if table == "parameters" {
        return words(key);
    }
    let one = match table {
        "services" => "service",
        "service-calls" => "call",
        "vessels" => "vessel class",
        "fuels" => "fuel",
        "passages" => "passage",
        "passage-tolls" => "toll rule",
        "links" => "link",
        "borders" => "border",
        "modes" => "mode",
        "handling" => "handling at",
        "commodities" => "commodity",
        "demand-places" => "place of demand",
        other => other,
    };
    let stem = UnitRule::of_column(column)
        .and_then(|rule| column.strip_suffix(rule.suffix))
        .filter(|stem| !stem.is_empty())
        .unwrap_or(column);
    let key = if table == "handling" {
        key.replace('*', "all ports").replace(':', ", ")
    } else {
        key.to_owned()
    };
    format!("{} of {one} {key}", words(stem))
}

/// What every parameter is worth in one run.
#[derive(Clone, Debug)]
pub struct Draw {
    values: Vec<f64>,
    reads: Option<Arc<Reads>>,
}

/// Which parameters were asked for. What a model never asked for cannot have moved its result.
#[derive(Debug)]
pub(crate) struct Reads {
    asked: Vec<AtomicBool>,
}

impl Reads {
    pub(crate) fn of(parameters: usize) -> Arc<Reads> {
        let asked = (0..parameters).map(|_| AtomicBool::new(false)).collect();
        Arc::new(Reads { asked })
    }

    pub(crate) fn contains(&self, ix: ParamIx) -> bool {
        self.asked[ix.index()].load(Ordering::Relaxed)
    }
}

impl Draw {
    /// Every parameter at its atlas value.
    pub fn central(params: &Params) -> Draw {
        Draw {
            values: params.list.iter().map(|p| p.range.mid).collect(),
            reads: None,
        }
    }

    pub(crate) fn of_values(values: Vec<f64>) -> Draw {
        Draw {
            values,
            reads: None,
        }
    }

    /// The same draw; what is asked of it is noted.
    pub(crate) fn noting(mut self, reads: &Arc<Reads>) -> Draw {
        self.reads = Some(Arc::clone(reads));
        self
    }

    /// The same draw with one parameter at another value.
    pub fn with(&self, ix: ParamIx, value: f64) -> Draw {
        let mut draw = self.clone();
        draw.values[ix.index()] = value;
        draw
    }

    /// The value of a parameter.
    pub fn get(&self, ix: ParamIx) -> f64 {
        if let Some(reads) = &self.reads {
            reads.asked[ix.index()].store(true, Ordering::Relaxed);
        }
        self.values[ix.index()]
    }
}

/// A stated origin for parameters that a study introduces.
pub(crate) fn study_origin(source: String) -> Origin {
    Origin {
        basis: Basis::Assumed,
        source,
        as_of: String::new(),
        note: String::new(),
    }
}
