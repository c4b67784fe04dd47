//! Distributions of service times, intervals, lengths and draughts.

use serde::{Deserialize, Serialize};

use crate::error::Problem;
use crate::ln::ln;
use crate::luck::Stream;

/// A distribution of a quantity that is never negative; its unit is that of the field that holds it.
///
/// All draws are made by inversion, so that mirrored luck gives mirrored draws. Logarithms and the like
/// come from the crate and from `libm`, not from the system, whose last digits depend on the processor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Distribution {
    /// Always the same.
    Fixed(f64),
    /// Exponential (M in Kendall's notation).
    Exponential {
        /// Mean.
        mean: f64,
    },
    /// Erlang-k (E2, E3 … in Kendall's notation): the sum of k exponential stages.
    Erlang {
        /// Number of stages, at least 1.
        stages: u32,
        /// Mean of the sum.
        mean: f64,
    },
    /// Equally likely between two ends.
    Uniform {
        /// Least.
        low: f64,
        /// Largest.
        high: f64,
    },
    /// Triangular.
    Triangular {
        /// Least.
        low: f64,
        /// Most likely.
        mode: f64,
        /// Largest.
        high: f64,
    },
    /// Lognormal.
    Lognormal {
        /// Mean.
        mean: f64,
        /// Coefficient of variation: standard deviation over mean.
        cv: f64,
    },
    /// One of the values observed, each as likely as the others.
    Empirical(Vec<f64>),
}

impl Distribution {
    /// Mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Exponential { mean }
            | Self::Erlang { mean, .. }
            | Self::Lognormal { mean, .. } => *mean,
            Self::Uniform { low, high } => f64::midpoint(*low, *high),
            Self::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Self::Empirical(values) => values.iter().sum::<f64>() / values.len() as f64,
        }
    }

    /// Variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        match self {
            Self::Fixed(_) => 0.0,
            Self::Exponential { mean } => mean * mean,
            Self::Erlang { stages, mean } => mean * mean / f64::from(*stages),
            Self::Uniform { low, high } => (high - low).powi(2) / 12.0,
            Self::Triangular {
                low: a,
                mode: c,
                high: b,
            } => (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0,
            Self::Lognormal { mean, cv } => (mean * cv).powi(2),
            Self::Empirical(values) => {
                let mean = self.mean();
                values
                    .iter()
                    .map(|value| (value - mean).powi(2))
                    .sum::<f64>()
                    / values.len() as f64
            }
        }
    }

    /// Whether every draw is greater than zero.
    pub(crate) fn is_positive(&self) -> bool {
        match self {
            Self::Fixed(value) => *value > 0.0,
            Self::Exponential { .. } | Self::Erlang { .. } | Self::Lognormal { .. } => true,
            Self::Uniform { low, .. } | Self::Triangular { low, .. } => *low > 0.0,
            Self::Empirical(values) => values.iter().all(|value| *value > 0.0),
        }
    }

    #[inline]
    pub(crate) fn draw(&self, stream: &mut Stream) -> f64 {
        match self {
            Self::Fixed(value) => *value,
            Self::Exponential { mean } => -mean * ln(stream.unit()),
            Self::Erlang { stages, mean } => {
                // A product of up to 16 numbers above 2^-54 is still far from the smallest number.
                let (mut sum, mut product) = (0.0, 1.0);
                for stage in 0..*stages {
                    product *= stream.unit();
                    if stage % 16 == 15 {
                        sum += ln(product);
                        product = 1.0;
                    }
                }
                -mean / f64::from(*stages) * (sum + ln(product))
            }
            Self::Uniform { low, high } => low + (high - low) * stream.unit(),
            Self::Triangular { low, mode, high } => {
                let unit = stream.unit();
                let (width, rise) = (high - low, mode - low);
                match unit * width < rise {
                    true => low + (unit * width * rise).sqrt(),
                    false => high - ((1.0 - unit) * width * (high - mode)).sqrt(),
                }
            }
            Self::Lognormal { mean, cv } => {
                let spread2 = libm::log1p(cv * cv);
                mean * libm::exp(spread2.sqrt() * normal_quantile(stream.unit()) - spread2 / 2.0)
            }
            Self::Empirical(values) => {
                let place = (stream.unit() * values.len() as f64) as usize;
                values[place.min(values.len() - 1)]
            }
        }
    }

    /// What is wrong with the parameters, if anything.
    pub(crate) fn problem(&self) -> Option<Problem> {
        let positive = |what, value: f64| match value.is_finite() && value > 0.0 {
            true => None,
            false => Some(Problem::Number {
                what,
                value,
                expected: "a number above 0",
            }),
        };
        let least = |what, value: f64| match value.is_finite() && value >= 0.0 {
            true => None,
            false => Some(Problem::Number {
                what,
                value,
                expected: "a number, 0 or more",
            }),
        };
        let rising = |low: f64, high: f64| match low <= high {
            true => None,
            false => Some(Problem::Order { low, high }),
        };
        match self {
            Self::Fixed(value) => least("value", *value),
            Self::Exponential { mean } => positive("mean", *mean),
            Self::Erlang { stages, mean } => match stages {
                1..=1000 => positive("mean", *mean),
                _ => Some(Problem::Number {
                    what: "stages",
                    value: f64::from(*stages),
                    expected: "1 to 1000",
                }),
            },
            Self::Uniform { low, high } => least("low", *low)
                .or(least("high", *high))
                .or(rising(*low, *high)),
            Self::Triangular { low, mode, high } => least("low", *low)
                .or(least("mode", *mode))
                .or(least("high", *high))
                .or(rising(*low, *mode))
                .or(rising(*mode, *high)),
            Self::Lognormal { mean, cv } => positive("mean", *mean).or(positive("cv", *cv)),
            Self::Empirical(values) if values.is_empty() => Some(Problem::Empty { what: "values" }),
            Self::Empirical(values) => values.iter().find_map(|value| least("value", *value)),
        }
    }
}

