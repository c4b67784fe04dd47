//! Confidence intervals.

use std::f64::consts::{FRAC_PI_2, PI};

use serde::Serialize;

use crate::distribution::normal_quantile;

/// Correlation of neighbouring batches above which they are joined.
const MOST_CORRELATION: f64 = 0.1;
/// Batches of a run that are not joined further.
const LEAST_BATCHES: usize = 8;

/// A mean with its uncertainty, and the spread of what it is the mean of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// Mean.
    pub mean: f64,
    /// Half the width of the 95 % confidence interval of the mean; none of fewer than two values.
    pub ci95: Option<f64>,
    /// A tenth of the values are not above it.
    pub p10: f64,
    /// Half of the values are not above it.
    pub p50: f64,
    /// Nine tenths of the values are not above it.
    pub p90: f64,
    /// Independent values that it rests on.
    pub values: usize,
}

impl Estimate {
    /// The estimate from independent values of one distribution; none without values.
    #[must_use]
    pub fn new(values: &[f64]) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (mean, ci95) = mean_interval(values);
        let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|part| quantile(&sorted, part));
        Some(Self {
            mean,
            ci95,
            p10,
            p50,
            p90,
            values: values.len(),
        })
    }

    /// The same mean and quantiles, with the interval from the means of pairs of neighbours: for
    /// values that are drawn in pairs and independent only between pairs.
    pub(crate) fn of_pairs(values: &[f64]) -> Option<Self> {
        let pairs: Vec<f64> = values
            .chunks_exact(2)
            .map(|pair| f64::midpoint(pair[0], pair[1]))
            .collect();
        let all = Self::new(values)?;
        let ci95 = mean_interval(&pairs).1;
        Some(Self {
            ci95,
            values: pairs.len(),
            ..all
        })
    }

    /// The estimate from batches of several runs, each in the order of time.
    pub(crate) fn of_batches(mut runs: Vec<Vec<f64>>) -> Option<Self> {
        while correlation(&runs) > MOST_CORRELATION
            && runs.iter().all(|run| run.len() >= 2 * LEAST_BATCHES)
        {
            let join = |run: &Vec<f64>| {
                run.chunks_exact(2)
                    .map(|pair| f64::midpoint(pair[0], pair[1]))
                    .collect()
            };
            runs = runs.iter().map(join).collect();
        }
        Self::new(&runs.concat())
    }

    /// Half the width of the interval as a part of the mean; infinite if it is not known.
    #[must_use]
    pub fn relative_width(&self) -> f64 {
        match self.ci95 {
            Some(0.0) => 0.0,
            Some(half) if self.mean != 0.0 => half / self.mean.abs(),
            _ => f64::INFINITY,
        }
    }
}

/// Correlation of neighbours within runs.
fn correlation(runs: &[Vec<f64>]) -> f64 {
    let count: usize = runs.iter().map(Vec::len).sum();
    let mean = runs.iter().flatten().sum::<f64>() / count.max(1) as f64;
    let squares: f64 = runs
        .iter()
        .flatten()
        .map(|value| (value - mean).powi(2))
        .sum();
    let products: f64 = runs
        .iter()
        .flat_map(|run| run.windows(2))
        .map(|pair| (pair[0] - mean) * (pair[1] - mean))
        .sum();
    if squares > 0.0 {
        products / squares
    } else {
        0.0
    }
}

fn mean_interval(values: &[f64]) -> (f64, Option<f64>) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    if values.len() < 2 {
        return (mean, None);
    }
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let error = (squares / (count - 1.0) / count).sqrt();
    (mean, Some(t_quantile(values.len() - 1) * error))
}

/// The value of sorted values that a part of them do not exceed, between neighbours in proportion.
pub(crate) fn quantile(sorted: &[f64], part: f64) -> f64 {
    let place = part * (sorted.len() - 1) as f64;
    let (low, high) = (place.floor() as usize, place.ceil() as usize);
    sorted[low] + (sorted[high] - sorted[low]) * (place - place.floor())
}

/// The 97.5 % quantile of Student's t: algorithm 396 of Hill, Communications of the ACM 13 (1970).
pub(crate) fn t_quantile(degrees: usize) -> f64 {
    const BOTH_TAILS: f64 = 0.05;
    let n = degrees as f64;
    match degrees {
        0 => return f64::INFINITY,
        1 => return 1.0 / libm::tan(BOTH_TAILS * FRAC_PI_2),
        2 => return (2.0 / (BOTH_TAILS * (2.0 - BOTH_TAILS)) - 2.0).sqrt(),
        _ => {}
    }
    let a = 1.0 / (n - 0.5);
    let b = 48.0 / (a * a);
    let mut c = ((20700.0 * a / b - 98.0) * a - 16.0) * a + 96.36;
    let d = ((94.5 / (b + c) - 3.0) / b + 1.0) * (a * PI / 2.0).sqrt() * n;
    let mut y = libm::pow(d * BOTH_TAILS, 2.0 / n);
    if y > 0.05 + a {
        let x = normal_quantile(BOTH_TAILS * 0.5);
        y = x * x;
        if degrees < 5 {
            c += 0.3 * (n - 4.5) * (x + 0.6);
        }
        c += (((0.05 * d * x - 5.0) * x - 7.0) * x - 2.0) * x + b;
        y = (((((0.4 * y + 6.3) * y + 36.0) * y + 94.5) / c - y - 3.0) / b + 1.0) * x;
        y = libm::expm1(a * y * y);
    } else {
        let tail = 1.0 / (((n + 6.0) / (n * y) - 0.089 * d - 0.822) * (n + 2.0) * 3.0);
        y = ((tail + 0.5 / (n + 4.0)) * y - 1.0) * (n + 1.0) / (n + 2.0) + 1.0 / y;
    }
    (n * y).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of any printed table of the t distribution.
    #[test]
    fn t_quantiles_agree_with_tables() {
        let table = [
            (1, 12.706),
            (2, 4.303),
            (3, 3.182),
            (4, 2.776),
            (5, 2.571),
            (10, 2.228),
            (30, 2.042),
            (120, 1.980),
        ];
        for (degrees, expected) in table {
            let found = t_quantile(degrees);
            assert!((found - expected).abs() < 0.001, "{degrees}: {found}");
        }
    }

    #[test]
    fn an_interval_shrinks_with_the_root_of_the_number() {
        let estimate = Estimate::new(&[1.0, 2.0, 3.0, 4.0]).unwrap();
        assert_eq!((estimate.mean, estimate.p50), (2.5, 2.5));
        assert!((estimate.ci95.unwrap() - 3.182 * (5.0_f64 / 12.0).sqrt()).abs() < 0.001);
        assert_eq!(Estimate::new(&[3.0]).unwrap().ci95, None);
        assert_eq!(Estimate::new(&[]), None);
    }
}
