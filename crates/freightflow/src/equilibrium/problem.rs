//! What is to be assigned: a network, its costs, and classes of demand.

use super::demand::OdPair;
use crate::cost::LinkCost;
use crate::error::NetworkError;
use crate::network::{LinkId, Network, NodeId};

/// A group of users that see the same costs.
#[derive(Clone, Debug, Default)]
pub struct Class {
    /// Name, for messages.
    pub name: String,
    /// Flow on a link for each unit of demand: passenger-car units a vehicle, TEU a box. Above 0.
    pub weight: f64,
    /// What a link costs this class on top of the common cost, in the unit of cost: money divided by
    /// the value of time, say. Empty if nothing; infinite where the class is not admitted.
    pub extra_cost: Vec<f64>,
    /// Demand.
    pub demand: Vec<OdPair>,
}

/// Whose cost decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Principle {
    /// Nobody can do better alone (Wardrop's first principle, 1952).
    #[default]
    UserEquilibrium,
    /// The total cost of all is least (Wardrop's second principle): users see marginal costs.
    SystemOptimum,
}

/// A checked assignment problem.
#[derive(Clone, Debug)]
pub struct Assignment<'a> {
    network: &'a Network,
    costs: &'a [LinkCost],
    classes: Vec<Class>,
    principle: Principle,
}

/// An assignment problem makes no sense.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AssignmentError {
    /// The network and what is said of its links or nodes do not fit.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// A class is weighted by something that is not a positive number.
    #[error("class `{class}` has weight {weight}; it must be a positive number")]
    Weight {
        /// Name of the class.
        class: String,
        /// Its weight.
        weight: f64,
    },
    /// An extra cost is negative or not a number.
    #[error("class `{class}` pays {cost} extra on link {}; it must be 0 or more (infinite bars the link)", link.index())]
    ExtraCost {
        /// Name of the class.
        class: String,
        /// The link.
        link: LinkId,
        /// The extra cost.
        cost: f64,
    },
    /// A number of an origin–destination pair is out of range.
    #[error("class `{class}`, demand {position} (node {} to {}): {what} is {value}", origin.index(), destination.index())]
    Demand {
        /// Name of the class.
        class: String,
        /// Position of the pair in the class.
        position: usize,
        /// Where it starts.
        origin: NodeId,
        /// Where it ends.
        destination: NodeId,
        /// Which number.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// Demand between nodes that no path connects.
    #[error("{pairs} origin–destination pairs with a flow of {volume} cannot be reached, the first from node {} to {} in class `{class}`; remove them or add links", origin.index(), destination.index())]
    Unreachable {
        /// Name of the class of the first pair.
        class: String,
        /// Where the first pair starts.
        origin: NodeId,
        /// Where it ends.
        destination: NodeId,
        /// Number of pairs.
        pairs: usize,
        /// Their flow.
        volume: f64,
    },
    /// Elastic demand at no cost of moving would be without bound.
    #[error("class `{class}`, node {} to {}: demand at free flow is {volume}; give a response that stays finite", origin.index(), destination.index())]
    Unbounded {
        /// Name of the class.
        class: String,
        /// Where the pair starts.
        origin: NodeId,
        /// Where it ends.
        destination: NodeId,
        /// Demand at the least possible cost.
        volume: f64,
    },
}

impl<'a> Assignment<'a> {
    /// A user equilibrium of `classes` on `network`, whose links cost `costs`.
    ///
    /// Pairs with no volume and pairs that end where they start use no link; they may be given and
    /// are left out.
    ///
    /// # Errors
    /// [`AssignmentError`]; whether all demand can be reached is seen when the problem is solved.
    pub fn new(
        network: &'a Network,
        costs: &'a [LinkCost],
        classes: Vec<Class>,
    ) -> Result<Self, AssignmentError> {
        if costs.len() != network.links() {
            let (given, links) = (costs.len(), network.links());
            return Err(NetworkError::CostCount { given, links }.into());
        }
        for class in &classes {
            check_class(network, class)?;
        }
        Ok(Self {
            network,
            costs,
            classes,
            principle: Principle::UserEquilibrium,
        })
    }

    /// The same problem under another principle.
    pub fn with_principle(mut self, principle: Principle) -> Self {
        self.principle = principle;
        self
    }

    /// The network.
    pub fn network(&self) -> &'a Network {
        self.network
    }

    /// Cost functions, one a link.
    pub fn costs(&self) -> &'a [LinkCost] {
        self.costs
    }

    /// Classes of demand.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// Whose cost decides.
    pub fn principle(&self) -> Principle {
        self.principle
    }

    /// Cost of a link that decides, and its slope.
    pub(crate) fn cost_and_slope(&self, link: usize, flow: f64) -> (f64, f64) {
        match self.principle {
            Principle::UserEquilibrium => self.costs[link].cost_and_slope(flow),
            Principle::SystemOptimum => self.costs[link].marginal_and_slope(flow),
        }
    }

    /// Integral of the cost that decides: Beckmann's term, or the total cost itself.
    pub(crate) fn integral(&self, link: usize, flow: f64) -> f64 {
        match self.principle {
            Principle::UserEquilibrium => self.costs[link].integral(flow),
            Principle::SystemOptimum => flow * self.costs[link].at(flow).cost,
        }
    }
}

fn check_class(network: &Network, class: &Class) -> Result<(), AssignmentError> {
    let name = || class.name.clone();
    if !(class.weight > 0.0 && class.weight.is_finite()) {
        return Err(AssignmentError::Weight {
            class: name(),
            weight: class.weight,
        });
    }
    if !class.extra_cost.is_empty() {
        match network.check_costs(&class.extra_cost) {
            Ok(()) => {}
            Err(NetworkError::Cost { link, cost }) => {
                return Err(AssignmentError::ExtraCost {
                    class: name(),
                    link,
                    cost,
                });
            }
            Err(error) => return Err(error.into()),
        }
    }
    for (position, pair) in class.demand.iter().enumerate() {
        network.check_node(pair.origin)?;
        network.check_node(pair.destination)?;
        if let Some((what, value)) = pair.fault() {
            let (origin, destination) = (pair.origin, pair.destination);
            return Err(AssignmentError::Demand {
                class: name(),
                position,
                origin,
                destination,
                what,
                value,
            });
        }
    }
    Ok(())
}
