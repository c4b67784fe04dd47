//! A section `[simulation]`, resolved.

use super::SimulationRequest;
use super::clock::Clock;
use super::compile::{self, Compiled};
use super::flow::Flow;
use super::outcome::{ClaimProbe, Outcome};
use super::recurrence::Recurrence;
use super::resolver::Resolver;
use super::scenario::Scenario;
use super::station::Station;
use crate::change::{Disruption, DisruptionEnd, Effect, OtherWay};
use crate::error::{Error, Problem};
use crate::param::{Draw, Params};
use crate::request::DEFAULT_SEED;
use crate::study::{Located, SimulationSpec, StudyFault, StudyText, Value};

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
        let known = super::outcome::Known {
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

    /// Whether some scenario makes everything take longer at a station.
    pub(super) fn is_ever_slower(&self, station: usize) -> bool {
        let mut all = self
            .scenarios
            .iter()
            .flat_map(|scenario| scenario.disruptions.iter().zip(&scenario.hits));
        all.any(|(disruption, hit)| {
            matches!(disruption.effect, Effect::Longer(_)) && hit.stations.contains(&station)
        })
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
