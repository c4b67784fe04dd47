//! Rationed chokepoints: a price for each slot at which no more ships come than may pass.

use super::super::assign::{Routed, Surcharge, assign_with};
use super::{TradeNetwork, passage_bits};
use crate::atlas::Atlas;
use crate::findings::SlotPrice;
use crate::param::Draw;
use crate::study::{ScenarioSpec, WorldTradeSpec};

/// No slot is worth more, USD a transit: the highest bid of the drought of 2023 was 4 M USD.
const HIGHEST_USD: f64 = 64e6;
/// Halvings of the price's bracket: the price is then good to a dollar.
const HALVINGS: usize = 26;
const DAYS: f64 = 365.0;

/// The choice of all trades of a network under a scenario's slots, with the prices of the slots and
/// the surcharges that they are.
///
/// Slots are rationed one chokepoint after the other, in the order of the study. The limit is the
/// stated share of the ships that the estimate sends through at no surcharge.
pub(super) fn rationed(
    atlas: &Atlas,
    spec: &WorldTradeSpec,
    scenario: &ScenarioSpec,
    network: &TradeNetwork,
    draw: &Draw,
) -> (Vec<Routed>, Vec<SlotPrice>, Vec<Surcharge>) {
    let mut surcharges: Vec<Surcharge> = Vec::new();
    let mut prices = Vec::new();
    let mut routed = assign_with(network, draw, &surcharges);
    let ours = spec
        .slots
        .iter()
        .filter(|s| s.scenario.get() == scenario.id.get());
    for slots in ours {
        let rows = &atlas.chokepoints.rows;
        let Some(row) = rows
            .iter()
            .find(|row| row.id.as_str() == slots.chokepoint.get())
        else {
            continue;
        };
        let passages = passage_bits(&network.world, &row.passage.0, |_| true);
        let before = network.transits(&routed, draw, passages);
        let limit = before * slots.per_day / slots.normal_per_day;
        let (mut low, mut high) = (0.0, HIGHEST_USD);
        for _ in 0..HALVINGS {
            let usd = (low + high) / 2.0;
            surcharges.push(Surcharge { passages, usd });
            let tried = assign_with(network, draw, &surcharges);
            surcharges.pop();
            if network.transits(&tried, draw, passages) > limit {
                low = usd;
            } else {
                high = usd;
            }
        }
        let usd = if before > limit { high } else { 0.0 };
        surcharges.push(Surcharge { passages, usd });
        routed = assign_with(network, draw, &surcharges);
        prices.push(SlotPrice {
            chokepoint: row.name.clone(),
            before_per_day: before / DAYS,
            after_per_day: network.transits(&routed, draw, passages) / DAYS,
            price_usd: usd,
        });
    }
    (routed, prices, surcharges)
}
