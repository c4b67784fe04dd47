//! Least costs from many nodes to many.

use rayon::prelude::*;

use super::search::{TreeSearch, TreeShape};
use crate::error::NetworkError;
use crate::network::{Network, NodeId};

/// Least costs from each of some origins to each of some destinations.
#[derive(Clone, Debug, PartialEq)]
pub struct CostMatrix {
    columns: usize,
    costs: Vec<f64>,
}

impl CostMatrix {
    /// Least cost from the origin at position `row` to the destination at position `column`;
    /// `None` if no path leads there.
    ///
    /// # Panics
    /// If there is no such row or column.
    pub fn get(&self, row: usize, column: usize) -> Option<f64> {
        assert!(column < self.columns, "column {column} of {}", self.columns);
        let cost = self.costs[row * self.columns + column];
        cost.is_finite().then_some(cost)
    }
}

/// Least costs from each of `origins` to each of `destinations`, one tree an origin.
///
/// Runs in the thread pool of the caller; the result does not depend on its size.
///
/// # Errors
/// [`NetworkError`] if a node is not in the network or a cost is missing, negative or not a number.
pub fn cost_matrix(
    network: &Network,
    costs: &[f64],
    origins: &[NodeId],
    destinations: &[NodeId],
) -> Result<CostMatrix, NetworkError> {
    network.check_costs(costs)?;
    for &node in origins.iter().chain(destinations) {
        network.check_node(node)?;
    }
    let memory = || (TreeSearch::new(network.nodes()), TreeShape::default());
    let rows: Vec<Vec<f64>> = origins
        .par_iter()
        .map_init(memory, |(search, shape), &origin| {
            search.grow(network, costs, origin, shape);
            destinations
                .iter()
                .map(|node| search.cost[node.index()])
                .collect()
        })
        .collect();
    Ok(CostMatrix {
        columns: destinations.len(),
        costs: rows.concat(),
    })
}
