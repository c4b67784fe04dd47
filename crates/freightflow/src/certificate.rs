//! How good a solution is, measured on the solution itself.

/// What a result proves about itself. No computation of this crate returns a flow without one.
///
/// Everything in it is computed from the flows that are returned and the problem that was given, not
/// carried over from the algorithm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Certificate {
    /// Duality gap as a part of the total cost (equilibria) or of the bound on the profit (cargo
    /// flows), without unit.
    pub relative_gap: f64,
    /// How far the objective can be from the best possible, in the unit of the objective.
    pub duality_gap: f64,
    /// Largest amount by which flow in, flow out and demand disagree at a node or for a demand, as a
    /// part of the total demand.
    pub conservation_residual: f64,
    /// Largest flow beyond a hard capacity as a part of that capacity; 0 where there is none.
    pub capacity_residual: f64,
}
