//! Flows of a simulation, resolved.

use super::plan::Resolver;
use super::station::Station;
use crate::change::{DEFAULT_PAYER, OtherWay};
use crate::param::Value;
use crate::study::{
    ArrivalProcess, CargoSpec, Located, OtherWaySpec, Quantity, RuleAct, RuleSpec, RuleWhen,
    SimulatedFlowSpec, StayLaw, VisitSpec,
};

/// Share of the value that is lost with a sale, if the study states none.
const GIVEN_UP_SHARE: [f64; 3] = [0.5, 1.0, 1.0];

/// A flow.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) unit: String,
    pub(super) target: Option<String>,
    pub(super) per_day: Value,
    /// Dated arrivals a day: hours from the start.
    pub(super) rates: Vec<(f64, Value)>,
    pub(super) process: ArrivalProcess,
    pub(super) lot: f64,
    pub(super) class: u8,
    pub(super) cargo: Vec<Cargo>,
    pub(super) day_cost: Vec<(String, Value)>,
    pub(super) day_wtw_t: Option<Value>,
    pub(super) visits: Vec<Visit>,
}

/// Goods aboard each unit.
#[derive(Clone, Debug)]
pub(super) struct Cargo {
    pub(super) t: Value,
    pub(super) teu: Option<Value>,
    pub(super) value_usd_per_t: Value,
    /// Days without loss, and % of the value a day thereafter.
    pub(super) decay: Option<(Value, Value)>,
    pub(super) given_up_share: Value,
}

/// A station that the flow passes.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    pub(super) station: usize,
    pub(super) or: Vec<(usize, Value)>,
    pub(super) before_h: Option<Value>,
    pub(super) stay_h: Option<Value>,
    pub(super) stay_law: StayLaw,
    pub(super) rules: Vec<Rule>,
    pub(super) deciding: Option<Value>,
}

impl Visit {
    /// The stations at which this visit can be made.
    pub(super) fn stations(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.station).chain(self.or.iter().map(|(station, _)| *station))
    }
}

/// What is done rather than waiting.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) when: When,
    pub(super) act: Act,
}

#[derive(Clone, Debug)]
pub(super) enum When {
    ExpectedOver(Value),
    Waited(Value),
    QueueOver(u32),
}

impl When {
    /// Whether the rule applies on arrival; after waiting otherwise.
    pub(super) fn on_arrival(&self) -> bool {
        !matches!(self, When::Waited(_))
    }
}

#[derive(Clone, Debug)]
pub(super) enum Act {
    Reroute(OtherWay, Option<usize>),
    Divert(usize, OtherWay),
    Rebook(u8, Option<Value>, String),
    Hold(Value),
    GiveUp,
}