/// Quantile of the standard normal distribution, to about 1e-16 relative: algorithm AS 241 of
/// Wichura, "The percentage points of the normal distribution", Applied Statistics 37 (1988).
pub(crate) fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 8] = [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ];
    const B: [f64; 8] = [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_855,
    ];
    const C: [f64; 8] = [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ];
    const D: [f64; 8] = [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ];
    const E: [f64; 8] = [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ];
    const F: [f64; 8] = [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ];
    let ratio = |top: &[f64; 8], bottom: &[f64; 8], x: f64| {
        let value = |terms: &[f64; 8]| terms.iter().rev().fold(0.0, |sum, term| sum * x + term);
        value(top) / value(bottom)
    };
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(&A, &B, 0.180_625 - q * q);
    }
    let r = (-libm::log(p.min(1.0 - p))).sqrt();
    let tail = match r <= 5.0 {
        true => ratio(&C, &D, r - 1.6),
        false => ratio(&E, &F, r - 5.0),
    };
    tail.copysign(q)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::luck::{Luck, name_key};

    #[test]
    fn draws_have_the_stated_mean_and_variance() {
        let all = [
            Distribution::Fixed(3.0),
            Distribution::Exponential { mean: 2.0 },
            Distribution::Erlang {
                stages: 2,
                mean: 2.0,
            },
            Distribution::Erlang {
                stages: 37,
                mean: 5.0,
            },
            Distribution::Uniform {
                low: 1.0,
                high: 4.0,
            },
            Distribution::Triangular {
                low: 1.0,
                mode: 2.0,
                high: 7.0,
            },
            Distribution::Lognormal { mean: 3.0, cv: 0.5 },
            Distribution::Empirical(vec![1.0, 2.0, 2.0, 9.0]),
        ];
        let n = 400_000_u64;
        let luck = Luck::new(7, 0, false);
        for law in all {
            let draws: Vec<f64> = (0..n)
                .map(|number| law.draw(&mut luck.stream(luck.entity(1, number), name_key("draw"))))
                .collect();
            let mean = draws.iter().sum::<f64>() / n as f64;
            let variance = draws.iter().map(|draw| (draw - mean).powi(2)).sum::<f64>() / n as f64;
            let error = 5.0 * (law.variance() / n as f64).sqrt();
            assert!(
                (mean - law.mean()).abs() <= error + 1e-9,
                "{law:?}: mean {mean}"
            );
            assert!(
                (variance / law.variance().max(1e-300) - 1.0).abs() < 0.02 || law.variance() == 0.0,
                "{law:?}: variance {variance}"
            );
        }
    }

    #[test]
    fn normal_quantiles_agree_with_published_ones() {
        let known = [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.9995, 3.290_526_731_491_895),
            (1e-10, -6.361_340_902_404_056),
        ];
        for (p, z) in known {
            assert!(
                (normal_quantile(p) - z).abs() < 1e-9,
                "{p}: {}",
                normal_quantile(p)
            );
        }
    }

    #[test]
    fn negative_and_missing_parameters_are_said() {
        let wrong = [
            Distribution::Fixed(-1.0),
            Distribution::Fixed(f64::NAN),
            Distribution::Exponential { mean: 0.0 },
            Distribution::Erlang {
                stages: 0,
                mean: 1.0,
            },
            Distribution::Uniform {
                low: 2.0,
                high: 1.0,
            },
            Distribution::Triangular {
                low: 1.0,
                mode: 0.5,
                high: 2.0,
            },
            Distribution::Lognormal {
                mean: 1.0,
                cv: f64::INFINITY,
            },
            Distribution::Empirical(vec![]),
        ];
        assert!(wrong.iter().all(|law| law.problem().is_some()));
    }
}
