//! Weights of tolls and lengths that the published results of some networks were made with.

use super::network::{CostFactors, TntpNetwork};

/// Name, (zones, nodes, links) and factors. The files themselves do not state them; the collection's
/// page of each network does, under "Generalized Cost Weights"
/// (<https://github.com/bstabler/TransportationNetworks>, read in November 2026). Minutes a cent and
/// minutes a mile.
const PUBLISHED: [(&str, (usize, usize, usize), CostFactors); 3] = [
    (
        "Chicago Sketch",
        (387, 933, 2950),
        CostFactors {
            toll: 0.02,
            distance: 0.04,
        },
    ),
    (
        "Chicago Regional",
        (1790, 12982, 39018),
        CostFactors {
            toll: 0.1,
            distance: 0.25,
        },
    ),
    (
        "Philadelphia",
        (1525, 13389, 40003),
        CostFactors {
            toll: 0.055,
            distance: 0.0,
        },
    ),
];

impl TntpNetwork {
    /// The factors of the collection's published result for this network and the network's name, if
    /// the collection states any. A network is known by its numbers of zones, nodes and links.
    pub fn published_factors(&self) -> Option<(&'static str, CostFactors)> {
        let counts = (self.zones, self.nodes, self.links.len());
        let known = PUBLISHED.iter().find(|(_, known, _)| *known == counts)?;
        Some((known.0, known.2))
    }
}
