//! One exchange of the basis: what enters, what leaves, and what becomes of the inverse.

use super::{Breakdown, Entering, FREE, Simplex};
use crate::cargo::columns::Columns;

/// Smallest pivot.
const PIVOT: f64 = 1e-9;

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

impl Simplex {
    /// Enters a column and takes out the one that it empties first.
    pub(super) fn pivot(&mut self, columns: &Columns, entering: Entering) -> Result<(), Breakdown> {
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
    pub(super) fn spread(&self, columns: &Columns, index: usize, factor: f64, uses: &mut [f64]) {
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
}
