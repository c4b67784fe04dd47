//! Measures: what a claim's part is tested with.

mod distance;
mod nearest;
mod operators;
mod port_advantage;
mod published_figure;
mod ships;
mod simulated;
mod time_saving;
mod trade;

use std::collections::BTreeMap;

use crate::atlas::Atlas;
use crate::chain::{Prices, Trip};
use crate::disruption::ClaimFigures;
use crate::findings::{EvidenceTable, MeasureInfo};
use crate::param::Draw;
use crate::sea::SeaCache;
use crate::study::{Located, MeasureSpec, StudyFault, StudyText};
use crate::world::{PortIx, World};

/// Something that yields a figure in each run.
pub(crate) trait Measure: Send + Sync {
    /// What it computes.
    fn info(&self) -> MeasureInfo;

    /// Index of the scenario whose worlds it compares; `None` if it reads the atlas as of the
    /// study's day and knows no baseline.
    fn scenario(&self) -> Option<usize> {
        None
    }

    /// Readings of the statement, each as a label. A run takes one of them.
    fn readings(&self) -> Vec<String> {
        Vec::new()
    }

    /// Place among the readings (0–1) that stands for the central figure.
    fn central_place(&self) -> f64 {
        0.0
    }

    /// The figure, or `None` where there is none (no chain, no ship).
    fn figure(&self, at: &Run<'_>) -> Option<f64>;

    /// Rows behind the figure, at central values.
    fn evidence(&self, _at: &Run<'_>) -> Vec<EvidenceTable> {
        Vec::new()
    }
}

/// One run of one case.
pub(crate) struct Run<'a> {
    /// The world as of the study's day.
    pub(crate) today: &'a World,
    /// A draw of that world's parameters.
    pub(crate) draw: &'a Draw,
    /// Place among the readings, 0–1.
    pub(crate) place: f64,
    /// Prices before and after the scenario, for measures that compare worlds.
    pub(crate) worlds: Option<(&'a Prices<'a>, &'a Prices<'a>)>,
    pub(crate) max_transshipments: u32,
}

impl Run<'_> {
    /// The reading that this run takes, of a number of readings.
    pub(crate) fn reading(&self, of: usize) -> usize {
        ((self.place * of as f64) as usize).min(of.saturating_sub(1))
    }
}

/// A journey that measures may name.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) trip: Trip,
    /// `TEU` or `t`.
    pub(crate) per: &'static str,
}

/// What measures are resolved against.
pub(crate) struct Setting<'a> {
    pub(crate) atlas: &'a Atlas,
    pub(crate) today: &'a World,
    pub(crate) text: &'a StudyText,
    pub(crate) flows: &'a [Flow],
    pub(crate) scenarios: Vec<&'a str>,
    pub(crate) sea: &'a SeaCache<'a>,
    /// What the simulation yields for claims, by the place of the measure in the study.
    pub(crate) simulated: &'a BTreeMap<usize, ClaimFigures>,
    /// Figures older than this many years do not test a claim.
    pub(crate) max_age_years: f64,
}

/// A measure, or the reason for which nothing can be measured.
pub(crate) enum Resolved {
    Measure(Box<dyn Measure>),
    Unavailable {
        info: MeasureInfo,
        why: String,
        evidence: Vec<EvidenceTable>,
    },
}

impl Resolved {
    fn of(measure: impl Measure + 'static) -> Result<Resolved, Vec<StudyFault>> {
        Ok(Resolved::Measure(Box::new(measure)))
    }
}

/// Resolves a measure of a study file.
pub(crate) fn resolve(
    spec: &Located<MeasureSpec>,
    setting: &Setting<'_>,
) -> Result<Resolved, Vec<StudyFault>> {
    match spec.get() {
        MeasureSpec::LargestShip(spec) => ships::largest(spec, setting),
        MeasureSpec::RivalPorts(spec) => ships::rivals(spec, setting),
        MeasureSpec::TimeSaving(spec) => time_saving::resolve(spec, setting),
        MeasureSpec::PortAdvantage(spec) => port_advantage::resolve(spec, setting),
        MeasureSpec::TradeShare(spec) => trade::share(spec, setting),
        MeasureSpec::TradeRatio(spec) => trade::ratio(spec, setting),
        MeasureSpec::OperatorShare(spec) => operators::resolve(spec, setting),
        MeasureSpec::Distance(spec) => distance::resolve(spec, setting),
        MeasureSpec::NearestShare(spec) => nearest::resolve(spec, setting),
        MeasureSpec::PublishedFigure(spec) => published_figure::resolve(spec, setting),
        MeasureSpec::Simulated(_) => simulated::resolve(spec, setting),
    }
}

impl Setting<'_> {
    fn fault(
        &self,
        place: &Located<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> StudyFault {
        self.text.fault(place.span(), message, Some(remedy.into()))
    }

    fn unknown<'n>(
        &self,
        place: &Located<String>,
        what: &str,
        names: impl Iterator<Item = &'n str>,
    ) -> StudyFault {
        self.text.unknown(place.span(), place.get(), what, names)
    }

    fn port(&self, code: &Located<String>) -> Result<PortIx, Vec<StudyFault>> {
        let codes = || self.today.ports.iter().map(|p| p.unlocode.as_str());
        self.today
            .port(code.get())
            .ok_or_else(|| vec![self.unknown(code, "port", codes())])
    }

    fn flow(&self, id: &Located<String>) -> Result<Flow, Vec<StudyFault>> {
        let found = self.flows.iter().find(|flow| flow.id == *id.get());
        found
            .cloned()
            .ok_or_else(|| vec![self.unknown(id, "flow", self.flows.iter().map(|f| f.id.as_str()))])
    }

    fn scenario(&self, id: &Located<String>) -> Result<usize, Vec<StudyFault>> {
        let found = self.scenarios.iter().position(|known| known == id.get());
        found.ok_or_else(|| vec![self.unknown(id, "scenario", self.scenarios.iter().copied())])
    }
}

/// Collects the results of a list, or all its faults.
fn all<T>(
    items: impl Iterator<Item = Result<T, Vec<StudyFault>>>,
) -> Result<Vec<T>, Vec<StudyFault>> {
    let mut good = Vec::new();
    let mut faults = Vec::new();
    for item in items {
        match item {
            Ok(value) => good.push(value),
            Err(more) => faults.extend(more),
        }
    }
    if faults.is_empty() {
        Ok(good)
    } else {
        Err(faults)
    }
}
