//! The study behind a sweep, built once: worlds, sea legs, chains, measures. A run then only prices
//! them and searches.

mod layout;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::design::{Design, Points};
use super::plan::{Factor, PLAN_VERSION, SweepPlan};
use super::space::{Placement, chosen, factor, probes, reading, reading_id};
use super::{SweepOptions, extent};
use crate::chain::Prices;
use crate::claim::measure::{Measure, Run};
use crate::claim::resolve::{Claim, Part};
use crate::error::{Error, Problem};
use crate::param::{Draw, Params, Reads, drivers_of};
use crate::request::{Progress, RunRequest};
use crate::run::assemble::{inputs, software};
use crate::run::case::{self, Case};
use crate::run::ensemble::{best_totals, measures};
use crate::run::plan::Plan;
use crate::sea::SeaCache;
use layout::{CHANGES, columns, outputs};

/// A sweep, ready to be evaluated at any of its points.
pub struct Sweep<'a> {
    request: &'a RunRequest<'a>,
    study: Study<'a>,
    sites: Vec<Site>,
    points: Points,
    plan: SweepPlan,
    hash: blake3::Hash,
}

/// The study, resolved and built.
struct Study<'a> {
    plan: Plan<'a>,
    cases: Vec<Case>,
    claims: Vec<Claim<'a>>,
}

/// Where figures are computed: a case, or the atlas as of the study's day.
struct Site {
    case: Option<usize>,
    placement: Placement,
    /// Its columns in a row.
    columns: Range<usize>,
    /// The parts that look here, by number, each with the factor that chooses its reading.
    parts: Vec<(usize, Option<usize>)>,
}

impl<'a> Study<'a> {
    fn build(
        request: &'a RunRequest<'a>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Study<'a>, Error> {
        let cache = SeaCache::new(request.sea);
        let plan = Plan::new(request, progress)?;
        let cases = case::build(&plan, &cache, request, progress)?;
        let simulated = crate::run::figures_for_claims(request, progress)?;
        let claims = plan.claims(&cache, &simulated)?;
        Ok(Study {
            plan,
            cases,
            claims,
        })
    }

    fn parts(&self) -> Vec<&Part<'a>> {
        self.claims.iter().flat_map(|claim| &claim.parts).collect()
    }

    /// Every case, and the atlas as of the study's day.
    fn sites(&self) -> impl Iterator<Item = Option<usize>> + '_ {
        (0..self.cases.len()).map(Some).chain([None])
    }

    fn params(&self, case: Option<usize>) -> &Params {
        case.map_or(&self.plan.today.params, |ix| self.cases[ix].params())
    }

    /// Numbers of the parts that look at a case, or at none.
    fn parts_at(&self, case: Option<usize>) -> Vec<usize> {
        let scenario = case.map(|ix| self.cases[ix].scenario);
        measures(&self.claims)
            .iter()
            .enumerate()
            .filter_map(|(number, measure)| {
                let looks_at = (*measure)?.scenario();
                let here = match scenario {
                    Some(scenario) => looks_at.is_some() && looks_at == scenario,
                    None => looks_at.is_none(),
                };
                here.then_some(number)
            })
            .collect()
    }

    /// The figures of a site in the order of its columns; NaN where there is none.
    fn figures(&self, case: Option<usize>, draw: &Draw, parts: &[(usize, f64)]) -> Vec<f64> {
        let measures = measures(&self.claims);
        let figure = |worlds: Option<(&Prices<'_>, &Prices<'_>)>, &(part, place): &(usize, f64)| {
            let run = Run {
                today: &self.plan.today,
                draw,
                place,
                worlds,
                max_transshipments: self.plan.settings.max_transshipments,
            };
            let found = measures[part].and_then(|measure| measure.figure(&run));
            found.unwrap_or(f64::NAN)
        };
        let Some(case) = case.map(|ix| &self.cases[ix]) else {
            return parts.iter().map(|part| figure(None, part)).collect();
        };
        case.priced(draw, self.plan.settings.freight, |before, after| {
            let changes = self.changes(case, before, after);
            let parts = parts.iter().map(|part| figure(Some((before, after)), part));
            changes.into_iter().chain(parts).collect()
        })
    }

    /// What the scenario changes for each journey's best chain.
    fn changes(&self, case: &Case, before: &Prices<'_>, after: &Prices<'_>) -> Vec<f64> {
        if case.after.is_none() {
            return Vec::new();
        }
        let most = self.plan.settings.max_transshipments;
        self.plan
            .flows
            .iter()
            .flat_map(|flow| {
                let ends = [before, after].map(|prices| best_totals(prices, &flow.trip, most));
                CHANGES.map(|change| match ends {
                    [Some(before), Some(after)] => after[change.total] - before[change.total],
                    _ => f64::NAN,
                })
            })
            .collect()
    }
}

