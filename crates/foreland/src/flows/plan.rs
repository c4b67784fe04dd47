//! The section `[flows]` of a study, resolved against the atlas.

use std::ops::Range;

use super::calibrate::Point;
use super::lanes;
use super::parameters::FlowParameters;
use super::trades::{self, Trades};
use crate::atlas::FactRow;
use crate::change;
use crate::error::Error;
use crate::names::closest;
use crate::param::Draw;
use crate::request::RunRequest;
use crate::study::{FlowsSpec, Located, ScenarioSpec, StudyFault};
use crate::world::{PortIx, World};

/// Parameter samples of studies that state none.
const REPLICATIONS: u32 = 60;
/// Chains that each lane chooses from in studies that state none.
const CHAINS: u32 = 8;

/// The section, resolved.
pub(super) struct Plan<'a> {
    pub(super) spec: &'a FlowsSpec,
    pub(super) world: World,
    pub(super) scenarios: Vec<Scenario<'a>>,
    pub(super) parameters: FlowParameters,
    pub(super) trades: Trades,
    pub(super) loads: Vec<(PortIx, f64)>,
    pub(super) points: Vec<Point>,
    /// Published containers by countries of origin and destination.
    pub(super) published: Vec<(&'a str, &'a str, &'a FactRow)>,
    pub(super) investment: Option<Investment<'a>>,
    /// Index of the scenario in which rivals answer.
    pub(super) rival: Option<usize>,
    pub(super) replications: u32,
    pub(super) chains: usize,
}

/// A scenario's world.
pub(super) struct Scenario<'a> {
    pub(super) spec: &'a ScenarioSpec,
    pub(super) world: World,
}

/// An investment, resolved.
pub(super) struct Investment<'a> {
    pub(super) title: &'a str,
    pub(super) port: &'a str,
    /// Index of the scenario.
    pub(super) scenario: usize,
    pub(super) cost: &'a FactRow,
    pub(super) published_teu: Option<f64>,
}

struct Resolver<'a> {
    request: &'a RunRequest<'a>,
    faults: Vec<StudyFault>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(request: &'a RunRequest<'a>, spec: &'a FlowsSpec) -> Result<Self, Error> {
        let atlas = request.atlas;
        let mut world = World::at(atlas, spec.date.0)?;
        let mut problems = Vec::new();
        let parameters = FlowParameters::of(&world.params, &mut problems);
        let Some(parameters) = parameters.filter(|_| problems.is_empty()) else {
            return Err(Error::World {
                date: spec.date.0,
                problems,
            });
        };
        let mut resolver = Resolver {
            request,
            faults: Vec::new(),
        };
        world.hubs = spec.transship_at.as_ref().map(|codes| {
            let found = codes.iter().filter_map(|code| resolver.port(&world, code));
            found.collect::<Vec<PortIx>>()
        });
        let scenarios = resolver.scenarios(&world, spec)?;
        let index = |id: &str| scenarios.iter().position(|s| s.spec.id.get() == id);
        let loads = resolver.loads(&world, spec);
        let points = resolver.points(&world, spec);
        let published = spec
            .published
            .iter()
            .filter_map(|p| {
                Some((
                    p.origin.get().as_str(),
                    p.destination.get().as_str(),
                    resolver.fact(&p.fact)?,
                ))
            })
            .collect();
        let investment = resolver.investment(spec, &index);
        let rival = spec.rival.as_ref().and_then(|id| {
            let found = index(id.get());
            if found.is_none() {
                resolver.unknown(id.span(), "scenario", id.get());
            }
            found
        });
        let trades = resolver.trades(&world, spec);
        let stated = resolver.bounded(&spec.replications, 1, 100_000, REPLICATIONS);
        // Who asks for fewer samples of a study wants fewer here too.
        let replications = request
            .replications
            .map_or(stated, |asked| asked.min(stated));
        let chains = resolver.bounded(&spec.chains, 1, 50, CHAINS) as usize;
        if !resolver.faults.is_empty() {
            return Err(request.study.text.error(resolver.faults).into());
        }
        Ok(Plan {
            spec,
            world,
            scenarios,
            parameters,
            trades,
            loads,
            points,
            published,
            investment,
            rival,
            replications,
            chains,
        })
    }
}

impl<'a> Resolver<'a> {
    fn fault(&mut self, span: Range<usize>, message: String, remedy: Option<String>) {
        let text = &self.request.study.text;
        self.faults.push(text.fault(span, message, remedy));
    }

    fn unknown(&mut self, span: Range<usize>, what: &str, id: &str) {
        self.fault(
            span,
            format!("`flows` looks at no {what} `{id}`"),
            Some("name one of the study, and in `scenarios` if that is given".to_owned()),
        );
    }

    fn bounded(&mut self, value: &Option<Located<u32>>, min: u32, max: u32, or: u32) -> u32 {
        let Some(value) = value else { return or };
        if !(min..=max).contains(value.get()) {
            self.fault(
                value.span(),
                format!("{} is out of range", value.get()),
                Some(format!("give a number from {min} to {max}")),
            );
        }
        (*value.get()).clamp(min, max)
    }

    fn port(&mut self, world: &World, code: &Located<String>) -> Option<PortIx> {
        let found = world.port(code.get());
        if found.is_none() {
            let codes = world.ports.iter().map(|p| p.unlocode.as_str());
            let near = closest(code.get(), codes, 3);
            self.fault(
                code.span(),
                format!("the atlas has no port `{}`", code.get()),
                (!near.is_empty()).then(|| format!("did you mean {}?", near.join(", "))),
            );
        }
        found
    }

