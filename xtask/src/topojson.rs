//! Reads polygons out of a quantised TopoJSON file such as world-atlas `land-10m.json`.
//!
//! The decoder keeps what the file says. These properties of world-atlas 2.0.2 matter to callers:
//!
//! - **Antimeridian.** The meridian ±180° is written with either sign, so a ring that touches it
//!   steps from about 180 to -180 between two consecutive points: take longitude differences modulo
//!   360°. Wrangel Island is one ring across it. Elsewhere the cut of Natural Earth remains: Chukotka,
//!   Taveuni, Vanua Levu and Rabi are a western and an eastern polygon that share an edge along
//!   the meridian, equal to within one quantum. That edge is not a coast.
//! - **South pole.** Antarctica's exterior winds once around the pole and has no edge along -90°:
//!   [`Ring::winding_deg`] is 360 there and 0 for every other ring.
//! - **Orientation.** Exteriors run clockwise as seen from above (land on the right), holes
//!   counter-clockwise; the one hole at 1:10m is the Caspian Sea. Two slivers run the other way, so
//!   `exterior` is taken from the position in the file and not from the signed area.
//! - **Slivers.** Thirteen islets have shrunk to two distinct points: [`Ring::is_degenerate`].
//!
//! Coordinates are multiples of the quantum (0.0036° of longitude, 0.0017° of latitude in
//! `land-10m.json`, that is up to 400 m and 190 m); no two neighbouring points are equal.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Largest file that is read, in bytes; `land-10m.json` has 3.1 million.
pub const MAX_FILE_BYTES: usize = 64 << 20;
/// Most points that are decoded, over all rings; `land-10m.json` has 0.41 million.
pub const MAX_POINTS: usize = 20_000_000;

/// One closed ring: the first point is repeated as the last.
#[derive(Clone, Debug, PartialEq)]
pub struct Ring {
    /// Longitude and latitude in degrees, in file order.
    pub points: Vec<[f64; 2]>,
    /// True for the outline of a polygon, false for a hole in it.
    pub exterior: bool,
}

impl Ring {
    /// Sum of the longitude steps in degrees, each taken the short way round:
    /// 0 for an ordinary ring, ±360 for one that encloses a pole.
    pub fn winding_deg(&self) -> f64 {
        let step = |pair: &[[f64; 2]]| {
            let east = pair[1][0] - pair[0][0];
            east - 360.0 * (east / 360.0).round()
        };
        self.points.windows(2).map(step).sum::<f64>().round()
    }

    /// True if the ring has fewer than three distinct points and so encloses nothing.
    pub fn is_degenerate(&self) -> bool {
        let mut distinct: Vec<[f64; 2]> = Vec::new();
        for point in &self.points {
            if !distinct.contains(point) {
                distinct.push(*point);
            }
            if distinct.len() == 3 {
                return false;
            }
        }
        true
    }
}

/// An exterior ring followed by its holes.
#[derive(Clone, Debug, PartialEq)]
pub struct Polygon {
    /// The exterior first, then the holes.
    pub rings: Vec<Ring>,
}

