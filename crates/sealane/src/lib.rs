//! Exact shortest sea routes between any two points on Earth.
