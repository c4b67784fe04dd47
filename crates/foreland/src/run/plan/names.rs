//! Names of a study resolved: identifiers, places, commodities.

use super::FlowPlaces;
use crate::atlas::CargoKind;
use crate::chain::{End, Trip};
use crate::claim::measure::Flow;
use crate::findings::PlaceRef;
use crate::names::closest;
use crate::study::{FlowSpec, Located, StudyFault, StudyText};
use crate::world::World;

/// Resolves names, collecting faults.
pub(super) struct Resolver<'a> {
    pub(super) text: &'a StudyText,
    pub(super) today: &'a World,
    pub(super) faults: Vec<StudyFault>,
}

impl Resolver<'_> {
    pub(super) fn unique<'s>(
        &mut self,
        what: &str,
        ids: impl Iterator<Item = &'s Located<String>>,
    ) {
        let mut seen: Vec<&str> = Vec::new();
        for id in ids {
            if id.is_empty() {
                let message = format!("the {what} has an empty identifier");
                self.faults.push(self.text.fault(id.span(), message, None));
            }
            if seen.contains(&id.get().as_str()) {
                self.faults.push(self.text.fault(
                    id.span(),
                    format!("{what} `{}` stands twice", id.get()),
                    Some(format!("give each {what} an identifier of its own")),
                ));
            }
            seen.push(id.get());
        }
    }

    fn unknown<'n>(
        &mut self,
        place: &Located<String>,
        what: &str,
        names: impl Iterator<Item = &'n str>,
    ) {
        let near = closest(place.get(), names, 3);
        self.faults.push(self.text.fault(
            place.span(),
            format!("the atlas has no {what} `{}`", place.get()),
            Some(if near.is_empty() {
                "add it to the atlas or correct the spelling".to_owned()
            } else {
                format!("did you mean {}?", near.join(", "))
            }),
        ));
    }

    pub(super) fn flow(&mut self, spec: &FlowSpec) -> Option<(Flow, FlowPlaces)> {
        let world = self.today;
        let mut end = |id: &Located<String>| {
            let found = End::of(world, id.get());
            if found.is_none() {
                let nodes = world.land.nodes.iter().map(|n| n.id.as_str());
                let ports = world.ports.iter().map(|p| p.unlocode.as_str());
                self.unknown(id, "place or port", nodes.chain(ports));
            }
            found
        };
        let origin = end(&spec.origin);
        let destination = end(&spec.destination);
        let commodity = world
            .commodities
            .iter()
            .position(|c| c.id == *spec.commodity.get());
        if commodity.is_none() {
            let ids = world.commodities.iter().map(|c| c.id.as_str());
            self.unknown(&spec.commodity, "commodity", ids);
        }
        let trip = Trip {
            origin: origin?,
            destination: destination?,
            commodity: commodity?,
        };
        let places = FlowPlaces {
            origin: place_of(world, trip.origin),
            destination: place_of(world, trip.destination),
        };
        let goods = &world.commodities[trip.commodity];
        let flow = Flow {
            id: spec.id.get().clone(),
            title: format!(
                "{} → {}, {}",
                places.origin.name, places.destination.name, goods.name
            ),
            trip,
            per: match goods.cargo {
                CargoKind::Container => "TEU",
                CargoKind::Bulk => "t",
            },
        };
        Some((flow, places))
    }
}

fn place_of(world: &World, end: End) -> PlaceRef {
    match end {
        End::Node(ix) => {
            let node = &world.land.nodes[ix.index()];
            PlaceRef {
                id: node.id.clone(),
                name: node.name.clone(),
                lon_deg: node.lon_deg,
                lat_deg: node.lat_deg,
            }
        }
        End::Port(ix) => {
            let port = world.port_at(ix);
            PlaceRef {
                id: port.unlocode.clone(),
                name: port.name.clone(),
                lon_deg: port.lon_deg,
                lat_deg: port.lat_deg,
            }
        }
    }
}
