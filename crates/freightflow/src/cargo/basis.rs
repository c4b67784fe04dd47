//! The inverse of the working basis, changed one row or column at a time.

/// Inverse of the matrix that tells how much of each binding capacity (rows) each basic path uses in
/// place of the key path of its demand (columns). The inverse has a row for each path and a column
/// for each capacity.
#[derive(Clone, Debug, Default)]
pub(super) struct Inverse {
    rows: Vec<Vec<f64>>,
}

impl Inverse {
    pub(super) fn size(&self) -> usize {
        self.rows.len()
    }

    /// Inverts `matrix` (by rows); `None` if it is singular.
    pub(super) fn of(mut matrix: Vec<Vec<f64>>) -> Option<Self> {
        let size = matrix.len();
        let unit = |at: usize| {
            (0..size)
                .map(|index| f64::from(u8::from(index == at)))
                .collect()
        };
        let mut rows: Vec<Vec<f64>> = (0..size).map(unit).collect();
        for pivot in 0..size {
            let value = |row: &usize| matrix[*row][pivot].abs();
            let best = (pivot..size).max_by(|a, b| value(a).total_cmp(&value(b)))?;
            if value(&best) < 1e-11 {
                return None;
            }
            matrix.swap(pivot, best);
            rows.swap(pivot, best);
            let lead = matrix[pivot][pivot];
            matrix[pivot].iter_mut().for_each(|entry| *entry /= lead);
            rows[pivot].iter_mut().for_each(|entry| *entry /= lead);
            let (lead_matrix, lead_row) = (matrix[pivot].clone(), rows[pivot].clone());
            for row in (0..size).filter(|&row| row != pivot) {
                let factor = matrix[row][pivot];
                if factor != 0.0 {
                    subtract(&mut matrix[row], &lead_matrix, factor);
                    subtract(&mut rows[row], &lead_row, factor);
                }
            }
        }
        Some(Self { rows })
    }

    /// Inverse times a column.
    pub(super) fn times(&self, column: &[f64]) -> Vec<f64> {
        self.rows.iter().map(|row| dot(row, column)).collect()
    }

    /// A row times the inverse.
    pub(super) fn after(&self, row: &[f64]) -> Vec<f64> {
        let mut product = vec![0.0; self.size()];
        for (factor, entries) in row.iter().zip(&self.rows) {
            if *factor != 0.0 {
                subtract(&mut product, entries, -factor);
            }
        }
        product
    }

    /// A column of the inverse.
    pub(super) fn column(&self, at: usize) -> Vec<f64> {
        self.rows.iter().map(|row| row[at]).collect()
    }

    /// The path at `at` is replaced by one whose column is `times` the inverse `image`.
    pub(super) fn replace_path(&mut self, at: usize, image: &[f64]) {
        let lead = image[at];
        let mut row = std::mem::take(&mut self.rows[at]);
        row.iter_mut().for_each(|entry| *entry /= lead);
        for (entries, factor) in self.rows.iter_mut().zip(image) {
            if !entries.is_empty() && *factor != 0.0 {
                subtract(entries, &row, *factor);
            }
        }
        self.rows[at] = row;
    }

    /// A capacity and a path are added: `image` is the inverse times the column of the path, `uses`
    /// what the paths already there use of the new capacity, `own` what the new one uses.
    pub(super) fn grow(&mut self, image: &[f64], uses: &[f64], own: f64) {
        let rest = own - dot(uses, image);
        let mut bottom: Vec<f64> = self.after(uses).iter().map(|entry| -entry / rest).collect();
        for (row, factor) in self.rows.iter_mut().zip(image) {
            subtract(row, &bottom, *factor);
            row.push(-factor / rest);
        }
        bottom.push(1.0 / rest);
        self.rows.push(bottom);
    }

    /// A capacity and a path are removed; the last of each takes its place.
    pub(super) fn shrink(&mut self, path: usize, capacity: usize) {
        let lead = self.rows.swap_remove(path);
        for row in &mut self.rows {
            let factor = row[capacity] / lead[capacity];
            if factor != 0.0 {
                subtract(row, &lead, factor);
            }
            row.swap_remove(capacity);
        }
    }

