//! Flows over time under disruptions: queues, recovery, losses, outcomes beside what was observed.

mod tables;

pub use tables::tables;