impl<'a> Sweep<'a> {
    /// Resolves a study, builds its worlds and lays out the sweep.
    ///
    /// # Errors
    ///
    /// Those of a run; [`Error::Input`] if the options ask for a design that cannot be, or if the
    /// study names imported services that the atlas did not get by [`crate::Atlas::with_services`].
    pub fn prepare(
        request: &'a RunRequest<'a>,
        options: &SweepOptions,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Sweep<'a>, Error> {
        if request.study.spec.services.is_some() && request.atlas.imported.is_empty() {
            return Err(Error::Input(Problem::in_file(
                request.study.text.file(),
                "the atlas lacks the imported services that the study names",
                "add them by `with_services` before the sweep",
            )));
        }
        let study = Study::build(request, progress)?;
        let seed = study.plan.settings.seed;
        let (mut factors, not_read) = asked_for(&study, seed);
        let wanted = chosen(&factors, &options.vary)?;
        let mut wanted = wanted.into_iter();
        let left_out = factors
            .extract_if(.., |_| wanted.next() == Some(false))
            .map(|factor| factor.id)
            .collect();
        let extent = extent::of(options, factors.len())?;
        let sites = sites(&study, &factors);
        let columns = columns(&study);
        let outputs = outputs(&study, &columns);
        let ids: Vec<String> = factors.iter().map(|factor| factor.id.clone()).collect();
        let plan = SweepPlan {
            version: PLAN_VERSION,
            study: request.study.id.clone(),
            title: request.study.spec.title.clone(),
            seed,
            extent,
            points_per_partition: extent::points_per_partition(options, &extent),
            factors,
            not_read,
            left_out,
            columns: columns.into_iter().map(|placed| placed.column).collect(),
            outputs,
            inputs: inputs(request.atlas, request.study, request.sea),
            software: software(request.sea),
        };
        Ok(Sweep {
            points: Points::new(extent, seed, &ids),
            hash: plan.hash()?,
            request,
            study,
            sites,
            plan,
        })
    }

    /// What the sweep is.
    pub fn plan(&self) -> &SweepPlan {
        &self.plan
    }

    pub(crate) fn hash(&self) -> blake3::Hash {
        self.hash
    }

    pub(crate) fn check_cancelled(&self) -> Result<(), Error> {
        self.request.check_cancelled()
    }

    /// The place of each assumption in its range (0–1) at a point; of a Sobol' design those of A,
    /// then those of B.
    pub fn places(&self, point: u64) -> Vec<f64> {
        self.points.places(point)
    }

    /// The figures of a run, in the order of the plan's columns, given the place of each of the
    /// plan's assumptions in its range (0–1); NaN where there is no figure.
    pub fn figures(&self, places: &[f64]) -> Vec<f64> {
        self.sites
            .iter()
            .flat_map(|site| self.site_figures(site, &site.placement.draw(places), places))
            .collect()
    }

