//! The `foreland` command line.
fn main() {}
