//! A figure of the simulation, in each of its replications.

use super::{Measure, Resolved, Run, Setting};
use crate::disruption::ClaimFigures;
use crate::findings::MeasureInfo;
use crate::study::{Located, MeasureSpec, SimulatedMeasure, StudyFault};

struct Simulated {
    description: String,
    figures: ClaimFigures,
}

pub(super) fn resolve(
    spec: &Located<MeasureSpec>,
    setting: &Setting<'_>,
) -> Result<Resolved, Vec<StudyFault>> {
    let Some(figures) = setting.simulated.get(&spec.span().start) else {
        return Err(vec![setting.text.fault(
            spec.span(),
            "the study has no section [simulation] that could yield this",
            Some("add one: docs/disruption.md says how".to_owned()),
        )]);
    };
    let MeasureSpec::Simulated(what) = spec.get() else {
        return Err(Vec::new());
    };
    Resolved::of(Simulated {
        description: format!("{}: {}", figures.scenario, in_words(what.of.get())),
        figures: figures.clone(),
    })
}

fn in_words(measure: &SimulatedMeasure) -> String {
    match measure {
        SimulatedMeasure::Waiting { station, at } => {
            format!("waiting at {} on {}", station.get(), at.get())
        }
        SimulatedMeasure::WaitingMost { station, .. } => {
            format!("most waiting at {}", station.get())
        }
        SimulatedMeasure::WaitD { station, .. } => format!("mean wait at {}", station.get()),
        SimulatedMeasure::WaitLongestD { station, .. } => {
            format!("longest wait at {}", station.get())
        }
        SimulatedMeasure::PassingPerDay { station, .. } => {
            format!("through {} a day", station.get())
        }
        SimulatedMeasure::PassingChangePct { station, .. } => {
            format!("change of what comes through {}", station.get())
        }
        SimulatedMeasure::BacklogGoneD { station, .. } => format!(
            "days after the end until no more wait at {} than undisturbed",
            station
                .as_ref()
                .map_or("all stations", |station| station.get())
        ),
        SimulatedMeasure::QueueClearedD { station } => format!(
            "days after the end until those that waited at {} are through",
            station.get()
        ),
        SimulatedMeasure::RegularAgainD { since } => match since {
            None => "days after the end until service is regular again".to_owned(),
            Some(since) => format!("days after {} until service is regular again", since.get()),
        },
        SimulatedMeasure::TurnedAway { flow } => format!("turned away of {}", flow.get()),
        SimulatedMeasure::LossMUsd { loss, .. } => match loss {
            crate::study::LossKind::ValueDelayed => "value of goods that come late".to_owned(),
            crate::study::LossKind::ValueLost => "value of goods lost".to_owned(),
            crate::study::LossKind::ExtraCost => "extra cost of all payers".to_owned(),
        },
    }
}

impl Measure for Simulated {
    fn info(&self) -> MeasureInfo {
        MeasureInfo {
            kind: "simulated".to_owned(),
            description: self.description.clone(),
            unit: self.figures.unit.to_owned(),
        }
    }

    fn central_place(&self) -> f64 {
        0.5
    }

    /// The figure of a replication: places spread evenly over all runs pick all replications alike.
    fn figure(&self, at: &Run<'_>) -> Option<f64> {
        let figures = &self.figures.figures;
        figures.get(at.reading(figures.len())).copied().flatten()
    }
}
