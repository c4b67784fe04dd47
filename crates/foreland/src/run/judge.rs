//! Judging the claims by all runs.

use std::collections::BTreeMap;

use super::bench::{Bench, Site};
use super::case::Case;
use super::decide::moved;
use super::ensemble::{Runs, measures};
use super::plan::Plan;
use super::{Progress, RunRequest};
use crate::claim::measure::{Measure, Resolved};
use crate::claim::published;
use crate::claim::resolve::Claim;
use crate::claim::test::{Test, tidy};
use crate::claim::tornado;
use crate::claim::verdict::{self, CaseFigures, ReadingFigure};
use crate::ensemble::{quantiles_21, spread};
use crate::error::Error;
use crate::findings::{
    BaselineResult, ClaimFinding, EvidenceTable, PartFinding, TornadoBar, Verdict,
};

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
