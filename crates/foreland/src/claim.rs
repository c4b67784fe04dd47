//! Claims: something that was said, bound to a measure, so that it can be tested.
//!
//! A [`measure::Measure`] yields a figure for one run; a [`test::Test`] says whether the figure
//! agrees with what was said; [`verdict`] turns shares of runs into a verdict by rule. No verdict
//! is written by hand.

pub(crate) mod inversion;
pub(crate) mod measure;
pub(crate) mod published;
pub(crate) mod resolve;
pub(crate) mod test;
pub(crate) mod tornado;
pub(crate) mod verdict;
