//! One draw of one case: volumes, costs and capacities, and the flows that agree with them.

use freightflow::choice::RouteChoice;

use super::FlowError;
use super::berths::Berths;
use super::capacity::{self, Capacities};
use super::case::{Case, Choice, Element, Kind};
use super::cost::{ChainCost, chain_cost};
use super::lanes::Lanes;
use super::market::{Settled, Terms};
use super::parameters::FlowParameters;
use super::trades::Volume;
use crate::atlas::CargoKind;
use crate::chain::Prices;
use crate::param::Draw;
use crate::study::FreightRule;
use crate::world::PortIx;

/// Cost of a chain that cannot be sailed in a draw, USD: nobody takes it.
const BARRED_USD: f64 = 1e9;

/// What all draws share.
pub(super) struct Setting {
    pub(super) parameters: FlowParameters,
    pub(super) lanes: Lanes,
    pub(super) freight: FreightRule,
    pub(super) berths: Berths,
    pub(super) capacities: Capacities,
    /// All containers of some ports, TEU a year as port statistics count them.
    pub(super) loads: Vec<(PortIx, f64)>,
}

/// The flows of a case in a draw.
pub(super) struct Outcome {
    /// Containers, then bulk.
    pub(super) kinds: Vec<KindOutcome>,
}

/// The flows of one kind of cargo.
pub(super) struct KindOutcome {
    pub(super) settled: Settled,
    /// By lane of the kind and chain.
    pub(super) costs: Vec<Vec<Option<ChainCost>>>,
    /// By lane of the kind.
    pub(super) volumes: Vec<Volume>,
    /// Expected least cost of each lane as its shippers see it, USD a unit.
    pub(super) expected_usd: Vec<f64>,
    /// By element: units a year that find room; of terminals, that keep all berths busy.
    pub(super) room: Vec<f64>,
    /// μ, 1/USD for a unit.
    pub(super) scale: f64,
}

impl Setting {
    /// Laden containers of the followed trades at the loaded ports when nothing is short, and what
    /// that leaves of the ports' load for other cargo: laden TEU a year by port.
    pub(super) fn other_cargo(
        &self,
        case: &Case,
        draw: &Draw,
        scale: f64,
    ) -> Result<Vec<f64>, FlowError> {
        let prices = Prices::new(&case.network, draw, self.freight);
        let per_laden = draw.get(self.parameters.throughput_per_laden_teu);
        let mut other: Vec<f64> = self.loads.iter().map(|(_, teu)| teu / per_laden).collect();
        let Some(kind) = case.kinds.iter().find(|k| k.cargo == CargoKind::Container) else {
            return Ok(other);
        };
        let mut terms = self.terms(case, kind, &prices, scale, &[])?.terms;
        terms.curves.fill_with(|| None);
        terms.capacity.fill(f64::INFINITY);
        let settled = kind.market.settle(&terms)?;
        for ((port, _), other) in self.loads.iter().zip(&mut other) {
            for (element, load) in kind.elements.iter().zip(&settled.load) {
                if let Element::Terminal(t) = element
                    && case.network.world.terminals[*t].port == *port
                {
                    *other = (*other - load).max(0.0);
                }
            }
        }
        Ok(other)
    }

    /// Flows of a case in a draw.
    pub(super) fn solve(
        &self,
        case: &Case,
        draw: &Draw,
        scale: f64,
        other: &[f64],
    ) -> Result<Outcome, FlowError> {
        let prices = Prices::new(&case.network, draw, self.freight);
        let kinds = case
            .kinds
            .iter()
            .map(|kind| {
                let priced = self.terms(case, kind, &prices, scale, other)?;
                let settled = kind.market.settle(&priced.terms)?;
                let expected_usd = (0..kind.lanes.len())
                    .map(|set| {
                        let costs = &settled.cost[set];
                        kind.market.expected_cost(set, costs, priced.terms.choice)
                    })
                    .collect();
                Ok(KindOutcome {
                    settled,
                    costs: priced.costs,
                    volumes: priced.volumes,
                    expected_usd,
                    room: priced.room,
                    scale: priced.terms.choice.scale,
                })
            })
            .collect::<Result<_, FlowError>>()?;
        Ok(Outcome { kinds })
    }

