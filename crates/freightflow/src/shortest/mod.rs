//! Shortest paths: trees, matrices, the k best, and k that differ.
//!
//! - [`Tree`]: all least-cost paths from one origin.
//! - [`shortest_path`]: one path from one node to another.
//! - [`cost_matrix`]: least costs from many nodes to many.
//! - [`k_shortest_paths`]: the k least-cost paths without a repeated node.
//! - [`k_dissimilar_paths`]: k good paths of which no two share more than a stated part.

mod dissimilar;
mod heap;
mod matrix;
mod path;
mod search;
#[cfg(test)]
pub(crate) mod tests;
mod tree;
mod yen;

pub use dissimilar::{Dissimilarity, k_dissimilar_paths};
pub use matrix::{CostMatrix, cost_matrix};
pub use path::{Path, shortest_path};
pub use tree::Tree;
pub use yen::k_shortest_paths;

pub(crate) use search::{NO_LINK, TreeSearch, TreeShape};
