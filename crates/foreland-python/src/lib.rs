//! The compiled half of the Python package `foreland`.
//!
//! It turns Python values into questions to the crate `foreland`, and answers into JSON, text and
//! Arrow tables; the half in Python gives them their shape. It holds no model.
#![forbid(unsafe_code)]

mod atlas_tables;
mod charts;
mod failure;
mod findings;
mod input;
mod map;
mod matrix;
mod pairs;
mod running;
mod study;
mod sweep;
mod table;

use pyo3::prelude::*;

/// The compiled half of the package.
#[pymodule]
fn _foreland(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<charts::Charts>()?;
    module.add_class::<charts::Answer>()?;
    module.add_class::<study::Study>()?;
    module.add_class::<findings::Findings>()?;
    module.add_class::<sweep::Sweep>()?;
    module.add_class::<sweep::SweepFolder>()?;
    module.add_function(wrap_pyfunction!(sweep::summarise, module)?)?;
    module.add_function(wrap_pyfunction!(table::cells, module)?)?;
    Ok(())
}
