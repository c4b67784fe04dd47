//! What a sweep says, from its partitions alone.

mod write;

use std::path::Path;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::design::{Design, Extent, Points};
use super::estimate::{Accumulator, Bootstrap, Estimate, Found, Index, bins_of};
use super::partition;
use super::plan::{Factor, Output, OutputKind, SweepPlan};
use crate::error::Error;
use crate::request::Progress;

/// Version of [`Summary`]; rises when a field changes its meaning or goes.
const SUMMARY_VERSION: u32 = 1;
/// Points at which convergence is first shown; then at each power of two.
const FIRST_CHECKPOINT: u64 = 16;
/// Assumptions named for each output, strongest first.
const STRONGEST: usize = 10;

/// What a sweep says. It holds no time of day and nothing of how the work was parted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Version of this document.
    pub version: u32,
    /// Study.
    pub study: String,
    /// Title of the study.
    pub title: String,
    /// Seed of all sampling.
    pub seed: u64,
    /// Design with its extent.
    pub extent: Extent,
    /// Runs in all.
    pub runs: u64,
    /// How indices and intervals are estimated.
    pub estimators: Vec<String>,
    /// What was varied.
    pub factors: Vec<Factor>,
    /// Assumptions that the model did not look at.
    pub not_read: Vec<String>,
    /// Assumptions that the caller left out.
    pub left_out: Vec<String>,
    /// What was found for each output.
    pub outputs: Vec<OutputSummary>,
}

/// What was found for an output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OutputSummary {
    /// Identifier.
    pub id: String,
    /// What it is.
    pub label: String,
    /// Unit; `1` for shares.
    pub unit: String,
    /// What kind of output it is.
    pub kind: OutputKind,
    /// Mean over runs, or share of runs; `None` if no run yields a figure.
    pub mean: Option<Estimate>,
    /// Standard deviation over runs.
    pub sd: Option<f64>,
    /// Runs without a figure, of those behind the mean.
    pub missing: u64,
    /// Runs behind the mean: A and B of a Sobol' design, else all.
    pub sampled_runs: u64,
    /// The strongest assumptions, by total index, or by first-order index where there is none.
    pub strongest: Vec<FactorIndex>,
    /// The same at growing numbers of points.
    pub convergence: Vec<Checkpoint>,
    #[serde(skip)]
    indices: Vec<Index>,
}

/// The indices of one assumption.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FactorIndex {
    /// Assumption.
    pub factor: String,
    /// First-order index.
    pub first: Option<Estimate>,
    /// Total index.
    pub total: Option<Estimate>,
}

/// An output after some of its points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Checkpoint {
    /// Points so far.
    pub points: u64,
    /// Runs so far.
    pub runs: u64,
    /// Mean or share so far.
    pub mean: Option<Estimate>,
    /// Indices so far of the assumptions that are the strongest at the end.
    pub strongest: Vec<FactorIndex>,
}

/// Makes the summary of a sweep from the partitions in its folder, and writes it there:
/// `sweep.json`, `indices.csv`, `claims.csv`, `convergence.csv` and `index.html`. Partitions are read
/// one after the other; memory does not grow with their number. The same partitions give the same
/// bytes.
///
/// # Errors
///
/// [`Error::Input`] if the folder holds no sweep, or a partition is missing or damaged;
/// [`Error::Io`] and [`Error::Encode`] if the summary cannot be written.
pub fn summarise(dir: &Path, progress: &(dyn Fn(Progress) + Sync)) -> Result<Summary, Error> {
    let plan = SweepPlan::read(dir)?;
    let found = Stream::new(&plan).read_all(dir, progress)?;
    let summary = summary(&plan, found);
    write::files(dir, &summary)?;
    partition::tidy(dir)?;
    Ok(summary)
}

/// All outputs, while points come in.
struct Stream<'p> {
    plan: &'p SweepPlan,
    points: Points,
    bootstrap: Bootstrap,
    outputs: Vec<(&'p Output, Accumulator)>,
    /// By checkpoint: points, and what was found for each output.
    found: Vec<(u64, Vec<Found>)>,
}

/// What a point is, for all outputs alike.
struct Place {
    block: usize,
    bins: Vec<u16>,
}