    fn fact(&mut self, name: &Located<String>) -> Option<&'a FactRow> {
        let rows = &self.request.atlas.facts.rows;
        let key = |row: &FactRow| format!("{}/{}", row.subject, row.metric);
        let found = rows.iter().find(|row| key(row) == *name.get());
        let found = found.filter(|row| row.value.is_some());
        if found.is_none() {
            let keys: Vec<String> = rows.iter().map(key).collect();
            let near = closest(name.get(), keys.iter().map(String::as_str), 3);
            self.fault(
                name.span(),
                format!("facts.csv gives no value for `{}`", name.get()),
                Some(if near.is_empty() {
                    "write `subject/metric`".to_owned()
                } else {
                    format!("did you mean {}?", near.join(", "))
                }),
            );
        }
        found
    }

    fn scenarios(
        &mut self,
        world: &World,
        spec: &'a FlowsSpec,
    ) -> Result<Vec<Scenario<'a>>, Error> {
        let study = self.request.study;
        let mut list = Vec::new();
        let wanted: Vec<&'a ScenarioSpec> = match &spec.scenarios {
            None => study.spec.scenario.iter().collect(),
            Some(ids) => {
                let mut found = Vec::new();
                for id in ids {
                    match study.spec.scenario.iter().find(|s| s.id.get() == id.get()) {
                        Some(scenario) => found.push(scenario),
                        None => self.fault(
                            id.span(),
                            format!("the study has no scenario `{}`", id.get()),
                            Some("add it, or remove it here".to_owned()),
                        ),
                    }
                }
                found
            }
        };
        for scenario in wanted.into_iter().chain(&spec.scenario) {
            self.request.check_cancelled()?;
            let id = format!("scenario/{}", scenario.id.get());
            let on = scenario.on.as_ref().map(|day| day.0);
            let (atlas, text) = (self.request.atlas, &study.text);
            match change::apply(world, atlas, text, &id, &scenario.change, on) {
                Ok(after) => list.push(Scenario {
                    spec: scenario,
                    world: after.world,
                }),
                Err(more) => self.faults.extend(more),
            }
        }
        Ok(list)
    }

    fn loads(&mut self, world: &World, spec: &'a FlowsSpec) -> Vec<(PortIx, f64)> {
        let mut loads = Vec::new();
        for load in &spec.load {
            let port = self.port(world, &load.port);
            let fact = self.fact(&load.fact);
            if let (Some(port), Some(value)) = (port, fact.and_then(|row| row.value)) {
                loads.push((port, value));
            }
        }
        loads
    }

    fn points(&mut self, world: &World, spec: &'a FlowsSpec) -> Vec<Point> {
        let mut points = Vec::new();
        for observed in &spec.observed {
            let part = self.fact(&observed.fact);
            let whole = observed.of.as_ref().map(|of| self.fact(of));
            let subject = match Point::subject(observed, self.request.atlas, world) {
                Ok(subject) => subject,
                Err((span, message)) => {
                    self.fault(span, message, None);
                    continue;
                }
            };
            let (Some(part), false) = (part, matches!(whole, Some(None))) else {
                continue;
            };
            let scaled = part.value.unwrap_or(0.0) * observed.scaled.unwrap_or(1.0);
            let share = match whole.flatten() {
                Some(whole) => scaled / whole.value.unwrap_or(f64::INFINITY),
                None => scaled / 100.0,
            };
            if !(0.0..=1.0).contains(&share) {
                self.fault(
                    observed.fact.span(),
                    format!("{share} is not a share"),
                    Some("name a fact in %, or give the whole in `of`".to_owned()),
                );
                continue;
            }
            points.push(Point {
                title: observed.title.clone(),
                role: observed.role,
                observed: share,
                source: part.origin.source.clone(),
                subject,
            });
        }
        points
    }

    fn investment(
        &mut self,
        spec: &'a FlowsSpec,
        index: &dyn Fn(&str) -> Option<usize>,
    ) -> Option<Investment<'a>> {
        let wanted = spec.investment.as_ref()?;
        let cost = self.fact(&wanted.cost);
        let throughput = wanted.throughput.as_ref().and_then(|fact| self.fact(fact));
        let scenario = index(wanted.scenario.get());
        if scenario.is_none() {
            let id = wanted.scenario.get().clone();
            self.unknown(wanted.scenario.span(), "scenario", &id);
        }
        Some(Investment {
            title: &wanted.title,
            port: wanted.port.get(),
            scenario: scenario?,
            cost: cost?,
            published_teu: throughput.and_then(|row| row.value),
        })
    }

    fn trades(&mut self, world: &World, spec: &'a FlowsSpec) -> Trades {
        let mut trades = Trades {
            followed: Vec::new(),
            unplaced: Vec::new(),
        };
        let max_age = Draw::central(&world.params).get(world.model.figure_max_age_years);
        for country in &spec.countries {
            if !lanes::has_places(self.request.atlas, country.get()) {
                self.fault(
                    country.span(),
                    format!("demand-places.csv names no place in `{}`", country.get()),
                    Some("add its places with their shares".to_owned()),
                );
                continue;
            }
            trades::of_country(
                self.request.atlas,
                world,
                country.get(),
                max_age,
                &mut trades,
            );
        }
        trades
    }
}
