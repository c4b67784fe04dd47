//! What a disruption costs, kind by kind. Kinds are never added up.

use super::flow::{Act, Cargo, Flow};
use super::lives::{Life, LifeEnd, Lives};
use super::plan::Plan;
use super::record::LossRecord;
use super::replicate::Played;
use crate::change::{Effect, OtherWay};
use crate::param::Draw;
use crate::study::{LossKind, Value};

/// How much later each entity of a scenario is through than it would have been.
pub(super) struct Delays {
    pub(super) all: Vec<Delay>,
}

/// The delay of an entity.
pub(super) struct Delay {
    pub(super) flow: usize,
    /// Below zero if it is earlier.
    pub(super) delay_h: f64,
    /// When it was through; none if it is not by the horizon: the delay is then at least that.
    pub(super) finished_h: Option<f64>,
}

impl Delays {
    /// Entities with the same arrival in both runs are compared with themselves, others with the
    /// mean time of their flow in the undisturbed run. Those that give up have no delay.
    pub(super) fn of(plan: &Plan<'_>, run: &Played, calm: &Played) -> Delays {
        let (from_h, horizon_h) = (plan.clock.count_from_h, plan.clock.horizon_h);
        let means: Vec<Option<f64>> = (0..plan.flows.len())
            .map(|flow| mean_time(&calm.lives, flow, from_h))
            .collect();
        let counted = run.lives.all.iter().filter(|life| life.came_h >= from_h);
        let delay = |life: &Life| {
            let finished_h = match life.end {
                LifeEnd::Finished(at) => Some(at),
                LifeEnd::Inside => None,
                LifeEnd::GaveUp => return None,
            };
            let otherwise_h = match calm.lives.twin(&life.name) {
                Some(twin) if life.of.paired => match twin.end {
                    LifeEnd::Finished(at) => at,
                    LifeEnd::Inside | LifeEnd::GaveUp => return None,
                },
                _ => life.came_h + means[life.of.flow]?,
            };
            let until_h = finished_h.unwrap_or(horizon_h);
            // Who is still inside as it would be anyway is not late yet.
            if finished_h.is_none() && until_h <= otherwise_h {
                return None;
            }
            Some(Delay {
                flow: life.of.flow,
                delay_h: until_h - otherwise_h,
                finished_h,
            })
        };
        Delays {
            all: counted.filter_map(delay).collect(),
        }
    }
}

/// Mean time from coming to leaving of a flow, h.
fn mean_time(lives: &Lives, flow: usize, from_h: f64) -> Option<f64> {
    let mut times = (0.0, 0.0);
    for life in lives.all.iter().filter(|life| life.came_h >= from_h) {
        if let (true, LifeEnd::Finished(at)) = (life.of.flow == flow, life.end) {
            times = (times.0 + at - life.came_h, times.1 + 1.0);
        }
    }
    (times.1 > 0.0).then(|| times.0 / times.1)
}

/// Everyone who pays in a plan, in alphabetical order.
pub(super) fn payers(plan: &Plan<'_>) -> Vec<String> {
    let mut payers: Vec<String> = Vec::new();
    for flow in &plan.flows {
        payers.extend(flow.day_cost.iter().map(|(payer, _)| payer.clone()));
        for rule in flow.visits.iter().flat_map(|visit| &visit.rules) {
            match &rule.act {
                Act::Reroute(way, _) | Act::Divert(_, way) | Act::Lighten(way) => {
                    payers.push(way.payer.clone());
                }
                Act::Rebook(_, _, payer) => payers.push(payer.clone()),
                Act::Hold(_) | Act::GiveUp => {}
            }
        }
    }
    for disruption in plan.scenarios.iter().flat_map(|s| &s.disruptions) {
        if let Effect::Avoid { by, .. } = &disruption.effect {
            payers.push(by.payer.clone());
        }
    }
    payers.sort();
    payers.dedup();
    payers
}

/// What each flow loses.
pub(super) fn losses(
    plan: &Plan<'_>,
    draw: &Draw,
    run: &Played,
    calm: &Played,
    delays: &Delays,
    tolerance_h: f64,
) -> Vec<LossRecord> {
    let books = Books {
        plan,
        draw,
        payers: payers(plan),
    };
    let mut losses: Vec<LossRecord> = plan.flows.iter().map(|_| books.empty()).collect();
    for delay in &delays.all {
        let flow = &plan.flows[delay.flow];
        books.late(flow, delay.delay_h, tolerance_h, &mut losses[delay.flow]);
    }
    for (played, sign) in [(run, 1.0), (calm, -1.0)] {
        for life in &played.lives.all {
            if life.came_h >= plan.clock.count_from_h {
                let flow = &plan.flows[life.of.flow];
                books.decided(flow, life, sign * flow.lot, &mut losses[life.of.flow]);
            }
        }
    }
    losses
}

