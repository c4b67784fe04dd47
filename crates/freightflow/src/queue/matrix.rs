//! Small dense matrices: what a matrix-analytic solution needs.

/// A matrix by rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Matrix {
    rows: usize,
    columns: usize,
    entries: Vec<f64>,
}

impl Matrix {
    pub(crate) fn zero(rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            entries: vec![0.0; rows * columns],
        }
    }

    pub(crate) fn identity(size: usize) -> Self {
        let mut identity = Self::zero(size, size);
        for index in 0..size {
            identity.add_to(index, index, 1.0);
        }
        identity
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn get(&self, row: usize, column: usize) -> f64 {
        self.entries[row * self.columns + column]
    }

    pub(crate) fn add_to(&mut self, row: usize, column: usize, value: f64) {
        self.entries[row * self.columns + column] += value;
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.entries[row * self.columns..(row + 1) * self.columns]
    }

    /// `self + factor · other`.
    pub(crate) fn plus(&self, factor: f64, other: &Self) -> Self {
        let pairs = self.entries.iter().zip(&other.entries);
        Self {
            entries: pairs.map(|(a, b)| a + factor * b).collect(),
            ..*self
        }
    }

    /// Largest entry, sign aside.
    pub(crate) fn largest(&self) -> f64 {
        self.entries
            .iter()
            .fold(0.0, |most, entry| most.max(entry.abs()))
    }

    /// `self · other`.
    pub(crate) fn times(&self, other: &Self) -> Self {
        let mut product = Self::zero(self.rows, other.columns);
        for row in 0..self.rows {
            let target = &mut product.entries[row * other.columns..(row + 1) * other.columns];
            for (middle, &factor) in self.row(row).iter().enumerate() {
                if factor != 0.0 {
                    for (entry, value) in target.iter_mut().zip(other.row(middle)) {
                        *entry += factor * value;
                    }
                }
            }
        }
        product
    }

    /// `vector · self`.
    pub(crate) fn after(&self, vector: &[f64]) -> Vec<f64> {
        let mut product = vec![0.0; self.columns];
        for (row, &factor) in vector.iter().enumerate() {
            for (entry, value) in product.iter_mut().zip(self.row(row)) {
                *entry += factor * value;
            }
        }
        product
    }

    pub(crate) fn transposed(&self) -> Self {
        let mut turned = Self::zero(self.columns, self.rows);
        for row in 0..self.rows {
            for column in 0..self.columns {
                turned.add_to(column, row, self.get(row, column));
            }
        }
        turned
    }

    /// `self⁻¹ · right` by Gaussian elimination with row exchange; `None` if `self` is singular.
    pub(crate) fn solve(&self, right: &Self) -> Option<Self> {
        let mut left = self.clone();
        let mut right = right.clone();
        for pivot in 0..left.rows {
            let size = |row: &usize| left.get(*row, pivot).abs();
            let best = (pivot..left.rows).max_by(|a, b| size(a).total_cmp(&size(b)))?;
            left.swap_rows(pivot, best);
            right.swap_rows(pivot, best);
            let lead = left.get(pivot, pivot);
            if lead == 0.0 || !lead.is_finite() {
                return None;
            }
            left.scale_row(pivot, 1.0 / lead);
            right.scale_row(pivot, 1.0 / lead);
            for row in 0..left.rows {
                let factor = left.get(row, pivot);
                if row != pivot && factor != 0.0 {
                    left.subtract_row(row, pivot, factor);
                    right.subtract_row(row, pivot, factor);
                }
            }
        }
        Some(right)
    }

    /// `self · right⁻¹`; `None` if `right` is singular.
    pub(crate) fn over(&self, right: &Self) -> Option<Self> {
        Some(right.transposed().solve(&self.transposed())?.transposed())
    }

    fn swap_rows(&mut self, a: usize, b: usize) {
        for column in 0..self.columns {
            self.entries
                .swap(a * self.columns + column, b * self.columns + column);
        }
    }

    fn scale_row(&mut self, row: usize, factor: f64) {
        for entry in &mut self.entries[row * self.columns..(row + 1) * self.columns] {
            *entry *= factor;
        }
    }

    fn subtract_row(&mut self, row: usize, other: usize, factor: f64) {
        for column in 0..self.columns {
            let value = self.get(other, column);
            self.add_to(row, column, -factor * value);
        }
    }
}
