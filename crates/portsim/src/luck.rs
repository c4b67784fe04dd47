//! Random numbers that belong to things, not to the order of calls.
//!
//! A draw is a function of (seed, replication, entity, purpose) and of nothing else. Two scenarios that
//! share a ship therefore share its luck: what differs between them is what was changed. The generator
//! is SplitMix64 (Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014),
//! started anew for each purpose from a mixture of the four keys.

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// Stafford's variant 13 of the finaliser of MurmurHash3: each bit of the input changes each bit of
/// the output with probability near one half.
const fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A key made of two keys; the order of the two matters.
pub(crate) const fn join(a: u64, b: u64) -> u64 {
    mix(mix(a.wrapping_add(GOLDEN)) ^ b.wrapping_mul(GOLDEN))
}

/// The key of a name: FNV-1a over its bytes, mixed.
pub(crate) fn name_key(name: &str) -> u64 {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    mix(name.bytes().fold(0xcbf2_9ce4_8422_2325, fold))
}

/// The luck of one replication.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Luck {
    root: u64,
    /// Mirrored luck: each draw u becomes 1 − u.
    mirrored: bool,
}

impl Luck {
    /// With `antithetic`, replications come in pairs (0, 1), (2, 3) …, the second mirroring the first.
    pub fn new(seed: u64, replication: u64, antithetic: bool) -> Self {
        let (number, mirrored) = match antithetic {
            true => (replication / 2, replication % 2 == 1),
            false => (replication, false),
        };
        Self {
            root: join(join(0, seed), number),
            mirrored,
        }
    }

    /// The key of all entities of a kind in this replication.
    pub fn kind(self, kind: u64) -> Kind {
        Kind(join(self.root, kind))
    }

    /// The key of an entity in this replication.
    pub fn entity(self, kind: u64, number: u64) -> u64 {
        self.kind(kind).entity(number)
    }

    /// The random numbers of an entity for one purpose.
    pub fn stream(self, entity: u64, purpose: u64) -> Stream {
        Stream {
            state: mix(entity ^ purpose.wrapping_mul(GOLDEN)),
            mirrored: self.mirrored,
        }
    }
}

/// The key of all entities of a kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Kind(u64);

impl Kind {
    /// The key of the one with this number.
    #[inline]
    pub fn entity(self, number: u64) -> u64 {
        mix(self.0 ^ number.wrapping_mul(GOLDEN))
    }
}

/// Random numbers for one purpose.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    state: u64,
    mirrored: bool,
}

impl Stream {
    /// The next number, above 0 and below 1, symmetrical about one half.
    pub fn unit(&mut self) -> f64 {
        self.state = self.state.wrapping_add(GOLDEN);
        let bits = mix(self.state) >> 11;
        let unit = (bits as f64 + 0.5) * (1.0 / (1_u64 << 53) as f64);
        if self.mirrored { 1.0 - unit } else { unit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(seed: u64, replication: u64, antithetic: bool) -> Vec<f64> {
        let luck = Luck::new(seed, replication, antithetic);
        let mut stream = luck.stream(luck.entity(name_key("ship"), 3), name_key("berth"));
        (0..8).map(|_| stream.unit()).collect()
    }

    #[test]
    fn luck_depends_on_every_key_and_on_nothing_else() {
        assert_eq!(units(1, 0, false), units(1, 0, false));
        assert_ne!(units(1, 0, false), units(2, 0, false));
        assert_ne!(units(1, 0, false), units(1, 1, false));
    }

    #[test]
    fn the_second_of_a_pair_mirrors_the_first() {
        let pair = units(1, 4, true).into_iter().zip(units(1, 5, true));
        assert!(pair.into_iter().all(|(a, b)| (a + b - 1.0).abs() < 1e-15));
    }

    /// First draws of neighbouring entities must look like independent uniforms: it is these that a
    /// simulation uses, far more than the later draws of one stream.
    #[test]
    fn first_draws_of_neighbours_are_uniform_and_uncorrelated() {
        let luck = Luck::new(1, 0, false);
        let n = 1_000_000_u64;
        let draw = |number| {
            luck.stream(luck.entity(name_key("ship"), number), name_key("berth"))
                .unit()
        };
        let mut bins = [0_u32; 100];
        let (mut sum, mut product, mut previous) = (0.0, 0.0, 0.5);
        for number in 0..n {
            let unit = draw(number);
            bins[(unit * 100.0) as usize] += 1;
            sum += unit;
            product += (unit - 0.5) * (previous - 0.5);
            previous = unit;
        }
        let expected = n as f64 / 100.0;
        let chi2: f64 = bins
            .iter()
            .map(|&b| (f64::from(b) - expected).powi(2) / expected)
            .sum();
        assert!(
            (57.0..149.0).contains(&chi2),
            "chi² {chi2} with 99 degrees of freedom"
        );
        assert!((sum / n as f64 - 0.5).abs() < 4.0 * (1.0 / 12.0 / n as f64).sqrt());
        assert!((product / n as f64).abs() < 4.0 / 12.0 / (n as f64).sqrt());
    }
}
