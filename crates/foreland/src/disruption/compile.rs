//! From a plan and a draw to a model of the engine.

mod calendar;
mod routes;
mod sources;

use portsim::model::{Discipline, Kind, Quota, Station as Queue};
use portsim::{Distribution, Hours, Model};

use super::flow::{Act, When};
use super::plan::{Plan, each_of_way};
use super::station::{Capacity, Station};
use crate::change::{DisruptionEnd, Effect};
use crate::param::Draw;
use crate::study::Value;

/// A model with what is needed to read its results.
pub(super) struct Compiled {
    pub(super) model: Model,
    /// What each source of the model is.
    pub(super) sources: Vec<SourceOf>,
}

/// What a source of the model is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SourceOf {
    /// Place of its flow.
    pub(super) flow: usize,
    /// Whether its arrivals are those of the undisturbed run, one by one.
    pub(super) paired: bool,
    /// The scenario and its disruption that sends it another way.
    pub(super) avoids: Option<(usize, usize)>,
}

/// The model of the undisturbed run, or of a scenario.
pub(super) fn model(plan: &Plan<'_>, draw: &Draw, scenario: Option<usize>) -> Compiled {
    let clock = &plan.clock;
    let mut model = Model::new(Hours::new(clock.horizon_h));
    model.warm_up_h = Hours::new(clock.count_from_h);
    model.sample_every_h = Some(Hours::new(clock.step_h));
    // A disruption may overwhelm a station for as long as it lasts; the undisturbed run may not.
    model.limits.allow_unstable = scenario.is_some();
    for (number, station) in plan.stations.iter().enumerate() {
        let mut queue = queue(plan, draw, station);
        queue.changes = calendar::changes(plan, draw, scenario, number);
        model.stations.push(queue);
    }
    let sources = sources::add(plan, draw, scenario, &mut model);
    for flow in &plan.flows {
        routes::add(plan, draw, flow, &mut model.routes);
    }
    Compiled { model, sources }
}

fn queue(plan: &Plan<'_>, draw: &Draw, station: &Station) -> Queue {
    let mut queue = match &station.capacity {
        Capacity::Servers(servers) => {
            let servers = servers.of(&plan.params, draw) / station.lot;
            Queue::servers(&station.id, servers.round().max(0.0) as u32)
        }
        Capacity::Slots {
            per_day,
            every_h,
            booked_share,
        } => {
            let per_day = per_day.of(&plan.params, draw) / station.lot;
            let mut queue = Queue::slots(&station.id, per_day, Hours::new(*every_h));
            if let (Some(share), Kind::Slots { quotas, .. }) = (booked_share, &mut queue.kind) {
                quotas.push(Quota {
                    priority: 0,
                    share: share.of(&plan.params, draw),
                });
            }
            queue
        }
    };
    if station.by_class {
        queue.discipline = Discipline::Priority;
    }
    queue.opening = station.open_hours.map(calendar::opening);
    queue
}

/// A quantity that each has of its own, spread over its range.
fn spread(value: &Value) -> Distribution {
    let [low, mode, high] = value.range();
    if low < high {
        Distribution::Triangular { low, mode, high }
    } else {
        Distribution::Fixed(mode)
    }
}

/// Tells every value that the plan draws.
pub(super) fn each_value(plan: &Plan<'_>, tell: &mut dyn FnMut(&Value)) {
    tell(&plan.regular_within_h);
    for station in &plan.stations {
        match &station.capacity {
            Capacity::Servers(servers) => tell(servers),
            Capacity::Slots {
                per_day,
                booked_share,
                ..
            } => {
                tell(per_day);
                booked_share.iter().for_each(&mut *tell);
            }
        }
    }
    for flow in &plan.flows {
        tell(&flow.per_day);
        flow.draught_m.iter().for_each(&mut *tell);
        flow.rates.iter().for_each(|(_, rate)| tell(rate));
        flow.day_cost.iter().for_each(|(_, usd)| tell(usd));
        flow.day_wtw_t.iter().for_each(&mut *tell);
        for cargo in &flow.cargo {
            tell(&cargo.t);
            tell(&cargo.value_usd_per_t);
            tell(&cargo.given_up_share);
            cargo.teu.iter().for_each(&mut *tell);
            if let Some((free_d, pct)) = &cargo.decay {
                tell(free_d);
                tell(pct);
            }
        }
        for visit in &flow.visits {
            visit.or.iter().for_each(|(_, extra)| tell(extra));
            let optional = [&visit.before_h, &visit.stay_h, &visit.deciding];
            optional.into_iter().flatten().for_each(&mut *tell);
            for rule in &visit.rules {
                match &rule.when {
                    When::ExpectedOver(hours) | When::Waited(hours) => tell(hours),
                    When::QueueOver(_) | When::TooDeep => {}
                }
                match &rule.act {
                    Act::Reroute(way, _) | Act::Divert(_, way) | Act::Lighten(way) => {
                        each_of_way(way, tell);
                    }
                    Act::Rebook(_, usd, _) => usd.iter().for_each(&mut *tell),
                    Act::Hold(hours) => tell(hours),
                    Act::GiveUp => {}
                }
            }
        }
    }
    for disruption in plan.scenarios.iter().flat_map(|s| &s.disruptions) {
        if let DisruptionEnd::After(lasts) = &disruption.end {
            tell(lasts);
        }
        disruption.believed_h.iter().for_each(&mut *tell);
        match &disruption.effect {
            Effect::Part { part, .. } => tell(part),
            Effect::UnitsLost(units) => tell(units),
            Effect::Ration { slots, draught_m } => {
                let steps = slots.iter().chain(draught_m);
                steps.for_each(|(_, value)| tell(value));
            }
            Effect::Arrivals(steps) => steps.iter().for_each(|(_, value)| tell(value)),
            Effect::Longer(hours) => tell(hours),
            Effect::Opens => {}
            Effect::Avoid { share, by, .. } => {
                share.iter().for_each(|(_, value)| tell(value));
                each_of_way(by, tell);
            }
            Effect::RampUp { from_part, days } => {
                tell(from_part);
                tell(days);
            }
        }
    }
    for recurrence in &plan.recurrences {
        tell(&recurrence.per_year);
        recurrence.clustering.iter().for_each(&mut *tell);
    }
}
