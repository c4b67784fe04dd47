//! Who depends on what in the followed trades, before and after.
//!
//! Shares alone do not show dependence, so each stands beside the loss if the link is gone. By the
//! logit of choice a lane of which the link carries the share `P` loses `−ln(1 − P)/μ` a unit: what
//! the best mix of the other chains costs more, with the queues and the sizes of paths as they
//! were (the logsum of Williams 1977, without the chains that use the link).

use std::collections::{BTreeMap, BTreeSet};

use super::assemble::{Found, name};
use super::case::{Case, Choice, Kind, ends};
use super::evaluate::Run;
use super::lanes::Lanes;
use super::solve::KindOutcome;
use super::tally::{Amount, passages};
use crate::atlas::CargoKind;
use crate::chain::{Path, Prices, SeaPart};
use crate::findings::{Concentration, FlowDependence, LoadBy};

/// A lane of which more than this passes has no other way.
const NO_OTHER_WAY: f64 = 1.0 - 1e-6;
/// By what dependence is counted.
const BY: [LoadBy; 4] = [
    LoadBy::Port,
    LoadBy::Passage,
    LoadBy::Operator,
    LoadBy::Owner,
];
/// Links that carry less than this share of the value are left to the loads.
const LEAST_SHARE: f64 = 0.001;
/// Trades that are named for each link.
const NAMED: usize = 3;

type Key = (LoadBy, String);

/// What passes a link, what is lost without it, and whose it is.
#[derive(Clone, Debug, Default)]
pub(super) struct OnLink {
    amount: Amount,
    loss_usd: f64,
    cut_off_usd: f64,
    /// USD a year by trade.
    trades: BTreeMap<usize, f64>,
}

/// All links of a world in a draw, and all that is shipped.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    links: BTreeMap<Key, OnLink>,
    shipped: Amount,
}

impl Links {
    /// Adds the flows of a kind of cargo.
    pub(super) fn add(
        &mut self,
        case: &Case,
        kind: &Kind,
        lanes: &Lanes,
        prices: &Prices<'_>,
        found: &KindOutcome,
    ) {
        for (set, &lane) in kind.lanes.iter().enumerate() {
            let volume = found.volumes[set];
            if volume.units <= 0.0 {
                continue;
            }
            let mut on: BTreeMap<Key, f64> = BTreeMap::new();
            let mut shipped = 0.0;
            for (number, choice) in kind.choices[set].iter().enumerate() {
                let units = found.settled.flow[set][number];
                let Choice::Ship {
                    chain,
                    load,
                    discharge,
                } = *choice
                else {
                    continue;
                };
                shipped += units;
                for key in keys(case, prices, &kind.chains[set][chain], [load, discharge]) {
                    *on.entry(key).or_default() += units;
                }
            }
            let per_unit = [
                volume.value_usd / volume.units,
                volume.mass_t / volume.units,
                f64::from(u8::from(kind.cargo == CargoKind::Container)),
            ];
            let add = |sum: &mut Amount, units: f64| {
                sum.iter_mut()
                    .zip(per_unit)
                    .for_each(|(s, per)| *s += units * per);
            };
            add(&mut self.shipped, shipped);
            for (key, units) in on {
                let link = self.links.entry(key).or_default();
                add(&mut link.amount, units);
                *link.trades.entry(lanes.list[lane].trade).or_default() += units * per_unit[0];
                let share = (units / volume.units).min(1.0);
                if share > NO_OTHER_WAY {
                    link.cut_off_usd += units * per_unit[0];
                } else {
                    link.loss_usd += volume.units * -(1.0 - share).ln() / found.scale;
                }
            }
        }
    }

    fn share(&self, key: &Key, part: usize) -> f64 {
        let on = self.links.get(key).map_or(0.0, |link| link.amount[part]);
        if self.shipped[part] > 0.0 {
            on / self.shipped[part]
        } else {
            0.0
        }
    }

    /// Herfindahl–Hirschman index of value over the links of one sort.
    fn hhi(&self, by: LoadBy) -> f64 {
        let of_sort = self.links.iter().filter(|(key, _)| key.0 == by);
        let values: Vec<f64> = of_sort.map(|(_, link)| link.amount[0]).collect();
        let all: f64 = values.iter().sum();
        if all > 0.0 {
            values.iter().map(|v| (v / all).powi(2)).sum()
        } else {
            0.0
        }
    }
}