    /// The capacity at `at` is replaced by one of which the paths use `uses`.
    pub(super) fn replace_capacity(&mut self, at: usize, uses: &[f64]) {
        let mut change = self.after(uses);
        let lead = change[at];
        change[at] -= 1.0;
        change.iter_mut().for_each(|entry| *entry /= lead);
        for row in &mut self.rows {
            let factor = row[at];
            if factor != 0.0 {
                subtract(row, &change, factor);
            }
        }
    }

    /// The path at `at` becomes the key of its demand, and the old key takes its place; `others` are
    /// the other paths of the demand. The columns of all of them are now relative to the new key.
    pub(super) fn exchange_key(&mut self, at: usize, others: &[usize]) {
        let mut row = std::mem::take(&mut self.rows[at]);
        for &other in others {
            let entries = std::mem::take(&mut self.rows[other]);
            subtract(&mut row, &entries, -1.0);
            self.rows[other] = entries;
        }
        row.iter_mut().for_each(|entry| *entry = -*entry);
        self.rows[at] = row;
    }
}

/// `target − factor · other`.
fn subtract(target: &mut [f64], other: &[f64], factor: f64) {
    for (entry, value) in target.iter_mut().zip(other) {
        *entry -= factor * value;
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: &Inverse, matrix: Vec<Vec<f64>>) {
        let exact = Inverse::of(matrix).unwrap();
        for (a, b) in found.rows.iter().zip(&exact.rows) {
            for (a, b) in a.iter().zip(b) {
                assert!((a - b).abs() < 1e-10, "{:?} {:?}", found.rows, exact.rows);
            }
        }
        assert_eq!(found.size(), exact.size());
    }

    /// Rows are capacities, columns paths.
    fn start() -> Vec<Vec<f64>> {
        vec![
            vec![2.0, 1.0, 0.0],
            vec![1.0, -1.0, 1.0],
            vec![0.0, 1.0, 3.0],
        ]
    }

    #[test]
    fn changes_are_those_of_a_fresh_inverse() {
        let inverse = Inverse::of(start()).unwrap();

        let mut changed = inverse.clone();
        changed.replace_path(1, &inverse.times(&[1.0, 4.0, -2.0]));
        near(
            &changed,
            vec![
                vec![2.0, 1.0, 0.0],
                vec![1.0, 4.0, 1.0],
                vec![0.0, -2.0, 3.0],
            ],
        );

        let mut changed = inverse.clone();
        changed.replace_capacity(2, &[1.0, 1.0, 5.0]);
        near(
            &changed,
            vec![
                vec![2.0, 1.0, 0.0],
                vec![1.0, -1.0, 1.0],
                vec![1.0, 1.0, 5.0],
            ],
        );

        let mut changed = inverse.clone();
        changed.grow(&inverse.times(&[1.0, 0.0, 1.0]), &[0.0, 1.0, 1.0], 4.0);
        let mut grown = start();
        grown
            .iter_mut()
            .zip([1.0, 0.0, 1.0])
            .for_each(|(row, entry)| row.push(entry));
        grown.push(vec![0.0, 1.0, 1.0, 4.0]);
        near(&changed, grown);

        // The last path and capacity move to the free places.
        let mut changed = inverse.clone();
        changed.shrink(0, 1);
        near(&changed, vec![vec![0.0, 1.0], vec![3.0, 1.0]]);

        // Columns 0 and 2 belong to one demand: −c₀ and c₂ − c₀.
        let mut changed = inverse.clone();
        changed.exchange_key(0, &[2]);
        near(
            &changed,
            vec![
                vec![-2.0, 1.0, -2.0],
                vec![-1.0, -1.0, 0.0],
                vec![0.0, 1.0, 3.0],
            ],
        );
    }

    #[test]
    fn singular_matrices_have_no_inverse() {
        assert!(Inverse::of(vec![vec![1.0, 2.0], vec![2.0, 4.0]]).is_none());
        assert_eq!(Inverse::of(Vec::new()).unwrap().size(), 0);
    }
}
