//! Means, shares and sensitivity indices from a stream of points, in memory that does not grow
//! with their number.
//!
//! First-order index of an assumption: the share of the variance that is gone once it is known.
//! Total index: the share that is left while only it is unknown. Over a Saltelli design with
//! $d_i = f(A_B^{(i)}) - f(A)$:
//!
//! - first order, A. Saltelli et al., Comput. Phys. Commun. 181, 259–270 (2010), table 2 (b):
//!   $S_i = \frac{1}{nV}\sum (f(B) - \bar f)\, d_i$;
//! - total, M. J. W. Jansen, Comput. Phys. Commun. 117, 35–43 (1999):
//!   $S_{Ti} = \frac{1}{2nV}\sum d_i^2$,
//!
//! with mean $\bar f$ and variance $V$ over A and B. Other designs have bins of an assumption's range
//! instead, and the first-order index is the share of variance between bins (with the bias of random
//! samples taken off: Kelley's ε²).
//!
//! Intervals are 95 %: 1.96 standard deviations of a bootstrap keyed by the seed. Points are dealt at
//! random into blocks, and blocks are drawn with replacement, so that only sums by block are kept.
//! Quasi-random points err less than such a bootstrap says.

mod bins;
mod bootstrap;
mod saltelli;

pub(crate) use bootstrap::{BLOCKS, Bootstrap};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::design::{Design, Extent};
use bins::Bins;
use saltelli::Saltelli;

/// A figure with its 95 % interval of sampling.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Low end.
    pub low: f64,
    /// High end.
    pub high: f64,
}

/// Sensitivity indices of an output to an assumption.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Index {
    /// First-order index; `None` if the output does not vary.
    pub first: Option<Estimate>,
    /// Total index; `None` if the output does not vary, or the design does not yield it.
    pub total: Option<Estimate>,
}

/// What a stream of points says so far about an output.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// Runs that yielded a figure, of those that count as independent.
    pub(crate) runs: u64,
    /// Runs that did not.
    pub(crate) missing: u64,
    pub(crate) mean: Option<Estimate>,
    pub(crate) sd: Option<f64>,
    /// By factor.
    pub(crate) indices: Vec<Index>,
}

/// Sums of an output's values in one block.
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    runs: f64,
    missing: f64,
    sum: f64,
    squares: f64,
}

impl Moments {
    fn add(&mut self, value: f64) {
        if value.is_nan() {
            self.missing += 1.0;
        } else {
            self.runs += 1.0;
            self.sum += value;
            self.squares += value * value;
        }
    }

    fn add_times(&mut self, other: &Moments, weight: f64) {
        self.runs += weight * other.runs;
        self.missing += weight * other.missing;
        self.sum += weight * other.sum;
        self.squares += weight * other.squares;
    }

    fn mean(&self) -> f64 {
        self.sum / self.runs
    }

    fn variance(&self) -> f64 {
        let mean = self.mean();
        (self.squares / self.runs - mean * mean).max(0.0)
    }
}

/// Accumulates an output over points, in the order of the points.
pub(crate) struct Accumulator {
    /// Subtracted from all values so that sums of squares keep their digits.
    shift: Option<f64>,
    moments: Vec<Moments>,
    sums: Sums,
    /// A full factorial has every combination: nothing is sampled.
    is_sampled: bool,
}

enum Sums {
    Saltelli(Saltelli),
    Bins(Bins),
    None,
}

impl Accumulator {
    pub(crate) fn new(extent: &Extent, with_indices: bool) -> Accumulator {
        let factors = extent.factors as usize;
        let sums = match extent.design {
            _ if !with_indices => Sums::None,
            Design::Sobol => Sums::Saltelli(Saltelli::new(factors)),
            Design::LatinHypercube => {
                Sums::Bins(Bins::new(factors, bins_of(extent) as usize, true))
            }
            Design::FullFactorial => Sums::Bins(Bins::new(factors, extent.levels as usize, false)),
        };
        Accumulator {
            shift: None,
            moments: vec![Moments::default(); BLOCKS],
            sums,
            is_sampled: extent.design != Design::FullFactorial,
        }
    }

    /// Adds a point: its values in the order of its runs, NaN where there is none, and the bin of
    /// each factor (empty in a Sobol' design).
    pub(crate) fn add(&mut self, block: usize, values: &[f64], bins: &[u16]) {
        if self.shift.is_none() {
            self.shift = values.iter().copied().find(|value| !value.is_nan());
        }
        let shift = self.shift.unwrap_or(0.0);
        // A and B are samples; the runs between them are not independent of them.
        for value in values.iter().take(2) {
            self.moments[block].add(value - shift);
        }
        match (&mut self.sums, values) {
            (Sums::Saltelli(sums), [a, b, mixed @ ..]) => {
                sums.add(block, a - shift, b - shift, mixed, shift);
            }
            (Sums::Bins(sums), [value, ..]) if !value.is_nan() => {
                sums.add(block, value - shift, bins);
            }
            _ => {}
        }
    }

    /// What has been found so far, or at the end.
    pub(crate) fn found(&self, bootstrap: &Bootstrap, is_end: bool) -> Found {
        let filled: Vec<bool> = self.moments.iter().map(|m| m.runs > 0.0).collect();
        let sampled = match self.is_sampled {
            true => bootstrap.weights(&filled, is_end),
            false => Vec::new(),
        };
        let together = |weights: &[f64]| {
            let mut all = Moments::default();
            for (moments, &weight) in self.moments.iter().zip(weights) {
                all.add_times(moments, weight);
            }
            all
        };
        let ones = vec![1.0; BLOCKS];
        let all = together(&ones);
        let shift = self.shift.unwrap_or(0.0);
        let resampled: Vec<Moments> = sampled.iter().map(|weights| together(weights)).collect();
        let mean = (all.runs > 0.0).then(|| {
            let replicates = resampled.iter().map(Moments::mean);
            bootstrap::estimate(all.mean() + shift, replicates)
        });
        let indices = match &self.sums {
            Sums::Saltelli(sums) => sums.indices((&ones, &all), (&sampled, &resampled)),
            Sums::Bins(sums) => sums.indices((&ones, &all), (&sampled, &resampled)),
            Sums::None => Vec::new(),
        };
        Found {
            runs: all.runs as u64,
            missing: all.missing as u64,
            mean,
            sd: (all.runs > 0.0).then(|| all.variance().sqrt()),
            indices,
        }
    }
}

/// Bins of an assumption's range: equally probable in a Latin hypercube, the levels of a full
/// factorial.
pub(crate) fn bins_of(extent: &Extent) -> u16 {
    match extent.design {
        Design::Sobol => 0,
        Design::FullFactorial => extent.levels as u16,
        Design::LatinHypercube => match extent.points {
            0..256 => 4,
            256..1024 => 8,
            _ => 16,
        },
    }
}

/// Whether there is a variance to share: rounding leaves a little where there is none.
fn varies(moments: &Moments) -> bool {
    moments.runs > 1.0 && moments.variance() > 1e-18 * (moments.squares / moments.runs)
}

#[cfg(test)]
mod tests;
