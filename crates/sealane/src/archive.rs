//! The ocean as bytes: a header, then columns packed by postcard and zstd.
//!
//! Whatever a search needs that is quick to work out again (bearings,
//! neighbours, lengths of legs) is not stored. Decoding trusts nothing: sizes
//! are bounded, every number that indexes something is checked.

use std::io::Read;

use serde::{Deserialize, Serialize};

use crate::index::PortIndex;
use crate::passage::PassageSet;
use crate::sphere::Point;

const MAGIC: &[u8; 8] = b"SEALANE\x04";
/// Far above the size of the embedded ocean, far below what would hurt.
const MOST_BYTES: u64 = 256 << 20;

/// Why bytes are not an ocean.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// They begin otherwise.
    #[error(
        "not a sealane file, or one of another version: rebuild it with `cargo xtask sealanes`"
    )]
    Header,
    /// They do not unpack.
    #[error(
        "the sealane file is truncated or damaged ({0}): rebuild it with `cargo xtask sealanes`"
    )]
    Damaged(String),
    /// They unpack to something inconsistent.
    #[error("the sealane file contradicts itself ({0}): rebuild it with `cargo xtask sealanes`")]
    Inconsistent(&'static str),
}

/// A passage as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredPassage {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub open_by_default: bool,
    /// Short names of the passages that a ship taking this one does without.
    pub instead_of: Vec<String>,
    /// LOA, beam, draught, air draught in metres.
    pub limits_m: [Option<f64>; 4],
    /// Corner points of the line across it, micro-degrees.
    pub gate: Vec<(i32, i32)>,
}

/// A port as stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredPort {
    pub unlocode: String,
    pub name: String,
    /// Micro-degrees.
    pub at: (i32, i32),
    /// Mesh vertex where its routes begin, if they begin in open water.
    pub vertex: Option<u32>,
    /// Node where they begin, if they begin in a channel.
    pub node: Option<u32>,
    /// Turns of the approach to where they begin, micro-degrees.
    pub lead: Vec<(i32, i32)>,
    /// How far the port lies from water, in centimetres.
    pub gap_cm: u32,
}

/// Everything the ocean is made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Archive {
    /// What the ocean was made from and with which parameters, for people.
    pub about: Vec<(String, String)>,
    /// Distance from capes that routes keep in wide water, in metres.
    pub clearance_m: f64,
    /// Points in each ring of the coast as the map draws it.
    pub coast_rings: Vec<u32>,
    /// These points, micro-degrees, as differences.
    pub coast_lons: Vec<i32>,
    pub coast_lats: Vec<i32>,
    /// Mesh vertices after the octahedron's six, micro-degrees, as differences.
    pub lons: Vec<i32>,
    pub lats: Vec<i32>,
    /// Corners of the mesh's triangles as differences.
    pub corners: Vec<i32>,
    /// Constraint bits and, in bit 3, water.
    pub marks: Vec<u8>,
    /// Mesh vertices of the nodes, ascending, as differences; channel nodes
    /// without a vertex follow in `inland`.
    pub node_vertices: Vec<i32>,
    /// Positions of channel nodes on land, micro-degrees.
    pub inland: Vec<(i32, i32)>,
    /// Nodes that are corners of an ice limit with the latitude of the limit
    /// in micro-degrees.
    pub ice: Vec<(u32, i32)>,
    /// Nodes where routes may turn in any direction.
    pub free: Vec<u32>,
    /// Edges per node to higher nodes, then these nodes as differences.
    pub degrees: Vec<u32>,
    pub heads: Vec<u32>,
    /// Edges with passages: (index in edge order, as difference; set).
    pub masked: Vec<(u32, u16)>,
    /// Channel legs: nodes, set. Their lengths are those of the geodesic.
    pub legs: Vec<(u32, u32, u16)>,
    /// Distinct sets of passages; the first is empty.
    pub sets: Vec<u128>,
    pub passages: Vec<StoredPassage>,
    pub ports: Vec<StoredPort>,
    pub index: PortIndex,
}

/// Micro-degrees of a position: 0.11 m at most.
#[cfg(feature = "build")]
pub(crate) fn micro(p: Point) -> (i32, i32) {
    (
        (p.lon_deg() * 1e6).round() as i32,
        (p.lat_deg() * 1e6).round() as i32,
    )
}

/// The position of micro-degrees.
pub(crate) fn from_micro((lon, lat): (i32, i32)) -> Point {
    Point::from_degrees(f64::from(lon) / 1e6, f64::from(lat) / 1e6)
}