    fn terms(
        &self,
        case: &Case,
        kind: &Kind,
        prices: &Prices<'_>,
        scale: f64,
        other: &[f64],
    ) -> Result<Priced, FlowError> {
        let (world, draw) = (&case.network.world, prices.draw);
        let all = self.lanes.volumes(world, &self.parameters, draw);
        let volumes: Vec<Volume> = kind.lanes.iter().map(|&lane| all[lane]).collect();
        let costs: Vec<Vec<Option<ChainCost>>> = kind
            .lanes
            .iter()
            .zip(&kind.chains)
            .map(|(&lane, chains)| {
                let trip = &self.lanes.list[lane].trip;
                let of = |path| chain_cost(prices, &self.parameters, trip, path);
                chains.iter().map(of).collect()
            })
            .collect();
        let mut own: Vec<Vec<f64>> = kind
            .choices
            .iter()
            .zip(&costs)
            .zip(&volumes)
            .map(|((choices, costs), volume)| {
                choices
                    .iter()
                    .map(|choice| match choice {
                        Choice::StayAtHome => {
                            volume.value_usd / volume.units.max(f64::MIN_POSITIVE)
                        }
                        Choice::Ship { chain, .. } => {
                            costs[*chain].map_or(BARRED_USD, |cost| cost.generalised_usd)
                        }
                    })
                    .collect()
            })
            .collect();
        let mut units: Vec<f64> = volumes.iter().map(|volume| volume.units).collect();
        for background in &kind.background {
            let at = self
                .loads
                .iter()
                .position(|(port, _)| *port == background.port);
            units.push(at.and_then(|at| other.get(at)).copied().unwrap_or(0.0));
            own.push(vec![0.0; background.terminals.len()]);
        }
        let hour_usd = mean_hour_usd(&volumes, &costs);
        let mut curves = Vec::new();
        let (mut capacity, mut room) = (Vec::new(), Vec::new());
        for element in &kind.elements {
            let (curve, limit, shown) = match element {
                Element::Terminal(t) => {
                    let terminal = &world.terminals[*t];
                    let (berths, full) =
                        capacity::of_terminal(terminal, kind.cargo, &self.parameters, draw);
                    let stay_h = draw.get(self.parameters.terminal_stay_h);
                    let curve = self.berths.cost(berths, full, hour_usd, stay_h)?;
                    (curve, f64::INFINITY, full)
                }
                Element::Leg(service, _) => {
                    let slots = self
                        .capacities
                        .slots_a_year(prices, &self.parameters, *service);
                    (None, slots, slots)
                }
                Element::Land(_) => (None, f64::INFINITY, f64::INFINITY),
            };
            curves.push(curve);
            capacity.push(limit);
            room.push(shown);
        }
        let scale = match kind.cargo {
            CargoKind::Container => scale,
            // A dollar a tonne counts as much as its due on a TEU.
            CargoKind::Bulk => scale * draw.get(self.parameters.payload_t_per_teu),
        };
        Ok(Priced {
            terms: Terms {
                volumes: units,
                own,
                curves,
                capacity,
                choice: RouteChoice {
                    scale,
                    path_size: draw.get(self.parameters.path_size_weight),
                },
            },
            costs,
            volumes,
            room,
        })
    }
}

struct Priced {
    terms: Terms,
    costs: Vec<Vec<Option<ChainCost>>>,
    volumes: Vec<Volume>,
    room: Vec<f64>,
}

/// What an hour is worth to a unit of cargo on average: terminals charge all alike.
fn mean_hour_usd(volumes: &[Volume], costs: &[Vec<Option<ChainCost>>]) -> f64 {
    let (mut worth, mut units) = (0.0, 0.0);
    for (volume, costs) in volumes.iter().zip(costs) {
        if let Some(cost) = costs.iter().flatten().next() {
            worth += volume.units * cost.vot_usd_per_h;
            units += volume.units;
        }
    }
    if units > 0.0 { worth / units } else { 0.0 }
}
