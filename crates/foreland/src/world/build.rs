//! From atlas rows to an indexed world.

mod land;

pub(crate) use land::{add_link, link_of};

use std::collections::HashMap;

use jiff::civil::Date;

use super::port::handles;
use super::{
    Call, Commodity, Fuel, Handling, ModelParameters, Passage, Port, PortIx, Service, ShipLimits,
    Terminal, Toll, Vessel, VesselIx, World,
};
use crate::atlas::{Atlas, CargoKind, PassageRow, Row, ServiceRow, TerminalRow, VesselRow};
use crate::error::{Error, Problem};
use crate::param::{ParamIx, Params, atlas_param_id};

impl World {
    /// The atlas as of a day.
    ///
    /// # Errors
    ///
    /// [`Error::Atlas`] if [`Atlas::check`] finds problems; [`Error::World`] if something needed
    /// is not there.
    pub fn at(atlas: &Atlas, date: Date) -> Result<World, Error> {
        let checked = atlas.check();
        if !checked.problems.is_empty() {
            return Err(Error::Atlas {
                dir: atlas.dir.clone(),
                problems: checked.problems,
            });
        }
        let mut builder = Builder {
            atlas,
            date,
            params: &atlas.params,
            ports: HashMap::new(),
            problems: Vec::new(),
        };
        let world = builder.world();
        match world {
            Some(world) if builder.problems.is_empty() => Ok(world),
            _ => Err(Error::World {
                date,
                problems: builder.problems,
            }),
        }
    }
}

pub(crate) struct Builder<'a> {
    atlas: &'a Atlas,
    date: Date,
    params: &'a Params,
    ports: HashMap<String, PortIx>,
    problems: Vec<Problem>,
}

impl Builder<'_> {
    fn world(&mut self) -> Option<World> {
        let ports = self.ports();
        let vessels = self.vessels();
        let land = self.land()?;
        let model = ModelParameters::of(self.params, &mut self.problems)?;
        let services = self
            .atlas
            .services
            .rows
            .iter()
            .filter(|row| row.validity.holds_on(self.date))
            .filter_map(|row| service_of(self.atlas, row, &self.ports))
            .collect();
        let terminals = self
            .atlas
            .terminals
            .rows
            .iter()
            .filter(|row| row.validity.holds_on(self.date))
            .filter_map(|row| terminal_of(row, &self.ports))
            .collect();
        Some(World {
            date: self.date,
            terminals,
            passages: self.passages(),
            services,
            hubs: None,
            barriers: Vec::new(),
            disruptions: Vec::new(),
            commodities: self.commodities(),
            handling: self.handling(),
            params: self.params.clone(),
            port_index: self.ports.clone(),
            ports,
            vessels,
            land,
            model,
        })
    }

    /// The index of a row's ranged column. Checked rows have one for every ranged cell.
    fn param<R: Row>(&mut self, row: &R, column: &str) -> Option<ParamIx> {
        let id = atlas_param_id(row, column);
        let found = self.params.ix(&id);
        if found.is_none() {
            self.problems.push(
                Problem::in_file(
                    format!("{}.csv", R::TABLE),
                    "the cell is empty",
                    "give a value with its range",
                )
                .on_line(row.line())
                .in_column(column),
            );
        }
        found
    }

    fn ports(&mut self) -> Vec<Port> {
        let mut ports: Vec<Port> = Vec::with_capacity(self.atlas.ports.rows.len());
        for (ix, row) in (0u32..).map(PortIx).zip(&self.atlas.ports.rows) {
            self.ports.insert(row.unlocode.to_string(), ix);
            ports.push(Port {
                unlocode: row.unlocode.to_string(),
                name: row.name.clone(),
                country: row.country.to_string(),
                lon_deg: row.lon_deg,
                lat_deg: row.lat_deg,
                closed: false,
                delays_h: Vec::new(),
                price_factors: Vec::new(),
                knows_container: false,
                knows_bulk: false,
            });
        }
        for row in &self.atlas.terminals.rows {
            if let Some(ix) = self.ports.get(row.port.as_str()) {
                let port = &mut ports[ix.index()];
                port.knows_container |= handles(row.kind, CargoKind::Container);
                port.knows_bulk |= handles(row.kind, CargoKind::Bulk);
            }
        }
        ports
    }

    fn vessels(&mut self) -> Vec<Vessel> {
        let rows = &self.atlas.vessels.rows;
        rows.iter().filter_map(|row| self.vessel(row)).collect()
    }

    fn vessel(&mut self, row: &VesselRow) -> Option<Vessel> {
        let fuel = self.atlas.fuels.rows.iter().find(|f| f.id == row.fuel)?;
        Some(Vessel {
            id: row.id.to_string(),
            name: row.name.clone(),
            kind: row.kind,
            capacity_teu: row.capacity_teu,
            dwt_t: row.dwt_t,
            size: ShipLimits {
                loa_m: Some(row.loa_m),
                beam_m: Some(row.beam_m),
                draught_m: Some(row.draught_m),
                air_draught_m: row.air_draught_m,
            },
            scantling_draught_m: row.scantling_draught_m,
            design_speed_kn: row.design_speed_kn,
            fuel_design_t_per_day: row.fuel_design_t_per_day,
            fuel_port_t_per_day: row.fuel_port_t_per_day,
            charter_usd_per_day: self.param(row, "charter_usd_per_day")?,
            fuel: Fuel {
                id: fuel.id.to_string(),
                ttw_t_per_t: fuel.ttw_co2e_t_per_t,
                wtw_t_per_t: fuel.wtw_co2e_t_per_t,
                price_usd_per_t: self.param(fuel, "price_usd_per_t")?,
                price_factors: Vec::new(),
            },
            price_factors: Vec::new(),
        })
    }

    fn passages(&mut self) -> Vec<Passage> {
        let rows = &self.atlas.passages.rows;
        rows.iter().filter_map(|row| self.passage(row)).collect()
    }

    fn passage(&mut self, row: &PassageRow) -> Option<Passage> {
        let limits = ShipLimits {
            loa_m: row.max_loa_m,
            beam_m: row.max_beam_m,
            draught_m: row.max_draught_m,
            air_draught_m: row.max_air_draught_m,
        };
        let toll = match &row.toll_rule {
            Some(rule) => Some(self.toll(rule.as_str())?),
            None => None,
        };
        Some(Passage {
            id: row.id.to_string(),
            name: row.name.clone(),
            kind: row.kind,
            open: row.open_by_default,
            open_by_default: row.open_by_default,
            limits,
            atlas_limits: limits,
            transit_h: self.params.ix(&atlas_param_id(row, "transit_h")),
            queue_h: self.params.ix(&atlas_param_id(row, "queue_h")),
            toll,
            delays_h: Vec::new(),
            price_factors: Vec::new(),
        })
    }

    fn toll(&mut self, rule: &str) -> Option<Toll> {
        let row = self
            .atlas
            .passage_tolls
            .rows
            .iter()
            .find(|row| row.id.as_str() == rule)?;
        Some(Toll {
            per_transit_usd: row.per_transit_usd.unwrap_or(0.0),
            per_teu_capacity_usd: row.per_teu_capacity_usd.unwrap_or(0.0),
            per_loaded_teu_usd: row.per_loaded_teu_usd.unwrap_or(0.0),
            per_empty_teu_usd: row.per_empty_teu_usd.unwrap_or(0.0),
            per_net_t_usd: row.per_net_t_usd.unwrap_or(0.0),
            factor: self.param(row, "factor")?,
        })
    }

    fn commodities(&mut self) -> Vec<Commodity> {
        let rows = &self.atlas.commodities.rows;
        rows.iter()
            .filter_map(|row| {
                Some(Commodity {
                    id: row.id.to_string(),
                    name: row.name.clone(),
                    hs: row.hs.clone().unwrap_or_default(),
                    cargo: row.cargo,
                    value_usd_per_t: self.param(row, "value_usd_per_t")?,
                    t_per_teu: self.params.ix(&atlas_param_id(row, "t_per_teu")),
                    time_value_pct_per_day: self.param(row, "time_value_pct_per_day")?,
                    perishable: row.perishable,
                })
            })
            .collect()
    }

    fn handling(&mut self) -> Vec<Handling> {
        let date = self.date;
        let rows = &self.atlas.handling.rows;
        rows.iter()
            .filter(|row| row.validity.holds_on(date))
            .filter_map(|row| {
                Some(Handling {
                    port: self.ports.get(&row.port).copied(),
                    cargo: row.cargo,
                    stage: row.stage,
                    dwell_h: self.param(row, "dwell_h")?,
                    cost_usd: self.param(row, "cost_usd_per_unit")?,
                    unit: row.unit,
                })
            })
            .collect()
    }
}

