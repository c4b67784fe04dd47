//! Findings from evaluated flows.

use std::collections::BTreeSet;

use super::case::Case;
use super::evaluate::{Evaluated, Run};
use super::plan::Plan;
use super::solve::Setting;
use super::tally::{Amount, Tally};
use crate::atlas::CargoKind;
use crate::ensemble::spread;
use crate::findings::{
    Calibration, CalibrationPoint, ContainerCheck, DemandInfo, FlowCertificate, FlowFindings,
    FlowWorld, Load, LoadBy, PortChange, Spread, Surcharge,
};
use crate::number;
use crate::param::Draw;
use crate::study::ObservedRole;
use crate::world::World;

/// Everything that findings are made from.
pub(super) struct Found<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) setting: &'a Setting,
    pub(super) cases: &'a [Case],
    pub(super) evaluated: &'a Evaluated,
}

impl Found<'_> {
    /// A figure of every run with its spread.
    pub(super) fn spread(&self, unit: &str, figure: impl Fn(&Run) -> f64) -> Spread {
        let samples: Vec<f64> = self.evaluated.runs.iter().map(&figure).collect();
        spread(unit, figure(&self.evaluated.central), &samples)
    }

    pub(super) fn findings(&self) -> FlowFindings {
        FlowFindings {
            replications: self.plan.replications,
            left_out: self.plan.replications - self.evaluated.kept.len() as u32,
            demands: self.demands(),
            containers: self.containers(),
            unplaced: self.plan.trades.unplaced.clone(),
            calibration: self.calibration(),
            worlds: self.worlds(),
            chains: self.chains(),
            loads: self.loads(),
            dependence: self.dependence(),
            concentration: self.concentration(),
            changes: self.changes(),
            surcharges: self.surcharges(),
            lines: self.lines(),
            worth: None,
            rival: None,
            diverted: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn world(&self) -> &World {
        &self.cases[0].network.world
    }

    fn demands(&self) -> Vec<DemandInfo> {
        let world = self.world();
        let draw = Draw::central(&world.params);
        let lanes = &self.setting.lanes;
        lanes
            .trades
            .iter()
            .map(|trade| {
                let goods = &world.commodities[trade.commodity];
                let demand = trade.demand(world, &draw);
                let range = |low: bool| {
                    // Few tonnes a box and a low value per tonne make many boxes.
                    let end = |ix| {
                        let range = world.params.get(ix).range;
                        if low { range.high } else { range.low }
                    };
                    let mut at = draw.clone();
                    at = at.with(goods.value_usd_per_t, end(goods.value_usd_per_t));
                    if let Some(ix) = goods.t_per_teu {
                        at = at.with(ix, end(ix));
                    }
                    trade.volume(world, &at).units
                };
                let unit = match goods.cargo {
                    CargoKind::Container => "TEU/year",
                    CargoKind::Bulk => "t/year",
                };
                let central = trade.volume(world, &draw).units;
                DemandInfo {
                    quantity: Spread {
                        unit: unit.to_owned(),
                        central,
                        p5: range(true),
                        p50: central,
                        p95: range(false),
                    },
                    derivation: derivation(trade, world, &draw),
                    demand,
                }
            })
            .collect()
    }

    fn containers(&self) -> Vec<ContainerCheck> {
        let lanes = &self.setting.lanes;
        let goods = &self.world().commodities;
        self.plan
            .published
            .iter()
            .map(|&(origin, destination, fact)| {
                let between = |trade: usize| {
                    let facts = &lanes.trades[trade];
                    (facts.origin.as_str(), facts.destination.as_str()) == (origin, destination)
                        && goods[facts.commodity].cargo == CargoKind::Container
                };
                let derived = |run: &Run| -> f64 {
                    let units = run.tallies[0].trade_units.iter().enumerate();
                    units
                        .filter(|(trade, _)| between(*trade))
                        .map(|(_, teu)| teu)
                        .sum()
                };
                ContainerCheck {
                    origin: origin.to_owned(),
                    destination: destination.to_owned(),
                    derived_teu: self.spread("TEU/year", derived),
                    published_teu: fact.value.unwrap_or(0.0),
                    as_of: fact.origin.as_of.clone(),
                    source: fact.origin.source.clone(),
                }
            })
            .collect()
    }

    fn calibration(&self) -> Calibration {
        let points = &self.plan.points;
        let modelled =
            |point: usize| self.spread("%", |run| 100.0 * run.modelled[point].unwrap_or(0.0));
        let error = |run: &Run| {
            let errors: Vec<f64> = points
                .iter()
                .zip(&run.modelled)
                .filter(|(point, _)| point.role == ObservedRole::HeldOut)
                .filter_map(|(point, share)| Some(100.0 * ((*share)? - point.observed).abs()))
                .collect();
            errors.iter().sum::<f64>() / errors.len().max(1) as f64
        };
        let of = |role: ObservedRole| points.iter().filter(|p| p.role == role).count();
        let how = match of(ObservedRole::Fit) {
            0 => "the parameter route_choice_scale_per_usd: the study names no share to fit"
                .to_owned(),
            n => format!(
                "least squares over {} in every sample, {} held out",
                crate::error::count(n, "published share"),
                of(ObservedRole::HeldOut)
            ),
        };
        Calibration {
            scale_per_usd: self.spread("TEU/USD", |run| run.scale),
            how,
            points: points
                .iter()
                .enumerate()
                .map(|(number, point)| CalibrationPoint {
                    title: point.title.clone(),
                    role: match point.role {
                        ObservedRole::Fit => "fit",
                        ObservedRole::HeldOut => "held_out",
                    }
                    .to_owned(),
                    observed_pct: 100.0 * point.observed,
                    modelled_pct: modelled(number),
                    source: point.source.clone(),
                })
                .collect(),
            held_out_error_pct: (of(ObservedRole::HeldOut) > 0).then(|| self.spread("%", error)),
        }
    }

    fn worlds(&self) -> Vec<FlowWorld> {
        self.cases
            .iter()
            .enumerate()
            .map(|(ix, case)| {
                let central = &self.evaluated.central.tallies[ix];
                let runs = self.evaluated.runs.iter();
                let worst = runs.map(|run| run.tallies[ix].worst());
                FlowWorld {
                    id: case.id.clone(),
                    title: case.title.clone(),
                    generalised_musd: self
                        .spread("M USD/year", |run| run.tallies[ix].expected_usd() / 1e6),
                    wtw_kt: self.spread("kt CO2e/year", |run| run.tallies[ix].wtw_t / 1e3),
                    certificate: FlowCertificate {
                        relative_gap: central.gap,
                        conservation_residual: central.conservation,
                        capacity_residual: central.excess,
                        worst_sample: worst.fold(central.worst(), f64::max),
                    },
                }
            })
            .collect()
    }

    fn loads(&self) -> Vec<Load> {
        let mut list = Vec::new();
        for (ix, case) in self.cases.iter().enumerate() {
            let keys: BTreeSet<&(LoadBy, String)> = self
                .all()
                .flat_map(|run| run.tallies[ix].loads.keys())
                .collect();
            for key in keys {
                let figure = |part: usize, per: f64, unit: &str| {
                    self.spread(unit, |run| {
                        let amount: Option<&Amount> = run.tallies[ix].loads.get(key);
                        amount.map_or(0.0, |a| a[part]) / per
                    })
                };
                list.push(Load {
                    world: case.id.clone(),
                    by: key.0,
                    id: key.1.clone(),
                    name: name(&case.network.world, key.0, &key.1),
                    value_musd: figure(0, 1e6, "M USD/year"),
                    mass_kt: figure(1, 1e3, "kt/year"),
                    teu: figure(2, 1.0, "TEU/year"),
                });
            }
        }
        list
    }

    fn changes(&self) -> Vec<PortChange> {
        let mut list = Vec::new();
        for (ix, case) in self.cases.iter().enumerate().skip(1) {
            let world = &case.network.world;
            let keys: BTreeSet<&(String, String)> = self
                .all()
                .flat_map(|run| {
                    run.tallies[0]
                        .goods
                        .keys()
                        .chain(run.tallies[ix].goods.keys())
                })
                .collect();
            for key in keys {
                let bulk = world
                    .commodity(&key.1)
                    .is_some_and(|goods| goods.cargo == CargoKind::Bulk);
                let unit = if bulk { "t/year" } else { "TEU/year" };
                let of = |tally: &Tally, part: usize| {
                    tally.goods.get(key).map_or(0.0, |figures| figures[part])
                };
                let change =
                    self.spread(unit, |run| of(&run.tallies[ix], 0) - of(&run.tallies[0], 0));
                if change.central == 0.0 && change.p5 == 0.0 && change.p95 == 0.0 {
                    continue;
                }
                list.push(PortChange {
                    scenario: case.id.clone(),
                    port: key.0.clone(),
                    name: name(world, LoadBy::Port, &key.0),
                    commodity: key.1.clone(),
                    before: self.spread(unit, |run| of(&run.tallies[0], 0)),
                    change,
                    change_musd: self.spread("M USD/year", |run| {
                        (of(&run.tallies[ix], 1) - of(&run.tallies[0], 1)) / 1e6
                    }),
                });
            }
        }
        list
    }

    fn surcharges(&self) -> Vec<Surcharge> {
        let mut list = Vec::new();
        for (ix, case) in self.cases.iter().enumerate() {
            for key in self.evaluated.central.tallies[ix].surcharges.keys() {
                let figure = |part: usize, unit: &str| {
                    self.spread(unit, |run| {
                        run.tallies[ix].surcharges.get(key).map_or(0.0, |f| f[part])
                    })
                };
                let usd = figure(0, "USD/TEU");
                // Slots that nobody has to pay for are the rule; only short ones are listed.
                if usd.central < 0.5 && usd.p95 < 0.5 {
                    continue;
                }
                list.push(Surcharge {
                    world: case.id.clone(),
                    kind: key.0.to_owned(),
                    id: key.1.clone(),
                    name: surcharge_name(&case.network.world, key.0, &key.1),
                    usd_per_teu: usd,
                    load_teu: figure(1, "TEU/year"),
                    capacity_teu: figure(2, "TEU/year"),
                });
            }
        }
        list
    }

    fn all(&self) -> impl Iterator<Item = &Run> {
        std::iter::once(&self.evaluated.central).chain(&self.evaluated.runs)
    }
}

/// `Muelle Sur`, or the service with the leg that is short.
pub(super) fn surcharge_name(world: &World, kind: &str, id: &str) -> String {
    if kind == "terminal" {
        return name(world, LoadBy::Terminal, id);
    }
    let Some((service, leg)) = id.rsplit_once('/') else {
        return id.to_owned();
    };
    let leg: usize = leg.parse().unwrap_or(0);
    let found = world.services.iter().find(|s| s.id == service);
    found.map_or_else(
        || id.to_owned(),
        |service| {
            let call = |at: usize| {
                let call = &service.calls[at % service.calls.len()];
                world.port_at(call.port).name.clone()
            };
            format!("{}, {} – {}", service.name, call(leg), call(leg + 1))
        },
    )
}

pub(super) fn name(world: &World, by: LoadBy, id: &str) -> String {
    let found = match by {
        LoadBy::Port => world.port(id).map(|ix| &world.port_at(ix).name),
        LoadBy::Terminal => world.terminals.iter().find(|t| t.id == id).map(|t| &t.name),
        LoadBy::Service => world.services.iter().find(|s| s.id == id).map(|s| &s.name),
        LoadBy::Passage => world.passages.iter().find(|p| p.id == id).map(|p| &p.name),
        LoadBy::Operator | LoadBy::Owner => None,
    };
    found.map_or_else(|| id.to_owned(), Clone::clone)
}

/// `2023, less …; 2,500 USD/t; 12 t/TEU`.
fn derivation(trade: &super::trades::Trade, world: &World, draw: &Draw) -> String {
    let goods = &world.commodities[trade.commodity];
    let mut text = trade.derivation.clone();
    if trade.mass_t.is_none() || trade.value_usd.is_none() {
        text.push_str(&format!(
            "; {}",
            number::with_unit(draw.get(goods.value_usd_per_t), "USD/t")
        ));
    }
    if let (CargoKind::Container, Some(ix)) = (goods.cargo, goods.t_per_teu) {
        text.push_str(&format!("; {}", number::with_unit(draw.get(ix), "t/TEU")));
    }
    text
}
