//! What passes where: the flows of a case in a draw, counted.

use std::collections::BTreeMap;

use super::case::{Case, Choice, Element, Kind, ends};
use super::dependence::Links;
use super::lanes::Lanes;
use super::solve::{KindOutcome, Outcome};
use crate::atlas::CargoKind;
use crate::chain::{Path, Prices, Ride, SeaPart};
use crate::findings::LoadBy;
use crate::world::World;

/// Value (USD), mass (t) and laden containers (TEU) a year.
pub(super) type Amount = [f64; 3];

/// What is kept of a case in a draw.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) loads: BTreeMap<(LoadBy, String), Amount>,
    /// By port and commodity: units of cargo and USD a year.
    pub(super) goods: BTreeMap<(String, String), [f64; 2]>,
    /// By kind and identifier: USD a unit, load, room.
    pub(super) surcharges: BTreeMap<(&'static str, String), [f64; 3]>,
    /// By lane, in the order of kinds: units a year and expected least cost, USD.
    pub(super) lanes: Vec<[f64; 2]>,
    /// Money, value of time, reliability, surcharges of all that is shipped, USD a year.
    pub(super) paid_usd: [f64; 4],
    /// Surcharges of other cargo, USD a year.
    pub(super) other_usd: f64,
    /// Well-to-wake, t CO2e a year.
    pub(super) wtw_t: f64,
    /// Units that stay at home.
    pub(super) at_home: f64,
    /// By trade: USD a year, shipped or not.
    pub(super) trades: Vec<f64>,
    /// By trade: units a year, shipped or not.
    pub(super) trade_units: Vec<f64>,
    pub(super) links: Links,
    pub(super) gap: f64,
    pub(super) conservation: f64,
    pub(super) excess: f64,
}

impl Tally {
    pub(super) fn new(case: &Case, lanes: &Lanes, prices: &Prices<'_>, outcome: &Outcome) -> Tally {
        let mut tally = Tally {
            trades: vec![0.0; lanes.trades.len()],
            trade_units: vec![0.0; lanes.trades.len()],
            ..Tally::default()
        };
        for (kind, found) in case.kinds.iter().zip(&outcome.kinds) {
            tally.gap = tally.gap.max(found.settled.relative_gap);
            tally.conservation = tally.conservation.max(found.settled.conservation);
            tally.excess = tally.excess.max(found.settled.excess);
            tally.flows(case, kind, lanes, prices, found);
            tally.links.add(case, kind, lanes, prices, found);
            tally.surcharges(&case.network.world, kind, found);
        }
        tally
    }

    /// Expected least cost of all lanes, USD a year.
    pub(super) fn expected_usd(&self) -> f64 {
        self.lanes.iter().map(|[units, usd]| units * usd).sum()
    }

    pub(super) fn worst(&self) -> f64 {
        self.gap.max(self.conservation).max(self.excess)
    }

    /// Laden containers at a port, TEU a year.
    pub(super) fn port_teu(&self, port: &str) -> f64 {
        let load = self.loads.get(&(LoadBy::Port, port.to_owned()));
        load.map_or(0.0, |amount| amount[2])
    }

    /// Bulk at a port, t a year.
    pub(super) fn port_bulk_t(&self, port: &str, world: &World) -> f64 {
        let bulk = |id: &str| {
            world
                .commodity(id)
                .is_some_and(|goods| goods.cargo == CargoKind::Bulk)
        };
        let here = self
            .goods
            .iter()
            .filter(|((p, goods), _)| p == port && bulk(goods));
        here.map(|(_, [units, _])| units).sum()
    }

