//! Arrivals: steady, dated, surging, or split between two ways.

use portsim::model::{Arrivals, RateStep, Route, Seize, Source, Stage};
use portsim::{Distribution, Hours, Model};

use super::super::flow::Flow;
use super::super::plan::Plan;
use super::SourceOf;
use super::routes;
use crate::change::{Disruption, Effect};
use crate::param::Draw;
use crate::study::ArrivalProcess;

/// A function of time in steps: from when on, and how much.
type Steps = Vec<(f64, f64)>;

/// Adds the sources of all flows. Those of the undisturbed run come first and in the order of the
/// flows, so that the same ship is the same in every scenario.
pub(super) fn add(
    plan: &Plan<'_>,
    draw: &Draw,
    scenario: Option<usize>,
    model: &mut Model,
) -> Vec<SourceOf> {
    let mut sources = Vec::new();
    let mut later: Vec<(Source, SourceOf)> = Vec::new();
    for (flow, facts) in plan.flows.iter().enumerate() {
        let mut main = SourceOf {
            flow,
            paired: true,
            avoids: None,
        };
        let mut rates = base(plan, draw, facts);
        let mut arrivals = if facts.rates.is_empty() {
            steady(facts, rates[0].1)
        } else {
            profile(&rates)
        };
        for (number, disruption) in hits(plan, scenario, flow) {
            let Some(steps) = steps(plan, draw, disruption) else {
                continue;
            };
            let name = |what: &str| format!("{} ({what} {number})", facts.id);
            if let Effect::Avoid { by, .. } = &disruption.effect {
                let avoiding = product(&rates, &steps, |rate, share| rate * share);
                rates = product(&rates, &steps, |rate, share| rate * (1.0 - share));
                (arrivals, main.paired) = (profile(&rates), false);
                let route = name("other way");
                model.routes.push(other_way(plan, draw, &route, by));
                later.push((
                    Source::new(&route, profile(&avoiding), &route),
                    SourceOf {
                        flow,
                        paired: false,
                        avoids: scenario.map(|scenario| (scenario, number)),
                    },
                ));
            } else if steps.iter().all(|(_, times)| *times >= 1.0) {
                let more = product(&rates, &steps, |rate, times| rate * (times - 1.0));
                let mut source =
                    Source::new(&name("more"), profile(&more), &routes::first(&facts.id));
                describe(&mut source, facts);
                let of = SourceOf {
                    flow,
                    paired: false,
                    avoids: None,
                };
                later.push((source, of));
            } else {
                rates = product(&rates, &steps, |rate, times| rate * times);
                (arrivals, main.paired) = (profile(&rates), false);
            }
        }
        let mut source = Source::new(&facts.id, arrivals, &routes::first(&facts.id));
        describe(&mut source, facts);
        model.sources.push(source);
        sources.push(main);
    }
    for (source, of) in later {
        model.sources.push(source);
        sources.push(of);
    }
    sources
}

/// What each of a flow is.
fn describe(source: &mut Source, flow: &Flow) {
    source.priority = flow.class;
    source.draught_m = flow.draught_m.as_ref().map(super::spread);
}

/// Disruptions of a scenario that hit a flow.
fn hits<'p>(
    plan: &'p Plan<'_>,
    scenario: Option<usize>,
    flow: usize,
) -> impl Iterator<Item = (usize, &'p Disruption)> {
    scenario.into_iter().flat_map(move |scenario| {
        let scenario = &plan.scenarios[scenario];
        let all = scenario.disruptions.iter().zip(&scenario.hits).enumerate();
        all.filter(move |(_, (_, hit))| hit.flows.contains(&flow))
            .map(|(number, (disruption, _))| (number, disruption))
    })
}

/// Arrivals a day of lots in the undisturbed run.
fn base(plan: &Plan<'_>, draw: &Draw, flow: &Flow) -> Steps {
    let per_day = |value: &crate::study::Value| value.of(&plan.params, draw) / flow.lot;
    let dated = flow.rates.iter().map(|(at, rate)| (*at, per_day(rate)));
    let before = (0.0, per_day(&flow.per_day));
    match flow.rates.first() {
        Some((at, _)) if *at <= 0.0 => dated.collect(),
        _ => std::iter::once(before).chain(dated).collect(),
    }
}

/// What a disruption multiplies arrivals with, or the share that stays away.
fn steps(plan: &Plan<'_>, draw: &Draw, disruption: &Disruption) -> Option<Steps> {
    let (steps, otherwise) = match &disruption.effect {
        Effect::Arrivals(steps) => (steps, 1.0),
        Effect::Avoid { share, .. } => (share, 0.0),
        _ => return None,
    };
    let end_h = plan.end_h(disruption, draw);
    let mut found: Steps = vec![(0.0, otherwise)];
    for (at, value) in steps {
        let at = plan.clock.hours(*at);
        if at <= 0.0 {
            found.clear();
        }
        if end_h.is_none_or(|end| at < end) {
            found.push((at.max(0.0), value.of(&plan.params, draw)));
        }
    }
    found.extend(end_h.map(|end| (end, otherwise)));
    Some(found)
}

/// Two functions of time, joined at all their steps.
fn product(one: &Steps, other: &Steps, join: impl Fn(f64, f64) -> f64) -> Steps {
    let mut times: Vec<f64> = one.iter().chain(other).map(|(at, _)| *at).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    let at = |steps: &Steps, time: f64| {
        let before = steps.iter().rev().find(|(from, _)| *from <= time);
        before.map_or(0.0, |(_, value)| *value)
    };
    times
        .into_iter()
        .map(|time| (time, join(at(one, time), at(other, time))))
        .collect()
}

fn profile(steps: &Steps) -> Arrivals {
    Arrivals::Profile {
        steps: steps
            .iter()
            .map(|(from, per_day)| RateStep {
                from_h: Hours::new(*from),
                per_day: *per_day,
            })
            .collect(),
        period_h: None,
    }
}

fn steady(flow: &Flow, per_day: f64) -> Arrivals {
    let headway = 24.0 / per_day;
    match flow.process {
        ArrivalProcess::Poisson => Arrivals::Poisson { per_day },
        ArrivalProcess::Erlang2 if per_day > 0.0 => Arrivals::Renewal {
            interval_h: Distribution::Erlang {
                stages: 2,
                mean: headway,
            },
        },
        ArrivalProcess::Regular if per_day > 0.0 => Arrivals::Every {
            headway_h: Hours::new(headway),
            first_h: Hours::new(headway / 2.0),
            late_h: None,
        },
        ArrivalProcess::Erlang2 | ArrivalProcess::Regular => Arrivals::Poisson { per_day },
    }
}

fn other_way(plan: &Plan<'_>, draw: &Draw, name: &str, by: &crate::change::OtherWay) -> Route {
    let hours = by.extra_h.of(&plan.params, draw);
    let mut stages = Vec::new();
    if let Some(through) = &by.through {
        stages.push(Stage::Seize(Seize::one(through)));
    }
    stages.push(Stage::delay(Distribution::Fixed(hours)));
    Route::new(name, stages)
}
