//! What of a simulation is compared with what was observed.

use super::flow::Flow;
use super::loss;
use super::plan::{Plan, Resolver, Scenario};
use super::record::EffectRecord;
use super::replicate::Played;
use super::station::Station;
use crate::atlas::{FactRow, Row};
use crate::study::{
    ClaimSpec, Located, LossKind, MeasureSpec, Moment, OutcomeRole, SimulatedMeasure,
    SimulatedOutcomeSpec,
};

/// What outcomes may name.
pub(super) struct Known<'k, 'a> {
    pub(super) stations: &'k [Station],
    pub(super) flows: &'k [Flow],
    pub(super) scenarios: &'k [Scenario<'a>],
}

/// An outcome, resolved.
pub(super) struct Outcome<'a> {
    pub(super) spec: &'a SimulatedOutcomeSpec,
    pub(super) observed: Observed,
    pub(super) probe: Probe,
}

/// A measure of a scenario, or of the undisturbed run.
pub(super) struct Probe {
    pub(super) scenario: Option<usize>,
    pub(super) measure: Measure,
    pub(super) unit: &'static str,
}

/// A measure that a claim is tested with.
pub(super) struct ClaimProbe {
    /// Where it stands in the study: by that the claim finds its figures.
    pub(super) at: usize,
    pub(super) probe: Probe,
}

/// A figure of facts.csv.
#[derive(Clone, Debug)]
pub(super) struct Observed {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) unit: String,
    pub(super) source: String,
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
    /// Station, and from when to count instead of the end of the disruption.
    BacklogGone(usize, Option<f64>),
    QueueCleared(usize),
    RegularAgain(Option<f64>),
    TurnedAway(usize),
    Loss(LossKind, Option<usize>),
}

/// Those of a flow that got a station in a span of time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    station: usize,
    flow: Option<usize>,
    from_h: f64,
    until_h: f64,
}

