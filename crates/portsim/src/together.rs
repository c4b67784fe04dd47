//! What all replications are together, as counts: the same whatever the order in which they end.

use crate::record::Record;
use crate::series::AllSeries;
use crate::tally::Histogram;

/// Counts over all replications.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Together {
    pub queues: AllSeries,
    /// In the order of [`Record::durations`].
    pub histograms: Vec<Histogram>,
}

impl Together {
    pub fn add(&mut self, record: &Record) {
        self.queues.add(&record.queues);
        let count = record.durations().count();
        self.histograms.resize(count, Histogram::default());
        for (all, one) in self.histograms.iter_mut().zip(record.durations()) {
            all.merge(&one.histogram);
        }
    }
}
