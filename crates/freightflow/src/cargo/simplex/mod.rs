//! A primal simplex method for path flows, partitioned by demand.
//!
//! Every demand has a *key* column in the basis: a path, or leaving it behind. The other columns of
//! the basis are *spare* paths and the slacks of capacities that do not bind, so there are as many
//! spares as binding capacities. Eliminating the keys leaves a working basis of that size, whose
//! inverse is kept.

mod pivot;

use super::basis::Inverse;
use super::columns::Columns;

/// Gain a unit, as a part of the largest gain, below which a column is not worth entering.
const WORTH: f64 = 1e-11;

/// Largest part by which capacities and volumes are lowered so that no two bounds are met at once.
const PERTURBATION: f64 = 1e-9;

/// Pivots between fresh inverses.
const REFRESH: usize = 100;

/// Columns of the pool that are looked at together for candidates.
const POOL_PART: usize = 1024;

/// Most candidates that are kept from one pivot to the next.
const MOST_CANDIDATES: usize = 32;

/// Place of a capacity among the binding ones, or this.
const FREE: u32 = u32::MAX;

/// What enters the basis.
#[derive(Clone, Copy, Debug)]
enum Entering {
    Column(usize),
    /// The slack of a binding capacity, by its place.
    Slack(usize),
}

/// Arithmetic broke down; a fresh start with other perturbations may succeed.
#[derive(Debug)]
pub(super) struct Breakdown;

/// A basis and its solution.
pub(super) struct Simplex {
    /// Capacities and volumes, lowered a little.
    capacities: Vec<f64>,
    volumes: Vec<f64>,
    keys: Vec<usize>,
    spares: Vec<usize>,
    binding: Vec<usize>,
    place: Vec<u32>,
    inverse: Inverse,
    key_flow: Vec<f64>,
    spare_flow: Vec<f64>,
    slack: Vec<f64>,
    /// Zeros, between uses.
    key_rate: Vec<f64>,
    largest_gain: f64,
    pivots: usize,
    next_part: usize,
}

impl Simplex {
    /// Everything is left behind.
    pub(super) fn new(columns: &Columns, volumes: &[f64], largest_gain: f64) -> Self {
        let mut noise = Noise(0x9e37_79b9_7f4a_7c15);
        let mut lower = |value: &f64| value * (1.0 - PERTURBATION * noise.next());
        let capacities: Vec<f64> = columns.capacities.iter().map(&mut lower).collect();
        let volumes: Vec<f64> = volumes.iter().map(&mut lower).collect();
        Self {
            keys: (0..volumes.len()).collect(),
            spares: Vec::new(),
            binding: Vec::new(),
            place: vec![FREE; capacities.len()],
            inverse: Inverse::default(),
            key_flow: volumes.clone(),
            spare_flow: Vec::new(),
            slack: capacities.clone(),
            key_rate: vec![0.0; volumes.len()],
            capacities,
            volumes,
            largest_gain,
            pivots: 0,
            next_part: 0,
        }
    }

    /// Pivots until no known column is worth entering.
    pub(super) fn optimise(&mut self, columns: &Columns) -> Result<(), Breakdown> {
        let mut candidates = Vec::new();
        loop {
            let duals = self.duals(columns);
            let Some(entering) = self.price(columns, &duals, &mut candidates) else {
                return Ok(());
            };
            self.pivot(columns, entering)?;
            self.pivots += 1;
            if self.pivots.is_multiple_of(REFRESH) {
                self.refresh(columns)?;
            }
        }
    }

    /// Duals of the capacities by row, 0 where there is slack.
    pub(super) fn duals(&self, columns: &Columns) -> Vec<f64> {
        let gain = |&spare: &usize| {
            let column = &columns.all[spare];
            column.gain - columns.all[self.keys[column.demand as usize]].gain
        };
        let gains: Vec<f64> = self.spares.iter().map(gain).collect();
        let mut duals = vec![0.0; self.capacities.len()];
        for (row, dual) in self.binding.iter().zip(self.inverse.after(&gains)) {
            duals[*row] = dual;
        }
        duals
    }

    /// Flow of every column in the basis.
    pub(super) fn flows(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        let keys = self.keys.iter().copied().zip(self.key_flow.iter().copied());
        keys.chain(
            self.spares
                .iter()
                .copied()
                .zip(self.spare_flow.iter().copied()),
        )
    }

    /// Pivots made so far.
    pub(super) fn pivots(&self) -> usize {
        self.pivots
    }

