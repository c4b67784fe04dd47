//! Sobol' sequences in many dimensions, scrambled by a key.
//!
//! Direction numbers are those of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better
//! two-dimensional projections", SIAM J. Sci. Comput. 30, 2635–2654 (2008), whose table is carried
//! in `data/`. Scrambling is that of J. Matoušek, "On the L2-discrepancy for anchored boxes",
//! J. Complexity 14, 527–556 (1998): a random lower triangular binary matrix and a random digital
//! shift for each dimension. Both keep the sequence's stratification: of any 2^m points in a row from
//! a multiple of 2^m, each of 2^m equal intervals of a coordinate holds one.
//!
//! Points are addressed by their number in binary order, so that any of them can be made by itself.

use rand_pcg::rand_core::Rng;

use crate::ensemble::keyed;

/// Direction numbers as published.
const TABLE: &str = include_str!("../../data/joe-kuo-6.2048.txt");
/// Binary digits of a coordinate.
const DIGITS: usize = 32;
/// Dimensions of the table.
pub(crate) const MAX_DIMENSIONS: usize = 2048;

/// A sequence of points in the unit cube.
pub(crate) struct Sobol {
    /// By binary digit of the point's number: what it adds to each coordinate.
    directions: Vec<Vec<u32>>,
    shift: Vec<u32>,
}

impl Sobol {
    /// The sequence scrambled by a seed and a name for each dimension.
    ///
    /// There are at most [`MAX_DIMENSIONS`] names; the caller has checked.
    pub(crate) fn scrambled(seed: u64, names: &[String]) -> Sobol {
        let mut shift = Vec::with_capacity(names.len());
        let mut by_dimension = Vec::with_capacity(names.len());
        for (numbers, name) in direction_numbers().zip(names) {
            let mut rng = keyed(seed, &format!("sobol/{name}"), None);
            let rows = lower_triangular(&mut rng);
            by_dimension.push(numbers.map(|number| multiply(&rows, number)));
            shift.push(rng.next_u32());
        }
        Sobol::of(&by_dimension, shift)
    }

    fn of(by_dimension: &[[u32; DIGITS]], shift: Vec<u32>) -> Sobol {
        let directions = (0..DIGITS)
            .map(|digit| by_dimension.iter().map(|numbers| numbers[digit]).collect())
            .collect();
        Sobol { directions, shift }
    }

    /// All coordinates of a point, each inside (0, 1); numbers from 2^32 on start again.
    pub(crate) fn point(&self, number: u64) -> Vec<f64> {
        let mut digits = self.shift.clone();
        for (place, directions) in self.directions.iter().enumerate() {
            if number >> place & 1 == 1 {
                for (digit, direction) in digits.iter_mut().zip(directions) {
                    *digit ^= direction;
                }
            }
        }
        let width = (1u64 << DIGITS) as f64;
        digits
            .into_iter()
            .map(|digits| (f64::from(digits) + 0.5) / width)
            .collect()
    }
}

/// The direction numbers of each dimension in turn, most significant digit first.
fn direction_numbers() -> impl Iterator<Item = [u32; DIGITS]> {
    let first = std::array::from_fn(|digit| 1 << (DIGITS - 1 - digit));
    std::iter::once(first).chain(TABLE.lines().filter_map(numbers_of_row))
}

/// A row of the table: the dimension, the degree and the inner coefficients of its primitive
/// polynomial, and the first numbers. `None` for remarks.
fn numbers_of_row(row: &str) -> Option<[u32; DIGITS]> {
    let values: Vec<u32> = row
        .split_whitespace()
        .map_while(|word| word.parse().ok())
        .collect();
    let (&[_, degree, inner], first) = values.split_first_chunk()?;
    let degree = degree as usize;
    let mut numbers = [0; DIGITS];
    for (digit, &value) in first.iter().take(degree).enumerate() {
        numbers[digit] = value << (DIGITS - 1 - digit);
    }
    for digit in degree..DIGITS {
        let mut number = numbers[digit - degree] ^ numbers[digit - degree] >> degree;
        for step in 1..degree {
            if inner >> (degree - 1 - step) & 1 == 1 {
                number ^= numbers[digit - step];
            }
        }
        numbers[digit] = number;
    }
    Some(numbers)
}

