//! Scenarios of a simulation, resolved: what happens when, and what it hits.

use super::flow::{Flow, When};
use super::hit::{self, Hit};
use super::resolver::Resolver;
use super::station::Station;
use crate::change::{self, Disruption, DisruptionEnd, Effect, Simulated};
use crate::error::Error;
use crate::study::{DisruptionScenarioSpec, SimulationSpec};
use crate::world::World;

/// A scenario, resolved.
pub(super) struct Scenario<'a> {
    pub(super) spec: &'a DisruptionScenarioSpec,
    pub(super) disruptions: Vec<Disruption>,
    /// What each disruption hits.
    pub(super) hits: Vec<Hit>,
}

impl<'a> Resolver<'a> {
    pub(super) fn scenarios(
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
                    Ok(hit) => {
                        self.check_draughts(disruption, &hit, flows);
                        hits.push(hit);
                    }
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

    /// Where draught is rationed, deep ships have to be told what to do.
    fn check_draughts(&mut self, disruption: &Disruption, hit: &Hit, flows: &[Flow]) {
        let Effect::Ration { draught_m, .. } = &disruption.effect else {
            return;
        };
        if draught_m.is_empty() {
            return;
        }
        let mut deep = 0;
        for flow in flows.iter().filter(|flow| flow.draught_m.is_some()) {
            for visit in &flow.visits {
                if !visit.stations().any(|ix| hit.stations.contains(&ix)) {
                    continue;
                }
                deep += 1;
                let mut rules = visit.rules.iter();
                if !rules.any(|rule| matches!(rule.when, When::TooDeep)) {
                    let message =
                        format!("what do the ships of `{}` do that are too deep?", flow.id);
                    let remedy = "give the visit a rule with when = \"too_deep\", such as \
                                  act = { lighten = { extra_h = 24, extra_usd = 200_000 } }";
                    let span = disruption.span.clone();
                    let fault = self.text.fault(span, message, Some(remedy.to_owned()));
                    self.faults.push(fault);
                }
            }
        }
        if deep == 0 {
            let fault = self.text.fault(
                disruption.span.clone(),
                "nothing that passes has a draught: the limit changes nothing",
                Some("give the flows a `draught_m`, or remove the limit".to_owned()),
            );
            self.faults.push(fault);
        }
    }

    fn check_dates(&mut self, disruption: &Disruption) {
        let mut dates = vec![("the beginning", disruption.start)];
        if let DisruptionEnd::At(end) = disruption.end {
            dates.push(("the end", end));
        }
        let steps = match &disruption.effect {
            Effect::Arrivals(steps) => steps.as_slice(),
            Effect::Avoid { share, .. } => share.as_slice(),
            Effect::Ration { slots, draught_m } => {
                dates.extend(draught_m.iter().map(|(at, _)| ("a step", *at)));
                slots.as_slice()
            }
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
}
