//! Flows of a simulation, resolved.

mod cargo;
mod rule;
mod visit;

use super::resolver::Resolver;
use super::station::Station;
use crate::change::OtherWay;
use crate::study::{ArrivalProcess, SimulatedFlowSpec, StayLaw, Value};

/// A flow.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) unit: String,
    pub(super) target: Option<String>,
    pub(super) per_day: Value,
    /// Dated arrivals a day: hours from the start.
    pub(super) rates: Vec<(f64, Value)>,
    pub(super) process: ArrivalProcess,
    pub(super) lot: f64,
    pub(super) class: u8,
    /// Spread over its range.
    pub(super) draught_m: Option<Value>,
    pub(super) cargo: Vec<Cargo>,
    pub(super) day_cost: Vec<(String, Value)>,
    pub(super) day_wtw_t: Option<Value>,
    pub(super) visits: Vec<Visit>,
}

/// Goods aboard each unit.
#[derive(Clone, Debug)]
pub(super) struct Cargo {
    pub(super) t: Value,
    pub(super) teu: Option<Value>,
    pub(super) value_usd_per_t: Value,
    /// Days without loss, and % of the value a day thereafter.
    pub(super) decay: Option<(Value, Value)>,
    pub(super) given_up_share: Value,
}

/// A station that the flow passes.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    pub(super) station: usize,
    pub(super) or: Vec<(usize, Value)>,
    pub(super) before_h: Option<Value>,
    pub(super) stay_h: Option<Value>,
    pub(super) stay_law: StayLaw,
    pub(super) rules: Vec<Rule>,
    pub(super) deciding: Option<Value>,
}

impl Visit {
    /// The stations at which this visit can be made.
    pub(super) fn stations(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.station).chain(self.or.iter().map(|(station, _)| *station))
    }
}

/// What is done rather than waiting.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) when: When,
    pub(super) act: Act,
    /// Whether each has a patience of its own, spread over the range.
    pub(super) each_its_own: bool,
}

#[derive(Clone, Debug)]
pub(super) enum When {
    ExpectedOver(Value),
    Waited(Value),
    QueueOver(u32),
    TooDeep,
}

/// At which moment a rule applies; a visit has at most one rule for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Occasion {
    Arrival,
    Wait,
    TooDeep,
}

impl When {
    pub(super) fn occasion(&self) -> Occasion {
        match self {
            When::ExpectedOver(_) | When::QueueOver(_) => Occasion::Arrival,
            When::Waited(_) => Occasion::Wait,
            When::TooDeep => Occasion::TooDeep,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) enum Act {
    Reroute(OtherWay, Option<usize>),
    Divert(usize, OtherWay),
    Rebook(u8, Option<Value>, String),
    Lighten(OtherWay),
    Hold(Value),
    GiveUp,
}

impl Resolver<'_> {
    pub(super) fn flow(&mut self, spec: &SimulatedFlowSpec, stations: &[Station]) -> Option<Flow> {
        let id = spec.id.get().clone();
        let name = |column: &str| format!("flow/{id}/{column}");
        let per_day = self.value(
            &spec.per_day,
            &name("per_day"),
            format!("{} a day", spec.title),
            "1/day",
            1e6,
        );
        let mut rates = Vec::new();
        for (number, rate) in (1..).zip(&spec.rate) {
            let at = self
                .clock
                .within(rate.from.begin(), "the rate", rate.from.span(), self.text);
            let value = self.value(
                &rate.per_day,
                &name(&format!("rate-{number}")),
                format!("{} a day from {}", spec.title, rate.from.get()),
                "1/day",
                1e6,
            );
            match at {
                Ok(at) if rates.last().is_none_or(|(before, _)| *before < at) => {
                    rates.extend(value.map(|value| (at, value)));
                }
                Ok(_) => self.fault(
                    &rate.from,
                    format!("{} does not come after the rate before", rate.from.get()),
                    "put the rates in rising order of time",
                ),
                Err(faults) => self.faults.extend(faults),
            }
        }
        let cargo = spec.cargo.iter().filter_map(|cargo| self.cargo(cargo, &id));
        let cargo: Vec<Cargo> = cargo.collect();
        let mut day_cost = Vec::new();
        for cost in &spec.day_cost {
            let label = format!(
                "cost of a day of delay of {} for the {}",
                spec.title, cost.payer
            );
            let usd = self.value(
                &cost.usd,
                &name(&format!("day_cost/{}", cost.payer)),
                label,
                "USD/day",
                1e9,
            );
            day_cost.extend(usd.map(|usd| (cost.payer.clone(), usd)));
        }
        let day_wtw_t = self.optional(
            &spec.day_wtw_t,
            &name("day_wtw_t"),
            format!("emissions of a day of delay of {}", spec.title),
            "t CO2e/day",
        );
        let draught_m = spec.draught_m.as_ref().and_then(|draught| {
            let label = format!("draught of {}, each its own", spec.title);
            self.value(draught, &name("draught_m"), label, "m", 100.0)
        });
        if spec.visit.is_empty() {
            self.fault(
                &spec.id,
                format!("flow `{id}` passes no station"),
                "add a [[simulation.flow.visit]]",
            );
        }
        let mut visits = Vec::new();
        for (number, visit) in (1..).zip(&spec.visit) {
            visits.extend(self.visit(visit, number, &id, stations));
        }
        Some(Flow {
            title: spec.title.clone(),
            unit: spec.unit.clone(),
            target: spec.target.as_ref().map(|target| target.get().clone()),
            per_day: per_day?,
            rates,
            process: spec.process,
            lot: spec
                .lot
                .as_ref()
                .map_or(1.0, |lot| f64::from(**lot).max(1.0)),
            class: spec.class,
            draught_m,
            cargo,
            day_cost,
            day_wtw_t,
            visits,
            id,
        })
    }
}
