//! A what-if engine for world freight.
//!
//! Every answer is a difference between two worlds.
#![forbid(unsafe_code)]

pub mod findings;
