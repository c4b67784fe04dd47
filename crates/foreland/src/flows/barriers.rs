//! What tariffs and bans do to trades: less is bought, and other partners take a part of it.
//!
//! With σ the elasticity between the partners of an exporter, ε that of its exports as a whole and
//! `s` a partner's share in them, the price of the composite rises to `P`, exports fall to
//! `T·P^ε`, and a partner's part of them changes with `(p/P)^(1−σ)`, where `p` is what its buyers
//! pay (Armington 1969). A ban is a price without end.

use std::collections::BTreeMap;

use super::parameters::FlowParameters;
use super::trades::Trade;
use crate::param::Draw;
use crate::world::{Barrier, TradeBarrier, World};

/// Factors on trades of some values; all 1 where no barrier stands.
pub(super) fn factors(
    trades: &[Trade],
    values_usd: &[f64],
    world: &World,
    parameters: &FlowParameters,
    draw: &Draw,
) -> Vec<f64> {
    let mut factors = vec![1.0; trades.len()];
    if world.barriers.is_empty() {
        return factors;
    }
    let mut exporters: BTreeMap<(&str, usize), Vec<usize>> = BTreeMap::new();
    for (number, trade) in trades.iter().enumerate() {
        exporters
            .entry((&trade.origin, trade.commodity))
            .or_default()
            .push(number);
    }
    let substitution = draw.get(parameters.elasticity_substitution);
    let demand = draw.get(parameters.elasticity_demand);
    for partners in exporters.values() {
        let prices: Vec<Option<f64>> = partners
            .iter()
            .map(|&number| price(&trades[number], world, draw))
            .collect();
        if prices.iter().all(|price| *price == Some(1.0)) {
            continue;
        }
        let values: Vec<f64> = partners.iter().map(|&number| values_usd[number]).collect();
        let found = composite(&values, &prices, substitution, demand);
        for (&number, factor) in partners.iter().zip(found) {
            factors[number] = factor;
        }
    }
    factors
}

/// Factors on the quantities that partners buy at prices over what they paid; `None` may not buy.
pub(crate) fn composite(
    values: &[f64],
    prices: &[Option<f64>],
    substitution: f64,
    demand: f64,
) -> Vec<f64> {
    let whole: f64 = values.iter().sum();
    // What a partner's price leaves of its weight.
    let left: Vec<f64> = prices
        .iter()
        .map(|price| price.map_or(0.0, |p| p.powf(1.0 - substitution)))
        .collect();
    let weight: f64 = values
        .iter()
        .zip(&left)
        .map(|(v, left)| v / whole * left)
        .sum();
    if weight <= 0.0 || !weight.is_finite() {
        return vec![0.0; values.len()];
    }
    let composite = weight.powf(1.0 / (1.0 - substitution));
    // Spending changes with P^(1+ε); the duty is not part of what is shipped.
    left.iter()
        .zip(prices)
        .map(|(left, price)| match price {
            Some(price) => left / weight * composite.powf(1.0 + demand) / price,
            None => 0.0,
        })
        .collect()
}

/// What buyers pay over what they paid; `None` if they may not buy.
fn price(trade: &Trade, world: &World, draw: &Draw) -> Option<f64> {
    let goods = &world.commodities[trade.commodity].id;
    let hits = |barrier: &&TradeBarrier| {
        barrier.origin == trade.origin
            && barrier.destination == trade.destination
            && barrier.commodity.as_ref().is_none_or(|id| id == goods)
    };
    let mut price = 1.0;
    for barrier in world.barriers.iter().filter(hits) {
        match barrier.barrier {
            Barrier::Tariff(rate) => price *= 1.0 + draw.get(rate) / 100.0,
            Barrier::Ban => return None,
        }
    }
    Some(price)
}

#[cfg(test)]
mod tests {
    use super::composite;

    /// Two equal partners, σ = 2, ε = −1: a duty of 100 % halves the weight of one. The composite
    /// costs 4/3, spending stays; 1/3 of it goes to the dear partner, at twice the price.
    #[test]
    fn a_duty_moves_trade_to_the_other_partner() {
        let factors = composite(&[10.0, 10.0], &[Some(2.0), Some(1.0)], 2.0, -1.0);
        assert!((factors[0] - 1.0 / 3.0).abs() < 1e-12);
        assert!((factors[1] - 4.0 / 3.0).abs() < 1e-12);
    }

    /// Under a ban the composite costs 2: with ε = −1 all spending goes to the other partner, with
    /// ε = −2 half of it.
    #[test]
    fn a_ban_leaves_the_other_partner_what_elasticity_leaves() {
        assert_eq!(
            composite(&[10.0, 10.0], &[None, Some(1.0)], 2.0, -1.0),
            [0.0, 2.0]
        );
        assert_eq!(
            composite(&[10.0, 10.0], &[None, Some(1.0)], 2.0, -2.0),
            [0.0, 1.0]
        );
    }

    #[test]
    fn without_another_partner_a_ban_ends_the_trade() {
        assert_eq!(composite(&[10.0], &[None], 3.0, -0.8), [0.0]);
    }
}
