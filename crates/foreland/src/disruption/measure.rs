//! Figures that a replication is asked for, resolved.

use super::outcome::Known;
use super::resolver::Resolver;
use super::scenario::Scenario;
use crate::study::{Located, LossKind, Moment, SimulatedMeasure};

/// A measure of a scenario, or of the undisturbed run.
pub(super) struct Probe {
    pub(super) scenario: Option<usize>,
    pub(super) measure: Measure,
    pub(super) unit: &'static str,
}

/// A measure, resolved: places of stations and flows, hours.
#[derive(Clone, Debug)]
pub(super) enum Measure {
    Waiting(usize, f64),
    WaitingMost(usize, f64, f64),
    Wait(Window),
    WaitLongest(Window),
    PassingPerDay(Window),
    PassingChange(Window),
    /// Station, the last of all if there is none, and from when to count instead of the end of the
    /// disruption.
    BacklogGone(Option<usize>, Option<f64>),
    QueueCleared(usize),
    RegularAgain(Option<f64>),
    TurnedAway(usize),
    Loss(LossKind, Option<usize>),
}

/// Those of a flow that got a station in a span of time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub(super) station: usize,
    pub(super) flow: Option<usize>,
    pub(super) from_h: f64,
    pub(super) until_h: f64,
}

impl Resolver<'_> {
    pub(super) fn probe(
        &mut self,
        scenario: Option<&Located<String>>,
        measure: &Located<SimulatedMeasure>,
        known: &Known<'_, '_>,
    ) -> Option<Probe> {
        let scenario = match scenario {
            None => None,
            Some(id) => Some(self.scenario_ix(id, known.scenarios)?),
        };
        let place = measure;
        let (measure, unit) = self.measure(measure.get(), known)?;
        let against = matches!(
            measure,
            Measure::PassingChange(_)
                | Measure::BacklogGone(..)
                | Measure::QueueCleared(_)
                | Measure::RegularAgain(_)
                | Measure::Loss(..)
        );
        if against && scenario.is_none() {
            self.fault(
                place,
                "this measure compares a scenario with the undisturbed run",
                "name the scenario",
            );
        }
        Some(Probe {
            scenario,
            measure,
            unit,
        })
    }

    pub(super) fn scenario_ix(
        &mut self,
        id: &Located<String>,
        scenarios: &[Scenario<'_>],
    ) -> Option<usize> {
        let ids = || {
            scenarios
                .iter()
                .map(|scenario| scenario.spec.id.get().as_str())
        };
        let found = ids().position(|known| known == id.get());
        if found.is_none() {
            self.unknown(id, "scenario of [simulation]", ids());
        }
        found
    }

    fn measure(
        &mut self,
        spec: &SimulatedMeasure,
        known: &Known<'_, '_>,
    ) -> Option<(Measure, &'static str)> {
        Some(match spec {
            SimulatedMeasure::Waiting { station, at } => {
                let station = self.known_station(station, known);
                // The middle of a day stands for the day.
                let noon = match at.begin() == at.end() {
                    true => at.begin(),
                    false => at.date().at(12, 0, 0, 0),
                };
                let at_h = self.clock.within(noon, "the moment", at.span(), self.text);
                let at_h = at_h.map_err(|faults| self.faults.extend(faults)).ok();
                (Measure::Waiting(station?, at_h?), "1")
            }
            SimulatedMeasure::WaitingMost {
                station,
                from,
                until,
            } => {
                let station = self.known_station(station, known);
                let (from, until) = self.window_h(from, until)?;
                (Measure::WaitingMost(station?, from, until), "1")
            }
            SimulatedMeasure::WaitD {
                station,
                flow,
                from,
                until,
            } => (
                Measure::Wait(self.window(station, flow, (from, until), known)?),
                "d",
            ),
            SimulatedMeasure::WaitLongestD {
                station,
                flow,
                from,
                until,
            } => (
                Measure::WaitLongest(self.window(station, flow, (from, until), known)?),
                "d",
            ),
            SimulatedMeasure::PassingPerDay {
                station,
                flow,
                from,
                until,
            } => (
                Measure::PassingPerDay(self.window(station, flow, (from, until), known)?),
                "1/day",
            ),
            SimulatedMeasure::PassingChangePct {
                station,
                flow,
                from,
                until,
            } => (
                Measure::PassingChange(self.window(station, flow, (from, until), known)?),
                "%",
            ),
            SimulatedMeasure::BacklogGoneD { station, since } => {
                let station = match station {
                    None => None,
                    Some(station) => Some(self.known_station(station, known)?),
                };
                (Measure::BacklogGone(station, self.since_h(since)?), "d")
            }
            SimulatedMeasure::QueueClearedD { station } => (
                Measure::QueueCleared(self.known_station(station, known)?),
                "d",
            ),
            SimulatedMeasure::RegularAgainD { since } => {
                (Measure::RegularAgain(self.since_h(since)?), "d")
            }
            SimulatedMeasure::TurnedAway { flow } => {
                (Measure::TurnedAway(self.known_flow(flow, known)?), "1")
            }
            SimulatedMeasure::LossMUsd { loss, flow } => {
                let flow = match flow {
                    None => None,
                    Some(flow) => Some(self.known_flow(flow, known)?),
                };
                (Measure::Loss(*loss, flow), "M USD")
            }
        })
    }

    /// Hours at a moment; the outer none is a fault, the inner one nothing stated.
    fn since_h(&mut self, since: &Option<Located<Moment>>) -> Option<Option<f64>> {
        let Some(moment) = since else {
            return Some(None);
        };
        let at_h = self
            .clock
            .within(moment.end(), "the moment", moment.span(), self.text);
        match at_h {
            Ok(at_h) => Some(Some(at_h)),
            Err(faults) => {
                self.faults.extend(faults);
                None
            }
        }
    }

    fn window(
        &mut self,
        station: &Located<String>,
        flow: &Option<Located<String>>,
        (from, until): (&Located<Moment>, &Located<Moment>),
        known: &Known<'_, '_>,
    ) -> Option<Window> {
        let station = self.known_station(station, known);
        let flow = match flow {
            None => None,
            Some(flow) => Some(self.known_flow(flow, known)?),
        };
        let (from_h, until_h) = self.window_h(from, until)?;
        Some(Window {
            station: station?,
            flow,
            from_h,
            until_h,
        })
    }

    fn window_h(&mut self, from: &Located<Moment>, until: &Located<Moment>) -> Option<(f64, f64)> {
        match self.clock.span(from, until, self.text) {
            Ok(span) => Some(span),
            Err(faults) => {
                self.faults.extend(faults);
                None
            }
        }
    }

    fn known_station(&mut self, id: &Located<String>, known: &Known<'_, '_>) -> Option<usize> {
        let ids = || known.stations.iter().map(|station| station.id.as_str());
        let found = ids().position(|known| known == id.get());
        if found.is_none() {
            self.unknown(id, "station", ids());
        }
        found
    }

    fn known_flow(&mut self, id: &Located<String>, known: &Known<'_, '_>) -> Option<usize> {
        let ids = || known.flows.iter().map(|flow| flow.id.as_str());
        let found = ids().position(|known| known == id.get());
        if found.is_none() {
            self.unknown(id, "flow", ids());
        }
        found
    }
}