    /// Undoes the perturbation, if the basis stays feasible for the true capacities and volumes.
    pub(super) fn restore(&mut self, columns: &Columns, volumes: &[f64]) -> Result<(), Breakdown> {
        let capacities = std::mem::replace(&mut self.capacities, columns.capacities.clone());
        let lowered = std::mem::replace(&mut self.volumes, volumes.to_vec());
        self.refresh(columns)?;
        let flows = self
            .key_flow
            .iter()
            .chain(&self.spare_flow)
            .chain(&self.slack);
        let tolerance = 1e-12 * self.volumes.iter().fold(1.0, |most, v| f64::max(most, *v));
        if flows.clone().all(|flow| *flow >= -tolerance) {
            return Ok(());
        }
        (self.capacities, self.volumes) = (capacities, lowered);
        self.refresh(columns)
    }

    /// The slack of a capacity with a negative dual, or the most valuable of the candidates. If none
    /// of these is worth anything any more, new ones are taken from the next part of the pool that
    /// has any.
    fn price(
        &mut self,
        columns: &Columns,
        duals: &[f64],
        candidates: &mut Vec<usize>,
    ) -> Option<Entering> {
        let worth = WORTH * self.largest_gain;
        let slack = (0..self.binding.len())
            .map(|place| (place, -duals[self.binding[place]]))
            .filter(|(_, gain)| *gain > worth)
            .max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((place, _)) = slack {
            return Some(Entering::Slack(place));
        }
        let net = |index: usize| {
            let column = &columns.all[index];
            column.gain
                - column
                    .rows
                    .iter()
                    .map(|&row| duals[row as usize])
                    .sum::<f64>()
        };
        let excess = |index: usize| net(index) - net(self.keys[columns.all[index].demand as usize]);
        let pool = columns.all.len();
        let parts = pool.div_ceil(POOL_PART).max(1);
        for _ in 0..=parts {
            let valued = candidates.iter().map(|&index| (index, excess(index)));
            let mut valued: Vec<_> = valued.filter(|(_, excess)| *excess > worth).collect();
            if let Some(best) = valued.iter().max_by(|a, b| a.1.total_cmp(&b.1)) {
                let best = best.0;
                if valued.len() > MOST_CANDIDATES {
                    valued.select_nth_unstable_by(MOST_CANDIDATES, |a, b| b.1.total_cmp(&a.1));
                    valued.truncate(MOST_CANDIDATES);
                }
                candidates.clear();
                candidates.extend(valued.into_iter().map(|(index, _)| index));
                return Some(Entering::Column(best));
            }
            let start = (self.next_part % parts) * POOL_PART;
            self.next_part = self.next_part % parts + 1;
            candidates.clear();
            candidates.extend(start..(start + POOL_PART).min(pool));
        }
        None
    }

    /// A fresh inverse, and flows computed from it.
    fn refresh(&mut self, columns: &Columns) -> Result<(), Breakdown> {
        let mut uses = vec![0.0; self.capacities.len()];
        let mut matrix = vec![vec![0.0; self.spares.len()]; self.binding.len()];
        for (column, &spare) in self.spares.iter().enumerate() {
            uses.fill(0.0);
            self.spread(columns, spare, 1.0, &mut uses);
            for (row, &binding) in matrix.iter_mut().zip(&self.binding) {
                row[column] = uses[binding];
            }
        }
        self.inverse = Inverse::of(matrix).ok_or(Breakdown)?;
        // With all demand on the keys, the spares make up for what the binding capacities lack.
        let mut slack = self.capacities.clone();
        for (&key, volume) in self.keys.iter().zip(&self.volumes) {
            for &row in &columns.all[key].rows {
                slack[row as usize] -= volume;
            }
        }
        let lack: Vec<f64> = self.binding.iter().map(|&row| slack[row]).collect();
        self.spare_flow = self.inverse.times(&lack);
        self.key_flow.clone_from(&self.volumes);
        for (&spare, &flow) in self.spares.iter().zip(&self.spare_flow) {
            self.key_flow[columns.all[spare].demand as usize] -= flow;
            self.spread(columns, spare, -flow, &mut slack);
        }
        for &row in &self.binding {
            slack[row] = 0.0;
        }
        self.slack = slack;
        Ok(())
    }
}

/// Numbers between ½ and 1 that look random, always the same (Steele, Lea and Flood 2014).
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        0.5 + (mixed >> 12) as f64 / (1u64 << 53) as f64
    }
}
