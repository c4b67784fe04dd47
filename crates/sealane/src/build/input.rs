//! What the ocean is made from.

use super::coast::Tolerance;
use crate::passage::Kind;
use crate::sphere::Point;
use crate::units::LonLat;

/// A passage to be.
#[derive(Clone, Debug)]
pub struct PassageInput {
    /// Short name.
    pub id: String,
    /// Full name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Whether routes take it unless told otherwise.
    pub open_by_default: bool,
    /// Short names of the passages that a ship taking this one does without.
    pub instead_of: Vec<String>,
    /// LOA, beam, draught, air draught in metres.
    pub limits_m: [Option<f64>; 4],
    /// A line from land to land across it; empty for canals, which are channels.
    pub gate: Vec<LonLat>,
}

/// A channel or canal to be.
#[derive(Clone, Debug)]
pub struct ChannelInput {
    /// Short name.
    pub id: String,
    /// Full name.
    pub name: String,
    /// The passage that opens and closes it, if not itself.
    pub passage: Option<String>,
    /// Whether it is a passage that can be closed and has limits; otherwise it is
    /// ordinary water, always open.
    pub is_closable: bool,
    /// Greatest draught in metres.
    pub draught_m: Option<f64>,
    /// A line across it where the water is wide enough to pass beside it; may be empty.
    pub gate: Vec<LonLat>,
    /// Waypoints; equal ones join channels.
    pub points: Vec<LonLat>,
}

/// A port to be.
#[derive(Clone, Debug)]
pub struct PortInput {
    /// UN/LOCODE.
    pub unlocode: String,
    /// Name.
    pub name: String,
    /// Position.
    pub at: LonLat,
}

/// All that the ocean is made from.
#[derive(Clone, Debug)]
pub struct Input {
    /// Coasts as closed rings with land on the right.
    pub coasts: Vec<Vec<Point>>,
    /// Shoals as closed rings with the shoal on the right.
    pub shoals: Vec<Vec<Point>>,
    /// A point in each sea that routes may use.
    pub seas: Vec<LonLat>,
    /// How far coasts may be moved.
    pub tolerance: Tolerance,
    /// Southern limit of latitude in degrees.
    pub ice_south_deg: f64,
    /// Passages.
    pub passages: Vec<PassageInput>,
    /// Channels.
    pub channels: Vec<ChannelInput>,
    /// Ports.
    pub ports: Vec<PortInput>,
    /// Notes on sources and parameters to be kept with the data.
    pub about: Vec<(String, String)>,
}