impl<'p> Stream<'p> {
    fn new(plan: &'p SweepPlan) -> Stream<'p> {
        let ids: Vec<String> = plan.factors.iter().map(|f| f.id.clone()).collect();
        let outputs = plan.outputs.iter().map(|output| {
            let with_indices = output.kind.has_indices();
            (output, Accumulator::new(&plan.extent, with_indices))
        });
        Stream {
            plan,
            points: Points::new(plan.extent, plan.seed, &ids),
            bootstrap: Bootstrap::new(plan.seed),
            outputs: outputs.collect(),
            found: Vec::new(),
        }
    }

    fn read_all(
        mut self,
        dir: &Path,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vec<(u64, Vec<Found>)>, Error> {
        let hash = self.plan.hash()?;
        let total = self.plan.partitions();
        for partition in 0..total {
            progress(Progress {
                stage: "summary",
                done: partition,
                total,
            });
            let columns = partition::read(dir, partition, self.plan, &hash)?;
            let range = self.plan.points_of(partition);
            let mut from = range.start;
            while from < range.end {
                let to = self.next_stop(from).min(range.end);
                self.add(from..to, range.start, &columns);
                if self.is_stop(to) {
                    self.note(to);
                }
                from = to;
            }
        }
        progress(Progress {
            stage: "summary",
            done: total,
            total,
        });
        Ok(self.found)
    }

    /// The next checkpoint after some points.
    fn next_stop(&self, points: u64) -> u64 {
        let all = self.plan.extent.points;
        if self.plan.extent.design == Design::FullFactorial {
            // A part of a factorial says nothing of the whole.
            return all;
        }
        (points + 1)
            .next_power_of_two()
            .max(FIRST_CHECKPOINT)
            .min(all)
    }

    fn is_stop(&self, points: u64) -> bool {
        points == self.plan.extent.points || points == self.next_stop(points - 1)
    }

    fn add(&mut self, points: std::ops::Range<u64>, first: u64, columns: &[Vec<f64>]) {
        let extent = &self.plan.extent;
        let places: Vec<Place> = points
            .clone()
            .into_par_iter()
            .map(|point| Place {
                block: self.bootstrap.block(point),
                bins: self.bins(point),
            })
            .collect();
        let runs = extent.runs_per_point() as usize;
        let start = (points.start - first) as usize;
        self.outputs.par_iter_mut().for_each(|(output, sums)| {
            let mut values = Vec::with_capacity(runs);
            for (number, place) in places.iter().enumerate() {
                let row = (start + number) * runs;
                values.clear();
                values.extend(
                    (row..row + runs).map(|row| output.rule.of(|column| columns[column][row])),
                );
                sums.add(place.block, &values, &place.bins);
            }
        });
    }

    fn bins(&self, point: u64) -> Vec<u16> {
        let bins = bins_of(&self.plan.extent);
        if bins == 0 {
            return Vec::new();
        }
        let places = self.points.places(point);
        let last = bins - 1;
        let bin = |place: f64| ((place * f64::from(bins)) as u16).min(last);
        places.into_iter().map(bin).collect()
    }

    fn note(&mut self, points: u64) {
        let is_end = points == self.plan.extent.points;
        let found = self
            .outputs
            .par_iter()
            .map(|(_, sums)| sums.found(&self.bootstrap, is_end))
            .collect();
        self.found.push((points, found));
    }
}

fn summary(plan: &SweepPlan, mut found: Vec<(u64, Vec<Found>)>) -> Summary {
    let (_, last) = found.pop().unwrap_or_default();
    let outputs = plan
        .outputs
        .iter()
        .zip(last)
        .enumerate()
        .map(|(number, (output, at_end))| {
            let order = strongest(&at_end.indices);
            let named = |found: &Found| -> Vec<FactorIndex> {
                let indices = order.iter().map(|&factor| (factor, found.indices[factor]));
                indices
                    .map(|(factor, index)| FactorIndex {
                        factor: plan.factors[factor].id.clone(),
                        first: index.first,
                        total: index.total,
                    })
                    .collect()
            };
            let checkpoint = |points: u64, found: &Found| Checkpoint {
                points,
                runs: points * plan.extent.runs_per_point(),
                mean: found.mean.map(|mean| bounded(mean, output.kind)),
                strongest: named(found),
            };
            let convergence = found
                .iter()
                .map(|(points, all)| checkpoint(*points, &all[number]))
                .chain([checkpoint(plan.extent.points, &at_end)])
                .collect();
            OutputSummary {
                id: output.id.clone(),
                label: output.label.clone(),
                unit: output.unit.clone(),
                kind: output.kind,
                mean: at_end.mean.map(|mean| bounded(mean, output.kind)),
                sd: at_end.sd,
                missing: at_end.missing,
                sampled_runs: at_end.runs + at_end.missing,
                strongest: named(&at_end),
                convergence,
                indices: at_end.indices,
            }
        })
        .collect();
    Summary {
        version: SUMMARY_VERSION,
        study: plan.study.clone(),
        title: plan.title.clone(),
        seed: plan.seed,
        extent: plan.extent,
        runs: plan.extent.runs(),
        estimators: estimators(plan.extent.design),
        factors: plan.factors.clone(),
        not_read: plan.not_read.clone(),
        left_out: plan.left_out.clone(),
        outputs,
    }
}

/// The interval of a share ends at 0 and 1.
fn bounded(estimate: Estimate, kind: OutputKind) -> Estimate {
    match kind.is_share() {
        true => Estimate {
            low: estimate.low.max(0.0),
            high: estimate.high.min(1.0),
            ..estimate
        },
        false => estimate,
    }
}

/// The factors with the largest indices that are not nothing.
fn strongest(indices: &[Index]) -> Vec<usize> {
    let strength = |index: &Index| index.total.or(index.first).map_or(0.0, |e| e.value);
    let mut order: Vec<usize> = (0..indices.len())
        .filter(|&factor| strength(&indices[factor]) > 0.0)
        .collect();
    order.sort_by(|&a, &b| strength(&indices[b]).total_cmp(&strength(&indices[a])));
    order.truncate(STRONGEST);
    order
}

fn estimators(design: Design) -> Vec<String> {
    let of_design: &[&str] = match design {
        Design::Sobol => &[
            "First-order indices: Saltelli et al. (2010), table 2 (b), over A, B and A with one \
             assumption from B.",
            "Total indices: Jansen (1999).",
            "Means and shares: over A and B.",
        ],
        Design::LatinHypercube => &[
            "First-order indices: variance between equally probable bins, less its bias. This \
             design yields no total indices.",
        ],
        Design::FullFactorial => &[
            "First-order indices: variance between levels; every combination was run, so nothing \
             is sampled and intervals have no width. This design yields no total indices.",
        ],
    };
    let of_all = "Intervals: 95 %, by a bootstrap of blocks of points keyed by the seed.";
    let texts = of_design.iter().copied().chain([of_all]);
    texts.map(str::to_owned).collect()
}
