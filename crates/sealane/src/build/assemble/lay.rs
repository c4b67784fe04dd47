//! Lays coasts, ice limit, channels and ports into the mesh.

use std::collections::HashSet;

use rayon::prelude::*;

use super::{ChannelNode, Leg, Start, Work};
use crate::approach::{Approach, FURTHEST_SEA_M, begins_in_channel};
use crate::archive::micro;
use crate::build::coast::Coast;
use crate::build::input::Input;
use crate::cape::Cape;
use crate::ellipsoid::geodesic_m;
use crate::land::Land;
use crate::sea::{Shores, ice_corners, nearest_on_arc};
use crate::sphere::Point;
use crate::triangulation::Vertex;

/// Furthest that a channel may end from open water, in metres.
const FURTHEST_MOUTH_M: f64 = 20_000.0;
/// Channels that begin further than this from the water of the map are told of, in metres.
const MOUTH_ASHORE_M: f64 = 1_500.0;
/// Furthest that a port may lie from its channel, in metres.
const FURTHEST_CHANNEL_M: f64 = 12_000.0;
/// Ports that begin with more than this over land are told of, in metres.
const INLAND_M: f64 = 5_000.0;

impl Work {
    pub(super) fn lay_coast(&mut self, input: &Input) {
        let rings = [&input.coasts[..], &input.shoals[..]].concat();
        let (mut coast, left_out) = Coast::new(&rings, input.tolerance);
        coast.generalise();
        let mut count = 0;
        for ring in coast.rings() {
            let ids: Vec<Vertex> = ring
                .iter()
                .map(|&p| self.mesh.insert(p.rounded()))
                .collect();
            count += ids.len();
            for i in 0..ids.len() {
                self.mesh.constrain(ids[i], ids[(i + 1) % ids.len()]);
            }
        }
        let raw = rings.iter().map(Vec::len).sum();
        self.report.counts.extend([
            ("coast points before", raw),
            ("coast points after", count),
            ("rings of no area left out", left_out),
            ("coast crossings cut", self.mesh.crossings()),
        ]);
        self.wet = self.mesh.flood(&self.seas);
    }

    fn is_wet(&self, p: Point) -> bool {
        self.wet
            .get(self.mesh.triangle_of(p) as usize)
            .copied()
            .unwrap_or(false)
    }

    /// Adds a free vertex to the water.
    fn add_vertex(&mut self, p: Point) -> Vertex {
        let v = self.mesh.insert(p.rounded());
        // The new triangles lie in the water that the point was put in.
        self.wet.resize(self.mesh.corners().len(), true);
        v
    }

    pub(super) fn lay_ice(&mut self, input: &Input) {
        let corners = ice_corners(input.ice_south_deg);
        let n = corners.len();
        for i in 0..n {
            let v = self.add_vertex(corners[i]);
            // Seen from north of the limit: east comes first, west last.
            let cape = Cape {
                first: corners[(i + 1) % n],
                second: corners[(i + n - 1) % n],
            };
            self.ice.push((v, cape));
        }
        self.wet = self.mesh.flood(&self.seas);
    }

    pub(super) fn lay_channels(&mut self, input: &Input, land: &Land) {
        let shores = Shores::new(&self.mesh, &self.wet);
        for (c, channel) in input.channels.iter().enumerate() {
            let mut last = None;
            for (i, position) in channel.points.iter().enumerate() {
                // What begins on a channel has that channel's way to the sea, with its limits.
                let begins_on_channel =
                    i == 0 && self.channel_of.contains_key(&micro(position.point()));
                let n = self.channel_node(position.point());
                let is_sea_end = (i == 0 && !begins_on_channel)
                    || (channel.passage.is_some() && i + 1 == channel.points.len());
                if is_sea_end && self.channel_nodes[n].vertex.is_none() {
                    self.lead_to_water(&shores, land, n, (c, &channel.id));
                }
                if let Some(from) = last {
                    let gated = channel.passage.is_none() || i == channel.points.len() / 2;
                    self.channel_legs.push(Leg {
                        from,
                        to: n,
                        channel: c,
                        gated,
                    });
                }
                last = Some(n);
            }
        }
        self.remark_loose_ends(input);
    }

    /// Tells of channels that touch neither water nor another channel.
    fn remark_loose_ends(&mut self, input: &Input) {
        for (c, channel) in input.channels.iter().enumerate() {
            let nodes: HashSet<usize> = self
                .channel_legs
                .iter()
                .filter(|leg| leg.channel == c)
                .flat_map(|leg| [leg.from, leg.to])
                .collect();
            let touches = |leg: &Leg| nodes.contains(&leg.from) || nodes.contains(&leg.to);
            let is_joined = nodes
                .iter()
                .any(|&n| self.channel_nodes[n].vertex.is_some())
                || self
                    .channel_legs
                    .iter()
                    .any(|leg| leg.channel != c && touches(leg));
            if !is_joined {
                self.remark(format!(
                    "channel {} lies neither within {:.0} km of open water nor on another channel",
                    channel.id,
                    FURTHEST_MOUTH_M / 1000.0
                ));
            }
        }
    }

