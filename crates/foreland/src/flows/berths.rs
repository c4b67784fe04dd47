//! Delay at berths as money: curves of E₂/E₂/n queues, made once for each number of berths.

use std::collections::BTreeMap;
use std::sync::Arc;

use freightflow::cost::LinkCost;
use freightflow::queue::{DelayCurve, ErlangQueue};

use super::FlowError;

/// Stages of the times between arrivals and of the times at berth.
const STAGES: usize = 2;
/// Most berths of a curve: beyond, waiting before full load is next to nothing.
const MAX_BERTHS: u32 = 12;

/// Delay curves in hours by number of berths.
pub(super) struct Berths {
    curves: BTreeMap<u32, DelayCurve>,
    stay_h: f64,
}

impl Berths {
    /// Curves for some numbers of berths with a mean stay and a busy period.
    pub(super) fn new(
        counts: impl Iterator<Item = u32>,
        stay_h: f64,
        busy_period_h: f64,
    ) -> Result<Berths, FlowError> {
        let mut curves = BTreeMap::new();
        for count in counts.map(|count| count.clamp(1, MAX_BERTHS)) {
            if let std::collections::btree_map::Entry::Vacant(free) = curves.entry(count) {
                let queue = ErlangQueue::new(STAGES, STAGES, count as usize)?;
                free.insert(DelayCurve::new(queue, stay_h, busy_period_h)?);
            }
        }
        Ok(Berths { curves, stay_h })
    }

    /// Cost of a unit at a terminal against the flow of units, USD. `full` units a year keep all
    /// berths busy; an hour is worth `usd_per_h`; ships stay `stay_h`.
    pub(super) fn cost(
        &self,
        berths: u32,
        full: f64,
        usd_per_h: f64,
        stay_h: f64,
    ) -> Result<Option<LinkCost>, FlowError> {
        let curve = self.curves.get(&berths.clamp(1, MAX_BERTHS));
        let factor = usd_per_h * stay_h / self.stay_h;
        match curve {
            Some(curve) if factor > 0.0 && full > 0.0 => Ok(Some(LinkCost::queue(
                0.0,
                Arc::new(curve.scaled(factor)),
                full,
            )?)),
            _ => Ok(None),
        }
    }
}
