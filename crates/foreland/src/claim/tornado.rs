//! Which assumptions decide a part: each is moved to its ends, all others at their atlas values.

use std::collections::BTreeMap;

use crate::findings::TornadoBar;
use crate::param::Driver;

/// Bars that a tornado shows.
pub(crate) const BARS: usize = 3;

/// One driver moved in one case.
#[derive(Clone, Debug)]
pub(crate) struct Swing {
    /// Index of the case among the part's cases.
    pub(crate) case: usize,
    /// Index of the driver in the case's sampler; `None` for choices of the study: which baseline,
    /// which reading.
    pub(crate) driver: Option<usize>,
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) unit: String,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) figure_at_low: f64,
    pub(crate) figure_at_high: f64,
}

impl Swing {
    pub(crate) fn of_driver(
        case: usize,
        ix: usize,
        driver: &Driver,
        ends: [Option<f64>; 2],
    ) -> Option<Swing> {
        Some(Swing {
            case,
            driver: Some(ix),
            id: driver.id.clone(),
            label: driver.label.clone(),
            unit: driver.unit.clone(),
            low: driver.low,
            high: driver.high,
            figure_at_low: ends[0]?,
            figure_at_high: ends[1]?,
        })
    }

    fn width(&self) -> f64 {
        (self.figure_at_high - self.figure_at_low).abs()
    }
}

/// The swings that move the figure most: for each assumption its widest swing over the cases,
/// ranked by the mean over all cases.
pub(crate) fn deciding(swings: &[Swing], cases: usize) -> Vec<Swing> {
    let mut by_id: BTreeMap<&str, Vec<&Swing>> = BTreeMap::new();
    for swing in swings {
        by_id.entry(&swing.id).or_default().push(swing);
    }
    let mut ranked: Vec<(f64, &Swing)> = by_id
        .values()
        .filter_map(|list| {
            // A choice of the study has one swing over all cases.
            let over = if list[0].driver.is_some() { cases } else { 1 };
            let mean = list.iter().map(|s| s.width()).sum::<f64>() / over as f64;
            let widest = list
                .iter()
                .copied()
                .max_by(|a, b| a.width().total_cmp(&b.width()).then(b.case.cmp(&a.case)))?;
            (mean > 0.0).then_some((mean, widest))
        })
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    ranked.truncate(BARS);
    ranked.into_iter().map(|(_, swing)| swing.clone()).collect()
}

/// Shares of runs that hold with a driver in its lower and in its upper half.
pub(crate) type HalfShares = (Option<f64>, Option<f64>);

pub(crate) fn bar(
    swing: &Swing,
    baseline: String,
    holds: impl Fn(f64) -> bool,
    halves: HalfShares,
) -> TornadoBar {
    TornadoBar {
        assumption: swing.id.clone(),
        label: swing.label.clone(),
        baseline,
        unit: swing.unit.clone(),
        low: swing.low,
        high: swing.high,
        figure_at_low: swing.figure_at_low,
        figure_at_high: swing.figure_at_high,
        holds_at_low: holds(swing.figure_at_low),
        holds_at_high: holds(swing.figure_at_high),
        share_low_half: halves.0,
        share_high_half: halves.1,
    }
}

#[cfg(test)]
mod tests {
    use super::{Swing, deciding};

    fn swing(id: &str, case: usize, low: f64, high: f64) -> Swing {
        Swing {
            case,
            driver: Some(0),
            id: id.to_owned(),
            label: id.to_owned(),
            unit: String::new(),
            low: 0.0,
            high: 1.0,
            figure_at_low: low,
            figure_at_high: high,
        }
    }

    #[test]
    fn ranks_by_the_mean_and_shows_the_widest() {
        let swings = [
            swing("a", 0, 0.0, 4.0),
            swing("b", 0, 0.0, 3.0),
            swing("b", 1, 5.0, 0.0),
            swing("c", 0, 1.0, 1.0),
        ];
        let top = deciding(&swings, 2);
        let ids: Vec<&str> = top.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids, ["b", "a"]);
        assert_eq!(top[0].case, 1);
    }
}