impl Resolver<'_> {
    pub(super) fn flow(&mut self, spec: &SimulatedFlowSpec, stations: &[Station]) -> Option<Flow> {
        let id = spec.id.get().clone();
        let name = |column: &str| format!("flow/{id}/{column}");
        let per_day = self.value(
            &spec.per_day,
            &name("per_day"),
            format!("{} a day", spec.title),
            "1/day",
            1e6,
        );
        let mut rates = Vec::new();
        for (number, rate) in (1..).zip(&spec.rate) {
            let at = self
                .clock
                .within(rate.from.begin(), "the rate", rate.from.span(), self.text);
            let value = self.value(
                &rate.per_day,
                &name(&format!("rate-{number}")),
                format!("{} a day from {}", spec.title, rate.from.get()),
                "1/day",
                1e6,
            );
            match at {
                Ok(at) if rates.last().is_none_or(|(before, _)| *before < at) => {
                    rates.extend(value.map(|value| (at, value)));
                }
                Ok(_) => self.fault(
                    &rate.from,
                    format!("{} does not come after the rate before", rate.from.get()),
                    "put the rates in rising order of time",
                ),
                Err(faults) => self.faults.extend(faults),
            }
        }
        let cargo = spec.cargo.iter().filter_map(|cargo| self.cargo(cargo, &id));
        let cargo: Vec<Cargo> = cargo.collect();
        let mut day_cost = Vec::new();
        for cost in &spec.day_cost {
            let label = format!(
                "cost of a day of delay of {} for the {}",
                spec.title, cost.payer
            );
            let usd = self.value(
                &cost.usd,
                &name(&format!("day_cost/{}", cost.payer)),
                label,
                "USD/day",
                1e9,
            );
            day_cost.extend(usd.map(|usd| (cost.payer.clone(), usd)));
        }
        let day_wtw_t = self.optional(
            &spec.day_wtw_t,
            &name("day_wtw_t"),
            format!("emissions of a day of delay of {}", spec.title),
            "t CO2e/day",
        );
        if spec.visit.is_empty() {
            self.fault(
                &spec.id,
                format!("flow `{id}` passes no station"),
                "add a [[simulation.flow.visit]]",
            );
        }
        let mut visits = Vec::new();
        for (number, visit) in (1..).zip(&spec.visit) {
            visits.extend(self.visit(visit, number, &id, stations));
        }
        Some(Flow {
            title: spec.title.clone(),
            unit: spec.unit.clone(),
            target: spec.target.as_ref().map(|target| target.get().clone()),
            per_day: per_day?,
            rates,
            process: spec.process,
            lot: spec
                .lot
                .as_ref()
                .map_or(1.0, |lot| f64::from(**lot).max(1.0)),
            class: spec.class,
            cargo,
            day_cost,
            day_wtw_t,
            visits,
            id,
        })
    }

    fn cargo(&mut self, spec: &CargoSpec, flow: &str) -> Option<Cargo> {
        let id = spec.goods.get();
        let rows = &self.atlas.commodities.rows;
        let Some(row) = rows.iter().find(|row| row.id.as_str() == id) else {
            let known = rows.iter().map(|row| row.id.as_str());
            let known: Vec<&str> = known.collect();
            self.unknown(&spec.goods, "commodity", known.into_iter());
            return None;
        };
        let (title, perishable) = (row.name.clone(), row.perishable);
        if let (Some(decay), false) = (&spec.decay, perishable) {
            self.fault(
                &decay.free_d,
                format!("{title} does not spoil, by commodities.csv"),
                "remove the decay, or correct the column perishable",
            );
        }
        let name = |column: &str| format!("flow/{flow}/{id}/{column}");
        let decay = match &spec.decay {
            None => None,
            Some(decay) => {
                let free_d = self.value(
                    &decay.free_d,
                    &format!("goods/{id}/free_d"),
                    format!("days without loss of {title}"),
                    "d",
                    3650.0,
                );
                let pct = self.value(
                    &decay.pct_per_day,
                    &format!("goods/{id}/decay"),
                    format!("loss of value of {title} a day thereafter"),
                    "%/day",
                    100.0,
                );
                free_d.zip(pct)
            }
        };
        let given_up_share = match &spec.given_up_share {
            Some(share) => self.value(
                share,
                &name("given_up_share"),
                format!("share of the value of {title} lost with a sale"),
                "1",
                1.0,
            )?,
            None => Value::stated(
                "simulation/given_up_share".to_owned(),
                "share of the value lost with a sale".to_owned(),
                GIVEN_UP_SHARE,
                "1",
                "default: a sale that is given up loses half to all of the value",
            ),
        };
        Some(Cargo {
            value_usd_per_t: self.commodity_value(id)?,
            t: self.value(&spec.t, &name("t"), format!("{title} on each"), "t", 1e6)?,
            teu: self.optional(
                &spec.teu,
                &name("teu"),
                format!("boxes of {title} on each"),
                "TEU",
            ),
            decay,
            given_up_share,
        })
    }

    fn visit(
        &mut self,
        spec: &VisitSpec,
        number: usize,
        flow: &str,
        stations: &[Station],
    ) -> Option<Visit> {
        let name = |column: &str| format!("flow/{flow}/visit-{number}/{column}");
        let station = self.station_ix(&spec.station, stations);
        let mut or = Vec::new();
        for (place, way) in (1..).zip(&spec.or) {
            let station = self.station_ix(&way.station, stations);
            let extra = self.value(
                &way.extra_h,
                &name(&format!("or-{place}")),
                format!("extra time by {}", way.station.get()),
                "h",
                1e5,
            );
            or.extend(station.zip(extra));
        }
        let stay_h = self.optional(
            &spec.stay_h,
            &name("stay_h"),
            format!("time at {}", spec.station.get()),
            "h",
        );
        let held = station.filter(|&ix| !stations[ix].is_slots());
        if let (Some(_), None) = (held, &spec.stay_h) {
            self.fault(
                &spec.station,
                format!("how long is station `{}` held?", spec.station.get()),
                "give stay_h: servers are held and given back",
            );
        }
        let before_h = self.optional(
            &spec.before_h,
            &name("before_h"),
            format!("travel to {}", spec.station.get()),
            "h",
        );
        let deciding = self.optional(
            &spec.deciding_share,
            &name("deciding_share"),
            format!("share of those before {} that decide", spec.station.get()),
            "1",
        );
        let mut rules: Vec<Rule> = Vec::new();
        for (place, rule) in (1..).zip(&spec.rule) {
            let base = name(&format!("rule-{place}"));
            let Some(found) = self.rule(rule, &base, stations) else {
                continue;
            };
            let same = |other: &Rule| other.when.on_arrival() == found.when.on_arrival();
            if rules.iter().any(same) {
                self.faults.push(
                    self.text.fault(
                        rule.span(),
                        "two rules for the same moment",
                        Some(
                            "keep one for the arrival (expected_over_h or queue_over) and one for \
                         the wait (waited_h)"
                                .to_owned(),
                        ),
                    ),
                );
            }
            rules.push(found);
        }
        Some(Visit {
            station: station?,
            or,
            before_h,
            stay_h,
            stay_law: spec.stay_law,
            rules,
            deciding,
        })
    }

    fn rule(&mut self, spec: &RuleSpec, base: &str, stations: &[Station]) -> Option<Rule> {
        let name = |column: &str| format!("{base}/{column}");
        let when = match &spec.when {
            RuleWhen::ExpectedOverH(hours) => When::ExpectedOver(self.value(
                hours,
                &name("expected_over_h"),
                "expected wait from which another way is taken".to_owned(),
                "h",
                1e5,
            )?),
            RuleWhen::WaitedH(hours) => When::Waited(self.value(
                hours,
                &name("waited_h"),
                "wait after which another way is taken".to_owned(),
                "h",
                1e5,
            )?),
            RuleWhen::QueueOver(length) => When::QueueOver(**length),
        };
        let act = match &spec.act {
            RuleAct::Reroute(way) => {
                let through = match &way.through {
                    None => None,
                    Some(id) => Some(self.station_ix(id, stations)?),
                };
                Act::Reroute(self.other_way(way, base)?, through)
            }
            RuleAct::Divert(divert) => {
                let way = OtherWaySpec {
                    through: None,
                    extra_h: divert.extra_h.clone(),
                    extra_usd: divert.extra_usd.clone(),
                    payer: divert.payer.clone(),
                    extra_wtw_t: divert.extra_wtw_t.clone(),
                };
                Act::Divert(
                    self.station_ix(&divert.to, stations)?,
                    self.other_way(&way, base)?,
                )
            }
            RuleAct::Rebook(rebook) => Act::Rebook(
                rebook.class,
                self.optional(
                    &rebook.extra_usd,
                    &name("extra_usd"),
                    "price of another slot".to_owned(),
                    "USD",
                ),
                rebook.payer.clone().unwrap_or_else(|| DEFAULT_PAYER.into()),
            ),
            RuleAct::Hold(hold) => Act::Hold(self.value(
                &hold.retry_h,
                &name("retry_h"),
                "time until the next try".to_owned(),
                "h",
                1e5,
            )?),
            RuleAct::GiveUp(_) => Act::GiveUp,
        };
        Some(Rule { when, act })
    }

    fn other_way(&mut self, spec: &OtherWaySpec, base: &str) -> Option<OtherWay> {
        let name = |column: &str| format!("{base}/{column}");
        Some(OtherWay {
            through: spec.through.as_ref().map(|id| id.get().clone()),
            extra_h: self.value(
                &spec.extra_h,
                &name("extra_h"),
                "extra time of the other way".to_owned(),
                "h",
                1e5,
            )?,
            extra_usd: self.optional(
                &spec.extra_usd,
                &name("extra_usd"),
                "extra cost of the other way".to_owned(),
                "USD",
            ),
            payer: spec.payer.clone().unwrap_or_else(|| DEFAULT_PAYER.into()),
            extra_wtw_t: self.optional(
                &spec.extra_wtw_t,
                &name("extra_wtw_t"),
                "extra emissions of the other way".to_owned(),
                "t CO2e",
            ),
        })
    }

    pub(super) fn optional(
        &mut self,
        quantity: &Option<Located<Quantity>>,
        id: &str,
        label: String,
        unit: &str,
    ) -> Option<Value> {
        let max = if unit == "1" { 1.0 } else { f64::INFINITY };
        self.value(quantity.as_ref()?, id, label, unit, max)
    }

    fn station_ix(&mut self, id: &Located<String>, stations: &[Station]) -> Option<usize> {
        let found = stations.iter().position(|station| station.id == *id.get());
        if found.is_none() {
            self.unknown(
                id,
                "station",
                stations.iter().map(|station| station.id.as_str()),
            );
        }
        found
    }
}