    /// The rows of figures of a point, in the order of its runs.
    pub fn rows(&self, point: u64) -> Vec<Vec<f64>> {
        let places = self.points.places(point);
        if self.plan.extent.design != Design::Sobol {
            return vec![self.figures(&places)];
        }
        let (a, b) = places.split_at(self.plan.factors.len());
        let (row_a, asked) = self.row_noting(a);
        let mut rows = vec![row_a, self.figures(b)];
        for factor in 0..a.len() {
            let mut moved = a.to_vec();
            moved[factor] = b[factor];
            let mut row = rows[0].clone();
            // A site that did not ask for the assumption yields the same figures again.
            for (site, asked) in self.sites.iter().zip(&asked) {
                if asked[factor] {
                    row[site.columns.clone()].copy_from_slice(&self.site_figures(
                        site,
                        &site.placement.draw(&moved),
                        &moved,
                    ));
                }
            }
            rows.push(row);
        }
        rows
    }

    /// A row, and by site which factors were asked for.
    fn row_noting(&self, places: &[f64]) -> (Vec<f64>, Vec<Vec<bool>>) {
        let mut row = Vec::with_capacity(self.plan.columns.len());
        let mut all_asked = Vec::with_capacity(self.sites.len());
        for site in &self.sites {
            let reads = Reads::of(site.placement.parameters());
            let draw = site.placement.draw(places).noting(&reads);
            row.extend(self.site_figures(site, &draw, places));
            let mut asked = site.placement.asked(&reads, places.len());
            for &factor in site
                .parts
                .iter()
                .filter_map(|(_, reading)| reading.as_ref())
            {
                asked[factor] = true;
            }
            all_asked.push(asked);
        }
        (row, all_asked)
    }

    fn site_figures(&self, site: &Site, draw: &Draw, places: &[f64]) -> Vec<f64> {
        let measures = measures(&self.study.claims);
        let parts: Vec<(usize, f64)> = site
            .parts
            .iter()
            .map(|&(part, reading)| {
                let central = || measures[part].map_or(0.0, Measure::central_place);
                (part, reading.map_or_else(central, |factor| places[factor]))
            })
            .collect();
        self.study.figures(site.case, draw, &parts)
    }
}

/// What the model asks for in any of the probed draws, and the rest of what has a range.
fn asked_for(study: &Study<'_>, seed: u64) -> (Vec<Factor>, Vec<String>) {
    let measures = measures(&study.claims);
    let mut factors: Vec<Factor> = study.parts().into_iter().filter_map(reading).collect();
    let mut not_read = Vec::new();
    for case in study.sites() {
        let params = study.params(case);
        let reads = Reads::of(params.len());
        let parts: Vec<(usize, f64)> = study
            .parts_at(case)
            .into_iter()
            .map(|part| (part, measures[part].map_or(0.0, Measure::central_place)))
            .collect();
        probes(params, seed).into_par_iter().for_each(|draw| {
            study.figures(case, &draw.noting(&Arc::clone(&reads)), &parts);
        });
        for driver in drivers_of(params) {
            if driver.members.iter().any(|&ix| reads.contains(ix)) {
                factors.push(factor(&driver));
            } else {
                not_read.push(driver.id);
            }
        }
    }
    factors.sort_by(|a, b| a.id.cmp(&b.id));
    factors.dedup_by(|a, b| a.id == b.id);
    not_read.sort();
    not_read.dedup();
    not_read.retain(|id| factors.binary_search_by(|f| f.id.cmp(id)).is_err());
    (factors, not_read)
}

fn sites(study: &Study<'_>, factors: &[Factor]) -> Vec<Site> {
    let parts = study.parts();
    let mut start = 0;
    study
        .sites()
        .map(|case| {
            let here: Vec<(usize, Option<usize>)> = study
                .parts_at(case)
                .into_iter()
                .map(|number| {
                    let id = reading_id(parts[number]);
                    (number, factors.iter().position(|factor| factor.id == id))
                })
                .collect();
            let changes = match case.is_some_and(|ix| study.cases[ix].after.is_some()) {
                true => CHANGES.len() * study.plan.flows.len(),
                false => 0,
            };
            let end = start + changes + here.len();
            let columns = start..end;
            start = end;
            Site {
                case,
                placement: Placement::new(study.params(case), factors),
                columns,
                parts: here,
            }
        })
        .collect()
}
