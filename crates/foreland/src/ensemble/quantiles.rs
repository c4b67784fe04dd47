//! Quantiles of samples.

use crate::quantity::Spread;

/// The quantile at a share (0–1) of sorted values, by linear interpolation between order
/// statistics (Hyndman and Fan's type 7). `None` if there are no values.
pub(crate) fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = share.clamp(0.0, 1.0) * last as f64;
    let (below, above) = (at.floor() as usize, at.ceil() as usize);
    let weight = at - at.floor();
    Some(sorted[below] + (sorted[above] - sorted[below]) * weight)
}

/// The quantiles 0, 5, …, 100 %.
pub(crate) fn quantiles_21(sorted: &[f64]) -> Vec<f64> {
    (0..=20)
        .filter_map(|step| quantile(sorted, f64::from(step) / 20.0))
        .collect()
}

/// A figure's spread over its samples; without samples it is exact.
pub(crate) fn spread(unit: &str, central: f64, samples: &[f64]) -> Spread {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |share| quantile(&sorted, share).unwrap_or(central);
    Spread {
        unit: unit.to_owned(),
        central,
        p5: at(0.05),
        p50: at(0.5),
        p95: at(0.95),
    }
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn interpolates_between_order_statistics() {
        let sorted = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(quantile(&sorted, 0.0), Some(1.0));
        assert_eq!(quantile(&sorted, 0.5), Some(2.5));
        assert_eq!(quantile(&sorted, 1.0), Some(4.0));
        assert_eq!(quantile(&[], 0.5), None);
    }
}
