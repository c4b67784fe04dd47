//! Judging the claims by all runs.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::case::Case;
use super::ensemble::{CaseRuns, Runs, measures};
use super::plan::Plan;
use super::{Progress, RunRequest};
use crate::claim::inversion;
use crate::claim::measure::{Measure, Resolved, Run};
use crate::claim::published;
use crate::claim::resolve::{Claim, Part};
use crate::claim::test::{Test, tidy};
use crate::claim::tornado::{self, HalfShares, Swing};
use crate::claim::verdict::{self, CaseFigures, ReadingFigure};
use crate::ensemble::{Driver, Sampler, quantiles_21, spread};
use crate::error::Error;
use crate::findings::{
    BaselineResult, ClaimFinding, EvidenceTable, Inversion, PartFinding, TornadoBar, Verdict,
};
use crate::param::{Draw, Params};

/// The claims with their verdicts, and which assumptions moved which part.
pub(super) struct Judged {
    pub(super) claims: Vec<ClaimFinding>,
    /// Driver identifier → `claim.part` identifiers.
    pub(super) used_by: BTreeMap<String, Vec<String>>,
}

pub(super) fn judge(
    plan: &Plan<'_>,
    cases: &[Case],
    claims: &[Claim<'_>],
    runs: &Runs,
    request: &RunRequest<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Judged, Error> {
    let total = measures(claims).len() as u64;
    let mut used_by: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut judged = Vec::new();
    let mut number = 0;
    for (claim_number, claim) in (1..).zip(claims) {
        let mut parts = Vec::new();
        for part in &claim.parts {
            request.check_cancelled()?;
            progress(Progress {
                stage: "claims",
                done: number as u64,
                total,
            });
            let bench = Bench {
                plan,
                cases,
                runs,
                part,
                number,
            };
            let (finding, moved) = bench.finding();
            for id in moved {
                used_by.entry(id).or_default().push(part.id.clone());
            }
            parts.push(finding);
            number += 1;
        }
        let (verdict, because) = verdict::whole(&parts);
        let spec = claim.spec;
        judged.push(ClaimFinding {
            id: spec.id.get().clone(),
            number: claim_number,
            title: spec.title.clone(),
            statement: spec.statement.clone(),
            speaker: spec.speaker.clone(),
            said_on: spec.said_on.0,
            source: spec.source.clone(),
            verdict,
            because,
            parts,
        });
    }
    progress(Progress {
        stage: "claims",
        done: total,
        total,
    });
    Ok(Judged {
        claims: judged,
        used_by,
    })
}

/// Where a part looks: a case, or the atlas as of the study's day.
#[derive(Clone, Copy)]
enum Site<'a> {
    Case(&'a Case, &'a CaseRuns),
    Today,
}

/// One part on the bench.
struct Bench<'a> {
    plan: &'a Plan<'a>,
    cases: &'a [Case],
    runs: &'a Runs,
    part: &'a Part<'a>,
    number: usize,
}

impl<'a> Bench<'a> {
    fn finding(&self) -> (PartFinding, Vec<String>) {
        match (&self.part.measure, &self.part.test) {
            (Resolved::Measure(measure), Some(test)) => self.measured(measure.as_ref(), test),
            (Resolved::Measure(measure), None) => (
                self.not_checkable(
                    measure.info(),
                    "there is nothing to compare with",
                    Vec::new(),
                ),
                Vec::new(),
            ),
            (
                Resolved::Unavailable {
                    info,
                    why,
                    evidence,
                },
                _,
            ) => (
                self.not_checkable(info.clone(), why, evidence.clone()),
                Vec::new(),
            ),
        }
    }

    fn not_checkable(
        &self,
        measure: crate::findings::MeasureInfo,
        why: &str,
        evidence: Vec<EvidenceTable>,
    ) -> PartFinding {
        PartFinding {
            id: self.part.spec.id.get().clone(),
            statement: self.part.spec.statement.clone(),
            measure,
            threshold: self.part.test.as_ref().map(Test::threshold),
            verdict: Verdict::NotCheckable,
            because: format!("Not checkable from this data: {why}."),
            condition: None,
            figure: None,
            share_holding: None,
            runs: 0,
            by_baseline: Vec::new(),
            tornado: Vec::new(),
            inversions: Vec::new(),
            published: published::beside(&self.part.quoted, None),
            evidence,
        }
    }