/// A kind of loss in money, USD.
pub(super) fn of_kind(loss: &LossRecord, kind: LossKind) -> f64 {
    match kind {
        LossKind::ValueDelayed => loss.value_delayed_usd,
        LossKind::ValueLost => loss.value_lost_usd,
        LossKind::ExtraCost => loss.extra_cost_usd.iter().sum(),
    }
}

struct Books<'a> {
    plan: &'a Plan<'a>,
    draw: &'a Draw,
    payers: Vec<String>,
}

impl Books<'_> {
    fn worth(&self, value: &Value) -> f64 {
        value.of(&self.plan.params, self.draw)
    }

    fn empty(&self) -> LossRecord {
        LossRecord {
            extra_cost_usd: vec![0.0; self.payers.len()],
            ..LossRecord::default()
        }
    }

    fn pay(&self, payer: &str, usd: f64, loss: &mut LossRecord) {
        if let Some(place) = self.payers.iter().position(|known| known == payer) {
            loss.extra_cost_usd[place] += usd;
        }
    }

    fn value_usd(&self, cargo: &Cargo) -> f64 {
        self.worth(&cargo.t) * self.worth(&cargo.value_usd_per_t)
    }

    /// A lot that is later or earlier than otherwise.
    fn late(&self, flow: &Flow, delay_h: f64, tolerance_h: f64, loss: &mut LossRecord) {
        let delay_d = delay_h / 24.0;
        let is_late = delay_h > tolerance_h;
        let late = if is_late { flow.lot } else { 0.0 };
        loss.delayed += late;
        loss.delay_d += flow.lot * delay_d;
        for cargo in &flow.cargo {
            let t = self.worth(&cargo.t);
            let teu = cargo.teu.as_ref().map_or(0.0, |teu| self.worth(teu));
            let value_usd = self.value_usd(cargo);
            loss.delay_t_d += flow.lot * t * delay_d;
            loss.delay_teu_d += flow.lot * teu * delay_d;
            loss.delayed_t += late * t;
            loss.delayed_teu += late * teu;
            loss.value_delayed_usd += late * value_usd;
            if let Some((free_d, pct)) = &cargo.decay {
                let spoilt_d = (delay_d - self.worth(free_d)).max(0.0);
                let share = (spoilt_d * self.worth(pct) / 100.0).min(1.0);
                loss.value_lost_usd += flow.lot * value_usd * share;
            }
        }
        for (payer, usd) in &flow.day_cost {
            self.pay(payer, flow.lot * delay_d * self.worth(usd), loss);
        }
        if let Some(wtw_t) = &flow.day_wtw_t {
            loss.extra_wtw_t += flow.lot * delay_d * self.worth(wtw_t);
        }
    }

    /// What an entity's decisions cost.
    fn decided(&self, flow: &Flow, life: &Life, units: f64, loss: &mut LossRecord) {
        for rule in life.rules(flow) {
            match &rule.act {
                Act::Reroute(way, _) | Act::Divert(_, way) | Act::Lighten(way) => {
                    self.other_way(way, units, loss);
                }
                Act::Rebook(_, usd, payer) => {
                    let usd = usd.as_ref().map_or(0.0, |usd| self.worth(usd));
                    self.pay(payer, units * usd, loss);
                }
                Act::Hold(_) | Act::GiveUp => {}
            }
        }
        if let Some(way) = life.of.avoids.and_then(|place| self.avoided(place)) {
            self.other_way(way, units, loss);
        }
        if life.end == LifeEnd::GaveUp {
            for cargo in &flow.cargo {
                let share = self.worth(&cargo.given_up_share);
                loss.value_lost_usd += units * self.value_usd(cargo) * share;
            }
        }
    }

    fn other_way(&self, way: &OtherWay, units: f64, loss: &mut LossRecord) {
        let usd = way.extra_usd.as_ref().map_or(0.0, |usd| self.worth(usd));
        self.pay(&way.payer, units * usd, loss);
        let wtw_t = way.extra_wtw_t.as_ref().map_or(0.0, |t| self.worth(t));
        loss.extra_wtw_t += units * wtw_t;
    }

    /// The other way of those that avoid a station.
    fn avoided(&self, (scenario, number): (usize, usize)) -> Option<&OtherWay> {
        match &self.plan.scenarios[scenario].disruptions[number].effect {
            Effect::Avoid { by, .. } => Some(by),
            _ => None,
        }
    }
}