    fn channel_node(&mut self, p: Point) -> usize {
        let name = micro(p);
        if let Some(&n) = self.channel_of.get(&name) {
            return n;
        }
        let p = p.rounded();
        let vertex = self.is_wet(p).then(|| self.add_vertex(p));
        self.channel_nodes.push(ChannelNode {
            at: p,
            vertex,
            node: u32::MAX,
        });
        self.channel_of.insert(name, self.channel_nodes.len() - 1);
        self.channel_nodes.len() - 1
    }

    /// Joins the end of a channel to open water, by the way over the water of the map.
    fn lead_to_water(
        &mut self,
        shores: &Shores,
        land: &Land,
        n: usize,
        (channel, id): (usize, &str),
    ) {
        let at = self.channel_nodes[n].at;
        // Ends further inland join another channel instead.
        let Some((sea, _)) = shores
            .nearest_water(at, |q| self.is_wet(q))
            .filter(|w| w.1 <= FURTHEST_MOUTH_M)
        else {
            return;
        };
        let way = Approach::find(land, at, Some(sea), |q| self.is_wet(q))
            .filter(|way| way.length_m() <= FURTHEST_SEA_M)
            .unwrap_or_else(|| Approach::over_land(at, sea));
        let mut from = n;
        for turn in way.line().into_iter().skip(1) {
            let to = self.channel_node(turn);
            self.channel_legs.push(Leg {
                from,
                to,
                channel,
                gated: false,
            });
            from = to;
        }
        if way.gap_m() > MOUTH_ASHORE_M {
            self.remark(format!(
                "channel {} begins {:.1} km from the water of the map",
                id,
                way.gap_m() / 1000.0
            ));
        }
    }

    pub(super) fn lay_ports(&mut self, input: &Input, land: &Land) {
        let approaches = self.approaches(input, land);
        for (port, found) in input.ports.iter().zip(approaches) {
            let at = port.at.point().rounded();
            let channel = self.nearest_channel(at);
            let water_m = found.as_ref().map_or(f64::INFINITY, Approach::length_m);
            let by_channel = channel.is_some_and(|(_, foot, m)| {
                m <= FURTHEST_CHANNEL_M && begins_in_channel(land, at, foot, found.as_ref())
            });
            let (start, way) = match (by_channel, channel, found) {
                (true, Some((leg, foot, _)), _) => (
                    Start::Channel(self.split_leg(leg, foot)),
                    Approach::over_land(at, foot),
                ),
                (_, _, Some(way)) if water_m <= FURTHEST_SEA_M => {
                    (Start::Water(self.add_vertex(way.at)), way)
                }
                _ => (Start::Nowhere, Approach::none(at)),
            };
            if matches!(start, Start::Nowhere) {
                self.remark(format!(
                    "{} {} has no way to the sea: {:.0} km to open water and no channel within {:.0} km",
                    port.unlocode,
                    port.name,
                    water_m / 1000.0,
                    FURTHEST_CHANNEL_M / 1000.0
                ));
            }
            if way.gap_m() > INLAND_M {
                let inland = format!(
                    "{} {} begins {:.1} km over land",
                    port.unlocode,
                    port.name,
                    way.gap_m() / 1000.0
                );
                self.remark(inland);
            }
            self.starts.push(start);
            self.offings.push(way.offing());
            self.approaches.push(way);
        }
        self.wet = self.mesh.flood(&self.seas);
    }

    /// The way from each port to open water: over real water where there is
    /// one, else straight to the nearest.
    fn approaches(&mut self, input: &Input, land: &Land) -> Vec<Option<Approach>> {
        let shores = Shores::new(&self.mesh, &self.wet);
        let found: Vec<Option<Approach>> = input
            .ports
            .par_iter()
            .map(|port| {
                let place = port.at.point().rounded();
                if self.is_wet(place) {
                    return Some(Approach::none(place));
                }
                let nearest = shores.nearest_water(place, |q| self.is_wet(q));
                let nearest = nearest.map(|water| water.0);
                Approach::find(land, place, nearest, |q| self.is_wet(q))
            })
            .collect();
        let over_land = found.iter().flatten().filter(|way| !way.is_afloat).count();
        self.report
            .counts
            .push(("ports that no water of the map joins to the sea", over_land));
        found
    }

    fn nearest_channel(&self, p: Point) -> Option<(usize, Point, f64)> {
        let foot = |leg: &Leg| {
            let (from, to) = (
                self.channel_nodes[leg.from].at,
                self.channel_nodes[leg.to].at,
            );
            nearest_on_arc(from, to, p)
        };
        let best = (0..self.channel_legs.len())
            .map(|i| (i, foot(&self.channel_legs[i])))
            .min_by(|x, y| x.1.angle(p).total_cmp(&y.1.angle(p)))?;
        Some((best.0, best.1, geodesic_m(best.1, p)))
    }

    fn split_leg(&mut self, leg: usize, foot: Point) -> usize {
        let old = self.channel_legs[leg];
        let name = micro(foot);
        let n = match self.channel_of.get(&name) {
            Some(&n) => n,
            None => {
                self.channel_nodes.push(ChannelNode {
                    at: foot.rounded(),
                    vertex: None,
                    node: u32::MAX,
                });
                self.channel_of.insert(name, self.channel_nodes.len() - 1);
                self.channel_nodes.len() - 1
            }
        };
        if n != old.from && n != old.to {
            self.channel_legs[leg] = Leg { to: n, ..old };
            self.channel_legs.push(Leg { from: n, ..old });
        }
        n
    }
}
