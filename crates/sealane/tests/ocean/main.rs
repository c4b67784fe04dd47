//! Questions to the embedded ocean, one module a promise. One binary, so that
//! the ocean is unpacked once.

mod alternatives;
mod brute_force;
mod damage;
mod ends;
mod ice;
mod index;
mod lines;
mod matrix;
mod metric;
mod oracle;
mod passages;
mod places;
mod seas;
mod vessels;
mod via;
mod whole_earth;