/// Differences of successive numbers.
#[cfg(any(feature = "build", test))]
pub(crate) fn differences(numbers: impl IntoIterator<Item = i32>) -> Vec<i32> {
    let mut last = 0i32;
    numbers
        .into_iter()
        .map(|n| {
            let d = n.wrapping_sub(last);
            last = n;
            d
        })
        .collect()
}

/// The numbers of successive differences.
pub(crate) fn sums(differences: &[i32]) -> impl Iterator<Item = i32> + '_ {
    differences.iter().scan(0i32, |last, &d| {
        *last = last.wrapping_add(d);
        Some(*last)
    })
}

impl Archive {
    /// Packs the columns; the same archive gives the same bytes.
    #[cfg(feature = "build")]
    pub fn to_bytes(&self) -> Result<Vec<u8>, LoadError> {
        let mut packed = self.clone();
        packed.index.turn_to_differences();
        let plain =
            postcard::to_allocvec(&packed).map_err(|e| LoadError::Damaged(e.to_string()))?;
        let mut bytes = MAGIC.to_vec();
        let mut encoder =
            zstd::Encoder::new(&mut bytes, 19).map_err(|e| LoadError::Damaged(e.to_string()))?;
        encoder
            .include_checksum(true)
            .map_err(|e| LoadError::Damaged(e.to_string()))?;
        std::io::Write::write_all(&mut encoder, &plain)
            .map_err(|e| LoadError::Damaged(e.to_string()))?;
        encoder
            .finish()
            .map_err(|e| LoadError::Damaged(e.to_string()))?;
        Ok(bytes)
    }

    /// Unpacks and checks.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LoadError> {
        let body = bytes
            .strip_prefix(MAGIC.as_slice())
            .ok_or(LoadError::Header)?;
        let damaged = |e: std::io::Error| LoadError::Damaged(e.to_string());
        let decoder = zstd::Decoder::with_buffer(body).map_err(damaged)?;
        let mut plain = Vec::new();
        decoder
            .take(MOST_BYTES)
            .read_to_end(&mut plain)
            .map_err(damaged)?;
        let mut archive: Archive =
            postcard::from_bytes(&plain).map_err(|e| LoadError::Damaged(e.to_string()))?;
        archive.index.turn_to_sums();
        archive.check()?;
        Ok(archive)
    }

    fn check(&self) -> Result<(), LoadError> {
        let sound = |holds: bool, what: &'static str| {
            if holds {
                Ok(())
            } else {
                Err(LoadError::Inconsistent(what))
            }
        };
        let nodes = self.node_vertices.len() + self.inland.len();
        let node = |n: u32| (n as usize) < nodes;
        let coast: u64 = self.coast_rings.iter().map(|n| u64::from(*n)).sum();
        sound(
            coast == self.coast_lons.len() as u64 && self.coast_lats.len() as u64 == coast,
            "coast",
        )?;
        sound(self.lons.len() == self.lats.len(), "vertices")?;
        sound(self.corners.len() == 3 * self.marks.len(), "triangles")?;
        sound(
            self.sets.first() == Some(&0) && self.sets.len() <= usize::from(u16::MAX),
            "sets",
        )?;
        let set = |s: u16| usize::from(s) < self.sets.len();
        sound(self.passages.len() <= PassageSet::CAPACITY, "passages")?;
        let known = self.passages.len();
        sound(
            self.sets.iter().all(|s| known == 128 || s >> known == 0),
            "sets",
        )?;
        sound(self.degrees.len() == nodes, "degrees")?;
        let edges: u64 = self.degrees.iter().map(|d| u64::from(*d)).sum();
        sound(edges == self.heads.len() as u64, "edges")?;
        sound(self.masked.iter().all(|m| set(m.1)), "masks")?;
        sound(
            self.legs.iter().all(|l| node(l.0) && node(l.1) && set(l.2)),
            "legs",
        )?;
        sound(
            self.ice.iter().all(|i| node(i.0)) && self.free.iter().all(|f| node(*f)),
            "nodes",
        )?;
        let vertices = self.lons.len() + 6;
        sound(
            self.ports.iter().all(|p| {
                p.vertex.is_none_or(|v| (v as usize) < vertices) && p.node.is_none_or(node)
            }),
            "ports",
        )?;
        sound(
            self.index.ports() == self.ports.len() && self.index.is_sound(nodes),
            "index",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = Archive::from_bytes(&bytes);
            let mut headed = MAGIC.to_vec();
            headed.extend(&bytes);
            prop_assert!(Archive::from_bytes(&headed).is_err());
        }

        #[test]
        fn differences_come_back(numbers in prop::collection::vec(any::<i32>(), 0..50)) {
            let back: Vec<i32> = sums(&differences(numbers.clone())).collect();
            prop_assert_eq!(back, numbers);
        }
    }
}
