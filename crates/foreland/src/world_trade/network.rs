//! The world's trade on its ways: which ports and passages each trade may take in a world.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::amount::Amount;
use super::assign::{Branch, Fate, Routed};
use super::demand::WorldDemand;
use super::seaport::Seaports;
use super::ship::{cargo_t, laden};
use super::ways::{Asked, Known, Pair, ShipWays, great_canals};
use crate::atlas::Atlas;
use crate::param::Draw;
use crate::sea::{Sea, SeaWay};
use crate::world::{PortIx, ShipLimits, World};

/// Trades with their ports and ways in one world.
pub struct TradeNetwork {
    /// The world.
    pub world: World,
    /// What is traded.
    pub demand: Arc<WorldDemand>,
    /// Trades of the demand that are looked at, by number.
    pub(crate) trades: Vec<usize>,
    pub(crate) seaports: Seaports,
    /// By ship class.
    ways: Arc<BTreeMap<usize, ShipWays>>,
    known: Known,
}

impl TradeNetwork {
    /// Finds the ways of all trades in a world.
    pub fn new(
        atlas: &Atlas,
        world: World,
        demand: Arc<WorldDemand>,
        sea: &dyn Sea,
    ) -> TradeNetwork {
        let trades = (0..demand.trades.len()).collect();
        TradeNetwork::found(atlas, world, demand, sea, trades, Known::default())
    }

    /// Some of the trades, by number in this network, in another world: only ways that the change
    /// touches are sought anew.
    pub(crate) fn of_trades(
        &self,
        atlas: &Atlas,
        world: World,
        sea: &dyn Sea,
        picked: &[bool],
    ) -> TradeNetwork {
        let trades = self.trades.iter().zip(picked);
        let trades = trades
            .filter(|(_, picked)| **picked)
            .map(|(&t, _)| t)
            .collect();
        let demand = Arc::clone(&self.demand);
        TradeNetwork::found(atlas, world, demand, sea, trades, self.known.clone())
    }

    /// The same ways for other masses and values of the same trades.
    pub(crate) fn with_demand(&self, demand: Arc<WorldDemand>) -> TradeNetwork {
        TradeNetwork {
            world: self.world.clone(),
            demand,
            trades: self.trades.clone(),
            seaports: self.seaports.clone(),
            ways: Arc::clone(&self.ways),
            known: Known::default(),
        }
    }

    /// Ports that some country uses for some goods, in atlas order.
    pub(crate) fn used_ports(&self) -> BTreeSet<PortIx> {
        self.seaports.all()
    }

    /// Ships that pass some passages with goods of the network's trades, a year.
    pub(crate) fn transits(&self, routed: &[Routed], draw: &Draw, passages: u128) -> f64 {
        let cargo_t: Vec<f64> = self
            .demand
            .goods
            .iter()
            .map(|goods| cargo_t(&self.world, draw, goods))
            .collect();
        self.trades
            .iter()
            .zip(routed)
            .map(|(&trade, routed)| {
                let trade = &self.demand.trades[trade];
                let through = routed.branches.iter();
                let through = through.filter(|b| b.way.passages & passages != 0);
                through.map(|b| b.share).sum::<f64>() * trade.mass_t / cargo_t[trade.goods]
            })
            .sum()
    }

    fn found(
        atlas: &Atlas,
        world: World,
        demand: Arc<WorldDemand>,
        sea: &dyn Sea,
        trades: Vec<usize>,
        mut known: Known,
    ) -> TradeNetwork {
        let seaports = Seaports::of(atlas, &world, &demand);
        let canals = great_canals(atlas, &world);
        let mut network = TradeNetwork {
            world,
            demand,
            trades,
            seaports,
            ways: Arc::default(),
            known: Known::default(),
        };
        let draw = Draw::central(&network.world.params);
        let pairs = network.pairs();
        let mut ships: Vec<(Option<usize>, ShipLimits)> = pairs
            .keys()
            .map(|&class| {
                let vessel = &network.world.vessels[class];
                (Some(class), laden(vessel, &network.world, &draw))
            })
            .collect();
        // A ship that fits everywhere goes first: most of its ways are those of all others too.
        ships.insert(0, (None, ShipLimits::default()));
        for (class, ship) in ships {
            let asked = Asked {
                world: &network.world,
                sea,
                canals: &canals,
                ship,
            };
            match class {
                Some(class) => {
                    let ways = asked.ways(pairs[&class].iter().copied(), &mut known);
                    Arc::make_mut(&mut network.ways).insert(class, ways);
                }
                None => {
                    let all: BTreeSet<Pair> = pairs.values().flatten().copied().collect();
                    asked.ways(all, &mut known);
                }
            }
        }
        network.known = known;
        network
    }

    /// Pairs of ports that the trades need, by ship class.
    fn pairs(&self) -> BTreeMap<usize, BTreeSet<Pair>> {
        let mut pairs: BTreeMap<usize, BTreeSet<Pair>> = BTreeMap::new();
        for &trade in &self.trades {
            let trade = &self.demand.trades[trade];
            let of_ship = pairs
                .entry(self.demand.goods[trade.goods].vessel)
                .or_default();
            for &(a, _) in self.seaports.of_country(trade.from, trade.goods) {
                for &(b, _) in self.seaports.of_country(trade.to, trade.goods) {
                    if a != b {
                        of_ship.insert((a.min(b), a.max(b)));
                    }
                }
            }
        }
        pairs
    }

    /// Ways of a ship class between two ports; none if no water joins them.
    pub(crate) fn ways(&self, vessel: usize, a: PortIx, b: PortIx) -> &[SeaWay] {
        let ways = self.ways.get(&vessel);
        ways.and_then(|ways| ways.get(&(a.min(b), a.max(b))))
            .map_or(&[], Vec::as_slice)
    }
}

impl TradeNetwork {
    /// What the parts of trades that a test picks add up to.
    pub fn through(&self, routed: &[Routed], picks: impl Fn(&Branch) -> bool) -> Amount {
        self.through_scaled(routed, &[], picks)
    }

    /// The same of trades that grew or shrank by factors; 1 beyond the end of the list.
    pub(crate) fn through_scaled(
        &self,
        routed: &[Routed],
        factors: &[f64],
        picks: impl Fn(&Branch) -> bool,
    ) -> Amount {
        self.trades
            .iter()
            .zip(routed)
            .enumerate()
            .map(|(number, (&trade, routed))| {
                let picked = routed.branches.iter().filter(|branch| picks(branch));
                let share: f64 = picked.map(|branch| branch.share).sum();
                let factor = factors.get(number).copied().unwrap_or(1.0);
                Amount::of(&self.demand, &self.demand.trades[trade], share * factor)
            })
            .sum()
    }

    /// Countries of which no open seaport is known.
    pub fn without_port(&self) -> Vec<&str> {
        let without = self.seaports.without.iter();
        without
            .map(|&country| self.demand.countries[country].as_str())
            .collect()
    }

    /// What becomes of the trades: carried, cut off, without need of a ship, without a port.
    pub fn by_fate(&self, routed: &[Routed]) -> [(Fate, Amount); 4] {
        [Fate::Carried, Fate::CutOff, Fate::SamePort, Fate::NoPort].map(|fate| {
            let of_fate = self
                .trades
                .iter()
                .zip(routed)
                .filter(|(_, r)| r.fate == fate);
            let amount = |(&trade, _): (&usize, &Routed)| {
                Amount::of(&self.demand, &self.demand.trades[trade], 1.0)
            };
            (fate, of_fate.map(amount).sum())
        })
    }
}
