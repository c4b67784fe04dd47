//! Indices over Saltelli's design.

use super::bootstrap::estimate;
use super::{BLOCKS, Index, Moments, varies};

/// Sums by block and factor.
pub(super) struct Saltelli {
    factors: usize,
    /// `block × factors + factor`.
    sums: Vec<Pair>,
}

/// Sums over points at which A, B and A-with-one-from-B all yield a figure.
#[derive(Clone, Copy, Debug, Default)]
struct Pair {
    points: f64,
    /// f(B) d
    product: f64,
    /// d
    step: f64,
    /// d²
    square: f64,
}

impl Pair {
    fn add_times(&mut self, other: &Pair, weight: f64) {
        self.points += weight * other.points;
        self.product += weight * other.product;
        self.step += weight * other.step;
        self.square += weight * other.square;
    }

    fn first(&self, all: &Moments) -> f64 {
        (self.product - all.mean() * self.step) / self.points / all.variance()
    }

    fn total(&self, all: &Moments) -> f64 {
        0.5 * self.square / self.points / all.variance()
    }
}

impl Saltelli {
    pub(super) fn new(factors: usize) -> Saltelli {
        Saltelli {
            factors,
            sums: vec![Pair::default(); BLOCKS * factors],
        }
    }

    /// Adds a point; `a` and `b` are shifted already.
    pub(super) fn add(&mut self, block: usize, a: f64, b: f64, mixed: &[f64], shift: f64) {
        if a.is_nan() || b.is_nan() {
            return;
        }
        let start = block * self.factors;
        let sums = &mut self.sums[start..start + self.factors];
        for (pair, value) in sums.iter_mut().zip(mixed) {
            if value.is_nan() {
                continue;
            }
            let step = value - shift - a;
            pair.points += 1.0;
            pair.product += b * step;
            pair.step += step;
            pair.square += step * step;
        }
    }

    fn together(&self, factor: usize, weights: &[f64]) -> Pair {
        let mut all = Pair::default();
        for (block, &weight) in weights.iter().enumerate() {
            all.add_times(&self.sums[block * self.factors + factor], weight);
        }
        all
    }

    /// The indices of all factors, from all points and from resampled ones.
    pub(super) fn indices(
        &self,
        (ones, all): (&[f64], &Moments),
        (weights, resampled): (&[Vec<f64>], &[Moments]),
    ) -> Vec<Index> {
        (0..self.factors)
            .map(|factor| {
                let here = self.together(factor, ones);
                if !varies(all) || here.points == 0.0 {
                    return Index {
                        first: None,
                        total: None,
                    };
                }
                let drawn: Vec<(Pair, &Moments)> = match here.square > 0.0 {
                    true => weights
                        .iter()
                        .zip(resampled)
                        .map(|(weights, moments)| (self.together(factor, weights), moments))
                        .collect(),
                    // What never moved the output has no effect in any sample.
                    false => Vec::new(),
                };
                let first = drawn.iter().map(|(pair, moments)| pair.first(moments));
                let total = drawn.iter().map(|(pair, moments)| pair.total(moments));
                Index {
                    first: Some(estimate(here.first(all), first)),
                    total: Some(estimate(here.total(all), total)),
                }
            })
            .collect()
    }
}
