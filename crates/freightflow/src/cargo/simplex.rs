//! A primal simplex method for path flows, partitioned by demand.
//!
//! Every demand has a *key* column in the basis: a path, or leaving it behind. The other columns of
//! the basis are *spare* paths and the slacks of capacities that do not bind, so there are as many
//! spares as binding capacities. Eliminating the keys leaves a working basis of that size, whose
//! inverse is kept.

use super::basis::Inverse;
use super::columns::Columns;

/// Gain a unit, as a part of the largest gain, below which a column is not worth entering.
const WORTH: f64 = 1e-11;

/// Smallest pivot.
const PIVOT: f64 = 1e-9;

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

/// What leaves the basis.
#[derive(Clone, Copy, Debug)]
enum Leaving {
    /// A spare, by its place.
    Spare(usize),
    /// The key of a demand.
    Key(usize),
    /// The slack of a capacity, by its row.
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

    /// Enters a column and takes out the one that it empties first.
    fn pivot(&mut self, columns: &Columns, entering: Entering) -> Result<(), Breakdown> {
        let (image, loss) = self.direction(columns, entering);
        let key_loss = self.key_loss(columns, entering, &image);
        let (leaving, step) = self.ratio_test(&image, &key_loss, &loss).ok_or(Breakdown)?;
        for (flow, rate) in self.spare_flow.iter_mut().zip(&image) {
            *flow = (*flow - step * rate).max(0.0);
        }
        for (demand, rate) in key_loss {
            let flow = &mut self.key_flow[demand];
            *flow = (*flow - step * rate).max(0.0);
        }
        for (slack, rate) in self.slack.iter_mut().zip(&loss) {
            *slack = (*slack - step * rate).max(0.0);
        }
        match leaving {
            Leaving::Spare(at) => self.swap_spare(columns, entering, at, &image, step),
            Leaving::Slack(row) => self.swap_slack(columns, entering, row, &image, step),
            Leaving::Key(demand) => self.swap_key(columns, entering, demand, step),
        }
        Ok(())
    }

    /// How fast each spare and each slack is used up when a unit enters.
    fn direction(&self, columns: &Columns, entering: Entering) -> (Vec<f64>, Vec<f64>) {
        let mut loss = vec![0.0; self.capacities.len()];
        let image = match entering {
            Entering::Slack(place) => self.inverse.column(place),
            Entering::Column(index) => {
                self.spread(columns, index, 1.0, &mut loss);
                let on_binding: Vec<f64> = self.binding.iter().map(|&row| loss[row]).collect();
                self.inverse.times(&on_binding)
            }
        };
        for (&spare, rate) in self.spares.iter().zip(&image) {
            if *rate != 0.0 {
                self.spread(columns, spare, -rate, &mut loss);
            }
        }
        for &row in &self.binding {
            loss[row] = 0.0;
        }
        (image, loss)
    }

    /// Adds what a column uses of each capacity in place of its key.
    fn spread(&self, columns: &Columns, index: usize, factor: f64, uses: &mut [f64]) {
        let column = &columns.all[index];
        let key = &columns.all[self.keys[column.demand as usize]];
        for &row in &column.rows {
            uses[row as usize] += factor;
        }
        for &row in &key.rows {
            uses[row as usize] -= factor;
        }
    }

    /// How fast the keys are used up: demand and rate, for those that change.
    fn key_loss(
        &mut self,
        columns: &Columns,
        entering: Entering,
        image: &[f64],
    ) -> Vec<(usize, f64)> {
        let entering = match entering {
            Entering::Column(index) => Some((index, 1.0)),
            Entering::Slack(_) => None,
        };
        let spares = self
            .spares
            .iter()
            .zip(image)
            .map(|(&spare, rate)| (spare, -rate));
        let mut changed = Vec::new();
        for (index, rate) in entering.into_iter().chain(spares) {
            let demand = columns.all[index].demand as usize;
            if self.key_rate[demand] == 0.0 {
                changed.push(demand);
            }
            self.key_rate[demand] += rate;
        }
        let rate = |demand| (demand, std::mem::take(&mut self.key_rate[demand]));
        changed.into_iter().map(rate).collect()
    }

