//! A section `[simulation]`, resolved.

use std::sync::Arc;

use super::SimulationRequest;
use super::clock::Clock;
use super::compile::{self, Compiled};
use super::flow::Flow;
use super::hit::{self, Hit};
use super::measure::{ClaimProbe, Outcome};
use super::recurrence::Recurrence;
use super::station::Station;
use crate::atlas::{Atlas, Row};
use crate::change::{self, Disruption, DisruptionEnd, Effect, OtherWay, Simulated};
use crate::error::{Error, Problem};
use crate::names::closest;
use crate::param::{Draw, Meaning, Param, Params, Value, atlas_param_id};
use crate::run::DEFAULT_SEED;
use crate::study::{
    DisruptionScenarioSpec, Located, Quantity, SimulationSpec, StudyFault, StudyText,
};
use crate::world::World;

/// Lateness up to which service counts as regular, if the study states none, h.
const REGULAR_WITHIN_H: [f64; 3] = [12.0, 24.0, 48.0];

/// A section, resolved.
pub(super) struct Plan<'a> {
    pub(super) spec: &'a SimulationSpec,
    pub(super) text: &'a StudyText,
    pub(super) clock: Clock,
    pub(super) seed: u64,
    pub(super) replications: u32,
    pub(super) params: Params,
    pub(super) stations: Vec<Station>,
    pub(super) flows: Vec<Flow>,
    pub(super) scenarios: Vec<Scenario<'a>>,
    pub(super) outcomes: Vec<Outcome<'a>>,
    pub(super) claims: Vec<ClaimProbe>,
    pub(super) recurrences: Vec<Recurrence<'a>>,
    pub(super) regular_within_h: Value,
}

/// A scenario, resolved.
pub(super) struct Scenario<'a> {
    pub(super) spec: &'a DisruptionScenarioSpec,
    pub(super) disruptions: Vec<Disruption>,
    /// What each disruption hits.
    pub(super) hits: Vec<Hit>,
}

