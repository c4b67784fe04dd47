//! What is to be carried over what.

use crate::error::NetworkError;
use crate::network::{LinkId, Network, NodeId};

/// A link for cargo.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CargoLink {
    /// Cost of carrying a unit, in the unit of money.
    pub cost: f64,
    /// Time that it takes, in hours.
    pub time_h: f64,
    /// Most units that it carries; infinite if there is no limit.
    pub capacity: f64,
}

/// Cargo that someone wants to have carried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CargoDemand {
    /// Where it is.
    pub origin: NodeId,
    /// Where it shall be.
    pub destination: NodeId,
    /// Units.
    pub volume: f64,
    /// What carrying a unit earns.
    pub revenue: f64,
    /// What leaving a unit behind costs.
    pub penalty: f64,
    /// Longest time that it may take, in hours; infinite if there is no limit.
    pub time_limit_h: f64,
}

/// A checked cargo flow problem.
#[derive(Clone, Debug)]
pub struct CargoProblem {
    network: Network,
    links: Vec<CargoLink>,
    demands: Vec<CargoDemand>,
}

/// A cargo flow problem makes no sense.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CargoError {
    /// A link or demand names a node that is not there, or links are too many.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// There must be as many cargo links as links.
    #[error("{given} cargo links for {links} links; give one a link")]
    LinkCount {
        /// Cargo links given.
        given: usize,
        /// Links in the network.
        links: usize,
    },
    /// A number of a link is out of range.
    #[error("link {}: {what} is {value}; it must be {range}", link.index())]
    Link {
        /// The link.
        link: LinkId,
        /// Which number.
        what: &'static str,
        /// Its value.
        value: f64,
        /// What it may be.
        range: &'static str,
    },
    /// A number of a demand is out of range.
    #[error("demand {position} (node {} to {}): {what} is {value}; it must be {range}", origin.index(), destination.index())]
    Demand {
        /// Position of the demand.
        position: usize,
        /// Where it starts.
        origin: NodeId,
        /// Where it ends.
        destination: NodeId,
        /// Which number.
        what: &'static str,
        /// Its value.
        value: f64,
        /// What it may be.
        range: &'static str,
    },
}

impl CargoProblem {
    /// A problem of carrying `demands` over `network`, whose links are `links`.
    ///
    /// A demand that no path serves is not an error: it is rejected, at its penalty.
    ///
    /// # Errors
    /// [`CargoError`] if a cost, time, capacity or volume is negative or not a number, or a node is
    /// not in the network.
    pub fn new(
        network: Network,
        links: Vec<CargoLink>,
        demands: Vec<CargoDemand>,
    ) -> Result<Self, CargoError> {
        if links.len() != network.links() {
            let given = links.len();
            return Err(CargoError::LinkCount {
                given,
                links: network.links(),
            });
        }
        for (position, link) in links.iter().enumerate() {
            check_link(LinkId::new(position), link)?;
        }
        for (position, demand) in demands.iter().enumerate() {
            network.check_node(demand.origin)?;
            network.check_node(demand.destination)?;
            check_demand(position, demand)?;
        }
        Ok(Self {
            network,
            links,
            demands,
        })
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Cargo links, by link.
    pub fn links(&self) -> &[CargoLink] {
        &self.links
    }

    /// Demands.
    pub fn demands(&self) -> &[CargoDemand] {
        &self.demands
    }
}

const FINITE: &str = "finite and 0 or more";
const LIMIT: &str = "0 or more (infinite if there is no limit)";

fn check_link(link: LinkId, cargo: &CargoLink) -> Result<(), CargoError> {
    let numbers = [
        ("cost", cargo.cost, FINITE),
        ("time", cargo.time_h, FINITE),
        ("capacity", cargo.capacity, LIMIT),
    ];
    match numbers
        .into_iter()
        .find(|&(_, value, range)| !is_in(value, range))
    {
        None => Ok(()),
        Some((what, value, range)) => Err(CargoError::Link {
            link,
            what,
            value,
            range,
        }),
    }
}

fn check_demand(position: usize, demand: &CargoDemand) -> Result<(), CargoError> {
    let numbers = [
        ("volume", demand.volume, FINITE),
        ("revenue", demand.revenue, FINITE),
        ("penalty", demand.penalty, FINITE),
        ("time limit", demand.time_limit_h, LIMIT),
    ];
    match numbers
        .into_iter()
        .find(|&(_, value, range)| !is_in(value, range))
    {
        None => Ok(()),
        Some((what, value, range)) => {
            let (origin, destination) = (demand.origin, demand.destination);
            Err(CargoError::Demand {
                position,
                origin,
                destination,
                what,
                value,
                range,
            })
        }
    }
}

fn is_in(value: f64, range: &str) -> bool {
    value >= 0.0 && (range == LIMIT || value.is_finite())
}
