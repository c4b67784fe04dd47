//! Chebyshev series on the interval from 0 to 1.

/// Σ c_j T_j(2x − 1).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Chebyshev {
    coefficients: Vec<f64>,
}

impl Chebyshev {
    /// The points at which a series of `terms` terms is fitted, all inside the interval.
    pub(crate) fn nodes(terms: usize) -> impl Iterator<Item = f64> {
        (0..terms).map(move |node| (1.0 + angle(node, terms).cos()) / 2.0)
    }

    /// The series through `values` at the [`nodes`](Self::nodes).
    pub(crate) fn through(values: &[f64]) -> Self {
        let terms = values.len();
        let coefficient = |order: usize| -> f64 {
            let products = values
                .iter()
                .enumerate()
                .map(|(node, value)| value * (order as f64 * angle(node, terms)).cos());
            let scale = if order == 0 { 1.0 } else { 2.0 };
            scale * products.sum::<f64>() / terms as f64
        };
        Self {
            coefficients: (0..terms).map(coefficient).collect(),
        }
    }

    /// Value at `x` by Clenshaw's recurrence.
    pub(crate) fn at(&self, x: f64) -> f64 {
        let t = 2.0 * x - 1.0;
        let (mut next, mut after) = (0.0, 0.0);
        for &coefficient in self.coefficients.iter().skip(1).rev() {
            (next, after) = (coefficient + 2.0 * t * next - after, next);
        }
        self.coefficients.first().copied().unwrap_or(0.0) + t * next - after
    }

    /// The series of the derivative.
    pub(crate) fn derivative(&self) -> Self {
        let terms = self.coefficients.len();
        let mut slopes = vec![0.0; terms + 1];
        for order in (1..terms).rev() {
            slopes[order - 1] = slopes[order + 1] + 2.0 * order as f64 * self.coefficients[order];
        }
        slopes[0] /= 2.0;
        slopes.truncate(terms.saturating_sub(1).max(1));
        // The interval is half as wide as that of the polynomials.
        Self {
            coefficients: slopes.into_iter().map(|slope| 2.0 * slope).collect(),
        }
    }

    /// The series of the integral from 0.
    pub(crate) fn integral(&self) -> Self {
        let coefficient = |order: usize| self.coefficients.get(order).copied().unwrap_or(0.0);
        let mut sums = vec![0.0; self.coefficients.len() + 1];
        for (order, sum) in sums.iter_mut().enumerate().skip(1) {
            let doubled = if order == 1 { 2.0 } else { 1.0 };
            let difference = doubled * coefficient(order - 1) - coefficient(order + 1);
            *sum = difference / (4.0 * order as f64);
        }
        let mut integral = Self { coefficients: sums };
        integral.coefficients[0] = -integral.at(0.0);
        integral
    }
}

fn angle(node: usize, terms: usize) -> f64 {
    std::f64::consts::PI * (node as f64 + 0.5) / terms as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential_function_with_slope_and_integral() {
        let values: Vec<f64> = Chebyshev::nodes(16).map(f64::exp).collect();
        let series = Chebyshev::through(&values);
        for x in [0.0, 0.1, 0.5, 0.93, 1.0] {
            assert!((series.at(x) - x.exp()).abs() < 1e-13);
            assert!((series.derivative().at(x) - x.exp()).abs() < 1e-11);
            assert!((series.integral().at(x) - (x.exp() - 1.0)).abs() < 1e-13);
        }
    }
}