    /// What is used up first and after how many units; of nearly equal ones that which is used up
    /// fastest.
    fn ratio_test(
        &self,
        image: &[f64],
        key_loss: &[(usize, f64)],
        loss: &[f64],
    ) -> Option<(Leaving, f64)> {
        let spares = self.spare_flow.iter().zip(image).enumerate();
        let spares = spares.map(|(at, (flow, rate))| (Leaving::Spare(at), *flow, *rate));
        let keys = key_loss.iter();
        let keys = keys.map(|&(demand, rate)| (Leaving::Key(demand), self.key_flow[demand], rate));
        let slacks = self.slack.iter().zip(loss).enumerate();
        let slacks = slacks.map(|(row, (slack, rate))| (Leaving::Slack(row), *slack, *rate));
        let mut best: Option<(Leaving, f64, f64)> = None;
        for (leaving, flow, rate) in spares.chain(keys).chain(slacks) {
            if rate <= PIVOT {
                continue;
            }
            let step = flow / rate;
            let better = best.is_none_or(|(_, least, fastest)| {
                step < least * (1.0 - 1e-12) || (step <= least && rate > fastest)
            });
            if better {
                best = Some((leaving, step, rate));
            }
        }
        best.map(|(leaving, step, _)| (leaving, step))
    }

    fn swap_spare(
        &mut self,
        columns: &Columns,
        entering: Entering,
        at: usize,
        image: &[f64],
        step: f64,
    ) {
        match entering {
            Entering::Column(index) => {
                self.inverse.replace_path(at, image);
                self.spares[at] = index;
                self.spare_flow[at] = step;
            }
            Entering::Slack(place) => {
                self.inverse.shrink(at, place);
                self.spares.swap_remove(at);
                self.spare_flow.swap_remove(at);
                let row = self.binding.swap_remove(place);
                self.place[row] = FREE;
                self.slack[row] = step;
                if let Some(&moved) = self.binding.get(place) {
                    self.place[moved] = place as u32;
                }
            }
        }
        debug_assert_eq!(
            self.spares.len(),
            self.binding.len(),
            "{}",
            columns.all.len()
        );
    }

    fn swap_slack(
        &mut self,
        columns: &Columns,
        entering: Entering,
        row: usize,
        image: &[f64],
        step: f64,
    ) {
        let use_of = |index: usize| {
            let column = &columns.all[index];
            let key = &columns.all[self.keys[column.demand as usize]];
            let on = |rows: &[u32]| f64::from(u8::from(rows.binary_search(&(row as u32)).is_ok()));
            on(&column.rows) - on(&key.rows)
        };
        let uses: Vec<f64> = self.spares.iter().map(|&spare| use_of(spare)).collect();
        self.slack[row] = 0.0;
        match entering {
            Entering::Column(index) => {
                self.inverse.grow(image, &uses, use_of(index));
                self.place[row] = self.binding.len() as u32;
                self.binding.push(row);
                self.spares.push(index);
                self.spare_flow.push(step);
            }
            Entering::Slack(place) => {
                self.inverse.replace_capacity(place, &uses);
                let freed = std::mem::replace(&mut self.binding[place], row);
                self.place[freed] = FREE;
                self.place[row] = place as u32;
                self.slack[freed] = step;
            }
        }
    }

    /// The key of a demand leaves: one of its spares becomes the key first, or what enters does.
    fn swap_key(&mut self, columns: &Columns, entering: Entering, demand: usize, step: f64) {
        let of_demand = |spare: &usize| columns.all[*spare].demand as usize == demand;
        let places: Vec<usize> = (0..self.spares.len())
            .filter(|&at| of_demand(&self.spares[at]))
            .collect();
        let Some(&at) = places
            .iter()
            .max_by(|a, b| self.spare_flow[**a].total_cmp(&self.spare_flow[**b]))
        else {
            // Only a column of the same demand can empty a key that has no spares.
            if let Entering::Column(index) = entering {
                self.keys[demand] = index;
                self.key_flow[demand] = step;
            }
            return;
        };
        let others: Vec<usize> = places.into_iter().filter(|&place| place != at).collect();
        self.inverse.exchange_key(at, &others);
        std::mem::swap(&mut self.keys[demand], &mut self.spares[at]);
        std::mem::swap(&mut self.key_flow[demand], &mut self.spare_flow[at]);
        let (image, _) = self.direction(columns, entering);
        self.swap_spare(columns, entering, at, &image, step);
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
