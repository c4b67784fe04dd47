//! Trades spread over places: which place ships how much to which.

use super::barriers;
use super::parameters::FlowParameters;
use super::trades::{Trade, Volume};
use crate::atlas::{Atlas, DemandPlaceRow, DemandSide, Row};
use crate::chain::{End, Trip};
use crate::findings::Unplaced;
use crate::param::{Draw, ParamIx, atlas_param_id};
use crate::world::World;

/// A place's share in one side of a trade.
#[derive(Clone, Debug)]
struct Part {
    id: String,
    end: End,
    share: ParamIx,
}

/// Goods of a trade from one place to another.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    /// Index of the trade.
    pub(super) trade: usize,
    pub(super) trip: Trip,
    pub(super) origin: String,
    pub(super) destination: String,
    shares: [usize; 2],
}

/// All lanes, with the shares by which their trades are spread.
pub(super) struct Lanes {
    pub(super) trades: Vec<Trade>,
    pub(super) list: Vec<Lane>,
    /// By trade: parts of the origin and of the destination.
    parts: Vec<[Vec<Part>; 2]>,
}

impl Lanes {
    /// Spreads trades over places; those of countries without places are added to `unplaced`.
    pub(super) fn new(
        atlas: &Atlas,
        world: &World,
        trades: Vec<Trade>,
        unplaced: &mut Vec<Unplaced>,
    ) -> Lanes {
        let mut lanes = Lanes {
            trades: Vec::new(),
            list: Vec::new(),
            parts: Vec::new(),
        };
        for trade in trades {
            let goods = &world.commodities[trade.commodity].id;
            let from = parts(atlas, world, &trade.origin, DemandSide::Export, goods);
            let to = parts(atlas, world, &trade.destination, DemandSide::Import, goods);
            let without = [(&from, &trade.origin), (&to, &trade.destination)]
                .into_iter()
                .find(|(parts, _)| parts.is_empty());
            if let Some((_, country)) = without {
                unplaced.push(Unplaced {
                    what: format!("{} → {}: {goods}", trade.origin, trade.destination),
                    value_musd: trade.value_usd.map(|usd| usd / 1e6),
                    why: format!("demand-places.csv names no place in {country}"),
                });
                continue;
            }
            lanes.add(trade, from, to);
        }
        lanes
    }

    fn add(&mut self, trade: Trade, from: Vec<Part>, to: Vec<Part>) {
        let number = self.trades.len();
        for (o, origin) in from.iter().enumerate() {
            for (d, destination) in to.iter().enumerate() {
                self.list.push(Lane {
                    trade: number,
                    trip: Trip {
                        origin: origin.end,
                        destination: destination.end,
                        commodity: trade.commodity,
                    },
                    origin: origin.id.clone(),
                    destination: destination.id.clone(),
                    shares: [o, d],
                });
            }
        }
        self.trades.push(trade);
        self.parts.push([from, to]);
    }

    /// Volume of every lane in a draw.
    pub(super) fn volumes(
        &self,
        world: &World,
        parameters: &FlowParameters,
        draw: &Draw,
    ) -> Vec<Volume> {
        let mut trades: Vec<Volume> = self
            .trades
            .iter()
            .map(|trade| trade.volume(world, draw))
            .collect();
        let values: Vec<f64> = trades.iter().map(|volume| volume.value_usd).collect();
        let factors = barriers::factors(&self.trades, &values, world, parameters, draw);
        for (volume, factor) in trades.iter_mut().zip(factors) {
            volume.value_usd *= factor;
            volume.mass_t *= factor;
            volume.units *= factor;
        }
        let share = |parts: &[Part], at: usize| {
            let whole: f64 = parts.iter().map(|part| draw.get(part.share)).sum();
            draw.get(parts[at].share) / whole
        };
        self.list
            .iter()
            .map(|lane| {
                let [from, to] = &self.parts[lane.trade];
                let part = share(from, lane.shares[0]) * share(to, lane.shares[1]);
                let volume = trades[lane.trade];
                Volume {
                    value_usd: volume.value_usd * part,
                    mass_t: volume.mass_t * part,
                    units: volume.units * part,
                }
            })
            .collect()
    }
}

/// The places of one side of a trade: rows of the commodity before rows of all, rows of the side
/// before rows of both.
fn parts(
    atlas: &Atlas,
    world: &World,
    country: &str,
    side: DemandSide,
    commodity: &str,
) -> Vec<Part> {
    rows(atlas, country, side, commodity)
        .into_iter()
        .filter_map(|row| {
            Some(Part {
                id: row.place.clone(),
                end: End::of(world, &row.place)?,
                share: world.params.ix(&atlas_param_id(row, "share_pct"))?,
            })
        })
        .collect()
}

fn rows<'a>(
    atlas: &'a Atlas,
    country: &str,
    side: DemandSide,
    commodity: &str,
) -> Vec<&'a DemandPlaceRow> {
    let of = |goods: &str, side: DemandSide| -> Vec<&'a DemandPlaceRow> {
        let rows = atlas.demand_places.rows.iter();
        rows.filter(|row| {
            row.country.as_str() == country && row.flow == side && row.commodity == goods
        })
        .collect()
    };
    [
        (commodity, side),
        (commodity, DemandSide::Both),
        ("*", side),
        ("*", DemandSide::Both),
    ]
    .into_iter()
    .map(|(goods, side)| of(goods, side))
    .find(|rows| !rows.is_empty())
    .unwrap_or_default()
}

/// Ends and shares of a country's cargo, for the calibration.
pub(super) fn country_ends(atlas: &Atlas, world: &World, country: &str) -> Vec<(End, ParamIx)> {
    parts(atlas, world, country, DemandSide::Import, "*")
        .into_iter()
        .map(|part| (part.end, part.share))
        .collect()
}

/// Whether a row's key is in the atlas, for messages.
pub(super) fn has_places(atlas: &Atlas, country: &str) -> bool {
    atlas
        .demand_places
        .rows
        .iter()
        .any(|row| row.country.as_str() == country && !row.key().is_empty())
}
