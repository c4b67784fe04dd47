//! Geometry for maps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{LegMode, PlaceRef};

/// A leg's line for the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RouteLine {
    /// Identifier, referred to by [`super::Leg::route`].
    pub id: String,
    /// Name for people, such as `WSA3: Chancay → Shanghai`.
    pub name: String,
    /// What moves the goods.
    pub mode: LegMode,
    /// Before the change, after it, or both.
    pub role: RouteRole,
    /// Worlds whose best chains use this line.
    pub worlds: Vec<String>,
    /// Flows whose best chains use this line.
    pub flows: Vec<String>,
    /// Length: km on land, nm at sea.
    pub distance: f64,
    /// `km` or `nm`.
    pub distance_unit: String,
    /// Passages used, by identifier.
    pub passages: Vec<String>,
    /// Links on land from point to point of the line, by identifier of the atlas; none at sea.
    #[serde(default)]
    pub links: Vec<String>,
    /// `[lon_deg, lat_deg]` lines cut at ±180° (RFC 7946). Straight chords between points are
    /// close enough to the great circle for drawing.
    pub lines: Vec<Vec<[f64; 2]>>,
    /// The same as one line whose longitudes run on beyond ±180°.
    pub unwrapped: Vec<[f64; 2]>,
}

/// Whether a line belongs to the worlds before or after the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RouteRole {
    /// Used in baselines only.
    Before,
    /// Used under scenarios only.
    After,
    /// Used in both.
    Both,
}

/// A point that the map should name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MapPoint {
    /// Where it is.
    pub place: PlaceRef,
    /// What it is in this study.
    pub role: PointRole,
}

/// What a map point is in the study.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum PointRole {
    /// Goods start here.
    Origin,
    /// Goods end here.
    Destination,
    /// A port of loading or discharge.
    Port,
    /// A port where containers change ships.
    Transshipment,
    /// A port called at on the way.
    Call,
    /// A passage on the way.
    Passage,
    /// A border crossing on the way.
    Border,
    /// The subject of a change, such as the new port.
    Changed,
}
