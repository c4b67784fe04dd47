//! Ties the ends of a route to the network.

use std::cell::Cell;

use super::{End, Options};
use crate::approach::{Approach, begins_in_channel};
use crate::ellipsoid::METRES_PER_NM;
use crate::network::{Key, Seed, key};
use crate::ocean::{Berth, Ocean, PortIx};
use crate::passage::PassageSet;
use crate::route::RouteError;
use crate::sea::{Offing, nearest_on_arc};
use crate::sphere::Point;
use crate::triangulation::{Place, Vertex};
use crate::units::{LonLat, NauticalMiles};
use crate::visibility::Water;

/// An end tied to the network.
pub(super) struct Tie {
    pub offing: Offing,
    /// The place and the turns of its approach before the offing's own line.
    pub lead: Vec<Point>,
    /// How far the place was moved to reach water, in metres.
    pub gap_m: f64,
    pub port: Option<PortIx>,
    /// Nodes seen, with the key from the place.
    pub nodes: Vec<(u32, Key)>,
    pub seen: Vec<Vertex>,
    pub from_water: bool,
}

impl Tie {
    pub(super) fn seeds(&self) -> Vec<Seed> {
        self.nodes
            .iter()
            .map(|&(node, key)| Seed {
                node,
                key,
                from: self.from_water.then_some(self.offing.at),
            })
            .collect()
    }

    /// Length from the place to its first node, in metres.
    pub(super) fn leg_m(&self, node: Point) -> f64 {
        if self.from_water {
            self.offing.leg_m(node)
        } else {
            self.offing.way_m + Ocean::leg_m(self.offing.at, node)
        }
    }
}

impl Ocean {
    pub(super) fn bare_tie(&self, port: PortIx) -> Option<Tie> {
        let at = self.berth_point(port)?;
        let p = &self.ports[port.number()];
        let lead = self.leads[port.number()].clone();
        let way_m = p.approach.nm() * METRES_PER_NM;
        Some(Tie {
            offing: Offing { at, way_m },
            lead,
            gap_m: p.gap.nm() * METRES_PER_NM,
            port: Some(port),
            nodes: Vec::new(),
            seen: Vec::new(),
            from_water: matches!(self.berths[port.number()], Berth::Water(_)),
        })
    }

    /// Ties an end to the nodes it sees.
    pub(super) fn tie(
        &self,
        end: End,
        closed: PassageSet,
        options: &Options,
    ) -> Result<Tie, RouteError> {
        match end {
            End::Port(p) => {
                let port = &self.ports[p.number()];
                let mut tie = self.bare_tie(p).ok_or_else(|| RouteError::Inland {
                    unlocode: port.unlocode.clone(),
                    name: port.name.clone(),
                })?;
                match self.berths[p.number()] {
                    Berth::Channel(n) => {
                        let cm = (tie.offing.way_m * 100.0).round() as u32;
                        tie.nodes.push((n, key(cm, n, u32::MAX)));
                    }
                    Berth::Water(v) => self.look_round(&mut tie, Some(v), closed),
                    Berth::Inland => {}
                }
                Ok(tie)
            }
            End::Point(position) => self.tie_point(position, closed, options),
        }
    }

    fn tie_point(
        &self,
        position: LonLat,
        closed: PassageSet,
        options: &Options,
    ) -> Result<Tie, RouteError> {
        let asked = position.point();
        let sea = self.sea();
        let mut tie = Tie {
            offing: Offing {
                at: asked,
                way_m: 0.0,
            },
            lead: vec![asked],
            gap_m: 0.0,
            port: None,
            nodes: Vec::new(),
            seen: Vec::new(),
            from_water: true,
        };
        let near = Cell::new(sea.mesh.triangle_of(asked));
        let is_wet = |q: Point| {
            near.set(sea.mesh.triangle_from(q, near.get()));
            sea.wet[near.get() as usize]
        };
        if !is_wet(asked) {
            let nearest = sea.shores.nearest_water(asked, is_wet);
            let land = self.land();
            let to_sea = Approach::find(land, asked, nearest.map(|water| water.0), is_wet);
            let channel = self
                .nearest_channel(asked)
                .filter(|&(_, foot, _)| begins_in_channel(land, asked, foot, to_sea.as_ref()));
            match (channel, to_sea) {
                (Some((ends, foot, m)), _) => {
                    tie.offing = Offing { at: foot, way_m: m };
                    tie.gap_m = m;
                    tie.from_water = false;
                    tie.nodes = ends
                        .map(|n| {
                            let cm = (tie.leg_m(self.points[n as usize]) * 100.0).round() as u32;
                            (n, key(cm, n, u32::MAX))
                        })
                        .to_vec();
                }
                (None, Some(way)) => {
                    tie.offing = way.offing();
                    tie.lead = way.lead();
                    tie.gap_m = way.gap_m();
                }
                (None, None) => {}
            }
            let snap = NauticalMiles::from_metres(tie.gap_m);
            if snap > options.most_snap {
                return Err(RouteError::OnLand {
                    at: position,
                    nearest: snap,
                    allowed: options.most_snap,
                });
            }
        }
        if tie.from_water {
            self.look_round(&mut tie, None, closed);
        }
        Ok(tie)
    }

