//! Sums over many durations: moments, quantiles, and batches for confidence intervals.

use serde::{Deserialize, Serialize};

/// Buckets for each doubling of a duration: quantiles are within 1.6 %.
const PER_OCTAVE: u64 = 32;
/// Shortest duration with a bucket of its own, 2⁻²⁰ h (3.4 ms), as an exponent.
const LEAST_EXPONENT: i64 = -20;
/// Doublings covered: up to 2²⁴ h (1,900 years).
const OCTAVES: u64 = 44;
/// Batches in which durations are summed, at most; when they are full, neighbours are joined.
const MOST_BATCHES: usize = 64;

/// Durations in hours, counted into buckets of about 2 % width.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    /// Bucket and count, in rising order, without empty ones. Bucket 0 holds what is shorter than
    /// 3.4 ms.
    counts: Vec<(u16, u64)>,
}

impl Histogram {
    /// Adds another histogram's counts.
    pub fn merge(&mut self, other: &Self) {
        for (bucket, count) in &other.counts {
            match self
                .counts
                .binary_search_by_key(bucket, |(bucket, _)| *bucket)
            {
                Ok(place) => self.counts[place].1 += count,
                Err(place) => self.counts.insert(place, (*bucket, *count)),
            }
        }
    }

    fn from_counts(counts: &[u64]) -> Self {
        let filled = counts.iter().zip(0..).filter(|(count, _)| **count > 0);
        Self {
            counts: filled.map(|(count, bucket)| (bucket, *count)).collect(),
        }
    }

    /// Number of durations counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// The duration in hours that the given part (0 to 1) of all do not exceed, within 1.6 %; none
    /// if there are none.
    #[must_use]
    pub fn quantile_h(&self, part: f64) -> Option<f64> {
        let wanted = (part * self.count() as f64).ceil().max(1.0) as u64;
        let mut below = 0;
        for (bucket, count) in &self.counts {
            below += count;
            if below >= wanted {
                return Some(bucket_middle(*bucket));
            }
        }
        None
    }
}

const fn bucket_count() -> usize {
    (OCTAVES * PER_OCTAVE + 1) as usize
}

/// Exponent and first five binary places of a duration are its bucket.
#[inline]
fn bucket(duration_h: f64) -> usize {
    let least = ((1023 + LEAST_EXPONENT) as u64) * PER_OCTAVE;
    let place = (duration_h.to_bits() >> 47).saturating_sub(least);
    (place as usize).min(bucket_count() - 1)
}

fn bucket_middle(bucket: u16) -> f64 {
    if bucket == 0 {
        return 0.0;
    }
    let least = ((1023 + LEAST_EXPONENT) as u64) * PER_OCTAVE;
    let edge = |place: u64| f64::from_bits((least + place) << 47);
    f64::midpoint(edge(u64::from(bucket)), edge(u64::from(bucket) + 1))
}

/// What is known of many durations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Durations {
    /// How many.
    pub count: u64,
    /// Their sum in hours.
    pub sum_h: f64,
    /// The sum of their squares in h².
    pub sum_squares_h2: f64,
    /// The longest in hours.
    pub longest_h: f64,
    /// Their distribution. Empty in the records of an outcome unless [`crate::Settings::keep_details`]
    /// is set; [`crate::Outcome::distribution`] has that of all replications together.
    pub histogram: Histogram,
    /// Mean of each batch in hours, in the order in which they were counted: the same number in each,
    /// the last ones left out if they do not fill a batch.
    pub batch_means_h: Vec<f64>,
}

impl Durations {
    /// Their mean in hours; none if there are none.
    #[must_use]
    pub fn mean_h(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum_h / self.count as f64)
    }
}

/// Durations being counted.
#[derive(Clone, Debug)]
pub(crate) struct Counting {
    count: u64,
    sum_h: f64,
    sum_squares_h2: f64,
    longest_h: f64,
    buckets: Vec<u64>,
    batches: [f64; MOST_BATCHES],
    full: usize,
    batch_size: u64,
    in_batch: u64,
}

