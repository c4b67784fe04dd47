//! From degrees to the plane.

/// A map projection; results are in radians-like units with y growing southwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Projection {
    /// Equal Earth (Šavrič, Patterson and Jenny, International Journal of Geographical
    /// Information Science 33(3), 2019): equal-area, for the whole world.
    EqualEarth {
        /// Longitude in the middle of the map, degrees.
        centre_deg: f64,
    },
    /// Equirectangular, true to scale at one latitude: for a part of a continent.
    Local {
        /// Longitude in the middle of the map, degrees.
        centre_deg: f64,
        /// Latitude that is shown true to scale, degrees.
        true_lat_deg: f64,
    },
}

/// Coefficients of the Equal Earth polynomial, from its publication.
const A: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];

impl Projection {
    /// Longitude in the middle of the map, degrees.
    pub(super) fn centre_deg(self) -> f64 {
        match self {
            Projection::EqualEarth { centre_deg } | Projection::Local { centre_deg, .. } => {
                centre_deg
            }
        }
    }

    /// Where a point falls; `east_deg` is its longitude counted from the middle, −180 to 180.
    pub(super) fn project(self, east_deg: f64, lat_deg: f64) -> [f64; 2] {
        let (east, lat) = (east_deg.to_radians(), lat_deg.to_radians());
        match self {
            Projection::EqualEarth { .. } => {
                let half_sqrt3 = 3.0_f64.sqrt() / 2.0;
                let t = (half_sqrt3 * lat.sin()).asin();
                let t2 = t * t;
                let t6 = t2 * t2 * t2;
                let dy = A[0] + 3.0 * A[1] * t2 + t6 * (7.0 * A[2] + 9.0 * A[3] * t2);
                let y = t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2));
                [east * t.cos() / (half_sqrt3 * dy), -y]
            }
            Projection::Local { true_lat_deg, .. } => {
                [east * true_lat_deg.to_radians().cos(), -lat]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Projection;

    const WORLD: Projection = Projection::EqualEarth { centre_deg: 0.0 };

    #[test]
    fn the_middle_is_the_origin() {
        assert_eq!(WORLD.project(0.0, 0.0), [0.0, 0.0]);
    }

    #[test]
    fn width_and_height_are_those_of_the_publication() {
        // Aspect ratio 1 : 2.05458, the pole line 0.59247 as long as the equator.
        let [half_width, _] = WORLD.project(180.0, 0.0);
        let [pole_half_width, half_height] = WORLD.project(180.0, -90.0);
        assert!((half_width / half_height - 2.05458).abs() < 1e-4);
        assert!((pole_half_width / half_width - 0.59247).abs() < 1e-4);
    }

    #[test]
    fn equal_areas_stay_equal() {
        // Cells of 1° by 1° shrink with the cosine of the latitude, on the Earth as on the map.
        let area = |lat: f64| {
            let corners = [(0.0, lat), (1.0, lat), (1.0, lat + 1.0), (0.0, lat + 1.0)]
                .map(|(east, lat)| WORLD.project(east, lat));
            let twice: f64 = (0..4)
                .map(|i| {
                    let ([x0, y0], [x1, y1]) = (corners[i], corners[(i + 1) % 4]);
                    x0 * y1 - x1 * y0
                })
                .sum();
            twice.abs() / 2.0
        };
        let cap = |lat: f64| (lat + 1.0).to_radians().sin() - lat.to_radians().sin();
        for lat in [0.0, 20.0, 45.0, 70.0] {
            let ratio = area(lat) / area(0.0) / (cap(lat) / cap(0.0));
            assert!((ratio - 1.0).abs() < 1e-3, "{lat}: {ratio}");
        }
    }
}
