//! First-order indices from the variance between bins of an assumption's range.

use super::bootstrap::estimate;
use super::{BLOCKS, Index, Moments, varies};

/// Sums by block, factor and bin.
pub(super) struct Bins {
    factors: usize,
    bins: usize,
    /// Runs and sum of values: `(block × factors + factor) × bins + bin`.
    sums: Vec<(f64, f64)>,
    /// Whether means of bins differ by chance too.
    is_sampled: bool,
}

impl Bins {
    pub(super) fn new(factors: usize, bins: usize, is_sampled: bool) -> Bins {
        Bins {
            factors,
            bins,
            sums: vec![(0.0, 0.0); BLOCKS * factors * bins],
            is_sampled,
        }
    }

    pub(super) fn add(&mut self, block: usize, value: f64, bins: &[u16]) {
        let start = block * self.factors * self.bins;
        for (factor, &bin) in bins.iter().enumerate() {
            let (runs, sum) = &mut self.sums[start + factor * self.bins + usize::from(bin)];
            *runs += 1.0;
            *sum += value;
        }
    }

    fn first(&self, factor: usize, weights: &[f64], all: &Moments) -> f64 {
        let mut bins = vec![(0.0, 0.0); self.bins];
        for (block, &weight) in weights.iter().enumerate() {
            let start = (block * self.factors + factor) * self.bins;
            for (bin, (runs, sum)) in bins.iter_mut().zip(&self.sums[start..]) {
                bin.0 += weight * runs;
                bin.1 += weight * sum;
            }
        }
        let mean = all.mean();
        let filled = bins.iter().filter(|(runs, _)| *runs > 0.0);
        let (mut between, mut count) = (0.0, 0.0);
        for (runs, sum) in filled {
            between += runs * (sum / runs - mean).powi(2);
            count += 1.0;
        }
        let whole = all.variance() * all.runs;
        if !self.is_sampled {
            return between / whole;
        }
        let within = (whole - between) / (all.runs - count).max(1.0);
        (between - (count - 1.0) * within) / whole
    }

    /// The first-order indices of all factors, from all runs and from resampled ones.
    pub(super) fn indices(
        &self,
        (ones, all): (&[f64], &Moments),
        (weights, resampled): (&[Vec<f64>], &[Moments]),
    ) -> Vec<Index> {
        (0..self.factors)
            .map(|factor| {
                let first = varies(all).then(|| {
                    let drawn = weights
                        .iter()
                        .zip(resampled)
                        .map(|(weights, moments)| self.first(factor, weights, moments));
                    estimate(self.first(factor, ones, all), drawn)
                });
                Index { first, total: None }
            })
            .collect()
    }
}