impl Default for Counting {
    /// Without memory for buckets yet: [`Counting::clear`] makes it ready.
    fn default() -> Self {
        Self::over(Vec::new())
    }
}

impl Counting {
    #[cfg(test)]
    fn new() -> Self {
        let mut counting = Self::default();
        counting.clear();
        counting
    }

    fn over(buckets: Vec<u64>) -> Self {
        Self {
            count: 0,
            sum_h: 0.0,
            sum_squares_h2: 0.0,
            longest_h: 0.0,
            buckets,
            batches: [0.0; MOST_BATCHES],
            full: 0,
            batch_size: 1,
            in_batch: 0,
        }
    }

    /// Begins anew, in the same memory.
    pub fn clear(&mut self) {
        let mut buckets = std::mem::take(&mut self.buckets);
        buckets.clear();
        buckets.resize(bucket_count(), 0);
        *self = Self::over(buckets);
    }

    #[inline]
    pub fn add(&mut self, duration_h: f64) {
        self.count += 1;
        self.sum_h += duration_h;
        self.sum_squares_h2 += duration_h * duration_h;
        self.longest_h = self.longest_h.max(duration_h);
        self.buckets[bucket(duration_h)] += 1;
        self.batches[self.full] += duration_h;
        self.in_batch += 1;
        if self.in_batch == self.batch_size {
            self.in_batch = 0;
            self.full += 1;
            if self.full == MOST_BATCHES {
                self.join_batches();
            }
        }
    }

    fn join_batches(&mut self) {
        for place in 0..MOST_BATCHES / 2 {
            self.batches[place] = self.batches[2 * place] + self.batches[2 * place + 1];
        }
        self.batches[MOST_BATCHES / 2..].fill(0.0);
        self.full = MOST_BATCHES / 2;
        self.batch_size *= 2;
    }

    pub fn finish(&self) -> Durations {
        let size = self.batch_size as f64;
        Durations {
            count: self.count,
            sum_h: self.sum_h,
            sum_squares_h2: self.sum_squares_h2,
            longest_h: self.longest_h,
            histogram: Histogram::from_counts(&self.buckets),
            batch_means_h: self.batches[..self.full]
                .iter()
                .map(|sum| sum / size)
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_within_the_stated_width() {
        let mut counting = Counting::new();
        (1..=10_000).for_each(|n| counting.add(f64::from(n) / 100.0));
        let found = counting.finish();
        for (part, exact) in [(0.1, 10.0), (0.5, 50.0), (0.9, 90.0), (1.0, 100.0)] {
            let quantile = found.histogram.quantile_h(part).unwrap();
            assert!((quantile / exact - 1.0).abs() < 0.016, "{part}: {quantile}");
        }
        assert!((found.mean_h().unwrap() - 50.005).abs() < 1e-9);
    }

    #[test]
    fn batches_hold_equal_numbers_in_order() {
        let mut counting = Counting::new();
        (0..1000).for_each(|n| counting.add(f64::from(n)));
        let means = counting.finish().batch_means_h;
        assert!((32..64).contains(&means.len()));
        let steps: Vec<f64> = means.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert!(steps.iter().all(|step| (step - steps[0]).abs() < 1e-9));
    }

    #[test]
    fn merged_histograms_count_everything() {
        let mut one = Counting::new();
        let mut two = Counting::new();
        [0.0, 1.0, 2.0]
            .into_iter()
            .for_each(|duration| one.add(duration));
        [1.0, 1e30]
            .into_iter()
            .for_each(|duration| two.add(duration));
        let mut merged = one.finish().histogram;
        merged.merge(&two.finish().histogram);
        assert_eq!(merged.count(), 5);
        assert_eq!(merged.quantile_h(0.0), Some(0.0));
    }
}
