//! What a chain consists of, independent of any draw.

use crate::world::{NodeIx, PortIx, ServiceIx, VesselIx};

/// A chain from door to door.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// Links from the origin to the port of loading, in order; each with the node it leads to.
    pub out: LandPart,
    /// The sea part.
    pub sea: SeaPart,
    /// Links from the port of discharge to the destination.
    pub home: LandPart,
}

/// Links in the order in which the goods use them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LandPart {
    /// Node at which the part starts; `None` if goods start at a port without land links.
    pub start: Option<NodeIx>,
    /// Index of the link and the node it leads to.
    pub steps: Vec<(u32, NodeIx)>,
}

/// How the goods cross the sea.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SeaPart {
    /// On liner services.
    Liner(Vec<Ride>),
    /// On a chartered bulk ship.
    Bulk {
        /// Port of loading.
        from: PortIx,
        /// Port of discharge.
        to: PortIx,
        /// Vessel class.
        vessel: VesselIx,
    },
}

/// A ride on a liner service. Calls are counted over two rotations, so that a ride across the
/// rotation's end has `to > from` too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ride {
    /// Service.
    pub service: ServiceIx,
    /// Call at which the goods are loaded.
    pub from: u32,
    /// Call at which they are discharged.
    pub to: u32,
}
