//! Who wants to move, and how much less of it moves when moving costs more.

use crate::network::NodeId;

/// Flow wanted from one node to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OdPair {
    /// Node where the flow starts.
    pub origin: NodeId,
    /// Node where it ends.
    pub destination: NodeId,
    /// Flow at the reference cost of the response; all of it if the demand is fixed.
    pub volume: f64,
    /// How the flow answers to its cost.
    pub response: Response,
}

/// How demand answers to the least cost `u` of moving.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Response {
    /// Not at all.
    Fixed,
    /// `volume · exp(−sensitivity · (u − reference))`.
    Exponential {
        /// Cost at which exactly `volume` moves.
        reference: f64,
        /// Change of the logarithm of demand a unit of cost; above 0.
        sensitivity: f64,
    },
    /// `volume · (u / reference)^(−elasticity)`.
    Power {
        /// Cost at which exactly `volume` moves; above 0.
        reference: f64,
        /// Per cent of demand lost for a per cent of cost; above 0.
        elasticity: f64,
    },
}

impl OdPair {
    /// A flow that does not answer to its cost.
    pub fn fixed(origin: NodeId, destination: NodeId, volume: f64) -> Self {
        Self {
            origin,
            destination,
            volume,
            response: Response::Fixed,
        }
    }

    /// Demand at a cost of moving.
    pub fn demand(&self, cost: f64) -> f64 {
        match self.response {
            Response::Fixed => self.volume,
            Response::Exponential {
                reference,
                sensitivity,
            } => self.volume * (-sensitivity * (cost - reference)).exp(),
            Response::Power {
                reference,
                elasticity,
            } => self.volume * (cost / reference).powf(-elasticity),
        }
    }

    /// Cost at which `demand` moves, and its slope; meaningless for fixed demand.
    pub(crate) fn willingness(&self, demand: f64) -> (f64, f64) {
        let share = demand / self.volume;
        match self.response {
            Response::Fixed => (f64::INFINITY, 0.0),
            Response::Exponential {
                reference,
                sensitivity,
            } => (
                reference - share.ln() / sensitivity,
                -1.0 / (sensitivity * demand),
            ),
            Response::Power {
                reference,
                elasticity,
            } => {
                let cost = reference * share.powf(-1.0 / elasticity);
                (cost, -cost / (elasticity * demand))
            }
        }
    }

    /// ∫ willingness from `low` to `high` demand: what the flow between the two is worth.
    pub(crate) fn worth(&self, low: f64, high: f64) -> f64 {
        let volume = self.volume;
        match self.response {
            Response::Fixed => 0.0,
            Response::Exponential {
                reference,
                sensitivity,
            } => {
                let area = |demand: f64| demand * (1.0 - (demand / volume).ln()) / sensitivity;
                reference * (high - low) + area(high) - area(low)
            }
            Response::Power {
                reference,
                elasticity,
            } => {
                let share = |demand: f64| demand / volume;
                if (elasticity - 1.0).abs() < 1e-9 {
                    return reference * volume * (share(high) / share(low)).ln();
                }
                let power = 1.0 - 1.0 / elasticity;
                let area = |demand: f64| share(demand).powf(power) / power;
                reference * volume * (area(high) - area(low))
            }
        }
    }

    /// Whether any of it moves over a link.
    pub(crate) fn uses_links(&self) -> bool {
        self.volume > 0.0 && self.origin != self.destination
    }

    pub(crate) fn is_elastic(&self) -> bool {
        self.response != Response::Fixed
    }

    /// What is wrong with the numbers of this pair, if anything is.
    pub(crate) fn fault(&self) -> Option<(&'static str, f64)> {
        let faults: &[(&'static str, f64, bool)] = &match self.response {
            Response::Fixed => [("volume", self.volume, true), ("volume", self.volume, true)],
            Response::Exponential {
                reference,
                sensitivity,
            } => [
                ("sensitivity", sensitivity, sensitivity > 0.0),
                ("reference cost", reference, reference >= 0.0),
            ],
            Response::Power {
                reference,
                elasticity,
            } => [
                ("elasticity", elasticity, elasticity > 0.0),
                ("reference cost", reference, reference > 0.0),
            ],
        };
        if !(self.volume >= 0.0 && self.volume.is_finite()) {
            return Some(("volume", self.volume));
        }
        let fault = faults
            .iter()
            .find(|(_, value, good)| !(*good && value.is_finite()));
        fault.map(|&(what, value, _)| (what, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn willingness_and_worth_undo_demand() {
        let responses = [
            Response::Exponential {
                reference: 10.0,
                sensitivity: 0.2,
            },
            Response::Power {
                reference: 10.0,
                elasticity: 0.7,
            },
            Response::Power {
                reference: 10.0,
                elasticity: 1.0,
            },
            Response::Power {
                reference: 10.0,
                elasticity: 2.5,
            },
        ];
        for response in responses {
            let pair = OdPair {
                response,
                ..OdPair::fixed(NodeId::new(0), NodeId::new(1), 50.0)
            };
            assert!((pair.demand(10.0) - 50.0).abs() < 1e-12);
            for cost in [3.0, 10.0, 17.0] {
                let demand = pair.demand(cost);
                let (back, slope) = pair.willingness(demand);
                assert!((back - cost).abs() < 1e-10, "{response:?}");
                let step = 1e-5;
                let rise = pair.willingness(demand + step).0 - pair.willingness(demand - step).0;
                assert!(
                    (rise / (2.0 * step) - slope).abs() < 1e-5 * slope.abs(),
                    "{response:?}"
                );
                let worth = pair.worth(demand - step, demand + step);
                assert!((worth / (2.0 * step) - cost).abs() < 1e-6, "{response:?}");
            }
        }
    }

    #[test]
    fn faults_are_found() {
        let pair = OdPair::fixed(NodeId::new(0), NodeId::new(1), -1.0);
        assert_eq!(pair.fault(), Some(("volume", -1.0)));
        let response = Response::Power {
            reference: 0.0,
            elasticity: 1.0,
        };
        let pair = OdPair {
            volume: 1.0,
            response,
            ..pair
        };
        assert_eq!(pair.fault(), Some(("reference cost", 0.0)));
        assert_eq!(
            OdPair {
                response: Response::Fixed,
                ..pair
            }
            .fault(),
            None
        );
    }
}
