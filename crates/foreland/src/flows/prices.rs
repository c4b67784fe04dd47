//! Prices of full elements: at the end each is within its capacity or has a price, and none with
//! room has one.

use std::collections::BTreeMap;

use super::FlowError;
use super::market::{Market, Settled, Terms};

/// Largest flow beyond a capacity, as a share of it.
const EXCESS: f64 = 1e-6;
const MAX_PRICE_ROUNDS: usize = 200;
/// Value of unused capacity that has a price, and the gap of the flows, over total cost.
const IDLE: f64 = 1e-6;
/// Rounds without progress after which only iterative scaling is used until there is some.
const PATIENCE: usize = 4;
/// Parts of Newton's step that are tried.
const NEWTON_LENGTHS: [f64; 3] = [1.0, 0.5, 0.25];
/// Longest step of a price, in units of 1/μ: where nobody answers, Newton's step has no end.
const MAX_STEP: f64 = 10.0;

impl Market {
    /// Flows under given terms.
    ///
    /// The dual function of the capacities is concave in the prices, and its slope is the excess. A
    /// Newton step that comes out where the slope looks back strongly has gone too far; shorter
    /// ones are tried, and then a step of iterative scaling, which is slow and sure.
    pub(super) fn settle(&self, terms: &Terms) -> Result<Settled, FlowError> {
        let mut prices = vec![0.0; self.elements.len()];
        let mut here = self.at_prices(terms, &prices)?;
        let mut best = here.clone();
        let mut stalled = 0;
        for _ in 0..MAX_PRICE_ROUNDS {
            if here.excess <= EXCESS && here.relative_gap <= IDLE {
                break;
            }
            let step = self.price_step(terms, &here, &prices);
            if step.is_empty() {
                break;
            }
            let lengths = if stalled < PATIENCE {
                &NEWTON_LENGTHS[..]
            } else {
                &[]
            };
            let newton = lengths
                .iter()
                .map(|&length| moved(&prices, &step, length))
                .find_map(|next| match self.at_prices(terms, &next) {
                    Ok(there) if looks_back(terms, &here, &there, &prices, &next) => None,
                    found => Some(found.map(|there| (next, there))),
                });
            (prices, here) = match newton {
                Some(found) => found?,
                None => {
                    let next = moved(&prices, &self.scaling_step(terms, &here, &step), 1.0);
                    let there = self.at_prices(terms, &next)?;
                    (next, there)
                }
            };
            if here.excess.max(here.relative_gap) < best.excess.max(best.relative_gap) {
                best = here.clone();
                stalled = 0;
            } else {
                stalled += 1;
            }
        }
        Ok(best)
    }

    /// Changes of prices by Newton's method over the elements that are full or have a price: how
    /// flows answer to prices follows from the logit shares.
    fn price_step(&self, terms: &Terms, settled: &Settled, prices: &[f64]) -> Vec<(usize, f64)> {
        let active: Vec<usize> = (0..self.elements.len())
            .filter(|&e| {
                terms.capacity[e].is_finite()
                    && (settled.load[e] > terms.capacity[e] || prices[e] > 0.0)
            })
            .collect();
        let size = active.len();
        let mut matrix = vec![vec![0.0; size]; size];
        let mut place = vec![usize::MAX; self.elements.len()];
        for (row, &element) in active.iter().enumerate() {
            place[element] = row;
        }
        for (set, flows) in settled.flow.iter().enumerate() {
            self.add_answer(set, flows, terms, &place, &mut matrix);
        }
        for (row, line) in matrix.iter_mut().enumerate() {
            // Elements that are full together cannot be told apart: a trace keeps them apart.
            line[row] += 1e-9 * line[row] + 1e-12;
        }
        let excess: Vec<f64> = active
            .iter()
            .map(|&e| settled.load[e] - terms.capacity[e])
            .collect();
        let now: Vec<f64> = active.iter().map(|&e| prices[e]).collect();
        let steps = bounded_step(&matrix, &excess, &now, MAX_STEP / terms.choice.scale);
        active.into_iter().zip(steps).collect()
    }

    /// Changes of prices by generalised iterative scaling (Darroch and Ratcliff 1972): with at most
    /// `n` priced elements on a way, `ln(load / capacity) / (μ n)` never goes too far.
    fn scaling_step(
        &self,
        terms: &Terms,
        settled: &Settled,
        step: &[(usize, f64)],
    ) -> Vec<(usize, f64)> {
        let active: Vec<usize> = step.iter().map(|&(element, _)| element).collect();
        let on_way = |elements: &Vec<usize>| elements.iter().filter(|e| active.contains(e)).count();
        let most = self
            .uses
            .iter()
            .flatten()
            .map(on_way)
            .max()
            .unwrap_or(1)
            .max(1);
        active
            .iter()
            .map(|&e| {
                let ratio = settled.load[e].max(f64::MIN_POSITIVE) / terms.capacity[e];
                (e, ratio.ln() / (terms.choice.scale * most as f64))
            })
            .collect()
    }

