//! The estimate of the world's trade in a world, put on its ways.

use std::sync::Arc;

use jiff::civil::Date;

use super::chokepoint::{self, ChokepointLoad};
use super::imported::{self, TradeSource};
use super::{Routed, TradeNetwork, WorldDemand, assign};
use crate::atlas::Atlas;
use crate::error::Error;
use crate::param::Draw;
use crate::request::Progress;
use crate::sea::Sea;
use crate::world::World;

/// The day of worlds for which none is named: before the terminals of Panama changed hands and
/// after Chancay opened.
pub const DEFAULT_DATE: Date = jiff::civil::date(2025, 1, 1);

/// The world's trade on its ways, with every parameter at its atlas value.
pub struct WorldTrade<'a> {
    pub(crate) atlas: &'a Atlas,
    pub(crate) sea: &'a dyn Sea,
    /// Trades, ports and ways.
    pub network: TradeNetwork,
    /// Where each trade of the network goes.
    pub routed: Vec<Routed>,
    pub(crate) draw: Draw,
}

impl<'a> WorldTrade<'a> {
    /// Estimates the trade and finds its ways in the world of a day.
    ///
    /// # Errors
    ///
    /// [`Error::Atlas`], [`Error::World`] and [`Error::Input`] for what is wrong in the atlas.
    pub fn of(
        atlas: &'a Atlas,
        sea: &'a dyn Sea,
        date: Date,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<WorldTrade<'a>, Error> {
        WorldTrade::by(atlas, sea, date, None, progress)
    }

    /// The same with trade that a user imported in place of the estimate.
    ///
    /// # Errors
    ///
    /// As [`of`](WorldTrade::of); [`Error::Io`] and [`Error::Input`] if the table cannot be read.
    pub fn by(
        atlas: &'a Atlas,
        sea: &'a dyn Sea,
        date: Date,
        source: Option<&TradeSource>,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<WorldTrade<'a>, Error> {
        let step = |stage: &'static str, done: u64| {
            progress(Progress {
                stage,
                done,
                total: 3,
            });
        };
        step("world", 0);
        let world = World::at(atlas, date)?;
        step("trade", 1);
        let draw = Draw::central(&world.params);
        let demand = match source {
            Some(source) => imported::demand(source, atlas, &world, &draw)?,
            None => WorldDemand::estimate(atlas, &world, &draw)?,
        };
        let demand = Arc::new(demand);
        step("ways by sea", 2);
        let network = TradeNetwork::new(atlas, world, demand, sea);
        let routed = assign(&network, &draw);
        step("ways by sea", 3);
        Ok(WorldTrade {
            atlas,
            sea,
            network,
            routed,
            draw,
        })
    }

    /// What passes the chokepoints of world trade.
    pub fn chokepoints(&self) -> Vec<ChokepointLoad> {
        chokepoint::loads(self.atlas, &self.network, &self.routed)
    }
}
