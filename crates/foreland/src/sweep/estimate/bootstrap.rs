//! Intervals by drawing blocks of points with replacement.

use super::Estimate;
use crate::ensemble::{below, keyed};
use crate::sweep::design::mix;

/// Blocks into which points are dealt.
pub(crate) const BLOCKS: usize = 32;
/// Times that blocks are drawn at the end.
const REPLICATES: u32 = 200;
/// Times that blocks are drawn on the way: an interval's width is then good to a fifth.
const REPLICATES_ON_THE_WAY: u32 = 40;
/// Standard deviations on each side of a 95 % interval.
const SIDES_SD: f64 = 1.96;

/// Deals and draws, keyed by a seed.
pub(crate) struct Bootstrap {
    seed: u64,
}

impl Bootstrap {
    pub(crate) fn new(seed: u64) -> Bootstrap {
        Bootstrap { seed }
    }

    /// The block of a point.
    pub(crate) fn block(&self, point: u64) -> usize {
        (mix(self.seed ^ mix(point)) % BLOCKS as u64) as usize
    }

    /// How often each block is drawn in each replicate; blocks without points are not drawn.
    pub(super) fn weights(&self, filled: &[bool], is_end: bool) -> Vec<Vec<f64>> {
        let filled: Vec<usize> = (0..BLOCKS).filter(|&block| filled[block]).collect();
        if filled.is_empty() {
            return Vec::new();
        }
        let replicates = match is_end {
            true => REPLICATES,
            false => REPLICATES_ON_THE_WAY,
        };
        (0..replicates)
            .map(|replicate| {
                let mut rng = keyed(self.seed, "bootstrap", Some(replicate));
                let mut weights = vec![0.0; BLOCKS];
                for _ in 0..filled.len() {
                    let pick = below(&mut rng, filled.len() as u64) as usize;
                    weights[filled[pick]] += 1.0;
                }
                weights
            })
            .collect()
    }
}

/// A figure with an interval as wide as its replicates spread; without replicates it has no width.
pub(super) fn estimate(value: f64, replicates: impl Iterator<Item = f64>) -> Estimate {
    let (mut count, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for replicate in replicates.filter(|replicate| replicate.is_finite()) {
        count += 1.0;
        let step = replicate - mean;
        mean += step / count;
        squares += step * (replicate - mean);
    }
    let reach = match count > 1.0 {
        true => SIDES_SD * (squares / (count - 1.0)).sqrt(),
        false => 0.0,
    };
    Estimate {
        value,
        low: value - reach,
        high: value + reach,
    }
}
