//! The commands, one a file.

pub(crate) mod atlas;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod depend;
pub(crate) mod flows;
pub(crate) mod matrix;
pub(crate) mod pairs;
pub(crate) mod route;
pub(crate) mod run;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod sweep;
