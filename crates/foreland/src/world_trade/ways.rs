//! Ways by sea between the ports of the world's trade, with the ways round the great canals.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::ship::bits;
use crate::atlas::{Atlas, PassageKind};
use crate::sea::{Sea, SeaWay, WaysQuery};
use crate::world::{Passage, PortIx, ShipLimits, World};

/// Two ports, the lower number first: ways are the same in both directions.
pub(crate) type Pair = (PortIx, PortIx);

/// Ways of one ship class: of each pair the shortest, and the shortest without one canal or more
/// that it takes. Bit `i` of a way stands for passage `i` of the world.
pub(crate) type ShipWays = BTreeMap<Pair, Vec<SeaWay>>;

/// The canals that have a long way round worth comparing: those that are chokepoints of the
/// world's trade. Sets of passages of the world.
pub(crate) fn great_canals(atlas: &Atlas, world: &World) -> Vec<u128> {
    let rows = &atlas.chokepoints.rows;
    rows.iter()
        .map(|row| passage_bits(world, &row.passage.0, |p| p.kind == PassageKind::Canal))
        .filter(|set| *set != 0)
        .collect()
}

/// The passages of some identifiers as a set.
pub(crate) fn passage_bits(world: &World, ids: &[String], keep: impl Fn(&Passage) -> bool) -> u128 {
    world
        .passages
        .iter()
        .enumerate()
        .filter(|(_, passage)| ids.contains(&passage.id) && keep(passage))
        .fold(0, |set, (number, _)| set | bit(number))
}

/// The set of one passage; empty beyond the 128th.
pub(crate) fn bit(number: usize) -> u128 {
    u32::try_from(number).map_or(0, |n| 1u128.checked_shl(n).unwrap_or(0))
}

/// Ways found so far, whatever the ship: a way found while some passages were shut is still the
/// shortest while more are, unless it takes one of them.
#[derive(Clone, Default)]
pub(crate) struct Known(HashMap<Pair, Vec<(u128, Option<SeaWay>)>>);

impl Known {
    /// The way of a pair while some passages are shut: `None` = not known, `Some(None)` = no way.
    fn get(&self, pair: Pair, shut: u128) -> Option<Option<SeaWay>> {
        let found = self.0.get(&pair)?;
        let fits = |(then, way): &&(u128, Option<SeaWay>)| {
            then & !shut == 0 && way.is_none_or(|way| way.passages & shut == 0)
        };
        found.iter().find(fits).map(|(_, way)| *way)
    }
}

/// What is asked for one ship in a world.
pub(crate) struct Asked<'a> {
    pub(crate) world: &'a World,
    pub(crate) sea: &'a dyn Sea,
    pub(crate) canals: &'a [u128],
    pub(crate) ship: ShipLimits,
}

impl Asked<'_> {
    /// The ways of each pair.
    pub(crate) fn ways(
        &self,
        pairs: impl IntoIterator<Item = Pair>,
        known: &mut Known,
    ) -> ShipWays {
        let mut ways: ShipWays = pairs.into_iter().map(|pair| (pair, Vec::new())).collect();
        // Which canals to do without, as bits; a set comes after all its subsets.
        let mut todo: BTreeMap<u32, BTreeSet<Pair>> = BTreeMap::new();
        todo.insert(0, ways.keys().copied().collect());
        while let Some((without, pairs)) = todo.pop_first() {
            let pairs: Vec<Pair> = pairs.into_iter().collect();
            for (&pair, way) in pairs.iter().zip(self.shortest(&pairs, without, known)) {
                let Some(way) = way else { continue };
                for (number, canal) in self.canals.iter().enumerate() {
                    let one = 1 << number;
                    if way.passages & canal != 0 && without & one == 0 {
                        todo.entry(without | one).or_default().insert(pair);
                    }
                }
                let of_pair = ways.entry(pair).or_default();
                if of_pair.iter().all(|k| k.passages != way.passages) {
                    of_pair.push(way);
                }
            }
        }
        ways
    }

    /// Passages that the ship cannot use.
    fn shut(&self, without: u32) -> u128 {
        let too_small = |limits: &ShipLimits| {
            [
                (limits.loa_m, self.ship.loa_m),
                (limits.beam_m, self.ship.beam_m),
                (limits.draught_m, self.ship.draught_m),
                (limits.air_draught_m, self.ship.air_draught_m),
            ]
            .iter()
            .any(|(limit, ship)| limit.is_some_and(|limit| ship.is_some_and(|m| m > limit)))
        };
        let passages = self.world.passages.iter().enumerate();
        let shut = passages
            .filter(|(_, passage)| !passage.open || too_small(&passage.limits))
            .fold(0, |set, (number, _)| set | bit(number));
        self.canals
            .iter()
            .enumerate()
            .filter(|(number, _)| without >> number & 1 == 1)
            .fold(shut, |set, (_, canal)| set | canal)
    }

    fn shortest(&self, pairs: &[Pair], without: u32, known: &mut Known) -> Vec<Option<SeaWay>> {
        let shut = self.shut(without);
        let unknown: Vec<Pair> = pairs
            .iter()
            .copied()
            .filter(|&pair| known.get(pair, shut).is_none())
            .collect();
        for (pair, way) in unknown.iter().zip(self.sought(&unknown, shut)) {
            known.0.entry(*pair).or_default().push((shut, way));
        }
        pairs
            .iter()
            .map(|&pair| known.get(pair, shut).flatten())
            .collect()
    }

    /// Asks the sea.
    fn sought(&self, pairs: &[Pair], shut: u128) -> Vec<Option<SeaWay>> {
        let world = self.world;
        let ports: BTreeSet<PortIx> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
        let ports: Vec<PortIx> = ports.into_iter().collect();
        let number = |port: PortIx| ports.binary_search(&port).unwrap_or_default();
        let ids = |keep: &dyn Fn(usize, &Passage) -> bool| {
            let kept = world.passages.iter().enumerate();
            kept.filter(|(number, passage)| keep(*number, passage))
                .map(|(_, passage)| passage.id.clone())
                .collect::<Vec<String>>()
        };
        let answer = self.sea.ways(&WaysQuery {
            ports: ports.iter().map(|&port| world.sea_end(port)).collect(),
            pairs: pairs.iter().map(|&(a, b)| (number(a), number(b))).collect(),
            closed: ids(&|n, p| p.open_by_default && shut & bit(n) != 0),
            opened: ids(&|n, p| !p.open_by_default && shut & bit(n) == 0),
        });
        let ours: Vec<u128> = answer
            .passages
            .iter()
            .map(|id| {
                world
                    .passages
                    .iter()
                    .position(|p| p.id == *id)
                    .map_or(0, bit)
            })
            .collect();
        let translated = |way: SeaWay| SeaWay {
            passages: bits(way.passages).fold(0, |set, theirs| set | ours[theirs]),
            ..way
        };
        let ways = answer.ways.into_iter();
        ways.map(|way| way.map(translated)).collect()
    }
}
