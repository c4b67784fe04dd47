//! Whether distances behave as distances: symmetric, no way over a third place shorter, nothing
//! shorter than the geodesic.

use sealane::{LonLat, Ocean, PortIx};

/// What was found over random triples of ports.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MetricCheck {
    /// Triples of ports that water joins.
    pub triples: usize,
    /// Largest difference between there and back, nm.
    pub asymmetry_nm: f64,
    /// Largest amount by which a way over a third port is shorter than the direct one, nm.
    pub detour_gain_nm: f64,
    /// Largest amount by which a distance is shorter than the geodesic between the ports, nm.
    pub below_geodesic_nm: f64,
}

/// Rounding of lengths to whole centimetres and of the geodesic's series, over the three sides of
/// a triangle, nm.
pub const ROUNDING_NM: f64 = 0.02;

impl MetricCheck {
    /// Whether all differences are rounding.
    pub fn holds(&self) -> bool {
        let worst = self
            .asymmetry_nm
            .max(self.detour_gain_nm)
            .max(self.below_geodesic_nm);
        self.triples > 0 && worst <= ROUNDING_NM
    }

    fn look_at(&mut self, ocean: &Ocean, [a, b, c]: [PortIx; 3]) {
        let nm = |from, to| ocean.distance(from, to).map(|distance| distance.nm());
        let (Some(ab), Some(bc), Some(ac)) = (nm(a, b), nm(b, c), nm(a, c)) else {
            return;
        };
        self.triples += 1;
        self.detour_gain_nm = self.detour_gain_nm.max(ac - (ab + bc));
        for (from, to, there) in [(a, b, ab), (b, c, bc), (a, c, ac)] {
            if let Some(back) = nm(to, from) {
                self.asymmetry_nm = self.asymmetry_nm.max((there - back).abs());
            }
            let at = |port: PortIx| ocean.ports()[port.number()].position;
            let straight_nm = geodesic_nm(at(from), at(to));
            self.below_geodesic_nm = self.below_geodesic_nm.max(straight_nm - there);
        }
    }
}

/// Looks at `triples` triples of ports, chosen by `seed`; ports that nothing reaches are left out.
pub fn check_metric(ocean: &Ocean, triples: usize, seed: u64) -> MetricCheck {
    let ports: Vec<PortIx> = ocean
        .port_numbers()
        .filter(|port| ocean.ports()[port.number()].is_reached)
        .collect();
    let mut check = MetricCheck::default();
    if ports.is_empty() {
        return check;
    }
    for i in 0..triples as u64 {
        let pick = |k: u64| ports[(mixed(seed, 3 * i + k) % ports.len() as u64) as usize];
        check.look_at(ocean, [pick(0), pick(1), pick(2)]);
    }
    check
}

fn geodesic_nm(from: LonLat, to: LonLat) -> f64 {
    sealane::ellipsoid::geodesic_m(from.point(), to.point()) / sealane::ellipsoid::METRES_PER_NM
}

/// A number for a place in a sequence (`SplitMix64`: Steele, Lea and Flood, OOPSLA 2014).
fn mixed(seed: u64, place: u64) -> u64 {
    let mut z = seed.wrapping_add(place.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::{MetricCheck, mixed};

    #[test]
    fn a_check_of_nothing_holds_nothing() {
        assert!(!MetricCheck::default().holds());
    }

    #[test]
    fn a_shorter_way_over_a_third_port_is_a_failure() {
        let fine = MetricCheck {
            triples: 5,
            ..MetricCheck::default()
        };
        assert!(fine.holds());
        let wrong = MetricCheck {
            detour_gain_nm: 0.5,
            ..fine
        };
        assert!(!wrong.holds());
    }

    #[test]
    fn numbers_depend_on_seed_and_place_only() {
        assert_eq!(mixed(1, 2), mixed(1, 2));
        assert_ne!(mixed(1, 2), mixed(1, 3));
        assert_ne!(mixed(1, 2), mixed(2, 2));
    }
}
