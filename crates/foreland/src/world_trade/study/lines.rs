//! The greatest ways of the world's trade as lines, for maps.

use std::collections::BTreeMap;

use super::super::ways::great_canals;
use super::{After, Routed, TradeNetwork, WorldTrade};
use crate::findings::TradeLine;
use crate::world::{PortIx, World};
use crate::world_trade::Amount;

/// Ways that are drawn, at most, by their greatest value in any world.
const DRAWN: usize = 60;
/// Identifier of the world without changes.
const BEFORE: &str = "before";

/// Two ports and the passages between them.
type Key = (PortIx, PortIx, u128);

/// Lines of the world before and after each scenario, of the goods that the changes concern.
pub(super) fn lines(
    trade: &WorldTrade<'_>,
    after: &[After<'_>],
    concerned: &[bool],
) -> Vec<TradeLine> {
    let network = &trade.network;
    let mut worlds = vec![(
        BEFORE,
        &network.world,
        sums(network, &trade.routed, &[], concerned),
    )];
    for case in after {
        let factors = &case.conflict.factors;
        let sums = sums(network, &case.routed, factors, concerned);
        worlds.push((case.spec.id.get().as_str(), &case.network.world, sums));
    }
    let mut most: BTreeMap<Key, f64> = BTreeMap::new();
    for (key, amount) in worlds.iter().flat_map(|(.., sums)| sums) {
        let value = most.entry(*key).or_default();
        *value = value.max(amount.value_usd);
    }
    let mut keys: Vec<(Key, f64)> = most.into_iter().collect();
    // Equals stay in the order of ports.
    keys.sort_by(|a, b| b.1.total_cmp(&a.1));
    keys.truncate(DRAWN);
    let mut list = Vec::new();
    for (id, world, sums) in &worlds {
        for (key, _) in &keys {
            let line = sums
                .get(key)
                .and_then(|amount| line(trade, id, world, *key, amount));
            list.extend(line);
        }
    }
    list
}

/// Value and mass by way, both directions together.
fn sums(
    network: &TradeNetwork,
    routed: &[Routed],
    factors: &[f64],
    concerned: &[bool],
) -> BTreeMap<Key, Amount> {
    let mut sums: BTreeMap<Key, Amount> = BTreeMap::new();
    let demand = &network.demand;
    for (number, (trade, routed)) in demand.trades.iter().zip(routed).enumerate() {
        if !concerned[trade.goods] {
            continue;
        }
        let factor = factors.get(number).copied().unwrap_or(1.0);
        for branch in &routed.branches {
            let ends = (branch.from.min(branch.to), branch.from.max(branch.to));
            let key = (ends.0, ends.1, branch.way.passages);
            *sums.entry(key).or_default() += Amount::of(demand, trade, branch.share * factor);
        }
    }
    sums
}

/// The way over water that takes the same great canals.
fn line(
    trade: &WorldTrade<'_>,
    id: &str,
    world: &World,
    (from, to, passages): Key,
    amount: &Amount,
) -> Option<TradeLine> {
    let without: u128 = great_canals(trade.atlas, world)
        .into_iter()
        .filter(|canal| passages & canal == 0)
        .fold(0, |all, canal| all | canal);
    let ends = (world.sea_end(from), world.sea_end(to));
    let mut query = world.sea_query(ends.0, ends.1, crate::world::ShipLimits::default());
    for (number, passage) in world.passages.iter().enumerate() {
        if super::super::ways::bit(number) & without != 0 && passage.open_by_default {
            query.closed.push(passage.id.clone());
        }
    }
    query.closed.sort_unstable();
    query.closed.dedup();
    let leg = trade.sea.leg(&query).ok()?;
    Some(TradeLine {
        world: id.to_owned(),
        name: format!("{} – {}", world.port_at(from).name, world.port_at(to).name),
        value_musd: amount.value_usd / 1e6,
        mass_kt: amount.mass_t / 1e3,
        unwrapped: leg.line,
    })
}