/// Rows of a random binary matrix with ones on its diagonal and nothing above it.
fn lower_triangular(rng: &mut impl Rng) -> [u32; DIGITS] {
    std::array::from_fn(|row| {
        let diagonal = 1u32 << (DIGITS - 1 - row);
        let left_of_it = !(diagonal | (diagonal - 1));
        diagonal | rng.next_u32() & left_of_it
    })
}

fn multiply(rows: &[u32; DIGITS], number: u32) -> u32 {
    rows.iter().enumerate().fold(0, |product, (row, mask)| {
        let parity = (mask & number).count_ones() & 1;
        product | parity << (DIGITS - 1 - row)
    })
}

#[cfg(test)]
mod tests {
    use super::{DIGITS, MAX_DIMENSIONS, Sobol, direction_numbers};

    /// The plain sequence in the order of Gray codes, as it is published.
    fn published_order(dimensions: usize, points: u64) -> Vec<Vec<f64>> {
        let numbers: Vec<[u32; DIGITS]> = direction_numbers().take(dimensions).collect();
        let plain = Sobol::of(&numbers, vec![0; dimensions]);
        let half_step = 0.5 / (1u64 << DIGITS) as f64;
        (0..points)
            .map(|number| {
                let point = plain.point(number ^ number >> 1);
                point.into_iter().map(|x| x - half_step).collect()
            })
            .collect()
    }

    #[test]
    fn the_first_points_are_those_of_joe_and_kuo() {
        // Their program's output for three dimensions, from the same web page as the table.
        let expected = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
            [0.1875, 0.3125, 0.9375],
            [0.6875, 0.8125, 0.4375],
        ];
        assert_eq!(published_order(3, 10), expected);
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(direction_numbers().count(), MAX_DIMENSIONS);
        for numbers in direction_numbers() {
            for (digit, number) in numbers.iter().enumerate() {
                // The n-th number is odd in units of 2^-n: the digits are linearly independent.
                assert_eq!(number.trailing_zeros() as usize, DIGITS - 1 - digit);
            }
        }
    }

    #[test]
    fn each_interval_of_each_coordinate_holds_one_of_the_points() {
        let names: Vec<String> = (0..200).map(|n| n.to_string()).collect();
        let sobol = Sobol::scrambled(7, &names);
        for start in [0, 256, 2560] {
            let points: Vec<Vec<f64>> = (start..start + 256).map(|n| sobol.point(n)).collect();
            for dimension in 0..names.len() {
                let mut hit = [false; 256];
                for point in &points {
                    hit[(point[dimension] * 256.0) as usize] = true;
                }
                assert!(hit.iter().all(|&hit| hit), "dimension {dimension}");
            }
        }
    }

    #[test]
    fn pairs_of_neighbouring_coordinates_are_stratified_too() {
        // Property A of Sobol': in the first two dimensions 2^m points fill all 2^m boxes of any
        // shape.
        let names = ["a".to_owned(), "b".to_owned()];
        let sobol = Sobol::scrambled(3, &names);
        for across in 0..=6u32 {
            let (columns, rows) = (1u32 << across, 1u32 << (6 - across));
            let mut hit = [false; 64];
            for number in 0..64 {
                let point = sobol.point(number);
                let column = (point[0] * f64::from(columns)) as usize;
                let row = (point[1] * f64::from(rows)) as usize;
                hit[column * rows as usize + row] = true;
            }
            assert!(hit.iter().all(|&hit| hit), "{columns} × {rows}");
        }
    }

    #[test]
    fn seed_and_name_key_the_scrambling() {
        let name = |text: &str| vec![text.to_owned()];
        let first = |seed, text| Sobol::scrambled(seed, &name(text)).point(5);
        assert_eq!(first(1, "speed"), first(1, "speed"));
        assert_ne!(first(1, "speed"), first(2, "speed"));
        assert_ne!(first(1, "speed"), first(1, "price"));
    }
}