    fn measured(&self, measure: &dyn Measure, test: &Test) -> (PartFinding, Vec<String>) {
        let sites = self.sites(measure);
        let figures: Vec<CaseFigures> = sites.iter().map(|site| self.figures(*site)).collect();
        let all: Vec<f64> = figures.iter().flat_map(|c| c.figures.clone()).collect();
        let centrals: Vec<Option<f64>> = sites
            .iter()
            .map(|site| self.at(*site, measure, &self.centre(*site), measure.central_place()))
            .collect();
        let known: Vec<f64> = centrals.iter().flatten().copied().collect();
        if all.is_empty() || known.is_empty() {
            let why = "no run yields a figure: no chain connects the places under any baseline";
            return (
                self.not_checkable(measure.info(), why, Vec::new()),
                Vec::new(),
            );
        }
        let info = measure.info();
        let centre = known.iter().sum::<f64>() / known.len() as f64;
        let figure = spread(&info.unit, centre, &all);
        let swings = self.swings(&sites, measure, &centrals);
        let moved = moved(&swings);
        let deciding = tornado::deciding(&swings, sites.len());
        let tornado: Vec<TornadoBar> = deciding
            .iter()
            .map(|swing| self.bar(&sites, swing, test))
            .collect();
        let inversions = self.inversions(&sites, measure, test, &deciding);
        let readings = self.readings(sites[0], measure);
        let judged = verdict::judge(
            test,
            &figures,
            &figure,
            &readings,
            &tornado,
            self.plan.settings.rules,
        );
        let evidence = self.evidence(sites[0], measure, &readings);
        let runs: u32 = figures.iter().map(|case| case.runs).sum();
        let held = all.iter().filter(|&&f| test.holds(f)).count();
        let finding = PartFinding {
            id: self.part.spec.id.get().clone(),
            statement: self.part.spec.statement.clone(),
            measure: info,
            threshold: Some(test.threshold()),
            verdict: judged.verdict,
            because: judged.because,
            condition: judged.condition,
            published: published::beside(&self.part.quoted, Some(&figure)),
            figure: Some(figure),
            share_holding: Some(held as f64 / f64::from(runs.max(1))),
            runs,
            by_baseline: self.by_baseline(&sites, &figures, &centrals, test, measure),
            tornado,
            inversions,
            evidence,
        };
        (finding, moved)
    }

    fn sites(&self, measure: &dyn Measure) -> Vec<Site<'a>> {
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

    fn title(&self, site: Site<'_>) -> (String, String) {
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

    fn figures(&self, site: Site<'_>) -> CaseFigures {
        let figures: Vec<f64> = self.by_run(site).into_iter().flatten().collect();
        CaseFigures {
            title: self.title(site).1,
            figures,
            runs: self.plan.settings.replications,
        }
    }

    fn by_run(&self, site: Site<'_>) -> Vec<Option<f64>> {
        match site {
            Site::Case(_, runs) => runs.runs.iter().map(|run| run.parts[self.number]).collect(),
            Site::Today => self.runs.today[self.number].clone(),
        }
    }

    fn params(&self, site: Site<'a>) -> &'a Params {
        match site {
            Site::Case(case, _) => case.params(),
            Site::Today => &self.plan.today.params,
        }
    }

    fn sampler(&self, site: Site<'a>) -> &'a Sampler {
        match site {
            Site::Case(case, _) => &case.sampler,
            Site::Today => &self.runs.today_sampler,
        }
    }

    fn centre(&self, site: Site<'a>) -> Draw {
        Draw::central(self.params(site))
    }

    /// Something evaluated at a site with a draw and a place among the readings.
    fn with_run<T>(
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

    fn at(&self, site: Site<'_>, measure: &dyn Measure, draw: &Draw, place: f64) -> Option<f64> {
        self.with_run(site, draw, place, |run| measure.figure(run))
    }

    fn evidence(
        &self,
        site: Site<'a>,
        measure: &dyn Measure,
        readings: &[ReadingFigure],
    ) -> Vec<EvidenceTable> {
        let draw = self.centre(site);
        let mut tables = self.with_run(site, &draw, measure.central_place(), |run| {
            measure.evidence(run)
        });
        if readings.len() > 1 {
            let figure = |r: &ReadingFigure| r.figure.map_or_else(|| "none".to_owned(), tidy);
            tables.push(EvidenceTable {
                title: "Readings of the statement, equally likely in the runs".to_owned(),
                columns: vec![
                    "reading".to_owned(),
                    format!("figure ({})", measure.info().unit),
                ],
                rows: readings
                    .iter()
                    .map(|r| vec![r.label.clone(), figure(r)])
                    .collect(),
            });
        }
        tables
    }

    /// The figure under each reading of the statement, at central values.
    fn readings(&self, site: Site<'a>, measure: &dyn Measure) -> Vec<ReadingFigure> {
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

    /// Every driver moved to both ends in every site, and the choices of the study.
    fn swings(
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

    fn bar(&self, sites: &[Site<'a>], swing: &Swing, test: &Test) -> TornadoBar {
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

    fn inversions(
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

    fn by_baseline(
        &self,
        sites: &[Site<'a>],
        figures: &[CaseFigures],
        centrals: &[Option<f64>],
        test: &Test,
        measure: &dyn Measure,
    ) -> Vec<BaselineResult> {
        let unit = measure.info().unit;
        sites
            .iter()
            .zip(figures)
            .zip(centrals)
            .map(|((&site, case), &central)| {
                let (baseline, title) = self.title(site);
                let mut sorted = case.figures.clone();
                sorted.sort_by(f64::total_cmp);
                BaselineResult {
                    baseline,
                    title,
                    figure: central.map(|c| spread(&unit, c, &case.figures)),
                    share_holding: case.share(test),
                    quantiles: quantiles_21(&sorted),
                    missing: central.is_none().then(|| {
                        "no chain connects the places in this baseline at atlas values".to_owned()
                    }),
                }
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
fn moved(swings: &[Swing]) -> Vec<String> {
    let mut ids: Vec<String> = swings
        .iter()
        .filter(|s| s.driver.is_some() && s.figure_at_low != s.figure_at_high)
        .map(|s| s.id.clone())
        .collect();
    ids.sort();
    ids.dedup();
    ids
}