/// Why a TopoJSON file could not be decoded.
#[derive(Debug, thiserror::Error)]
pub enum TopoJsonError {
    /// The file is larger than [`MAX_FILE_BYTES`].
    #[error("the file has {bytes} bytes, more than the {MAX_FILE_BYTES} that are read")]
    FileTooLarge {
        /// Size of the file.
        bytes: usize,
    },
    /// Not JSON, or not shaped like a quantised TopoJSON topology.
    #[error(
        "not a quantised TopoJSON topology: {0} (expected `type`, `objects`, `arcs`, `transform`)"
    )]
    Syntax(#[from] serde_json::Error),
    /// `type` is not `Topology`.
    #[error("`type` is \"{0}\" where \"Topology\" was expected")]
    NotATopology(String),
    /// The object that was asked for is missing.
    #[error("no object \"{wanted}\"; the file has: {present}")]
    NoSuchObject {
        /// Name that was asked for.
        wanted: String,
        /// Names in the file, joined by commas.
        present: String,
    },
    /// A scale or an offset is not finite, or a scale is zero.
    #[error("`transform` is not usable: scale {scale:?}, translate {translate:?}")]
    BadTransform {
        /// Degrees per quantum.
        scale: [f64; 2],
        /// Degrees at quantum zero.
        translate: [f64; 2],
    },
    /// A ring refers to an arc that is not there.
    #[error("polygon {polygon}, ring {ring}: arc {arc} does not exist (the file has {arcs})")]
    NoSuchArc {
        /// Position of the polygon in the object.
        polygon: usize,
        /// Position of the ring in the polygon.
        ring: usize,
        /// Index as written; a negative one means arc `!index` reversed.
        arc: i64,
        /// Number of arcs in the file.
        arcs: usize,
    },
    /// Consecutive arcs of a ring do not meet, or the ring does not close.
    #[error("polygon {polygon}, ring {ring}: the arcs do not join into a closed ring")]
    NotClosed {
        /// Position of the polygon in the object.
        polygon: usize,
        /// Position of the ring in the polygon.
        ring: usize,
    },
    /// Delta coding leaves the range of the integers.
    #[error("arc {arc}: the sum of the deltas overflows")]
    Overflow {
        /// Position of the arc in the file.
        arc: usize,
    },
    /// A decoded position lies off the globe.
    #[error("polygon {polygon}, ring {ring}: position {lon_deg}, {lat_deg} is off the globe")]
    OffTheGlobe {
        /// Position of the polygon in the object.
        polygon: usize,
        /// Position of the ring in the polygon.
        ring: usize,
        /// Longitude in degrees.
        lon_deg: f64,
        /// Latitude in degrees.
        lat_deg: f64,
    },
    /// More than [`MAX_POINTS`] points.
    #[error("more than {MAX_POINTS} points")]
    TooManyPoints,
}

#[derive(Deserialize)]
struct Topology {
    r#type: String,
    objects: BTreeMap<String, Geometry>,
    arcs: Vec<Vec<[i64; 2]>>,
    transform: Transform,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Geometry {
    Polygon {
        arcs: Vec<Vec<i64>>,
    },
    MultiPolygon {
        arcs: Vec<Vec<Vec<i64>>>,
    },
    #[serde(rename = "GeometryCollection")]
    Collection {
        geometries: Vec<Geometry>,
    },
    #[serde(other)]
    Other,
}

/// Decodes the polygons of one named object (`land`, `countries`), in file order.
///
/// Points, lines and null geometries in the object are passed over.
///
/// # Errors
/// [`TopoJsonError`] for anything that is not a closed, quantised topology on the globe.
pub fn decode_polygons(bytes: &[u8], object: &str) -> Result<Vec<Polygon>, TopoJsonError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(TopoJsonError::FileTooLarge { bytes: bytes.len() });
    }
    let topology: Topology = serde_json::from_slice(bytes)?;
    if topology.r#type != "Topology" {
        return Err(TopoJsonError::NotATopology(topology.r#type));
    }
    let geometry = topology
        .objects
        .get(object)
        .ok_or_else(|| TopoJsonError::NoSuchObject {
            wanted: object.to_owned(),
            present: topology
                .objects
                .keys()
                .cloned()
                .collect::<Vec<_>>()
                .join(", "),
        })?;
    let arcs = Arcs::new(&topology.arcs, &topology.transform)?;
    let mut outlines = Vec::new();
    collect_outlines(geometry, &mut outlines);
    let mut budget = MAX_POINTS;
    outlines
        .into_iter()
        .enumerate()
        .map(|(index, rings)| arcs.polygon(index, rings, &mut budget))
        .collect()
}

/// Gathers the arc indices of every polygon below `geometry`. serde_json bounds the nesting to 128.
fn collect_outlines<'a>(geometry: &'a Geometry, outlines: &mut Vec<&'a [Vec<i64>]>) {
    match geometry {
        Geometry::Polygon { arcs } => outlines.push(arcs),
        Geometry::MultiPolygon { arcs } => outlines.extend(arcs.iter().map(Vec::as_slice)),
        Geometry::Collection { geometries } => {
            for part in geometries {
                collect_outlines(part, outlines);
            }
        }
        Geometry::Other => {}
    }
}

