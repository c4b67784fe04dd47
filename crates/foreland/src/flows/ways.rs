//! Chains and legs with what they carry, at central values.

use super::assemble::{Found, surcharge_name};
use super::case::{Choice, Element, place};
use crate::atlas::CargoKind;
use crate::chain::{Describer, Prices};
use crate::findings::{ChainFlow, FlowLine};
use crate::param::Draw;

/// Shares of a demand below which a chain is not listed.
const SHOWN_SHARE: f64 = 0.005;
/// Load of a leg below which it is not drawn, TEU a year.
const SHOWN_TEU: f64 = 500.0;

impl Found<'_> {
    pub(super) fn chains(&self) -> Vec<ChainFlow> {
        let mut list = Vec::new();
        for (case, outcome) in self.cases.iter().zip(&self.evaluated.outcomes) {
            let world = &case.network.world;
            let draw = Draw::central(&world.params);
            let prices = Prices::new(&case.network, &draw, self.setting.freight);
            let describer = Describer { prices: &prices };
            for (kind, found) in case.kinds.iter().zip(&outcome.kinds) {
                for (set, &lane) in kind.lanes.iter().enumerate() {
                    let lane = &self.setting.lanes.list[lane];
                    let volume = found.volumes[set];
                    for (number, choice) in kind.choices[set].iter().enumerate() {
                        let units = found.settled.flow[set][number];
                        let share = units / volume.units;
                        // Written so that a share of nothing by nothing is left out too.
                        if !matches!(
                            share.partial_cmp(&SHOWN_SHARE),
                            Some(std::cmp::Ordering::Greater)
                        ) {
                            continue;
                        }
                        let (chain, alone) = match *choice {
                            Choice::StayAtHome => ("not shipped".to_owned(), 0.0),
                            Choice::Ship {
                                chain,
                                load,
                                discharge,
                            } => {
                                let label = describer.label(
                                    &kind.chains[set][chain],
                                    &place(world, &lane.origin),
                                    &place(world, &lane.destination),
                                );
                                let at: Vec<&str> = [load, discharge]
                                    .into_iter()
                                    .flatten()
                                    .map(|t| world.terminals[t].id.as_str())
                                    .collect();
                                let cost = found.costs[set][chain];
                                (
                                    format!("{label} ({})", at.join(", ")),
                                    cost.map_or(0.0, |cost| cost.generalised_usd),
                                )
                            }
                        };
                        let cost = found.settled.cost[set][number];
                        list.push(ChainFlow {
                            world: case.id.clone(),
                            origin: lane.origin.clone(),
                            destination: lane.destination.clone(),
                            commodity: world.commodities[lane.trip.commodity].id.clone(),
                            chain,
                            share_pct: 100.0 * share,
                            teu: match kind.cargo {
                                CargoKind::Container => units,
                                CargoKind::Bulk => 0.0,
                            },
                            mass_t: share * volume.mass_t,
                            value_usd: share * volume.value_usd,
                            generalised_usd: cost,
                            surcharge_usd: match choice {
                                Choice::StayAtHome => 0.0,
                                Choice::Ship { .. } => cost - alone,
                            },
                        });
                    }
                }
            }
        }
        list
    }

    pub(super) fn lines(&self) -> Vec<FlowLine> {
        let mut list = Vec::new();
        for (case, outcome) in self.cases.iter().zip(&self.evaluated.outcomes) {
            for (kind, found) in case.kinds.iter().zip(&outcome.kinds) {
                for (element, &load) in kind.elements.iter().zip(&found.settled.load) {
                    let Element::Leg(service, leg) = element else {
                        continue;
                    };
                    let legs = case.network.legs[*service].as_deref().unwrap_or_default();
                    let Some(measured) = legs.get(*leg).filter(|_| load >= SHOWN_TEU) else {
                        continue;
                    };
                    let world = &case.network.world;
                    let id = format!("{}/{leg}", world.services[*service].id);
                    list.push(FlowLine {
                        world: case.id.clone(),
                        name: surcharge_name(world, "service", &id),
                        teu: load,
                        unwrapped: measured.line.clone(),
                    });
                }
            }
        }
        list
    }
}
