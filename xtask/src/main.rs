//! Builds of derived data.
fn main() {}
