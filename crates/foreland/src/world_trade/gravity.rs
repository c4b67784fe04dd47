//! A gravity model with given totals: who trades how much with whom.
//!
//! What goes from `i` to `j` is `a_i O_i b_j D_j f_ij`: shares of exporters `O` and importers `D`,
//! friction `f`, and factors `a`, `b` that make the totals come out (the multilateral resistances
//! of structural gravity), found by proportional fitting.

/// Rounds of fitting at most; a few tens suffice for totals to nine digits.
const MOST_ROUNDS: usize = 1000;
/// Totals agree to this share.
const TOLERANCE: f64 = 1e-9;

/// Shares of one kind of goods between countries.
#[derive(Clone, Debug, PartialEq)]
pub struct Balanced {
    /// Shares of the whole, row by row: `share[i * n + j]` goes from `i` to `j`.
    pub share: Vec<f64>,
    /// Largest difference that is left between a total and its target, as a share of the whole.
    pub residual: f64,
    /// Rounds of fitting.
    pub rounds: usize,
}

/// Fits flows to the totals of exporters and importers. Totals are scaled to a sum of 1 each;
/// a country does not trade with itself.
pub fn balanced(origins: &[f64], destinations: &[f64], friction: &[f64]) -> Balanced {
    let n = origins.len();
    let targets = [shares(origins), shares(destinations)];
    let mut share: Vec<f64> = friction.to_vec();
    for (i, from) in targets[0].iter().enumerate() {
        for (j, to) in targets[1].iter().enumerate() {
            share[i * n + j] *= if i == j { 0.0 } else { from * to };
        }
    }
    let (mut residual, mut rounds) = (f64::INFINITY, 0);
    while residual > TOLERANCE && rounds < MOST_ROUNDS {
        scale(&mut share, n, &targets[0], |i, j| i * n + j);
        scale(&mut share, n, &targets[1], |j, i| i * n + j);
        residual = (0..n)
            .map(|i| (share[i * n..(i + 1) * n].iter().sum::<f64>() - targets[0][i]).abs())
            .fold(0.0, f64::max);
        rounds += 1;
    }
    Balanced {
        share,
        residual,
        rounds,
    }
}

/// Brings each line of the matrix to its total.
fn scale(share: &mut [f64], n: usize, totals: &[f64], at: impl Fn(usize, usize) -> usize) {
    for (line, total) in totals.iter().enumerate() {
        let sum: f64 = (0..n).map(|k| share[at(line, k)]).sum();
        if sum > 0.0 {
            (0..n).for_each(|k| share[at(line, k)] *= total / sum);
        }
    }
}

fn shares(totals: &[f64]) -> Vec<f64> {
    let sum: f64 = totals.iter().sum();
    totals
        .iter()
        .map(|t| if sum > 0.0 { t / sum } else { 0.0 })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::balanced;

    #[test]
    fn totals_come_out_and_near_partners_trade_more() {
        // Three countries; the second lies nearer to the first than the third does.
        let friction = [1.0, 4.0, 1.0, 4.0, 1.0, 1.0, 1.0, 1.0, 1.0];
        let flows = balanced(&[2.0, 1.0, 1.0], &[1.0, 1.0, 2.0], &friction);
        let row = |i: usize| flows.share[i * 3..i * 3 + 3].iter().sum::<f64>();
        let column = |j: usize| (0..3).map(|i| flows.share[i * 3 + j]).sum::<f64>();
        assert!((row(0) - 0.5).abs() < 1e-8 && (row(1) - 0.25).abs() < 1e-8);
        assert!((column(2) - 0.5).abs() < 1e-8 && (column(0) - 0.25).abs() < 1e-8);
        assert!(flows.residual <= 1e-9);
        assert_eq!(flows.share[0], 0.0);
        // The cross ratio of two exporters and two importers keeps the friction's.
        let f = |i: usize, j: usize| flows.share[i * 3 + j];
        assert!(f(1, 0) > f(2, 0) * 0.25);
    }
}