impl<'a> Resolver<'a> {
    pub(super) fn outcomes(
        &mut self,
        specs: &'a [SimulatedOutcomeSpec],
        known: &Known<'_, '_>,
    ) -> Vec<Outcome<'a>> {
        let mut outcomes = Vec::new();
        for spec in specs {
            outcomes.extend(self.outcome(spec, known));
        }
        outcomes
    }

    fn outcome(
        &mut self,
        spec: &'a SimulatedOutcomeSpec,
        known: &Known<'_, '_>,
    ) -> Option<Outcome<'a>> {
        let observed = self.observed(&spec.fact)?;
        let probe = self.probe(spec.scenario.as_ref(), &spec.measure, known)?;
        if !same_unit(probe.unit, &observed.unit) {
            self.fault(
                &spec.fact,
                format!(
                    "the fact is in `{}`, the measure in `{}`",
                    observed.unit, probe.unit
                ),
                "compare like with like, or enter the fact in the measure's unit",
            );
        }
        Some(Outcome {
            spec,
            observed,
            probe,
        })
    }

    /// The measures of claims that ask for a simulated one.
    pub(super) fn claim_probes(
        &mut self,
        claims: &[ClaimSpec],
        known: &Known<'_, '_>,
    ) -> Vec<ClaimProbe> {
        let mut probes = Vec::new();
        for part in claims.iter().flat_map(|claim| &claim.part) {
            if let MeasureSpec::Simulated(spec) = part.measure.get() {
                let probe = self.probe(Some(&spec.scenario), &spec.of, known);
                probes.extend(probe.map(|probe| ClaimProbe {
                    at: part.measure.span().start,
                    probe,
                }));
            }
        }
        probes
    }

    fn probe(
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

    fn observed(&mut self, name: &Located<String>) -> Option<Observed> {
        let key = |row: &FactRow| format!("{}/{}", row.subject, row.metric);
        let rows = &self.atlas.facts.rows;
        let found = rows.iter().find(|row| key(row) == *name.get());
        let Some((row, value)) = found.and_then(|row| row.value.map(|value| (row, value))) else {
            let keys: Vec<String> = rows.iter().map(key).collect();
            self.unknown(name, "figure of facts.csv", keys.iter().map(String::as_str));
            return None;
        };
        Some(Observed {
            value,
            low: row.low.unwrap_or(value),
            high: row.high.unwrap_or(value),
            unit: row.unit.clone(),
            source: row.origin().source.clone(),
        })
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
                let station = self.known_station(station, known)?;
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

impl Outcome<'_> {
    /// Whether the model is judged by it.
    pub(super) fn is_exam(&self) -> bool {
        self.spec.role == OutcomeRole::Exam
    }
}

impl Probe {
    /// The measure in one replication; none where there is nothing to measure.
    pub(super) fn measured(
        &self,
        plan: &Plan<'_>,
        run: &Played,
        calm: &Played,
        effect: Option<&EffectRecord>,
    ) -> Option<f64> {
        let days_after = |since: Option<f64>, at: Option<f64>| {
            let since_h = since.or(effect?.end_h)?;
            Some((at? - since_h).max(0.0) / 24.0)
        };
        match &self.measure {
            Measure::Waiting(station, at_h) => Some(waiting(plan, run, *station, *at_h)),
            Measure::WaitingMost(station, from_h, until_h) => {
                Some(waiting_most(plan, run, *station, *from_h, *until_h))
            }
            Measure::Wait(window) => {
                let waits: Vec<f64> = window.waits(run).collect();
                let count = waits.len() as f64;
                (count > 0.0).then(|| waits.iter().sum::<f64>() / count / 24.0)
            }
            Measure::WaitLongest(window) => window.waits(run).reduce(f64::max).map(|h| h / 24.0),
            Measure::PassingPerDay(window) => Some(window.per_day(plan, run)),
            Measure::PassingChange(window) => {
                let before = window.per_day(plan, calm);
                (before > 0.0).then(|| 100.0 * (window.per_day(plan, run) / before - 1.0))
            }
            Measure::BacklogGone(station, since) => {
                days_after(*since, effect?.backlog_gone_h[*station])
            }
            Measure::QueueCleared(station) => {
                days_after(None, cleared_h(run, *station, effect?.end_h?))
            }
            Measure::RegularAgain(since) => days_after(*since, effect?.last_late_h),
            Measure::TurnedAway(flow) => {
                let lives = run.lives.all.iter();
                let facts = &plan.flows[*flow];
                let turned = lives.filter(|life| {
                    life.of.flow == *flow
                        && life.came_h >= plan.clock.count_from_h
                        && life.turned_away(facts)
                });
                Some(turned.count() as f64 * facts.lot)
            }
            Measure::Loss(kind, flow) => {
                let losses = effect?.losses.iter().enumerate();
                let ours = losses.filter(|(place, _)| flow.is_none_or(|flow| flow == *place));
                let usd: f64 = ours.map(|(_, loss)| loss::of_kind(loss, *kind)).sum();
                Some(usd / 1e6)
            }
        }
    }
}

/// Whether a fact's unit is that of a measure; counts (`1`) are ships, trucks or the like.
fn same_unit(measure: &str, fact: &str) -> bool {
    match measure {
        "1/day" => fact.ends_with("/day"),
        "1" => !matches!(fact, "d" | "h" | "%" | "M USD") && !fact.contains('/'),
        same => fact == same,
    }
}

/// When the last of those that wait for a station at a time has got it or given way; none if one
/// still waits at the horizon.
fn cleared_h(run: &Played, station: usize, at_h: f64) -> Option<f64> {
    let stays = run.lives.all.iter().flat_map(|life| &life.stays);
    let mut last = at_h;
    for stay in stays.filter(|stay| stay.station == station) {
        let (from, until) = stay.waiting(f64::INFINITY);
        if from <= at_h && at_h < until {
            last = last.max(until);
        }
    }
    last.is_finite().then_some(last)
}

/// Number waiting for a station at a time.
fn waiting(plan: &Plan<'_>, run: &Played, station: usize, at_h: f64) -> f64 {
    let stays = run.lives.all.iter().flat_map(|life| &life.stays);
    let waits = stays.filter(|stay| {
        let (from, until) = stay.waiting(f64::INFINITY);
        stay.station == station && from <= at_h && at_h < until
    });
    waits.count() as f64 * plan.stations[station].lot
}

/// Most waiting for a station at the same time in a span of time.
fn waiting_most(plan: &Plan<'_>, run: &Played, station: usize, from_h: f64, until_h: f64) -> f64 {
    let mut moves: Vec<(f64, i64)> = Vec::new();
    let stays = run.lives.all.iter().flat_map(|life| &life.stays);
    for stay in stays.filter(|stay| stay.station == station) {
        let (from, until) = stay.waiting(f64::INFINITY);
        if from < until {
            moves.extend([(from, 1), (until, -1)]);
        }
    }
    // Who leaves at a moment makes room before who comes.
    moves.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (mut level, mut most) = (0, 0);
    for (at, change) in moves {
        if at >= from_h {
            most = most.max(level);
        }
        if at > until_h {
            break;
        }
        level += change;
    }
    most as f64 * plan.stations[station].lot
}

impl Window {
    /// Waits of those that got the station in the span, h.
    fn waits(self, run: &Played) -> impl Iterator<Item = f64> {
        let lives = run.lives.all.iter();
        let ours = lives.filter(move |life| self.flow.is_none_or(|flow| flow == life.of.flow));
        ours.flat_map(|life| &life.stays).filter_map(move |stay| {
            let at = stay.seized_h?;
            let within = stay.station == self.station && self.from_h <= at && at < self.until_h;
            within.then_some(at - stay.asked_h)
        })
    }

    fn per_day(self, plan: &Plan<'_>, run: &Played) -> f64 {
        let days = (self.until_h - self.from_h) / 24.0;
        self.waits(run).count() as f64 * plan.stations[self.station].lot / days
    }
}