/// Looks up what a section names, and collects what is wrong.
pub(super) struct Resolver<'a> {
    pub(super) atlas: &'a Atlas,
    pub(super) text: &'a StudyText,
    pub(super) clock: Clock,
    pub(super) faults: Vec<StudyFault>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        request: &SimulationRequest<'a>,
        spec: &'a SimulationSpec,
    ) -> Result<Plan<'a>, Error> {
        let text = &request.study.text;
        let clock = Clock::new(spec, request.until, text)?;
        let mut resolver = Resolver {
            atlas: request.atlas,
            text,
            clock,
            faults: Vec::new(),
        };
        let stations = resolver.stations(spec);
        let (flows, stations) = resolver.flows(spec, stations)?;
        let scenarios = resolver.scenarios(spec, &stations, &flows)?;
        let regular_within_h = resolver.regular_within(spec);
        let known = super::measure::Known {
            stations: &stations,
            flows: &flows,
            scenarios: &scenarios,
        };
        let outcomes = resolver.outcomes(&spec.outcome, &known);
        let claims = resolver.claim_probes(&request.study.spec.claim, &known);
        let recurrences = resolver.recurrences(&spec.recurrence, &scenarios);
        resolver.done()?;
        let run = &request.study.spec.run;
        let stated = spec.replications.as_ref().map(|count| **count);
        let mut plan = Plan {
            spec,
            text,
            clock,
            seed: request.seed.or(run.seed).unwrap_or(DEFAULT_SEED),
            replications: request
                .replications
                .or(stated)
                .unwrap_or(super::DEFAULT_REPLICATIONS),
            params: Params::default(),
            stations,
            flows,
            scenarios,
            outcomes,
            claims,
            recurrences,
            regular_within_h,
        };
        plan.params = plan.collect_params();
        plan.check_central()?;
        Ok(plan)
    }

    /// Every value that the plan draws.
    fn collect_params(&self) -> Params {
        let mut params = Params::default();
        compile::each_value(self, &mut |value: &Value| {
            params.add((*value.param).clone());
        });
        params
    }

    /// Compiles every world at its most plausible values, and tells what is wrong where it stands.
    fn check_central(&self) -> Result<(), Error> {
        let draw = Draw::central(&self.params);
        let worlds = std::iter::once(None).chain((0..self.scenarios.len()).map(Some));
        for world in worlds {
            if let Err(error) = self.compiled(&draw, world) {
                let faults = error.faults.iter().map(|fault| self.placed(fault));
                return Err(self.text.error(faults.collect()).into());
            }
        }
        Ok(())
    }

    /// The model of a world under a draw.
    pub(super) fn compiled(
        &self,
        draw: &Draw,
        scenario: Option<usize>,
    ) -> Result<(Compiled, portsim::Plan), portsim::ModelError> {
        let compiled = compile::model(self, draw, scenario);
        let plan = portsim::Plan::new(compiled.model.clone())?;
        Ok((compiled, plan))
    }

    /// A fault of the engine, where the station or flow stands in the study.
    fn placed(&self, fault: &portsim::Fault) -> StudyFault {
        let named = |id: &str| fault.place.contains(&format!("`{id}"));
        let station = self.stations.iter().find(|station| named(&station.id));
        let flows = self.spec.flow.iter();
        let flow = || flows.map(|flow| &flow.id).find(|id| named(id.get()));
        let span = station
            .map(|station| station.span.clone())
            .or_else(|| flow().map(Located::span))
            .unwrap_or(0..0);
        let (message, remedy) = in_words(fault);
        self.text.fault(span, message, Some(remedy))
    }

    /// An error of one replication's draw.
    pub(super) fn draw_error(&self, number: u32, error: &portsim::ModelError) -> Error {
        let faults: Vec<String> = error.faults.iter().map(|fault| in_words(fault).0).collect();
        Error::Input(Problem::in_file(
            self.text.file().to_owned(),
            format!(
                "replication {number} draws a model that cannot be simulated: {}",
                faults.join("; ")
            ),
            "narrow the ranges of what it draws, so that stations can do the work that comes",
        ))
    }

    /// What kept replications have to agree in.
    pub(super) fn identity(&self) -> (u64, u32, String, String) {
        (
            self.seed,
            self.replications,
            self.text.text().to_owned(),
            format!(
                "{:?} {:?}",
                self.clock,
                self.params.iter().collect::<Vec<_>>()
            ),
        )
    }

    /// When a disruption ends in a draw, in hours; none if that is after the horizon.
    pub(super) fn end_h(&self, disruption: &Disruption, draw: &Draw) -> Option<f64> {
        let end = match &disruption.end {
            DisruptionEnd::At(end) => self.clock.hours(*end),
            DisruptionEnd::After(lasts) => {
                self.clock.hours(disruption.start) + lasts.of(&self.params, draw)
            }
            DisruptionEnd::Never => return None,
        };
        (end < self.clock.horizon_h).then_some(end)
    }
}

/// A fault of the engine, in the words of a study.
fn in_words(fault: &portsim::Fault) -> (String, String) {
    match &fault.problem {
        portsim::Problem::Unstable { station, load } => (
            format!(
                "station `{station}` gets {load:.3} times the work that it can do (ρ ≥ 1): its \
                 queue would grow without end"
            ),
            "give it more servers or slots, let fewer come, or let actors turn away".to_owned(),
        ),
        problem => (
            format!("{}: {problem}", fault.place),
            "see docs/disruption.md for what can be simulated".to_owned(),
        ),
    }
}

impl<'a> Resolver<'a> {
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
        let near = closest(place.get(), names, 3);
        let remedy = if near.is_empty() {
            "add it, or correct the spelling".to_owned()
        } else {
            format!("did you mean {}?", near.join(", "))
        };
        self.fault(
            place,
            format!("there is no {what} `{}`", place.get()),
            remedy,
        );
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

    fn done(&mut self) -> Result<(), Error> {
        let faults = std::mem::take(&mut self.faults);
        if faults.is_empty() {
            Ok(())
        } else {
            Err(self.text.error(faults).into())
        }
    }

