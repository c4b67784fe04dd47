//! Paths known so far, as columns of the linear program.

use std::collections::HashSet;

use super::problem::CargoProblem;

/// Marks a link without a capacity.
const UNLIMITED: u32 = u32::MAX;

/// A path of a demand, or leaving a unit of it behind.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) demand: u32,
    /// What carrying a unit gains over leaving it behind; 0 for leaving it.
    pub(super) gain: f64,
    /// Capacities that it uses, in order of their rows.
    pub(super) rows: Vec<u32>,
    /// Links of the path; empty for leaving it.
    pub(super) links: Vec<u32>,
}

/// All columns, and the capacities that are their rows.
pub(super) struct Columns {
    pub(super) all: Vec<Column>,
    /// Capacity of each row.
    pub(super) capacities: Vec<f64>,
    /// Row of each link, or [`UNLIMITED`].
    row_of: Vec<u32>,
    known: HashSet<(u32, Vec<u32>)>,
}

impl Columns {
    /// One column a demand: leaving it behind.
    pub(super) fn new(problem: &CargoProblem) -> Self {
        let mut capacities = Vec::new();
        let row_of = problem
            .links()
            .iter()
            .map(|link| {
                if link.capacity.is_infinite() {
                    return UNLIMITED;
                }
                capacities.push(link.capacity);
                capacities.len() as u32 - 1
            })
            .collect();
        let left = |demand| Column {
            demand,
            gain: 0.0,
            rows: Vec::new(),
            links: Vec::new(),
        };
        let all = (0..problem.demands().len() as u32).map(left).collect();
        Self {
            all,
            capacities,
            row_of,
            known: HashSet::new(),
        }
    }

    /// Adds a path if it is not known yet.
    pub(super) fn add(&mut self, demand: u32, gain: f64, links: Vec<u32>) -> bool {
        if !self.known.insert((demand, links.clone())) {
            return false;
        }
        let rows = links.iter().map(|&link| self.row_of[link as usize]);
        let mut rows: Vec<u32> = rows.filter(|&row| row != UNLIMITED).collect();
        rows.sort_unstable();
        self.all.push(Column {
            demand,
            gain,
            rows,
            links,
        });
        true
    }

    /// Duals by link, given duals by row.
    pub(super) fn by_link(&self, by_row: &[f64]) -> Vec<f64> {
        let dual = |&row: &u32| {
            if row == UNLIMITED {
                0.0
            } else {
                by_row[row as usize]
            }
        };
        self.row_of.iter().map(dual).collect()
    }
}
