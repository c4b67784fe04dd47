//! What tariffs and bans do to the world's trade, and who sells instead.
//!
//! Goods of one kind differ by origin (Armington 1969): buyers of a country spread what they buy
//! over exporters, and go to others when one grows dear. With σ the elasticity between exporters
//! and ε that of all they buy, the shares and the whole follow as in [`crate::flows`], where the
//! exporter chooses among buyers instead. Exporters are taken to supply more at the same price.

use std::collections::BTreeMap;

use super::amount::Amount;
use super::network::TradeNetwork;
use crate::ensemble::{Sampler, spread};
use crate::error::{Error, Problem};
use crate::findings::{DivertedTrade, Spread};
use crate::flows::composite;
use crate::param::{Draw, ParamIx};
use crate::world::{Barrier, TradeBarrier, World};

/// Samples of rates and elasticities.
const SAMPLES: u32 = 400;
/// Trades that are listed for each scenario, by change of value; the others are added up.
const LISTED: usize = 15;

/// Factors on trades of a network, by draw.
pub(super) struct Conflict {
    /// By trade, at central values; empty if no barrier stands.
    pub(super) factors: Vec<f64>,
    /// What changes, the largest first.
    pub(super) diverted: Vec<DivertedTrade>,
    /// Barriers on goods that are no group of the world's trade.
    pub(super) remarks: Vec<String>,
}

/// What the barriers of a changed world do to the trades of a network.
///
/// # Errors
///
/// [`Error::Atlas`] if the atlas states no elasticities.
pub(super) fn of(network: &TradeNetwork, world: &World, seed: u64) -> Result<Conflict, Error> {
    let mut conflict = Conflict {
        factors: Vec::new(),
        diverted: Vec::new(),
        remarks: remarks(network, world),
    };
    let market = Market {
        network,
        world,
        substitution: parameter(world, "elasticity_substitution")?,
        demand: parameter(world, "elasticity_demand")?,
    };
    let groups = market.groups();
    if groups.is_empty() {
        return Ok(conflict);
    }
    let centre = market.factors(&groups, &Draw::central(&world.params));
    let sampler = Sampler::new(&world.params, seed, SAMPLES);
    let samples: Vec<Vec<f64>> = (0..SAMPLES)
        .map(|run| market.factors(&groups, &sampler.draw(run)))
        .collect();
    conflict.factors = vec![1.0; network.trades.len()];
    let members = groups.iter().flatten();
    for (number, factor) in members.clone().zip(&centre) {
        conflict.factors[*number] = *factor;
    }
    let mut changes: Vec<DivertedTrade> = members
        .enumerate()
        .map(|(at, &number)| market.change(number, centre[at], samples.iter().map(|s| s[at])))
        .collect();
    let given_up: Vec<f64> = std::iter::once(&centre)
        .chain(&samples)
        .map(|factors| market.total_change_musd(&groups, factors))
        .collect();
    changes.sort_by(|a, b| {
        let size = |d: &DivertedTrade| d.change_musd.central.abs();
        size(b).total_cmp(&size(a))
    });
    let rest: f64 = changes
        .iter()
        .skip(LISTED)
        .map(|d| d.change_musd.central)
        .sum();
    changes.truncate(LISTED);
    changes.push(others(rest, &given_up));
    conflict.diverted = changes;
    Ok(conflict)
}

/// What no listed trade shows: the others together, and what is bought from nobody.
fn others(rest_musd: f64, totals_musd: &[f64]) -> DivertedTrade {
    let (central, samples) = (totals_musd[0], &totals_musd[1..]);
    DivertedTrade {
        from: "all".to_owned(),
        to: "all".to_owned(),
        goods: format!("sum of all changes; those not listed: {rest_musd:.0} M USD"),
        before: Amount::default(),
        change_musd: spread("M USD/year", central, samples),
        change_pct: Spread::exact("%", 0.0),
    }
}

struct Market<'a> {
    network: &'a TradeNetwork,
    world: &'a World,
    substitution: ParamIx,
    demand: ParamIx,
}