    fn unique<'i>(&mut self, what: &str, ids: impl Iterator<Item = &'i Located<String>>) {
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

    fn stations(&mut self, spec: &SimulationSpec) -> Vec<Station> {
        self.unique("station", spec.station.iter().map(|station| &station.id));
        self.unique("flow", spec.flow.iter().map(|flow| &flow.id));
        self.unique(
            "scenario",
            spec.scenario.iter().map(|scenario| &scenario.id),
        );
        let stations = spec.station.iter();
        stations
            .filter_map(|station| self.station(station))
            .collect()
    }

    /// The flows; each station learns in which lots they pass it.
    fn flows(
        &mut self,
        spec: &SimulationSpec,
        mut stations: Vec<Station>,
    ) -> Result<(Vec<Flow>, Vec<Station>), Error> {
        self.done()?;
        let mut flows = Vec::new();
        for flow in &spec.flow {
            flows.extend(self.flow(flow, &stations));
        }
        self.done()?;
        let mut lots: Vec<Option<f64>> = vec![None; stations.len()];
        for (flow, spec) in flows.iter().zip(&spec.flow) {
            for station in flow.visits.iter().flat_map(|visit| visit.stations()) {
                if lots[station].is_some_and(|lot| lot != flow.lot) {
                    let message = format!(
                        "flow `{}` passes station `{}` in lots of {}, another flow in other lots",
                        flow.id, stations[station].id, flow.lot
                    );
                    self.fault(&spec.id, message, "give flows of a station the same `lot`");
                }
                lots[station] = Some(flow.lot);
            }
        }
        for (station, lot) in stations.iter_mut().zip(lots) {
            station.lot = lot.unwrap_or(1.0);
        }
        self.done()?;
        Ok((flows, stations))
    }

    fn scenarios(
        &mut self,
        spec: &'a SimulationSpec,
        stations: &[Station],
        flows: &[Flow],
    ) -> Result<Vec<Scenario<'a>>, Error> {
        let world = World::at(self.atlas, spec.count_from.date())?;
        let simulated = Simulated {
            stations: stations
                .iter()
                .map(|station| (station.id.clone(), station.title.clone()))
                .collect(),
            flows: flows
                .iter()
                .map(|flow| (flow.id.clone(), flow.title.clone()))
                .collect(),
        };
        let mut scenarios = Vec::new();
        for scenario in &spec.scenario {
            let id = format!("simulation/{}", scenario.id.get());
            let found = change::disruptions(
                &world,
                self.atlas,
                self.text,
                &id,
                &scenario.change,
                &simulated,
            );
            let disruptions = match found {
                Ok(disruptions) => disruptions,
                Err(faults) => {
                    self.faults.extend(faults);
                    continue;
                }
            };
            let mut hits = Vec::new();
            for disruption in &disruptions {
                self.check_dates(disruption);
                match hit::hit(disruption, stations, flows, &world) {
                    Ok(hit) => hits.push(hit),
                    Err(remedy) => self.faults.push(self.text.fault(
                        disruption.span.clone(),
                        format!(
                            "`{}` hits nothing that is simulated: the change changes nothing",
                            disruption.target
                        ),
                        Some(remedy),
                    )),
                }
            }
            scenarios.push(Scenario {
                spec: scenario,
                disruptions,
                hits,
            });
        }
        self.done()?;
        Ok(scenarios)
    }

    fn check_dates(&mut self, disruption: &Disruption) {
        let mut dates = vec![("the beginning", disruption.start)];
        if let DisruptionEnd::At(end) = disruption.end {
            dates.push(("the end", end));
        }
        let steps = match &disruption.effect {
            Effect::Slots(steps) | Effect::Arrivals(steps) => steps.as_slice(),
            Effect::Avoid { share, .. } => share.as_slice(),
            _ => &[],
        };
        dates.extend(steps.iter().map(|(at, _)| ("a step", *at)));
        for (what, at) in dates {
            let within = self
                .clock
                .within(at, what, disruption.span.clone(), self.text);
            self.faults.extend(within.err().into_iter().flatten());
        }
    }

    fn regular_within(&mut self, spec: &SimulationSpec) -> Value {
        let stated = spec.regular_within_h.as_ref().and_then(|hours| {
            self.value(
                hours,
                "regular_within",
                "lateness up to which service counts as regular".to_owned(),
                "h",
                1e5,
            )
        });
        stated.unwrap_or_else(|| {
            Value::stated(
                "simulation/regular_within".to_owned(),
                "lateness up to which service counts as regular".to_owned(),
                REGULAR_WITHIN_H,
                "h",
                "default: about the lateness that liner ships have anyway",
            )
        })
    }
}

/// Values of another way.
pub(super) fn each_of_way(way: &OtherWay, tell: &mut dyn FnMut(&Value)) {
    tell(&way.extra_h);
    way.extra_usd.iter().for_each(&mut *tell);
    way.extra_wtw_t.iter().for_each(&mut *tell);
}
