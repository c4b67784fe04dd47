//! Countries as the world's trade sees them: how far apart, and whether land joins them.

use crate::atlas::{Atlas, CountryRow};
use crate::geo::great_circle_km;

/// Countries nearer than this are taken to be this far apart: capitals stand for countries.
const LEAST_KM: f64 = 100.0;

/// Distances and borders between countries, by their order in the atlas.
pub(crate) struct Map {
    /// Between capitals, km, row by row.
    pub(crate) km: Vec<f64>,
    /// Whether two countries have a common border, row by row.
    pub(crate) borders: Vec<bool>,
    /// Number of the piece of land that a country lies on.
    pub(crate) land: Vec<usize>,
    pub(crate) n: usize,
}

impl Map {
    pub(crate) fn of(atlas: &Atlas) -> Map {
        let rows = &atlas.countries.rows;
        let n = rows.len();
        let at = |row: &CountryRow| (row.lon_deg, row.lat_deg);
        let pairs = || rows.iter().flat_map(|a| rows.iter().map(move |b| (a, b)));
        let km = pairs()
            .map(|(a, b)| great_circle_km(at(a), at(b)).max(LEAST_KM))
            .collect();
        let borders = pairs()
            .map(|(a, b)| a.neighbours.0.contains(&b.code))
            .collect();
        let mut map = Map {
            km,
            borders,
            land: (0..n).collect(),
            n,
        };
        map.join_land();
        map
    }

    /// Gives countries that a chain of borders joins the same number.
    fn join_land(&mut self) {
        let mut changed = true;
        while changed {
            changed = false;
            for pair in 0..self.n * self.n {
                let (a, b) = (pair / self.n, pair % self.n);
                if self.borders[pair] && self.land[a] != self.land[b] {
                    let least = self.land[a].min(self.land[b]);
                    self.land[a] = least;
                    self.land[b] = least;
                    changed = true;
                }
            }
        }
    }

    /// Share of the goods between two countries that take the sea: all of it across water, else
    /// the more, the longer the way over land. `reach_km` is where 63 % do; 0 = all do.
    pub(crate) fn sea_share(&self, from: usize, to: usize, reach_km: f64) -> f64 {
        if reach_km <= 0.0 || self.land[from] != self.land[to] {
            return 1.0;
        }
        1.0 - (-self.km[from * self.n + to] / reach_km).exp()
    }
}
