//! What decides a part: its drivers moved one at a time, and solved for.

use rayon::prelude::*;

use super::bench::{Bench, Site};
use crate::claim::inversion;
use crate::claim::measure::Measure;
use crate::claim::test::Test;
use crate::claim::tornado::{self, HalfShares, Swing};
use crate::findings::{Inversion, TornadoBar};
use crate::param::Driver;

impl<'a> Bench<'a> {
    /// Every driver moved to both ends in every site, and the choices of the study.
    pub(super) fn swings(
        &self,
        sites: &[Site<'a>],
        measure: &dyn Measure,
        centrals: &[Option<f64>],
    ) -> Vec<Swing> {
        let mut swings: Vec<Swing> = Vec::new();
        for (ix, &site) in sites.iter().enumerate() {
            let centre = self.centre(site);
            let drivers = &self.sampler(site).drivers;
            let params = self.params(site);
            let found: Vec<Option<Swing>> = drivers
                .par_iter()
                .enumerate()
                .map(|(number, driver)| {
                    let ends = [-1.0, 1.0].map(|position| {
                        let draw = driver.moved(params, &centre, position);
                        self.at(site, measure, &draw, measure.central_place())
                    });
                    Swing::of_driver(ix, number, driver, ends)
                })
                .collect();
            swings.extend(found.into_iter().flatten());
        }
        swings.extend(baseline_choice(centrals));
        swings.extend(self.reading_choice(sites, measure));
        swings
    }

    /// The choice among readings as a bar of its own.
    fn reading_choice(&self, sites: &[Site<'a>], measure: &dyn Measure) -> Option<Swing> {
        let readings = self.readings(*sites.first()?, measure);
        if readings.len() < 2 {
            return None;
        }
        let mut figures: Vec<f64> = readings.iter().filter_map(|r| r.figure).collect();
        figures.sort_by(f64::total_cmp);
        let ends = (*figures.first()?, *figures.last()?);
        choice(
            "reading",
            "the reading of the statement",
            readings.len(),
            ends,
        )
    }

    pub(super) fn bar(&self, sites: &[Site<'a>], swing: &Swing, test: &Test) -> TornadoBar {
        let site = sites[swing.case];
        let halves = match (swing.driver, swing.id.as_str()) {
            (Some(_), _) => self.halves(sites, &swing.id, test),
            _ => (None, None),
        };
        tornado::bar(
            swing,
            self.title(site).0,
            |figure| test.holds(figure),
            halves,
        )
    }

    /// Shares of runs that hold, with a driver in its lower and its upper half, over all sites
    /// that have the driver.
    fn halves(&self, sites: &[Site<'a>], id: &str, test: &Test) -> HalfShares {
        let mut counts = [(0u32, 0u32); 2];
        for &site in sites {
            let sampler = self.sampler(site);
            let Some(driver) = sampler.drivers.iter().position(|d| d.id == id) else {
                continue;
            };
            for (run, figure) in (0u32..).zip(self.by_run(site)) {
                let half = usize::from(sampler.place(driver, run) >= 0.5);
                counts[half].0 += u32::from(figure.is_some_and(|f| test.holds(f)));
                counts[half].1 += 1;
            }
        }
        let share = |(held, all): (u32, u32)| (all > 0).then(|| f64::from(held) / f64::from(all));
        (share(counts[0]), share(counts[1]))
    }

    pub(super) fn inversions(
        &self,
        sites: &[Site<'a>],
        measure: &dyn Measure,
        test: &Test,
        deciding: &[Swing],
    ) -> Vec<Inversion> {
        let solvable: Vec<(&Swing, usize)> = deciding
            .iter()
            .filter_map(|swing| Some((swing, swing.driver?)))
            .collect();
        solvable
            .into_par_iter()
            .map(|(swing, number)| {
                let site = sites[swing.case];
                let driver: &Driver = &self.sampler(site).drivers[number];
                let params = self.params(site);
                let centre = self.centre(site);
                let holds = |position: f64| {
                    let draw = driver.moved(params, &centre, position);
                    self.at(site, measure, &draw, measure.central_place())
                        .is_some_and(|figure| test.holds(figure))
                };
                let mut found = inversion::solve(driver, &self.title(site).0, &holds);
                if sites.len() > 1 {
                    let title = self.title(site).1;
                    found.sentence = format!("Against {title}: {}", found.sentence);
                }
                found
            })
            .collect()
    }
}

/// The choice among baselines as a bar of its own.
fn baseline_choice(centrals: &[Option<f64>]) -> Option<Swing> {
    let known: Vec<f64> = centrals.iter().flatten().copied().collect();
    if known.len() < 2 {
        return None;
    }
    let low = known.iter().copied().fold(f64::INFINITY, f64::min);
    let high = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    choice("baseline", "the baseline", known.len(), (low, high))
}

fn choice(id: &str, label: &str, count: usize, ends: (f64, f64)) -> Option<Swing> {
    Some(Swing {
        case: 0,
        driver: None,
        id: id.to_owned(),
        label: label.to_owned(),
        unit: format!("of {count}"),
        low: 1.0,
        high: count as f64,
        figure_at_low: ends.0,
        figure_at_high: ends.1,
    })
}

/// Drivers that move the figure at all.
pub(super) fn moved(swings: &[Swing]) -> Vec<String> {
    let mut ids: Vec<String> = swings
        .iter()
        .filter(|s| s.driver.is_some() && s.figure_at_low != s.figure_at_high)
        .map(|s| s.id.clone())
        .collect();
    ids.sort();
    ids.dedup();
    ids
}
