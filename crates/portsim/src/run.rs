//! Replications, in parallel.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::checkpoint::Checkpoint;
use crate::engine::{Engine, Nobody};
use crate::error::RunError;
use crate::luck::Luck;
use crate::outcome::{Measure, Outcome};
use crate::plan::Plan;
use crate::progress::{Progress, Stop, Watch};
use crate::record::Record;
use crate::tally::Histogram;
use crate::together::Together;

/// How to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// What all luck grows from.
    pub seed: u64,
    /// Replications; with a stop rule the most of them.
    pub replications: u64,
    /// Stop as soon as this is known well enough.
    pub until: Option<Precision>,
    /// Run in pairs of which the second has the mirrored luck of the first (antithetic variates).
    pub antithetic: bool,
    /// Folder in which each replication is kept as soon as it is done, and from which a run that was
    /// broken off goes on.
    pub checkpoint: Option<PathBuf>,
    /// Keep the queue lengths and the histograms of each replication in its record. Without it only
    /// what they are together is kept, and a record is small.
    pub keep_details: bool,
}

impl Settings {
    /// So many replications from a seed.
    #[must_use]
    pub fn new(seed: u64, replications: u64) -> Self {
        Self {
            seed,
            replications,
            until: None,
            antithetic: false,
            checkpoint: None,
            keep_details: false,
        }
    }
}

/// How well something is to be known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// What.
    pub measure: Measure,
    /// Half the width of its 95 % confidence interval, as a part of its mean.
    pub relative: f64,
    /// Replications before the interval is looked at, at least 2. It is looked at again each time
    /// that their number has grown by a half, never after each one: who looks too often stops at
    /// the first interval that is narrow by chance.
    pub at_least: u64,
}

/// Runs a plan in the [rayon](https://docs.rs/rayon) pool of the caller.
///
/// # Errors
///
/// Unusable settings; a replication that runs wild, stands still or is deadlocked (of several, that
/// with the lowest number); a checkpoint that cannot be used.
pub fn simulate(plan: &Plan, settings: &Settings, watch: Watch) -> Result<Outcome, RunError> {
    check(plan, settings)?;
    let checkpoint = settings.checkpoint.as_ref();
    let checkpoint = checkpoint
        .map(|folder| Checkpoint::of_run(folder, plan, settings))
        .transpose()?;
    let mut run = Run {
        plan,
        settings,
        checkpoint,
        gathered: Mutex::new(Gathered::default()),
        cancelled: AtomicBool::new(false),
        next: AtomicU64::new(0),
        end: AtomicU64::new(0),
    };
    let watch = Mutex::new(watch);
    let mut end = first_round(settings);
    loop {
        run.round(end, &watch)?;
        let outcome = run.outcome();
        match settings.until {
            _ if run.cancelled.load(Ordering::Relaxed) => {
                return Ok(outcome.stopped(Stop::Cancelled));
            }
            None => return Ok(outcome.stopped(Stop::Done)),
            Some(until) => {
                let width = outcome
                    .estimate(until.measure)
                    .map_or(f64::INFINITY, |found| found.relative_width());
                if width <= until.relative {
                    return Ok(outcome.stopped(Stop::Narrow));
                }
                if end >= settings.replications {
                    return Ok(outcome.stopped(Stop::TooWide));
                }
                run.take_back(outcome);
                end = (end + end.div_ceil(2))
                    .next_multiple_of(2)
                    .min(settings.replications);
            }
        }
    }
}

fn check(plan: &Plan, settings: &Settings) -> Result<(), RunError> {
    let setting = |what, value, expected| {
        Err(RunError::Setting {
            what,
            value,
            expected,
        })
    };
    let count = settings.replications;
    if !(1..=100_000_000).contains(&count) {
        return setting(
            "the number of replications",
            count as f64,
            "1 to 100,000,000",
        );
    }
    if settings.antithetic && !count.is_multiple_of(2) {
        return setting(
            "the number of replications",
            count as f64,
            "an even number for antithetic pairs",
        );
    }
    if let Some(until) = settings.until {
        if !(until.relative.is_finite() && until.relative > 0.0) {
            return setting(
                "the relative width to stop at",
                until.relative,
                "a number above 0",
            );
        }
        if until.at_least < 2 || until.at_least > count {
            return setting(
                "the least number of replications",
                until.at_least as f64,
                "2 or more, and not above the most",
            );
        }
        if !until.measure.exists(plan) {
            return setting(
                "the place of the measure to stop by",
                until.measure.place() as f64,
                "the place of a station or source of the model",
            );
        }
    }
    Ok(())
}