/// A terminal of the atlas; also used by changes that open one.
pub(crate) fn terminal_of(row: &TerminalRow, ports: &HashMap<String, PortIx>) -> Option<Terminal> {
    let codes = |list: &crate::atlas::Countries| list.0.iter().map(ToString::to_string).collect();
    Some(Terminal {
        id: row.id.to_string(),
        port: ports.get(row.port.as_str()).copied()?,
        name: row.name.clone(),
        kind: row.kind,
        operator: row.operator.clone().unwrap_or_default(),
        operator_countries: codes(&row.operator_country),
        owner: row.owner.clone().unwrap_or_default(),
        owner_countries: codes(&row.owner_country),
        limits: ShipLimits {
            loa_m: row.max_loa_m,
            beam_m: row.max_beam_m,
            draught_m: row.max_draught_m,
            air_draught_m: None,
        },
        max_ship_teu: row.max_ship_teu,
        berths: row.berths,
        capacity_teu_per_year: row.capacity_teu_per_year,
        capacity_t_per_year: row.capacity_t_per_year,
        source: row.origin.source.clone(),
    })
}

/// A service of the atlas; also used by changes that start one.
pub(crate) fn service_of(
    atlas: &Atlas,
    row: &ServiceRow,
    ports: &HashMap<String, PortIx>,
) -> Option<Service> {
    let params = &atlas.params;
    let vessel = atlas.vessels.rows.iter().position(|v| v.id == row.vessel)?;
    let mut calls: Vec<_> = atlas
        .service_calls
        .rows
        .iter()
        .filter(|call| call.service == row.id)
        .collect();
    calls.sort_by_key(|call| call.seq);
    let calls: Option<Vec<Call>> = calls
        .into_iter()
        .map(|call| {
            Some(Call {
                port: ports.get(call.port.as_str()).copied()?,
                stay_h: params.ix(&atlas_param_id(call, "stay_h"))?,
                takes_cargo: true,
            })
        })
        .collect();
    Some(Service {
        id: row.id.to_string(),
        name: row.name.clone(),
        carrier: row.carrier.clone(),
        kind: row.kind.to_string(),
        headway_h: params.ix(&atlas_param_id(row, "headway_h"))?,
        vessel: VesselIx(u32::try_from(vessel).ok()?),
        ships: row.ships,
        speed_kn: params.ix(&atlas_param_id(row, "service_speed_kn"))?,
        freight_usd_per_teu: params.ix(&atlas_param_id(row, "freight_usd_per_teu")),
        calls: calls?,
        delays_h: Vec::new(),
        price_factors: Vec::new(),
    })
}