/// The arcs with the delta coding undone, still in quanta so that joins compare exactly.
struct Arcs<'a> {
    quanta: Vec<Vec<[i64; 2]>>,
    transform: &'a Transform,
}

impl<'a> Arcs<'a> {
    fn new(deltas: &[Vec<[i64; 2]>], transform: &'a Transform) -> Result<Self, TopoJsonError> {
        let [scale, translate] = [transform.scale, transform.translate];
        let finite = scale.iter().chain(&translate).all(|v| v.is_finite());
        if !finite || scale.contains(&0.0) {
            return Err(TopoJsonError::BadTransform { scale, translate });
        }
        let sums = deltas.iter().enumerate().map(|(arc, steps)| {
            let mut at = [0_i64; 2];
            let sum = |step: &[i64; 2]| {
                at = [at[0].checked_add(step[0])?, at[1].checked_add(step[1])?];
                Some(at)
            };
            let quanta: Option<Vec<_>> = steps.iter().map(sum).collect();
            quanta.ok_or(TopoJsonError::Overflow { arc })
        });
        Ok(Self {
            quanta: sums.collect::<Result<_, _>>()?,
            transform,
        })
    }

    fn polygon(
        &self,
        polygon: usize,
        outlines: &[Vec<i64>],
        budget: &mut usize,
    ) -> Result<Polygon, TopoJsonError> {
        let rings = outlines.iter().enumerate().map(|(ring, indices)| {
            let quanta = self.join(polygon, ring, indices, budget)?;
            let points = quanta
                .into_iter()
                .map(|q| self.position(polygon, ring, q))
                .collect::<Result<_, _>>()?;
            let exterior = ring == 0;
            Ok(Ring { points, exterior })
        });
        Ok(Polygon {
            rings: rings.collect::<Result<_, TopoJsonError>>()?,
        })
    }

    /// Joins arcs end to end; the shared end points are kept once.
    fn join(
        &self,
        polygon: usize,
        ring: usize,
        indices: &[i64],
        budget: &mut usize,
    ) -> Result<Vec<[i64; 2]>, TopoJsonError> {
        let mut joined: Vec<[i64; 2]> = Vec::new();
        for &index in indices {
            let at = usize::try_from(if index < 0 { !index } else { index });
            let arc =
                at.ok()
                    .and_then(|at| self.quanta.get(at))
                    .ok_or(TopoJsonError::NoSuchArc {
                        polygon,
                        ring,
                        arc: index,
                        arcs: self.quanta.len(),
                    })?;
            *budget = budget
                .checked_sub(arc.len().max(1))
                .ok_or(TopoJsonError::TooManyPoints)?;
            let mut points: Vec<_> = arc.clone();
            if index < 0 {
                points.reverse();
            }
            if !joined.is_empty() && joined.last() != points.first() {
                return Err(TopoJsonError::NotClosed { polygon, ring });
            }
            let shared = usize::from(!joined.is_empty());
            joined.extend(points.into_iter().skip(shared));
        }
        if joined.len() < 2 || joined.first() != joined.last() {
            return Err(TopoJsonError::NotClosed { polygon, ring });
        }
        Ok(joined)
    }

    fn position(
        &self,
        polygon: usize,
        ring: usize,
        quantum: [i64; 2],
    ) -> Result<[f64; 2], TopoJsonError> {
        let Transform { scale, translate } = self.transform;
        let degrees = |axis: usize| quantum[axis] as f64 * scale[axis] + translate[axis];
        let [lon_deg, lat_deg] = [degrees(0), degrees(1)];
        // The last quantum may land a rounding error beyond the edge of the globe.
        let slack = 1e-9;
        if lon_deg.abs() <= 180.0 + slack && lat_deg.abs() <= 90.0 + slack {
            return Ok([lon_deg.clamp(-180.0, 180.0), lat_deg.clamp(-90.0, 90.0)]);
        }
        Err(TopoJsonError::OffTheGlobe {
            polygon,
            ring,
            lon_deg,
            lat_deg,
        })
    }
}

#[cfg(test)]
#[path = "topojson_tests.rs"]
mod tests;