    fn flows(
        &mut self,
        case: &Case,
        kind: &Kind,
        lanes: &Lanes,
        prices: &Prices<'_>,
        found: &KindOutcome,
    ) {
        for (set, &lane) in kind.lanes.iter().enumerate() {
            let volume = found.volumes[set];
            self.lanes.push([volume.units, found.expected_usd[set]]);
            let trade = lanes.list[lane].trade;
            self.trades[trade] += volume.value_usd;
            self.trade_units[trade] += volume.units;
            if volume.units <= 0.0 {
                continue;
            }
            let goods = &case.network.world.commodities[lanes.list[lane].trip.commodity];
            for (number, choice) in kind.choices[set].iter().enumerate() {
                let units = found.settled.flow[set][number];
                let Choice::Ship {
                    chain,
                    load,
                    discharge,
                } = *choice
                else {
                    self.at_home += units;
                    continue;
                };
                let Some(cost) = found.costs[set][chain] else {
                    continue;
                };
                let time_usd = cost.vot_usd_per_h * cost.time_h;
                let spread_usd = cost.generalised_usd - cost.money_usd - time_usd;
                let surcharge = found.settled.cost[set][number] - cost.generalised_usd;
                for (sum, usd) in
                    self.paid_usd
                        .iter_mut()
                        .zip([cost.money_usd, time_usd, spread_usd, surcharge])
                {
                    *sum += units * usd;
                }
                self.wtw_t += units * cost.wtw_kg / 1000.0;
                let amount = [
                    units * volume.value_usd / volume.units,
                    units * volume.mass_t / volume.units,
                    match kind.cargo {
                        CargoKind::Container => units,
                        CargoKind::Bulk => 0.0,
                    },
                ];
                let path = &kind.chains[set][chain];
                self.count(case, prices, path, [load, discharge], amount);
                for port in ends(prices, path).into_iter().flatten() {
                    let code = case.network.world.port_at(port).unlocode.clone();
                    let sum = self.goods.entry((code, goods.id.clone())).or_default();
                    sum[0] += units;
                    sum[1] += amount[0];
                }
            }
        }
    }

    fn count(
        &mut self,
        case: &Case,
        prices: &Prices<'_>,
        path: &Path,
        at: [Option<usize>; 2],
        amount: Amount,
    ) {
        let world = &case.network.world;
        let mut add = |by: LoadBy, id: &str, amount: Amount| {
            let sum = self.loads.entry((by, id.to_owned())).or_default();
            sum.iter_mut().zip(amount).for_each(|(s, a)| *s += a);
        };
        for port in ends(prices, path).into_iter().flatten() {
            add(LoadBy::Port, &world.port_at(port).unlocode, amount);
        }
        for terminal in at.into_iter().flatten() {
            let terminal = &world.terminals[terminal];
            add(LoadBy::Terminal, &terminal.id, amount);
            add(LoadBy::Operator, &terminal.operator, amount);
            add(LoadBy::Owner, &terminal.owner, amount);
        }
        match &path.sea {
            SeaPart::Liner(rides) => {
                for pair in rides.windows(2) {
                    // A box that changes ships is discharged and loaded.
                    let hub = prices.call_port(&pair[1], |ride| ride.from);
                    add(
                        LoadBy::Port,
                        &world.port_at(hub).unlocode,
                        amount.map(|a| 2.0 * a),
                    );
                }
                for ride in rides {
                    add(
                        LoadBy::Service,
                        &world.services[ride.service.index()].id,
                        amount,
                    );
                }
                for passage in passages(case, rides) {
                    add(LoadBy::Passage, &world.passages[passage].id, amount);
                }
            }
            SeaPart::Bulk { from, to, vessel } => {
                if let Some(voyage) = case.network.voyages.get(&(*from, *to, *vessel)) {
                    for &passage in &voyage.passages {
                        add(LoadBy::Passage, &world.passages[passage].id, amount);
                    }
                }
            }
        }
    }

    fn surcharges(&mut self, world: &World, kind: &Kind, found: &KindOutcome) {
        if kind.cargo != CargoKind::Container {
            return;
        }
        let settled = &found.settled;
        for (number, element) in kind.elements.iter().enumerate() {
            let figures = [
                settled.surcharge[number],
                settled.load[number],
                found.room[number],
            ];
            match element {
                Element::Terminal(t) if found.room[number] > 0.0 => {
                    let key = ("terminal", world.terminals[*t].id.clone());
                    self.surcharges.insert(key, figures);
                }
                Element::Leg(service, leg) => {
                    let key = ("service", format!("{}/{leg}", world.services[*service].id));
                    self.surcharges.insert(key, figures);
                }
                _ => {}
            }
        }
        let first = kind.lanes.len();
        for (ix, background) in kind.background.iter().enumerate() {
            for (choice, &terminal) in background.terminals.iter().enumerate() {
                let element = Element::Terminal(terminal);
                if let Some(at) = kind.elements.iter().position(|e| *e == element) {
                    self.other_usd += settled.flow[first + ix][choice] * settled.surcharge[at];
                }
            }
        }
    }
}

/// Passages of a chain's rides, each once.
pub(super) fn passages(case: &Case, rides: &[Ride]) -> Vec<usize> {
    let mut list: Vec<usize> = rides
        .iter()
        .flat_map(|ride| {
            let legs = &case.network.leg_passages[ride.service.index()];
            (ride.from..ride.to)
                .filter(|_| !legs.is_empty())
                .flat_map(move |step| legs[step as usize % legs.len()].iter().copied())
        })
        .collect();
    list.sort_unstable();
    list.dedup();
    list
}
