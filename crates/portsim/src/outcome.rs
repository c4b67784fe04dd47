//! What a run yields: estimates across replications.

use crate::interval::Estimate;
use crate::plan::Plan;
use crate::progress::Stop;
use crate::record::{Certificate, Record};
use crate::run::Settings;
use crate::series::QueueAt;
use crate::tally::{Durations, Histogram};
use crate::time::Hours;
use crate::together::Together;

/// A figure that each replication has; numbers are places in the lists of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Mean wait for a station, in hours.
    Wait(usize),
    /// Mean number waiting for a station.
    Queue(usize),
    /// Most waiting for a station at the same time.
    QueueMost(usize),
    /// Units in use of a station over its capacity.
    Utilisation(usize),
    /// Entities that a station has served.
    Served(usize),
    /// Entities that balked or reneged at a station.
    GivenUp(usize),
    /// Mean time inside of a source's entities that went to the end of their route, in hours.
    Time(usize),
    /// A source's entities that went to the end of their route.
    Finished(usize),
}

impl Measure {
    pub(crate) fn place(self) -> usize {
        match self {
            Self::Wait(place)
            | Self::Queue(place)
            | Self::QueueMost(place)
            | Self::Utilisation(place) => place,
            Self::Served(place)
            | Self::GivenUp(place)
            | Self::Time(place)
            | Self::Finished(place) => place,
        }
    }

    pub(crate) fn exists(self, plan: &Plan) -> bool {
        let count = match self {
            Self::Time(_) | Self::Finished(_) => plan.model().sources.len(),
            _ => plan.model().stations.len(),
        };
        self.place() < count
    }

    /// The figure of one replication; none where there was nothing to measure.
    #[must_use]
    pub fn of(self, record: &Record) -> Option<f64> {
        let place = self.place();
        match self {
            Self::Time(_) => record.sources.get(place)?.time.mean_h(),
            Self::Finished(_) => Some(record.sources.get(place)?.finished as f64),
            _ => {
                let station = record.stations.get(place)?;
                match self {
                    Self::Wait(_) => station.wait.mean_h(),
                    Self::Queue(_) => Some(station.queue_mean),
                    Self::QueueMost(_) => Some(f64::from(station.queue_most)),
                    Self::Utilisation(_) => station.utilisation(),
                    Self::Served(_) => Some(station.served as f64),
                    _ => Some((station.balked + station.reneged) as f64),
                }
            }
        }
    }

    /// The durations that the figure is the mean of, if it is one.
    fn durations(self, record: &Record) -> Option<&Durations> {
        match self {
            Self::Wait(place) => record.stations.get(place).map(|station| &station.wait),
            Self::Time(place) => record.sources.get(place).map(|source| &source.time),
            _ => None,
        }
    }
}

/// What a run yields.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Why the run ended.
    pub stop: Stop,
    /// Replications that were done, in the order of their numbers.
    pub records: Vec<Record>,
    antithetic: bool,
    stations: usize,
    every_h: Hours,
    together: Together,
}

impl Outcome {
    pub(crate) fn new(
        plan: &Plan,
        settings: &Settings,
        records: Vec<Record>,
        together: Together,
    ) -> Self {
        Self {
            stop: Stop::Done,
            records,
            antithetic: settings.antithetic,
            stations: plan.model().stations.len(),
            every_h: plan.model().sample_every_h.unwrap_or_default(),
            together,
        }
    }

    pub(crate) fn stopped(self, stop: Stop) -> Self {
        Self { stop, ..self }
    }

    pub(crate) fn into_parts(self) -> (Vec<Record>, Together) {
        (self.records, self.together)
    }

    /// A measure across replications; none where no replication has it.
    #[must_use]
    pub fn estimate(&self, measure: Measure) -> Option<Estimate> {
        self.estimate_of(|record| measure.of(record))
    }

    /// Any figure of a record across replications.
    #[must_use]
    pub fn estimate_of(&self, figure: impl Fn(&Record) -> Option<f64>) -> Option<Estimate> {
        let values: Vec<f64> = self.records.iter().filter_map(figure).collect();
        match self.antithetic && values.len() == self.records.len() {
            true => Estimate::of_pairs(&values),
            false => Estimate::new(&values),
        }
    }

    /// Mean wait or time with an interval from batches within the replications (method of batch
    /// means): for few long replications, down to a single one. Batches are joined until neighbours
    /// are hardly correlated, so the interval is right if the replications are long beside the memory
    /// of the queue. The values of the estimate are the batches.
    #[must_use]
    pub fn estimate_by_batches(&self, measure: Measure) -> Option<Estimate> {
        let all = self
            .records
            .iter()
            .filter_map(|record| measure.durations(record));
        let batches = all
            .clone()
            .map(|durations| durations.batch_means_h.clone())
            .collect();
        let sum = |(sum_h, count), durations: &Durations| {
            (sum_h + durations.sum_h, count + durations.count)
        };
        let (sum_h, count) = all.fold((0.0, 0), sum);
        let estimate = Estimate::of_batches(batches)?;
        Some(Estimate {
            mean: sum_h / count as f64,
            ..estimate
        })
    }

    /// The difference that a change makes: this run's measure less another's, replication by
    /// replication. With the same seed both had the same luck, and the interval is much narrower
    /// than that of either.
    #[must_use]
    pub fn difference(&self, other: &Self, measure: Measure) -> Option<Estimate> {
        let pairs = self.records.iter().zip(&other.records);
        let paired = pairs.filter(|(here, there)| here.replication == there.replication);
        let values: Vec<f64> = paired
            .filter_map(|(here, there)| measure.of(here).zip(measure.of(there)))
            .map(|(here, there)| here - there)
            .collect();
        match self.antithetic && other.antithetic {
            true => Estimate::of_pairs(&values),
            false => Estimate::new(&values),
        }
    }

    /// How the single waits or times of all replications together are distributed; empty for other
    /// measures.
    #[must_use]
    pub fn distribution(&self, measure: Measure) -> Histogram {
        let place = match measure {
            Measure::Wait(station) => station,
            Measure::Time(source) => self.stations + 2 * source,
            _ => return Histogram::default(),
        };
        self.together
            .histograms
            .get(place)
            .cloned()
            .unwrap_or_default()
    }

    /// The queue of a station over time, across replications; empty if the model has no
    /// `sample_every_h`.
    #[must_use]
    pub fn queue_over_time(&self, station: usize) -> Vec<QueueAt> {
        self.together
            .queues
            .station(station, self.stations, self.every_h)
    }

    /// Events of all replications.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.records.iter().map(|record| record.events).sum()
    }

    /// The worst of all replications.
    #[must_use]
    pub fn certificate(&self) -> Certificate {
        let best = Certificate {
            missing: 0,
            little_residual: 0.0,
        };
        self.records
            .iter()
            .map(|record| record.certificate)
            .fold(best, |worst, next| Certificate {
                missing: worst.missing.max(next.missing),
                little_residual: worst.little_residual.max(next.little_residual),
            })
    }
}