    /// Adds `μ V (Σ_p s_p a_p a_pᵀ − s̄ s̄ᵀ)` of a set.
    fn add_answer(
        &self,
        set: usize,
        flows: &[f64],
        terms: &Terms,
        place: &[usize],
        matrix: &mut [Vec<f64>],
    ) {
        let volume = terms.volumes[set];
        if volume <= 0.0 {
            return;
        }
        let scale = terms.choice.scale;
        let mut mean: BTreeMap<usize, f64> = BTreeMap::new();
        for (elements, &flow) in self.uses[set].iter().zip(flows) {
            let full: Vec<usize> = elements
                .iter()
                .map(|&e| place[e])
                .filter(|&row| row != usize::MAX)
                .collect();
            for &a in &full {
                *mean.entry(a).or_insert(0.0) += flow;
                for &b in &full {
                    matrix[a][b] += scale * flow;
                }
            }
        }
        for (&a, &x) in &mean {
            for (&b, &y) in &mean {
                matrix[a][b] -= scale * x * y / volume;
            }
        }
    }
}

/// Prices after a step, none below nothing.
fn moved(prices: &[f64], step: &[(usize, f64)], length: f64) -> Vec<f64> {
    let mut next = prices.to_vec();
    for &(element, change) in step {
        next[element] = (next[element] + length * change).max(0.0);
    }
    next
}

/// Whether the slope after a step points back at least half as strongly as it pointed forward.
fn looks_back(
    terms: &Terms,
    here: &Settled,
    there: &Settled,
    prices: &[f64],
    next: &[f64],
) -> bool {
    let slope = |at: &Settled| -> f64 {
        (0..prices.len())
            .filter(|&e| next[e] != prices[e])
            .map(|e| (at.load[e] - terms.capacity[e]) * (next[e] - prices[e]))
            .sum()
    };
    slope(there) < -0.5 * slope(here).abs()
}

/// The solution of `matrix · step = excess` that keeps prices from falling below nothing: those
/// that would are set to nothing, and the others are solved again without them.
fn bounded_step(matrix: &[Vec<f64>], excess: &[f64], prices: &[f64], most: f64) -> Vec<f64> {
    let mut step = vec![0.0; excess.len()];
    let mut free: Vec<usize> = (0..excess.len()).collect();
    loop {
        let fixed: Vec<usize> = (0..excess.len()).filter(|i| !free.contains(i)).collect();
        let mut part: Vec<Vec<f64>> = free
            .iter()
            .map(|&row| free.iter().map(|&column| matrix[row][column]).collect())
            .collect();
        let mut right: Vec<f64> = free
            .iter()
            .map(|&row| {
                let known: f64 = fixed.iter().map(|&c| matrix[row][c] * step[c]).sum();
                excess[row] - known
            })
            .collect();
        solve(&mut part, &mut right);
        for (&row, value) in free.iter().zip(right) {
            step[row] = value.clamp(-prices[row], most);
        }
        let before = free.len();
        free.retain(|&row| prices[row] == 0.0 && step[row] > 0.0 || step[row] > -prices[row]);
        if free.len() == before {
            return step;
        }
    }
}

/// Gaussian elimination with pivots; the solution takes the right side's place.
fn solve(matrix: &mut [Vec<f64>], right: &mut [f64]) {
    let size = right.len();
    for column in 0..size {
        let pivot = (column..size)
            .max_by(|&a, &b| matrix[a][column].abs().total_cmp(&matrix[b][column].abs()))
            .unwrap_or(column);
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        if matrix[column][column].abs() < f64::MIN_POSITIVE {
            right[column] = 0.0;
            continue;
        }
        let (above, below) = matrix.split_at_mut(column + 1);
        let lead = &above[column];
        for (offset, line) in below.iter_mut().enumerate() {
            let factor = line[column] / lead[column];
            for (value, leading) in line[column..].iter_mut().zip(&lead[column..]) {
                *value -= factor * leading;
            }
            right[column + 1 + offset] -= factor * right[column];
        }
    }
    for column in (0..size).rev() {
        let known: f64 = (column + 1..size)
            .map(|next| matrix[column][next] * right[next])
            .sum();
        let lead = matrix[column][column];
        right[column] = if lead.abs() < f64::MIN_POSITIVE {
            0.0
        } else {
            (right[column] - known) / lead
        };
    }
}
