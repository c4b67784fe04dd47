//! What the engine of flows refuses.

/// Flows cannot be solved.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FlowError {
    /// The network of alternatives makes no sense.
    #[error(transparent)]
    Network(#[from] freightflow::NetworkError),
    /// A cost is out of range.
    #[error(transparent)]
    Cost(#[from] freightflow::cost::CostError),
    /// A problem of choice makes no sense.
    #[error(transparent)]
    Choice(#[from] freightflow::choice::ChoiceError),
    /// An assignment makes no sense.
    #[error(transparent)]
    Assignment(#[from] freightflow::equilibrium::AssignmentError),
    /// A queue at berths cannot be solved.
    #[error(transparent)]
    Queue(#[from] freightflow::queue::QueueError),
}