impl Market<'_> {
    /// Trades by buyer and goods, where a barrier hits one of them; numbers of the network.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (number, &trade) in self.network.trades.iter().enumerate() {
            let trade = &self.network.demand.trades[trade];
            let group = groups.entry((trade.to, trade.goods)).or_default();
            group.push(number);
        }
        let groups = groups.into_values();
        groups
            .filter(|group| group.iter().any(|&n| self.hits(n).next().is_some()))
            .collect()
    }

    fn hits(&self, number: usize) -> impl Iterator<Item = &TradeBarrier> {
        let demand = &self.network.demand;
        let trade = &demand.trades[self.network.trades[number]];
        let (from, to) = (&demand.countries[trade.from], &demand.countries[trade.to]);
        let goods = &demand.goods[trade.goods].commodity;
        self.world.barriers.iter().filter(move |barrier| {
            barrier.origin == *from
                && barrier.destination == *to
                && barrier.commodity.as_ref().is_none_or(|id| id == goods)
        })
    }

    /// What buyers pay over what they paid; none if they may not buy.
    fn price(&self, number: usize, draw: &Draw) -> Option<f64> {
        self.hits(number)
            .try_fold(1.0, |price, barrier| match barrier.barrier {
                Barrier::Tariff(rate) => Some(price * (1.0 + draw.get(rate) / 100.0)),
                Barrier::Ban => None,
            })
    }

    fn before(&self, number: usize) -> Amount {
        let demand = &self.network.demand;
        Amount::of(demand, &demand.trades[self.network.trades[number]], 1.0)
    }

    /// Factors on what the members of the groups ship, in their order.
    fn factors(&self, groups: &[Vec<usize>], draw: &Draw) -> Vec<f64> {
        let (substitution, demand) = (draw.get(self.substitution), draw.get(self.demand));
        groups
            .iter()
            .flat_map(|group| {
                let values: Vec<f64> = group.iter().map(|&n| self.before(n).value_usd).collect();
                let prices: Vec<Option<f64>> = group.iter().map(|&n| self.price(n, draw)).collect();
                composite(&values, &prices, substitution, demand)
            })
            .collect()
    }

    fn total_change_musd(&self, groups: &[Vec<usize>], factors: &[f64]) -> f64 {
        let members = groups.iter().flatten().zip(factors);
        members
            .map(|(&n, factor)| self.before(n).value_usd * (factor - 1.0) / 1e6)
            .sum()
    }

    fn change(
        &self,
        number: usize,
        centre: f64,
        samples: impl Iterator<Item = f64>,
    ) -> DivertedTrade {
        let demand = &self.network.demand;
        let trade = &demand.trades[self.network.trades[number]];
        let before = self.before(number);
        let samples: Vec<f64> = samples.collect();
        let changes = |per: f64| -> Vec<f64> { samples.iter().map(|f| (f - 1.0) * per).collect() };
        let musd = before.value_usd / 1e6;
        DivertedTrade {
            from: demand.countries[trade.from].clone(),
            to: demand.countries[trade.to].clone(),
            goods: demand.goods[trade.goods].name.clone(),
            before,
            change_musd: spread("M USD/year", (centre - 1.0) * musd, &changes(musd)),
            change_pct: spread("%", (centre - 1.0) * 100.0, &changes(100.0)),
        }
    }
}

/// Barriers that the world's trade cannot follow.
fn remarks(network: &TradeNetwork, world: &World) -> Vec<String> {
    let demand = &network.demand;
    let mut remarks = Vec::new();
    for barrier in &world.barriers {
        let goods = barrier.commodity.as_deref();
        if let Some(id) = goods.filter(|id| demand.goods.iter().all(|g| g.commodity != *id)) {
            remarks.push(format!(
                "The barrier between {} and {} on `{id}` is not followed: no group of \
                 trade-groups.csv is called so.",
                barrier.origin, barrier.destination
            ));
        }
        for country in [&barrier.origin, &barrier.destination] {
            if !demand.countries.contains(country) {
                remarks.push(format!(
                    "The barrier on trade of {country} is not followed: countries.csv has no such code."
                ));
            }
        }
    }
    remarks
}

fn parameter(world: &World, name: &str) -> Result<ParamIx, Error> {
    world
        .params
        .ix(&format!("parameters/{name}"))
        .ok_or_else(|| {
            Problem::in_file(
                "parameters.csv",
                format!("the parameter `{name}` is missing"),
                "add it in 1, with a range and its basis",
            )
            .into()
        })
}
