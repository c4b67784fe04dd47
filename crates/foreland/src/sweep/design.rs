//! Which points of the space of assumptions a sweep visits.

use rand_pcg::rand_core::Rng;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::sobol::Sobol;
use crate::ensemble::keyed;

/// How the points of a sweep are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Design {
    /// Saltelli's design on a scrambled Sobol' sequence: points A and B, and for each assumption A
    /// with this assumption taken from B. Yields first-order and total indices.
    Sobol,
    /// A Latin hypercube: each assumption has one sample in each of as many equal strata as there
    /// are runs. Yields first-order indices.
    LatinHypercube,
    /// Every combination of a few levels of each assumption. Yields first-order indices.
    FullFactorial,
}

/// A design with its extent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Extent {
    /// How points are chosen.
    pub design: Design,
    /// Assumptions that are varied.
    pub factors: u32,
    /// Levels of each assumption in a full factorial design; 0 in others.
    pub levels: u32,
    /// Points of the design.
    pub points: u64,
}

impl Extent {
    /// Runs of one point.
    pub fn runs_per_point(&self) -> u64 {
        match self.design {
            Design::Sobol => u64::from(self.factors) + 2,
            Design::LatinHypercube | Design::FullFactorial => 1,
        }
    }

    /// All runs.
    pub fn runs(&self) -> u64 {
        self.points * self.runs_per_point()
    }
}

/// Makes the points of a design, any of them by itself.
pub(crate) struct Points {
    extent: Extent,
    source: Source,
}

enum Source {
    Sobol(Sobol),
    Hypercube(Vec<Strata>),
    Factorial,
}

impl Points {
    pub(crate) fn new(extent: Extent, seed: u64, factors: &[String]) -> Points {
        let source = match extent.design {
            Design::Sobol => {
                let halves = ["A", "B"].into_iter();
                let names: Vec<String> = halves
                    .flat_map(|half| factors.iter().map(move |id| format!("{half}/{id}")))
                    .collect();
                Source::Sobol(Sobol::scrambled(seed, &names))
            }
            Design::LatinHypercube => Source::Hypercube(
                factors
                    .iter()
                    .map(|id| Strata::new(seed, id, extent.points))
                    .collect(),
            ),
            Design::FullFactorial => Source::Factorial,
        };
        Points { extent, source }
    }

    /// Place of each assumption in its range (0–1) at a point; of a Sobol' design those of A, then
    /// those of B.
    pub(crate) fn places(&self, point: u64) -> Vec<f64> {
        match &self.source {
            Source::Sobol(sobol) => sobol.point(point),
            Source::Hypercube(strata) => strata.iter().map(|strata| strata.place(point)).collect(),
            Source::Factorial => {
                let levels = u64::from(self.extent.levels);
                let mut rest = point;
                (0..self.extent.factors)
                    .map(|_| {
                        let level = rest % levels;
                        rest /= levels;
                        (level as f64 + 0.5) / levels as f64
                    })
                    .collect()
            }
        }
    }
}

/// The strata of one assumption in a Latin hypercube of any size, in an order keyed by seed and
/// assumption, without keeping the order: a Feistel network permutes the numbers below a power of
/// four, and is walked on until it comes to one of ours.
struct Strata {
    count: u64,
    half_bits: u32,
    keys: [u64; Strata::ROUNDS],
    within: u64,
}

impl Strata {
    const ROUNDS: usize = 6;

    fn new(seed: u64, id: &str, count: u64) -> Strata {
        let mut rng = keyed(seed, &format!("strata/{id}"), None);
        let bits = u64::BITS - (count.max(2) - 1).leading_zeros();
        Strata {
            count,
            half_bits: bits.div_ceil(2),
            keys: std::array::from_fn(|_| rng.next_u64()),
            within: rng.next_u64(),
        }
    }

    fn place(&self, run: u64) -> f64 {
        let within = crate::ensemble::unit(mix(self.within ^ mix(run)));
        (self.stratum(run) as f64 + within) / self.count as f64
    }

    fn stratum(&self, run: u64) -> u64 {
        let mask = (1u64 << self.half_bits) - 1;
        let mut number = run;
        loop {
            let (mut left, mut right) = (number >> self.half_bits, number & mask);
            for key in self.keys {
                (left, right) = (right, left ^ (mix(right ^ key) & mask));
            }
            number = left << self.half_bits | right;
            if number < self.count {
                return number;
            }
        }
    }
}

/// The finaliser of SplitMix64 (G. Steele, D. Lea and C. Flood, OOPSLA 2014): every bit of the
/// input moves every bit of the output.
pub(crate) fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ value >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ value >> 31
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Design, Extent, Points};

    fn points(design: Design, factors: u32, levels: u32, points: u64) -> Points {
        let extent = Extent {
            design,
            factors,
            levels,
            points,
        };
        let names: Vec<String> = (0..factors).map(|n| format!("factor {n}")).collect();
        Points::new(extent, 11, &names)
    }

    proptest! {
        #[test]
        fn a_hypercube_hits_every_stratum_once(count in 1u64..500) {
            let points = points(Design::LatinHypercube, 3, 0, count);
            for factor in 0..3 {
                let mut strata: Vec<u64> = (0..count)
                    .map(|run| (points.places(run)[factor] * count as f64) as u64)
                    .collect();
                strata.sort_unstable();
                prop_assert_eq!(strata, (0..count).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn a_factorial_visits_every_combination_once() {
        let points = points(Design::FullFactorial, 3, 4, 64);
        let mut seen: Vec<Vec<u64>> = (0..64)
            .map(|point| {
                let places = points.places(point);
                places.iter().map(|place| (place * 4.0) as u64).collect()
            })
            .collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 64);
        assert_eq!(points.places(0), [0.125; 3]);
    }

    #[test]
    fn runs_of_a_point() {
        let extent = |design| Extent {
            design,
            factors: 10,
            levels: 0,
            points: 4,
        };
        assert_eq!(extent(Design::Sobol).runs(), 48);
        assert_eq!(extent(Design::LatinHypercube).runs(), 4);
    }
}
