//! One part of a claim on the bench: where it looks, and what it measures there.

use super::case::Case;
use super::ensemble::{CaseRuns, Runs};
use super::plan::Plan;
use crate::claim::measure::{Measure, Run};
use crate::claim::resolve::Part;
use crate::claim::verdict::{CaseFigures, ReadingFigure};
use crate::ensemble::Sampler;
use crate::param::{Draw, Params};

/// Where a part looks: a case, or the atlas as of the study's day.
#[derive(Clone, Copy)]
pub(super) enum Site<'a> {
    Case(&'a Case, &'a CaseRuns),
    Today,
}

/// One part on the bench.
pub(super) struct Bench<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) cases: &'a [Case],
    pub(super) runs: &'a Runs,
    pub(super) part: &'a Part<'a>,
    pub(super) number: usize,
}

impl<'a> Bench<'a> {
    pub(super) fn sites(&self, measure: &dyn Measure) -> Vec<Site<'a>> {
        match measure.scenario() {
            None => vec![Site::Today],
            scenario => self
                .cases
                .iter()
                .zip(&self.runs.cases)
                .filter(|(case, _)| case.scenario == scenario)
                .map(|(case, runs)| Site::Case(case, runs))
                .collect(),
        }
    }

    pub(super) fn title(&self, site: Site<'_>) -> (String, String) {
        match site {
            Site::Case(case, _) => {
                let spec = self.plan.worlds[case.baseline].spec;
                (spec.id.get().clone(), spec.title.clone())
            }
            Site::Today => (
                "as-of".to_owned(),
                format!("the atlas as of {}", self.plan.today.date),
            ),
        }
    }

    pub(super) fn figures(&self, site: Site<'_>) -> CaseFigures {
        let figures: Vec<f64> = self.by_run(site).into_iter().flatten().collect();
        CaseFigures {
            title: self.title(site).1,
            figures,
            runs: self.plan.settings.replications,
        }
    }

    pub(super) fn by_run(&self, site: Site<'_>) -> Vec<Option<f64>> {
        match site {
            Site::Case(_, runs) => runs.runs.iter().map(|run| run.parts[self.number]).collect(),
            Site::Today => self.runs.today[self.number].clone(),
        }
    }

    pub(super) fn params(&self, site: Site<'a>) -> &'a Params {
        match site {
            Site::Case(case, _) => case.params(),
            Site::Today => &self.plan.today.params,
        }
    }

    pub(super) fn sampler(&self, site: Site<'a>) -> &'a Sampler {
        match site {
            Site::Case(case, _) => &case.sampler,
            Site::Today => &self.runs.today_sampler,
        }
    }

    pub(super) fn centre(&self, site: Site<'a>) -> Draw {
        Draw::central(self.params(site))
    }

    /// Something evaluated at a site with a draw and a place among the readings.
    pub(super) fn with_run<T>(
        &self,
        site: Site<'_>,
        draw: &Draw,
        place: f64,
        evaluate: impl FnOnce(&Run<'_>) -> T,
    ) -> T {
        let today = Run {
            today: &self.plan.today,
            draw,
            place,
            worlds: None,
            max_transshipments: self.plan.settings.max_transshipments,
        };
        match site {
            Site::Case(case, _) => {
                case.priced(draw, self.plan.settings.freight, |before, after| {
                    evaluate(&Run {
                        worlds: Some((before, after)),
                        ..today
                    })
                })
            }
            Site::Today => evaluate(&today),
        }
    }

    pub(super) fn at(
        &self,
        site: Site<'_>,
        measure: &dyn Measure,
        draw: &Draw,
        place: f64,
    ) -> Option<f64> {
        self.with_run(site, draw, place, |run| measure.figure(run))
    }

    /// The figure under each reading of the statement, at central values.
    pub(super) fn readings(&self, site: Site<'a>, measure: &dyn Measure) -> Vec<ReadingFigure> {
        let draw = self.centre(site);
        let labels = measure.readings();
        let count = labels.len() as f64;
        (0u32..)
            .zip(labels)
            .map(|(ix, label)| ReadingFigure {
                figure: self.at(site, measure, &draw, (f64::from(ix) + 0.5) / count),
                label,
            })
            .collect()
    }
}
