//! Latin hypercube samples keyed by seed, driver and run.

use rand_pcg::Pcg64;
use rand_pcg::rand_core::{Rng, SeedableRng};

use crate::param::{Draw, Driver, Params, drivers_of};

/// Samples of every driver of a world.
pub struct Sampler {
    /// The drivers, in the order of their identifiers.
    pub drivers: Vec<Driver>,
    centre: Vec<f64>,
    members: Vec<(usize, usize)>,
    ranges: Vec<(f64, f64, f64)>,
    /// Place of each driver in its range in each run, 0–1.
    places: Vec<Vec<f64>>,
}

impl Sampler {
    /// Samples for a number of runs.
    pub fn new(params: &Params, seed: u64, runs: u32) -> Sampler {
        let drivers = drivers_of(params);
        let places = drivers
            .iter()
            .map(|d| hypercube(seed, &d.id, runs))
            .collect();
        let mut members = Vec::new();
        let mut ranges = Vec::new();
        for (driver, facts) in drivers.iter().enumerate() {
            for &ix in &facts.members {
                let range = params.get(ix).range;
                members.push((driver, ix.index()));
                ranges.push((range.low, range.mid, range.high));
            }
        }
        Sampler {
            centre: params.iter().map(|(_, param)| param.range.mid).collect(),
            drivers,
            members,
            ranges,
            places,
        }
    }

    /// The draw of a run.
    pub fn draw(&self, run: u32) -> Draw {
        let mut values = self.centre.clone();
        for (&(driver, param), &(low, mid, high)) in self.members.iter().zip(&self.ranges) {
            values[param] = triangular(low, mid, high, self.places[driver][run as usize]);
        }
        Draw::of_values(values)
    }

    /// Place of a driver in its range in a run, 0–1.
    pub fn place(&self, driver: usize, run: u32) -> f64 {
        self.places[driver][run as usize]
    }
}

/// Inverse of the triangular distribution with its peak at the most plausible value.
pub(crate) fn triangular(low: f64, mid: f64, high: f64, place: f64) -> f64 {
    let width = high - low;
    if width <= 0.0 {
        return mid;
    }
    let below = (mid - low) / width;
    let value = if place < below {
        low + (place * width * (mid - low)).sqrt()
    } else {
        high - ((1.0 - place) * width * (high - mid)).sqrt()
    };
    value.clamp(low, high)
}

/// One place in each of as many equal strata as there are runs, in an order keyed by seed and
/// name; the place within a stratum is keyed by seed, name and run.
pub(crate) fn hypercube(seed: u64, name: &str, runs: u32) -> Vec<f64> {
    let mut order: Vec<u32> = (0..runs).collect();
    let mut rng = keyed(seed, name, None);
    for last in (1..order.len()).rev() {
        let pick = below(&mut rng, last as u64 + 1) as usize;
        order.swap(last, pick);
    }
    (0..runs)
        .zip(order)
        .map(|(run, stratum)| {
            let within = unit(keyed(seed, name, Some(run)).next_u64());
            (f64::from(stratum) + within) / f64::from(runs)
        })
        .collect()
}

pub(crate) fn keyed(seed: u64, name: &str, run: Option<u32>) -> Pcg64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&seed.to_le_bytes());
    if let Some(run) = run {
        hasher.update(&run.to_le_bytes());
    }
    hasher.update(name.as_bytes());
    Pcg64::from_seed(*hasher.finalize().as_bytes())
}

/// A number below a bound, by multiplication (the bias is below 2⁻³² for any number of runs).
pub(crate) fn below(rng: &mut Pcg64, bound: u64) -> u64 {
    ((u128::from(rng.next_u64()) * u128::from(bound)) >> 64) as u64
}

/// The 53 high bits as a number in [0, 1).
pub(crate) fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::{hypercube, triangular};

    #[test]
    fn every_stratum_is_hit_once() {
        let runs = 64;
        let mut strata: Vec<u32> = hypercube(7, "speed", runs)
            .iter()
            .map(|place| (place * f64::from(runs)) as u32)
            .collect();
        strata.sort_unstable();
        assert_eq!(strata, (0..runs).collect::<Vec<_>>());
    }

    #[test]
    fn names_and_seeds_key_the_samples() {
        assert_eq!(hypercube(7, "speed", 8), hypercube(7, "speed", 8));
        assert_ne!(hypercube(7, "speed", 8), hypercube(8, "speed", 8));
        assert_ne!(hypercube(7, "speed", 8), hypercube(7, "price", 8));
    }

    #[test]
    fn the_triangular_quantiles_are_those_of_the_textbook() {
        assert_eq!(triangular(0.0, 1.0, 2.0, 0.0), 0.0);
        assert_eq!(triangular(0.0, 1.0, 2.0, 0.5), 1.0);
        assert_eq!(triangular(0.0, 1.0, 2.0, 0.125), 0.5);
        assert_eq!(triangular(3.0, 3.0, 3.0, 0.3), 3.0);
    }

    #[test]
    fn the_mean_of_a_triangular_sample_is_the_mean_of_its_corners() {
        let runs = 1000;
        let mean: f64 = hypercube(1, "x", runs)
            .iter()
            .map(|&place| triangular(0.0, 1.0, 5.0, place))
            .sum::<f64>()
            / f64::from(runs);
        assert!((mean - 2.0).abs() < 0.005, "{mean}");
    }
}