    /// The channel leg nearest to a point: its nodes, the foot, the distance in metres.
    fn nearest_channel(&self, p: Point) -> Option<([u32; 2], Point, f64)> {
        let legs = self.archive.legs.iter().map(|&(a, b, _)| {
            let foot = nearest_on_arc(self.points[a as usize], self.points[b as usize], p);
            ([a, b], foot)
        });
        let (ends, foot) = legs.min_by(|x, y| x.1.angle(p).total_cmp(&y.1.angle(p)))?;
        Some((ends, foot, Ocean::leg_m(foot, p)))
    }

    /// Finds what can be seen from where a tie begins.
    fn look_round(&self, tie: &mut Tie, vertex: Option<Vertex>, closed: PassageSet) {
        let (sea, at) = (self.sea(), tie.offing.at);
        let water = Water {
            mesh: &sea.mesh,
            wet: &sea.wet,
        };
        let vertex = vertex.or(match sea.mesh.locate(at) {
            Place::Vertex(v) => Some(v),
            _ => None,
        });
        let mut seen = Vec::new();
        match (vertex, sea.mesh.locate(at)) {
            (Some(v), _) => {
                seen.push(v);
                water.look(v, None, &mut |w| seen.push(w));
            }
            (None, Place::Inside(t)) => water.look_from_inside(at, t, &mut |w| seen.push(w)),
            (None, Place::Edge(t, i)) => {
                water.look_from_inside(at, t, &mut |w| seen.push(w));
                if !sea.mesh.is_fixed(t, i) {
                    water.look_from_inside(at, sea.mesh.across(t, i), &mut |w| seen.push(w));
                }
            }
            (None, Place::Vertex(_)) => {}
        }
        seen.sort_unstable();
        seen.dedup();
        for &w in &seen {
            let node = sea.node_of[w as usize];
            if node == u32::MAX {
                continue;
            }
            let to = sea.mesh.point(w);
            let accepted = Some(w) == vertex || sea.bends[node as usize].accepts(to, at);
            if accepted && !self.lines.crossed(at, to).meets(closed) {
                let cm = (tie.offing.leg_about_m(to) * 100.0).round() as u32;
                tie.nodes.push((node, key(cm, node, u32::MAX)));
            }
        }
        tie.seen = seen;
    }

    /// Whether the two ends see each other over open passages.
    pub(super) fn straight(&self, a: &Tie, b: &Tie, closed: PassageSet) -> Option<Key> {
        if !a.from_water
            || !b.from_water
            || self.lines.crossed(a.offing.at, b.offing.at).meets(closed)
        {
            return None;
        }
        let sees = match (
            a.port.map(|p| self.berths[p.number()]),
            b.port.map(|p| self.berths[p.number()]),
        ) {
            (_, Some(Berth::Water(v))) if !a.seen.is_empty() => a.seen.binary_search(&v).is_ok(),
            (Some(Berth::Water(v)), _) if !b.seen.is_empty() => b.seen.binary_search(&v).is_ok(),
            _ => self.sees(a.offing.at, b.offing.at),
        };
        let cm = (a.offing.straight_m(&b.offing) * 100.0).round() as u32;
        sees.then(|| key(cm, u32::MAX, u32::MAX))
    }

    /// Whether the straight line between two points in water stays in it.
    fn sees(&self, a: Point, b: Point) -> bool {
        let sea = self.sea();
        Water {
            mesh: &sea.mesh,
            wet: &sea.wet,
        }
        .sees(a, b)
    }

    pub(super) fn retie(&self, tie: &Tie, closed: PassageSet, options: &Options) -> Option<Tie> {
        let end = match tie.port {
            Some(p) => End::Port(p),
            None => End::Point(LonLat::from_point(tie.lead[0])),
        };
        self.tie(end, closed, options).ok()
    }
}