fn first_round(settings: &Settings) -> u64 {
    let first = settings
        .until
        .map_or(settings.replications, |until| until.at_least);
    if settings.antithetic {
        first.next_multiple_of(2).min(settings.replications)
    } else {
        first
    }
}

#[derive(Default)]
struct Gathered {
    records: Vec<Option<Record>>,
    together: Together,
    done: u64,
    /// The replication of the lowest number that failed.
    failure: Option<(u64, RunError)>,
}

struct Run<'a> {
    plan: &'a Plan,
    settings: &'a Settings,
    checkpoint: Option<Checkpoint>,
    gathered: Mutex<Gathered>,
    cancelled: AtomicBool,
    /// The next replication to be done.
    next: AtomicU64,
    /// Replications from here on are not to be done.
    end: AtomicU64,
}

impl Run<'_> {
    /// Does all replications below a number that are not done yet.
    fn round(&mut self, end: u64, watch: &Mutex<Watch>) -> Result<(), RunError> {
        self.end.store(end, Ordering::Relaxed);
        self.gathered().records.resize_with(end as usize, || None);
        let workers = rayon::current_num_threads().min(end as usize);
        let run = &*self;
        rayon::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|_| run.work(end, watch));
            }
        });
        match self.gathered().failure.take() {
            Some((_, error)) => Err(error),
            None => Ok(()),
        }
    }

    fn gathered(&self) -> MutexGuard<'_, Gathered> {
        // What is gathered is whole between any two statements that could panic.
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does one replication after the other until none is left.
    fn work(&self, planned: u64, watch: &Mutex<Watch>) {
        let mut engine = Engine::new(self.plan, Nobody);
        while !self.cancelled.load(Ordering::Relaxed) {
            let end = self.end.load(Ordering::Relaxed);
            let claimed = self
                .next
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |next| {
                    (next < end).then(|| next + 1)
                });
            let Ok(replication) = claimed else { return };
            match self.one(&mut engine, replication) {
                Ok(Some(record)) => self.gather(record, planned, watch),
                Ok(None) => return,
                Err(error) => {
                    self.end.fetch_min(replication, Ordering::Relaxed);
                    let failure = &mut self.gathered().failure;
                    if failure
                        .as_ref()
                        .is_none_or(|(lowest, _)| replication < *lowest)
                    {
                        *failure = Some((replication, error));
                    }
                }
            }
        }
    }

    fn one(
        &self,
        engine: &mut Engine<Nobody>,
        replication: u64,
    ) -> Result<Option<Record>, RunError> {
        if let Some(checkpoint) = &self.checkpoint
            && let Some(record) = checkpoint.load::<Record>(replication)
            && record.replication == replication
        {
            return Ok(Some(record));
        }
        let luck = Luck::new(self.settings.seed, replication, self.settings.antithetic);
        let record = engine.run(luck, replication, &self.cancelled)?;
        if let (Some(checkpoint), Some(record)) = (&self.checkpoint, &record) {
            checkpoint.save(replication, record)?;
        }
        Ok(record)
    }

    fn gather(&self, mut record: Record, planned: u64, watch: &Mutex<Watch>) {
        let done = {
            let mut gathered = self.gathered();
            gathered.together.add(&record);
            if !self.settings.keep_details {
                record.queues = Vec::new();
                record
                    .durations_mut()
                    .for_each(|durations| durations.histogram = Histogram::default());
            }
            let place = record.replication as usize;
            gathered.records[place] = Some(record);
            gathered.done += 1;
            gathered.done
        };
        let mut watch = watch.lock().unwrap_or_else(PoisonError::into_inner);
        if (*watch)(Progress { done, planned }).is_break() {
            self.cancelled.store(true, Ordering::Relaxed);
        }
    }

    fn outcome(&mut self) -> Outcome {
        let gathered = std::mem::take(&mut *self.gathered());
        let records = gathered.records.into_iter().flatten().collect();
        Outcome::new(self.plan, self.settings, records, gathered.together)
    }

    fn take_back(&mut self, outcome: Outcome) {
        let (records, together) = outcome.into_parts();
        let mut gathered = self.gathered();
        gathered.done = records.len() as u64;
        gathered.records = records.into_iter().map(Some).collect();
        gathered.together = together;
    }
}
