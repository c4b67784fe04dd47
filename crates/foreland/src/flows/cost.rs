//! The generalised cost of a chain, reliability included.

use super::parameters::FlowParameters;
use crate::chain::{Cargo, Path, Prices, SeaPart, Split, Trip};
use crate::findings::Stage;

/// What a chain takes per unit of cargo in a draw, congestion left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct ChainCost {
    /// Money, time and reliability, USD.
    pub(super) generalised_usd: f64,
    /// Money, USD.
    pub(super) money_usd: f64,
    /// Time, h.
    pub(super) time_h: f64,
    /// Well-to-wake, kg CO2e.
    pub(super) wtw_kg: f64,
    /// Value of time, USD an hour.
    pub(super) vot_usd_per_h: f64,
}

/// `money + VoT · (time + ratio · σ)`; `None` if the chain cannot be sailed in this draw.
pub(super) fn chain_cost(
    prices: &Prices<'_>,
    parameters: &FlowParameters,
    trip: &Trip,
    path: &Path,
) -> Option<ChainCost> {
    let split = prices.evaluate(trip, path)?;
    let world = prices.world();
    let cargo = Cargo::of(world, &world.commodities[trip.commodity], prices.draw);
    let total = split.total();
    let ratio = prices.draw.get(parameters.value_of_reliability_ratio);
    let spread_h = spread_h(prices, parameters, path, &split);
    let money_usd = total.money_usd();
    Some(ChainCost {
        generalised_usd: money_usd + cargo.vot_usd_per_h * (total.time_h + ratio * spread_h),
        money_usd,
        time_h: total.time_h,
        wtw_kg: total.wtw_kg,
        vot_usd_per_h: cargo.vot_usd_per_h,
    })
}

/// Standard deviation of a chain's time, h: ships, land and passages vary independently.
fn spread_h(prices: &Prices<'_>, parameters: &FlowParameters, path: &Path, split: &Split) -> f64 {
    let draw = prices.draw;
    let ships = match &path.sea {
        SeaPart::Liner(rides) => rides.len() as f64,
        SeaPart::Bulk { .. } => 1.0,
    };
    let ship_h = draw.get(parameters.ride_delay_sd_h);
    let land_h = split.stage(Stage::Inland).time_h + split.stage(Stage::Border).time_h;
    let land_h = draw.get(parameters.land_delay_cv) * land_h;
    let passage_h = draw.get(parameters.passage_delay_cv) * split.stage(Stage::Passage).time_h;
    (ships * ship_h * ship_h + land_h * land_h + passage_h * passage_h).sqrt()
}
