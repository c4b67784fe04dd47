//! What a flow does: its visits one after the other, and what its actors do rather than waiting.

use portsim::Distribution;
use portsim::model::{Branch, Exits, Go, Pick, Route, Seize, Stage};

use super::super::flow::{Act, Flow, Rule, Visit, When};
use super::super::plan::Plan;
use crate::param::Draw;
use crate::study::{StayLaw, Value};

/// Name of the route on which a flow begins.
pub(super) fn first(flow: &str) -> String {
    visit_name(flow, 0)
}

fn visit_name(flow: &str, number: usize) -> String {
    format!("{flow}, visit {number}")
}

/// Adds the routes of a flow.
pub(super) fn add(plan: &Plan<'_>, draw: &Draw, flow: &Flow, routes: &mut Vec<Route>) {
    for (number, visit) in flow.visits.iter().enumerate() {
        Way {
            plan,
            draw,
            flow,
            visit,
            number,
        }
        .add(routes);
    }
}

/// A visit being written as routes.
struct Way<'a> {
    plan: &'a Plan<'a>,
    draw: &'a Draw,
    flow: &'a Flow,
    visit: &'a Visit,
    number: usize,
}

impl Way<'_> {
    fn worth(&self, value: &Value) -> f64 {
        value.of(&self.plan.params, self.draw)
    }

    fn name(&self) -> String {
        visit_name(&self.flow.id, self.number)
    }

    fn add(&self, routes: &mut Vec<Route>) {
        let deciding = self.visit.deciding.as_ref().map_or(1.0, |s| self.worth(s));
        let has_rules = !self.visit.rules.is_empty() && deciding > 0.0;
        let mut heads: Vec<(String, f64, bool)> = Vec::new();
        if has_rules {
            heads.push((format!("{}, deciding", self.name()), deciding, true));
        }
        if !has_rules || deciding < 1.0 {
            heads.push((format!("{}, waiting", self.name()), 1.0 - deciding, false));
        }
        let mut stages = Vec::new();
        if let Some(before) = &self.visit.before_h {
            stages.push(delay(self.worth(before)));
        }
        let branch = |(route, weight, _): &(String, f64, bool)| Branch {
            route: route.clone(),
            weight: *weight,
            station: None,
            extra_h: portsim::Hours::default(),
        };
        stages.push(match heads.as_slice() {
            [(only, ..)] => Stage::Go {
                route: only.clone(),
            },
            several => Stage::Choose {
                pick: Pick::Weights,
                branches: several.iter().map(branch).collect(),
            },
        });
        routes.push(Route::new(&self.name(), stages));
        for (name, _, rules) in heads {
            self.choice(&name, rules, routes);
        }
        if has_rules {
            for (number, rule) in self.visit.rules.iter().enumerate() {
                if let Some(route) = self.rule_route(number, rule) {
                    routes.push(route);
                }
            }
        }
    }

    /// The choice between stations that do as well, and the visits of each.
    fn choice(&self, name: &str, rules: bool, routes: &mut Vec<Route>) {
        if self.visit.or.is_empty() {
            routes.push(Route::new(name, self.at(self.visit.station, rules)));
            return;
        }
        let first = std::iter::once((self.visit.station, 0.0));
        let others = self
            .visit
            .or
            .iter()
            .map(|(ix, extra)| (*ix, self.worth(extra)));
        let mut branches = Vec::new();
        for (station, extra_h) in first.chain(others) {
            let id = &self.plan.stations[station].id;
            let route = format!("{name}, at {id}");
            branches.push(Branch {
                route: route.clone(),
                weight: 0.0,
                station: Some(id.clone()),
                extra_h: portsim::Hours::new(extra_h),
            });
            let mut stages = vec![delay(extra_h)];
            stages.extend(self.at(station, rules));
            routes.push(Route::new(&route, stages));
        }
        let pick = Pick::LeastTime;
        routes.push(Route::new(name, vec![Stage::Choose { pick, branches }]));
    }

    /// The visit itself, and on to the next.
    fn at(&self, station: usize, rules: bool) -> Vec<Stage> {
        let mut seize = Seize::one(&self.plan.stations[station].id);
        if rules {
            seize.exits = self.exits();
        }
        self.stay(station, seize)
    }

    fn stay(&self, station: usize, seize: Seize) -> Vec<Stage> {
        let stay = self.visit.stay_h.as_ref().map(|hours| {
            let mean = self.worth(hours);
            match self.visit.stay_law {
                StayLaw::Fixed => Distribution::Fixed(mean),
                StayLaw::Erlang2 => Distribution::Erlang { stages: 2, mean },
                StayLaw::Exponential => Distribution::Exponential { mean },
            }
        });
        let stay = stay.or_else(|| {
            let slower = self.plan.is_ever_slower(station);
            slower.then_some(Distribution::Fixed(0.0))
        });
        let mut stages = match stay {
            Some(time_h) => vec![Stage::Serve { seize, time_h }],
            None => vec![Stage::Seize(seize)],
        };
        stages.extend(self.onward());
        stages
    }

    fn onward(&self) -> Option<Stage> {
        let next = self.number + 1;
        (next < self.flow.visits.len()).then(|| Stage::Go {
            route: visit_name(&self.flow.id, next),
        })
    }

    fn exits(&self) -> Exits {
        let mut exits = Exits::default();
        for (number, rule) in self.visit.rules.iter().enumerate() {
            let go = match rule.act {
                Act::GiveUp => Go::Leave,
                _ => Go::Route(self.rule_name(number)),
            };
            match &rule.when {
                When::ExpectedOver(hours) => {
                    exits.expected_over_h = Some((self.patience(rule, hours), go));
                }
                When::Waited(hours) => {
                    exits.patience_h = Some((self.patience(rule, hours), go));
                }
                When::TooDeep => exits.too_large = Some(go),
                When::QueueOver(length) => {
                    let lots = f64::from(*length) / self.flow.lot;
                    exits.queue_at_least = Some((lots.ceil() as u32, go));
                }
            }
        }
        exits
    }

    /// How long is waited: by each as long as it likes, or by all alike.
    fn patience(&self, rule: &Rule, hours: &Value) -> Distribution {
        if rule.each_its_own {
            super::spread(hours)
        } else {
            Distribution::Fixed(self.worth(hours))
        }
    }

    fn rule_name(&self, number: usize) -> String {
        format!("{}, rule {number}", self.name())
    }

    fn rule_route(&self, number: usize, rule: &Rule) -> Option<Route> {
        let stages = match &rule.act {
            Act::GiveUp => return None,
            Act::Reroute(way, through) => {
                let passed = through.map(|ix| Stage::Seize(Seize::one(&self.plan.stations[ix].id)));
                let longer = delay(self.worth(&way.extra_h));
                passed.into_iter().chain([longer]).collect()
            }
            Act::Divert(to, way) => {
                let mut stages = vec![delay(self.worth(&way.extra_h))];
                stages.extend(self.stay(*to, Seize::one(&self.plan.stations[*to].id)));
                stages
            }
            Act::Rebook(class, ..) => {
                let mut seize = Seize::one(&self.plan.stations[self.visit.station].id);
                seize.priority = Some(*class);
                self.stay(self.visit.station, seize)
            }
            Act::Lighten(way) => {
                let mut seize = Seize::one(&self.plan.stations[self.visit.station].id);
                seize.draught_m = Some(0.0);
                let mut stages = vec![delay(self.worth(&way.extra_h))];
                stages.extend(self.stay(self.visit.station, seize));
                stages
            }
            Act::Hold(retry) => vec![
                delay(self.worth(retry)),
                Stage::Go {
                    route: format!("{}, deciding", self.name()),
                },
            ],
        };
        Some(Route::new(&self.rule_name(number), stages))
    }
}

fn delay(hours: f64) -> Stage {
    Stage::delay(Distribution::Fixed(hours))
}