/// The links that a chain uses, each once.
fn keys(case: &Case, prices: &Prices<'_>, path: &Path, at: [Option<usize>; 2]) -> BTreeSet<Key> {
    let world = &case.network.world;
    let mut keys = BTreeSet::new();
    let code = |port| (LoadBy::Port, world.port_at(port).unlocode.clone());
    keys.extend(ends(prices, path).into_iter().flatten().map(code));
    for terminal in at.into_iter().flatten() {
        let terminal = &world.terminals[terminal];
        for (by, companies) in [
            (LoadBy::Operator, &terminal.operator),
            (LoadBy::Owner, &terminal.owner),
        ] {
            // A joint venture stands under each of its partners.
            let partners = companies.split(';').filter(|company| !company.is_empty());
            keys.extend(partners.map(|company| (by, company.to_owned())));
        }
    }
    let passed: Vec<usize> = match &path.sea {
        SeaPart::Liner(rides) => {
            for pair in rides.windows(2) {
                keys.insert(code(prices.call_port(&pair[1], |ride| ride.from)));
            }
            passages(case, rides)
        }
        SeaPart::Bulk { from, to, vessel } => {
            let voyage = case.network.voyages.get(&(*from, *to, *vessel));
            voyage.map_or_else(Vec::new, |voyage| voyage.passages.clone())
        }
    };
    keys.extend(
        passed
            .into_iter()
            .map(|p| (LoadBy::Passage, world.passages[p].id.clone())),
    );
    keys
}

impl Found<'_> {
    /// Dependence in every world, the links with the most value first.
    pub(super) fn dependence(&self) -> Vec<FlowDependence> {
        let mut list = Vec::new();
        for (ix, case) in self.cases.iter().enumerate() {
            let central = &self.evaluated.central.tallies[ix].links;
            let mut keys: Vec<&Key> = central
                .links
                .keys()
                .filter(|key| BY.contains(&key.0) && central.share(key, 0) >= LEAST_SHARE)
                .collect();
            keys.sort_by(|a, b| {
                let value = |key: &Key| central.share(key, 0);
                a.0.cmp(&b.0).then(value(b).total_cmp(&value(a)))
            });
            for key in keys {
                let share = |part: usize| {
                    self.spread("%", |run| 100.0 * run.tallies[ix].links.share(key, part))
                };
                let of = |run: &Run, figure: fn(&OnLink) -> f64| {
                    run.tallies[ix].links.links.get(key).map_or(0.0, figure) / 1e6
                };
                list.push(FlowDependence {
                    world: case.id.clone(),
                    by: key.0,
                    id: key.1.clone(),
                    name: name(&case.network.world, key.0, &key.1),
                    value_share_pct: share(0),
                    mass_share_pct: share(1),
                    teu_share_pct: share(2),
                    loss_musd: self.spread("M USD/year", |run| of(run, |l| l.loss_usd)),
                    cut_off_musd: self.spread("M USD/year", |run| of(run, |l| l.cut_off_usd)),
                    also_there: self.most(central.links.get(key)),
                });
            }
        }
        list
    }

    /// How concentrated each world's trades are on links of each sort.
    pub(super) fn concentration(&self) -> Vec<Concentration> {
        let worlds = self.cases.iter().enumerate();
        worlds
            .flat_map(|(ix, case)| {
                BY.map(|by| Concentration {
                    world: case.id.clone(),
                    by,
                    hhi: self.spread("1", |run| run.tallies[ix].links.hhi(by)),
                })
            })
            .collect()
    }

    /// The trades with the most value on a link.
    fn most(&self, link: Option<&OnLink>) -> Vec<String> {
        let Some(link) = link else {
            return Vec::new();
        };
        let mut trades: Vec<(usize, f64)> = link.trades.iter().map(|(&t, &usd)| (t, usd)).collect();
        trades.sort_by(|a, b| b.1.total_cmp(&a.1));
        let words = |(trade, _): &(usize, f64)| {
            let facts = &self.setting.lanes.trades[*trade];
            let goods = &self.cases[0].network.world.commodities[facts.commodity].id;
            format!("{} → {}, {goods}", facts.origin, facts.destination)
        };
        trades.iter().take(NAMED).map(words).collect()
    }
}
